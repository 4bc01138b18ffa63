"""What LISTEN serves: is it alive, is it ready, how is it going. No names, no ids, no texts."""

import asyncio
import contextlib
from collections.abc import AsyncIterator

from aiohttp import web

from bot.clock import Clock
from bot.metrics import Counted, Metrics
from storage import gauges
from storage.errors import Unavailable
from storage.store import Store

_TICK_S = 30
_TELEGRAM_S = 60
_DATABASE_S = 5
_EXPOSITION = "text/plain; version=0.0.4; charset=utf-8"


class CannotListen(Exception):
    """LISTEN names an address that is taken, or that this machine does not have."""


@contextlib.asynccontextmanager
async def serving(
    listen: tuple[str, int] | None, store: Store, clock: Clock, metrics: Metrics
) -> AsyncIterator[int | None]:
    """Serve /healthz, /readyz and /metrics meanwhile; the port, or None where `listen` is None.

    Raises:
        CannotListen: see there.
    """
    if listen is None:
        yield None
        return
    pages = _Pages(store, clock, metrics)
    app = web.Application()
    app.router.add_get("/healthz", pages.alive)
    app.router.add_get("/readyz", pages.ready)
    app.router.add_get("/metrics", pages.metrics)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=1.0)
    await runner.setup()
    try:
        try:
            await web.TCPSite(runner, *listen).start()
        except OSError:
            raise CannotListen(CannotListen.__doc__) from None
        yield int(runner.addresses[0][1])
    finally:
        await runner.cleanup()


class _Pages:
    def __init__(self, store: Store, clock: Clock, metrics: Metrics) -> None:
        self._store = store
        self._clock = clock
        self._metrics = metrics

    async def alive(self, _request: web.Request) -> web.Response:
        return web.Response(text="alive\n")

    async def ready(self, _request: web.Request) -> web.Response:
        """200 or 503, and what each check found: "ok", or a few words."""
        checks = await self._database()
        if self._metrics.standing_by:
            # It has nothing to do until the other process goes: that is how it should be.
            checks |= {"ticks": "standing by", "telegram": "standing by"}
        else:
            checks |= {
                "ticks": _fresh(self._metrics.tick_age(), _TICK_S),
                "telegram": _fresh(self._metrics.telegram_age(), _TELEGRAM_S),
            }
        ready = all(found in ("ok", "standing by") for found in checks.values())
        return web.json_response({"ready": ready, "checks": checks}, status=200 if ready else 503)

    async def metrics(self, _request: web.Request) -> web.Response:
        if not isinstance(self._metrics, Counted):
            raise web.HTTPNotFound
        with contextlib.suppress(Unavailable, TimeoutError):
            async with asyncio.timeout(_DATABASE_S), self._store.read() as tx:
                self._metrics.backlog(await gauges.due_backlog(tx, self._clock.now()))
        return web.Response(body=self._metrics.exposition(), headers={"Content-Type": _EXPOSITION})

    async def _database(self) -> dict[str, str]:
        try:
            async with asyncio.timeout(_DATABASE_S), self._store.read() as tx:
                migrated = await gauges.migrated(tx)
        except (Unavailable, TimeoutError):
            return {"database": "not reachable", "migrations": "not known"}
        return {"database": "ok", "migrations": "ok" if migrated else "other than this version's"}


def _fresh(age: float | None, limit: float) -> str:
    if age is None:
        return "not yet"
    return "ok" if age < limit else f"{age:.0f} s ago"
