"""Reads `reply_markup` as strictly as Telegram does."""

from typing import Any, NamedTuple

from sandbox.errors import bad_request
from sandbox.model import Button, Json, Key, Keyboard

_BUTTON_FIELDS = {"text", "callback_data", "url", "style"}
_KEYBOARD_FIELDS = {
    "keyboard",
    "resize_keyboard",
    "one_time_keyboard",
    "is_persistent",
    "input_field_placeholder",
    "selective",
}


class Markup(NamedTuple):
    """What a reply_markup asks for; all empty when there is none."""

    buttons: list[list[Button]]
    keyboard: Keyboard | None = None
    removes_keyboard: bool = False


def read_markup(markup: Json | None) -> Markup:
    """Check a reply_markup object.

    Raises:
        ApiError: 400; among others BUTTON_DATA_INVALID for callback data of 0 or more than 64 bytes.
    """
    if not markup:
        return Markup([])
    if "inline_keyboard" in markup:
        _only({"inline_keyboard"}, markup, "InlineKeyboardMarkup")
        return Markup(_inline(markup["inline_keyboard"]))
    if "keyboard" in markup:
        _only(_KEYBOARD_FIELDS, markup, "ReplyKeyboardMarkup")
        rows = tuple(tuple(_key(key) for key in row) for row in _rows(markup["keyboard"]))
        return Markup([], Keyboard(rows, bool(markup.get("one_time_keyboard"))))
    if markup.get("remove_keyboard") is True:
        _only({"remove_keyboard", "selective"}, markup, "ReplyKeyboardRemove")
        return Markup([], removes_keyboard=True)
    raise bad_request("object expected as reply markup")


def _inline(value: Any) -> list[list[Button]]:
    rows = [[_button(button) for button in row] for row in _rows(value)]
    rows = [row for row in rows if row]
    if any(len(row) > 8 for row in rows) or sum(len(row) for row in rows) > 100:
        raise bad_request("REPLY_MARKUP_TOO_LONG")
    return rows


def _button(value: Any) -> Button:
    if not isinstance(value, dict):
        raise bad_request("can't parse inline keyboard button: InlineKeyboardButton must be an Object")
    _only(_BUTTON_FIELDS, value, "InlineKeyboardButton")
    label, data, url = value.get("text"), value.get("callback_data"), value.get("url")
    if not isinstance(label, str) or not label.strip():
        raise bad_request("can't parse inline keyboard button: Button text must be non-empty")
    if data is None and url is None:
        raise bad_request(
            "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard"
        )
    if data is not None and url is not None:
        raise bad_request("can't parse inline keyboard button: exactly one optional field must be used")
    if url is not None:
        if not str(url).startswith(("http://", "https://", "tg://")):
            raise bad_request(f"inline keyboard button URL '{url}' is invalid: Wrong HTTP URL")
        return Button(label, url=str(url))
    if not isinstance(data, str) or not 1 <= len(data.encode()) <= 64:
        raise bad_request("BUTTON_DATA_INVALID")
    return Button(label, data=data)


def _key(value: Any) -> Key:
    if isinstance(value, str):
        value = {"text": value}
    if not isinstance(value, dict):
        raise bad_request("can't parse keyboard button: KeyboardButton must be a String or an Object")
    _only({"text", "request_location", "request_contact", "style"}, value, "KeyboardButton")
    label = value.get("text")
    if not isinstance(label, str) or not label.strip():
        raise bad_request("can't parse keyboard button: Button text must be non-empty")
    if value.get("request_location"):
        return Key(label, "location")
    return Key(label, "contact" if value.get("request_contact") else None)


def _rows(value: Any) -> list[list[Any]]:
    if not isinstance(value, list) or not all(isinstance(row, list) for row in value):
        raise bad_request("can't parse reply keyboard markup JSON object: rows must be Arrays")
    return value


def _only(known: set[str], value: Json, name: str) -> None:
    if unknown := sorted(set(value) - known):
        raise bad_request(f'the sandbox knows no field "{unknown[0]}" of {name}')
