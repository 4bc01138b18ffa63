"""A Bot API server as cheap as it can be: `python -m bot.bench.server`, a process of its own on loopback.

It answers every call with the same kind of result after `--delay` seconds, refuses with 429 what exceeds
`--limit` in any sliding second, and with `--taps` plays people who tap the first button of what they got.
Prints its port; `GET /stats` tells what it has seen, on the monotonic clock, which all processes share.
"""

import argparse
import asyncio
import json
import random
import sys
from collections import Counter, deque
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs, urlsplit

_ME = {"id": 1, "is_bot": True, "first_name": "Bench", "username": "bench_bot"}
_REFUSED = b'{"ok":false'
_FLOOD = (
    b'{"ok":false,"error_code":429,"description":"Too Many Requests: retry after 1",'
    b'"parameters":{"retry_after":1}}'
)
_SECOND = 1.0
_POLL_S = 20.0


class Phones:
    """The people: what they got, what they tapped, how long the answer took."""

    def __init__(self, taps: float, seed: int) -> None:
        self.taps = taps
        self.chance = random.Random(seed)
        self.prompts: Counter[int] = Counter()
        self.untapped: list[tuple[int, int, str]] = []
        self.waiting: dict[int, float] = {}
        self.updates: deque[dict[str, Any]] = deque()
        self.wake: list[Callable[[], None]] = []
        self.replies_ms: list[float] = []
        self.begun = False
        self.tapped = 0

    def got(self, message_id: int, values: dict[str, str], now: float) -> bool:
        """A message arrives; whether it is the answer to a tap."""
        chat = int(values.get("chat_id", 0))
        since = self.waiting.pop(chat, None)
        if since is not None:
            self.replies_ms.append((now - since) * 1000)
            return True
        keyboard = json.loads(values.get("reply_markup") or "{}").get("inline_keyboard")
        data = keyboard[0][0].get("callback_data", "") if keyboard else ""
        if data.startswith("d"):  # a dose: one tap, one answer
            self.prompts[chat] += 1
            self.untapped.append((chat, message_id, data))
        return False

    def tap(self, now: float) -> None:
        """Somebody taps."""
        if not self.untapped:
            return
        place = self.chance.randrange(len(self.untapped))
        self.untapped[place], self.untapped[-1] = self.untapped[-1], self.untapped[place]
        chat, message_id, data = self.untapped.pop()
        user = {"id": chat, "is_bot": False, "first_name": "Invented", "language_code": "en"}
        where = {"id": chat, "type": "private", "first_name": "Invented"}
        message = {"message_id": message_id, "date": 1, "chat": where, "from": _ME, "text": "..."}
        self.tapped += 1
        query = {
            "id": str(self.tapped),
            "from": user,
            "message": message,
            "chat_instance": "1",
            "data": data,
        }
        self.updates.append({"update_id": self.tapped, "callback_query": query})
        self.waiting[chat] = now
        for wake in self.wake:
            wake()
        self.wake.clear()


class House:
    """What all connections share."""

    def __init__(self, delay: float, limit: int, phones: Phones | None) -> None:
        self.loop = asyncio.get_running_loop()
        self.delay = delay
        self.limit = limit
        self.phones = phones
        self.sent = 0
        self.floods = 0
        self.recent: deque[float] = deque()
        self.times: list[float] = []
        self.bulk: list[float] = []
        self.first_poll_at: float | None = None
        self.polls: list[float] = []

    def answer(self, method: str, head: bytes, body: bytes, reply: Callable[[bytes], None]) -> None:
        """Answer one call through `reply`."""
        if method.startswith(("send", "edit")):
            self._message(head, body, reply)
        elif method == "getUpdates":
            self._poll(head, body, reply)
        elif method == "getMe":
            reply(_result(_ME))
        elif method == "stats":
            reply(json.dumps(self.stats()).encode())
        elif method == "forget":
            self.times.clear()
            self.bulk.clear()
            self.sent = self.floods = 0
            reply(b"{}")
        else:
            reply(_result(True))

    def _message(self, head: bytes, body: bytes, reply: Callable[[bytes], None]) -> None:
        now = self.loop.time()
        if self.limit:
            while self.recent and self.recent[0] <= now - _SECOND:
                self.recent.popleft()
            if len(self.recent) >= self.limit:
                self.floods += 1
                reply(_FLOOD)
                return
            self.recent.append(now)
        self.sent += 1
        if self.phones is not None:
            self.times.append(now)
            if not self.phones.got(self.sent, _values(head, body), now):
                self.bulk.append(now)
            if not self.phones.begun and self.phones.taps:
                self.phones.begun = True
                self.loop.call_later(1 / self.phones.taps, self._tap)
        said = b'{"ok":true,"result":{"message_id":%d,"date":1,"chat":{"id":1,"type":"private"}}}' % self.sent
        if self.delay:
            self.loop.call_later(self.delay, reply, said)
        else:
            reply(said)

    def _tap(self) -> None:
        assert self.phones is not None
        self.phones.tap(self.loop.time())
        self.loop.call_later(1 / self.phones.taps, self._tap)

    def _poll(self, head: bytes, body: bytes, reply: Callable[[bytes], None]) -> None:
        now = self.loop.time()
        self.first_poll_at = self.first_poll_at or now
        self.polls.append(now)
        values = _values(head, body)
        updates = self.phones.updates if self.phones else deque[dict[str, Any]]()
        while updates and updates[0]["update_id"] < int(values.get("offset", 0)):
            updates.popleft()
        wait = min(float(values.get("timeout", 0)), _POLL_S)
        if updates or not wait:
            reply(_result(list(updates)[:100]))
            return
        waiting = [reply]

        def go() -> None:
            if waiting:
                waiting.pop()(_result(list(updates)[:100]))

        self.loop.call_later(wait, go)
        if self.phones:
            self.phones.wake.append(go)

    def stats(self) -> dict[str, Any]:
        phones = self.phones
        return {
            "sent": self.sent,
            "floods": self.floods,
            "times": self.times,
            "bulk": self.bulk,
            "first_poll_at": self.first_poll_at,
            "polls": self.polls,
            "replies_ms": phones.replies_ms if phones else [],
            "unanswered": len(phones.waiting) if phones else 0,
            "prompts": dict(phones.prompts) if phones else {},
        }


class Line(asyncio.Protocol):
    """One connection: HTTP/1.1, kept alive."""

    def __init__(self, house: House) -> None:
        self.house = house
        self.buffer = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport

    def data_received(self, data: bytes) -> None:
        self.buffer += data
        while (end := self.buffer.find(b"\r\n\r\n")) >= 0:
            head = self.buffer[:end].lower()
            length = 0
            if (at := head.find(b"content-length:")) >= 0:
                stop = head.find(b"\r", at)
                length = int(head[at + 15 : stop if stop > 0 else None])
            if len(self.buffer) < end + 4 + length:
                return
            path = self.buffer[: self.buffer.index(b" HTTP/")]
            body = self.buffer[end + 4 : end + 4 + length]
            self.buffer = self.buffer[end + 4 + length :]
            method = path[path.rindex(b"/") + 1 :].partition(b"?")[0].decode()
            self.house.answer(method, path + b"\r\n" + head, body, self.reply)

    def reply(self, body: bytes) -> None:
        """Write an answer, if the other side is still there."""
        if not self.transport.is_closing():
            status = b"200 OK" if not body.startswith(_REFUSED) else b"429 Too Many Requests"
            head = b"HTTP/1.1 %s\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n"
            self.transport.write(head % (status, len(body)) + body)


def _result(value: object) -> bytes:
    return json.dumps({"ok": True, "result": value}).encode()


def _values(head: bytes, body: bytes) -> dict[str, str]:
    """The parameters of a call, as strings, from a form, a JSON object or the address."""
    if b"application/json" in head:
        found = json.loads(body or b"{}")
        return {name: one if isinstance(one, str) else json.dumps(one) for name, one in found.items()}
    query = body.decode() or urlsplit(head.split(b"\r\n")[0].split(b" ")[-1].decode()).query
    return {name: values[-1] for name, values in parse_qs(query).items()}


async def _serve(args: argparse.Namespace) -> None:
    loop = asyncio.get_running_loop()
    phones = Phones(args.taps, args.seed) if args.people else None
    house = House(args.delay, args.limit, phones)
    server = await loop.create_server(lambda: Line(house), "127.0.0.1", 0, backlog=512)
    sys.stdout.write(f"{server.sockets[0].getsockname()[1]}\n")
    sys.stdout.flush()
    async with server:
        # Ends with the process that started it: its end of the pipe is closed then.
        await loop.run_in_executor(None, sys.stdin.read)


def main() -> None:
    """Serve until standard input ends."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--delay", type=float, default=0)
    parser.add_argument("--limit", type=int, default=0)
    parser.add_argument("--taps", type=float, default=0)
    parser.add_argument("--people", action="store_true")
    parser.add_argument("--seed", type=int, default=1)
    asyncio.run(_serve(parser.parse_args()))


if __name__ == "__main__":
    main()
