"""The composition root: the parts of one running bot, put together once."""

import asyncio
import contextlib
import logging
import signal
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from telegram import Bot, BotCommand, Update
from telegram.error import TelegramError
from telegram.ext import Application, ApplicationBuilder, CallbackContext, ExtBot, JobQueue, TypeHandler
from telegram.request import BaseRequest

from bot.clock import Clock
from bot.delivery import Delivery
from bot.http import AiohttpRequest
from bot.incoming import Incomings
from bot.pace import Pace
from bot.poller import Poller
from bot.schedule import Ticks
from bot.settings import Settings
from handlers.commands import COMMANDS
from handlers.turn import House
from services import digests, lapsing, planning
from storage.store import Store

log = logging.getLogger("ldn.app")
_CONNECTIONS = 128
_DRAIN_S = 3.0

# PTB's generics say nothing here: no persistence, no chat or user data is used.
App = Application[Any, Any, Any, Any, Any, Any]


@dataclass(frozen=True, slots=True)
class Companion:
    """A bot put together. The ticks, the demo and the tests call its `run_*_once` alike."""

    store: Store
    clock: Clock
    application: App
    delivery: Delivery
    incomings: Incomings
    poller: Poller

    async def plan_once(self, now: datetime) -> None:
        await planning.plan_due(self.store, now)
        await digests.owe_due(self.store, now)

    async def deliver_once(self, now: datetime) -> int:
        return await self.delivery.run_once(now)

    async def lapse_once(self, now: datetime) -> None:
        if await lapsing.lapse(self.store, now):
            self.delivery.changed_for_many()

    async def housekeep_once(self, now: datetime) -> None:
        await lapsing.housekeep(self.store, now)

    async def run_once(self) -> None:
        """Everything that is due now, once: what all ticks together would do."""
        now = self.clock.now()
        await self.lapse_once(now)
        await self.plan_once(now)
        await self.deliver_once(now)


def request_for() -> BaseRequest:
    """The transport for everything but getUpdates, which holds a connection of its own for long."""
    return AiohttpRequest(_CONNECTIONS, read_timeout=10, pool_timeout=10)


@contextlib.asynccontextmanager
async def companion(
    settings: Settings,
    store: Store,
    clock: Clock,
    *,
    request: BaseRequest | None = None,
    updates_request: BaseRequest | None = None,
) -> AsyncIterator[Companion]:
    """Put a bot together and initialise it; shut PTB down at the end.

    Raises:
        TelegramError: Telegram does not answer, or does not know the token.
    """
    base = settings.telegram_api_url.rstrip("/")
    application: App = (
        ApplicationBuilder()
        .token(settings.telegram_bot_token.get_secret_value())
        .base_url(f"{base}/bot")
        .base_file_url(f"{base}/file/bot")
        .request(request or request_for())
        .get_updates_request(updates_request or AiohttpRequest(2, read_timeout=40))
        .updater(None)
        .job_queue(JobQueue())
        .build()
    )
    await application.initialize()
    try:
        bot: ExtBot[Any] = application.bot
        house = House(
            open_enrolment=settings.enrolment == "open",
            country=settings.country,
            username=bot.username,
            mark_unreviewed=True,
            operator_chat_id=settings.operator_chat_id,
        )
        delivery = Delivery(store, bot, clock, Pace(settings.send_rate), rate=settings.send_rate)
        incomings = Incomings(store, bot, clock, delivery, house)

        async def handle(update: Update, _context: CallbackContext[Any, Any, Any, Any]) -> None:
            await incomings.handle(update)

        application.add_handler(TypeHandler(Update, handle))
        poller = Poller(bot, application.process_update)
        yield Companion(store, clock, application, delivery, incomings, poller)
    finally:
        await application.shutdown()


async def introduce(bot: Bot) -> None:
    """Tell Telegram the commands. The profile names no medicine: others may see the phone."""
    try:
        await bot.set_my_commands([BotCommand(name, what) for name, what in COMMANDS])
    except TelegramError as error:
        log.warning("commands not set why=%s", type(error).__name__)


async def run(settings: Settings, store: Store, clock: Clock) -> None:
    """Poll, send and tick until SIGTERM or SIGINT; what is leased then is sent or handed back."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for name in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(name, stop.set)
    async with store.sole_runner(), companion(settings, store, clock) as bot:
        await bot.delivery.recover()
        await introduce(bot.application.bot)
        queue = bot.application.job_queue
        assert queue is not None
        ticks = Ticks(queue, clock)
        ticks.add("plan", 2, bot.plan_once)
        ticks.add("deliver", 1, bot.deliver_once)
        ticks.add("lapse", 20, bot.lapse_once)
        ticks.add("housekeep", 600, bot.housekeep_once)
        await bot.application.start()
        log.info("running as bot=%d", bot.application.bot.id)
        try:
            async with asyncio.TaskGroup() as group:
                group.create_task(ticks.watch(stop))
                group.create_task(bot.poller.run(stop))
        finally:
            await bot.delivery.drain(_DRAIN_S)
            await bot.application.stop()
            log.info("stopped")
