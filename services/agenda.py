"""When something is next going to happen: the demo's clock steps to it, ticks may sleep until it."""

from datetime import datetime

from clinical.dose import OPEN, Status
from storage import doses, duty, outbox, people
from storage.store import Tx


async def next_event_at(tx: Tx, now: datetime) -> datetime | None:
    """The next instant after `now` at which a message falls due or a window closes; None where none will."""
    moments = (
        await outbox.next_due_at(tx),
        await people.next_plan_at(tx),
        await people.next_digest_at(tx),
        await duty.next_test_at(tx),
        await duty.next_not_taken_up_at(tx),
        await doses.next_close_at(tx, (*OPEN, Status.PLANNED)),
    )
    return min((moment for moment in moments if moment is not None and moment > now), default=None)
