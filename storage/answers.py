"""What a patient answered in check-ins, as one history; the symptoms they named."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select as core_select
from sqlmodel import col, select

from storage.store import Tx
from storage.tables import AnswerRow, CheckInRow, TargetRow


@dataclass(frozen=True, slots=True)
class Answered:
    """One answer with the check-in it belongs to; `value` None is "passed over"."""

    checkin_id: int
    kind: str
    for_day: date
    item: str
    value: int | None
    answered_at: datetime


@dataclass(frozen=True, slots=True)
class Target:
    """A symptom that the patient named, in their own words; `number` is 1 or 2."""

    number: int
    name: str
    named_at: datetime


_CHECKIN: Any = CheckInRow.__table__  # type: ignore[attr-defined]
_ANSWER: Any = AnswerRow.__table__  # type: ignore[attr-defined]


async def history(tx: Tx, patient_id: int) -> list[Answered]:
    """All answers of a patient, by day and check-in."""
    rows = await tx.run(
        core_select(
            _CHECKIN.c.id,
            _CHECKIN.c.kind,
            _CHECKIN.c.for_day,
            _ANSWER.c.item,
            _ANSWER.c.value,
            _ANSWER.c.answered_at,
        )
        .join(_ANSWER, _CHECKIN.c.id == _ANSWER.c.checkin_id)
        .where(_CHECKIN.c.patient_id == patient_id)
        .order_by(_CHECKIN.c.for_day, _CHECKIN.c.id, _ANSWER.c.id)
    )
    return [Answered(*tuple(row)) for row in rows]


async def add_checkin(tx: Tx, **values: Any) -> int:
    """Write one check-in; its id."""
    row = CheckInRow(**values)
    tx.session.add(row)
    await tx.session.flush()
    assert row.id is not None
    return row.id


async def has_kind(tx: Tx, patient_id: int, kind: str) -> bool:
    """Whether the patient ever had a check-in of a kind."""
    found = await tx.session.scalar(
        select(CheckInRow.id).where(CheckInRow.patient_id == patient_id, CheckInRow.kind == kind).limit(1)
    )
    return found is not None


async def targets(tx: Tx, patient_id: int) -> list[Target]:
    """The symptoms that the patient named, by number."""
    rows = await tx.session.exec(
        select(TargetRow).where(TargetRow.patient_id == patient_id).order_by(col(TargetRow.number))
    )
    return [Target(row.number, row.name, row.named_at) for row in rows]


async def name_target(tx: Tx, patient_id: int, name: str, now: datetime) -> int:
    """Keep a symptom as the next one; its number."""
    number = len(await targets(tx, patient_id)) + 1
    tx.session.add(TargetRow(patient_id=patient_id, number=number, name=name, named_at=now))
    await tx.session.flush()
    return number
