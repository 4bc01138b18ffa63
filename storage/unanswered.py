"""Questions that got no answer, and what people thought of answers: without who asked."""

from datetime import datetime
from typing import Any

from sqlalchemy import func
from sqlmodel import col, select

from storage.store import Tx
from storage.tables import UnansweredRow

QUESTION, UP, DOWN = "question", "up", "down"


async def keep(
    tx: Tx, clinic_id: int, kind: str, now: datetime, *, text: str | None = None, topic: str | None = None
) -> None:
    """Keep a question without an answer (`text`), or a thumb for a topic's answer, for one clinic."""
    tx.session.add(UnansweredRow(clinic_id=clinic_id, kind=kind, text=text, topic=topic, at=now))
    await tx.session.flush()


async def questions(tx: Tx, clinic_id: int, since: datetime) -> list[str]:
    """The questions of a clinic's patients that got no answer since then."""
    rows = await tx.session.exec(
        select(UnansweredRow).where(
            UnansweredRow.clinic_id == clinic_id,
            UnansweredRow.kind == QUESTION,
            col(UnansweredRow.at) >= since,
        )
    )
    return [row.text for row in rows if row.text]


async def thumbs(tx: Tx, clinic_id: int, since: datetime) -> dict[tuple[str, str], int]:
    """How many thumbs each answer got: (topic, up or down) to count."""
    rows: Any = await tx.run(
        select(col(UnansweredRow.topic), col(UnansweredRow.kind), func.count())
        .where(
            UnansweredRow.clinic_id == clinic_id,
            col(UnansweredRow.kind).in_((UP, DOWN)),
            col(UnansweredRow.at) >= since,
        )
        .group_by(col(UnansweredRow.topic), col(UnansweredRow.kind))
    )
    return {(row[0], row[1]): int(row[2]) for row in rows}
