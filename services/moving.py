"""One move of the life of a dose, with its event: the only way in which a dose changes."""

from datetime import datetime

from clinical import dose as life
from clinical.dose import Move, Status
from storage import doses
from storage.records import Dose
from storage.store import Tx


class LostRace(Exception):
    """The dose was changed by somebody else between reading and writing; the transaction is undone."""


async def change(
    tx: Tx,
    dose: Dose,
    move: Move,
    now: datetime,
    *,
    reason: str | None = None,
    taken_at: datetime | None = None,
    **values: object,
) -> Dose:
    """Make one move of the life of a dose, with its event; the dose as it is after.

    Raises:
        MoveRefused: the table does not allow the move.
        LostRace: the dose has changed since it was read.
    """
    after = life.move(Status(dose.status), move)
    changed = await doses.change_dose(
        tx, dose.id, was=dose.status, status=after, reason=reason, taken_at=taken_at, **values
    )
    if changed is None:
        raise LostRace
    await doses.add_event(
        tx,
        dose_id=dose.id,
        at=now,
        move=move,
        before=dose.status,
        after=after,
        reason=reason,
        taken_at=taken_at,
    )
    return changed
