"""`peers`: daily prompts that are due in the same second; ours against one scheduler job per patient."""

import asyncio
import time
from datetime import timedelta

from bot.bench.figures import Figure, at_least, progress, scaled
from bot.bench.line import NoLine
from bot.bench.schedulers import Outcome, ptb, stored, watched
from bot.bench.world import EVENING, GROUPS_AFTER, Clockwork, bedtimes, bot_on, folder, people
from bot.schedule import Ticks

_STORED_SHARE = 0.3  # APScheduler on SQLite takes milliseconds a job, twice: fewer of them, said in the name
_PATIENCE_S = 60


async def peers() -> list[Figure]:
    """Fired, late, and for how long the bot answers nobody meanwhile."""
    count = scaled(10_000, 100)
    few = round(count * _STORED_SHARE)
    found = {}
    progress(f"ours: {count} prompts in one second")
    ours = await _ours(count)
    progress("peer: PTB as shipped")
    found["PTB run_daily as shipped"] = await ptb(count)
    progress("peer: PTB, grace off")
    found["PTB run_daily, grace off"] = await ptb(count, grace_off=True)
    progress("peer: PTB, grace off, sends and records")
    found["PTB run_daily, grace off, sends and commits a row"] = await ptb(
        count, grace_off=True, record_in=folder() / "ledger.db"
    )
    progress("peer: APScheduler on SQLite as shipped")
    found[f"APScheduler 3 on SQLite as shipped, {few} jobs"] = await stored(few, folder() / "aps.db")
    progress("peer: APScheduler on SQLite, grace off")
    found[f"APScheduler 3 on SQLite, grace off, {few} jobs"] = await stored(
        few, folder() / "aps-grace.db", grace_off=True
    )
    what = f"{count} prompts due in one second"
    fired = {name: one.fired for name, one in found.items()}
    p50, p99 = (
        {name: one.late(share) for name, one in found.items() if one.fired == 100} for share in (0.5, 0.99)
    )
    stalls = {name: one.stall_s for name, one in found.items()}
    return [
        at_least("peers", f"{what}: fired", ours.fired, "%", 100, **fired),
        Figure("peers", "late, median (where all were fired)", ours.late(0.5), "s", None, None, p50),
        Figure("peers", "late, p99 (where all were fired)", ours.late(0.99), "s", None, None, p99),
        Figure("peers", "longest time the bot answered nobody", ours.stall_s, "s", None, None, stalls),
    ]


async def _ours(count: int) -> Outcome:
    """The ticks as `run` has them; each prompt is drawn, sent without a line, recorded and planned anew."""
    path = folder() / "peers.db"
    await people(path, EVENING, bedtimes(EVENING, [count], 0, checkins_every=0))
    outcome = Outcome(count)
    lead = 2.0
    clock = Clockwork(EVENING + timedelta(minutes=GROUPS_AFTER[0], seconds=-lead))
    due = time.perf_counter() + lead
    line = NoLine(on_send=lambda at: outcome.late_s.append(at - due))
    async with bot_on(path, clock, request=line) as bot:
        queue = bot.application.job_queue
        assert queue is not None
        ticks = Ticks(queue, clock)
        for name, every, run_once in (
            ("plan", 2, bot.plan_once),
            ("deliver", 1, bot.deliver_once),
            ("lapse", 20, bot.lapse_once),
        ):
            ticks.add(name, every, run_once)
        await bot.application.start()
        async with watched(outcome):
            while len(outcome.late_s) < count and time.perf_counter() < due + _PATIENCE_S:
                await asyncio.sleep(0.2)
        await bot.delivery.drain(3)
        await bot.application.stop()
    return outcome
