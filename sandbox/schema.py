"""Which parameters each method takes, and of which kind; anything else is refused.

Over HTTP all values arrive as text, in-process as Python values: both are read the same way.
"""

import json
from collections.abc import Mapping
from typing import Any

from sandbox.errors import ApiError, bad_request
from sandbox.model import Json

# A leading "!" marks what must be there. Kinds: int, bool, str, object and list (JSON), chat, file.
_SEND = {
    "chat_id": "!chat",
    "message_thread_id": "int",
    "disable_notification": "bool",
    "protect_content": "bool",
    "allow_paid_broadcast": "bool",
    "message_effect_id": "str",
    "reply_parameters": "object",
    "reply_markup": "object",
}
_TEXT = {"text": "!str", "parse_mode": "str", "entities": "list", "link_preview_options": "object"}
_CAPTION = {"caption": "str", "parse_mode": "str", "caption_entities": "list"}
_EDIT = {"chat_id": "!chat", "message_id": "!int", "reply_markup": "object"}

METHODS: dict[str, dict[str, str]] = {
    "getMe": {},
    "getUpdates": {"offset": "int", "limit": "int", "timeout": "int", "allowed_updates": "list"},
    "deleteWebhook": {"drop_pending_updates": "bool"},
    "setMyCommands": {"commands": "!list", "scope": "object", "language_code": "str"},
    "setMyDescription": {"description": "str", "language_code": "str"},
    "setMyShortDescription": {"short_description": "str", "language_code": "str"},
    "setMyName": {"name": "str", "language_code": "str"},
    "sendMessage": _SEND | _TEXT,
    "sendPhoto": _SEND
    | _CAPTION
    | {"photo": "!file", "has_spoiler": "bool", "show_caption_above_media": "bool"},
    "sendDocument": _SEND
    | _CAPTION
    | {"document": "!file", "thumbnail": "file", "disable_content_type_detection": "bool"},
    "editMessageText": _EDIT | _TEXT,
    "editMessageCaption": _EDIT | _CAPTION | {"show_caption_above_media": "bool"},
    "editMessageReplyMarkup": _EDIT,
    "answerCallbackQuery": {
        "callback_query_id": "!str",
        "text": "str",
        "show_alert": "bool",
        "url": "str",
        "cache_time": "int",
    },
    "deleteMessage": {"chat_id": "!chat", "message_id": "!int"},
    "sendChatAction": {"chat_id": "!chat", "action": "!str", "message_thread_id": "int"},
    "getChat": {"chat_id": "!chat"},
    "getFile": {"file_id": "!str"},
}
# Telegram itself ignores case in method names.
_NAMES = {name.lower(): name for name in METHODS}


def method_name(method: str) -> str:
    """The method's own spelling. Raises ApiError 404 for one the sandbox does not have."""
    try:
        return _NAMES[method.lower()]
    except KeyError:
        raise ApiError(404, "Not Found") from None


def read_params(method: str, given: Mapping[str, Any], files: Mapping[str, Any]) -> Json:
    """The parameters of a call as Python values; files keep their reference, or None if uploaded by name.

    Raises:
        ApiError: 400 for an unknown, missing or mistyped parameter.
    """
    known = METHODS[method]
    if unknown := sorted(set(given) - set(known)):
        raise bad_request(f'{method} has no parameter "{unknown[0]}"')
    params = {
        name: _value(name, known[name].lstrip("!"), value)
        for name, value in given.items()
        if value is not None
    }
    for name, kind in known.items():
        if kind.startswith("!") and name not in params and name not in files:
            raise bad_request(_missing(name))
    return params


def _value(name: str, kind: str, value: Any) -> Any:
    try:
        match kind:
            case "str":
                return value if isinstance(value, str) else _refuse()
            case "int":
                return _refuse() if isinstance(value, bool) else int(value)
            case "bool":
                return {"true": True, "1": True, "false": False, "0": False}[str(value).lower()]
            case "object" | "list":
                value = json.loads(value) if isinstance(value, str) else value
                return value if isinstance(value, dict if kind == "object" else list) else _refuse()
            case "chat":
                return int(value)
            case _:
                return value
    except (ValueError, KeyError, TypeError):
        if kind == "chat":
            raise bad_request("chat not found") from None
        raise bad_request(f'parameter "{name}" must be of type {kind}') from None


def _refuse() -> Any:
    raise ValueError


def _missing(name: str) -> str:
    known = {
        "chat_id": "chat_id is empty",
        "text": "message text is empty",
        "message_id": "message identifier is not specified",
        "photo": "there is no photo in the request",
        "document": "there is no document in the request",
    }
    return known.get(name, f'parameter "{name}" is required')
