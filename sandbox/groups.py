"""Groups that the bot is in."""

from typing import TYPE_CHECKING

from sandbox.entities import with_found
from sandbox.model import Chat, Message
from sandbox.people import Person, find_button

if TYPE_CHECKING:
    from sandbox.core import Telegram


class Group:
    """A group chat that the bot is in. Make one with `Telegram.group`."""

    def __init__(self, telegram: "Telegram", chat: Chat, people: list[Person]) -> None:
        self.telegram = telegram
        self.chat = chat
        self.id = chat.id
        self.people = people

    @property
    def messages(self) -> list[Message]:
        """All messages of the group as they look now, oldest first."""
        return list(self.chat.messages.values())

    def say(self, person: Person, text: str) -> Message:
        """Let a member send a text to the group."""
        return person.send_into(self.chat, text=text, entities=with_found(text, []))

    def tap(self, person: Person, label_or_data: str, on: Message | None = None) -> str | None:
        """Let a member tap a button under a message of the group; see `Person.tap`."""
        if on is None:
            found = find_button(self.messages[::-1], label_or_data)
            on = found[0] if found else None
        if on is None:
            raise LookupError(f"the group {self.chat.title!r} shows no button {label_or_data!r}")
        return person.tap(label_or_data, on)

    def remove_bot(self) -> None:
        """Every call to this group is a 403 from now on."""
        self.chat.blocked = True
