"""What the ledger of one patient is read from: events, messages and check-ins of many days at once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import func
from sqlmodel import col, select

from storage.records import DoseEvent, as_record
from storage.store import Tx
from storage.tables import AnswerRow, CheckInRow, DoseEventRow, DoseRow, OutboxRow

_OUTBOX: Any = OutboxRow.__table__  # type: ignore[attr-defined]


@dataclass(frozen=True, slots=True)
class Message:
    """One message as it stands in the outbox. `last_error` stays when a later attempt succeeds."""

    kind: str
    subject_id: int
    due_at: datetime
    expires_at: datetime
    state: str
    attempts: int
    sent_at: datetime | None
    last_error: str | None


@dataclass(frozen=True, slots=True)
class Sitting:
    """A check-in and how many of its items were answered, without the answers."""

    id: int
    for_day: date
    opens_at: datetime
    state: str
    sent_at: datetime | None
    done_at: datetime | None
    answered: int
    last_answer_at: datetime | None


_MESSAGE = [_OUTBOX.c[name] for name in Message.__dataclass_fields__]


async def dose_events(tx: Tx, patient_id: int, first: date, last: date) -> list[DoseEvent]:
    """What happened to the patient's doses with `first` <= dose day <= `last`, in the order it happened."""
    rows = await tx.session.exec(
        select(DoseEventRow)
        .join(DoseRow, col(DoseRow.id) == col(DoseEventRow.dose_id))
        .where(*_of(patient_id, first, last))
        .order_by(col(DoseEventRow.at), col(DoseEventRow.id))
    )
    return [as_record(DoseEvent, row) for row in rows]


async def dose_messages(
    tx: Tx, patient_id: int, first: date, last: date, kinds: Sequence[str]
) -> list[Message]:
    """The messages of `kinds` about these doses, as far as they are kept, oldest first."""
    doses = select(col(DoseRow.id)).where(*_of(patient_id, first, last))
    return await _messages(tx, kinds, doses)


async def checkin_messages(
    tx: Tx, patient_id: int, first: date, last: date, kinds: Sequence[str]
) -> list[Message]:
    """The messages of `kinds` about the check-ins for `first` to `last`, as far as they are kept."""
    sittings = select(col(CheckInRow.id)).where(
        CheckInRow.patient_id == patient_id, col(CheckInRow.for_day).between(first, last)
    )
    return await _messages(tx, kinds, sittings)


async def sittings(tx: Tx, patient_id: int, first: date, last: date) -> list[Sitting]:
    """The patient's check-ins for `first` to `last`, earliest first."""
    counted: list[Any] = [
        func.count(col(AnswerRow.id)).filter(col(AnswerRow.value).is_not(None)).label("answered"),
        func.max(AnswerRow.answered_at).label("last_answer_at"),
    ]
    columns: list[Any] = [
        col(CheckInRow.id),
        col(CheckInRow.for_day),
        col(CheckInRow.opens_at),
        col(CheckInRow.state),
        col(CheckInRow.sent_at),
        col(CheckInRow.done_at),
    ]
    rows = await tx.run(
        select(*columns, *counted)
        .outerjoin(AnswerRow, col(AnswerRow.checkin_id) == col(CheckInRow.id))
        .where(CheckInRow.patient_id == patient_id, col(CheckInRow.for_day).between(first, last))
        .group_by(*columns)
        .order_by(col(CheckInRow.for_day), col(CheckInRow.id))
    )
    return [as_record(Sitting, row) for row in rows]


def _of(patient_id: int, first: date, last: date) -> tuple[Any, Any]:
    return DoseRow.patient_id == patient_id, col(DoseRow.dose_day).between(first, last)


async def _messages(tx: Tx, kinds: Sequence[str], subjects: Any) -> list[Message]:
    rows = await tx.run(
        select(*_MESSAGE)
        .where(_OUTBOX.c.kind.in_(list(kinds)), _OUTBOX.c.subject_id.in_(subjects))
        .order_by(_OUTBOX.c.id)
    )
    return [as_record(Message, row) for row in rows]
