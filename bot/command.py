"""What the commands of the command line share: how they answer, refuse, and open the record."""

import asyncio
import logging
from collections.abc import Callable, Coroutine
from typing import TYPE_CHECKING, Any

from bot import logs
from bot.settings import StorageSettings, load

if TYPE_CHECKING:
    from telegram import Bot

log = logging.getLogger("ldn")


class Refused(Exception):
    """Bad usage: said in one sentence on standard error, exit status 2."""


class Failed(Exception):
    """It could not be done: said in one sentence on standard error, exit status 1."""


def say(text: str) -> None:
    """What a command answers: standard output is its result."""
    print(text, flush=True)  # noqa: T201


def go(work: Coroutine[Any, Any, int]) -> int:
    return asyncio.run(work)


def settings_of(kind: type[StorageSettings] = StorageSettings) -> Any:
    from storage.encryption import use_keys

    settings = load(kind)
    logs.set_up(settings.log_level, settings.log_format)
    use_keys(settings.keys)
    return settings


def with_store(work: Callable[[Any], Coroutine[Any, Any, int]]) -> int:
    from storage.store import Store

    settings = settings_of()

    async def opened() -> int:
        store = await Store.open(settings.database_url)
        try:
            return await work(store)
        finally:
            await store.close()

    return go(opened())


def telegram(settings: Any) -> "Bot":
    """A bot that only asks, over the transport that `run` uses."""
    from telegram import Bot

    from bot.http import AiohttpRequest

    base = settings.telegram_api_url.rstrip("/")
    token = settings.telegram_bot_token.get_secret_value()
    return Bot(token, f"{base}/bot", request=AiohttpRequest(), get_updates_request=AiohttpRequest())


async def link(token: str) -> str:
    """The deep link; where Telegram does not answer, what to send by hand."""
    from telegram.error import TelegramError

    settings = load(StorageSettings)
    if settings.telegram_bot_token is not None:
        try:
            async with telegram(settings) as bot:
                return f"https://t.me/{bot.username}?start={token}"
        except TelegramError:
            log.warning("Telegram does not answer; printing the message to send instead of a link")
    return f"/start {token}"
