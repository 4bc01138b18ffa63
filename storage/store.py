"""The database: opening it, transactions on it, bringing it up to date.

SQLite is the embedded default (WAL, FULL, BEGIN IMMEDIATE for writes, one writer at a time inside the
process); PostgreSQL takes the same calls.
"""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Sequence
from typing import Any

from asyncpg import PostgresError
from sqlalchemy import CursorResult, Executable
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError

from storage.databases import Database, Session, open_database
from storage.encryption import LookUp, new_key
from storage.errors import Unavailable
from storage.tables import SecretRow


class Tx:
    """An open transaction: `session` for this package, the look-up of people for its repositories."""

    def __init__(self, session: Session, look_up: LookUp) -> None:
        self.session = session
        self.look_up = look_up

    async def run(self, statement: Executable, values: dict[str, Any] | None = None) -> CursorResult[Any]:
        """The rows of a core statement: bulk work and conditional updates go past the ORM."""
        return await self.session.run(statement, values)

    async def run_many(self, statement: Executable, rows: Sequence[dict[str, Any]]) -> None:
        """A core statement once for each row, in one go."""
        await self.session.run(statement, rows)


class Store:
    """A database that is open. Make one with `await Store.open(url)`; close it with `await close()`."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._writer = asyncio.Lock()
        self._look_up: LookUp | None = None

    @classmethod
    async def open(cls, url: str) -> "Store":
        """Connect to `url`, migrate it to the newest tables and read its look-up secret.

        Args:
            url: `sqlite:///path` or `postgresql+asyncpg://...`; `use_keys` has been called.

        Raises:
            WrongKeys: the database was written with other data keys.
            Unavailable: it cannot be reached.
        """
        store = cls(open_database(url))
        try:
            async with store._writer:
                await store._database.migrate()
            async with store._session(write=True) as session:
                row = await session.get(SecretRow, "look-up")
                if row is None:
                    row = SecretRow(name="look-up", value=new_key())
                    session.add(row)
                    await session.flush()
                store._look_up = LookUp(row.value)
        except (OperationalError, InterfaceError, OSError) as error:
            await store.close()
            raise Unavailable from error
        except BaseException:
            await store.close()
            raise
        return store

    async def close(self) -> None:
        await self._database.close()

    @property
    def embedded(self) -> bool:
        """Whether this is SQLite: one file, one writer."""
        return self._database.embedded

    @contextlib.asynccontextmanager
    async def write(self) -> AsyncIterator[Tx]:
        """A transaction that may change things: committed at the end, rolled back by any exception."""
        assert self._look_up is not None
        async with self._session(write=True) as session:
            yield Tx(session, self._look_up)

    @contextlib.asynccontextmanager
    async def read(self) -> AsyncIterator[Tx]:
        """A transaction that only reads; what it changes is thrown away."""
        assert self._look_up is not None
        async with self._session(write=False) as session:
            yield Tx(session, self._look_up)

    async def answers(self) -> bool:
        """Whether the database can be reached."""
        async with self._session(write=False) as session:
            await session.get(SecretRow, "look-up")
        return True

    @contextlib.asynccontextmanager
    async def sole_runner(self) -> AsyncIterator[None]:
        """Hold the right to poll and send on this database.

        Raises:
            AlreadyRunning: another process holds it.
        """
        async with self._database.sole_runner():
            yield

    @contextlib.asynccontextmanager
    async def _session(self, *, write: bool) -> AsyncIterator[Session]:
        # On SQLite writers queue here instead of fighting over the file lock.
        queue = self._writer if write and self.embedded else contextlib.nullcontext()
        async with queue:
            try:
                session = await self._database.begin(write=write)
            except (DBAPIError, PostgresError, OSError) as error:
                # Whatever keeps a transaction from beginning, such as a server that is still starting up.
                raise Unavailable from error
            try:
                yield session
                if write:
                    await session.commit()
                else:
                    await session.rollback()
            except (OperationalError, InterfaceError, OSError) as error:
                await _quietly_undo(session)
                raise Unavailable from error
            except BaseException:
                await _quietly_undo(session)
                raise
            finally:
                await session.close()


async def _quietly_undo(session: Session) -> None:
    # Where the connection is gone there is nothing left to roll back; the first error is the one to report.
    with contextlib.suppress(DBAPIError, OSError):
        await session.rollback()
