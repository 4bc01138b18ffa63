"""Two processes on one PostgreSQL: one polls and sends, the other stands by and takes over."""

import asyncio
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

from storage import leadership
from storage.store import Store
from tests.process.child import Child
from tests.process.conftest import a_rig, until

pytestmark = [pytest.mark.process, pytest.mark.postgres]


async def test_the_lease_has_one_holder_and_is_taken_over_only_when_it_has_run_out(postgres_url: str) -> None:
    store = await Store.open(postgres_url)
    async with store.write() as tx:
        first = await leadership.acquire(tx, "a")
        assert first is not None
        assert await leadership.acquire(tx, "b") is None
        assert await leadership.renew(tx, "a", first)
        assert not await leadership.renew(tx, "b", first)
        assert await leadership.holder(tx) == "a"
        await leadership.release(tx, "a", first)
    await asyncio.sleep(0.01)
    async with store.write() as tx:
        second = await leadership.acquire(tx, "b")
        assert second == first + 1
        assert not await leadership.renew(tx, "a", first)
    await store.close()


async def test_the_one_that_stands_by_takes_over_within_30_seconds_of_a_kill(
    postgres_url: str, tmp_path: Path
) -> None:
    (tmp_path / "second").mkdir()
    async with a_rig(tmp_path, postgres_url, lambda: datetime.now(UTC)) as rig:
        second = Child(rig.env, tmp_path / "second")
        ana = rig.phone(1001, "Ana")
        try:
            await rig.child.start()
            waiting = asyncio.ensure_future(second.start(within=60))
            await until(lambda: "standing by" in second.log, within=20)
            ana.person.start()
            await ana.sees("Are you 18 or over?")
            await rig.child.kill()
            killed_at = time.monotonic()
            ana.person.tap("I am 18 or over")
            await waiting
            await ana.sees("You decide what I may do")
            assert time.monotonic() - killed_at < 30
            assert ana.count("You decide what I may do") == 1
        finally:
            await second.close()


async def test_a_process_that_stops_hands_over_at_once(postgres_url: str, tmp_path: Path) -> None:
    (tmp_path / "second").mkdir()
    async with a_rig(tmp_path, postgres_url, lambda: datetime.now(UTC)) as rig:
        second = Child(rig.env, tmp_path / "second")
        try:
            await rig.child.start()
            waiting = asyncio.ensure_future(second.start(within=60))
            await until(lambda: "standing by" in second.log, within=20)
            stopped_at = time.monotonic()
            assert await rig.child.stop() == 0
            await waiting
            assert time.monotonic() - stopped_at < 12
        finally:
            await second.close()
