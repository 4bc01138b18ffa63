"""How fast messages may leave: waiting for a place in one of the lanes of `bot.lanes`."""

import asyncio
import functools
from collections.abc import Callable

from bot.lanes import BULK, REPLIES, Lanes

# One wake-up hands out all places that fell due: at 1,000/s a timer for each would cost more than the send.
_GRAIN_S = 0.005


class Turn:
    """A place that was given: it counts from `gone` on, and keeps others waiting until then."""

    def __init__(self, gone: Callable[[], None]) -> None:
        self._gone = gone

    def gone(self) -> None:
        """The message is being written, or never will be. To be called in any case; the first call counts."""
        self._gone()


class Pace:
    """Lets messages go one by one, replies first. For one event loop.

    Args:
        rate: messages a second, everything together; never exceeded in any second.
        paid: see `Lanes`.
        time: seconds, monotonic; the loop's own clock if absent.
    """

    def __init__(self, rate: float, *, paid: bool = False, time: Callable[[], float] | None = None) -> None:
        self._lanes: Lanes[asyncio.Future[None]] = Lanes(rate, paid=paid)
        self._time = time
        self._alarm: asyncio.TimerHandle | None = None

    async def turn(self, chat_id: int = 0) -> Turn:
        """Wait for a place in bulk."""
        return await self._place(BULK, chat_id)

    async def reply(self, chat_id: int = 0) -> Turn:
        """Wait for a place for the answer to something the person of this chat has just done."""
        return await self._place(REPLIES, chat_id)

    def slow_down(self, chat_id: int, seconds: float) -> bool:
        """Telegram said 429 to a message to this chat: it waits, or everybody does (rules: `bot.lanes`).

        True where everybody waits.
        """
        return self._lanes.slow_down(chat_id, seconds, self._now())

    def pause(self, seconds: float) -> None:
        """Nobody leaves for that long."""
        self._lanes.pause(self._now() + seconds)

    def _now(self) -> float:
        return self._time() if self._time is not None else asyncio.get_running_loop().time()

    async def _place(self, lane: int, chat_id: int) -> Turn:
        place: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        behind = self._lanes.enter(lane, chat_id, place, self._now())
        if not behind or self._alarm is None:
            self._hand_out()
        gone = functools.partial(self._gone, place)
        try:
            await place
        except asyncio.CancelledError:
            gone()
            raise
        return Turn(gone)

    def _gone(self, place: asyncio.Future[None]) -> None:
        if self._lanes.gone(place, self._now()):
            self._hand_out()

    def _hand_out(self) -> None:
        now = self._now()
        for place in self._lanes.leave(now):
            place.set_result(None)
        at = self._lanes.next_at()
        if at is None:
            return
        wait = max(at - now, _GRAIN_S)
        loop = asyncio.get_running_loop()
        if self._alarm is not None:
            if self._alarm.when() <= loop.time() + wait:
                return
            self._alarm.cancel()
        self._alarm = loop.call_later(wait, self._wake)

    def _wake(self) -> None:
        self._alarm = None
        self._hand_out()
