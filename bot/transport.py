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
from telegram.error import BadRequest, Forbidden, NetworkError, RetryAfter, TelegramError, TimedOut

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


# The words by which Telegram says these; the list is data (design: delivery).
_PERMANENT = ("blocked by the user", "user is deactivated", "chat not found", "can't initiate conversation")
_NOTHING_TO_DO = ("message is not modified", "query is too old", "query id is invalid")
_GONE = ("message to edit not found", "message can't be edited")


def judge(error: TelegramError) -> Failure:
    """What a failure of Telegram's means for the message. The reason never holds words of a message."""
    text = error.message.lower()
    if isinstance(error, RetryAfter):
        pause = error.retry_after
        seconds = pause.total_seconds() if isinstance(pause, timedelta) else float(pause)
        return Failure(Verdict.PASSING, "429", timedelta(seconds=seconds))
    if any(words in text for words in _PERMANENT) or isinstance(error, Forbidden):
        return Failure(Verdict.PERMANENT, next((words for words in _PERMANENT if words in text), "forbidden"))
    if isinstance(error, BadRequest):
        if any(words in text for words in _NOTHING_TO_DO):
            return Failure(Verdict.DONE, "not modified")
        if any(words in text for words in _GONE):
            return Failure(Verdict.REFUSED, "message gone")
        return Failure(Verdict.REFUSED, "bad request")
    if isinstance(error, TimedOut):
        return Failure(Verdict.IN_DOUBT, "timed out")
    if isinstance(error, NetworkError):
        cause = type(error.__cause__).__name__ if error.__cause__ else type(error).__name__
        refused = cause in ("ConnectError", "ConnectTimeout", "PoolTimeout")
        server = "server error" in text or "bad gateway" in text or "unavailable" in text
        return Failure(Verdict.PASSING if refused or server else Verdict.IN_DOUBT, cause)
    return Failure(Verdict.REFUSED, type(error).__name__)


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
