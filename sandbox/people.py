"""People in front of the bot: what they do becomes updates, what they see are messages."""

import re
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

from sandbox.entities import with_found
from sandbox.model import Answer, Button, Chat, Json, Keyboard, Message, Upload

if TYPE_CHECKING:
    from sandbox.core import Telegram

_PAYLOAD = re.compile(r"[A-Za-z0-9_-]{1,64}")


class Person:
    """Somebody with a phone. Make one with `Telegram.person`.

    Attributes:
        answers: What this person saw of their taps (toasts, alerts, and empty ones), oldest first.
        opened: Links to elsewhere that this person has followed.
    """

    def __init__(
        self, telegram: "Telegram", chat: Chat, first_name: str, language_code: str, username: str | None
    ) -> None:
        self.telegram = telegram
        self.chat = chat
        self.id = chat.id
        self.first_name = first_name
        self.language_code = language_code
        self.username = username
        self.answers: list[Answer] = []
        self.opened: list[str] = []

    def as_json(self) -> Json:
        """The person as a User object."""
        user = {
            "id": self.id,
            "is_bot": False,
            "first_name": self.first_name,
            "language_code": self.language_code,
        }
        return user | ({"username": self.username} if self.username else {})

    @property
    def messages(self) -> list[Message]:
        """All messages of the chat as they look now, oldest first; deleted ones are gone."""
        return list(self.chat.messages.values())

    @property
    def received(self) -> list[Message]:
        """Those of `messages` that the bot sent."""
        return [message for message in self.messages if message.from_bot]

    @property
    def last(self) -> Message:
        """The newest message of the bot. Raises LookupError when there is none."""
        if not self.received:
            raise LookupError(f"the bot has not written to {self.first_name}")
        return self.received[-1]

    @property
    def keyboard(self) -> Keyboard | None:
        """The reply keyboard below the chat, if one is shown."""
        return self.chat.keyboard

    def say(self, text: str) -> Message:
        """Send a text; a leading /command is marked as such, as Telegram does."""
        return self._send(text=text, entities=with_found(text, []))

    def start(self, payload: str | None = None) -> Message:
        """Press Start, perhaps by following a link with a payload; this also unblocks the bot.

        Raises:
            ValueError: No link can carry this payload (1 to 64 of A-Z a-z 0-9 _ -); `say` can type it.
        """
        if payload is not None and not _PAYLOAD.fullmatch(payload):
            raise ValueError(f"no link can carry this payload: {payload!r}")
        if self.chat.blocked:
            self.unblock()
        return self.say("/start" if payload is None else f"/start {payload}")

    def tap(self, label_or_data: str, on: Message | None = None) -> str | None:
        """Tap a button, as the person sees it.

        The newest message with a button of exactly this label is taken; then exactly this callback data;
        then a label that begins so; then a key of the reply keyboard.

        Args:
            on: Look at this message only; a `Message.copy()` still has the buttons it had.

        Returns:
            The id of the callback query; None if the button was a link or a key.

        Raises:
            LookupError: There is no such button; the sentence lists those that are visible.
        """
        shown = [on] if on is not None else self.messages[::-1]
        found = find_button(shown, label_or_data)
        if found is None and on is None and self._type(label_or_data):
            return None
        if found is None:
            labels = [button.label for message in shown for row in message.buttons for button in row]
            keys = [key.label for row in self.keyboard.rows for key in row] if self.keyboard else []
            visible = ", ".join(repr(label) for label in labels + keys) or "none"
            raise LookupError(f"{self.first_name} sees no button {label_or_data!r}; visible: {visible}")
        message, button = found
        if button.url is not None:
            self.open_link(button.url)
            return None
        return self.tap_data(message, button.data or "")

    def tap_data(self, message: Message, data: str) -> str:
        """Send a callback query that no visible button has (stale or forged); returns its id."""
        self._may_write(self.telegram.chats[message.chat_id])
        return self.telegram.tapped(self, message, data).id

    def open_link(self, url: str) -> None:
        """Follow a link: one to the bot presses Start with its payload, others go to `opened`."""
        parts = urlsplit(url)
        if parts.hostname == "t.me" and parts.path.strip("/").lower() == self.telegram.bot_username.lower():
            self.start(*parse_qs(parts.query).get("start", []))
        else:
            self.opened.append(url)

    def send_location(self, latitude: float, longitude: float) -> Message:
        self._used_keyboard()
        return self._send(extra={"location": {"latitude": latitude, "longitude": longitude}})

    def send_photo(self, data: bytes, caption: str = "") -> Message:
        photo = self.telegram.store(Upload("photo.jpg", data), "image/jpeg")
        return self._send(photo=photo, caption=caption, entities=with_found(caption, []))

    def send_document(self, name: str, data: bytes, caption: str = "") -> Message:
        return self._send(document=self.telegram.store(Upload(name, data)), caption=caption)

    def send_voice(self, duration: int = 3) -> Message:
        """Send a voice message of `duration` seconds."""
        return self._send(
            extra={"voice": self._media("voice.ogg") | {"duration": duration, "mime_type": "audio/ogg"}}
        )

    def send_sticker(self, emoji: str = "🙂") -> Message:
        looks = {"type": "regular", "width": 512, "height": 512, "is_animated": False, "is_video": False}
        return self._send(extra={"sticker": self._media("sticker.webp") | looks | {"emoji": emoji}})

    def forward(self, text: str, from_name: str) -> Message:
        """Forward somebody else's words; that person hides their account, only the name shows."""
        origin = {"type": "hidden_user", "sender_user_name": from_name, "date": int(self._now_s())}
        return self._send(text=text, entities=with_found(text, []), extra={"forward_origin": origin})

    def edit(self, message: Message, text: str) -> None:
        """Change the words of an own message."""
        own = self.telegram.chats[message.chat_id].messages[message.message_id]
        if own.sender_id != self.id:
            raise ValueError("people edit their own messages only")
        own.history.append(own.body)
        if own.text:
            own.text = text
        else:
            own.caption = text
        own.entities = with_found(text, [])
        own.edit_date = self.telegram.now()
        self.telegram.changed("edit", self.telegram.chats[own.chat_id], own)
        self.telegram.push("edited_message", self.telegram.as_json(own))

    def block(self) -> None:
        """Block the bot; it is told (my_chat_member) and every call to this chat is a 403."""
        self._member("member", "kicked")
        self.chat.blocked = True
        self.telegram.changed("chat", self.chat)

    def unblock(self) -> None:
        self.chat.blocked = False
        self._member("kicked", "member")
        self.telegram.changed("chat", self.chat)

    def deactivate(self) -> None:
        """Delete the account: every call to this chat is a 403 from now on."""
        self.chat.deactivated = True

    def send_into(self, chat: Chat, **fields: Any) -> Message:
        """Send a message of any kind into a chat; `fields` are those of `Message`."""
        self._may_write(chat)
        chat.started = True
        message = self.telegram.post(chat, self.id, **fields)
        self.telegram.push("message", self.telegram.as_json(message))
        return message

    def _send(self, **fields: Any) -> Message:
        return self.send_into(self.chat, **fields)

    def _may_write(self, chat: Chat) -> None:
        if chat.blocked or self.chat.deactivated:
            raise ValueError(
                f"{self.first_name} has blocked the bot (or left Telegram) and cannot write to it"
            )

    def _type(self, label: str) -> bool:
        keys = [key for row in self.keyboard.rows for key in row] if self.keyboard else []
        key = next((key for key in keys if key.label == label), None)
        if key is None:
            return False
        if key.asks:
            raise LookupError(f"the key {label!r} sends a {key.asks}: use send_{key.asks}")
        self._used_keyboard()
        self.say(label)
        return True

    def _used_keyboard(self) -> None:
        if self.keyboard and self.keyboard.one_time:
            self.chat.keyboard = None
            self.telegram.changed("chat", self.chat)

    def _media(self, name: str) -> Json:
        file = self.telegram.store(Upload(name, b"not a real recording"))
        return {"file_id": file.id, "file_unique_id": f"u{file.id}", "file_size": len(file.data)}

    def _member(self, old: str, new: str) -> None:
        def state(status: str) -> Json:
            return {"user": self.telegram.bot, "status": status} | (
                {"until_date": 0} if status == "kicked" else {}
            )

        self.telegram.push(
            "my_chat_member",
            {
                "chat": self.chat.as_json(),
                "from": self.as_json(),
                "date": int(self._now_s()),
                "old_chat_member": state(old),
                "new_chat_member": state(new),
            },
        )

    def _now_s(self) -> float:
        return self.telegram.now().timestamp()


def find_button(messages: list[Message], wanted: str) -> tuple[Message, Button] | None:
    """The first match in this order of messages: exact label, exact data, then beginning of a label."""
    shown = [(message, button) for message in messages for row in message.buttons for button in row]
    return next(
        (
            pair
            for looks in (
                [pair for pair in shown if pair[1].label == wanted],
                [pair for pair in shown if pair[1].data == wanted],
                [pair for pair in shown if pair[1].label.startswith(wanted)],
            )
            for pair in looks
        ),
        None,
    )
