"""A handful of fixed ticks through PTB's JobQueue; they survive jumps of the wall clock.

APScheduler's interval trigger counts from the last planned run: two hours back and it is silent for two
hours, weeks forward and it first builds the list of missed runs. `FromNow` counts from now, and a watcher
on the monotonic clock arms the ticks anew within two seconds of a jump.
"""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import Any

from apscheduler.triggers.base import BaseTrigger
from telegram.ext import CallbackContext, JobQueue

from bot.clock import Clock
from bot.metrics import Metrics

log = logging.getLogger("ldn.schedule")
_JUMP = 1.5
_WATCH_EVERY = 1.0


class FromNow(BaseTrigger):  # type: ignore[misc]
    """Fires `seconds` after the present moment, whatever was planned before."""

    def __init__(self, seconds: float) -> None:
        self._gap = timedelta(seconds=seconds)

    def get_next_fire_time(self, previous_fire_time: datetime | None, now: datetime) -> datetime:
        return now + self._gap


class Ticks:
    """The ticks of one process."""

    def __init__(
        self,
        queue: "JobQueue[CallbackContext]",  # type: ignore[type-arg]
        clock: Clock,
        metrics: Metrics | None = None,
    ) -> None:
        self._queue = queue
        self._metrics = metrics or Metrics()
        self._clock = clock
        self._jobs: list[tuple[Any, float]] = []
        self.last_at: datetime | None = None

    def add(self, name: str, every: float, run_once: Callable[[datetime], Awaitable[object]]) -> None:
        """Call `run_once(now)` every so many seconds; one at a time, missed runs are not made up."""

        async def tick(_context: object) -> None:
            now = self._clock.now()
            await run_once(now)
            self.last_at = now
            self._metrics.tick(name)

        job = self._queue.run_custom(
            tick,
            job_kwargs={
                "trigger": FromNow(every),
                "max_instances": 1,
                "coalesce": True,
                "misfire_grace_time": None,
            },
            name=name,
        )
        self._jobs.append((job.job, every))

    async def watch(self, stop: asyncio.Event) -> None:
        """Arm the ticks anew whenever wall clock and monotonic clock part."""
        offset = self._clock.now().timestamp() - time.monotonic()
        while not stop.is_set():
            await asyncio.sleep(_WATCH_EVERY)
            now = self._clock.now()
            found = now.timestamp() - time.monotonic()
            jumped = abs(found - offset) > _JUMP
            if jumped or self._out_of_reach(now):
                log.warning("clock jumped by %.0f s: ticks armed anew", found - offset)
                for job, _ in self._jobs:
                    # At once, not an interval from now: jumps in a row must not starve the slow ticks.
                    job.modify(next_run_time=self._clock.now())
            offset = found

    def _out_of_reach(self, now: datetime) -> bool:
        """Whether a tick waits for longer than its interval: armed between a jump and the jump back."""
        return any(
            due is not None and due - now > timedelta(seconds=every + _JUMP)
            for due, every in ((getattr(job, "next_run_time", None), every) for job, every in self._jobs)
        )
