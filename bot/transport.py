"""Sending a screen through Telegram, and what each kind of failure means."""

import io
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from telegram import (
    Bot,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    KeyboardButton,
    LinkPreviewOptions,
    Message,
    ReplyKeyboardMarkup,
    ReplyKeyboardRemove,
)
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
from handlers.reply import Outgoing, Screen

_NO_PREVIEW = LinkPreviewOptions(is_disabled=True)


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


def _keyboard(screen: Screen) -> InlineKeyboardMarkup | None:
    if not screen.buttons:
        return None
    return InlineKeyboardMarkup(
        [
            [InlineKeyboardButton(button.label, callback_data=button.data, url=button.url) for button in row]
            for row in screen.buttons
        ]
    )


def _picture(content: str) -> bytes:
    import segno

    picture = io.BytesIO()
    segno.make(content, error="m").save(picture, kind="png", scale=8, border=4)
    return picture.getvalue()


async def send(bot: Bot, chat_id: int, outgoing: Outgoing) -> int | None:
    """Send or edit; the message's id.

    Raises:
        TelegramError: it did not go out, or it is not known whether it did; `judge` says which.
    """
    screen = outgoing.screen
    if outgoing.edit is not None:
        edited = await bot.edit_message_text(
            screen.text,
            chat_id=chat_id,
            message_id=outgoing.edit,
            parse_mode=ParseMode.HTML,
            reply_markup=_keyboard(screen),
            link_preview_options=_NO_PREVIEW,
        )
        return edited.message_id if isinstance(edited, Message) else outgoing.edit
    if screen.qr is not None:
        message = await bot.send_photo(
            chat_id,
            _picture(screen.qr),
            caption=screen.text,
            parse_mode=ParseMode.HTML,
            reply_markup=_keyboard(screen),
            disable_notification=screen.silent,
            filename="invite.png",
        )
        return message.message_id
    markup: InlineKeyboardMarkup | ReplyKeyboardMarkup | ReplyKeyboardRemove | None = _keyboard(screen)
    if screen.ask_place is not None:
        markup = ReplyKeyboardMarkup(
            [[KeyboardButton(screen.ask_place, request_location=True)]],
            resize_keyboard=True,
            one_time_keyboard=True,
        )
    elif screen.clear_keyboard:
        markup = ReplyKeyboardRemove()
    message = await bot.send_message(
        chat_id,
        screen.text,
        parse_mode=ParseMode.HTML,
        reply_markup=markup,
        disable_notification=screen.silent,
        link_preview_options=_NO_PREVIEW,
    )
    return message.message_id
