"""The database: opening it, transactions on it, bringing it up to date.

SQLite is the embedded default (WAL, FULL, BEGIN IMMEDIATE for writes, one writer at a time inside the
process); PostgreSQL takes the same calls.
"""

import contextlib
import sqlite3
from collections.abc import AsyncIterator, Sequence
from contextlib import AbstractAsyncContextManager
from typing import Any

from sqlalchemy import CursorResult, Executable
from sqlalchemy.exc import InterfaceError, OperationalError

from storage.databases import Database, Session, open_database
from storage.encryption import LookUp, new_key
from storage.errors import Unavailable
from storage.ready import Ready
from storage.tables import SecretRow

_AWAY = (OperationalError, InterfaceError, sqlite3.OperationalError, OSError)


class Tx:
    """An open transaction: `session` for this package, the look-up of people for its repositories."""

    def __init__(self, session: Session, look_up: LookUp) -> None:
        self.session = session
        self.look_up = look_up

    async def run(self, statement: Executable, values: dict[str, Any] | None = None) -> CursorResult[Any]:
        """The rows of a core statement: bulk work and conditional updates go past the ORM."""
        return await self.session.run(statement, values)

    async def rows(self, ready: Ready, values: dict[str, Any]) -> Sequence[Sequence[Any]]:
        """The rows of a statement that is run often."""
        return await self.session.rows(ready, values)

    async def count(self, ready: Ready, values: dict[str, Any]) -> int:
        """How many rows a statement that is run often has changed."""
        return await self.session.count(ready, values)

    async def run_many(self, statement: Executable, rows: Sequence[dict[str, Any]]) -> None:
        """A core statement once for each row, in one go."""
        await self.session.run(statement, rows)


class Store:
    """A database that is open. Make one with `await Store.open(url)`; close it with `await close()`."""

    def __init__(self, database: Database) -> None:
        self._database = database
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
            await store._database.migrate()
            async with store._database.write(together=False) as session:
                row = await session.get(SecretRow, "look-up")
                if row is None:
                    row = SecretRow(name="look-up", value=new_key())
                    session.add(row)
                    await session.flush()
                store._look_up = LookUp(row.value)
        except _AWAY as error:
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
    async def write(self, *, together: bool = False) -> AsyncIterator[Tx]:
        """A transaction that may change things: committed at the end, rolled back by any exception.

        `together`: short ones that wait for one another on SQLite may share one COMMIT.
        """
        assert self._look_up is not None
        async with self._told(self._database.write(together=together)) as session:
            yield Tx(session, self._look_up)

    @contextlib.asynccontextmanager
    async def read(self) -> AsyncIterator[Tx]:
        """A transaction that only reads; what it changes is thrown away."""
        assert self._look_up is not None
        async with self._told(self._database.read()) as session:
            yield Tx(session, self._look_up)

    async def answers(self) -> bool:
        """Whether the database can be reached."""
        async with self._told(self._database.read()) as session:
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
    async def _told(self, work: AbstractAsyncContextManager[Session]) -> AsyncIterator[Session]:
        try:
            async with work as session:
                yield session
        except _AWAY as error:
            raise Unavailable from error
