"""From PTB's update to one transaction: effect, replies owed and the mark "handled", together or not."""

import asyncio
import itertools
import logging
import time
from collections.abc import Awaitable, Callable
from datetime import timedelta

from telegram import Bot, Update
from telegram.error import TelegramError

from bot.clock import Clock
from bot.delivery import LEASE, Delivery
from bot.metrics import Metrics
from bot.transport import judge, send
from bot.wire import call
from handlers import dispatch
from handlers.reply import Outgoing
from handlers.turn import House, Incoming, Turn, read
from services import hearing, kinds
from storage import hot
from storage.errors import Unavailable
from storage.records import OutboxItem
from storage.store import Store, Tx

log = logging.getLogger("ldn.incoming")
# The last is repeated: nobody waits longer than that for an answer once the database is back.
_PATIENCE = (0.05, 0.2, 1, 2)
_REPLY_LASTS = timedelta(hours=24)


class Incomings:
    """Handles updates. One that is delivered twice changes nothing the second time."""

    def __init__(
        self,
        store: Store,
        bot: Bot,
        clock: Clock,
        delivery: Delivery,
        house: House,
        metrics: Metrics | None = None,
    ) -> None:
        self._store = store
        self._bot = bot
        self._clock = clock
        self._delivery = delivery
        self._house = house
        self._metrics = metrics or Metrics()

    async def handle(self, update: Update) -> None:
        """Handle one update to its end. Returns only once its effect stands in the database."""
        incoming = read(update)
        if incoming is None:
            return
        began = time.monotonic()
        await self._handle(incoming)
        self._metrics.update(time.monotonic() - began)

    async def _handle(self, incoming: Incoming) -> None:
        if incoming.private and incoming.text:
            # Off the event loop; triage and the FAQ find it read.
            await asyncio.to_thread(hearing.understood, incoming.text)
        async with self._delivery.alone_with(incoming.chat_id):
            for pause in itertools.chain(_PATIENCE, itertools.repeat(_PATIENCE[-1])):
                try:
                    await self._once(incoming)
                except Unavailable as error:
                    # Not confirmed and not lost: the person's words wait until the database is back.
                    log.warning(
                        "database unavailable update=%d why=%s",
                        incoming.update_id,
                        type(error.__cause__).__name__,
                    )
                    await asyncio.sleep(pause)
                else:
                    return

    async def _once(self, incoming: Incoming) -> None:
        try:
            turn, owed = await self._commit(incoming, dispatch.handle)
        except Unavailable:
            raise
        except Exception as error:
            # The last resort of the process: logged, told, answered; the update is not tried again.
            log.exception("fault update=%d kind=%s", incoming.update_id, incoming.kind)
            turn, owed = await self._after_fault(incoming)
            await self.tell_operator(f"fault in update {incoming.update_id}: {type(error).__name__}")
        if turn is not None and turn.clinician is not None:
            self._delivery.changed_for_many()
        self._delivery.changed(incoming.chat_id)
        await self._answer_tap(incoming, turn)
        if turn is None:
            return
        if not owed:
            for reply in turn.replies:
                await self._send_unrecorded(incoming.chat_id, reply)
            return
        for item, reply in zip(owed, turn.replies, strict=True):
            await self._delivery.reply(item, incoming.chat_id, reply)

    async def _after_fault(self, incoming: Incoming) -> tuple[Turn | None, list[OutboxItem]]:
        try:
            return await self._commit(incoming, dispatch.last_resort, failed=True)
        except Unavailable:
            raise
        except Exception:
            log.exception("fault after a fault update=%d", incoming.update_id)
        for screen in dispatch.without_a_record(incoming, self._house):
            await self._send_unrecorded(incoming.chat_id, Outgoing(screen))
        return None, []

    async def _commit(
        self, incoming: Incoming, work: Callable[[Turn], Awaitable[None]], *, failed: bool = False
    ) -> tuple[Turn | None, list[OutboxItem]]:
        now = self._clock.now()
        async with self._store.write(together=True) as tx:
            turn = await dispatch.open_turn(incoming, tx, now, self._house)
            known = turn.person is not None
            if known and not await hot.first_time(tx, incoming.update_id, now, failed=failed):
                return None, []
            await work(turn)
            owed = []
            if turn.person is not None:
                if not known:
                    await hot.first_time(tx, incoming.update_id, now, failed=failed)
                owed = [await self._owe(tx, turn, number) for number in range(len(turn.replies))]
        log.info("handled update=%d kind=%s replies=%d", incoming.update_id, incoming.kind, len(turn.replies))
        return turn, owed

    async def _owe(self, tx: Tx, turn: Turn, number: int) -> OutboxItem:
        """Write a reply as a row that this process already holds: a crash does not lose it."""
        return await hot.lease_reply(
            tx,
            kind=kinds.REPLY,
            person_id=turn.someone.id,
            subject_id=turn.incoming.update_id,
            key=f"update:{turn.incoming.update_id}:{number}",
            due_at=turn.now,
            expires_at=turn.now + _REPLY_LASTS,
            priority=kinds.PRIORITY[kinds.REPLY],
            leased_until=turn.now + LEASE,
            payload=turn.replies[number].pack(),
        )

    async def _answer_tap(self, incoming: Incoming, turn: Turn | None) -> None:
        if incoming.query_id is None:
            return
        try:
            values = {"callback_query_id": incoming.query_id}
            if turn is not None and turn.toast:
                values["text"] = turn.toast
            await call(self._bot, "answerCallbackQuery", values)
        except TelegramError as error:
            # Only the small clock on the button hangs on it.
            log.info("tap not answered update=%d why=%s", incoming.update_id, judge(error).reason)

    async def _send_unrecorded(self, chat_id: int, reply: Outgoing) -> None:
        """To somebody of whom nothing is kept: the update is confirmed only after this."""
        try:
            await send(self._bot, chat_id, reply)
        except TelegramError as error:
            log.warning("stranger not answered why=%s", judge(error).reason)

    async def tell_operator(self, words: str) -> None:
        """Write to OPERATOR_CHAT_ID, where it is set: codes and numbers, never words of people."""
        if self._house.operator_chat_id is None:
            return
        try:
            await self._bot.send_message(self._house.operator_chat_id, words)
        except TelegramError as error:
            log.warning("operator not reached why=%s", judge(error).reason)
