"""The ticks come again after every jump of the wall clock."""

import asyncio
import contextlib
from datetime import UTC, datetime, timedelta

from telegram.ext import ApplicationBuilder

from bot.clock import SystemClock
from bot.schedule import Ticks


async def test_a_tick_armed_between_a_jump_and_the_jump_back_is_armed_anew():
    application = ApplicationBuilder().token("1:x").build()  # held: the queue refers to it weakly
    queue = application.job_queue
    ticks = Ticks(queue, SystemClock())
    ran = asyncio.Event()

    async def run_once(_now: datetime) -> None:
        ran.set()

    ticks.add("deliver", 1.0, run_once)
    stop = asyncio.Event()
    await queue.start()
    watching = asyncio.create_task(ticks.watch(stop))
    try:
        await asyncio.wait_for(ran.wait(), 5)
        # Forward by four hours, a tick, and back before the watcher looked: both clocks agree again.
        (job,) = queue.jobs()
        job.job.modify(next_run_time=datetime.now(UTC) + timedelta(hours=4))
        ran.clear()
        await asyncio.wait_for(ran.wait(), 5)
    finally:
        stop.set()
        watching.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await watching
        await queue.stop(wait=False)
