"""Everything the bot owes someone: one row per message, from due to settled.

Rows refer to their subject and are drawn at sending; only replies carry what they say (`payload`, sealed,
emptied when settled). The key is unique: the same message cannot be owed twice.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Boolean, Integer, and_, bindparam, func, or_, update
from sqlalchemy.dialects.postgresql import insert as postgres_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlmodel import select

from storage.errors import LostLease
from storage.hot import withdraw
from storage.records import OutboxItem, as_record
from storage.store import Tx
from storage.tables import OutboxRow

_TABLE: Any = OutboxRow.__table__  # type: ignore[attr-defined]
_COLUMNS = [_TABLE.c[name] for name in OutboxItem.__dataclass_fields__]


_PRIORITIES = range(6)
_LEASE = (
    update(_TABLE)
    .where(
        _TABLE.c.id.in_(
            select(_TABLE.c.id)
            .where(
                _TABLE.c.state == "due",
                _TABLE.c.priority == bindparam("lane"),
                _TABLE.c.due_at <= bindparam("now"),
                _TABLE.c.expires_at > bindparam("now"),
                or_(bindparam("all", type_=Boolean), _TABLE.c.kind.in_(bindparam("only", expanding=True))),
            )
            .order_by(_TABLE.c.due_at, _TABLE.c.id)
            .limit(bindparam("room", type_=Integer))
            .with_for_update(skip_locked=True)
        )
    )
    .values(
        state="leased",
        leased_until=bindparam("held_until"),
        fence=_TABLE.c.fence + 1,
        attempts=_TABLE.c.attempts + 1,
    )
    .returning(*_COLUMNS)
)


async def owe(tx: Tx, **values: Any) -> bool:
    """Write a message that is owed. False where its key is already there.

    Args:
        values: kind, person_id, subject_id, key, due_at, expires_at, priority; optional state, fence,
            leased_until, payload.
    """
    row = {"state": "due", "fence": 0, "attempts": 0, **values}
    insert = sqlite_insert if tx.session.dialect == "sqlite" else postgres_insert
    done = await tx.run(
        insert(_TABLE).values(**row).on_conflict_do_nothing(index_elements=["key"]).returning(_TABLE.c.id)
    )
    return done.first() is not None


async def lease(
    tx: Tx, now: datetime, until: datetime, limit: int, *, only: Sequence[str] | None = None
) -> list[OutboxItem]:
    """Take up to `limit` messages that are due (of kinds `only`), by priority and due time, until `until`.

    One small step down an index for each priority: a long backlog of one does not slow the others.
    """
    items: list[OutboxItem] = []
    for priority in _PRIORITIES:
        if len(items) == limit:
            break
        given = {
            "now": now,
            "lane": priority,
            "room": limit - len(items),
            "held_until": until,
            "only": list(only or ()),
            "all": only is None,
        }
        found = [OutboxItem(*tuple(row)) for row in (await tx.run(_LEASE, given)).all()]
        items += sorted(found, key=lambda item: (item.due_at, item.id))
    return items


async def settle(tx: Tx, item: OutboxItem, state: str, **values: Any) -> None:
    """Close the lease on `item` with `state`: sent, dropped, failed, or due again (`due_at` says when).

    Raises:
        LostLease: somebody else holds it by now.
    """
    if state != "due":
        values.setdefault("payload", None)
    done = await tx.run(
        update(_TABLE)
        .where(_TABLE.c.id == item.id, _TABLE.c.fence == item.fence, _TABLE.c.state == "leased")
        .values(state=state, leased_until=None, **values)
    )
    if not done.rowcount:
        raise LostLease


async def recover(tx: Tx, now: datetime, unrepeatable: Sequence[str], *, everything: bool) -> int:
    """Deal with leases that nobody can hold any more: after a crash, or run out.

    Whether such a message arrived is in doubt. Kinds in `unrepeatable` are dropped, the rest is due again.

    Args:
        everything: also leases that have not run out (this process has just started, and is the only one).

    Returns:
        How many rows were dropped.
    """
    lost = _TABLE.c.state == "leased"
    if not everything:
        lost = and_(lost, _TABLE.c.leased_until <= now)
    dropped = await tx.run(
        update(_TABLE)
        .where(lost, _TABLE.c.kind.in_(list(unrepeatable)))
        .values(state="dropped", leased_until=None, payload=None, last_error="in doubt")
    )
    await tx.run(update(_TABLE).where(lost).values(state="due", leased_until=None))
    return int(dropped.rowcount)


async def waiting(tx: Tx, now: datetime) -> bool:
    """Whether any row wants a hand now: due, or held on a lease that has run out."""
    due = select(_TABLE.c.id).where(_TABLE.c.state == "due", _TABLE.c.due_at <= now).limit(1)
    if (await tx.run(due)).first() is not None:
        return True
    lost = select(_TABLE.c.id).where(_TABLE.c.state == "leased", _TABLE.c.leased_until <= now).limit(1)
    return (await tx.run(lost)).first() is not None


async def expire(tx: Tx, now: datetime, limit: int = 500) -> list[OutboxItem]:
    """Mark what was not sent in time; the rows, so that their subjects can be told."""
    rows = await tx.run(
        update(_TABLE)
        .where(
            _TABLE.c.id.in_(
                select(_TABLE.c.id)
                .where(_TABLE.c.state == "due", _TABLE.c.due_at <= now, _TABLE.c.expires_at <= now)
                .limit(limit)
            )
        )
        .values(state="expired", leased_until=None, payload=None)
        .returning(*_COLUMNS)
    )
    return [as_record(OutboxItem, row) for row in rows]


async def withdraw_from(tx: Tx, person_id: int, kinds: Sequence[str], reason: str) -> None:
    """Drop everything of `kinds` still owed to a person."""
    await tx.run(
        update(_TABLE)
        .where(_TABLE.c.kind.in_(list(kinds)), _TABLE.c.person_id == person_id, _TABLE.c.state == "due")
        .values(state="dropped", payload=None, last_error=reason)
    )


async def forget(tx: Tx, kinds: Sequence[str], subject_ids: Sequence[int]) -> None:
    """Delete rows whose subjects were planned and are gone before anything was sent."""
    if subject_ids:
        await tx.run(
            _TABLE.delete().where(_TABLE.c.kind.in_(list(kinds)), _TABLE.c.subject_id.in_(list(subject_ids)))
        )


async def item(tx: Tx, item_id: int) -> OutboxItem | None:
    row = (await tx.run(select(*_COLUMNS).where(_TABLE.c.id == item_id))).one_or_none()
    return None if row is None else as_record(OutboxItem, row)


async def by_key(tx: Tx, key: str) -> OutboxItem | None:
    row = (await tx.run(select(*_COLUMNS).where(_TABLE.c.key == key))).one_or_none()
    return None if row is None else as_record(OutboxItem, row)


async def about(tx: Tx, kinds: Sequence[str], subject_id: int) -> list[OutboxItem]:
    """Every row of `kinds` about one subject, oldest first."""
    rows = await tx.run(
        select(*_COLUMNS)
        .where(_TABLE.c.kind.in_(list(kinds)), _TABLE.c.subject_id == subject_id)
        .order_by(_TABLE.c.id)
    )
    return [as_record(OutboxItem, row) for row in rows]


async def next_due_at(tx: Tx) -> datetime | None:
    """When the next message falls due, or None."""
    moment: datetime | None = await tx.session.scalar(
        select(func.min(_TABLE.c.due_at)).where(_TABLE.c.state == "due")
    )
    return moment


async def clear_settled(tx: Tx, before: datetime, limit: int = 2_000) -> int:
    """Delete up to `limit` settled rows that fell due before `before`; how many."""
    cleared = 0
    for state in ("sent", "dropped", "failed", "expired"):
        old = select(_TABLE.c.id).where(_TABLE.c.state == state, _TABLE.c.due_at < before).limit(limit)
        cleared += (await tx.run(_TABLE.delete().where(_TABLE.c.id.in_(old)))).rowcount
    return cleared


async def answered_since(tx: Tx, item: OutboxItem) -> bool:
    """Whether a later reply to the same person has gone out."""
    later = (
        select(_TABLE.c.id)
        .where(
            _TABLE.c.person_id == item.person_id,
            _TABLE.c.kind == item.kind,
            _TABLE.c.id > item.id,
            _TABLE.c.state == "sent",
        )
        .limit(1)
    )
    return (await tx.run(later)).first() is not None


async def due_between(tx: Tx, kinds: Sequence[str], start: datetime, end: datetime) -> int:
    """How many messages of `kinds` fall due in `start` <= due < `end`."""
    found = await tx.run(
        select(func.count())
        .select_from(_TABLE)
        .where(
            _TABLE.c.state == "due",
            _TABLE.c.due_at >= start,
            _TABLE.c.due_at < end,
            _TABLE.c.kind.in_(list(kinds)),
        )
    )
    return int(found.scalar_one())


__all__ = ["withdraw"]
