"""SQLite, called directly: statements run where they are asked for (ADR-0010), one writer at a time.

Transactions that are begun `together` and queue for the writer become durable together: each stands behind a
savepoint of its own, and one COMMIT ends them all (ADR-0013). Nobody goes on before that COMMIT. It runs in
a thread, because under synchronous=FULL it waits for the disk.
"""

import asyncio
import contextlib
import fcntl
import sqlite3
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, TypeVar

import sqlmodel
from sqlalchemy import Connection, CursorResult, Engine, Executable, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError

from storage.errors import AlreadyRunning
from storage.ready import Ready

T = TypeVar("T")
Rows = Sequence[dict[str, Any]] | dict[str, Any]
_LONGEST_STRETCH_S = 0.004
_LOCK_PATIENCE_S = 10.0
_LOCK_RETRY_S = 0.02


class Direct:
    """A session on SQLite. SQLAlchemy's own is made only where somebody asks for rows as objects."""

    dialect = "sqlite"

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._raw = raw(connection)
        self._objects: sqlmodel.Session | None = None
        self._loop = asyncio.get_running_loop()
        self._since = self._loop.time()

    async def _let_others_run(self) -> None:
        if self._loop.time() - self._since > _LONGEST_STRETCH_S:
            await asyncio.sleep(0)
            self._since = self._loop.time()

    @property
    def _session(self) -> sqlmodel.Session:
        if self._objects is None:
            if not self._connection.in_transaction():
                self._connection.begin()
            # Behind a savepoint: what it does when it ends must not end the transaction.
            self._objects = sqlmodel.Session(
                self._connection, expire_on_commit=False, join_transaction_mode="create_savepoint"
            )
        return self._objects

    async def rows(self, ready: Ready, values: dict[str, Any]) -> Sequence[Sequence[Any]]:
        await self._let_others_run()
        return ready.run_on(self._raw, values)[0]

    async def count(self, ready: Ready, values: dict[str, Any]) -> int:
        await self._let_others_run()
        return ready.run_on(self._raw, values)[1]

    async def exec(self, statement: Any) -> Any:
        await self._let_others_run()
        return self._session.exec(statement)

    async def run(self, statement: Executable, rows: Rows | None = None) -> CursorResult[Any]:
        await self._let_others_run()
        return self._connection.execute(statement, rows)

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

    def end(self) -> None:
        """Write what is still to be written; the transaction goes on."""
        if self._objects is not None:
            self._objects.commit()

    def close(self) -> None:
        if self._objects is not None:
            self._objects.close()


class Embedded:
    """SQLite in a file."""

    embedded = True

    def __init__(self, url: str, upgrade: Callable[[Connection], None]) -> None:
        parsed = make_url(url).set(drivername="sqlite+pysqlite")
        self._path = parsed.database or ""
        if self._path:
            Path(self._path).parent.mkdir(parents=True, exist_ok=True)
        self._engine = _engine(parsed.render_as_string(hide_password=False))
        self._upgrade = upgrade
        # Writers queue here instead of fighting over the file lock.
        self._queue = asyncio.Lock()
        self._writing: Connection | None = None
        self._group: asyncio.Future[None] | None = None
        self._ending: asyncio.Task[None] | None = None

    @contextlib.asynccontextmanager
    async def read(self) -> AsyncIterator[Direct]:
        with self._engine.connect() as connection:
            raw(connection).execute("BEGIN")
            session = Direct(connection)
            try:
                yield session
            finally:
                session.close()
                raw(connection).rollback()

    @contextlib.asynccontextmanager
    async def write(self, *, together: bool) -> AsyncIterator[Direct]:
        async with self._queue:
            if self._group is not None and not together:
                await self._commit(self._group)
            connection = self._connection()
            group = self._group or await self._begin(connection)
            session = Direct(connection)
            raw(connection).execute("SAVEPOINT one")
            try:
                yield session
                session.end()
                raw(connection).execute("RELEASE one")
            except BaseException:
                self._undo(connection, session)
                raise
            finally:
                session.close()
                if self._group is not None:
                    await self._see_to(group, together)
        # Not before it is durable, and not if the disk refused it: then all of the group are told.
        await asyncio.shield(group)

    def _connection(self) -> Connection:
        if self._writing is None:
            self._writing = self._engine.connect()
        return self._writing

    async def _begin(self, connection: Connection) -> "asyncio.Future[None]":
        loop = asyncio.get_running_loop()
        give_up_at = loop.time() + _LOCK_PATIENCE_S
        while True:
            try:
                raw(connection).execute("BEGIN IMMEDIATE")
            except sqlite3.OperationalError:
                # Another process writes (a command beside `run`): wait without blocking anybody.
                if loop.time() > give_up_at:
                    raise
                await asyncio.sleep(_LOCK_RETRY_S)
            else:
                break
        self._group = group = loop.create_future()
        # Whoever has failed already does not wait for it.
        group.add_done_callback(lambda done: done.exception())
        return group

    async def _see_to(self, group: "asyncio.Future[None]", together: bool) -> None:
        """That the group is committed: by whoever is the last of it."""
        if not together:
            await self._commit(group)
        elif self._ending is None or self._ending.done():
            # It queues like everybody: who stands in front of it by now belongs to the group. What goes wrong
            # with it is told to each of them.
            self._ending = asyncio.ensure_future(self._end())

    async def _end(self) -> None:
        async with self._queue:
            if self._group is not None:
                await self._commit(self._group)

    async def _commit(self, group: "asyncio.Future[None]") -> None:
        self._group = None
        work = asyncio.get_running_loop().run_in_executor(None, _finish, self._connection())
        cancelled = False
        while not work.done():
            try:
                await asyncio.wait({work})
            except asyncio.CancelledError:
                # The thread goes on: nobody may touch the connection before it is done.
                cancelled = True
        error = work.exception()
        if error is None:
            group.set_result(None)
        else:
            group.set_exception(error)
        if cancelled:
            raise asyncio.CancelledError

    def _undo(self, connection: Connection, session: Direct) -> None:
        """Take back what one has done. A full disk may have undone the whole group."""
        with contextlib.suppress(DBAPIError, sqlite3.Error):
            session.close()
            raw(connection).execute("ROLLBACK TO one")
            raw(connection).execute("RELEASE one")
            return
        connection.rollback()
        raw(connection).rollback()
        group, self._group = self._group, None
        if group is not None:
            group.set_exception(sqlite3.OperationalError("undone together with another one of its group"))

    async def migrate(self) -> None:
        async with self._queue:
            connection = self._connection()
            raw(connection).execute("BEGIN IMMEDIATE")
            try:
                self._upgrade(connection)
                connection.commit()
            finally:
                raw(connection).rollback()

    @contextlib.asynccontextmanager
    async def sole_runner(self) -> AsyncIterator[None]:
        with _file_lock(f"{self._path}.lock"):
            yield

    async def close(self) -> None:
        async with self._queue:
            if self._writing is not None:
                self._writing.close()
            self._engine.dispose()


def raw(connection: Connection) -> sqlite3.Connection:
    """The driver's own connection."""
    driver: sqlite3.Connection = connection.connection.dbapi_connection  # type: ignore[assignment]
    return driver


def _finish(connection: Connection) -> None:
    """COMMIT; where the disk refuses it, ROLLBACK."""
    driver = raw(connection)
    if not driver.in_transaction:
        raise sqlite3.OperationalError("the transaction was undone")
    try:
        driver.commit()
    except BaseException:
        driver.rollback()
        raise
    finally:
        # For SQLAlchemy it is over as well; for the driver nothing is left to do.
        if connection.in_transaction():
            connection.rollback()


def _engine(url: str) -> Engine:
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

    return engine


@contextlib.contextmanager
def _file_lock(path: str) -> Iterator[None]:
    with open(path, "w", encoding="ascii") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise AlreadyRunning from None
        yield
