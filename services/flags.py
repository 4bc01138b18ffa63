"""Red flags: the record, the pause, who is told; and only what was really done is claimed."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from clinical.dose import Reason
from clinical.localtime import load_zone, next_wall
from services import duty, kinds
from services.holding import withdraw_open
from services.planning import replan
from storage import inbox, outbox, people
from storage.records import Escalation, Patient
from storage.store import Tx

_SAME_ALERT = timedelta(hours=24)
_READ_LASTS = timedelta(hours=24)
_RANK = {"mention": 0, kinds.LATER: 0, "same-day": 1, "emergency": 2}


class Outcome(StrEnum):
    """What became of an alert or a question: the first five are a clinician's to tap (design 7)."""

    PHONED = "phoned"
    PORTAL = "portal"
    PLAN = "plan"
    NONE = "none"
    OTHER = "other"
    NOT_USEFUL = "not_useful"
    RESUMED = "resumed"
    NOT_MEANT = "not_meant"


@dataclass(frozen=True, slots=True)
class Raised:
    """What was done about a flag: its record, whether a clinician is being told, whether prompts paused.

    `opens_at`: when the clinic that is being told opens, where it is closed now.
    """

    escalation: Escalation
    told: bool
    paused: bool
    opens_at: datetime | None = None


async def raise_flag(
    tx: Tx,
    patient: Patient,
    *,
    category: str,
    severity: str,
    concept: str,
    words: str | None,
    pause: bool,
    now: datetime,
) -> Raised:
    """Record a red flag and set off everything that follows from it, in this one transaction.

    The same category within 24 h updates one alert, which sounds again only if the severity rises. Mentions
    are recorded for the digest and never pushed. With sharing off, or without a clinician, nobody is told.
    """
    found = next((one for one in await inbox.escalations(tx, patient.id) if one.category == category), None)
    rises = True
    if found is not None and now - found.raised_at < _SAME_ALERT:
        rises = _RANK[severity] > _RANK[found.severity]
        highest = severity if rises else found.severity
        await inbox.change_escalation(
            tx, found.id, severity=highest, updated_at=now, times=found.times + 1, concept=concept
        )
        if rises:
            # Taken up or not: it has become graver, and somebody must look again.
            await inbox.change_escalation(tx, found.id, state="open", acknowledged_at=None)
        escalation = await inbox.escalation(tx, found.id)
        assert escalation is not None
    else:
        escalation = await inbox.add_escalation(
            tx,
            patient_id=patient.id,
            category=category,
            severity=severity,
            concept=concept,
            words=words if patient.consent_sharing else None,
            raised_at=now,
            updated_at=now,
            state="open",
        )
    await inbox.audit(tx, now, f"patient:{patient.id}", "red flag", f"escalation:{escalation.id}", category)
    told = escalation.told > 0
    if severity != "mention":
        if rises:
            told = await duty.ask_next(tx, patient, escalation, now, again=escalation.told > 0) or told
        await _follow_up(tx, patient, escalation, now)
    if pause and patient.active:
        patient = await begin_safety_pause(tx, patient, category, now)
    opens_at = await duty.opens_at(tx, patient, now) if told else None
    return Raised(escalation, told, pause and patient.active, opens_at)


async def tell_later(
    tx: Tx, patient: Patient, *, category: str, concept: str, due_at: datetime, now: datetime
) -> Escalation | None:
    """Tell the clinic of a change that is no danger, without sound at `due_at`; once while it is open.

    None where it stands there already. Where nobody may be told it stands in the record alone.
    """
    open_ones = await inbox.escalations(tx, patient.id)
    if any(one.category == category and one.concept == concept[:60] for one in open_ones):
        return None
    escalation = await inbox.add_escalation(
        tx,
        patient_id=patient.id,
        category=category,
        severity=kinds.LATER,
        concept=concept[:60],
        words=None,
        raised_at=now,
        updated_at=now,
        state="open",
    )
    await inbox.audit(tx, now, f"patient:{patient.id}", "change", f"escalation:{escalation.id}", category)
    await _tell_later(tx, patient, escalation, due_at)
    return escalation


async def not_useful(tx: Tx, found: Escalation, by: str, now: datetime) -> None:
    """A clinician says that an alert was of no use; it is closed."""
    await inbox.change_escalation(tx, found.id, not_useful_at=found.not_useful_at or now)
    await close(tx, found.id, by, Outcome.NOT_USEFUL, now)


async def _tell_later(tx: Tx, patient: Patient, escalation: Escalation, due_at: datetime) -> None:
    """A change goes to the patient's own clinician alone, and to nobody else."""
    if patient.clinician_id is None or not patient.consent_sharing:
        return
    clinician = await people.clinician(tx, patient.clinician_id)
    reader = await people.person(tx, clinician.person_id)
    if clinician.left_at is not None or reader.unreachable_at is not None:
        return
    await duty.owe_alert(tx, escalation, clinician, due_at)
    await inbox.change_escalation(tx, escalation.id, told=escalation.told + 1)


async def _follow_up(tx: Tx, patient: Patient, escalation: Escalation, now: datetime) -> None:
    """Ask next morning whether they reached someone; routine check-ins rest until then."""
    person = await people.person(tx, patient.person_id)
    if not patient.active or person.zone is None:
        return
    due_at = next_wall(now + timedelta(hours=8), patient.waking_wall, load_zone(person.zone))
    await outbox.owe(
        tx,
        kind=kinds.FLAG_FOLLOW_UP,
        person_id=person.id,
        subject_id=escalation.id,
        key=f"escalation:{escalation.id}:follow-up",
        due_at=due_at,
        expires_at=due_at + timedelta(hours=12),
        priority=kinds.PRIORITY[kinds.FLAG_FOLLOW_UP],
    )
    await people.change_patient(tx, patient.id, rest_until=now + timedelta(hours=24))


async def begin_safety_pause(tx: Tx, patient: Patient, cause: str, now: datetime) -> Patient:
    """Stop prompting from this transaction on, also what is already open; asks instead, night by night."""
    if patient.safety_pause_at is not None:
        return patient
    patient = await people.change_patient(tx, patient.id, safety_pause_at=now, safety_pause_cause=cause)
    await inbox.audit(tx, now, f"patient:{patient.id}", "safety pause begun", f"patient:{patient.id}", cause)
    # Silence after our own warning is not an unanswered dose.
    await withdraw_open(tx, patient, Reason.SAFETY_PAUSE, now)
    return await replan(tx, patient.id, now)


async def end_safety_pause(tx: Tx, patient: Patient, now: datetime, *, by: str) -> Patient:
    """Prompt again: the clinician resumed, or the patient was told to continue (kept as reported)."""
    if patient.safety_pause_at is None:
        return patient
    await inbox.audit(tx, now, by, "safety pause ended", f"patient:{patient.id}", patient.safety_pause_cause)
    await people.change_patient(tx, patient.id, safety_pause_at=None, safety_pause_cause=None)
    return await replan(tx, patient.id, now)


def reads(found: Escalation, patient: Patient, clinician_id: int) -> bool:
    """Whether an alert is this clinician's: the patient's own, or one who was asked to take it up."""
    return patient.clinician_id == clinician_id or clinician_id in duty.asked_ids(found)


async def take(tx: Tx, found: Escalation, patient: Patient, clinician_id: int, now: datetime) -> None:
    """Keep who has taken up an alert and when; the patient hears that it was seen."""
    await inbox.change_escalation(
        tx, found.id, acknowledged_by=clinician_id, acknowledged_at=now, state="acknowledged", next_at=None
    )
    await inbox.audit(tx, now, f"clinician:{clinician_id}", "acknowledged", f"escalation:{found.id}")
    if found.severity != kinds.LATER:
        # A change that the rules found was never said to the patient to go to the clinic.
        await owe_read(tx, kinds.ALERT_READ, patient, found.id, now, turn=found.times)


async def owe_read(
    tx: Tx, kind: str, patient: Patient, subject_id: int, now: datetime, *, turn: int = 1
) -> None:
    """Owe the patient one line: when somebody at the clinic read it."""
    await outbox.owe(
        tx,
        kind=kind,
        person_id=patient.person_id,
        subject_id=subject_id,
        key=f"{kind}:{subject_id}:{turn}",
        due_at=now,
        expires_at=now + _READ_LASTS,
        priority=kinds.PRIORITY[kind],
    )


async def close(tx: Tx, escalation_id: int, by: str, outcome: Outcome, now: datetime) -> None:
    """Close an alert; what became of it is kept with it."""
    await inbox.change_escalation(
        tx, escalation_id, state="closed", next_at=None, outcome=outcome, closed_at=now
    )
    await inbox.audit(tx, now, by, "escalation closed", f"escalation:{escalation_id}", outcome)
