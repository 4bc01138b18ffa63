"""The deliver tick: lease what is due, draw it from the record as it is now, send, settle.

A row is leased only when there is a place for it in flight, and the place is kept until the row is settled:
whatever a crash leaves in doubt is never more than the places. Rows are read, drawn and settled many at a
time; only the sends are single.
"""

import asyncio
import contextlib
import itertools
import logging
import random
from collections.abc import Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import datetime, timedelta
from weakref import WeakValueDictionary

from telegram import Bot
from telegram.error import TelegramError

from bot.clock import Clock
from bot.http import on_writing
from bot.metrics import Metrics
from bot.pace import Pace, Turn
from bot.transport import Failure, Verdict, judge, send
from handlers import drawing
from handlers.reply import Outgoing
from services import delivered, delivering, kinds
from services.delivering import Prepared
from storage import outbox
from storage.errors import LostLease, Unavailable
from storage.records import OutboxItem
from storage.store import Store, Tx

log = logging.getLogger("ldn.delivery")
LEASE = timedelta(seconds=60)
_IN_FLIGHT = 128
# Beyond this rate (paid broadcasts) twice as many: a row is held for a sixth of a second there and back.
_FAST = 500
# A send may take so long to fail: with less of its lease left a row is not begun any more.
_LEAST_LEFT = timedelta(seconds=15)
_AT_ONCE_S = 0.5  # lease what leaves in this time: little waits on a lease, little is in doubt after a crash
_LOOK_AGAIN_S = 0.5
_GATHER_S = 0.03  # as long as this those that land are settled together
_BACKOFF = (2, 5, 15, 60, 180)
_SETTLE_PATIENCE = (0.05, 0.2, 1, 3)


@dataclass(frozen=True, slots=True)
class _Job:
    """A leased row: whom it goes to, and what was read for it in bulk (None: to be read singly)."""

    item: OutboxItem
    chat_id: int
    prepared: Prepared | None
    read_at: int
    until: datetime


@dataclass(frozen=True, slots=True)
class _Outcome:
    """What became of a job: the message's id, a failure, or settled already."""

    item: OutboxItem
    message_id: int | None = None
    failure: Failure | None = None
    settled: bool = False
    handed_back: bool = False


class _Landings:
    """What became of jobs, as they come in; collected some at a time."""

    def __init__(self) -> None:
        self._landed: list[_Outcome] = []
        self._wanted = 0
        self._enough: asyncio.Future[None] | None = None

    def add(self, outcome: _Outcome) -> None:
        self._landed.append(outcome)
        if len(self._landed) >= self._wanted and self._enough is not None and not self._enough.done():
            self._enough.set_result(None)

    async def collect(self, enough: int) -> list[_Outcome]:
        """At least one, and those that come right behind it, until there are `enough`."""
        await self._until(1)
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(_GATHER_S):
                await self._until(enough)
        landed, self._landed = self._landed, []
        return landed

    async def _until(self, wanted: int) -> None:
        if len(self._landed) < wanted:
            self._wanted = wanted
            self._enough = asyncio.get_running_loop().create_future()
            await self._enough


class Delivery:
    """Sends what the outbox holds. One person is served by one hand at a time (`alone_with`)."""

    def __init__(
        self,
        store: Store,
        bot: Bot,
        clock: Clock,
        pace: Pace,
        metrics: Metrics,
        *,
        rate: float = 30,
        per_chat: bool = True,
        paid: bool = False,
    ) -> None:
        self._store = store
        self._bot = bot
        self._clock = clock
        self._pace = pace
        self._metrics = metrics
        self._per_chat = per_chat
        self._paid = paid
        self._times = 2 if rate > _FAST else 1
        # A quarter of the places at the most: a lease must not wait until all of them are free.
        self._chunk = max(8, min(_IN_FLIGHT * self._times // 4, round(rate * _AT_ONCE_S)))
        self._locks: WeakValueDictionary[int, asyncio.Lock] = WeakValueDictionary()
        self._changes = 0
        self._changed: dict[int, int] = {}
        self._changed_for_all = 0
        self._flights: set[asyncio.Task[None]] = set()
        self._resting = asyncio.Event()
        self._resting.set()
        self.stopping = False

    def alone_with(self, chat_id: int) -> AbstractAsyncContextManager[None]:
        """Keep a chat to oneself: while an update of hers is handled, nothing else is drawn for her."""
        lock = self._locks.get(chat_id)
        if lock is None:
            lock = self._locks[chat_id] = asyncio.Lock()
        return lock

    def changed(self, chat_id: int) -> None:
        """The record of this chat's person has changed: what was read in bulk before is read again.

        So a prompt that was already leased is judged after the safety pause that she has just set off.
        """
        self._changes += 1
        self._changed[chat_id] = self._changes

    def changed_for_many(self) -> None:
        """Records have changed of people who are not known here."""
        self._changes += 1
        self._changed_for_all = self._changes

    async def recover(self) -> None:
        """After a start: nobody else can hold a lease (`sole_runner`).

        What a crash left behind goes out before anything new comes in: left to the tick, an old screen
        would be drawn over the newer one of a tap that came after it.
        """
        now = self._clock.now()
        async with self._store.write() as tx:
            dropped = await outbox.recover(tx, now, kinds.UNREPEATABLE, everything=True)
        if dropped:
            log.warning("dropped in doubt: %d", dropped)
        await self.run_once(now, only_replies=True)

    async def run_once(self, now: datetime, *, only_replies: bool = False) -> int:
        """Send what is due at `now`; how many rows were taken."""
        async with self._store.read() as tx:
            # A look costs less than a place in the writers' queue, and mostly nothing is due.
            if not await outbox.waiting(tx, now):
                return 0
        async with self._store.write() as tx:
            await outbox.recover(tx, now, kinds.UNREPEATABLE, everything=False)
            for expired in await outbox.expire(tx, now):
                await delivered.not_delivered(tx, expired, now)
        self._resting.clear()
        try:
            return await self._pump(only_replies=only_replies)
        finally:
            self._changed.clear()
            self._resting.set()

    async def _pump(self, *, only_replies: bool) -> int:
        """Keep the places filled until nothing is due and nothing flies."""
        taken = flying = 0
        landings = _Landings()
        exhausted = False
        time = asyncio.get_running_loop().time
        looked_at = time()
        async with asyncio.TaskGroup() as group:
            while True:
                room = _IN_FLIGHT * self._times - flying
                # What comes in while the last ones fly does not wait for them: it may be an alert.
                worth = not exhausted or time() - looked_at > _LOOK_AGAIN_S
                if worth and not self.stopping and (room >= self._chunk or flying == 0):
                    looked_at = time()
                    try:
                        # By the clock as it is now: it may have been set back since the tick began.
                        jobs = await self._lease(self._clock.now(), min(room, self._chunk), only_replies)
                    except Unavailable:
                        # What flies is not given up for that: it arrives, and is settled when it can be.
                        log.warning("cannot lease, database away: flying=%d", flying)
                        jobs = []
                    exhausted = len(jobs) < min(room, self._chunk)
                    taken += len(jobs)
                    flying += len(jobs)
                    for job in jobs:
                        flight = group.create_task(self._fly(job, landings))
                        self._flights.add(flight)
                        flight.add_done_callback(self._flights.discard)
                    if jobs and room > len(jobs) and not exhausted:
                        continue
                if not flying:
                    if exhausted or self.stopping:
                        return taken
                    continue
                outcomes = await landings.collect(min(flying, self._chunk))
                await self._settle_all(outcomes)
                flying -= len(outcomes)

    async def _lease(self, now: datetime, limit: int, only_replies: bool) -> list[_Job]:
        read_at = self._changes
        async with self._store.write() as tx:
            items = await outbox.lease(
                tx, now, now + LEASE, limit, only=(kinds.REPLY,) if only_replies else None
            )
            if not items:
                return []
            found = await delivering.prepare_many(tx, items, now)
        return [_Job(item, *found[item.id], read_at, now + LEASE) for item in items]

    async def _fly(self, job: _Job, landings: _Landings) -> None:
        item = job.item
        try:
            # An alert to a clinician goes ahead of everything in bulk, as a reply does.
            ahead = item.priority <= kinds.PRIORITY[kinds.REPLY]
            place = self._pace.reply if ahead else self._pace.turn
            turn = await place(job.chat_id if self._per_chat else 0)
            try:
                if self.stopping:
                    outcome = _Outcome(item, handed_back=True)
                else:
                    async with self.alone_with(job.chat_id):
                        outcome = await self._draw_and_send(job, turn)
            finally:
                turn.gone()
        except asyncio.CancelledError:
            # Only `drain` cancels a flight: it was on its way, and nobody knows whether it arrived.
            outcome = _Outcome(item, failure=Failure(Verdict.IN_DOUBT, "stopped"))
        except Exception as error:
            # One row that cannot be drawn must not take the others with it.
            log.exception("not drawn kind=%s row=%d", item.kind, item.id)
            outcome = _Outcome(item, failure=Failure(Verdict.PASSING, type(error).__name__))
        landings.add(outcome)

    async def _draw_and_send(self, job: _Job, turn: Turn) -> _Outcome:
        if not _still_held(job.until, self._clock.now()):
            # A long pause, a machine that slept, a clock that was moved: it may be too late, or taken over.
            return _Outcome(job.item, handed_back=True)
        prepared = job.prepared
        since = max(self._changed.get(job.chat_id, 0), self._changed_for_all)
        now = self._clock.now()
        if prepared is None or since > job.read_at:
            async with self._store.write() as tx:
                again = await delivering.prepare(tx, job.item, now)
                if isinstance(again, delivering.Drop):
                    await _settle(tx, job.item, "dropped", last_error=again.reason)
                    return _Outcome(job.item, settled=True)
            prepared = again
        return await self._send(job.item, job.chat_id, drawing.draw(prepared, now), turn)

    async def _send(self, item: OutboxItem, chat_id: int, outgoing: Outgoing, turn: Turn) -> _Outcome:
        told = on_writing.set(turn.gone)
        try:
            paid = self._paid and item.kind != kinds.REPLY
            message_id = await send(self._bot, chat_id, outgoing, paid=paid)
        except TelegramError as error:
            failure = judge(error)
            if failure.retry_after is not None:
                everybodys = self._pace.slow_down(chat_id, failure.retry_after.total_seconds())
                self._metrics.flood(everybodys)
            return _Outcome(item, failure=failure)
        finally:
            on_writing.reset(told)
        return _Outcome(item, message_id)

    async def reply(self, item: OutboxItem, chat_id: int, outgoing: Outgoing) -> None:
        """Send a reply that was leased as it was written; ahead of everything in bulk."""
        turn = await self._pace.reply(chat_id if self._per_chat else 0)
        try:
            if not _still_held(item.due_at + LEASE, self._clock.now()):
                log.warning("left to the tick row=%d: its turn came too late", item.id)
                return
            outcome = await self._send(item, chat_id, outgoing, turn)
        finally:
            turn.gone()
        await self._settle_all([outcome])

    async def _settle_all(self, outcomes: Sequence[_Outcome]) -> None:
        """Write what became of rows, in one transaction; kept at while the database is away."""
        open_ones = [outcome for outcome in outcomes if not outcome.settled]
        if not open_ones:
            return
        for pause in itertools.chain(_SETTLE_PATIENCE, itertools.repeat(_SETTLE_PATIENCE[-1])):
            try:
                # A single reply is settled in one COMMIT with whatever else waits; bulk is long, and alone.
                async with self._store.write(together=len(open_ones) == 1) as tx:
                    await self._write(tx, open_ones, self._clock.now())
            except Unavailable:
                log.warning("cannot settle, database away: rows=%d", len(open_ones))
                if self.stopping:
                    log.error("not settled: rows=%d; at the next start they are in doubt", len(open_ones))
                    return
                await asyncio.sleep(pause)
            else:
                return

    async def _write(self, tx: Tx, outcomes: Sequence[_Outcome], now: datetime) -> None:
        sent = [(one.item, one.message_id) for one in outcomes if one.failure is None and not one.handed_back]
        held = await delivered.delivered_many(tx, sent, now)
        if len(held) < len(sent):
            log.warning("leases lost: %d", len(sent) - len(held))
            self._metrics.lease_lost(len(sent) - len(held))
        for item, _ in sent:
            late_s = (now - item.due_at).total_seconds() if item.kind == kinds.DOSE_PROMPT else None
            self._metrics.sent(item.kind, "sent", late_s)
        for kind in {item.kind for item, _ in sent}:
            log.info(
                "sent kind=%s rows=%s", kind, ",".join(str(item.id) for item, _ in sent if item.kind == kind)
            )
        for one in outcomes:
            if one.handed_back:
                await _settle(tx, one.item, "due")
            elif one.failure is not None:
                self._metrics.sent(one.item.kind, one.failure.verdict)
                await _failed(tx, one.item, one.failure, now)

    async def drain(self, seconds: float) -> None:
        """Stop: what waits is handed back, what is on its way gets so many seconds to arrive."""
        self.stopping = True
        try:
            await asyncio.wait_for(self._resting.wait(), seconds)
        except TimeoutError:
            for flight in tuple(self._flights):
                flight.cancel()
            await self._resting.wait()


def _still_held(until: datetime, now: datetime) -> bool:
    """Whether enough is left of a lease to begin a send; not where the clock was set back before it began."""
    return _LEAST_LEFT < until - now <= LEASE + _LEAST_LEFT


async def _failed(tx: Tx, item: OutboxItem, failure: Failure, now: datetime) -> None:
    log.warning(
        "not sent kind=%s row=%d verdict=%s why=%s", item.kind, item.id, failure.verdict, failure.reason
    )
    if failure.verdict is Verdict.DONE:
        await _settle(tx, item, "sent", sent_at=now)
    elif failure.verdict is Verdict.PERMANENT:
        await _settle(tx, item, "failed", last_error=failure.reason)
        await delivered.unreachable(tx, item, now)
    elif failure.verdict is Verdict.REFUSED:
        await _settle(tx, item, "failed", last_error=failure.reason)
        await delivered.not_delivered(tx, item, now)
    elif failure.verdict is Verdict.IN_DOUBT and item.kind in kinds.UNREPEATABLE:
        await _settle(tx, item, "dropped", last_error="in doubt")
        await delivered.in_doubt(tx, item, now)
    else:
        wait = _BACKOFF[min(item.attempts, len(_BACKOFF)) - 1] * random.uniform(0.8, 1.2)
        pause = failure.retry_after or timedelta(seconds=wait)
        await _settle(tx, item, "due", due_at=now + pause, last_error=failure.reason)


async def _settle(tx: Tx, item: OutboxItem, state: str, **values: object) -> bool:
    try:
        await outbox.settle(tx, item, state, **values)
    except LostLease:
        # Somebody took the row over while we were slow: they settle it.
        log.warning("lease lost row=%d", item.id)
        return False
    return True
