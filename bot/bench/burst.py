"""`burst`: everybody's bedtime at once under Telegram's limit, while people tap; three real processes."""

import asyncio
import math
from datetime import datetime, timedelta
from typing import Any

from bot.bench.figures import SEED, Figure, at_least, below, percentile, progress, scaled
from bot.bench.line import Server, server
from bot.bench.world import bedtimes, child, folder, people, this_minute
from bot.clock import SystemClock
from services import flags, kinds
from storage import people as persons
from storage import seed
from storage.store import Store

_LIMIT = 30
_TAPS = 2.0
_LEAD_S = 12  # the bot is up before the minute of the bedtime begins
_ALERTS = 4
_CHECKINS_EVERY = 25


async def burst() -> list[Figure]:
    """Prompts of one bedtime at 30/s with 2 taps a second; the server refuses more than 30 in any second."""
    count = scaled(1_500, 60)
    expected = count * (1 + 1 / _CHECKINS_EVERY) / (_LIMIT - _TAPS)
    path = folder() / "burst.db"
    bedtime = this_minute() + timedelta(minutes=1)
    if (bedtime - SystemClock().now()).total_seconds() < _LEAD_S + count / 300:
        bedtime += timedelta(minutes=1)
    base = bedtime - timedelta(minutes=60)
    ids = await people(path, base, bedtimes(base, [count], 0, checkins_every=_CHECKINS_EVERY))
    store = await Store.open(f"sqlite:///{path}")
    try:
        checkins = await _prepare(store, ids, bedtime)
        async with (
            server(delay=0.05, limit=_LIMIT, taps=_TAPS, people=True, seed=SEED) as line,
            child(f"sqlite:///{path}", line.url, rate=_LIMIT),
        ):
            async with asyncio.TaskGroup() as group:
                group.create_task(_alert(store, ids, bedtime, expected))
                group.create_task(_watch(line, count + checkins + _ALERTS, bedtime, expected))
            seen = await line.stats()
        return await _figures(store, seen, count, checkins)
    finally:
        await store.close()


async def _prepare(store: Store, ids: range, bedtime: datetime) -> int:
    """Check-ins due with the prompts, and a clinician for those who raise an alert; how many check-ins."""
    async with store.write() as tx:
        checkins = await seed.fall_due(tx, kinds.CHECK_IN, bedtime, bedtime + timedelta(hours=6))
        clinic = await persons.add_clinic(tx, "Invented", "Etc/UTC", bedtime)
        reader = await persons.add_person(tx, 999, "Invented", "en", bedtime)
        clinician = await persons.add_clinician(tx, reader.id, clinic.id, bedtime)
        for patient_id in ids[1 : 1 + _ALERTS]:
            await persons.change_patient(tx, patient_id, clinician_id=clinician.id, consent_sharing=True)
    return checkins


async def _alert(store: Store, ids: range, bedtime: datetime, expected: float) -> None:
    """In the middle of the burst somebody's red flag is owed to the clinician, more than once."""
    for number, patient_id in enumerate(ids[1 : 1 + _ALERTS], 1):
        at = bedtime + timedelta(seconds=expected * number / (_ALERTS + 1))
        await asyncio.sleep(max(0.0, (at - SystemClock().now()).total_seconds()))
        async with store.write() as tx:
            patient = await persons.patient(tx, patient_id)
            now = SystemClock().now()
            await flags.raise_flag(
                tx,
                patient,
                category="RF04",
                severity="emergency",
                concept="bench",
                words=None,
                pause=False,
                now=now,
            )


async def _watch(line: Server, wanted: int, bedtime: datetime, expected: float) -> None:
    """Until everything in bulk has arrived, or it takes far too long."""
    end = bedtime + timedelta(seconds=expected * 1.5 + 20)
    while SystemClock().now() < end:
        await asyncio.sleep(1)
        arrived = len((await line.stats())["bulk"])
        progress(f"burst: {arrived} of {wanted} messages")
        if arrived >= wanted:
            return


async def _figures(store: Store, seen: dict[str, Any], count: int, checkins: int) -> list[Figure]:
    bulk, replies = seen["bulk"], [took / 1000 for took in seen["replies_ms"]]
    inside = [at for at in seen["times"] if bulk[0] <= at <= bulk[-1]]
    sustained = (len(inside) - 1) / max(bulk[-1] - bulk[0], 0.001) / _LIMIT * 100
    async with store.read() as tx:
        prompts = await seed.sent(tx, kinds.DOSE_PROMPT)
        opened = await seed.sent(tx, kinds.CHECK_IN)
        alerts = await seed.sent(tx, kinds.ESCALATION)
    last_prompt = max((one.message_id for one in prompts if one.attempts == 1), default=0)
    early = sum(one.message_id < last_prompt for one in opened)
    worst = max((one.late_s for one in alerts), default=math.inf) if len(alerts) == _ALERTS else math.inf
    floods = float(seen["floods"])
    unanswered = float(seen["unanswered"])
    first = min((one.late_s for one in prompts), default=math.inf)
    return [
        at_least("burst", f"all messages together, {count} prompts, share of 30/s", sustained, "%", 97),
        below("burst", f"reply to a tap, p99 of {len(replies)}", percentile(replies, 0.99), "s", 0.5),
        Figure("burst", "reply to a tap, median", percentile(replies, 0.5), "s"),
        below("burst", "taps never answered", unanswered, "taps", 0),
        below("burst", "refused by the server (429)", floods, "messages", 0),
        below("burst", "prompts not recorded as sent", count - len(prompts), "prompts", 0),
        below("burst", f"check-ins (of {checkins}) ahead of a prompt", early, "check-ins", 0),
        Figure("burst", "alert raised in the burst until sent, worst", worst, "s"),
        Figure("burst", "first prompt recorded after bedtime", first, "s"),
    ]
