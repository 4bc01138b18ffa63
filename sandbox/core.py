"""The pretend Telegram itself: it holds chats and files, queues updates, and answers calls."""

from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal

from sandbox import faults, methods, pictures, schema
from sandbox.errors import ApiError, ConnectionLost, bad_request, forbidden, too_many_requests
from sandbox.groups import Group
from sandbox.model import Answer, Chat, File, Json, Message, Upload, message_json
from sandbox.people import Person

ChangeKind = Literal["message", "edit", "delete", "answer", "action", "chat", "update"]


@dataclass(frozen=True)
class Change:
    """Something happened: a message came, was edited or deleted, a tap was answered, an update is waiting.

    "action" is "typing..."; "chat" is a block, an unblock or another keyboard; "update" has no chat (0).
    """

    kind: ChangeKind
    chat_id: int = 0
    message: Message | None = None
    answer: Answer | None = None


@dataclass
class Query:
    """A tap on an inline button, waiting for answerCallbackQuery."""

    id: str
    person_id: int
    data: str
    asked_at: datetime
    answered: bool = False


@dataclass(frozen=True)
class Call:
    """One call of the bot, for tests to look at; `error` is None when it went well."""

    method: str
    params: Json
    at: datetime
    error: str | None = None


class Telegram:
    """A Telegram for one bot, in memory.

    Args:
        now: The clock: an aware UTC instant. Dates of messages and the age of taps follow it.
        token: The only token that is accepted over HTTP and in-process.
        callback_ttl: How long a tap can be answered.
        messages_per_second: A flood limit over all chats; None: none.
    """

    def __init__(
        self,
        now: Callable[[], datetime],
        token: str = "123456789:SANDBOX-token-which-opens-nothing-0",
        bot_username: str = "ldn_companion_bot",
        *,
        callback_ttl: timedelta = timedelta(seconds=15),
        messages_per_second: int | None = None,
    ) -> None:
        self.now = now
        self.token = token
        self.bot_username = bot_username
        self.callback_ttl = callback_ttl
        self.faults = faults.Faults()
        self.people: dict[int, Person] = {}
        self.groups: dict[int, Group] = {}
        self.chats: dict[int, Chat] = {}
        self.files: dict[str, File] = {}
        self.queries: dict[str, Query] = {}
        self.updates: deque[Json] = deque()
        self.allowed_updates: list[str] = []
        self.commands: dict[str, list[Json]] = {}
        self.profile: dict[str, str] = {"name": "LDN Companion"}
        self.calls: deque[Call] = deque(maxlen=2000)
        self._limit = faults.FloodLimit(messages_per_second) if messages_per_second else None
        self._listeners: list[Callable[[Change], None]] = []
        self._last_update = self._last_query = 0

    @property
    def bot(self) -> Json:
        """The bot as a User object."""
        bot_id = int(self.token.partition(":")[0])
        return {
            "id": bot_id,
            "is_bot": True,
            "first_name": self.profile["name"],
            "username": self.bot_username,
        }

    @property
    def unanswered(self) -> list[Query]:
        """Taps that the bot has not answered, oldest first."""
        return [query for query in self.queries.values() if not query.answered]

    def person(
        self, id: int, first_name: str, language_code: str = "en", *, username: str | None = None
    ) -> Person:
        """A person with an empty chat with the bot, or the one already known by this id."""
        if id not in self.people:
            chat = self.chats.setdefault(id, Chat(id, "private", first_name))
            self.people[id] = Person(self, chat, first_name, language_code, username)
        return self.people[id]

    def group(self, id: int, title: str, people: list[Person]) -> Group:
        """A group (negative id) with these people, which the bot is in and reads all of."""
        if id >= 0:
            raise ValueError("the id of a group is negative")
        chat = self.chats.setdefault(id, Chat(id, "supergroup", title, started=True))
        return self.groups.setdefault(id, Group(self, chat, people))

    def call(self, method: str, params: Mapping[str, Any], files: Mapping[str, Upload] | None = None) -> Any:
        """Answer one call of the bot.

        Args:
            params: Python values or, as over HTTP, their text.
            files: Uploaded parts by name, which are parameters or what "attach://<name>" refers to.

        Returns:
            What Telegram puts into `result`.

        Raises:
            ApiError: Telegram refuses.
            ConnectionLost: A planned fault cuts the line.
        """
        name = schema.method_name(method)
        try:
            result = self._answer(name, params, files or {})
        except (ApiError, ConnectionLost) as error:
            self.calls.append(Call(name, dict(params), self.now(), str(error)))
            raise
        # Polling all day would push everything else out of the record.
        if name != "getUpdates":
            self.calls.append(Call(name, dict(params), self.now()))
        return result

    def on_change(self, callback: Callable[[Change], None]) -> Callable[[], None]:
        """Call back with every Change, at once; returns the function that ends this."""
        self._listeners.append(callback)
        return lambda: self._listeners.remove(callback)

    def changed(
        self, kind: ChangeKind, chat: Chat, message: Message | None = None, answer: Answer | None = None
    ) -> None:
        self._tell(Change(kind, chat.id, message, answer))

    def push(self, kind: str, payload: Json) -> None:
        """Queue an update for the bot, unless it asked for other kinds only."""
        if self.allowed_updates and kind not in self.allowed_updates:
            return
        self._last_update += 1
        self.updates.append({"update_id": self._last_update, kind: payload})
        self._tell(Change("update"))

    def post(self, chat: Chat, sender_id: int | None, **fields: Any) -> Message:
        """Put a message into a chat; `sender_id` None is the bot. No update is queued."""
        chat.last_id += 1
        message = Message(
            message_id=chat.last_id,
            chat_id=chat.id,
            from_bot=sender_id is None,
            sender_id=self.bot["id"] if sender_id is None else sender_id,
            date=self.now(),
            **fields,
        )
        chat.messages[message.message_id] = message
        self.changed("message", chat, message)
        return message

    def tapped(self, person: Person, message: Message, data: str) -> Query:
        """Queue the callback query of a tap; the message is sent along as it looks now."""
        self._last_query += 1
        query = Query(str(4_000_000_000 + self._last_query), person.id, data, self.now())
        self.queries[query.id] = query
        current = self.chats[message.chat_id].messages.get(message.message_id)
        shown: Json = {
            "message_id": message.message_id,
            "chat": self.chats[message.chat_id].as_json(),
            "date": 0,
        }
        self.push(
            "callback_query",
            {
                "id": query.id,
                "from": person.as_json(),
                "message": self.as_json(current) if current else shown,
                "chat_instance": str(message.chat_id),
                "data": data,
            },
        )
        return query

    def as_json(self, message: Message, *, with_reply: bool = True) -> Json:
        """A message in the Bot API's own form."""
        chat = self.chats[message.chat_id]
        sender = self.bot if message.from_bot else self.people[message.sender_id].as_json()
        answered = chat.messages.get(message.reply_to or 0) if with_reply else None
        return message_json(
            message, chat, sender, self.as_json(answered, with_reply=False) if answered else None
        )

    def store(self, upload: Upload, mime: str | None = None) -> File:
        """Keep a file; it has an id from now on."""
        number = len(self.files) + 1
        looks = pictures.look_at(upload.data)
        folder = "photos" if looks else "documents"
        file = File(
            id=f"FILE{number:06}",
            name=upload.name,
            data=upload.data,
            mime=mime or pictures.mime_of(upload.name, looks),
            path=f"{folder}/file_{number}{pictures.suffix_of(upload.name, looks)}",
            width=looks.width if looks else 0,
            height=looks.height if looks else 0,
        )
        self.files[file.id] = file
        return file

    def writable(self, chat_id: int) -> Chat:
        """The chat, if the bot may write into it; raises ApiError 400 or 403 if not."""
        chat = self.chats.get(chat_id)
        if chat is None:
            raise bad_request("chat not found")
        if chat.deactivated:
            raise forbidden("user is deactivated")
        if chat.blocked:
            group = chat.type != "private"
            raise forbidden(
                "bot was kicked from the supergroup chat" if group else "bot was blocked by the user"
            )
        if not chat.started:
            raise forbidden("bot can't initiate conversation with a user")
        return chat

    def _answer(self, name: str, given: Mapping[str, Any], files: Mapping[str, Upload]) -> Any:
        params = schema.read_params(name, given, files)
        chat_id = params.get("chat_id")
        fault = self.faults.take(name, chat_id)
        match fault.kind if fault else None:
            case "flood":
                raise too_many_requests(fault.retry_after if fault else 0)
            case "server_error":
                code = fault.code if fault else 500
                raise ApiError(code, "Bad Gateway" if code == 502 else "Internal Server Error")
            case "reset":
                raise ConnectionLost(executed=False)
            case "block" if chat_id in self.people:
                self.people[chat_id].block()
        if self._limit and name.startswith("send") and name != "sendChatAction":
            self._limit.count(self.now())
        result = methods.HANDLERS[name](self, params, files)
        if fault and fault.kind == "lost_response":
            raise ConnectionLost(executed=True)
        return result

    def _tell(self, change: Change) -> None:
        for listener in list(self._listeners):
            listener(change)
