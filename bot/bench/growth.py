"""`growth` and `history`: what a prompt costs among many patients, and with years behind them."""

import statistics
import time
from datetime import datetime, timedelta
from pathlib import Path

from bot.app import Companion
from bot.bench.figures import Figure, below, progress, scaled
from bot.bench.line import NoLine
from bot.bench.resident import DUE
from bot.bench.world import EVENING, GROUPS_AFTER, base, bedtimes, bot_on, crowd, folder, people
from bot.clock import SetClock
from storage import seed
from storage.store import Store

_SIZES = (1_000, 10_000, 100_000)
_LONG_NIGHTS, _MONTH, _SHORT_NIGHTS = 1_095, 30, 14
_KEPT = timedelta(days=120)


async def growth() -> list[Figure]:
    """The same number of prompts due among 1,000, 10,000 and 100,000 patients: planned, sent, recorded."""
    costs = []
    figures = []
    due = scaled(DUE, 30)
    for size in _SIZES:
        count = max(due, scaled(size))
        path = await crowd(count, due)
        progress(f"growth: {due} prompts among {count} patients")
        each, cpu = await _nights(path, base())
        costs.append(each)
        figures.append(
            Figure("growth", f"a prompt among {count} patients", each, "ms", None, None, {"CPU ms": cpu})
        )
    factor = costs[-1] / costs[0]
    return [*figures, below("growth", "cost of a prompt, most patients over fewest", factor, "times", 1.3)]


async def history() -> list[Figure]:
    """Prompts of patients with three years behind them, with a month, and on their first night."""
    due, rest = scaled(501, 30), scaled(9_500, 30)
    nights = scaled(_LONG_NIGHTS, 60)
    sent, closed = {}, {}
    rows = 0
    for name, behind in (("first night", 0), ("a month", _MONTH), ("years", nights)):
        path = folder() / f"history-{behind}.db"
        ids = await people(path, EVENING, bedtimes(EVENING, [due // 3] * 3, rest))
        if behind:
            progress(f"history: {behind} nights for {due} patients")
            rows = await _write_history(path, ids[:due], ids[due:], behind)
        progress(f"history: {name}")
        sent[name], _ = await _nights(path, EVENING)
        closed[name] = await _lapse(path)
    long_over_short = sent["years"] / sent["a month"]
    return [
        Figure("history", f"rows of history, {nights} nights for {due} patients", rows, "rows"),
        below("history", "plan and deliver, all these nights over a month", long_over_short, "times", 1.3),
        Figure(
            "history", "plan and deliver, with all these nights", sent.pop("years"), "ms/prompt", peer=sent
        ),
        below("history", "lapse, the same", closed["years"] / closed["a month"], "times", 1.3),
        Figure("history", "lapse, with all these nights", closed.pop("years"), "ms/dose", peer=closed),
    ]


async def _nights(path: Path, start: datetime) -> tuple[float, float]:
    """Milliseconds for each prompt of the groups, everything that is due included: wall and CPU, medians."""
    clock = SetClock(start)
    line = NoLine()
    walls, cpus = [], []
    async with bot_on(path, clock, request=line) as bot:
        await _warm(bot)
        for minutes in GROUPS_AFTER:
            clock.at = start + timedelta(minutes=minutes, seconds=1)
            before, began, cpu = line.sent, time.perf_counter(), time.process_time()
            await bot.run_once()
            sent = max(1, line.sent - before)
            walls.append((time.perf_counter() - began) / sent * 1000)
            cpus.append((time.process_time() - cpu) / sent * 1000)
    return statistics.median(walls), statistics.median(cpus)


async def _warm(bot: Companion) -> None:
    """Texts are read and statements compiled at their first use; that is not what is measured."""
    await bot.run_once()


async def _lapse(path: Path) -> float:
    """Milliseconds for each answer window that is closed: those of the prompts sent before."""
    store = await Store.open(f"sqlite:///{path}")
    async with store.read() as tx:
        number, closes_at = await seed.last_close(tx)
    await store.close()
    assert closes_at is not None
    clock = SetClock(closes_at + timedelta(seconds=1))
    async with bot_on(path, clock, request=NoLine()) as bot:
        began = time.perf_counter()
        await bot.lapse_once(clock.at)
        return (time.perf_counter() - began) / max(1, number) * 1000


async def _write_history(path: Path, long: range, short: range, nights: int) -> int:
    """Three years for some, two weeks for the others; how many rows."""
    store = await Store.open(f"sqlite:///{path}")
    try:
        async with store.write() as tx:
            tables = ("dose", "dose_event", "checkin", "outbox")
            before = [await seed.size(tx, table) for table in tables]
            await seed.add_history(tx, long, nights, kept_from=EVENING - _KEPT)
            await seed.add_history(tx, short, min(nights, _SHORT_NIGHTS), kept_from=EVENING - _KEPT)
            return sum([await seed.size(tx, table) for table in tables]) - sum(before)
    finally:
        await store.close()
