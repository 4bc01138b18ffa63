"""Sending a screen through Telegram, and what each kind of failure means."""

import asyncio
import io
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Any

from telegram import Bot, InlineKeyboardMarkup
from telegram.constants import ParseMode
from telegram.error import (
    BadRequest,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)

from bot.http import NoAnswer, NotSent
from bot.wire import call
from handlers.reply import Outgoing, Screen
from services import render


class Verdict(StrEnum):
    """What a failed send means."""

    PASSING = "passing"  # try again later
    PERMANENT = "permanent"  # this chat cannot be reached any more
    IN_DOUBT = "in doubt"  # it may have arrived
    DONE = "done"  # nothing was left to do
    REFUSED = "refused"  # Telegram will never take this message: a fault of ours


@dataclass(frozen=True, slots=True)
class Failure:
    verdict: Verdict
    reason: str
    retry_after: timedelta | None = None


@dataclass(frozen=True, slots=True)
class _Rule:
    """What an error means that is a `kind` and says one of `words`; no words: any. No reason: its words."""

    kind: type[TelegramError]
    words: tuple[str, ...]
    verdict: Verdict
    reason: str | None = None


# The first that fits decides; the list is data (design: delivery). Words as Telegram says them, lower case.
_RULES = (
    _Rule(RetryAfter, (), Verdict.PASSING, "429"),
    _Rule(
        TelegramError,
        ("blocked by the user", "user is deactivated", "chat not found", "can't initiate conversation"),
        Verdict.PERMANENT,
    ),
    _Rule(Forbidden, (), Verdict.PERMANENT, "forbidden"),
    _Rule(
        BadRequest,
        ("message is not modified", "query is too old", "query id is invalid"),
        Verdict.DONE,
        "not modified",
    ),
    _Rule(
        BadRequest,
        ("message to edit not found", "message can't be edited"),
        Verdict.REFUSED,
        "message gone",
    ),
    _Rule(BadRequest, (), Verdict.REFUSED, "bad request"),
    _Rule(NotSent, (), Verdict.PASSING),
    _Rule(TimedOut, (), Verdict.IN_DOUBT, "timed out"),
    # A gateway that gave up waiting (504) is not among them: what it waited for may have been done.
    _Rule(
        NetworkError,
        ("server error", "bad gateway", "unavailable", "too many requests"),
        Verdict.PASSING,
    ),
    _Rule(NetworkError, (), Verdict.IN_DOUBT),
    _Rule(NoAnswer, (), Verdict.IN_DOUBT, "no answer of Telegram's"),
    # The token is taken back or mistyped: polling stops the bot, and the message waits for the next one.
    _Rule(InvalidToken, (), Verdict.PASSING, "invalid token"),
    _Rule(TelegramError, (), Verdict.REFUSED),
)


def judge(error: TelegramError) -> Failure:
    """What a failure of Telegram's means for the message. The reason never holds words of a message."""
    text = error.message.lower()
    for rule in _RULES:
        found = next((words for words in rule.words if words in text), None)
        if isinstance(error, rule.kind) and (found or not rule.words):
            reason = rule.reason or found or getattr(error, "why", None) or type(error).__name__
            return Failure(rule.verdict, reason, _pause(error))
    raise AssertionError("the last rule fits every TelegramError")


def _pause(error: TelegramError) -> timedelta | None:
    if not isinstance(error, RetryAfter):
        return None
    given = error.retry_after
    return given if isinstance(given, timedelta) else timedelta(seconds=given)


def _buttons(screen: Screen) -> list[list[dict[str, str]]]:
    return [
        [
            {"text": button.label, "url": button.url}
            if button.url is not None
            else {"text": button.label, "callback_data": button.data or ""}
            for button in row
        ]
        for row in screen.buttons
    ]


def _keyboard(screen: Screen) -> InlineKeyboardMarkup | None:
    return InlineKeyboardMarkup.de_json({"inline_keyboard": _buttons(screen)}) if screen.buttons else None


# One at a time, in a thread of its own: a crowd that asks for pictures takes one core and the memory of one,
# and COMMIT, which waits in the common threads, never queues behind them.
_DRAWING = ThreadPoolExecutor(1, "drawing")


async def _picture(screen: Screen) -> bytes | None:
    """The PNG of a screen that is a picture, drawn away from the event loop."""
    loop = asyncio.get_running_loop()
    if screen.qr is not None:
        return await loop.run_in_executor(_DRAWING, _qr, screen.qr)
    if screen.chart is not None:
        return await loop.run_in_executor(_DRAWING, render.draw, screen.chart)
    return None


def _qr(content: str) -> bytes:
    import segno

    picture = io.BytesIO()
    segno.make(content, error="m").save(picture, kind="png", scale=8, border=4)
    return picture.getvalue()


async def send(bot: Bot, chat_id: int, outgoing: Outgoing, *, paid: bool = False) -> int | None:
    """Send or edit; the message's id. `paid` asks for a broadcast beyond Telegram's free limit.

    Raises:
        TelegramError: it did not go out, or it is not known whether it did; `judge` says which.
    """
    screen = outgoing.screen
    picture = await _picture(screen)
    if picture is not None:
        message = await bot.send_photo(
            chat_id,
            picture,
            caption=screen.text,
            parse_mode=ParseMode.HTML,
            reply_markup=_keyboard(screen),
            disable_notification=screen.silent,
            filename="picture.png",
        )
        return message.message_id
    values: dict[str, Any] = {
        "chat_id": chat_id,
        "text": screen.text,
        "parse_mode": ParseMode.HTML,
        "link_preview_options": {"is_disabled": True},
    }
    if screen.buttons:
        values["reply_markup"] = {"inline_keyboard": _buttons(screen)}
    if outgoing.edit is not None:
        values["message_id"] = outgoing.edit
        edited = await call(bot, "editMessageText", values)
        return edited["message_id"] if isinstance(edited, dict) else outgoing.edit
    if screen.ask_place is not None:
        key = {"text": screen.ask_place, "request_location": True}
        values["reply_markup"] = {"keyboard": [[key]], "resize_keyboard": True, "one_time_keyboard": True}
    elif screen.clear_keyboard:
        values["reply_markup"] = {"remove_keyboard": True}
    if screen.silent:
        values["disable_notification"] = True
    if paid:
        values["allow_paid_broadcast"] = True
    sent = await call(bot, "sendMessage", values)
    return int(sent["message_id"])
