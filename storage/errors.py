"""What can go wrong with the record, each with the sentence a person reads."""


class StorageError(Exception):
    """The record could not be read or written."""


class WrongKeys(StorageError):
    """DATA_KEYS do not open this database: it was written with other keys."""

    def __str__(self) -> str:
        return self.__class__.__doc__ or ""


class AlreadyRunning(StorageError):
    """Another process already runs this bot on the same database; stop it first."""

    def __str__(self) -> str:
        return self.__class__.__doc__ or ""


class LostLease(StorageError):
    """The outbox row was taken over by someone else while it was held."""


class Unavailable(StorageError):
    """The database does not answer, or is locked, full or gone: to be tried again."""
