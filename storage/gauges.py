"""What an operator asks a database: how much waits, and whether its tables are the newest."""

import functools
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import column, func, table
from sqlmodel import select

from storage.store import Tx
from storage.tables import OutboxRow

_OUTBOX: Any = OutboxRow.__table__  # type: ignore[attr-defined]


async def due_backlog(tx: Tx, now: datetime) -> int:
    """How many messages are due and neither sent nor on their way."""
    found = await tx.run(
        select(func.count()).select_from(_OUTBOX).where(_OUTBOX.c.state == "due", _OUTBOX.c.due_at <= now)
    )
    return int(found.scalar_one())


async def migrated(tx: Tx) -> bool:
    """Whether the database has exactly the tables this version of the code was written for."""
    found = await tx.run(select(column("version_num")).select_from(table("alembic_version")))
    return [str(row[0]) for row in found] == [_newest_revision()]


@functools.cache
def _newest_revision() -> str | None:
    from alembic.script import ScriptDirectory

    return ScriptDirectory(str(Path(__file__).parent / "migrations")).get_current_head()
