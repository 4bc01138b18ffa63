"""Long polling that confirms an update only after its transaction has committed.

PTB's own updater confirms a batch before handling it: what is in memory at a crash is lost. Here the offset
moves on when every update of the batch is done; a batch that is fetched again changes nothing (updates are
idempotent by their id).
"""

import asyncio
import logging
from collections import defaultdict
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from typing import Any, TypeVar

from telegram import Bot, Update
from telegram.error import InvalidToken, TelegramError

log = logging.getLogger("ldn.poller")
ALLOWED = ["message", "edited_message", "callback_query", "my_chat_member"]
_LONG_POLL = 25
_LIMIT = 100
_WIDTH = 32
T = TypeVar("T")


class Poller:
    """Fetches updates and hands them on: in order within a chat, side by side across chats."""

    def __init__(
        self,
        bot: Bot,
        handle: Callable[[Update], Awaitable[None]],
        answered: Callable[[], None] = lambda: None,
    ) -> None:
        """`answered` is called each time Telegram has answered."""
        self._bot = bot
        self._answered = answered
        self._handle = handle
        self._offset: int | None = None
        self._places = asyncio.Semaphore(_WIDTH)

    async def run_once(self, timeout: int = 0) -> int:
        """Fetch one batch, handle it, confirm it at the next call; how many updates it held.

        Raises:
            TelegramError: nothing could be fetched.
        """
        updates = await self._fetch(timeout)
        await self._handle_all(updates)
        return len(updates)

    async def run(self, stop: asyncio.Event) -> None:
        """Poll until `stop` is set; a batch in hand is handled to its end and confirmed."""
        pause = 1.0
        while not stop.is_set():
            try:
                updates = await _unless(stop, self._fetch(_LONG_POLL))
                pause = 1.0
            except InvalidToken:
                raise
            except TelegramError as error:
                log.warning("polling failed why=%s retry=%.0fs", type(error).__name__, pause)
                await _unless(stop, asyncio.sleep(pause))
                pause = min(pause * 2, 30)
            else:
                await self._handle_all(updates or ())
        await self._confirm()

    async def _fetch(self, timeout: int) -> Sequence[Update]:
        updates = await self._bot.get_updates(
            offset=self._offset,
            limit=_LIMIT,
            timeout=timeout,
            read_timeout=timeout + 10,
            allowed_updates=ALLOWED,
        )
        self._answered()
        return updates

    async def _handle_all(self, updates: Sequence[Update]) -> None:
        by_chat: defaultdict[int, list[Update]] = defaultdict(list)
        for update in updates:
            by_chat[_chat_of(update)].append(update)
        async with asyncio.TaskGroup() as group:
            for chat in by_chat.values():
                group.create_task(self._in_order(chat))
        if updates:
            # The highest, not the last: Telegram does not promise an order.
            self._offset = max(update.update_id for update in updates) + 1

    async def _in_order(self, updates: Sequence[Update]) -> None:
        async with self._places:
            for update in updates:
                await self._handle(update)

    async def _confirm(self) -> None:
        if self._offset is None:
            return
        try:
            await self._bot.get_updates(offset=self._offset, limit=1, timeout=0)
        except TelegramError as error:
            # Not confirmed: they come again and are known by their ids.
            log.warning("last batch not confirmed why=%s", type(error).__name__)


async def _unless(stop: asyncio.Event, work: Coroutine[Any, Any, T]) -> T | None:
    """What `work` gives, or None once `stop` is set: then it is cancelled."""
    task = asyncio.ensure_future(work)
    halt = asyncio.ensure_future(stop.wait())
    try:
        await asyncio.wait({task, halt}, return_when=asyncio.FIRST_COMPLETED)
    finally:
        halt.cancel()
        if not task.done():
            task.cancel()
    return None if task.cancelled() or not task.done() else task.result()


def _chat_of(update: Update) -> int:
    chat = update.effective_chat
    return chat.id if chat else 0
