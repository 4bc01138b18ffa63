"""Messages of the bot: sending, editing, deleting."""

from collections.abc import Mapping
from datetime import timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

from sandbox import pictures
from sandbox.entities import Entity, parse_html, read_entities, trim, with_found
from sandbox.errors import ApiError, bad_request
from sandbox.keyboards import Markup, read_markup
from sandbox.model import Chat, File, Json, Message, Upload

if TYPE_CHECKING:
    from sandbox.core import Telegram

Files = Mapping[str, Upload]
_MB = 1024 * 1024


class Words(NamedTuple):
    """Text or caption, read: plain, with entities, and the source if it was HTML."""

    plain: str
    entities: list[Entity]
    html: str | None


def send_message(telegram: "Telegram", params: Json, files: Files) -> Json:
    chat = telegram.writable(params["chat_id"])
    words = _text(telegram, params)
    return _post(telegram, chat, params, text=words.plain, entities=words.entities, html=words.html)


def send_photo(telegram: "Telegram", params: Json, files: Files) -> Json:
    chat = telegram.writable(params["chat_id"])
    words = _caption(telegram, params)
    photo = _file(telegram, params, files, "photo", limit=10 * _MB)
    looks = pictures.look_at(photo.data)
    if looks is None:
        raise bad_request("IMAGE_PROCESS_FAILED")
    sides = sorted((looks.width, looks.height))
    if sides[0] == 0 or sum(sides) > 10_000 or sides[1] > 20 * sides[0]:
        raise bad_request("PHOTO_INVALID_DIMENSIONS")
    return _post(
        telegram, chat, params, photo=photo, caption=words.plain, entities=words.entities, html=words.html
    )


def send_document(telegram: "Telegram", params: Json, files: Files) -> Json:
    chat = telegram.writable(params["chat_id"])
    words = _caption(telegram, params)
    document = _file(telegram, params, files, "document", limit=50 * _MB)
    return _post(
        telegram,
        chat,
        params,
        document=document,
        caption=words.plain,
        entities=words.entities,
        html=words.html,
    )


def edit_text(telegram: "Telegram", params: Json, files: Files) -> Json:
    message = _own(telegram, params)
    words = _text(telegram, params)
    if not message.text:
        raise bad_request("there is no text in the message to edit")
    return _edit(telegram, message, words, _inline(params), params.get("link_preview_options"))


def edit_caption(telegram: "Telegram", params: Json, files: Files) -> Json:
    message = _own(telegram, params)
    words = _caption(telegram, params)
    if not message.photo and not message.document:
        raise bad_request("there is no caption in the message to edit")
    return _edit(telegram, message, words, _inline(params))


def edit_markup(telegram: "Telegram", params: Json, files: Files) -> Json:
    message = _own(telegram, params)
    return _edit(telegram, message, None, _inline(params))


def delete_message(telegram: "Telegram", params: Json, files: Files) -> bool:
    chat = telegram.writable(params["chat_id"])
    message = chat.messages.get(params["message_id"])
    if message is None:
        raise bad_request("message to delete not found")
    if telegram.now() - message.date > timedelta(hours=48):
        raise bad_request("message can't be deleted for everyone")
    del chat.messages[message.message_id]
    telegram.changed("delete", chat, message)
    return True


def _post(telegram: "Telegram", chat: Chat, params: Json, **content: Any) -> Json:
    markup = read_markup(params.get("reply_markup"))
    if params.get("message_effect_id") and chat.type != "private":
        raise bad_request("EFFECT_ID_INVALID")
    reply = params.get("reply_parameters") or {}
    reply_to = reply.get("message_id")
    if reply_to not in chat.messages:
        if reply_to and not reply.get("allow_sending_without_reply"):
            raise bad_request("message to be replied not found")
        reply_to = None
    if markup.keyboard or markup.removes_keyboard:
        chat.keyboard = markup.keyboard
        telegram.changed("chat", chat)
    message = telegram.post(
        chat,
        None,
        buttons=markup.buttons,
        keyboard=markup.keyboard,
        removes_keyboard=markup.removes_keyboard,
        silent=params.get("disable_notification", False),
        protected=params.get("protect_content", False),
        effect_id=params.get("message_effect_id"),
        link_preview=params.get("link_preview_options"),
        reply_to=reply_to,
        **content,
    )
    return telegram.as_json(message)


def _edit(
    telegram: "Telegram", message: Message, words: Words | None, markup: Markup, preview: Json | None = None
) -> Json:
    same_words = words is None or (words.plain, words.entities) == (message.body, message.entities)
    if same_words and markup.buttons == message.buttons and preview in (None, message.link_preview):
        raise bad_request(
            "message is not modified: specified new message content and reply markup are exactly the same "
            "as a current content and reply markup of the message"
        )
    if words is not None:
        if words.plain != message.body:
            message.history.append(message.body)
        if message.photo or message.document:
            message.caption = words.plain
        else:
            message.text = words.plain
        message.entities, message.html = words.entities, words.html
        message.link_preview = preview or message.link_preview
    message.buttons = markup.buttons
    message.edit_date = telegram.now()
    telegram.changed("edit", telegram.chats[message.chat_id], message)
    return telegram.as_json(message)


def _own(telegram: "Telegram", params: Json) -> Message:
    chat = telegram.writable(params["chat_id"])
    message = chat.messages.get(params["message_id"])
    if message is None:
        raise bad_request("message to edit not found")
    if not message.from_bot or message.keyboard or message.removes_keyboard:
        raise bad_request("message can't be edited")
    return message


def _inline(params: Json) -> Markup:
    markup = read_markup(params.get("reply_markup"))
    if markup.keyboard or markup.removes_keyboard:
        raise bad_request("object expected as inline keyboard")
    return markup


def _text(telegram: "Telegram", params: Json) -> Words:
    words = _words(telegram, params, "text", "entities")
    if not words.plain:
        raise bad_request("message text is empty")
    if len(words.plain) > 4096:
        raise bad_request("message is too long")
    return words


def _caption(telegram: "Telegram", params: Json) -> Words:
    words = _words(telegram, params, "caption", "caption_entities")
    if len(words.plain) > 1024:
        raise bad_request("message caption is too long")
    return words


def _words(telegram: "Telegram", params: Json, field: str, entities_field: str) -> Words:
    source = params.get(field, "")
    match params.get("parse_mode", "").lower():
        case "":
            plain, entities = source, read_entities(params.get(entities_field, []))
            html = None
        case "html":
            plain, entities = parse_html(source)
            html = source
        case _:
            raise bad_request("unsupported parse_mode")
    plain, entities = trim(plain, entities)
    kept = []
    for entity in with_found(plain, entities):
        if "mentioned" in entity:
            person = telegram.people.get(entity.pop("mentioned"))
            if person is None:
                continue
            entity["user"] = person.as_json()
        kept.append(entity)
    return Words(plain, kept, html)


def _file(telegram: "Telegram", params: Json, files: Files, field: str, *, limit: int) -> File:
    reference = params.get(field)
    upload = files.get(str(reference).removeprefix("attach://") if reference else field)
    if upload is None:
        known = telegram.files.get(str(reference))
        if known is None:
            raise bad_request("wrong file identifier/HTTP URL specified")
        return known
    if not upload.data:
        raise bad_request("file must be non-empty")
    if len(upload.data) > limit:
        raise ApiError(413, "Request Entity Too Large")
    return telegram.store(upload)
