"""The database locked, full, gone and back: nothing lost, people answered afterwards, the process lives."""

import asyncio
import contextlib
import os
import resource
import shutil
import sqlite3
import subprocess
import tempfile
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

import storage.embedded
from sandbox import Change
from services import kinds
from storage.errors import Unavailable
from storage.store import Store
from tests import postgres
from tests.conftest import missing
from tests.faults.conftest import House
from tests.faults.crowd import copies, doses_of, due_just_now, moves_of, prompts, rows_of
from tests.process.conftest import Phone, Rig, a_rig, until

BEDTIME = "2026-03-02T22:00"


class Lock:
    """A writer of another program on the same file."""

    def __init__(self, url: str) -> None:
        self._path = url.removeprefix("sqlite:///")
        self._other: sqlite3.Connection | None = None

    def take(self, wait: float = 5) -> bool:
        """BEGIN EXCLUSIVE; False where the bot is writing just now."""
        self._other = sqlite3.connect(self._path, isolation_level=None, timeout=wait)
        try:
            self._other.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError:
            self._other.close()
            self._other = None
            return False
        return True

    def give_back(self) -> None:
        assert self._other is not None
        self._other.execute("ROLLBACK")
        self._other.close()


@pytest.fixture
def lock(sqlite_url: str) -> Lock:
    return Lock(sqlite_url)


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """The lock is waited for 0.1 s, not 10: what follows from giving up is under test, not the wait."""
    monkeypatch.setattr(storage.embedded, "_LOCK_PATIENCE_S", 0.1)


async def _ticking(house: House, until_done: asyncio.Event) -> None:
    """The deliver tick every 50 ms, as the process has it: one that fails is followed by the next."""
    while not until_done.is_set():
        with contextlib.suppress(Unavailable):
            await house.bot.deliver_once(house.clock.at)
        await asyncio.sleep(0.05)


@pytest.mark.usefixtures("impatient")
async def test_a_tap_while_the_file_is_locked_is_recorded_when_it_is_free(house: House, lock: Lock) -> None:
    """Locked for a second: the tap waits, unconfirmed, and is then recorded and answered once."""
    (ana,) = await house.patients(1)
    await house.at(BEDTIME)
    assert lock.take()
    asyncio.get_running_loop().call_later(1, lock.give_back)
    ana.phone.tap("Taken")
    await house.bot.poller.run_once()

    ana.sees("Recorded as taken at 22:00.")
    (dose, *_) = await doses_of(house.store, ana.phone.id)
    assert await moves_of(house.store, dose.id) == ["prompt_accepted", "record_taken"]


@pytest.mark.usefixtures("impatient")
@pytest.mark.parametrize("after", [1, 30, 75])
async def test_a_lock_in_the_middle_of_a_burst_repeats_nothing(house: House, lock: Lock, after: int) -> None:
    """The process lives, so nobody gets a prompt twice: what was sent is settled once the file is free."""
    crowd = await house.patients(100)
    house.real_pace(200)
    house.bot.delivery._chunk = 16
    loop = asyncio.get_running_loop()
    seen = 0
    held = False

    def look(change: Change) -> None:
        nonlocal seen, held
        seen += change.kind == "message"
        if seen >= after and not held and lock.take(0):
            held = True
            loop.call_later(0.7, lock.give_back)

    stop = house.telegram.on_change(look)
    done = asyncio.Event()
    house.clock.at = house.clock.at.replace(hour=22, minute=0)
    async with asyncio.TaskGroup() as group:
        group.create_task(_ticking(house, done))
        async with asyncio.timeout(10):
            while not all(prompts(one.phone) for one in crowd):
                await asyncio.sleep(0.02)
        done.set()
    stop()
    assert held
    await house.later(minutes=5)  # every lease has run out meanwhile
    assert copies([one.phone for one in crowd]) == [1] * 100
    states = Counter(row.state for row in await rows_of(house.store, kinds.DOSE_PROMPT))
    assert states == {"sent": 100, "due": 100}, "tonight's sent, tomorrow's due"


async def test_a_full_disk_loses_no_tap_and_repeats_no_prompt(house: House) -> None:
    """No page can be added: taps wait, ticks fail; with room again all is recorded, each prompt once."""
    crowd = await house.patients(30)

    async def allow(pages: int) -> None:
        # All writing is done over one connection.
        async with house.store.write() as tx:
            await tx.run(text(f"PRAGMA max_page_count={pages}"))

    async with house.store.read() as tx:
        await allow(await tx.session.scalar(text("PRAGMA page_count")))
    done = asyncio.Event()
    house.clock.at = house.clock.at.replace(hour=22, minute=0)

    async def long_texts() -> None:
        # Words that need new pages, from everybody at once.
        for one in crowd:
            one.phone.say("/today " + "x" * 3000)
        await house.bot.poller.run_once()

    async with asyncio.TaskGroup() as group:
        group.create_task(_ticking(house, done))
        group.create_task(long_texts())
        await asyncio.sleep(0.5)
        await allow(1_000_000)
        async with asyncio.timeout(15):
            while not all(len(one.phone.received) >= 2 for one in crowd):
                await asyncio.sleep(0.05)
        done.set()
    await house.later(minutes=5)

    assert copies([one.phone for one in crowd]) == [1] * 30
    assert [one.count("Your plan: 1.5 mg") for one in crowd] == [1] * 30


@pytest.mark.process
async def test_a_process_whose_disk_is_full_for_some_seconds_goes_on(rig: Rig) -> None:
    """Not one byte more can be written, not even to the log: it lives; then everything comes, once."""
    store = await Store.open(rig.database)
    phones = await due_just_now(store, rig.telegram, 25, datetime.now(UTC), waits=5)
    await store.close()
    await rig.child.start()
    process = rig.child._process
    assert process is not None
    full = os.path.getsize(rig.folder / "bot.db-wal")
    resource.prlimit(process.pid, resource.RLIMIT_FSIZE, (max(full, 1), resource.RLIM_INFINITY))
    (late, *_) = phones
    late.say("/today")
    due_at = (await _due_at(rig)).timestamp()
    await asyncio.sleep(due_at - datetime.now(UTC).timestamp() + 1.5)
    assert rig.child.running
    resource.prlimit(process.pid, resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))

    await until(lambda: all(prompts(phone) for phone in phones), 20)
    await until(lambda: Phone(late).count("Your plan: 1.5 mg") == 1, 20)
    await rig.at_rest()
    assert await rig.child.stop() == 0
    assert copies(phones) == [1] * 25
    assert (await rig.outbox())["leased"] == 0
    assert "fault" not in rig.child.log


async def _due_at(rig: Rig) -> datetime:
    store = await Store.open(rig.database)
    try:
        due: datetime = (await rows_of(store, kinds.DOSE_PROMPT))[0].due_at
        return due
    finally:
        await store.close()


class Server:
    """A PostgreSQL of its own, which can be stopped and started."""

    def __init__(self, folder: Path, binaries: Path) -> None:
        self._folder = folder
        self._binaries = binaries
        self._user = postgres._unprivileged()
        if self._user:
            shutil.chown(folder, self._user)
        self._run(
            "initdb", "-D", str(folder / "data"), "-U", "tests", "-A", "trust", "-E", "UTF8", "--no-sync"
        )
        self.url = f"postgresql+asyncpg://tests@/postgres?host={folder}"

    def _run(self, program: str, *words: str) -> None:
        subprocess.run(
            [str(self._binaries / program), *words],
            check=True,
            user=self._user,
            cwd=self._folder,
            stdout=subprocess.DEVNULL,
            timeout=60,
        )

    def start(self) -> None:
        options = f"-k {self._folder} -c listen_addresses= -c fsync=off -c max_connections=40"
        data, log = str(self._folder / "data"), str(self._folder / "log")
        self._run("pg_ctl", "-D", data, "-w", "-l", log, "-o", options, "start")

    def stop(self, how: str = "fast") -> None:
        self._run("pg_ctl", "-D", str(self._folder / "data"), "-m", how, "stop")


@pytest.fixture(scope="module")
def own_server() -> Iterator[Server]:
    binaries = postgres._binaries()
    if binaries is None:
        missing("PostgreSQL's own programs are missing (Debian: apt install postgresql).")
    assert binaries is not None
    with tempfile.TemporaryDirectory(prefix="ldn-pg-own-", ignore_cleanup_errors=True) as folder:
        server = Server(Path(folder), binaries)
        server.start()
        try:
            yield server
        finally:
            with contextlib.suppress(subprocess.CalledProcessError):
                server.stop("immediate")


@contextlib.asynccontextmanager
async def _on(server: Server, folder: Path) -> AsyncIterator[Rig]:
    async with a_rig(folder, server.url, lambda: datetime.now(UTC)) as made:
        yield made


@pytest.mark.process
@pytest.mark.postgres
async def test_a_postgresql_that_is_stopped_and_started_again_loses_nothing(
    own_server: Server, tmp_path: Path
) -> None:
    """Gone across a bedtime: words said meanwhile are answered, prompts come in their grace; no crash."""
    async with _on(own_server, tmp_path) as rig:
        store = await Store.open(rig.database)
        phones = await due_just_now(store, rig.telegram, 25, datetime.now(UTC), waits=5)
        await store.close()
        await rig.child.start()
        await asyncio.to_thread(own_server.stop)
        (late, *_) = phones
        late.say("/today")
        await asyncio.sleep(4)
        assert rig.child.running
        await asyncio.to_thread(own_server.start)

        await until(lambda: all(prompts(phone) for phone in phones), 30)
        await until(lambda: Phone(late).count("Your plan: 1.5 mg") == 1, 20)
        await rig.at_rest()
        assert await rig.child.stop() == 0
        assert copies(phones) == [1] * 25
        assert "fault" not in rig.child.log
        assert (await rig.outbox())["leased"] == 0


@pytest.mark.postgres
async def test_every_way_in_which_postgresql_can_be_away_is_told_as_unavailable(own_server: Server) -> None:
    """Stopped under an open connection, refusing, starting up: `Unavailable`, which is tried again."""
    store = await Store.open(own_server.url)
    errors: list[Any] = []
    try:
        for how in ("fast", "immediate"):
            async with store.write() as tx:
                await tx.run(text("SELECT 1"))
            await asyncio.to_thread(own_server.stop, how)
            start = asyncio.ensure_future(asyncio.to_thread(own_server.start))
            while not start.done():
                try:
                    async with store.write() as tx:
                        await tx.run(text("SELECT 1"))
                except Unavailable:
                    pass
                except Exception as error:  # noqa: BLE001  (every other error is the finding)
                    errors.append(error)
                await asyncio.sleep(0.005)
            await start
    finally:
        await store.close()
    assert [repr(error) for error in errors] == []


@pytest.mark.postgres
async def test_a_connection_that_breaks_inside_a_transaction_is_told_as_unavailable(
    own_server: Server,
) -> None:
    """The backend is ended between two statements: `Unavailable`, and the next transaction works."""
    store = await Store.open(own_server.url)
    other = await Store.open(own_server.url)
    try:
        for _ in range(2):
            with pytest.raises(Unavailable):
                await _ended_half_way(store, other)
        async with store.write() as tx:
            await tx.run(text("SELECT 1"))
    finally:
        await store.close()
        await other.close()


async def _ended_half_way(store: Store, other: Store) -> None:
    async with store.write() as tx:
        pid = await tx.session.scalar(text("SELECT pg_backend_pid()"))
        async with other.write() as killer:
            await killer.run(text(f"SELECT pg_terminate_backend({pid})"))
        await asyncio.sleep(0.1)
        await tx.run(text("SELECT 1"))
