"""A web page of chats beside each other, with the demo's clock: for people, not for programs.

Usage:

    page = Page(telegram, [Shown(ana, "Patient", "Europe/Madrid"), Shown(ruiz, "Clinician")], clock=controls)
    app = bot_api(telegram)
    page.attach(app)
    server = await serve(app, port=8090)
"""

import asyncio
import json
import logging
from collections.abc import AsyncIterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Protocol, get_args
from typing import Literal as OneOf
from urllib.parse import quote

from aiohttp import web

from sandbox import views
from sandbox.core import Change, Telegram
from sandbox.model import Json
from sandbox.serving import only_from_here
from sandbox.views import Shown

Step = OneOf["next", "hour", "day", "twelve-weeks"]

log = logging.getLogger(__name__)
_WEB = Path(__file__).parent / "web"
_FILES = {
    "/": "index.html",
    "/style.css": "style.css",
    "/app.js": "app.js",
    "/chat.js": "chat.js",
    "/draw.js": "draw.js",
    "/parts.js": "parts.js",
    "/icon.svg": "icon.svg",
}
_HEARTBEAT_S = 10
_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
}


class ClockControls(Protocol):
    """Moves the demo's clock; the page has a button for each step."""

    async def describe(self) -> Mapping[str, str]:
        """Words for the clock bar: "detail" stands beside date and time, such as what comes next."""

    async def step(self, command: Step) -> None:
        """Go to the next event, an hour or a day on, or twelve weeks on; report by `Page.progress`.

        Any exception is shown to the person as "That did not work: <its text>".
        """


class Page:
    """The page and those who look at it.

    Args:
        show: The phones, from left to right; the first one is the default for links that are opened.
        clock: What the buttons of the clock bar do; None: no such buttons.
    """

    def __init__(
        self,
        telegram: Telegram,
        show: Sequence[Shown],
        *,
        clock: ClockControls | None = None,
        title: str = "LDN Companion: demo",
    ) -> None:
        self.telegram = telegram
        self.shown = list(show)
        self.clock = clock
        self.title = title
        self._by_id = {one.person.id: one for one in self.shown}
        self._watchers: set[asyncio.Queue[bytes | None]] = set()
        self._bar: Json = {"busy": False, "done": 0, "total": 0, "label": "", "error": ""}

    def attach(self, app: web.Application) -> None:
        """Add the page's routes to an application that is not served yet, and its guard if it has none."""
        if only_from_here not in app.middlewares:
            app.middlewares.append(only_from_here)
        for path in _FILES:
            app.router.add_get(path, self._static)
        app.router.add_get("/files/{id}", self._file)
        app.router.add_get("/events", self._events)
        app.router.add_post("/act", self._act)
        app.router.add_post("/clock", self._step)
        app.cleanup_ctx.append(self._listening)
        app.on_shutdown.append(self._release)

    def progress(self, done: int, total: int, text: str) -> None:
        """Show how far a long step has come: `done` of `total`, any unit, and a few words."""
        self._bar |= {"done": done, "total": total, "label": text}
        self._push("clock", self._times() | self._bar)

    async def _listening(self, app: web.Application) -> AsyncIterator[None]:
        stop = self.telegram.on_change(self._changed)
        yield
        stop()

    async def _release(self, app: web.Application) -> None:
        for queue in self._watchers:
            queue.put_nowait(None)

    def _changed(self, change: Change) -> None:
        shown = self._by_id.get(change.chat_id)
        if shown is None or not self._watchers:
            return
        told: Json = {"chat": change.chat_id}
        match change.kind:
            case "message" | "edit" if change.message:
                told["message"] = views.message_view(self.telegram, shown, change.message)
            case "delete" if change.message:
                told["id"] = change.message.message_id
            case "answer" if change.answer:
                told |= {"text": change.answer.text, "alert": change.answer.alert}
            case "chat":
                told |= views.chat_view(self.telegram, shown)
        self._push("message" if change.kind == "edit" else change.kind, told)
        self._push("clock", self._times())

    def _push(self, event: str, data: Json) -> None:
        for queue in self._watchers:
            queue.put_nowait(_event(event, data))

    def _times(self) -> Json:
        local = self.shown[0].local(self.telegram.now())
        return {
            "text": f"{views.day_of(local)}, {local:%H:%M}",
            "times": views.times(self.telegram, self.shown),
        }

    async def _clock_view(self) -> Json:
        described = dict(await self.clock.describe()) if self.clock else {}
        return self._times() | {"detail": ""} | described | self._bar

    async def _static(self, request: web.Request) -> web.Response:
        name = _FILES[request.path]
        kinds = {".html": "text/html", ".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}
        text = (_WEB / name).read_text(encoding="utf-8")
        return web.Response(
            text=text, content_type=kinds[Path(name).suffix], charset="utf-8", headers=_HEADERS
        )

    async def _file(self, request: web.Request) -> web.Response:
        file = self.telegram.files.get(request.match_info["id"])
        if file is None:
            raise web.HTTPNotFound
        # A document is never shown in the page's own origin: it could be a page itself.
        shows = "inline" if file.width else "attachment"
        disposition = f"{shows}; filename*=UTF-8''{quote(file.name)}"
        return web.Response(
            body=file.data, content_type=file.mime, headers=_HEADERS | {"Content-Disposition": disposition}
        )

    async def _events(self, request: web.Request) -> web.StreamResponse:
        """Server-sent events: everything first, then each change; a reconnect begins anew."""
        response = web.StreamResponse(headers=_HEADERS | {"Content-Type": "text/event-stream"})
        await response.prepare(request)
        queue: asyncio.Queue[bytes | None] = asyncio.Queue()
        self._watchers.add(queue)
        try:
            first = views.snapshot(self.telegram, self.shown) | {
                "title": self.title,
                "can_step": self.clock is not None,
                "clock": await self._clock_view(),
            }
            await response.write(_event("snapshot", first))
            while True:
                try:
                    async with asyncio.timeout(_HEARTBEAT_S):
                        event = await queue.get()
                except TimeoutError:
                    event = _event("clock", await self._clock_view())
                if event is None:
                    break
                await response.write(event)
        except ConnectionError:
            pass
        finally:
            self._watchers.discard(queue)
        return response

    async def _act(self, request: web.Request) -> web.Response:
        try:
            asked = await request.json()
            self._do(self._by_id[int(asked["person"])], asked)
        except (ValueError, KeyError, TypeError, LookupError) as error:
            return web.json_response({"error": f"That did not work: {error}"}, status=400)
        return web.json_response({"ok": True})

    def _do(self, shown: Shown, asked: Json) -> None:
        person = shown.person
        match asked["kind"]:
            case "text":
                person.say(str(asked["text"])[:4096])
            case "tap":
                person.tap_data(person.chat.messages[int(asked["message"])], str(asked["data"]))
            case "start":
                person.start(asked.get("payload") or shown.start_payload)
            case "location":
                person.send_location(float(asked["latitude"]), float(asked["longitude"]))
            case "block":
                person.block()
            case "unblock":
                person.unblock()
            case _:
                raise ValueError("the page knows no such action")

    async def _step(self, request: web.Request) -> web.Response:
        command: Any = (await request.json()).get("command")
        if self.clock is None or command not in get_args(Step):
            return web.json_response({"error": "The clock knows no such step."}, status=400)
        if self._bar["busy"]:
            return web.json_response({"error": "The clock is still moving."}, status=409)
        self._bar = {"busy": True, "done": 0, "total": 0, "label": "", "error": ""}
        self._push("clock", self._times() | self._bar)
        try:
            await self.clock.step(command)
        except Exception as error:
            log.exception("clock step %s failed", command)
            self._bar["error"] = f"That did not work: {error}"
        finally:
            self._bar["busy"] = False
        self._push("clock", await self._clock_view())
        return web.json_response({"error": self._bar["error"]}, status=500 if self._bar["error"] else 200)


def _event(name: str, data: Json) -> bytes:
    return f"event: {name}\ndata: {json.dumps(data)}\n\n".encode()
