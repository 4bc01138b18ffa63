"""Reading and writing in bulk, for the ticks: core rows, a handful of statements for hundreds of people.

What is here is bounded by the batch and by the last days; its cost does not grow with anybody's history.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Integer, bindparam, func, insert, null, select, union_all, update
from sqlalchemy.dialects.postgresql import insert as postgres_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from storage.hot import columns, settle_one
from storage.records import CheckIn, Dose, OutboxItem, Patient, Person, Step, Supply
from storage.store import Tx
from storage.tables import (
    CheckInRow,
    DoseEventRow,
    DoseRow,
    OutboxRow,
    PatientRow,
    PersonRow,
    StepRow,
    SupplyRow,
)

_PERSON: Any = PersonRow.__table__  # type: ignore[attr-defined]
_PATIENT: Any = PatientRow.__table__  # type: ignore[attr-defined]
_STEP: Any = StepRow.__table__  # type: ignore[attr-defined]
_SUPPLY: Any = SupplyRow.__table__  # type: ignore[attr-defined]
_DOSE: Any = DoseRow.__table__  # type: ignore[attr-defined]
_EVENT: Any = DoseEventRow.__table__  # type: ignore[attr-defined]
_CHECKIN: Any = CheckInRow.__table__  # type: ignore[attr-defined]
_OUTBOX: Any = OutboxRow.__table__  # type: ignore[attr-defined]


_OF_PERSON = [null() if column.name == "name" else column for column in columns(_PERSON, Person)]
_OF_PATIENT = columns(_PATIENT, Patient)
_OF_STEP = columns(_STEP, Step)
_OF_SUPPLY = columns(_SUPPLY, Supply)
_OF_DOSE = columns(_DOSE, Dose)
_OF_CHECKIN = columns(_CHECKIN, CheckIn)
_BY_DAY = ("daily", "weekly")  # at most one of the two a day


def _among(column: Any, name: str = "ids") -> Any:
    return column.in_(bindparam(name, expanding=True))


# Built once: building a statement anew costs more than running it.
_PEOPLE = select(*_OF_PERSON).where(_among(_PERSON.c.id))
_PATIENTS = select(*_OF_PATIENT).where(_among(_PATIENT.c.id))
_STEPS = select(*_OF_STEP).where(_among(_STEP.c.patient_id)).order_by(_STEP.c.starts_on, _STEP.c.id)
_DOSES = select(*_OF_DOSE).where(_among(_DOSE.c.id))
_SILENT = (
    select(_DOSE.c.patient_id)
    .where(
        _among(_DOSE.c.patient_id),
        # The day is in the index; the instant alone would read whole histories.
        _DOSE.c.dose_day >= bindparam("since"),
        _DOSE.c.status == "unanswered",
    )
    .group_by(_DOSE.c.patient_id)
    .having(func.count() >= bindparam("nights", type_=Integer))
)
_OWE = {
    "sqlite": sqlite_insert(_OUTBOX).on_conflict_do_nothing(index_elements=["key"]),
    "postgresql": postgres_insert(_OUTBOX).on_conflict_do_nothing(index_elements=["key"]),
}
_SETTLE = (
    update(_OUTBOX)
    .where(_OUTBOX.c.id == bindparam("of"), _OUTBOX.c.fence == bindparam("held"), _OUTBOX.c.state == "leased")
    .values(
        state="sent",
        leased_until=None,
        payload=None,
        message_id=bindparam("message"),
        sent_at=bindparam("now"),
    )
)
_SETTLED = select(_OUTBOX.c.id, _OUTBOX.c.fence).where(_among(_OUTBOX.c.id), _OUTBOX.c.state == "sent")
_PROMPTED = (
    update(_DOSE)
    .where(_DOSE.c.id == bindparam("of"), _DOSE.c.status == bindparam("was"))
    .values(status=bindparam("after"), prompted_at=bindparam("now"), amount_ug=bindparam("amount"))
)
_ADD_EVENTS = insert(_EVENT)


async def people(tx: Tx, ids: Iterable[int]) -> dict[int, Person]:
    """The people of these ids, without their names: nothing that is sent in bulk says them."""
    rows = (await tx.run(_PEOPLE, {"ids": list(ids)})).all()
    return {row[0]: Person(*tuple(row)) for row in rows}


async def patients(tx: Tx, ids: Iterable[int]) -> dict[int, Patient]:
    rows = (await tx.run(_PATIENTS, {"ids": list(ids)})).all()
    return {row[0]: Patient(*tuple(row)) for row in rows}


async def patients_to_plan(tx: Tx, now: datetime, limit: int) -> list[Patient]:
    """Those whose next planning is due, longest overdue first."""
    rows = await tx.run(
        select(*_OF_PATIENT)
        .where(_PATIENT.c.next_plan_at <= now)
        .order_by(_PATIENT.c.next_plan_at)
        .limit(limit)
    )
    return [Patient(*tuple(row)) for row in rows]


async def steps(tx: Tx, patient_ids: Iterable[int]) -> dict[int, list[Step]]:
    """Each patient's titration steps, earliest first."""
    found: defaultdict[int, list[Step]] = defaultdict(list)
    for row in (await tx.run(_STEPS, {"ids": list(patient_ids)})).all():
        step = Step(*tuple(row))
        found[step.patient_id].append(step)
    return found


async def supplies(tx: Tx, patient_ids: Iterable[int]) -> dict[int, Supply]:
    """What each of these patients has counted, where they have."""
    rows = await tx.run(select(*_OF_SUPPLY).where(_SUPPLY.c.patient_id.in_(list(patient_ids))))
    return {row.patient_id: Supply(*tuple(row)) for row in rows}


async def doses(tx: Tx, ids: Iterable[int]) -> dict[int, Dose]:
    rows = (await tx.run(_DOSES, {"ids": list(ids)})).all()
    return {row[0]: Dose(*tuple(row)) for row in rows}


async def doses_since(tx: Tx, patient_ids: Iterable[int], day: date) -> dict[int, list[Dose]]:
    """Each patient's doses from `day` on, newest first."""
    found: defaultdict[int, list[Dose]] = defaultdict(list)
    rows = await tx.run(
        select(*_OF_DOSE)
        .where(_DOSE.c.patient_id.in_(list(patient_ids)), _DOSE.c.dose_day >= day)
        .order_by(_DOSE.c.dose_day.desc(), _DOSE.c.slot.desc())
    )
    for row in rows:
        found[row.patient_id].append(Dose(*tuple(row)))
    return found


async def checkins_since(tx: Tx, patient_ids: Iterable[int], day: date) -> dict[int, CheckIn]:
    """Each patient's newest daily or weekly check-in from `day` on."""
    found: dict[int, CheckIn] = {}
    rows = await tx.run(
        select(*_OF_CHECKIN)
        .where(
            _CHECKIN.c.patient_id.in_(list(patient_ids)),
            _CHECKIN.c.kind.in_(_BY_DAY),
            _CHECKIN.c.for_day >= day,
        )
        .order_by(_CHECKIN.c.for_day, _CHECKIN.c.id)
    )
    for row in rows:
        found[row.patient_id] = CheckIn(*tuple(row))
    return found


async def silent_patients(tx: Tx, patient_ids: Iterable[int], since: datetime, nights: int) -> set[int]:
    """Those with at least so many unanswered doses since then."""
    given = {"ids": list(patient_ids), "since": since.date(), "nights": nights}
    rows = await tx.run(_SILENT, given)
    return {row.patient_id for row in rows}


async def sent_since(
    tx: Tx, person_ids: Iterable[int], kinds: Iterable[str], since: datetime
) -> dict[int, list[tuple[int, datetime | None, str]]]:
    """What was sent to each of these people since then, or is on its way: (row, when, kind).

    What is on its way has no time yet.
    """
    found: defaultdict[int, list[tuple[int, datetime | None, str]]] = defaultdict(list)
    own = _OUTBOX.c.person_id.in_(list(person_ids)), _OUTBOX.c.kind.in_(list(kinds))
    wanted = select(_OUTBOX.c.person_id, _OUTBOX.c.id, _OUTBOX.c.sent_at, _OUTBOX.c.kind)
    flying = wanted.where(*own, _OUTBOX.c.sent_at.is_(None), _OUTBOX.c.state == "leased")
    for row in await tx.run(union_all(wanted.where(*own, _OUTBOX.c.sent_at > since), flying)):
        found[row.person_id].append((row.id, row.sent_at, row.kind))
    return found


async def add_doses(tx: Tx, rows: Sequence[dict[str, Any]]) -> dict[tuple[int, date, int], Dose]:
    """Write doses; what was written, by (patient, dose day, slot)."""
    if not rows:
        return {}
    plain = {"snoozes": 0, "corrected": False}
    await tx.run_many(insert(_DOSE), [{**plain, **row} for row in rows])
    written = await doses_since(tx, {row["patient_id"] for row in rows}, min(row["dose_day"] for row in rows))
    wanted = {(row["patient_id"], row["dose_day"], row["slot"]) for row in rows}
    return {
        key: dose
        for group in written.values()
        for dose in group
        if (key := (dose.patient_id, dose.dose_day, dose.slot)) in wanted
    }


async def add_checkins(tx: Tx, rows: Sequence[dict[str, Any]]) -> dict[tuple[int, date], int]:
    """Write check-ins; their ids by (patient, day)."""
    if not rows:
        return {}
    await tx.run_many(insert(_CHECKIN), rows)
    found = await tx.run(
        select(_CHECKIN.c.id, _CHECKIN.c.patient_id, _CHECKIN.c.for_day).where(
            _CHECKIN.c.patient_id.in_([row["patient_id"] for row in rows]),
            _CHECKIN.c.kind.in_(_BY_DAY),
            _CHECKIN.c.for_day >= min(row["for_day"] for row in rows),
        )
    )
    return {(row.patient_id, row.for_day): row.id for row in found}


async def owe(tx: Tx, rows: Sequence[dict[str, Any]]) -> None:
    """Write messages that are owed; one whose key is there already stays as it is."""
    if not rows:
        return
    plain = {"state": "due", "fence": 0, "attempts": 0}
    await tx.run_many(_OWE[tx.session.dialect], [{**plain, **row} for row in rows])


async def close_before_next(tx: Tx, rows: Sequence[tuple[int, datetime]]) -> None:
    """(dose, next dose's time): the answer window ends there at the latest."""
    if rows:
        await tx.run_many(
            update(_DOSE)
            .where(_DOSE.c.id == bindparam("of"), _DOSE.c.closes_at > bindparam("until"))
            .values(closes_at=bindparam("until")),
            [{"of": dose_id, "until": until} for dose_id, until in rows],
        )


async def set_next_plan(tx: Tx, rows: Sequence[tuple[int, datetime | None]]) -> None:
    """(patient, when to plan again)."""
    if rows:
        await tx.run_many(
            update(_PATIENT).where(_PATIENT.c.id == bindparam("of")).values(next_plan_at=bindparam("at")),
            [{"of": patient_id, "at": at} for patient_id, at in rows],
        )


async def settle_sent(tx: Tx, sent: Sequence[tuple[OutboxItem, int | None]], now: datetime) -> set[int]:
    """Close the leases of messages that went out: (row, message id). The rows that were still held."""
    if not sent:
        return set()
    if len(sent) == 1:
        (item, message_id), *_ = sent
        return {item.id} if await settle_one(tx, item, message_id, now) else set()
    await tx.run_many(
        _SETTLE,
        [{"of": item.id, "held": item.fence, "message": message, "now": now} for item, message in sent],
    )
    fences = {item.id: item.fence for item, _ in sent}
    rows = await tx.run(_SETTLED, {"ids": list(fences)})
    return {row.id for row in rows if row.fence == fences[row.id]}


async def move_doses(
    tx: Tx,
    rows: Sequence[tuple[Dose, int | None]],
    *,
    move: str,
    after: str,
    now: datetime,
) -> None:
    """Prompted: (dose as it was read, amount in micrograms). Each only if its status is still that one."""
    if not rows:
        return
    await tx.run_many(
        _PROMPTED,
        [
            {"of": dose.id, "was": dose.status, "after": after, "now": now, "amount": amount}
            for dose, amount in rows
        ],
    )
    await tx.run_many(
        _ADD_EVENTS,
        [
            {"dose_id": dose.id, "at": now, "move": move, "before": dose.status, "after": after}
            for dose, _ in rows
        ],
    )


async def mark_checkins_sent(tx: Tx, ids: Sequence[int], now: datetime) -> None:
    if ids:
        await tx.run(update(_CHECKIN).where(_CHECKIN.c.id.in_(list(ids))).values(state="sent", sent_at=now))
