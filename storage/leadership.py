"""Which of several processes on one PostgreSQL polls and sends: a lease row, on the database's clock."""

from datetime import timedelta
from typing import Any

from sqlalchemy import func, or_, select, update
from sqlalchemy.dialects.postgresql import insert

from storage.store import Tx
from storage.tables import LeaseRow

_LEASE: Any = LeaseRow.__table__  # type: ignore[attr-defined]
_NAME = "runner"
LASTS = timedelta(seconds=15)


async def acquire(tx: Tx, holder: str) -> int | None:
    """Take the lease if nobody holds it: its fencing number, else None. PostgreSQL only."""
    row = insert(_LEASE).values(name=_NAME, holder=holder, fence=1, until=func.now() + LASTS)
    taken = await tx.run(
        row.on_conflict_do_update(
            index_elements=["name"],
            set_={"holder": holder, "fence": _LEASE.c.fence + 1, "until": func.now() + LASTS},
            where=or_(_LEASE.c.until < func.now(), _LEASE.c.holder == holder),
        ).returning(_LEASE.c.fence)
    )
    fence: int | None = taken.scalar()
    return fence


async def renew(tx: Tx, holder: str, fence: int) -> bool:
    """Hold on to the lease. False where somebody else has taken it."""
    done = await tx.run(
        update(_LEASE)
        .where(_LEASE.c.name == _NAME, _LEASE.c.holder == holder, _LEASE.c.fence == fence)
        .values(until=func.now() + LASTS)
    )
    return bool(done.rowcount)


async def release(tx: Tx, holder: str, fence: int) -> None:
    """Let the next one have it at once."""
    await tx.run(
        update(_LEASE)
        .where(_LEASE.c.name == _NAME, _LEASE.c.holder == holder, _LEASE.c.fence == fence)
        .values(until=func.now())
    )


async def holder(tx: Tx) -> str | None:
    """Who holds the lease now; None where it has run out."""
    found = await tx.run(select(_LEASE.c.holder).where(_LEASE.c.name == _NAME, _LEASE.c.until >= func.now()))
    name: str | None = found.scalar()
    return name
