"""Doses and what happened to them; check-ins and their answers."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import delete, func, update
from sqlmodel import col, select

from clinical.dose import Windows
from storage.hot import add_event, change_dose, dose, first_dose
from storage.records import CheckIn, Dose, DoseEvent, as_record
from storage.store import Tx
from storage.tables import AnswerRow, CheckInRow, DoseEventRow, DoseRow

_BY_DAY = ("daily", "weekly")


async def add_dose(tx: Tx, **values: Any) -> Dose:
    row = DoseRow(**values)
    tx.session.add(row)
    await tx.session.flush()
    return as_record(Dose, row)


async def events(tx: Tx, dose_id: int) -> list[DoseEvent]:
    rows = await tx.session.exec(
        select(DoseEventRow).where(DoseEventRow.dose_id == dose_id).order_by(col(DoseEventRow.id))
    )
    return [as_record(DoseEvent, row) for row in rows]


async def doses(tx: Tx, patient_id: int, first: date | None = None, last: date | None = None) -> list[Dose]:
    """The patient's doses with `first` <= dose day <= `last`, earliest first."""
    query = select(DoseRow).where(DoseRow.patient_id == patient_id)
    if first is not None:
        query = query.where(col(DoseRow.dose_day) >= first)
    if last is not None:
        query = query.where(col(DoseRow.dose_day) <= last)
    rows = await tx.session.exec(query.order_by(col(DoseRow.dose_day), col(DoseRow.slot)))
    return [as_record(Dose, row) for row in rows]


async def newest_doses(tx: Tx, patient_id: int, limit: int, until: datetime | None = None) -> list[Dose]:
    """The newest doses (those scheduled at `until` or before, if given), newest first."""
    query = select(DoseRow).where(DoseRow.patient_id == patient_id)
    if until is not None:
        query = query.where(col(DoseRow.scheduled_at) <= until)
    rows = await tx.session.exec(
        query.order_by(col(DoseRow.dose_day).desc(), col(DoseRow.slot).desc()).limit(limit)
    )
    return [as_record(Dose, row) for row in rows]


async def doses_to_close(tx: Tx, now: datetime, statuses: Iterable[str], limit: int) -> list[Dose]:
    """Doses in one of `statuses` whose answer window has closed."""
    rows = await tx.session.exec(
        select(DoseRow)
        .where(col(DoseRow.status).in_(list(statuses)), col(DoseRow.closes_at) <= now)
        .limit(limit)
    )
    return [as_record(Dose, row) for row in rows]


async def next_close_at(tx: Tx, statuses: Iterable[str]) -> datetime | None:
    moment: datetime | None = await tx.session.scalar(
        select(func.min(DoseRow.closes_at)).where(col(DoseRow.status).in_(list(statuses)))
    )
    return moment


async def move_planned(tx: Tx, dose_id: int, scheduled_at: datetime, windows: Windows) -> Dose:
    """Give a dose that is planned another time, with its windows."""
    await tx.session.exec(
        update(DoseRow)
        .where(col(DoseRow.id) == dose_id, col(DoseRow.status) == "planned")
        .values(
            scheduled_at=scheduled_at,
            grace_until=windows.grace_until,
            closes_at=windows.closes_at,
            correct_until=windows.correct_until,
        )
    )
    moved = await dose(tx, dose_id)
    assert moved is not None
    return moved


async def forget(tx: Tx, dose_ids: list[int]) -> None:
    """Delete doses that were planned and that nothing has happened to."""
    if dose_ids:
        await tx.session.exec(delete(DoseEventRow).where(col(DoseEventRow.dose_id).in_(dose_ids)))
        await tx.session.exec(delete(DoseRow).where(col(DoseRow.id).in_(dose_ids)))


async def checkin(tx: Tx, checkin_id: int) -> CheckIn | None:
    row = await tx.session.get(CheckInRow, checkin_id, populate_existing=True)
    return None if row is None else as_record(CheckIn, row)


async def newest_checkin(
    tx: Tx, patient_id: int, states: Sequence[str] = ("planned", "sent", "done", "expired")
) -> CheckIn | None:
    """The patient's latest daily or weekly check-in that is in one of `states`."""
    row = (
        await tx.session.exec(
            select(CheckInRow)
            .where(
                CheckInRow.patient_id == patient_id,
                col(CheckInRow.kind).in_(_BY_DAY),
                col(CheckInRow.state).in_(states),
            )
            .order_by(col(CheckInRow.for_day).desc(), col(CheckInRow.id).desc())
            .limit(1)
            .execution_options(populate_existing=True)
        )
    ).one_or_none()
    return None if row is None else as_record(CheckIn, row)


async def open_checkins(tx: Tx, patient_id: int, now: datetime) -> list[CheckIn]:
    """The check-ins that were sent and can still be answered, the newest first."""
    rows = await tx.session.exec(
        select(CheckInRow)
        .where(
            CheckInRow.patient_id == patient_id,
            CheckInRow.state == "sent",
            col(CheckInRow.closes_at) > now,
        )
        .order_by(col(CheckInRow.opens_at).desc())
        .execution_options(populate_existing=True)
    )
    return [as_record(CheckIn, row) for row in rows]


async def told_checkin(tx: Tx, patient_id: int, day: date, now: datetime) -> int:
    """What keeps the numbers and effects that a patient told of a day outside a check-in; its id."""
    found = await tx.session.scalar(
        select(CheckInRow.id).where(
            CheckInRow.patient_id == patient_id, CheckInRow.kind == "told", CheckInRow.for_day == day
        )
    )
    if found is not None:
        return int(found)
    row = CheckInRow(
        patient_id=patient_id,
        kind="told",
        for_day=day,
        opens_at=now,
        closes_at=now,
        state="done",
        done_at=now,
    )
    tx.session.add(row)
    await tx.session.flush()
    assert row.id is not None
    return row.id


async def change_checkin(tx: Tx, checkin_id: int, **values: Any) -> None:
    await tx.session.exec(update(CheckInRow).where(col(CheckInRow.id) == checkin_id).values(**values))


async def forget_planned_checkins(tx: Tx, patient_id: int) -> list[int]:
    """Delete the patient's check-ins that were planned but never sent; their ids."""
    ids = list(
        await tx.session.exec(
            select(col(CheckInRow.id)).where(
                CheckInRow.patient_id == patient_id,
                col(CheckInRow.kind).in_(_BY_DAY),
                CheckInRow.state == "planned",
            )
        )
    )
    if ids:
        await tx.session.exec(delete(CheckInRow).where(col(CheckInRow.id).in_(ids)))
    return [number for number in ids if number is not None]


async def forget_checkins_ahead(tx: Tx, patient_id: int, now: datetime) -> list[int]:
    """Delete the patient's check-ins whose time has not come and that were never sent; their ids."""
    ids = list(
        await tx.session.exec(
            select(col(CheckInRow.id)).where(
                CheckInRow.patient_id == patient_id,
                col(CheckInRow.kind).in_(_BY_DAY),
                col(CheckInRow.opens_at) > now,
                col(CheckInRow.sent_at).is_(None),
            )
        )
    )
    if ids:
        await tx.session.exec(delete(CheckInRow).where(col(CheckInRow.id).in_(ids)))
    return [number for number in ids if number is not None]


async def close_checkins(tx: Tx, now: datetime) -> int:
    """Expire the check-ins whose window has passed; how many."""
    done = await tx.session.exec(
        update(CheckInRow)
        .where(col(CheckInRow.state).in_(["planned", "sent"]), col(CheckInRow.closes_at) <= now)
        .values(state="expired")
    )
    return int(done.rowcount)


async def next_checkin_close_at(tx: Tx) -> datetime | None:
    moment: datetime | None = await tx.session.scalar(
        select(func.min(CheckInRow.closes_at)).where(col(CheckInRow.state).in_(["planned", "sent"]))
    )
    return moment


async def put_answer(
    tx: Tx, checkin_id: int, item: str, value: int | None, scale: str, now: datetime
) -> None:
    """Write or overwrite the answer to one item."""
    done = await tx.session.exec(
        update(AnswerRow)
        .where(col(AnswerRow.checkin_id) == checkin_id, col(AnswerRow.item) == item)
        .values(value=value, scale=scale, answered_at=now)
    )
    if not done.rowcount:
        tx.session.add(AnswerRow(checkin_id=checkin_id, item=item, value=value, scale=scale, answered_at=now))
        await tx.session.flush()


async def answers(tx: Tx, checkin_id: int) -> dict[str, int | None]:
    rows = await tx.session.exec(select(AnswerRow).where(AnswerRow.checkin_id == checkin_id))
    return {row.item: row.value for row in rows}


async def answers_between(
    tx: Tx, patient_id: int, item: str, start: datetime, end: datetime
) -> list[tuple[datetime, int]]:
    """(when answered, value) of one item with `start` <= answered < `end`, earliest first."""
    rows = await tx.session.exec(
        select(AnswerRow.answered_at, AnswerRow.value)
        .join(CheckInRow, col(CheckInRow.id) == col(AnswerRow.checkin_id))
        .where(
            CheckInRow.patient_id == patient_id,
            AnswerRow.item == item,
            col(AnswerRow.value).is_not(None),
            col(AnswerRow.answered_at) >= start,
            col(AnswerRow.answered_at) < end,
        )
        .order_by(col(AnswerRow.answered_at))
    )
    return [(at, value) for at, value in rows if value is not None]


async def ratings(
    tx: Tx, patient_id: int, items: Sequence[str], first: date, last: date
) -> list[tuple[str, date, int]]:
    """(item, day of its check-in, value) of the answers with `first` <= day <= `last`, earliest first."""
    rows = await tx.session.exec(
        select(col(AnswerRow.item), col(CheckInRow.for_day), col(AnswerRow.value))
        .join(CheckInRow, col(CheckInRow.id) == col(AnswerRow.checkin_id))
        .where(
            CheckInRow.patient_id == patient_id,
            col(AnswerRow.item).in_(items),
            col(AnswerRow.value).is_not(None),
            col(CheckInRow.for_day) >= first,
            col(CheckInRow.for_day) <= last,
        )
        .order_by(col(CheckInRow.for_day), col(CheckInRow.id))
    )
    return [(item, day, value) for item, day, value in rows if value is not None]


async def last_taken(tx: Tx, patient_id: int) -> Dose | None:
    """The dose that was taken last, as the patient said; also one that was recorded by hand."""
    row = (
        await tx.session.exec(
            select(DoseRow)
            .where(DoseRow.patient_id == patient_id, col(DoseRow.taken_at).is_not(None))
            .order_by(col(DoseRow.taken_at).desc(), col(DoseRow.id).desc())
            .limit(1)
        )
    ).one_or_none()
    return None if row is None else as_record(Dose, row)


__all__ = ["add_event", "change_dose", "dose", "first_dose"]


async def first_taken_on(tx: Tx, patient_id: int) -> date | None:
    """The dose day of the first dose that is recorded as taken."""
    first: date | None = await tx.session.scalar(
        select(func.min(DoseRow.dose_day)).where(DoseRow.patient_id == patient_id, DoseRow.status == "taken")
    )
    return first
