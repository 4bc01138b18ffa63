"""Serves on this machine only: a pretend Telegram has no passwords, so nobody else may reach it."""

from collections.abc import Awaitable, Callable
from typing import NamedTuple
from urllib.parse import urlsplit

from aiohttp import web

LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class NotLoopback(ValueError):
    """The sandbox has no passwords, so it listens on 127.0.0.1, ::1 or localhost only."""


class Running(NamedTuple):
    """A server that runs: its address without a trailing slash, and the way to end it."""

    url: str
    runner: web.AppRunner

    async def stop(self) -> None:
        await self.runner.cleanup()


async def serve(app: web.Application, port: int, host: str = "127.0.0.1") -> Running:
    """Start to serve; port 0 takes a free one.

    Raises:
        NotLoopback: `host` could be reached from elsewhere.
        OSError: The port is taken.
    """
    if host not in LOOPBACK:
        raise NotLoopback(f"{host!r}: {NotLoopback.__doc__}")
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=1.0)
    await runner.setup()
    try:
        await web.TCPSite(runner, host, port).start()
    except OSError:
        await runner.cleanup()
        raise
    shown = f"[{host}]" if ":" in host else host
    return Running(f"http://{shown}:{runner.addresses[0][1]}", runner)


@web.middleware
async def only_from_here(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Refuse other host names (DNS rebinding) and requests that another site's page makes."""
    if _host_of(f"//{request.host}") not in LOOPBACK:
        return web.Response(status=403, text="The sandbox answers to 127.0.0.1 and localhost only.\n")
    origin = request.headers.get("Origin")
    if request.method != "GET" and origin is not None and origin != f"http://{request.host}":
        return web.Response(status=403, text="Another site's page may not use the sandbox.\n")
    return await handler(request)


def _host_of(url: str) -> str | None:
    try:
        return urlsplit(url).hostname
    except ValueError:
        return None
