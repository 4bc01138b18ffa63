"""The two kinds of database behind one face.

PostgreSQL is spoken to through asyncpg; SQLite stands in `storage.embedded`.
"""

import contextlib
from collections.abc import AsyncIterator, Sequence
from contextlib import AbstractAsyncContextManager
from pathlib import Path
from typing import Any, Protocol, TypeVar

from asyncpg import PostgresError
from sqlalchemy import Connection, CursorResult, Executable, inspect, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlmodel.ext.asyncio.session import AsyncSession

from storage.embedded import Embedded, Rows
from storage.errors import AlreadyRunning, Unavailable
from storage.ready import Ready

T = TypeVar("T")
_MIGRATION_LOCK = 7_146_301
_RUN_LOCK = 7_146_302
_MIGRATIONS = Path(__file__).parent / "migrations"


class Session(Protocol):
    """What repositories ask of a session, on either database."""

    @property
    def dialect(self) -> str: ...
    async def rows(self, ready: Ready, values: dict[str, Any]) -> Sequence[Sequence[Any]]: ...
    async def count(self, ready: Ready, values: dict[str, Any]) -> int: ...
    async def exec(self, statement: Any) -> Any: ...
    async def run(self, statement: Executable, rows: Rows | None = None) -> CursorResult[Any]: ...
    async def scalar(self, statement: Any) -> Any: ...
    async def get(self, table: type[T], key: Any, *, populate_existing: bool = False) -> T | None: ...
    async def get_one(self, table: type[T], key: Any, *, populate_existing: bool = False) -> T: ...
    def add(self, row: object) -> None: ...
    def expire_all(self) -> None: ...
    async def flush(self) -> None: ...


class Database(Protocol):
    """A database that is open."""

    embedded: bool

    def read(self) -> AbstractAsyncContextManager[Session]: ...
    def write(self, *, together: bool) -> AbstractAsyncContextManager[Session]: ...
    async def migrate(self) -> None: ...
    def sole_runner(self) -> AbstractAsyncContextManager[None]: ...
    async def close(self) -> None: ...


def open_database(url: str) -> Database:
    """The database of a URL; nothing is connected yet."""
    if url.startswith("sqlite"):
        return Embedded(url, _upgrade)
    return _Server(url)


class _Remote(AsyncSession):
    """A PostgreSQL session."""

    dialect = "postgresql"

    async def rows(self, ready: Ready, values: dict[str, Any]) -> Sequence[Sequence[Any]]:
        return (await self.run(ready.statement, values)).all()

    async def count(self, ready: Ready, values: dict[str, Any]) -> int:
        return int((await self.run(ready.statement, values)).rowcount)

    async def run(self, statement: Executable, rows: Rows | None = None) -> CursorResult[Any]:
        return await (await self.connection()).execute(statement, rows)


class _Server:
    """PostgreSQL."""

    embedded = False

    def __init__(self, url: str) -> None:
        self._engine: AsyncEngine = create_async_engine(
            url, pool_size=10, max_overflow=10, hide_parameters=True
        )

    @contextlib.asynccontextmanager
    async def read(self) -> AsyncIterator[Session]:
        async with self._session() as session:
            yield session
            await session.rollback()

    @contextlib.asynccontextmanager
    async def write(self, *, together: bool) -> AsyncIterator[Session]:
        async with self._session() as session:
            yield session
            await session.commit()

    @contextlib.asynccontextmanager
    async def _session(self) -> AsyncIterator[_Remote]:
        try:
            session = _Remote(self._engine, expire_on_commit=False)
            await session.connection()
        except (DBAPIError, PostgresError, OSError) as error:
            # Whatever keeps a transaction from beginning, such as a server that is still starting up.
            raise Unavailable from error
        try:
            yield session
        except BaseException:
            # Where the connection is gone nothing is left to roll back; the first error is the one to report.
            with contextlib.suppress(DBAPIError, OSError):
                await session.rollback()
            raise
        finally:
            await session.close()

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


def _upgrade(connection: Connection) -> None:
    if _version(connection) == newest_version():
        # The usual start: Alembic takes longer to import than everything else here takes.
        return
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def newest_version() -> str:
    """The version of the tables that this code is for: their migrations are numbered."""
    return max(path.name.partition("_")[0] for path in (_MIGRATIONS / "versions").glob("[0-9]*.py"))


def _version(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    version: str | None = connection.scalar(text("SELECT version_num FROM alembic_version"))
    return version
