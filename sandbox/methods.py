"""The methods of the Bot API that the sandbox has; those about messages stand in `sending`."""

import json
import re
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from sandbox import sending
from sandbox.errors import bad_request
from sandbox.model import Answer, Json, Upload

if TYPE_CHECKING:
    from sandbox.core import Telegram

Files = Mapping[str, Upload]
Handler = Callable[["Telegram", Json, Files], Any]

_COMMAND = re.compile(r"[a-z0-9_]{1,32}")
_ACTIONS = {
    "typing",
    "upload_photo",
    "upload_document",
    "find_location",
    "choose_sticker",
    "record_voice",
    "upload_voice",
    "record_video",
    "upload_video",
    "record_video_note",
    "upload_video_note",
}


def get_me(telegram: "Telegram", params: Json, files: Files) -> Json:
    return telegram.bot | {
        "can_join_groups": True,
        "can_read_all_group_messages": True,
        "supports_inline_queries": False,
        "can_connect_to_business": False,
        "has_main_web_app": False,
    }


def get_updates(telegram: "Telegram", params: Json, files: Files) -> list[Json]:
    """Waiting for `timeout` is left to the front; here the answer is immediate."""
    offset = params.get("offset", 0)
    if "allowed_updates" in params:
        telegram.allowed_updates = list(params["allowed_updates"])
    if offset < 0:
        while len(telegram.updates) > -offset:
            telegram.updates.popleft()
    while telegram.updates and telegram.updates[0]["update_id"] < offset:
        telegram.updates.popleft()
    limit = min(max(params.get("limit", 100), 1), 100)
    return list(telegram.updates)[:limit]


def delete_webhook(telegram: "Telegram", params: Json, files: Files) -> bool:
    if params.get("drop_pending_updates"):
        telegram.updates.clear()
    return True


def set_commands(telegram: "Telegram", params: Json, files: Files) -> bool:
    commands = params["commands"]
    if len(commands) > 100:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    for command in commands:
        if not isinstance(command, dict):
            raise bad_request("can't parse BotCommand: expected an Object")
        if not _COMMAND.fullmatch(command.get("command", "").removeprefix("/")):
            raise bad_request("BOT_COMMAND_INVALID")
        if not 1 <= len(command.get("description", "")) <= 256:
            raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
    scope = json.dumps(params.get("scope") or {"type": "default"}, sort_keys=True)
    telegram.commands[f"{scope} {params.get('language_code', '')}".strip()] = commands
    for person in telegram.people.values():
        telegram.changed("chat", person.chat)
    return True


def set_profile(field: str, limit: int) -> Handler:
    """One of the bot's texts about itself, at most `limit` characters; kept per language."""

    def handler(telegram: "Telegram", params: Json, files: Files) -> bool:
        value, language = params.get(field, ""), params.get("language_code", "")
        if len(value) > limit:
            raise bad_request(f"{field} is too long")
        if value or field != "name":
            telegram.profile[f"{field} {language}".strip()] = value
        return True

    return handler


def answer_query(telegram: "Telegram", params: Json, files: Files) -> bool:
    text = params.get("text", "")
    query = telegram.queries.get(params["callback_query_id"])
    if query is None or telegram.now() - query.asked_at > telegram.callback_ttl:
        raise bad_request("query is too old and response timeout expired or query ID is invalid")
    if len(text) > 200:
        raise bad_request("MESSAGE_TOO_LONG")
    query.answered = True
    person = telegram.people[query.person_id]
    answer = Answer(text, params.get("show_alert", False), params.get("url"), telegram.now(), query.id)
    person.answers.append(answer)
    telegram.changed("answer", person.chat, answer=answer)
    return True


def send_action(telegram: "Telegram", params: Json, files: Files) -> bool:
    chat = telegram.writable(params["chat_id"])
    if params["action"] not in _ACTIONS:
        raise bad_request("wrong parameter action in request")
    chat.actions.append(params["action"])
    telegram.changed("action", chat)
    return True


def get_chat(telegram: "Telegram", params: Json, files: Files) -> Json:
    chat = telegram.chats.get(params["chat_id"])
    if chat is None or not chat.started:
        raise bad_request("chat not found")
    gifts = (
        "unlimited_gifts",
        "limited_gifts",
        "unique_gifts",
        "premium_subscription",
        "gifts_from_channels",
    )
    return chat.as_json() | {
        "accent_color_id": 0,
        "max_reaction_count": 11,
        "accepted_gift_types": dict.fromkeys(gifts, False),
    }


def get_file(telegram: "Telegram", params: Json, files: Files) -> Json:
    file = telegram.files.get(params["file_id"])
    if file is None:
        raise bad_request("invalid file_id")
    if len(file.data) > 20 * 1024 * 1024:
        raise bad_request("file is too big")
    return {
        "file_id": file.id,
        "file_unique_id": f"u{file.id}",
        "file_size": len(file.data),
        "file_path": file.path,
    }


HANDLERS: dict[str, Handler] = {
    "getMe": get_me,
    "getUpdates": get_updates,
    "deleteWebhook": delete_webhook,
    "setMyCommands": set_commands,
    "setMyDescription": set_profile("description", 512),
    "setMyShortDescription": set_profile("short_description", 120),
    "setMyName": set_profile("name", 64),
    "sendMessage": sending.send_message,
    "sendPhoto": sending.send_photo,
    "sendDocument": sending.send_document,
    "editMessageText": sending.edit_text,
    "editMessageCaption": sending.edit_caption,
    "editMessageReplyMarkup": sending.edit_markup,
    "deleteMessage": sending.delete_message,
    "answerCallbackQuery": answer_query,
    "sendChatAction": send_action,
    "getChat": get_chat,
    "getFile": get_file,
}
