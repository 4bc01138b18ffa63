"""How fast messages may leave: a bucket that never lets more than its rate through in any second."""

import asyncio

# What bulk sending leaves free, so that somebody who taps during a burst is answered at once.
_FOR_REPLIES = 0.1


class Pace:
    """One place every 1/rate seconds for bulk; a reply takes the next one at once; a pause after a 429.

    Nothing is saved up while it is quiet: Telegram counts the first second of a burst too.
    """

    def __init__(self, rate: float) -> None:
        self._gap = 1 / rate
        self._bulk_gap = self._gap / (1 - _FOR_REPLIES)
        self._next = 0.0
        self._closed_until = 0.0
        self._queue = asyncio.Lock()

    async def turn(self, chat_id: int = 0) -> None:
        """Wait for a place in the bulk lane, first come first served."""
        loop = asyncio.get_running_loop()
        async with self._queue:
            # Asked anew after each sleep: replies and pauses push the place back meanwhile.
            while (wait := max(self._next, self._closed_until) - loop.time()) > 0:
                await asyncio.sleep(wait)
            self._next = loop.time() + self._bulk_gap

    async def reply(self, chat_id: int = 0) -> None:
        """Go at once, unless everybody is paused; the bulk lane waits for it."""
        loop = asyncio.get_running_loop()
        while (wait := self._closed_until - loop.time()) > 0:
            await asyncio.sleep(wait)
        self._next = max(self._next, loop.time()) + self._gap

    def slow_down(self, chat_id: int, seconds: float) -> None:
        """A 429 for this chat."""
        self.pause(seconds)

    def pause(self, seconds: float) -> None:
        """Nobody leaves for that long."""
        self._closed_until = max(self._closed_until, asyncio.get_running_loop().time() + seconds)
