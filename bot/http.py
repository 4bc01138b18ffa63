"""PTB's transport over aiohttp, and what an error says about whether the request went out.

PTB's own (httpx) falls to about 80 sends a second with 64 in flight, because its pool looks at every
connection for every request. This one keeps up, and it knows whether anything was handed to the line.
"""

import asyncio
import functools
import json
import secrets
import ssl
from collections.abc import Callable, Mapping
from contextvars import ContextVar
from typing import Any, Final
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

import aiohttp
import certifi
from aiohttp.abc import AbstractStreamWriter
from telegram.error import NetworkError, TelegramError, TimedOut
from telegram.request import BaseRequest, RequestData
from yarl import URL

_CHUNK_BYTES = 32 * 1024  # less than aiohttp buffers: one chunk alone never waits
# Servers drop idle connections; a message written into a dropped one is in doubt, so we drop them first.
_KEEP_ALIVE_SECONDS = 15
# Called as the first byte of the body goes to the line, for whoever makes the request.
on_writing: ContextVar[Callable[[], None] | None] = ContextVar("on_writing", default=None)
_UNSET: Final = BaseRequest.DEFAULT_NONE
# Where a request has no body, these are the errors from before it was written.
_BEFORE_WRITING = (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError, aiohttp.InvalidURL)


class NotSent(NetworkError):
    """Nothing of the request left: no place, no address, no connection. `why` is the error's class."""

    def __init__(self, why: str) -> None:
        super().__init__(f"not sent: {why}")
        self.why = why


class AnswerLost(NetworkError):
    """The request was written, and the line broke before the whole answer was here. `why` as above."""

    def __init__(self, why: str) -> None:
        super().__init__(f"answer lost: {why}")
        self.why = why


class AnswerLate(TimedOut):
    """The request was written, or half of it, and nothing moved for as long as was agreed."""

    def __init__(self, why: str) -> None:
        super().__init__(f"timed out: {why}")
        self.why = why


class NoAnswer(TelegramError):
    """Something answered, but not as the Bot API does."""


class AiohttpRequest(BaseRequest):
    """A `BaseRequest` over one aiohttp session.

    Args:
        limit: Connections at most, and so requests at a time; further ones wait, first come first served.
        read_timeout: Seconds without a byte of the answer; None: for ever. So the other four too.
        write_timeout: Seconds without a part of the request being taken.
        connect_timeout: Seconds for address, connection and TLS together.
        pool_timeout: Seconds to wait for one of the `limit` places.
        media_write_timeout: `write_timeout` of requests with files.

    `do_request` raises `NotSent`, `AnswerLost` or `AnswerLate`; their texts hold no address, so no token.
    """

    def __init__(
        self,
        limit: int = 128,
        *,
        read_timeout: float | None = 5.0,
        write_timeout: float | None = 5.0,
        connect_timeout: float | None = 5.0,
        pool_timeout: float | None = 1.0,
        media_write_timeout: float | None = 20.0,
    ) -> None:
        self._read_timeout = read_timeout
        self._write_timeout = write_timeout
        self._connect_timeout = connect_timeout
        self._pool_timeout = pool_timeout
        self._media_write_timeout = media_write_timeout
        self._places = asyncio.Semaphore(limit)
        self._proxies: dict[tuple[str, str], str | None] = {}
        self._session: aiohttp.ClientSession | None = None

    @property
    def read_timeout(self) -> float | None:
        """Seconds, where a call names none."""
        return self._read_timeout

    async def initialize(self) -> None:
        """Open the session; nothing where it is open."""
        if self._session is not None and not self._session.closed:
            return
        self._proxies.clear()
        self._session = aiohttp.ClientSession(
            # No limit here: waiting for a place has a timeout of its own in PTB, and none in aiohttp.
            connector=aiohttp.TCPConnector(limit=0, keepalive_timeout=_KEEP_ALIVE_SECONDS, ssl=_trust()),
            cookie_jar=aiohttp.DummyCookieJar(),
            headers={"User-Agent": self.USER_AGENT},
        )

    async def shutdown(self) -> None:
        """Close every connection; nothing where they are closed."""
        if self._session is not None:
            await self._session.close()

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: object = _UNSET,
        write_timeout: object = _UNSET,
        connect_timeout: object = _UNSET,
        pool_timeout: object = _UNSET,
    ) -> tuple[int, bytes]:
        """See `BaseRequest.do_request`: the status and the body of the answer.

        Raises:
            NotSent: nothing was written; it is safe to try again.
            AnswerLost: written, and the line broke.
            AnswerLate: written, and the time ran out.
        """
        session = self._session
        if session is None or session.closed:
            raise NotSent("not initialized")
        by_default = self._write_timeout
        if request_data is not None and request_data.contains_files:
            by_default = self._media_write_timeout
        body = None if method == "GET" else _body(request_data, _chosen(write_timeout, by_default))
        timeout = _timeout(
            _chosen(connect_timeout, self._connect_timeout), _chosen(read_timeout, self._read_timeout)
        )
        await self._take_place(_chosen(pool_timeout, self._pool_timeout))
        try:
            async with session.request(
                method, url, data=body, timeout=timeout, allow_redirects=False, proxy=self._proxy_for(url)
            ) as answer:
                return answer.status, await answer.read()
        except (aiohttp.ClientError, OSError, ValueError) as error:
            failure = _failure(error, body)
        finally:
            self._places.release()
        # Raised out here so that it carries no trace of aiohttp's error, whose text names the address.
        raise failure

    async def _take_place(self, seconds: float | None) -> None:
        if self._places.locked():
            try:
                async with asyncio.timeout(seconds):
                    await self._places.acquire()
            except TimeoutError:
                raise NotSent("pool timeout") from None
        else:
            await self._places.acquire()

    def _proxy_for(self, url: str) -> str | None:
        """HTTPS_PROXY and NO_PROXY as everywhere else; aiohttp's own look-up takes a thread per request."""
        parts = urlsplit(url)
        key = (parts.scheme, parts.hostname or "")
        if key not in self._proxies:
            found = getproxies()
            proxy = found.get(parts.scheme) or found.get("all")
            self._proxies[key] = None if not proxy or proxy_bypass(key[1]) else proxy
        return self._proxies[key]

    @staticmethod
    def parse_json_payload(payload: bytes) -> Any:
        """The answer as a dict. Unlike PTB's, what cannot be read is not logged: it may quote a message.

        Raises:
            NoAnswer: it is not a JSON object with a result or a description.
        """
        try:
            answer = json.loads(payload.decode("utf-8", "replace"))
        except ValueError:
            raise NoAnswer("the answer is not JSON") from None
        if not isinstance(answer, dict) or not answer.keys() & {"result", "description"}:
            raise NoAnswer("the answer is not the Bot API's")
        return answer


class _Body(aiohttp.Payload):
    """The bytes of a request. `begun` turns true when the first of them go to the line."""

    _autoclose = True

    def __init__(self, content: bytes, content_type: str, seconds: float | None) -> None:
        super().__init__(content, content_type=content_type)
        self._size = len(content)
        self._seconds = seconds
        # Asked here: aiohttp may write in a task of its own.
        self._on_writing = on_writing.get()
        self.begun = False

    async def write(self, writer: AbstractStreamWriter) -> None:
        # Its type says nothing of a transport; without one nothing has left, and a write would say "reset".
        transport = getattr(writer, "transport", None)
        if transport is None or transport.is_closing():
            raise ConnectionResetError("closed while idle")
        self.begun = True
        if self._on_writing is not None:
            self._on_writing()
        view = memoryview(self._value)
        if len(view) <= _CHUNK_BYTES:
            await writer.write(view)
            return
        for start in range(0, len(view), _CHUNK_BYTES):
            async with asyncio.timeout(self._seconds):
                await writer.write(view[start : start + _CHUNK_BYTES])

    def decode(self, encoding: str = "utf-8", errors: str = "strict") -> str:
        return bytes(self._value).decode(encoding, errors)


def _chosen(given: object, by_default: float | None) -> float | None:
    return given if given is None or isinstance(given, int | float) else by_default


@functools.cache
def _timeout(connect: float | None, read: float | None) -> aiohttp.ClientTimeout:
    # The same few again and again: the waits of the settings, and those of long polling.
    return aiohttp.ClientTimeout(total=None, connect=connect, sock_read=read)


def _body(request_data: RequestData | None, seconds: float | None) -> _Body:
    fields = request_data.json_parameters if request_data else {}
    if request_data is None or not request_data.contains_files:
        # Several times faster than urllib's urlencode, and as many times a second as messages leave.
        form = URL.build(query=fields).raw_query_string
        return _Body(form.encode(), "application/x-www-form-urlencoded", seconds)
    boundary = secrets.token_hex(16)
    content = _multipart(fields, request_data.multipart_data, boundary)
    return _Body(content, f"multipart/form-data; boundary={boundary}", seconds)


def _multipart(fields: Mapping[str, str], files: Mapping[str, tuple[str, Any, str]], boundary: str) -> bytes:
    """The parts of a form as RFC 7578 has them; `files` is name -> (file name, bytes or file, media type)."""
    parts: list[bytes] = []
    for name, value in fields.items():
        head = f'Content-Disposition: form-data; name="{_quoted(name)}"'
        parts += (f"--{boundary}\r\n{head}\r\n\r\n".encode(), value.encode(), b"\r\n")
    for name, (file_name, content, media_type) in files.items():
        head = f'Content-Disposition: form-data; name="{_quoted(name)}"; filename="{_quoted(file_name)}"'
        parts += (
            f"--{boundary}\r\n{head}\r\nContent-Type: {_quoted(media_type)}\r\n\r\n".encode(),
            content if isinstance(content, bytes) else content.read(),
            b"\r\n",
        )
    return b"".join((*parts, f"--{boundary}--\r\n".encode()))


def _quoted(text: str) -> str:
    """As browsers do in form names: what would end the value or the line is percent-encoded."""
    return text.replace('"', "%22").replace("\r", "%0D").replace("\n", "%0A")


def _failure(error: Exception, body: _Body | None) -> NetworkError:
    why = type(error).__name__
    written = body.begun if body is not None else not isinstance(error, _BEFORE_WRITING)
    if not written:
        return NotSent(why)
    return AnswerLate(why) if isinstance(error, TimeoutError) else AnswerLost(why)


@functools.cache
def _trust() -> ssl.SSLContext:
    """The system's authorities (a clinic's proxy may need its own) and certifi's (a bare image has none)."""
    context = ssl.create_default_context()
    context.load_verify_locations(certifi.where())
    return context
