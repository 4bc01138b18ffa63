"""What the *plan* tick does: planning for everybody whose turn it is, and what a gap in planning sets off."""

from datetime import datetime, timedelta

from services import kinds, lapsing, planning
from storage import doses, inbox, outbox, people, sweep
from storage.store import Store

_BATCH = 500
# Planning is looked at again by the next dose at the latest; a weekly check-in may lie further ahead.
_FURTHEST = timedelta(hours=36)


async def plan_due(store: Store, now: datetime, *, per_minute: int | None = None) -> int:
    """Plan for everybody whose planning is due, a batch to a transaction; how many patients.

    Args:
        per_minute: How many messages a minute can leave; more prompts than that at one bedtime are spread.
    """
    planned = await mend(store, now)
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


async def mend(store: Store, now: datetime) -> int:
    """Undo what was written under a clock that ran ahead and has been put right; how many patients.

    Nights that have not come yet are planned again, whatever was made of them: nobody was prompted for them.
    Where anything of the patient is later than `now`, it is this clock that is wrong, and all stays as it is:
    a clock that is behind for a moment must not lift a safety pause, nor write history anew.
    """
    async with store.read() as tx:
        ahead_of_time = await people.planned_too_far(tx, now, now + _FURTHEST, _BATCH)
    for patient_id in ahead_of_time:
        async with store.write() as tx:
            ahead = [
                dose.id
                for dose in await doses.doses(tx, patient_id, first=(now - timedelta(days=1)).date())
                if dose.scheduled_at > now and dose.prompted_at is None and dose.answered_at is None
            ]
            await doses.forget(tx, ahead)
            await outbox.forget(tx, kinds.IN_PLACE_OF_A_DOSE, ahead)
            await outbox.forget(tx, (kinds.CHECK_IN,), await doses.forget_checkins_ahead(tx, patient_id, now))
            patient = await people.patient(tx, patient_id)
            if patient.safety_pause_at is not None and patient.safety_pause_at > now:
                patient = await people.change_patient(
                    tx, patient_id, safety_pause_at=None, safety_pause_cause=None
                )
                await inbox.audit(tx, now, "bot", "safety pause undone", f"patient:{patient_id}", "clock")
            await planning.plan_patient(tx, patient, now)
    return len(ahead_of_time)
