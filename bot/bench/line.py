"""The line to Telegram: the local server as a process, and no line at all."""

import asyncio
import contextlib
import json
import sys
import time
import urllib.request
from collections import deque
from collections.abc import AsyncIterator, Callable
from typing import Any

from telegram.request import BaseRequest, RequestData

TOKEN = "123456789:AAAA-a-token-for-the-bench"
_ME = {"id": 1, "is_bot": True, "first_name": "Bench", "username": "bench_bot"}


class Server:
    """`bot.bench.server` while it runs."""

    def __init__(self, port: int) -> None:
        self.url = f"http://127.0.0.1:{port}"

    async def stats(self) -> dict[str, Any]:
        """What it has seen so far."""
        return await self._ask("stats")

    async def forget(self) -> None:
        """Let it count anew."""
        await self._ask("forget")

    async def _ask(self, what: str) -> dict[str, Any]:
        def get() -> Any:
            opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
            with opener.open(f"{self.url}/{what}", timeout=10) as answer:
                return json.load(answer)

        found: dict[str, Any] = await asyncio.to_thread(get)
        return found


@contextlib.asynccontextmanager
async def server(
    *, delay: float = 0, limit: int = 0, taps: float = 0, people: bool = False, seed: int = 1
) -> AsyncIterator[Server]:
    """Start the local Bot API server; it ends with this block, or with this process."""
    words = ["--delay", str(delay), "--limit", str(limit), "--taps", str(taps), "--seed", str(seed)]
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot.bench.server", *words, *(["--people"] if people else [])),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
    )
    assert process.stdin is not None
    assert process.stdout is not None
    try:
        yield Server(int(await asyncio.wait_for(process.stdout.readline(), 30)))
    finally:
        process.stdin.close()
        try:
            await asyncio.wait_for(process.wait(), 5)
        except TimeoutError:
            process.kill()
            await process.wait()


class NoLine(BaseRequest):
    """A transport without a line: every call is answered in place.

    `updates` are what getUpdates gives, as JSON objects; `on_send` is told the chat of each message sent, and
    `keyboards` remembers its buttons where `keep` asks for it.
    """

    def __init__(self, *, keep: bool = False, on_send: Callable[[float], None] | None = None) -> None:
        self.updates: deque[dict[str, Any]] = deque()
        self.keyboards: dict[int, tuple[int, str]] = {}
        self.sent = 0
        self._keep = keep
        self._on_send = on_send

    @property
    def read_timeout(self) -> float | None:
        return 5.0

    async def initialize(self) -> None:
        """Nothing to open."""

    async def shutdown(self) -> None:
        """Nothing to close."""

    async def do_request(
        self, url: str, method: str, request_data: RequestData | None = None, *timeouts: Any, **more: Any
    ) -> tuple[int, bytes]:
        """See `BaseRequest.do_request`."""
        name = url[url.rindex("/") + 1 :]
        if name.startswith(("send", "edit")):
            self.sent += 1
            if self._on_send is not None:
                self._on_send(time.perf_counter())
            if self._keep and request_data is not None:
                values = request_data.json_parameters
                self.keyboards[int(values["chat_id"])] = (self.sent, values.get("reply_markup", "{}"))
            said = b'{"ok":true,"result":{"message_id":%d,"date":1,"chat":{"id":1,"type":"private"}}}'
            return 200, said % self.sent
        if name == "getUpdates":
            batch = [self.updates.popleft() for _ in range(min(100, len(self.updates)))]
            return 200, json.dumps({"ok": True, "result": batch}).encode()
        return 200, json.dumps({"ok": True, "result": _ME if name == "getMe" else True}).encode()

    def tap(self, chat: int, number: int) -> dict[str, Any]:
        """An update: this chat's person taps the first button of the newest message."""
        message_id, keyboard = self.keyboards[chat]
        user = {"id": chat, "is_bot": False, "first_name": "Invented", "language_code": "en"}
        where = {"id": chat, "type": "private", "first_name": "Invented"}
        message = {"message_id": message_id, "date": 1, "chat": where, "from": _ME, "text": "..."}
        data = json.loads(keyboard)["inline_keyboard"][0][0]["callback_data"]
        query = {"id": str(number), "from": user, "message": message, "chat_instance": "1", "data": data}
        return {"update_id": number, "callback_query": query}
