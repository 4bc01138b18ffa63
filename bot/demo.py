"""The demo: the real bot on a fresh SQLite file, a pretend Telegram in a browser page, a clock to step."""

import asyncio
import contextlib
import logging
import signal
import tempfile
import webbrowser
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from pydantic import SecretStr

from bot import simulation
from bot.app import Companion, companion, introduce
from bot.clock import SetClock, SystemClock
from bot.settings import Settings
from sandbox import Person, Telegram
from sandbox.http import bot_api
from sandbox.page import Page, Step
from sandbox.serving import Running, serve
from sandbox.views import Shown
from services import agenda, clinics
from storage.encryption import new_key, use_keys
from storage.store import Store

log = logging.getLogger("ldn.demo")
_CLINIC = "Harbour Pain Clinic"
_ZONE = "Europe/Lisbon"
_HOURS = {"hour": 1, "day": 24}


class Steps:
    """The clock bar: moves the demo's clock through everything that falls due on the way."""

    def __init__(self, bot: Companion, telegram: Telegram, clock: SetClock) -> None:
        self.bot = bot
        self.telegram = telegram
        self.clock = clock
        self.page: Page | None = None
        self._hand = asyncio.Lock()

    async def describe(self) -> Mapping[str, str]:
        async with self.bot.store.read() as tx:
            following = await agenda.next_event_at(tx, self.clock.at)
        if following is None:
            return {"detail": "nothing is planned yet"}
        hours = (following - self.clock.at).total_seconds() / 3600
        return {"detail": f"next event in {hours:.1f} h"}

    async def step(self, command: Step) -> None:
        async with self._hand:
            if command == "next":
                async with self.bot.store.read() as tx:
                    following = await agenda.next_event_at(tx, self.clock.at)
                if following is None:
                    raise RuntimeError("Nothing is planned yet: enrol a patient first.")
                await self._to(following)
            elif command == "twelve-weeks":
                assert self.page is not None
                await simulation.twelve_weeks(self.bot, self.telegram, self.clock, self.page.progress)
            else:
                await self._to(self.clock.at + timedelta(hours=_HOURS[command]))

    async def _to(self, target: datetime) -> None:
        while True:
            async with self.bot.store.read() as tx:
                following = await agenda.next_event_at(tx, self.clock.at)
            if following is None or following > target:
                break
            self.clock.at = following
            await self._settle()
        self.clock.at = target
        await self._settle()

    async def _settle(self) -> None:
        while await self.bot.poller.run_once():
            await self.bot.run_once()
        await self.bot.run_once()

    async def answer(self, news: asyncio.Event) -> None:
        """Handle what people do, as it comes, while the clock stands still."""
        while True:
            await news.wait()
            news.clear()
            async with self._hand:
                await self._settle()


@dataclass(frozen=True, slots=True)
class Stage:
    """A demo that is up: its page's address and what moves it."""

    url: str
    telegram: Telegram
    steps: Steps
    patient: Person
    clinician: Person


@contextlib.asynccontextmanager
async def stage(port: int, start: datetime) -> AsyncIterator[Stage]:
    """Put everything up on loopback; gone without a trace at the end.

    Raises:
        OSError: the port is taken.
    """
    clock = SetClock(start)
    telegram = Telegram(clock.now, callback_ttl=timedelta(days=365))
    patient = telegram.person(1001, "Ana")
    clinician = telegram.person(2001, "Dr. Ruiz")
    use_keys([new_key()])
    with tempfile.TemporaryDirectory(prefix="ldn-demo-") as folder:
        store = await Store.open(f"sqlite:///{Path(folder) / 'demo.db'}")
        running: Running | None = None
        try:
            async with store.write() as tx:
                clinic = await clinics.add_clinic(tx, _CLINIC, _ZONE, start)
                token = await clinics.invite_clinician(tx, clinic.id, start, by="demo")
            shown = [
                Shown(patient, "Patient", _ZONE),
                Shown(clinician, "Clinician", _ZONE, start_payload=token),
            ]
            controls = _Later()
            page = Page(telegram, shown, clock=controls)
            app = bot_api(telegram)
            page.attach(app)
            running = await serve(app, port)
            settings = Settings(
                telegram_bot_token=SecretStr(telegram.token),
                telegram_api_url=running.url,
                data_keys=new_key(),
                enrolment="open",
                unreviewed_content="serve",
                send_rate=1000,
            )
            async with companion(settings, store, clock, per_chat=False) as bot:
                await introduce(bot.application.bot)
                steps = Steps(bot, telegram, clock)
                steps.page = page
                controls.steps = steps
                news = asyncio.Event()
                forget = telegram.on_change(lambda change: news.set() if change.kind == "update" else None)
                worker = asyncio.ensure_future(steps.answer(news))
                try:
                    yield Stage(running.url, telegram, steps, patient, clinician)
                finally:
                    forget()
                    worker.cancel()
                    await asyncio.gather(worker, return_exceptions=True)
        finally:
            if running is not None:
                await running.stop()
            await store.close()


class _Later:
    """The page is served before the bot is up; its clock is filled in then."""

    steps: Steps | None = None

    async def describe(self) -> Mapping[str, str]:
        return await self.steps.describe() if self.steps else {}

    async def step(self, command: Step) -> None:
        if self.steps is None:
            raise RuntimeError("The bot is still starting.")
        await self.steps.step(command)


def _this_evening() -> datetime:
    """Today at 19:00 UTC: bedtime is near, so the first night begins soon."""
    return SystemClock().now().astimezone(UTC).replace(hour=19, minute=0, second=0, microsecond=0)


async def demo(port: int, *, open_browser: bool) -> int:
    """Run the demo until Ctrl-C; the exit status."""
    import sys

    stop = asyncio.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(name, stop.set)
    try:
        async with stage(port, _this_evening()) as up:
            sys.stdout.write(
                f"The demo is at {up.url} (only on this machine; Ctrl-C ends it, nothing is kept).\n"
                "1. Right: press Start as the clinician, then /invite makes a patient's link.\n"
                "2. Left: press Start as the patient, or open that link.\n"
                "3. “Next event” moves the clock to bedtime; “Run twelve weeks” fills the digest.\n"
            )
            sys.stdout.flush()
            if open_browser:
                webbrowser.open(up.url)
            await stop.wait()
    except OSError as error:
        sys.stderr.write(f"Port {port} cannot be used ({error.strerror}); --port names another.\n")
        return 1
    return 0
