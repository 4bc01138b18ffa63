"""The transport against servers on loopback: answers, errors, timeouts, connections, files."""

import asyncio
import contextlib
import json
import logging
import socket
import time
import traceback
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import UTC, datetime, timedelta
from io import BytesIO

import pytest
from aiohttp import web
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
)
from telegram.request import RequestData

from bot.http import AiohttpRequest, AnswerLate, AnswerLost, NoAnswer, NotSent
from bot.transport import Verdict, judge
from sandbox import Telegram
from sandbox.http import bot_api
from sandbox.serving import serve

TOKEN = "123456789:AAAA-this-is-never-in-a-text"
ODD = "ä 🌙 & = ; % %41 + ? # / \\ ' \" \x00 \t\r\n" + "".join(map(chr, range(32, 127)))
FINE = {"ok": True, "result": True}
Answer = Callable[[web.Request], Awaitable[web.StreamResponse]]


class Server:
    """Answers every request with `answer`; counts requests, those at work and their connections."""

    def __init__(self) -> None:
        self.url = ""
        self.answer: Answer = self.fine
        self.forms: list[dict[str, object]] = []
        self.peers: set[object] = set()
        self.at_work = self.most_at_work = 0

    async def fine(self, _request: web.Request) -> web.Response:
        return web.json_response(FINE)

    async def handle(self, request: web.Request) -> web.StreamResponse:
        assert request.transport is not None
        self.peers.add(request.transport.get_extra_info("peername"))
        self.at_work += 1
        self.most_at_work = max(self.most_at_work, self.at_work)
        try:
            self.forms.append(dict(await request.post()))
            return await self.answer(request)
        finally:
            self.at_work -= 1

    def says(self, status: int, body: object, **headers: str) -> None:
        async def answer(_request: web.Request) -> web.Response:
            content = body if isinstance(body, bytes) else json.dumps(body).encode()
            return web.Response(status=status, body=content, headers=headers)

        self.answer = answer


@pytest.fixture
async def server() -> AsyncIterator[Server]:
    made = Server()
    app = web.Application(client_max_size=20 * 1024 * 1024)
    app.router.add_route("*", "/{path:.*}", made.handle)
    running = await serve(app, 0)
    made.url = f"{running.url}/bot{TOKEN}/sendMessage"
    yield made
    await running.stop()


@contextlib.asynccontextmanager
async def raw(
    serve_one: Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]], scheme="http"
):
    """The URL of a server that does with each connection what it is told."""

    async def one(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(ConnectionError, asyncio.CancelledError):
            await serve_one(reader, writer)
        writer.transport.abort()

    running = await asyncio.start_server(one, "127.0.0.1", 0)
    port = running.sockets[0].getsockname()[1]
    try:
        yield f"{scheme}://127.0.0.1:{port}/bot{TOKEN}/sendMessage"
    finally:
        running.close()


async def hang(reader: asyncio.StreamReader, _writer: asyncio.StreamWriter) -> None:
    """Read the request, never answer."""
    while await reader.read(65536):
        pass


@contextlib.asynccontextmanager
async def failing(kind: type[TelegramError], verdict: Verdict):
    """Expect an error, what is made of it, and no token in any text that could be logged of it."""
    with pytest.raises(kind) as caught:
        yield
    error = caught.value
    assert type(error) is kind
    assert judge(error).verdict is verdict
    assert TOKEN not in "".join(traceback.format_exception(error))
    assert TOKEN not in judge(error).reason


class Given(RequestData):
    """Parameters and files as PTB's methods hand them over, without its objects."""

    __slots__ = ("fields", "files")

    def __init__(
        self, fields: dict[str, str], files: dict[str, tuple[str, object, str]] | None = None
    ) -> None:
        super().__init__([])
        self.fields = fields
        self.files = files or {}
        self.contains_files = bool(files)

    @property
    def json_parameters(self) -> dict[str, str]:
        return self.fields

    @property
    def multipart_data(self) -> dict[str, tuple[str, object, str]]:
        return self.files


def data(**fields: str) -> RequestData:
    return Given(fields)


def a_file(content: bytes | BytesIO) -> RequestData:
    fields = {"chat_id": "7", "caption": "ä\r\n🌙"}
    return Given(fields, {"document": ('Bericht "ä".pdf', content, "application/pdf")})


async def test_parameters_travel_as_a_form_in_every_script(server):
    async with AiohttpRequest() as request:
        assert await request.post(server.url, data(text=ODD, chat_id="7")) is True
        assert await request.post(server.url) is True
    assert server.forms == [{"text": ODD, "chat_id": "7"}, {}]


async def test_an_answer_that_is_not_utf8_is_read_all_the_same(server):
    server.says(200, b'{"ok": true, "result": "\xff caf\xc3\xa9 \\ud83c\\udf19"}')
    async with AiohttpRequest() as request:
        assert await request.post(server.url) == "\ufffd café 🌙"


@pytest.mark.parametrize(
    ("status", "body", "kind", "verdict"),
    [
        (400, {"ok": False, "description": "Bad Request: chat not found"}, BadRequest, Verdict.PERMANENT),
        (400, {"ok": False, "description": "Bad Request: message is too long"}, BadRequest, Verdict.REFUSED),
        (400, {"ok": False, "description": "Bad Request: message is not modified"}, BadRequest, Verdict.DONE),
        (400, {"description": "x", "parameters": {"migrate_to_chat_id": -1}}, ChatMigrated, Verdict.REFUSED),
        (401, {"ok": False, "description": "Unauthorized"}, InvalidToken, Verdict.PASSING),
        (404, {"ok": False, "description": "Not Found"}, InvalidToken, Verdict.PASSING),
        (403, {"description": "Forbidden: bot was blocked by the user"}, Forbidden, Verdict.PERMANENT),
        (409, {"ok": False, "description": "Conflict: terminated"}, Conflict, Verdict.REFUSED),
        (429, {"description": "x", "parameters": {"retry_after": 7}}, RetryAfter, Verdict.PASSING),
        (429, b"<html>Too many</html>", NetworkError, Verdict.PASSING),
        (500, {"ok": False, "description": "Internal Server Error"}, NetworkError, Verdict.PASSING),
        (500, b"", NetworkError, Verdict.PASSING),
        (502, b"<html>502 Bad Gateway</html>", NetworkError, Verdict.PASSING),
        (503, b"<html>", NetworkError, Verdict.PASSING),
        (504, b"<html>", NetworkError, Verdict.IN_DOUBT),
        (520, b"<html>", NetworkError, Verdict.IN_DOUBT),
        (302, b"", NetworkError, Verdict.IN_DOUBT),
        (200, b"<html>a captive portal</html>", NoAnswer, Verdict.IN_DOUBT),
        (200, b'{"ok": true, "result": {"message', NoAnswer, Verdict.IN_DOUBT),
        (200, {}, NoAnswer, Verdict.IN_DOUBT),
        (200, [1], NoAnswer, Verdict.IN_DOUBT),
    ],
)
async def test_every_answer_has_its_error_and_its_meaning(server, status, body, kind, verdict):
    server.says(status, body, Location="/elsewhere")
    async with AiohttpRequest() as request, failing(kind, verdict):
        await request.post(server.url, data(text="x"))
    assert len(server.forms) == 1  # neither repeated nor redirected


async def test_retry_after_is_carried_over(server, monkeypatch):
    monkeypatch.setenv("PTB_TIMEDELTA", "1")
    server.says(429, {"ok": False, "description": "Too Many Requests", "parameters": {"retry_after": 7}})
    async with AiohttpRequest() as request:
        with pytest.raises(RetryAfter) as caught:
            await request.post(server.url)
    assert judge(caught.value).retry_after == timedelta(seconds=7)


async def test_an_unreadable_answer_is_not_written_to_the_log(server, caplog):
    server.says(200, b'{"result": {"text": "somebody said this"')
    caplog.set_level(logging.DEBUG)
    async with AiohttpRequest() as request:
        with pytest.raises(NoAnswer):
            await request.post(server.url)
    assert "somebody" not in caplog.text
    assert TOKEN not in caplog.text


async def test_nobody_listens():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{free.getsockname()[1]}/bot{TOKEN}/x"
        async with AiohttpRequest() as request:
            async with failing(NotSent, Verdict.PASSING):
                await request.post(url)
            async with failing(NotSent, Verdict.PASSING):
                await request.retrieve(url)


async def test_the_name_is_not_known(monkeypatch):
    def unknown(*_args: object, **_more: object) -> None:
        raise socket.gaierror(-2, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    async with AiohttpRequest() as request, failing(NotSent, Verdict.PASSING):
        await request.post(f"http://telegram.invalid/bot{TOKEN}/x")


@pytest.mark.parametrize("url", ["http://", "nonsense", f"ftp://127.0.0.1/bot{TOKEN}/x"])
async def test_an_address_that_is_none(url):
    async with AiohttpRequest() as request, failing(NotSent, Verdict.PASSING):
        await request.post(url)


async def test_connecting_takes_too_long():
    # The line is taken, and the TLS handshake never answered.
    async with (
        raw(hang, "https") as url,
        AiohttpRequest(connect_timeout=0.03) as request,
        failing(NotSent, Verdict.PASSING),
    ):
        await request.post(url, data(text="x"))


async def test_the_certificate_is_nobodys(server):
    async with AiohttpRequest() as request, failing(NotSent, Verdict.PASSING):
        await request.post(server.url.replace("http:", "https:"))


async def test_every_place_is_taken(server):
    release = asyncio.Event()

    async def slow(_request: web.Request) -> web.Response:
        await release.wait()
        return web.json_response(FINE)

    server.answer = slow
    async with AiohttpRequest(1, pool_timeout=0.03) as request, asyncio.TaskGroup() as group:
        first = group.create_task(request.post(server.url, data(text="first")))
        await asyncio.sleep(0.01)
        async with failing(NotSent, Verdict.PASSING):
            await request.post(server.url, data(text="second"))
        waiting = group.create_task(request.post(server.url, data(text="third"), pool_timeout=None))
        await asyncio.sleep(0.01)
        release.set()
        assert (await first, await waiting) == (True, True)
    assert [form["text"] for form in server.forms] == ["first", "third"]


async def test_the_answer_takes_too_long():
    async with raw(hang) as url, AiohttpRequest(read_timeout=0.03) as request:
        async with failing(AnswerLate, Verdict.IN_DOUBT):
            await request.post(url, data(text="x"))
        before = time.monotonic()
        with pytest.raises(AnswerLate):
            await request.post(url, data(text="x"), read_timeout=0.1)
        assert 0.09 < time.monotonic() - before < 1
        assert request.read_timeout == 0.03


async def test_a_call_may_wait_for_ever(server):
    async def slow(_request: web.Request) -> web.Response:
        await asyncio.sleep(0.05)
        return web.json_response(FINE)

    server.answer = slow
    async with AiohttpRequest(read_timeout=0.01) as request:
        assert await request.post(server.url, read_timeout=None) is True


async def test_the_answer_stops_half_way():
    async def half(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b'HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{"ok"')
        await writer.drain()

    async with raw(half) as url, AiohttpRequest() as request, failing(AnswerLost, Verdict.IN_DOUBT):
        await request.post(url, data(text="x"))


async def test_the_line_drops_after_the_request():
    async def drop(reader: asyncio.StreamReader, _writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")

    async with raw(drop) as url, AiohttpRequest() as request, failing(AnswerLost, Verdict.IN_DOUBT):
        await request.post(url, data(text="x"))


async def test_something_else_than_http_answers():
    async def smtp(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"220 mail.example ESMTP\r\n")
        await hang(reader, writer)

    async with raw(smtp) as url, AiohttpRequest() as request, failing(AnswerLost, Verdict.IN_DOUBT):
        await request.post(url, data(text="x"))


async def test_the_upload_does_not_move():
    async def deaf(_reader: asyncio.StreamReader, _writer: asyncio.StreamWriter) -> None:
        await asyncio.sleep(0.5)

    async with (
        raw(deaf) as url,
        AiohttpRequest(media_write_timeout=0.05, write_timeout=9) as request,
        failing(AnswerLate, Verdict.IN_DOUBT),
    ):
        await request.post(url, a_file(bytes(16 * 1024 * 1024)))


@pytest.mark.parametrize("as_handle", [False, True])
async def test_files_travel_whole(server, as_handle):
    content = bytes(range(256)) * 8192
    seen: list[bytes] = []

    async def look(request: web.Request) -> web.Response:
        document = (await request.post())["document"]
        assert isinstance(document, web.FileField)
        seen.append(document.file.read())
        return web.json_response(FINE)

    server.answer = look
    async with AiohttpRequest() as request:
        await request.post(server.url, a_file(BytesIO(content) if as_handle else content))
    assert seen == [content]
    (form,) = server.forms
    document = form["document"]
    assert isinstance(document, web.FileField)
    assert (document.content_type, document.filename) == ("application/pdf", "Bericht %22ä%22.pdf")
    assert (form["chat_id"], form["caption"]) == ("7", "ä\r\n🌙")


async def test_connections_are_used_again_and_only_as_many_as_allowed(server):
    async def slow(_request: web.Request) -> web.Response:
        await asyncio.sleep(0.002)
        return web.json_response(FINE)

    server.answer = slow
    async with AiohttpRequest(8, pool_timeout=None) as request:
        for _ in range(5):
            await request.post(server.url)
        assert len(server.peers) == 1
        async with asyncio.TaskGroup() as group:
            for number in range(200):
                group.create_task(request.post(server.url, data(number=str(number))))
    assert server.most_at_work == len(server.peers) == 8
    assert len(server.forms) == 205


async def test_an_error_does_not_cost_the_connection_and_a_cancelled_call_not_the_place(server):
    server.says(400, {"ok": False, "description": "Bad Request"})
    async with AiohttpRequest(1) as request:
        for _ in range(3):
            with pytest.raises(BadRequest):
                await request.post(server.url)
        assert len(server.peers) == 1
        server.answer = lambda _request: asyncio.sleep(0.5)  # type: ignore[assignment]
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.02):
                await request.post(server.url)
        server.answer = server.fine
        assert await request.post(server.url) is True


async def test_opening_and_closing_may_be_repeated(server):
    request = AiohttpRequest()
    async with failing(NotSent, Verdict.PASSING):
        await request.post(server.url)
    await request.shutdown()
    for _ in range(2):
        await request.initialize()
        await request.initialize()
        assert await request.post(server.url) is True
        await request.shutdown()
        await request.shutdown()
    async with failing(NotSent, Verdict.PASSING):
        await request.post(server.url)


async def test_a_proxy_of_the_environment_is_used_and_its_exceptions_too(server, monkeypatch):
    monkeypatch.setenv("http_proxy", server.url.partition("/bot")[0])
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    async with AiohttpRequest() as request:
        assert await request.post(f"http://telegram.invalid/bot{TOKEN}/x") is True
        assert await request.post(server.url) is True
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:1")
    async with AiohttpRequest() as request, failing(NotSent, Verdict.PASSING):
        await request.post(f"http://telegram.invalid/bot{TOKEN}/x")


async def test_the_library_speaks_to_the_sandbox_through_it():
    telegram = Telegram(lambda: datetime(2026, 3, 2, 18, 0, tzinfo=UTC))
    ana = telegram.person(1001, "Ana", "es")
    ana.start()
    running = await serve(bot_api(telegram), 0)
    try:
        bot = Bot(
            telegram.token,
            f"{running.url}/bot",
            f"{running.url}/file/bot",
            request=AiohttpRequest(),
            get_updates_request=AiohttpRequest(2),
        )
        async with bot:
            (update,) = await bot.get_updates(timeout=1)
            assert update.effective_message.text == "/start"
            markup = InlineKeyboardMarkup([[InlineKeyboardButton("Taken ä", callback_data="d1|taken|42")]])
            sent = await bot.send_message(1001, "<i>Hello</i> ä🌙", parse_mode="HTML", reply_markup=markup)
            assert (ana.last.text, ana.last.labels) == ("Hello ä🌙", ["Taken ä"])
            await sent.edit_text("Changed ä🌙")
            assert ana.last.text == "Changed ä🌙"
            document = (await bot.send_document(1001, b"%PDF \xff", filename="Bericht ä.pdf")).document
            assert document.file_name == "Bericht ä.pdf"
            assert bytes(await (await document.get_file()).download_as_bytearray()) == b"%PDF \xff"
            for fault, kind, verdict in (
                ("flood", RetryAfter, Verdict.PASSING),
                ("server_error", NetworkError, Verdict.PASSING),
                ("reset", AnswerLost, Verdict.IN_DOUBT),
                ("lost_response", AnswerLost, Verdict.IN_DOUBT),
                ("block", Forbidden, Verdict.PERMANENT),
            ):
                telegram.faults.add(fault, "sendMessage")
                async with failing(kind, verdict):
                    await bot.send_message(1001, fault)
            assert ana.last.text == "lost_response"
    finally:
        await running.stop()
