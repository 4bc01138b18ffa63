"""What patients have left: counted by them, one less with each dose taken."""

from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, update

from storage.ready import Ready
from storage.records import Supply, as_record
from storage.store import Tx
from storage.tables import SupplyRow

_SUPPLY: Any = SupplyRow.__table__  # type: ignore[attr-defined]
_USE_UP = Ready(
    update(_SUPPLY)
    .where(_SUPPLY.c.patient_id == bindparam("of"), _SUPPLY.c.doses_left >= bindparam("used"))
    .values(doses_left=_SUPPLY.c.doses_left - bindparam("used"))
)


async def supply(tx: Tx, patient_id: int) -> Supply | None:
    """What the patient has counted, if ever."""
    row = await tx.session.get(SupplyRow, patient_id, populate_existing=True)
    return None if row is None else as_record(Supply, row)


async def put_supply(tx: Tx, patient_id: int, now: datetime, **values: Any) -> Supply:
    """Write a count, or change one."""
    row = await tx.session.get(SupplyRow, patient_id, populate_existing=True)
    if row is None:
        row = SupplyRow(patient_id=patient_id, doses_left=0, counted_at=now)
    for name, value in values.items():
        setattr(row, name, value)
    tx.session.add(row)
    await tx.session.flush()
    return as_record(Supply, row)


async def use_up(tx: Tx, patient_id: int, doses: int) -> None:
    """So many doses fewer (more, where it is below zero); nothing where nothing was counted."""
    await tx.count(_USE_UP, {"of": patient_id, "used": doses})
