"""Transactions that share a COMMIT (docs/adr/0013): durable before anybody goes on, and each for itself."""

import asyncio
import sqlite3
from datetime import UTC, datetime

from storage import inbox, people
from storage.embedded import raw
from storage.errors import Unavailable
from storage.records import Person
from storage.store import Store, Tx

T0 = datetime(2026, 3, 1, 21, 30, tzinfo=UTC)


class Commits:
    """How often the one writing connection of a store on SQLite commits."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self.count = 0

    def _trace(self, statement: str) -> None:
        self.count += statement == "COMMIT"

    async def watch(self) -> None:
        async with self._store.write() as tx:
            raw(tx.session._connection).set_trace_callback(self._trace)  # type: ignore[attr-defined]
        self.count = 0


async def test_those_who_wait_for_the_writer_share_a_commit(sqlite_url: str) -> None:
    store = await Store.open(sqlite_url)
    commits = Commits(store)
    await commits.watch()

    async def join(telegram_id: int) -> int:
        async with store.write(together=True) as tx:
            await people.add_person(tx, telegram_id, "Ana", "en", T0)
            await asyncio.sleep(0.001)
        async with store.read() as tx:
            assert await people.person_by_telegram_id(tx, telegram_id), "durable before one goes on"
        return commits.count

    seen = await asyncio.gather(*(join(number) for number in range(20)))
    assert min(seen) >= 1
    assert commits.count <= 3
    await store.close()


async def test_one_that_fails_in_a_group_harms_nobody_else(store: Store) -> None:
    async def join(telegram_id: int) -> None:
        async with store.write(together=True) as tx:
            await people.add_person(tx, telegram_id, "Ana", "en", T0)
            await inbox.add_recent_text(tx, (await _known(tx, telegram_id)).id, "hello", T0)
            await asyncio.sleep(0.001)
            if telegram_id % 3 == 0:
                raise RuntimeError(telegram_id)

    done = await asyncio.gather(*(join(number) for number in range(1, 13)), return_exceptions=True)
    failed = [number for number, error in enumerate(done, 1) if isinstance(error, RuntimeError)]
    assert failed == [3, 6, 9, 12]
    async with store.read() as tx:
        found = [number for number in range(1, 13) if await people.person_by_telegram_id(tx, number)]
    assert found == [number for number in range(1, 13) if number % 3]


async def _known(tx: Tx, telegram_id: int) -> Person:
    person = await people.person_by_telegram_id(tx, telegram_id)
    assert person is not None
    return person


async def test_one_that_is_cancelled_in_a_group_harms_nobody_else(sqlite_url: str) -> None:
    store = await Store.open(sqlite_url)

    async def join(telegram_id: int) -> None:
        async with store.write(together=True) as tx:
            await people.add_person(tx, telegram_id, "Ana", "en", T0)
            await asyncio.sleep(0.005)

    for victim in range(4):
        tasks = [asyncio.ensure_future(join(victim * 10 + number)) for number in range(4)]
        await asyncio.sleep(0.008)
        tasks[victim].cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        assert [task.cancelled() for task in tasks if task is not tasks[victim]] == [False] * 3
        async with store.read() as tx:
            for number in set(range(4)) - {victim}:
                assert await people.person_by_telegram_id(tx, victim * 10 + number)
    await store.close()


async def test_a_group_whose_transaction_the_disk_has_undone_is_told_so(sqlite_url: str) -> None:
    """Everybody in it hears `Unavailable`, nothing of it stands, and the next transaction works."""
    store = await Store.open(sqlite_url)

    async def join(telegram_id: int) -> None:
        async with store.write(together=True) as tx:
            await people.add_person(tx, telegram_id, "Ana", "en", T0)
            await asyncio.sleep(0.001)
            if telegram_id == 3:
                # What SQLite does by itself where it cannot undo a single statement.
                raw(tx.session._connection).rollback()  # type: ignore[attr-defined]
                raise sqlite3.OperationalError("database or disk is full")

    done = await asyncio.gather(*(join(number) for number in range(1, 4)), return_exceptions=True)
    assert [type(error) for error in done] == [Unavailable] * 3
    await join(4)
    async with store.read() as tx:
        found = [number for number in range(1, 5) if await people.person_by_telegram_id(tx, number)]
    assert found == [4]
    await store.close()
