"""`processes`: two bots on one PostgreSQL, and the one that sends is killed in the middle of a burst."""

import asyncio
import contextlib
import importlib
import signal
import time
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from bot.bench.figures import Figure, below, note, progress, scaled
from bot.bench.line import Server, server
from bot.bench.world import ZONE, bedtimes, bot_at, child, this_minute
from bot.clock import SystemClock
from services import kinds
from storage import seed
from storage.store import Store

_RATE = 30
_BETWEEN = 128  # sends in flight: what a kill may repeat at most
_PATIENCE_S = 45


async def processes() -> list[Figure]:
    """Seconds until the other one polls; who got nothing, who got it twice."""
    with _postgres() as url:
        if url is None:
            note("processes: left out, there is no PostgreSQL (TEST_POSTGRES_URL, or its binaries)")
            return []
        async with seed.database(url) as database:
            return await _takeover(database)


@contextlib.contextmanager
def _postgres() -> Iterator[str | None]:
    """The server that the tests use, where the tests are here."""
    try:
        tests: Any = importlib.import_module("tests.postgres")
    except ImportError:
        yield None
        return
    with tests.server() as url:
        yield url


async def _takeover(database: str) -> list[Figure]:
    count = scaled(450, 60)
    base = this_minute() - timedelta(minutes=50)
    store = await Store.open(database)
    try:
        async with store.write() as tx:
            await seed.add_patients(tx, bedtimes(base, [count], 0, checkins_every=0), zone=ZONE, now=base)
        async with bot_at(database, SystemClock()) as bot:
            await bot.plan_once(base)
        async with server(delay=0.05, people=True) as line, child(database, line.url, rate=_RATE) as first:
            await _polls(line, 1)
            async with child(database, line.url, rate=_RATE) as second:
                await asyncio.sleep(3)
                if second.process.returncode is not None:
                    note("processes: left out, a second process is refused on PostgreSQL")
                    return []
                return await _kill(store, line, first.process, count)
    finally:
        await store.close()


async def _polls(line: Server, number: int) -> None:
    async with asyncio.timeout(30):
        while len((await line.stats())["polls"]) < number:
            await asyncio.sleep(0.05)


async def _kill(store: Store, line: Server, first: asyncio.subprocess.Process, count: int) -> list[Figure]:
    now = SystemClock().now()
    async with store.write() as tx:
        await seed.fall_due(tx, kinds.DOSE_PROMPT, now, now + timedelta(hours=2))
    async with asyncio.timeout(30):
        while len((await line.stats())["prompts"]) < count / 3:
            await asyncio.sleep(0.05)
    first.send_signal(signal.SIGKILL)
    killed_at = time.monotonic()
    polled_at = sent_at = None
    seen: dict[str, Any] = {}
    end = killed_at + _PATIENCE_S + count / _RATE
    while time.monotonic() < end and len(seen.get("prompts", ())) < count:
        await asyncio.sleep(0.25)
        seen = await line.stats()
        progress(f"processes: {len(seen['prompts'])} of {count} prompts")
    polled_at = next((at for at in seen["polls"] if at > killed_at), None)
    # What the dead one had written to its sockets still arrives for a moment.
    sent_at = next((at for at in seen["bulk"] if at > killed_at + 0.2), None)
    await asyncio.sleep(1)
    got = (await line.stats())["prompts"]
    repeats = sum(number - 1 for number in got.values())
    never = float("inf")
    return [
        below("processes", "killed until the other polls", (polled_at or never) - killed_at, "s", 30),
        Figure("processes", "killed until the other sends", (sent_at or never) - killed_at, "s"),
        below("processes", f"prompts lost, of {count}", count - len(got), "prompts", 0),
        below("processes", "prompts sent twice by the kill", repeats, "prompts", _BETWEEN + 1),
        below(
            "processes", "people who got it more than twice", sum(n > 2 for n in got.values()), "people", 0
        ),
    ]
