"""What the *plan* tick does: planning for everybody whose turn it is, and what a gap in planning sets off."""

from datetime import datetime

from services import lapsing, planning
from storage import people, sweep
from storage.store import Store

_BATCH = 500


async def plan_due(store: Store, now: datetime, *, per_minute: int | None = None) -> int:
    """Plan for everybody whose planning is due, a batch to a transaction; how many patients.

    Args:
        per_minute: How many messages a minute can leave; more prompts than that at one bedtime are spread.
    """
    planned = 0
    while True:
        async with store.read() as tx:
            first = await people.next_plan_at(tx)
        if first is None or first > now:
            return planned
        async with store.write() as tx:
            batch = await sweep.patients_to_plan(tx, now, _BATCH)
            for patient_id in await planning.plan_many(tx, batch, now, per_minute=per_minute):
                # Nights that passed while nobody prompted count as silent ones, whichever tick comes first.
                await lapsing.after_silence(tx, patient_id, now)
        planned += len(batch)
