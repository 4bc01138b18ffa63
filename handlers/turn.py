"""One update of one person, inside its one transaction: what came in, what is answered."""

import json
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import telegram

from handlers.reply import Outgoing, Screen
from handlers.texts import Texts
from storage import inbox
from storage.records import Clinician, Conversation, Patient, Person
from storage.store import Tx


@dataclass(frozen=True, slots=True)
class House:
    """What a deployment has decided: who may enrol, its default country, the bot's own user name."""

    open_enrolment: bool
    country: str | None
    username: str
    mark_unreviewed: bool
    operator_chat_id: int | None = None


@dataclass(frozen=True, slots=True)
class Incoming:
    """An update, read once. `text` is what the person wrote (or the caption), `data` a tapped button."""

    update_id: int
    chat_id: int
    private: bool
    user_id: int
    name: str
    language: str
    kind: str  # text, tap, place, other, blocked, back
    text: str = ""
    data: str = ""
    message_id: int | None = None
    query_id: str | None = None
    edited: bool = False
    place: tuple[float, float] | None = None


def read(update: telegram.Update) -> Incoming | None:
    """The update as the product sees it; None for kinds that it has no use for."""
    user, chat = update.effective_user, update.effective_chat
    if user is None or chat is None or user.is_bot:
        return None
    common: dict[str, Any] = {
        "update_id": update.update_id,
        "chat_id": chat.id,
        "private": chat.type == "private",
        "user_id": user.id,
        "name": user.first_name,
        "language": (user.language_code or "en")[:2],
    }
    if (change := update.my_chat_member) is not None:
        gone = change.new_chat_member.status in ("kicked", "left")
        return Incoming(**common, kind="blocked" if gone else "back")
    if (query := update.callback_query) is not None:
        message_id = query.message.message_id if query.message else None
        return Incoming(**common, kind="tap", data=query.data or "", message_id=message_id, query_id=query.id)
    message = update.effective_message
    if message is None:
        return None
    if message.location is not None and not message.venue:
        place = (message.location.latitude, message.location.longitude)
        return Incoming(**common, kind="place", place=place, message_id=message.message_id)
    text = message.text or message.caption or ""
    edited = update.edited_message is not None
    # A contact card, a poll or a pinned note has no words of the person's own.
    kind = "text" if text else "other"
    return Incoming(**common, kind=kind, text=text, message_id=message.message_id, edited=edited)


@dataclass(slots=True)
class Turn:
    """The update being handled. Handlers read it, call services with `tx`, and queue screens."""

    incoming: Incoming
    tx: Tx
    now: datetime
    house: House
    texts: Texts
    person: Person | None = None
    patient: Patient | None = None
    clinician: Clinician | None = None
    replies: list[Outgoing] = field(default_factory=list)
    toast: str | None = None

    def say(self, screen: Screen) -> None:
        """Send a new message."""
        self.replies.append(Outgoing(screen))

    def show(self, screen: Screen) -> None:
        """Draw into the message that was tapped; a new message where none was, or it is drawn already."""
        tapped = self.incoming.message_id if self.incoming.kind == "tap" else None
        if any(reply.edit is not None for reply in self.replies):
            tapped = None
        self.replies.append(Outgoing(screen, edit=tapped))

    def words(self, key: str, **values: str | int) -> str:
        return self.texts.say(key, values)

    @property
    def someone(self) -> Person:
        """The person; only to be asked where one is certain."""
        assert self.person is not None
        return self.person

    @property
    def treated(self) -> Patient:
        """The patient; only to be asked where one is certain."""
        assert self.patient is not None
        return self.patient

    async def conversation(self) -> Conversation | None:
        return None if self.person is None else await inbox.conversation(self.tx, self.person.id)

    async def go_to(self, flow: str, step: str, data: dict[str, Any]) -> None:
        """Remember where the conversation stands."""
        await inbox.put_conversation(
            self.tx, self.someone.id, flow, step, json.dumps(data, ensure_ascii=False, default=str), self.now
        )

    async def finish(self) -> None:
        await inbox.end_conversation(self.tx, self.someone.id)
