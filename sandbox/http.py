"""The Bot API over HTTP, for a bot that runs as it would against Telegram.

Usage:

    telegram = Telegram(now)
    server = await serve(bot_api(telegram), port=0)
    builder = Application.builder().token(telegram.token)
    builder.base_url(f"{server.url}/bot").base_file_url(f"{server.url}/file/bot")
"""

import asyncio
from collections.abc import AsyncIterator, Mapping
from typing import Any

from aiohttp import web

from sandbox.core import Change, Telegram
from sandbox.errors import ApiError, ConnectionLost, bad_request
from sandbox.model import Upload
from sandbox.serving import only_from_here

_LARGEST_REQUEST_BYTES = 60 * 1024 * 1024


def bot_api(telegram: Telegram) -> web.Application:
    """An application that answers /bot<token>/<method> and /file/bot<token>/<path>.

    Requests that name another host than this machine are refused; add routes of your own before serving it.
    """
    app = web.Application(middlewares=[only_from_here], client_max_size=_LARGEST_REQUEST_BYTES)
    front = _Front(telegram)
    app.router.add_route("*", "/bot{token}/{method}", front.method)
    app.router.add_get("/file/bot{token}/{path:.+}", front.download)
    app.cleanup_ctx.append(front.listening)
    app.on_shutdown.append(front.release)
    return app


class _Front:
    def __init__(self, telegram: Telegram) -> None:
        self.telegram = telegram
        self.closing = False
        self.waiting: set[asyncio.Event] = set()

    async def listening(self, app: web.Application) -> AsyncIterator[None]:
        stop = self.telegram.on_change(self.wake)
        yield
        stop()

    async def release(self, app: web.Application) -> None:
        """Let long polls end at once when the server stops."""
        self.closing = True
        for event in self.waiting:
            event.set()

    def wake(self, change: Change) -> None:
        if change.kind == "update":
            for event in self.waiting:
                event.set()

    async def method(self, request: web.Request) -> web.StreamResponse:
        method = request.match_info["method"]
        try:
            if request.match_info["token"] != self.telegram.token:
                raise ApiError(401, "Unauthorized")
            params, files = await _read(request)
            if method.lower() == "getupdates":
                result = await self.updates(params)
            else:
                result = self.telegram.call(method, params, files)
        except ApiError as error:
            return web.json_response(error.as_json(), status=error.code)
        except ConnectionLost:
            if request.transport is not None:
                request.transport.close()
            return web.Response(status=500)
        return web.json_response({"ok": True, "result": result})

    async def updates(self, params: Mapping[str, Any]) -> Any:
        """Long polling: answer at once if there are updates, else wait up to `timeout` seconds, real time."""
        event = asyncio.Event()
        self.waiting.add(event)
        try:
            result = self.telegram.call("getUpdates", params)
            async with asyncio.timeout(min(int(params.get("timeout", 0)), 50)):
                while not result and not self.closing:
                    await event.wait()
                    event.clear()
                    result = self.telegram.call("getUpdates", params)
        except TimeoutError:
            pass
        finally:
            self.waiting.discard(event)
        return result

    async def download(self, request: web.Request) -> web.Response:
        if request.match_info["token"] != self.telegram.token:
            return web.json_response(ApiError(401, "Unauthorized").as_json(), status=401)
        for file in self.telegram.files.values():
            if file.path == request.match_info["path"]:
                return web.Response(body=file.data, content_type="application/octet-stream")
        return web.json_response(ApiError(404, "Not Found").as_json(), status=404)


async def _read(request: web.Request) -> tuple[dict[str, Any], dict[str, Upload]]:
    params: dict[str, Any] = dict(request.query)
    files: dict[str, Upload] = {}
    if request.content_type == "application/json":
        try:
            body = await request.json()
        except ValueError:
            body = None
        if not isinstance(body, dict):
            raise bad_request("can't parse JSON object")
        return params | body, files
    for name, value in (await request.post()).items():
        if isinstance(value, web.FileField):
            files[name] = Upload(value.filename, value.file.read())
        else:
            params[name] = value if isinstance(value, str) else bytes(value).decode()
    return params, files
