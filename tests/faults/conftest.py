"""Rigs of real processes, and a world whose people are on record already."""

from collections.abc import AsyncIterator

import pytest

from bot.pace import Pace, Turn
from storage.store import Store
from tests.faults.crowd import enrolled
from tests.process.conftest import night, rig
from tests.world import Someone, World, a_world

__all__ = ["night", "rig"]


class Unhurried(Pace):
    """No waiting: a night of retries passes in a moment. Where pace matters, `real_pace` puts it back."""

    async def _place(self, lane: int, chat_id: int) -> Turn:
        return Turn(lambda: None)


class House(World):
    """A world whose patients are written straight into the record."""

    async def patients(self, count: int, **answers: object) -> list[Someone]:
        first_id = 20_001 + len(self.telegram.people)
        phones = await enrolled(
            self.store,
            self.telegram,
            count,
            self.clock.at,
            first_id=first_id,
            **answers,  # type: ignore[arg-type]
        )
        return [Someone(self, phone) for phone in phones]

    def real_pace(self, rate: float) -> None:
        """Let messages leave at this rate, by the real clock."""
        self.bot.delivery._pace = Pace(rate)
        self.bot.delivery._chunk = max(8, round(rate / 2))


@pytest.fixture
async def house(sqlite_url: str) -> AsyncIterator[House]:
    """Monday 2 March 2026, 18:00 in Lisbon, on SQLite; messages leave at once."""
    store = await Store.open(sqlite_url)
    try:
        async with a_world(store) as world:
            made = House(world.bot, world.telegram, world.clock)
            made.bot.delivery._pace = Unhurried(1000)
            yield made
    finally:
        await store.close()
