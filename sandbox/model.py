"""What the pretend Telegram remembers: chats, messages, buttons, keyboards, files."""

from copy import deepcopy
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal, NamedTuple

from sandbox.entities import Entity

Json = dict[str, Any]


class Upload(NamedTuple):
    """A file that comes with a call: its name as the sender gives it, and its bytes."""

    name: str
    data: bytes


@dataclass(frozen=True)
class File:
    """A stored file; `path` is what getFile gives, below /file/bot<token>/."""

    id: str
    name: str
    data: bytes
    mime: str
    path: str
    width: int = 0
    height: int = 0


@dataclass(frozen=True)
class Button:
    """An inline button: either `data` (comes back as a callback query) or `url`."""

    label: str
    data: str | None = None
    url: str | None = None


@dataclass(frozen=True)
class Key:
    """A key of a reply keyboard; tapping it says `label`, or sends what it asks for."""

    label: str
    asks: Literal["location", "contact"] | None = None


@dataclass(frozen=True)
class Keyboard:
    """A reply keyboard, shown below the chat until it is removed or, if `one_time`, used."""

    rows: tuple[tuple[Key, ...], ...]
    one_time: bool = False


@dataclass(frozen=True)
class Answer:
    """What a person saw of an answered tap: an empty text only stops the button's spinner."""

    text: str
    alert: bool
    url: str | None
    at: datetime
    query_id: str


@dataclass
class Message:
    """One message of a chat as it looks now; edits change it in place.

    `text` and `caption` are plain (no tags) and empty when there is none; `entities` belong to whichever
    is there. `html` is the source as the bot sent it with parse_mode HTML. `date` and `edit_date` are
    aware UTC. `history` holds the earlier texts or captions, oldest first. `extra` holds what a person
    sent besides, in Telegram's own JSON (location, voice, sticker, forward_origin).
    """

    message_id: int
    chat_id: int
    from_bot: bool
    date: datetime
    sender_id: int
    text: str = ""
    caption: str = ""
    html: str | None = None
    entities: list[Entity] = field(default_factory=list)
    buttons: list[list[Button]] = field(default_factory=list)
    keyboard: Keyboard | None = None
    removes_keyboard: bool = False
    photo: File | None = None
    document: File | None = None
    edit_date: datetime | None = None
    silent: bool = False
    protected: bool = False
    reply_to: int | None = None
    effect_id: str | None = None
    link_preview: Json | None = None
    history: list[str] = field(default_factory=list)
    extra: Json = field(default_factory=dict)

    @property
    def body(self) -> str:
        """The words of the message, be they text or caption."""
        return self.text or self.caption

    @property
    def labels(self) -> list[str]:
        """The labels of the inline buttons, row by row."""
        return [button.label for row in self.buttons for button in row]

    def copy(self) -> "Message":
        """The message as it looks now, kept: an old phone may show it (and its buttons) after an edit."""
        return deepcopy(self)


@dataclass
class Chat:
    """A private chat (id of the person) or a group (negative id), with its messages in order."""

    id: int
    type: Literal["private", "supergroup"]
    title: str
    started: bool = False
    blocked: bool = False
    deactivated: bool = False
    keyboard: Keyboard | None = None
    messages: dict[int, Message] = field(default_factory=dict)
    last_id: int = 0
    actions: list[str] = field(default_factory=list)

    def as_json(self) -> Json:
        name = "first_name" if self.type == "private" else "title"
        return {"id": self.id, "type": self.type, name: self.title}


def message_json(message: Message, chat: Chat, sender: Json, reply: Json | None = None) -> Json:
    """A message in the Bot API's own form; `sender` is a User object."""
    told: Json = {
        "message_id": message.message_id,
        "from": sender,
        "chat": chat.as_json(),
        "date": int(message.date.timestamp()),
        **message.extra,
    }
    if message.edit_date:
        told["edit_date"] = int(message.edit_date.timestamp())
    if message.photo:
        told["photo"] = [
            _file_json(message.photo) | {"width": message.photo.width, "height": message.photo.height}
        ]
    if message.document:
        file = message.document
        told["document"] = _file_json(file) | {"file_name": file.name, "mime_type": file.mime}
    if message.text:
        told["text"] = message.text
    if message.caption:
        told["caption"] = message.caption
    if message.entities:
        told["entities" if message.text else "caption_entities"] = deepcopy(message.entities)
    if message.buttons:
        rows = [[_button_json(button) for button in row] for row in message.buttons]
        told["reply_markup"] = {"inline_keyboard": rows}
    if message.protected:
        told["has_protected_content"] = True
    if message.effect_id:
        told["effect_id"] = message.effect_id
    if message.link_preview:
        told["link_preview_options"] = message.link_preview
    if reply:
        told["reply_to_message"] = reply
    return told


def _file_json(file: File) -> Json:
    return {"file_id": file.id, "file_unique_id": f"u{file.id}", "file_size": len(file.data)}


def _button_json(button: Button) -> Json:
    action = {"url": button.url} if button.url else {"callback_data": button.data}
    return {"text": button.label, **action}
