"""Stopping and resuming dose prompts: the clinician's hold, and what a stop does to a dose already open."""

from datetime import datetime

from clinical.dose import OPEN, Move, Reason, Status
from services import kinds, notices
from services.planning import SPREAD, replan
from storage import doses, inbox, outbox, people
from storage.doses import change_dose
from storage.records import Clinician, Patient
from storage.store import Tx


async def withdraw_open(tx: Tx, patient: Patient, reason: Reason, now: datetime) -> None:
    """No prompt for what is open or about to go out: silence from here on is not an unanswered dose."""
    await outbox.withdraw_from(tx, patient.person_id, kinds.AFTER_A_PROMPT, reason)
    for dose in await doses.newest_doses(tx, patient.id, 3, until=now + SPREAD):
        if dose.status not in (*OPEN, Status.PLANNED) or dose.closes_at <= now:
            continue
        await outbox.withdraw(tx, kinds.IN_PLACE_OF_A_DOSE, dose.id, reason)
        if await change_dose(tx, dose.id, was=dose.status, status=Status.NOT_EXPECTED, reason=reason):
            await doses.add_event(
                tx,
                dose_id=dose.id,
                at=now,
                move=Move.WITHDRAW,
                before=dose.status,
                after=Status.NOT_EXPECTED,
                reason=reason,
            )


async def begin_hold(tx: Tx, patient: Patient, clinician: Clinician, now: datetime) -> Patient:
    """The clinician stops prompts until they resume them; the patient is told."""
    if patient.hold_at is not None:
        return patient
    patient = await people.change_patient(tx, patient.id, hold_at=now)
    await inbox.audit(tx, now, f"clinician:{clinician.id}", "hold begun", f"patient:{patient.id}")
    await withdraw_open(tx, patient, Reason.HOLD, now)
    patient = await replan(tx, patient.id, now)
    await _tell(tx, patient, now)
    return patient


async def end_hold(tx: Tx, patient: Patient, clinician: Clinician, now: datetime) -> Patient:
    """The clinician resumes prompts; only they can end their hold."""
    if patient.hold_at is None:
        return patient
    await people.change_patient(tx, patient.id, hold_at=None)
    await inbox.audit(tx, now, f"clinician:{clinician.id}", "hold ended", f"patient:{patient.id}")
    patient = await replan(tx, patient.id, now)
    await _tell(tx, patient, now)
    return patient


async def _tell(tx: Tx, patient: Patient, now: datetime) -> None:
    person = await people.person(tx, patient.person_id)
    about = f"hold{'' if patient.hold_at else '-ended'}{now.isoformat(timespec='seconds')}"
    await outbox.owe(tx, **notices.row(person, patient, kinds.HOLD_CHANGED, now, about))
