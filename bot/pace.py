"""How fast messages may leave: a bucket that never lets more than its rate through in any second."""

import asyncio


class Pace:
    """One place in the queue every 1/rate seconds; a pause for everybody after a 429.

    The bucket keeps no burst in store: Telegram counts the first second too.
    """

    def __init__(self, rate: float) -> None:
        self._gap = 1 / rate
        self._next = 0.0

    async def turn(self) -> None:
        """Wait for the next free place."""
        loop = asyncio.get_running_loop()
        place = max(self._next, loop.time())
        self._next = place + self._gap
        if (wait := place - loop.time()) > 0:
            await asyncio.sleep(wait)

    def pause(self, seconds: float) -> None:
        """Nobody leaves for that long."""
        self._next = max(self._next, asyncio.get_running_loop().time() + seconds)
