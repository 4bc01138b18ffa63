"""The composition root: the parts of one running bot, put together once."""

import contextlib
import logging
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
from bot.metrics import Metrics
from bot.pace import Pace
from bot.poller import Poller
from bot.settings import Settings
from handlers.commands import COMMANDS
from handlers.turn import House
from services import digests, duty, lapsing, ticking
from storage.store import Store

log = logging.getLogger("ldn.app")
_CONNECTIONS = 128

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
    per_minute: int

    async def plan_once(self, now: datetime) -> None:
        await ticking.plan_due(self.store, now, per_minute=self.per_minute)
        await digests.owe_due(self.store, now)
        await duty.owe_tests(self.store, now)
        for code in await duty.chase(self.store, now):
            log.warning("alert unacknowledged patient=%s", code)
            await self.incomings.tell_operator(f"Alert unacknowledged, patient {code}.")

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
    per_chat: bool = True,
    metrics: Metrics | None = None,
) -> AsyncIterator[Companion]:
    """Put a bot together and initialise it; shut PTB down at the end.

    `per_chat` keeps Telegram's limit of about one message a second to one chat; where the clock is stepped,
    weeks pass in a second, and it would only make people wait.

    Raises:
        TelegramError: Telegram does not answer, or does not know the token.
    """
    base = settings.telegram_api_url.rstrip("/")
    lines = (request or request_for(), updates_request or AiohttpRequest(2, read_timeout=40))
    application: App = (
        ApplicationBuilder()
        .token(settings.telegram_bot_token.get_secret_value())
        .base_url(f"{base}/bot")
        .base_file_url(f"{base}/file/bot")
        .request(lines[0])
        .get_updates_request(lines[1])
        .updater(None)
        .job_queue(JobQueue())
        .build()
    )
    heard = metrics or Metrics()
    try:
        await application.initialize()
    except BaseException:
        # PTB opens them before it asks who it is, and forgets them where Telegram does not answer.
        for line in lines:
            await line.shutdown()
        raise
    heard.telegram_answered()
    try:
        bot: ExtBot[Any] = application.bot
        house = House(
            open_enrolment=settings.enrolment == "open",
            country=settings.country,
            username=bot.username,
            mark_unreviewed=True,
            operator_chat_id=settings.operator_chat_id,
        )
        pace = Pace(settings.send_rate, paid=settings.allow_paid_broadcast)
        delivery = Delivery(
            store,
            bot,
            clock,
            pace,
            heard,
            rate=settings.send_rate,
            per_chat=per_chat,
            paid=settings.allow_paid_broadcast,
        )
        incomings = Incomings(store, bot, clock, delivery, house, heard)

        async def handle(update: Update, _context: CallbackContext[Any, Any, Any, Any]) -> None:
            await incomings.handle(update)

        application.add_handler(TypeHandler(Update, handle))
        poller = Poller(bot, application.process_update, heard.telegram_answered)
        per_minute = int(settings.send_rate * 60)
        yield Companion(store, clock, application, delivery, incomings, poller, per_minute)
    finally:
        await application.shutdown()


async def introduce(bot: Bot) -> None:
    """Tell Telegram the commands. The profile names no medicine: others may see the phone."""
    try:
        await bot.set_my_commands([BotCommand(name, what) for name, what in COMMANDS])
    except TelegramError as error:
        log.warning("commands not set why=%s", type(error).__name__)
