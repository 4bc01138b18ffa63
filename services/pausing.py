"""The patient's own pause: with an end or without, taking the medicine meanwhile or not; and its end."""

from datetime import date, datetime

from clinical.dose import Reason
from services import flags, kinds
from services.holding import withdraw_open
from services.planning import dose_day_now, replan
from storage import inbox, outbox, people
from storage.records import Patient
from storage.store import Tx

# Not taking it for so many dose days is a gap: ask the prescriber before starting again [convention].
GAP_DAYS = 3
NOT_TAKING = "off"


async def pause(tx: Tx, patient: Patient, until: date | None, *, taking: bool, now: datetime) -> Patient:
    """Stop prompts up to the dose day `until` (None: until the patient ends it).

    With `taking` False prompts never begin again by themselves: the day is when the bot asks.
    """
    values: dict[str, object] = {"paused_at": now, "paused_until": until, "asked_again_on": None}
    if not taking:
        values["standing"] = NOT_TAKING
    patient = await people.change_patient(tx, patient.id, **values)
    detail = f"until={until} taking={taking}"
    await inbox.audit(tx, now, f"patient:{patient.id}", "pause begun", f"patient:{patient.id}", detail)
    await withdraw_open(tx, patient, Reason.PAUSE, now)
    return await replan(tx, patient.id, now)


def is_paused(patient: Patient, today: date) -> bool:
    """Whether the pause still holds on the dose day; one without the medicine holds until it is ended."""
    if patient.paused_at is None:
        return False
    until = patient.paused_until
    return until is None or today < until or patient.standing == NOT_TAKING


async def resume(tx: Tx, patient: Patient, now: datetime) -> Patient:
    """End the pause. After a gap without the medicine a safety pause follows: ask the prescriber first."""
    if patient.paused_at is None:
        return patient
    person = await people.person(tx, patient.person_id)
    began = dose_day_now(person, patient, patient.paused_at)
    days = (dose_day_now(person, patient, now) - began).days
    gap = patient.standing == NOT_TAKING and days >= GAP_DAYS
    values: dict[str, object] = {"paused_at": None, "paused_until": None}
    if patient.standing == NOT_TAKING:
        values["standing"] = "taking"
    patient = await people.change_patient(tx, patient.id, **values)
    await outbox.withdraw_from(tx, patient.person_id, (kinds.PAUSE_ENDS,), "pause ended")
    await inbox.audit(tx, now, f"patient:{patient.id}", "pause ended", f"patient:{patient.id}")
    if gap:
        await flags.raise_flag(
            tx,
            patient,
            category="RF14",
            severity="same-day",
            concept="restart after a pause",
            words=None,
            pause=True,
            now=now,
        )
        return await people.patient(tx, patient.id)
    return await replan(tx, patient.id, now)
