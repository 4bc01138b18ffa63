"""Server, process and clock together, and what a scenario says to them."""

import asyncio
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from botapi import Message, StrictBotApi, VirtualUser

from storage.encryption import new_key
from tests.process import faketime
from tests.process.child import Child, Ended, command, environment

HERE = ZoneInfo("Europe/London")
MONDAY = datetime(2030, 3, 4, 18, 0, tzinfo=HERE)
TOKEN = "7000000001:LAB-token-that-must-not-be-logged-00"


class Scene:
    """One bot in front of the strict server. Where there is no libfaketime, `clock` is None."""

    def __init__(self, folder: Path, server: StrictBotApi) -> None:
        self.server = server
        self.folder = folder
        self.clock = faketime.FakeClock(folder, MONDAY.astimezone(UTC)) if faketime.library() else None
        self.env = environment(
            DATABASE_URL=f"sqlite:///{folder}/bot.db",
            DATA_KEYS=new_key(),
            TELEGRAM_API_URL=f"http://{server.host}:{server.port}",
            TELEGRAM_BOT_TOKEN=TOKEN,
            ENROLMENT="invite",
            UNREVIEWED_CONTENT="serve",
            LOG_LEVEL="DEBUG",
            **(self.clock.env if self.clock else {}),
        )
        if self.clock is not None:
            server.advance(self.clock.offset.total_seconds())
        self.child = Child(self.env, folder)
        self._began = time.monotonic()
        self._mark: dict[int, set[int]] = {}

    def says(self, what: str) -> None:
        """One line of progress for who is watching."""
        print(f"{time.monotonic() - self._began:6.1f} s  {what}", flush=True)

    async def cli(self, *words: str) -> Ended:
        """One command, which must succeed."""
        ended = await command(*words, env=self.env, cwd=self.folder)
        assert ended.status == 0, f"{' '.join(words)}: {ended.status}\n{ended.err}"
        return ended

    def at(self, day: int, wall: str) -> None:
        """Move the wall clock of bot and server to that time, so many days after Monday."""
        assert self.clock is not None
        self._mark = {
            user.id: {one.message_id for one in user.received} for user in self.server.users.values()
        }
        local = datetime.strptime(wall, "%H:%M")
        when = MONDAY.replace(day=MONDAY.day + day, hour=local.hour, minute=local.minute)
        self.server.advance(self.clock.put(when.astimezone(UTC)).total_seconds())
        self.says(f"--- {when:%A} {wall}")

    async def comes(self, user: VirtualUser, part: str, within: float = 5) -> Message:
        """A message that came since the clock was moved and says this."""
        end = time.monotonic() + within
        while True:
            found = [one for one in self.news(user) if part in one.text]
            if found:
                return found[-1]
            assert time.monotonic() < end, f"{part!r} did not come to {user.first_name} within {within} s"
            await asyncio.sleep(0.05)

    def news(self, user: VirtualUser) -> list[Message]:
        """What the bot sent since the clock was moved."""
        return [one for one in user.received if one.message_id not in self._mark.get(user.id, set())]

    async def shows(self, user: VirtualUser, part: str | Callable[[Message], bool]) -> Message:
        """Sent or drawn anew after what the user did last."""
        return await user.wait_for(part, timeout=8)
