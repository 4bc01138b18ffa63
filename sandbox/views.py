"""What the page is told: chats and messages as plain JSON, times in each person's own zone."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from sandbox.core import Telegram
from sandbox.model import File, Json, Keyboard, Message
from sandbox.people import Person


@dataclass(frozen=True)
class Shown:
    """A person whose phone the page shows.

    Args:
        role: The word before the name: "Patient", "Clinician".
        zone: IANA name of the zone in which this phone shows times.
        start_payload: What the Start button of the empty chat sends along, as an invite link would.
    """

    person: Person
    role: str
    zone: str = "UTC"
    start_payload: str | None = None

    def local(self, at: datetime) -> datetime:
        return at.astimezone(ZoneInfo(self.zone))


def snapshot(telegram: Telegram, shown: list[Shown]) -> Json:
    """Everything there is to see."""
    return {
        "bot": {"name": telegram.profile["name"], "username": telegram.bot_username},
        "chats": [
            chat_view(telegram, one)
            | {"messages": [message_view(telegram, one, message) for message in one.person.messages]}
            for one in shown
        ],
    }


def chat_view(telegram: Telegram, shown: Shown) -> Json:
    """The chat without its messages."""
    person = shown.person
    language = person.language_code
    return {
        "id": person.id,
        "name": person.first_name,
        "role": shown.role,
        "language": language,
        "blocked": person.chat.blocked,
        "keyboard": _keyboard_view(person.keyboard),
        "commands": _commands(telegram, person),
        "about": telegram.profile.get(f"description {language}") or telegram.profile.get("description", ""),
    }


def message_view(telegram: Telegram, shown: Shown, message: Message) -> Json:
    """One message as this person sees it."""
    local = shown.local(message.date)
    answered = shown.person.chat.messages.get(message.reply_to or 0)
    return {
        "id": message.message_id,
        "own": not message.from_bot,
        "text": message.body,
        "entities": message.entities,
        "rows": [[{"label": b.label, "data": b.data, "url": b.url} for b in row] for row in message.buttons],
        "photo": _file_view(message.photo),
        "document": _file_view(message.document),
        "location": message.extra.get("location"),
        "voice_seconds": message.extra.get("voice", {}).get("duration"),
        "sticker": message.extra.get("sticker", {}).get("emoji"),
        "forwarded_from": message.extra.get("forward_origin", {}).get("sender_user_name"),
        "reply_to": answered.body[:120] if answered else None,
        "at": message.date.isoformat(),
        "time": f"{local:%H:%M}",
        "day": day_of(local),
        "edited": bool(message.history),
        "silent": message.silent,
    }


def times(telegram: Telegram, shown: list[Shown]) -> Json:
    """The time on each phone, by the person's id as text."""
    now = telegram.now()
    return {
        str(one.person.id): f"{one.local(now):%H:%M}, {one.zone.rpartition('/')[2].replace('_', ' ')}"
        for one in shown
    }


def day_of(local: datetime) -> str:
    """Such as "Saturday, 1 March 2025"."""
    return f"{local:%A}, {local.day} {local:%B %Y}"


def _file_view(file: File | None) -> Json | None:
    if file is None:
        return None
    size = len(file.data)
    return {
        "url": f"/files/{file.id}",
        "name": file.name,
        "size": f"{size} B" if size < 1024 else f"{size / 1024:.0f} kB",
        "width": file.width,
        "height": file.height,
    }


def _keyboard_view(keyboard: Keyboard | None) -> list[list[Json]] | None:
    if keyboard is None:
        return None
    return [[{"label": key.label, "asks": key.asks} for key in row] for row in keyboard.rows]


def _commands(telegram: Telegram, person: Person) -> list[Json]:
    # Telegram's order: the narrowest scope first, and in each the person's language before none.
    for scope in (
        f'{{"chat_id": {person.id}, "type": "chat"}}',
        '{"type": "all_private_chats"}',
        '{"type": "default"}',
    ):
        for language in (f" {person.language_code}", ""):
            if commands := telegram.commands.get(scope + language):
                return commands
    return []
