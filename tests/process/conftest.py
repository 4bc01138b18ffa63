"""The real process over HTTP against the pretend Telegram, with a SQLite file to look into afterwards."""

import asyncio
import contextlib
from collections import Counter
from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from sandbox import Message, Person, Telegram
from sandbox.http import bot_api
from sandbox.serving import serve
from storage.store import Store
from tests.conftest import KEYS, missing
from tests.process import faketime
from tests.process.child import Child, environment

START = datetime(2027, 3, 1, 18, 0, tzinfo=UTC)  # a Monday


class Phone:
    """Somebody in front of the bot. What is expected may take a moment: `sees` waits for it."""

    def __init__(self, person: Person) -> None:
        self.person = person

    def texts(self) -> list[str]:
        """What the bot's messages say now, oldest first."""
        return [message.body for message in self.person.received]

    def count(self, part: str) -> int:
        return sum(part in text for text in self.texts())

    async def sees(self, part: str, within: float = 8) -> Message:
        """The newest message that says this, once it is there."""

        def found() -> Message | None:
            return next((one for one in self.person.received[::-1] if part in one.body), None)

        try:
            await until(lambda: found() is not None, within)
        except TimeoutError:
            raise AssertionError(
                f"{self.person.first_name} does not see {part!r} within {within} s:\n"
                + "\n---\n".join(self.texts())
            ) from None
        message = found()
        assert message is not None
        return message

    async def taps(self, label: str, then: str) -> None:
        self.person.tap(label)
        await self.sees(then)

    async def says(self, text: str, then: str) -> None:
        self.person.say(text)
        await self.sees(then)


async def until(holds: Callable[[], bool], within: float) -> None:
    """Wait for something to hold. Raises TimeoutError."""
    async with asyncio.timeout(within):
        while not holds():
            await asyncio.sleep(0.01)


class Rig:
    """A pretend Telegram on a port, and the bot as a child with its file."""

    def __init__(self, folder: Path, database: str, telegram: Telegram, url: str, **more: str) -> None:
        self.telegram = telegram
        self.folder = folder
        self.database = database
        self.env = environment(
            DATABASE_URL=database,
            DATA_KEYS=",".join(KEYS),
            TELEGRAM_API_URL=url,
            TELEGRAM_BOT_TOKEN=telegram.token,
            ENROLMENT="open",
            UNREVIEWED_CONTENT="serve",
            SEND_RATE="1000",
            **more,
        )
        self.child = Child(self.env, folder)

    def phone(self, number: int, name: str) -> Phone:
        return Phone(self.telegram.person(number, name))

    async def at_rest(self, within: float = 15) -> None:
        """Everything was fetched and confirmed, and nothing was called for a while."""
        async with asyncio.timeout(within):
            calls, quiet = -1, 0
            while quiet < 3:
                await asyncio.sleep(0.1)
                now = len(self.telegram.calls)
                quiet = quiet + 1 if calls == now and not self.telegram.updates else 0
                calls = now

    @contextlib.asynccontextmanager
    async def record(self) -> AsyncIterator[Store]:
        """The record, opened after the process has ended."""
        assert not self.child.running
        store = await Store.open(self.database)
        try:
            yield store
        finally:
            await store.close()

    async def outbox(self) -> Counter[str]:
        """How many messages are in which state."""
        async with self.record() as store, store.read() as tx:
            rows = await tx.run(text("SELECT state, count(*) AS number FROM outbox GROUP BY state"))
            return Counter({row.state: row.number for row in rows})


@contextlib.asynccontextmanager
async def a_rig(folder: Path, database: str, now: Callable[[], datetime], **more: str) -> AsyncIterator[Rig]:
    telegram = Telegram(now, callback_ttl=timedelta(days=365))
    server = await serve(bot_api(telegram), port=0)
    rig = Rig(folder, database, telegram, server.url, **more)
    try:
        yield rig
    finally:
        await rig.child.close()
        await server.stop()


@pytest.fixture
async def rig(tmp_path: Path, sqlite_url: str) -> AsyncIterator[Rig]:
    """Real time, open enrolment, nothing running yet."""
    async with a_rig(tmp_path, sqlite_url, lambda: datetime.now(UTC)) as made:
        yield made


class Night:
    """A rig whose wall clock is moved from outside."""

    def __init__(self, rig: Rig, clock: faketime.FakeClock) -> None:
        self.rig = rig
        self.clock = clock


@pytest.fixture
async def night(tmp_path: Path, sqlite_url: str) -> AsyncIterator[Night]:
    """Monday 1 March 2027, 18:00 in Lisbon, for the process and for the pretend Telegram."""
    if faketime.library() is None:
        missing(faketime.MISSING)
    clock = faketime.FakeClock(tmp_path, START)
    async with a_rig(tmp_path, sqlite_url, clock.now, **clock.env) as made:
        yield Night(made, clock)


async def enrol(phone: Phone, bedtime: str, *, checkins: bool = False, last_tap: bool = True) -> None:
    """Through first contact; without `last_tap` the safety screen is left on the table."""
    phone.person.start()
    await phone.sees("Are you 18 or over?")
    await phone.taps("I am 18 or over", "You decide what I may do")
    await phone.taps("Reminders: off", "You decide")
    await until(lambda: phone.person.last.labels[0] == "Reminders: ✅ on", 8)
    if checkins:
        phone.person.tap("Check-ins: off")
        await until(lambda: phone.person.last.labels[1] == "Check-ins: ✅ on", 8)
    await phone.taps("Continue", "Where are you now?")
    await phone.says("Lisbon", "When do you want the prompt?")
    await phone.says(bedtime, "Right?")
    await phone.taps("Right", "What amount does")
    await phone.says("1.5 mg", "In which form?")
    await phone.taps("Capsule", "Where do you stand")
    await phone.taps("I already take it", "Since about when?")
    await phone.taps("1 to 4 weeks", "Safety check")
    if last_tap:
        await phone.taps("None of these", "All set.")
