"""A process that runs: alone on SQLite; on PostgreSQL one polls and sends while the others stand by."""

import asyncio
import contextlib
import logging
import os
import secrets
import signal
import socket
from collections.abc import AsyncIterator

from telegram.error import InvalidToken, NetworkError

from bot import memory
from bot.app import Companion, companion, introduce
from bot.clock import Clock
from bot.metrics import Counted, Metrics
from bot.schedule import Ticks
from bot.settings import Settings
from bot.web import serving
from handlers.texts import Texts
from services import hearing
from services.matching import matcher
from storage import leadership
from storage.errors import Unavailable
from storage.store import Store

log = logging.getLogger("ldn.running")
_DRAIN_S = 3.0
_RENEW_EVERY_S = 4.0
_LOOK_EVERY_S = 2.0
_RETRY_START_S = (1, 2, 5, 10, 30)


async def run(settings: Settings, store: Store, clock: Clock) -> None:
    """Poll, send and tick until SIGTERM or SIGINT; what is leased then is sent or handed back.

    Raises:
        AlreadyRunning: another process runs on this SQLite file.
        CannotListen: LISTEN names an address that cannot be had.
        InvalidToken: Telegram does not know the token.
    """
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for name in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(name, stop.set)
    metrics = Counted() if settings.listen_at else Metrics()
    async with serving(settings.listen_at, store, clock, metrics):
        if store.embedded:
            async with store.sole_runner():
                await _serve_until(stop, settings, store, clock, metrics)
            return
        while not stop.is_set():
            metrics.standing_by = True
            async with _leading(store, stop) as over:
                metrics.standing_by = False
                if not stop.is_set():
                    await _serve_until(over, settings, store, clock, metrics)


async def _serve_until(
    over: asyncio.Event, settings: Settings, store: Store, clock: Clock, metrics: Metrics
) -> None:
    """Serve until `over`; where Telegram does not answer at the start, try again."""
    for pause in (*_RETRY_START_S, *_RETRY_START_S[-1:] * 10_000):
        try:
            async with companion(settings, store, clock, metrics=metrics) as bot:
                await _serve(bot, over, clock, metrics)
            return
        except InvalidToken:
            raise
        except NetworkError as error:
            log.warning("Telegram does not answer (%s): trying again in %d s", type(error).__name__, pause)
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(over.wait(), pause)
        if over.is_set():
            return


async def _serve(bot: Companion, over: asyncio.Event, clock: Clock, metrics: Metrics) -> None:
    await bot.delivery.recover()
    queue = bot.application.job_queue
    assert queue is not None
    ticks = Ticks(queue, clock, metrics)
    ticks.add("plan", 2, bot.plan_once)
    ticks.add("deliver", 1, bot.deliver_once)
    ticks.add("lapse", 20, bot.lapse_once)
    ticks.add("housekeep", 600, bot.housekeep_once)
    await bot.application.start()
    log.info("running as bot=%d", bot.application.bot.id)
    try:
        async with asyncio.TaskGroup() as group:
            group.create_task(ticks.watch(over))
            group.create_task(bot.poller.run(over))
            group.create_task(_settle_in(bot))
    finally:
        await bot.delivery.drain(_DRAIN_S)
        await bot.application.stop()
        log.info("stopped")


async def _settle_in(bot: Companion) -> None:
    """What need not be done before the first question to Telegram."""
    await asyncio.sleep(0)
    await introduce(bot.application.bot)
    await asyncio.to_thread(_warm_up)


def _warm_up() -> None:
    """Load rules, answers and texts now: the first person who writes should not wait for it."""
    Texts("en").say("yes")
    hearing.listen("hello")
    matcher().match("hello")
    memory.settle()


@contextlib.asynccontextmanager
async def _leading(store: Store, stop: asyncio.Event) -> AsyncIterator[asyncio.Event]:
    """Stand by until the lease is ours; the event is set when it is lost, or `stop` is."""
    holder = f"{socket.gethostname()[:30]}:{os.getpid()}:{secrets.token_hex(4)}"
    over = asyncio.Event()
    fence = await _stand_by(store, holder, stop)
    if fence is None:
        over.set()
        yield over
        return
    async with asyncio.TaskGroup() as group:
        watch = group.create_task(_hold_on(store, holder, fence, stop, over))
        try:
            yield over
        finally:
            watch.cancel()
    with contextlib.suppress(Unavailable):
        async with store.write() as tx:
            await leadership.release(tx, holder, fence)


async def _stand_by(store: Store, holder: str, stop: asyncio.Event) -> int | None:
    told = False
    while not stop.is_set():
        with contextlib.suppress(Unavailable):
            async with store.write() as tx:
                fence = await leadership.acquire(tx, holder)
            if fence is not None:
                log.info("leading fence=%d", fence)
                return fence
        if not told:
            log.info("standing by: another process polls and sends")
            told = True
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(stop.wait(), _LOOK_EVERY_S)
    return None


async def _hold_on(store: Store, holder: str, fence: int, stop: asyncio.Event, over: asyncio.Event) -> None:
    """Renew the lease; stop leading when somebody else has it, or it can have run out unseen."""
    loop = asyncio.get_running_loop()
    good_until = loop.time() + leadership.LASTS.total_seconds()
    while not over.is_set():
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(stop.wait(), _RENEW_EVERY_S)
        if stop.is_set():
            over.set()
            return
        asked_at = loop.time()
        try:
            async with asyncio.timeout(_RENEW_EVERY_S), store.write() as tx:
                held = await leadership.renew(tx, holder, fence)
            good_until = asked_at + leadership.LASTS.total_seconds() if held else 0.0
        except (Unavailable, TimeoutError):
            log.warning("lease not renewed: the database does not answer")
        if loop.time() > good_until - _RENEW_EVERY_S:
            log.warning("lease lost: standing by")
            over.set()
