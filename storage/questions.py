"""Questions and refills that patients pass on to their clinic, until somebody has closed them."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import or_, update
from sqlmodel import col, select

from storage.records import Escalation, Question, as_record
from storage.store import Tx
from storage.tables import EscalationRow, QuestionRow

QUESTION, REFILL = "question", "refill"
OPEN, TAKEN, CLOSED, KEPT = "open", "taken", "closed", "kept"


async def add(
    tx: Tx, patient_id: int, text: str, now: datetime, *, state: str = OPEN, kind: str = QUESTION
) -> int:
    """What the patient passes on, or keeps for themselves (`KEPT`)."""
    row = QuestionRow(patient_id=patient_id, text=text, asked_at=now, state=state, kind=kind)
    tx.session.add(row)
    await tx.session.flush()
    assert row.id is not None
    return row.id


async def question(tx: Tx, question_id: int) -> Question | None:
    row = await tx.session.get(QuestionRow, question_id, populate_existing=True)
    return None if row is None else as_record(Question, row)


async def change(tx: Tx, question_id: int, **values: Any) -> None:
    await tx.session.exec(update(QuestionRow).where(col(QuestionRow.id) == question_id).values(**values))


async def waiting(tx: Tx, patient_ids: Iterable[int]) -> list[Question]:
    """What these patients passed on and nobody has closed, oldest first."""
    rows = await tx.session.exec(
        select(QuestionRow)
        .where(col(QuestionRow.patient_id).in_(list(patient_ids)), col(QuestionRow.state).in_((OPEN, TAKEN)))
        .order_by(col(QuestionRow.id))
        .execution_options(populate_existing=True)
    )
    return [as_record(Question, row) for row in rows]


async def alerts(tx: Tx, patient_ids: Iterable[int], *, asked: int) -> list[Escalation]:
    """Alerts nobody has closed: of these patients, and those this clinician was `asked` to take up."""
    mine = col(EscalationRow.patient_id).in_(list(patient_ids))
    to_take_up = col(EscalationRow.asked).like(f"%,{asked},%")
    rows = await tx.session.exec(
        select(EscalationRow)
        .where(or_(mine, to_take_up), EscalationRow.state != "closed")
        .order_by(col(EscalationRow.raised_at), col(EscalationRow.id))
        .execution_options(populate_existing=True)
    )
    return [as_record(Escalation, row) for row in rows]
