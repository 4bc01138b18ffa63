"""What came in: updates handled, conversations half-way, texts of the last minutes, flags."""

from datetime import datetime
from typing import Any

from sqlalchemy import delete, update
from sqlmodel import col, select

from storage.records import Conversation, Escalation, as_record
from storage.store import Tx
from storage.tables import (
    AuditRow,
    ConversationRow,
    EscalationRow,
    RecentTextRow,
    UpdateRow,
)


async def forget_handled(tx: Tx, before: datetime) -> None:
    await tx.session.exec(delete(UpdateRow).where(col(UpdateRow.handled_at) < before))


async def conversation(tx: Tx, person_id: int) -> Conversation | None:
    row = await tx.session.get(ConversationRow, person_id, populate_existing=True)
    return None if row is None else as_record(Conversation, row)


async def put_conversation(tx: Tx, person_id: int, flow: str, step: str, data: str, now: datetime) -> None:
    row = await tx.session.get(ConversationRow, person_id)
    if row is None:
        row = ConversationRow(person_id=person_id, flow=flow, step=step, data=data, updated_at=now)
    row.flow, row.step, row.data, row.updated_at = flow, step, data, now
    tx.session.add(row)
    await tx.session.flush()


async def end_conversation(tx: Tx, person_id: int) -> None:
    await tx.session.exec(delete(ConversationRow).where(col(ConversationRow.person_id) == person_id))
    tx.session.expire_all()


async def recent_texts(tx: Tx, person_id: int, since: datetime) -> list[str]:
    """The person's texts since then, oldest first; older ones are deleted on the way."""
    await tx.session.exec(
        delete(RecentTextRow).where(col(RecentTextRow.person_id) == person_id, col(RecentTextRow.at) < since)
    )
    rows = await tx.session.exec(
        select(RecentTextRow).where(RecentTextRow.person_id == person_id).order_by(col(RecentTextRow.id))
    )
    return [row.text for row in rows]


async def add_recent_text(tx: Tx, person_id: int, text: str, now: datetime) -> None:
    tx.session.add(RecentTextRow(person_id=person_id, at=now, text=text))
    await tx.session.flush()


async def forget_recent_texts(
    tx: Tx, *, before: datetime | None = None, person_id: int | None = None
) -> None:
    query = delete(RecentTextRow)
    if before is not None:
        query = query.where(col(RecentTextRow.at) < before)
    if person_id is not None:
        query = query.where(col(RecentTextRow.person_id) == person_id)
    await tx.session.exec(query)


async def add_escalation(tx: Tx, **values: Any) -> Escalation:
    row = EscalationRow(**values)
    tx.session.add(row)
    await tx.session.flush()
    return as_record(Escalation, row)


async def change_escalation(tx: Tx, escalation_id: int, **values: Any) -> None:
    await tx.session.exec(
        update(EscalationRow).where(col(EscalationRow.id) == escalation_id).values(**values)
    )


async def escalation(tx: Tx, escalation_id: int) -> Escalation | None:
    row = await tx.session.get(EscalationRow, escalation_id, populate_existing=True)
    return None if row is None else as_record(Escalation, row)


async def escalations(tx: Tx, patient_id: int, *, open_only: bool = True) -> list[Escalation]:
    """The patient's red flags, newest first."""
    query = select(EscalationRow).where(EscalationRow.patient_id == patient_id)
    if open_only:
        query = query.where(EscalationRow.state != "closed")
    rows = await tx.session.exec(
        query.order_by(col(EscalationRow.id).desc()).execution_options(populate_existing=True)
    )
    return [as_record(Escalation, row) for row in rows]


async def audit(
    tx: Tx, now: datetime, actor: str, action: str, subject: str, detail: str | None = None
) -> None:
    """Write who did what to which record: ids and actions only, never words."""
    tx.session.add(AuditRow(at=now, actor=actor, action=action, subject=subject, detail=detail))
    await tx.session.flush()
