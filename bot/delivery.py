"""The deliver tick: lease what is due, draw it from the record as it is now, send, settle."""

import asyncio
import logging
import random
from collections import defaultdict
from collections.abc import Sequence
from contextlib import AbstractAsyncContextManager
from datetime import datetime, timedelta

from telegram import Bot
from telegram.error import TelegramError

from bot.clock import Clock
from bot.pace import Pace
from bot.transport import Failure, Verdict, judge, send
from handlers import drawing
from handlers.reply import Outgoing
from services import delivering, kinds
from storage import outbox
from storage.errors import LostLease
from storage.records import OutboxItem
from storage.store import Store, Tx

log = logging.getLogger("ldn.delivery")
LEASE = timedelta(seconds=60)
_IN_FLIGHT = 16
_BACKOFF = (2, 5, 15, 60, 180)


class Delivery:
    """Sends what the outbox holds. One person is served by one hand at a time (`alone_with`)."""

    def __init__(self, store: Store, bot: Bot, clock: Clock, pace: Pace, *, batch: int = 60) -> None:
        self._store = store
        self._bot = bot
        self._clock = clock
        self._pace = pace
        self._batch = batch
        self._places = asyncio.Semaphore(_IN_FLIGHT)
        self._locks: defaultdict[int, asyncio.Lock] = defaultdict(asyncio.Lock)
        self.stopping = False

    def alone_with(self, chat_id: int) -> AbstractAsyncContextManager[None]:
        """Keep a chat to oneself: while an update of hers is handled, nothing else is drawn for her.

        So a prompt that was already leased is judged after the safety pause that she has just set off.
        """
        return self._locks[chat_id]

    async def recover(self) -> None:
        """After a start: nobody else can hold a lease (`sole_runner`).

        What a crash left behind goes out at once, one batch, replies foremost: left to the tick, an old
        screen would be drawn over the newer one of a tap that came after it.
        """
        now = self._clock.now()
        async with self._store.write() as tx:
            dropped = await outbox.recover(tx, now, kinds.UNREPEATABLE, everything=True)
            left = await outbox.lease(tx, now, now + LEASE, self._batch)
        if dropped:
            log.warning("dropped in doubt: %d", dropped)
        await self._send_all(left)

    async def run_once(self, now: datetime) -> int:
        """Send what is due at `now`; how many rows were taken."""
        taken = 0
        while not self.stopping:
            # A look costs less than a place in the writers' queue, and mostly nothing is due.
            async with self._store.read() as tx:
                if not await outbox.waiting(tx, now):
                    break
            async with self._store.write() as tx:
                await outbox.recover(tx, now, kinds.UNREPEATABLE, everything=False)
                for expired in await outbox.expire(tx, now):
                    await delivering.not_delivered(tx, expired, now)
                items = await outbox.lease(tx, now, now + LEASE, self._batch)
            if not items:
                break
            taken += len(items)
            await self._send_all(items)
        return taken

    async def _send_all(self, items: Sequence[OutboxItem]) -> None:
        async with asyncio.TaskGroup() as group:
            for item in items:
                group.create_task(self._deliver(item))

    async def _deliver(self, item: OutboxItem) -> None:
        async with self._places:
            if self.stopping:
                await self._hand_back(item)
                return
            try:
                await self._pace.turn()
                async with self._store.read() as tx:
                    chat_id = await delivering.chat_of(tx, item)
                async with self.alone_with(chat_id):
                    await self._draw_and_send(item, chat_id)
            except Exception as error:
                # One row that cannot be drawn must not take the others of its batch with it.
                log.exception("not drawn kind=%s row=%d", item.kind, item.id)
                await self._failed(item, Failure(Verdict.PASSING, type(error).__name__))

    async def _draw_and_send(self, item: OutboxItem, chat_id: int) -> None:
        now = self._clock.now()
        async with self._store.write() as tx:
            prepared = await delivering.prepare(tx, item, now)
            if isinstance(prepared, delivering.Drop):
                await self._settle(tx, item, "dropped", last_error=prepared.reason)
                return
        await self._send(item, chat_id, drawing.draw(prepared, now))

    async def reply(self, item: OutboxItem, chat_id: int, outgoing: Outgoing) -> None:
        """Send a reply that was leased as it was written; ahead of everything in bulk."""
        await self._pace.reply()
        await self._send(item, chat_id, outgoing)

    async def _send(self, item: OutboxItem, chat_id: int, outgoing: Outgoing) -> None:
        try:
            message_id = await send(self._bot, chat_id, outgoing)
        except TelegramError as error:
            await self._failed(item, judge(error))
            return
        now = self._clock.now()
        async with self._store.write() as tx:
            if await self._settle(tx, item, "sent", message_id=message_id, sent_at=now):
                await delivering.delivered(tx, item, now)
        log.info("sent kind=%s row=%d", item.kind, item.id)

    async def _failed(self, item: OutboxItem, failure: Failure) -> None:
        now = self._clock.now()
        log.warning(
            "not sent kind=%s row=%d verdict=%s why=%s", item.kind, item.id, failure.verdict, failure.reason
        )
        if failure.retry_after is not None:
            self._pace.pause(failure.retry_after.total_seconds())
        async with self._store.write() as tx:
            if failure.verdict is Verdict.DONE:
                await self._settle(tx, item, "sent", sent_at=now)
            elif failure.verdict is Verdict.PERMANENT:
                await self._settle(tx, item, "failed", last_error=failure.reason)
                await delivering.unreachable(tx, item, now)
            elif failure.verdict is Verdict.REFUSED:
                await self._settle(tx, item, "failed", last_error=failure.reason)
                await delivering.not_delivered(tx, item, now)
            elif failure.verdict is Verdict.IN_DOUBT and item.kind in kinds.UNREPEATABLE:
                await self._settle(tx, item, "dropped", last_error="in doubt")
            else:
                wait = _BACKOFF[min(item.attempts, len(_BACKOFF)) - 1] * random.uniform(0.8, 1.2)
                pause = failure.retry_after or timedelta(seconds=wait)
                await self._settle(tx, item, "due", due_at=now + pause, last_error=failure.reason)

    async def _hand_back(self, item: OutboxItem) -> None:
        async with self._store.write() as tx:
            await self._settle(tx, item, "due")

    async def _settle(self, tx: Tx, item: OutboxItem, state: str, **values: object) -> bool:
        try:
            await outbox.settle(tx, item, state, **values)
        except LostLease:
            # Somebody took the row over while we were slow: they settle it.
            log.warning("lease lost row=%d", item.id)
            return False
        return True
