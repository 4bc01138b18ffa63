"""The two kinds of database behind one face.

PostgreSQL is spoken to through asyncpg. SQLite is called directly: a statement takes a tenth of a
millisecond, while a round trip through a driver's thread takes several, four to a statement (ADR-0010). What
can take long on a disk, COMMIT under synchronous=FULL, leaves the event loop; a lock held by another process
is waited for without blocking it; and after some milliseconds of work every statement lets others run.
"""

import asyncio
import contextlib
import fcntl
from collections.abc import AsyncIterator, Iterator, Sequence
from pathlib import Path
from typing import Any, Protocol, TypeVar

import sqlmodel
from sqlalchemy import CursorResult, Engine, Executable, create_engine, event, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import OperationalError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.errors import AlreadyRunning

T = TypeVar("T")
Rows = Sequence[dict[str, Any]] | dict[str, Any]
_MIGRATION_LOCK = 7_146_301
_RUN_LOCK = 7_146_302
_LONGEST_STRETCH_S = 0.004
_LOCK_PATIENCE_S = 10.0
_LOCK_RETRY_S = 0.02


class Session(Protocol):
    """What repositories ask of a session, on either database."""

    @property
    def dialect(self) -> str: ...
    async def exec(self, statement: Any) -> Any: ...
    async def run(self, statement: Executable, rows: Rows | None = None) -> CursorResult[Any]: ...
    async def scalar(self, statement: Any) -> Any: ...
    async def get(self, table: type[T], key: Any, *, populate_existing: bool = False) -> T | None: ...
    async def get_one(self, table: type[T], key: Any, *, populate_existing: bool = False) -> T: ...
    def add(self, row: object) -> None: ...
    def expire_all(self) -> None: ...
    async def flush(self) -> None: ...
    async def commit(self) -> None: ...
    async def rollback(self) -> None: ...
    async def close(self) -> None: ...


class Database(Protocol):
    """A database that is open."""

    embedded: bool

    async def begin(self, *, write: bool) -> Session: ...
    async def migrate(self) -> None: ...
    def sole_runner(self) -> contextlib.AbstractAsyncContextManager[None]: ...
    async def close(self) -> None: ...


def open_database(url: str) -> Database:
    """The database of a URL; nothing is connected yet."""
    if url.startswith("sqlite"):
        return _Embedded(url)
    return _Server(url)


class _Direct:
    """A SQLite session: statements run where they are asked for, COMMIT in a thread."""

    dialect = "sqlite"

    def __init__(self, session: sqlmodel.Session) -> None:
        self._session = session
        self._loop = asyncio.get_running_loop()
        self._since = self._loop.time()

    async def _let_others_run(self) -> None:
        if self._loop.time() - self._since > _LONGEST_STRETCH_S:
            await asyncio.sleep(0)
            self._since = self._loop.time()

    async def exec(self, statement: Any) -> Any:
        await self._let_others_run()
        return self._session.exec(statement)

    async def run(self, statement: Executable, rows: Rows | None = None) -> CursorResult[Any]:
        await self._let_others_run()
        return self._session.connection().execute(statement, rows)

    async def scalar(self, statement: Any) -> Any:
        return (await self.run(statement)).scalar()

    async def get(self, table: type[T], key: Any, *, populate_existing: bool = False) -> T | None:
        await self._let_others_run()
        return self._session.get(table, key, populate_existing=populate_existing)

    async def get_one(self, table: type[T], key: Any, *, populate_existing: bool = False) -> T:
        await self._let_others_run()
        return self._session.get_one(table, key, populate_existing=populate_existing)

    def add(self, row: object) -> None:
        self._session.add(row)

    def expire_all(self) -> None:
        self._session.expire_all()

    async def flush(self) -> None:
        self._session.flush()

    async def commit(self) -> None:
        self._session.flush()
        work = asyncio.ensure_future(asyncio.to_thread(self._session.commit))
        try:
            await asyncio.shield(work)
        except asyncio.CancelledError:
            # The thread goes on: nobody may touch the session before it is done.
            await asyncio.wait({work})
            raise

    async def rollback(self) -> None:
        self._session.rollback()

    async def close(self) -> None:
        self._session.close()


class _Embedded:
    """SQLite in a file."""

    embedded = True

    def __init__(self, url: str) -> None:
        parsed = make_url(url).set(drivername="sqlite+pysqlite")
        self._path = parsed.database or ""
        if self._path:
            Path(self._path).parent.mkdir(parents=True, exist_ok=True)
        self._engine = _sqlite_engine(parsed.render_as_string(hide_password=False))
        self._writing = self._engine.execution_options(write=True)

    async def begin(self, *, write: bool) -> Session:
        loop = asyncio.get_running_loop()
        give_up_at = loop.time() + _LOCK_PATIENCE_S
        while True:
            engine = self._writing if write else self._engine
            session = sqlmodel.Session(engine, expire_on_commit=False)
            try:
                session.connection()
            except OperationalError:
                session.close()
                # Another process writes (a command beside `run`): wait without blocking anybody.
                if loop.time() > give_up_at:
                    raise
                await asyncio.sleep(_LOCK_RETRY_S)
            else:
                return _Direct(session)

    async def migrate(self) -> None:
        with self._writing.connect() as connection:
            _upgrade(connection)
            connection.commit()

    @contextlib.asynccontextmanager
    async def sole_runner(self) -> AsyncIterator[None]:
        with _file_lock(f"{self._path}.lock"):
            yield

    async def close(self) -> None:
        self._engine.dispose()


def _sqlite_engine(url: str) -> Engine:
    engine = create_engine(
        url,
        connect_args={"check_same_thread": False, "timeout": 0.05},
        max_overflow=-1,
        hide_parameters=True,
    )

    # The driver would open a transaction only at the first write, and two writers would lose updates.
    @event.listens_for(engine, "connect")
    def _connect(connection: Any, _record: Any) -> None:
        connection.isolation_level = None
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "cache_size=-16000"):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def _begin(connection: Any) -> None:
        write = connection.get_execution_options().get("write")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if write else "BEGIN")

    return engine


class _Remote(AsyncSession):
    """A PostgreSQL session."""

    dialect = "postgresql"

    async def run(self, statement: Executable, rows: Rows | None = None) -> CursorResult[Any]:
        return await (await self.connection()).execute(statement, rows)


class _Server:
    """PostgreSQL."""

    embedded = False

    def __init__(self, url: str) -> None:
        self._engine: AsyncEngine = create_async_engine(
            url, pool_size=10, max_overflow=10, hide_parameters=True
        )

    async def begin(self, *, write: bool) -> Session:
        session = _Remote(self._engine, expire_on_commit=False)
        await session.connection()
        return session

    async def migrate(self) -> None:
        async with self._engine.connect() as connection:
            await connection.execute(text(f"SELECT pg_advisory_lock({_MIGRATION_LOCK})"))
            try:
                await connection.run_sync(_upgrade)
                await connection.commit()
            finally:
                await connection.execute(text(f"SELECT pg_advisory_unlock({_MIGRATION_LOCK})"))
                await connection.commit()

    @contextlib.asynccontextmanager
    async def sole_runner(self) -> AsyncIterator[None]:
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

    async def close(self) -> None:
        await self._engine.dispose()


def _upgrade(connection: Any) -> None:
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


@contextlib.contextmanager
def _file_lock(path: str) -> Iterator[None]:
    with open(path, "w", encoding="ascii") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise AlreadyRunning from None
        yield
