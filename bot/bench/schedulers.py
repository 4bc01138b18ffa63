"""What a user would write instead: one daily job per patient, in PTB's JobQueue or APScheduler on SQLite.

`python -m bot.bench.schedulers N` prints what N jobs of PTB cost a process: resident MB, seconds to register.
"""

import asyncio
import contextlib
import gc
import json
import sqlite3
import sys
import time
from collections.abc import AsyncIterator, Callable, Coroutine
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from apscheduler.jobstores.sqlalchemy import SQLAlchemyJobStore
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from telegram.ext import Application, ApplicationBuilder, CallbackContext

from bot.bench.figures import percentile
from bot.bench.line import TOKEN, NoLine
from bot.clock import SystemClock

_TICK_S = 0.005
_QUIET_S = 2.0
_TRIAL = 50


@dataclass(slots=True)
class Outcome:
    """What became of jobs that were due in the same second."""

    jobs: int
    late_s: list[float] = field(default_factory=list)
    stall_s: float = 0.0

    @property
    def fired(self) -> float:
        """The share that ran at all, in per cent."""
        return len(self.late_s) / self.jobs * 100

    def late(self, share: float) -> float:
        """Seconds from due to called; infinite where less than that share was called."""
        return percentile(self.late_s, share) if len(self.late_s) >= share * self.jobs else float("inf")


@contextlib.asynccontextmanager
async def watched(outcome: Outcome) -> AsyncIterator[None]:
    """Note the longest time for which the event loop served nobody."""
    over = asyncio.Event()

    async def ticker() -> None:
        last = time.perf_counter()
        while not over.is_set():
            await asyncio.sleep(_TICK_S)
            now = time.perf_counter()
            outcome.stall_s = max(outcome.stall_s, now - last - _TICK_S)
            last = now

    gc.collect()
    async with asyncio.TaskGroup() as group:
        group.create_task(ticker())
        try:
            yield
        finally:
            over.set()


@dataclass(slots=True)
class _Due:
    """The second that jobs are registered for, on both clocks."""

    at: datetime
    monotonic: float


def _due_in(seconds: float) -> _Due:
    now = SystemClock().now()
    at = (now + timedelta(seconds=seconds + 1)).replace(microsecond=0)
    return _Due(at, time.perf_counter() + (at - now).total_seconds())


async def _await_all(outcome: Outcome, due: _Due) -> None:
    """Until every job has run, or nothing more happens."""
    if due.monotonic < time.perf_counter():
        raise RuntimeError("the jobs were due before all of them were registered")
    await asyncio.sleep(due.monotonic - time.perf_counter() + 0.5)
    seen, since = -1, time.perf_counter()
    while len(outcome.late_s) < outcome.jobs and time.perf_counter() - since < _QUIET_S:
        await asyncio.sleep(0.1)
        if len(outcome.late_s) != seen:
            seen, since = len(outcome.late_s), time.perf_counter()


App = Application[Any, Any, Any, Any, Any, Any]


def _register(
    app: App, count: int, due: datetime, note: Callable[[Any], Coroutine[Any, Any, None]], **more: Any
) -> None:
    queue = app.job_queue
    assert queue is not None
    for number in range(count):
        queue.run_daily(
            note,
            due.astimezone(UTC).timetz(),
            chat_id=number,
            name=str(number),
            job_kwargs=more or None,
        )


async def ptb(count: int, *, grace_off: bool = False, record_in: Path | None = None) -> Outcome:
    """PTB's `run_daily`, registered before the start as a bot would; the callback notes the time.

    With `record_in` it does what it is for: sends (without a line) and writes one durable row.
    """
    outcome = Outcome(count)
    app: App = ApplicationBuilder().token(TOKEN).request(NoLine()).updater(None).build()
    more = {"misfire_grace_time": None} if grace_off else {}
    async with contextlib.AsyncExitStack() as stack:
        db = None
        if record_in is not None:
            db = stack.enter_context(contextlib.closing(_ledger(record_in)))

        async def note(context: CallbackContext[Any, Any, Any, Any]) -> None:
            outcome.late_s.append(time.perf_counter() - due.monotonic)
            if db is not None:
                await context.bot.send_message(1, "Time for tonight's dose: 1.5 mg.")
                db.execute("INSERT INTO sent (at) VALUES (1)")

        async with app:
            began = time.perf_counter()
            _register(app, _TRIAL, SystemClock().now() - timedelta(hours=1), note)
            assert app.job_queue is not None
            due = _due_in((time.perf_counter() - began) / _TRIAL * count + count * 0.0015 + 2)
            _register(app, count, due.at, note, **more)
            await app.start()
            async with watched(outcome):
                await _await_all(outcome, due)
            app.job_queue.scheduler.remove_all_jobs()
            await app.stop()
    return outcome


def _ledger(path: Path) -> sqlite3.Connection:
    db = sqlite3.connect(path, isolation_level=None)
    for pragma in ("journal_mode=WAL", "synchronous=FULL"):
        db.execute(f"PRAGMA {pragma}")
    db.execute("CREATE TABLE sent (id INTEGER PRIMARY KEY, at INT)")
    return db


_running: list[tuple[Outcome, float]] = []


async def note_call() -> None:
    """The callback of stored jobs: APScheduler finds it again by its name, so it has no state of its own."""
    outcome, due = _running[-1]
    outcome.late_s.append(time.perf_counter() - due)


async def stored(count: int, path: Path, *, grace_off: bool = False) -> Outcome:
    """APScheduler 3 with its SQLAlchemyJobStore on SQLite, every option as shipped but the grace."""
    outcome = Outcome(count)
    scheduler = AsyncIOScheduler(
        jobstores={"default": SQLAlchemyJobStore(url=f"sqlite:///{path}")}, timezone="UTC"
    )
    scheduler.start(paused=True)
    try:
        began = time.perf_counter()
        _add(scheduler, _TRIAL, SystemClock().now() - timedelta(hours=1), {})
        due = _due_in((time.perf_counter() - began) / _TRIAL * count * 1.5 + 3)
        _running.append((outcome, due.monotonic))
        for start in range(0, count, 100):
            _add(
                scheduler,
                min(100, count - start),
                due.at,
                {"misfire_grace_time": None} if grace_off else {},
            )
            await asyncio.sleep(0)
        scheduler.resume()
        async with watched(outcome):
            await _await_all(outcome, due)
    finally:
        scheduler.shutdown(wait=False)
    return outcome


def _add(scheduler: Any, count: int, due: datetime, more: dict[str, Any]) -> None:
    for _ in range(count):
        scheduler.add_job(note_call, "cron", hour=due.hour, minute=due.minute, second=due.second, **more)


def _resident_mb() -> float:
    for line in Path("/proc/self/status").read_text(encoding="ascii").splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) / 1024
    return 0.0


async def _cost(count: int) -> dict[str, float]:
    app: App = ApplicationBuilder().token(TOKEN).request(NoLine()).updater(None).build()

    async def note(_context: CallbackContext[Any, Any, Any, Any]) -> None:
        pass

    async with app:
        gc.collect()
        before, began = _resident_mb(), time.perf_counter()
        _register(app, count, SystemClock().now() - timedelta(hours=1), note)
        await app.start()
        found = {"mb": _resident_mb() - before, "seconds": time.perf_counter() - began}
        await app.stop()
    return found


def main() -> None:
    """Print the cost of so many jobs as JSON."""
    sys.stdout.write(json.dumps(asyncio.run(_cost(int(sys.argv[1])))) + "\n")


if __name__ == "__main__":
    main()
