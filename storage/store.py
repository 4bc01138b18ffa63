"""The database: opening it, transactions on it, bringing it up to date.

SQLite is the embedded default (WAL, FULL, BEGIN IMMEDIATE for writes, one writer at a time inside the
process); PostgreSQL takes the same calls.
"""

import asyncio
import contextlib
import fcntl
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import IO, Any, cast

from sqlalchemy import CursorResult, Executable, event, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.encryption import LookUp, new_key
from storage.errors import AlreadyRunning, Unavailable
from storage.tables import SecretRow

_MIGRATION_LOCK = 7_146_301
_RUN_LOCK = 7_146_302


class Tx:
    """An open transaction: `session` for this package, the look-up of people for its repositories."""

    def __init__(self, session: AsyncSession, look_up: LookUp) -> None:
        self.session = session
        self.look_up = look_up

    async def run(self, statement: Executable) -> CursorResult[Any]:
        """The rows of a core statement: bulk work and conditional updates go past the ORM."""
        return await (await self.session.connection()).execute(statement)


class Store:
    """A database that is open. Make one with `await Store.open(url)`; close it with `await close()`."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine
        self._writing = engine.execution_options(write=True)
        self._embedded = engine.dialect.name == "sqlite"
        self._writer = asyncio.Lock()
        self._look_up: LookUp | None = None

    @classmethod
    async def open(cls, url: str) -> "Store":
        """Connect to `url`, migrate it to the newest tables and read its look-up secret.

        Args:
            url: `sqlite+aiosqlite:///path` or `postgresql+asyncpg://...`; `use_keys` has been called.

        Raises:
            WrongKeys: the database was written with other data keys.
        """
        store = cls(_engine(url))
        try:
            await store.migrate()
            async with store._session(write=True) as session:
                row = await session.get(SecretRow, "look-up")
                if row is None:
                    row = SecretRow(name="look-up", value=new_key())
                    session.add(row)
                store._look_up = LookUp(row.value)
        except BaseException:
            await store.close()
            raise
        return store

    async def close(self) -> None:
        await self._engine.dispose()

    async def migrate(self) -> None:
        """Bring the tables up to date, under a database lock so that two processes do not both try."""
        async with self._writer, self._engine.connect() as connection:
            if not self._embedded:
                await connection.execute(text(f"SELECT pg_advisory_lock({_MIGRATION_LOCK})"))
            try:
                await connection.run_sync(_upgrade)
                await connection.commit()
            finally:
                if not self._embedded:
                    await connection.execute(text(f"SELECT pg_advisory_unlock({_MIGRATION_LOCK})"))
                    await connection.commit()

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
        async with self._engine.connect() as connection:
            await connection.execute(text("SELECT 1"))
        return True

    @contextlib.asynccontextmanager
    async def sole_runner(self) -> AsyncIterator[None]:
        """Hold the right to poll and send on this database.

        Raises:
            AlreadyRunning: another process holds it.
        """
        if self._embedded:
            with _file_lock(self._engine.url.database):
                yield
            return
        async with self._engine.connect() as connection:
            got = await connection.scalar(text(f"SELECT pg_try_advisory_lock({_RUN_LOCK})"))
            await connection.commit()
            if not got:
                raise AlreadyRunning
            try:
                yield
            finally:
                await connection.execute(text(f"SELECT pg_advisory_unlock({_RUN_LOCK})"))
                await connection.commit()

    @contextlib.asynccontextmanager
    async def _session(self, *, write: bool) -> AsyncIterator[AsyncSession]:
        # On SQLite writers queue here instead of fighting over the file lock.
        queue = self._writer if write and self._embedded else contextlib.nullcontext()
        async with (
            queue,
            AsyncSession(self._writing if write else self._engine, expire_on_commit=False) as session,
        ):
            try:
                yield session
                if write:
                    await session.commit()
            except (OperationalError, InterfaceError, OSError) as error:
                await _quietly_undo(session)
                raise Unavailable from error
            except BaseException:
                await _quietly_undo(session)
                raise


async def _quietly_undo(session: AsyncSession) -> None:
    # Where the connection is gone there is nothing left to roll back; the first error is the one to report.
    with contextlib.suppress(DBAPIError, OSError):
        await session.rollback()


def _engine(url: str) -> AsyncEngine:
    if not url.startswith("sqlite"):
        return create_async_engine(url, pool_size=10, max_overflow=10, hide_parameters=True)
    if path := make_url(url).database:
        Path(path).parent.mkdir(parents=True, exist_ok=True)
    engine = create_async_engine(url, connect_args={"timeout": 10}, hide_parameters=True)

    # The driver would open a transaction only at the first write, and two writers would lose updates.
    @event.listens_for(engine.sync_engine, "connect")
    def _connect(connection: Any, _record: Any) -> None:
        connection.isolation_level = None
        cursor = connection.cursor()
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "busy_timeout=10000", "foreign_keys=ON"):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @event.listens_for(engine.sync_engine, "begin")
    def _begin(connection: Any) -> None:
        write = connection.get_execution_options().get("write")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if write else "BEGIN")

    return engine


def _upgrade(connection: Any) -> None:
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


@contextlib.contextmanager
def _file_lock(database: str | None) -> Iterator[None]:
    handle: IO[str] = cast("IO[str]", open(f"{database}.lock", "w", encoding="ascii"))  # noqa: SIM115
    with handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise AlreadyRunning from None
        yield
