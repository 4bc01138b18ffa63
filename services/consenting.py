"""Consent: three switches that can be changed at any time, and take effect in the same transaction."""

from datetime import datetime, timedelta

from services import checkins, kinds
from services.planning import replan
from storage import inbox, outbox, people
from storage.records import Dose, Patient
from storage.store import Tx

COLUMNS = {
    "reminders": "consent_reminders",
    "nudge": "reminder_on",
    "checkins": "consent_checkins",
    "daily": "keep_daily",
    "sharing": "consent_sharing",
}


async def switch(tx: Tx, patient: Patient, name: str, on: bool, now: datetime) -> Patient:
    """Turn one switch on or off; it counts at once.

    They are reminders, nudge (the quiet reminder), checkins, daily (daily questions kept for good), sharing.
    Sharing needs a clinic; without one it stays off.
    """
    if name == "sharing" and patient.clinician_id is None:
        on = False
    await people.change_patient(tx, patient.id, **{COLUMNS[name]: on})
    await inbox.audit(
        tx, now, f"patient:{patient.id}", f"{name} {'on' if on else 'off'}", f"patient:{patient.id}"
    )
    if name == "reminders" and not on:
        await outbox.withdraw_from(tx, patient.person_id, kinds.AFTER_A_PROMPT, "reminders off")
    patient = await replan(tx, patient.id, now)
    if name == "checkins" and on:
        await checkins.owe_baseline(tx, patient, now)
    return patient


async def early_by(tx: Tx, dose: Dose) -> timedelta | None:
    """How much before its time the prompt of a crowded bedtime goes out; None where it is not moved."""
    row = await outbox.by_key(tx, f"dose:{dose.id}:{kinds.DOSE_PROMPT}")
    return dose.scheduled_at - row.due_at if row is not None and row.due_at < dose.scheduled_at else None
