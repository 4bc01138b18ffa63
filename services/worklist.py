"""What waits for a clinician: alerts, decisions, questions, refills; taking one up, and what became of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from clinical.digest import REVIEW_AHEAD
from clinical.localtime import load_zone, local_day
from clinical.stepping import Wait
from services import flags, kinds
from services.flags import Outcome
from services.planning import regimen_from
from services.regimens import REPORTED, WAITING
from storage import duty as recorded
from storage import inbox, people, questions, sweep
from storage.records import Clinician, Escalation, Patient, Person, Question, Step
from storage.store import Tx

# What a clinician says became of it; design 7.
OUTCOMES = (Outcome.PHONED, Outcome.PORTAL, Outcome.PLAN, Outcome.NONE, Outcome.OTHER)
_LEAST_GRAVE = 3
_GRAVE = {"emergency": 0, "same-day": 1, kinds.LATER: 2}


class Decision(StrEnum):
    """Why a patient waits for a decision."""

    STEP = "step"
    REPORTED = "reported"
    SAFETY_PAUSE = "safety_pause"
    REVIEW = "review"


@dataclass(frozen=True, slots=True)
class Alert:
    """A flag that is not closed."""

    patient: Patient
    flag: Escalation


@dataclass(frozen=True, slots=True)
class Waits:
    """A patient who waits for a decision, since that day (None: not known)."""

    patient: Patient
    why: Decision
    since: date | None


@dataclass(frozen=True, slots=True)
class Passed:
    """A question or refill that was passed on."""

    patient: Patient
    question: Question


@dataclass(frozen=True, slots=True)
class Worklist:
    """What waits, the gravest first in each part, then the oldest; changes and mentions end the alerts."""

    alerts: tuple[Alert, ...]
    decisions: tuple[Waits, ...]
    questions: tuple[Passed, ...]
    refills: tuple[Passed, ...]

    @property
    def empty(self) -> bool:
        return not (self.alerts or self.decisions or self.questions or self.refills)


async def worklist(tx: Tx, clinician: Clinician, now: datetime) -> Worklist:
    """Everything that waits for this clinician, and for those they cover today."""
    mine = await people.patients_of(tx, clinician.id)
    everybody = {patient.id: patient for patient in mine}
    for colleague in await _covered(tx, clinician, now):
        everybody |= {patient.id: patient for patient in await people.patients_of(tx, colleague)}
    alerts = []
    for flag in await questions.alerts(tx, everybody, asked=clinician.id):
        # Those of other colleagues' patients are there because this clinician was asked to take them up.
        patient = everybody.get(flag.patient_id) or await people.patient(tx, flag.patient_id)
        if patient.consent_sharing:
            alerts.append(Alert(patient, flag))
    passed = [Passed(everybody[one.patient_id], one) for one in await questions.waiting(tx, everybody)]
    return Worklist(
        alerts=tuple(sorted(alerts, key=_by_gravity)),
        # Decisions are the own clinician's: whoever covers has no say in the plan.
        decisions=tuple(await _decisions(tx, [patient for patient in mine if patient.active], now)),
        questions=tuple(one for one in passed if one.question.kind == questions.QUESTION),
        refills=tuple(one for one in passed if one.question.kind == questions.REFILL),
    )


def _by_gravity(one: Alert) -> tuple[int, datetime]:
    return _GRAVE.get(one.flag.severity, _LEAST_GRAVE), one.flag.raised_at


async def _covered(tx: Tx, clinician: Clinician, now: datetime) -> list[int]:
    """The colleagues who are away today and named this clinician as their cover."""
    clinic = await people.clinic(tx, clinician.clinic_id)
    today = local_day(now, load_zone(clinic.zone))
    return [
        one.clinician
        for one in await recorded.away(tx, clinic.id)
        if one.cover == clinician.id and one.first <= today <= one.last
    ]


async def _decisions(tx: Tx, patients: Sequence[Patient], now: datetime) -> list[Waits]:
    steps = await sweep.steps(tx, [patient.id for patient in patients])
    persons = await sweep.people(tx, {patient.person_id for patient in patients})
    found: list[Waits] = []
    for patient in patients:
        zone = load_zone(persons[patient.person_id].zone or "UTC")
        found += _decisions_of(patient, steps.get(patient.id, []), local_day(now, zone))
    return sorted(found, key=lambda one: (one.since or date.max, one.patient.code))


def _decisions_of(patient: Patient, steps: Sequence[Step], today: date) -> list[Waits]:
    found = []
    for step in steps:
        if step.state == REPORTED:
            found.append(Waits(patient, Decision.REPORTED, step.starts_on))
        elif step.state == WAITING and step.waits_for != Wait.REVIEW:
            found.append(Waits(patient, Decision.STEP, step.starts_on))
    if patient.safety_pause_at is not None:
        found.append(Waits(patient, Decision.SAFETY_PAUSE, patient.safety_pause_at.date()))
    reviews = [one.review_on for one in regimen_from(patient, steps).steps if one.review_on is not None]
    if reviews and max(reviews) < today + REVIEW_AHEAD:
        found.append(Waits(patient, Decision.REVIEW, max(reviews)))
    return found


async def passed(tx: Tx, clinician: Clinician, question_id: int, now: datetime) -> Passed | None:
    """A question or refill that this clinician may read and nobody has closed; else None."""
    found = await questions.question(tx, question_id)
    if found is None or found.state not in (questions.OPEN, questions.TAKEN):
        return None
    patient = await people.patient(tx, found.patient_id)
    readers = [clinician.id, *await _covered(tx, clinician, now)]
    if patient.clinician_id not in readers or not patient.consent_sharing:
        return None
    return Passed(patient, found)


async def alert(tx: Tx, clinician: Clinician, escalation_id: int, now: datetime) -> Alert | None:
    """An alert that this clinician may read and nobody has closed; else None."""
    found = await inbox.escalation(tx, escalation_id)
    if found is None or found.state == "closed":
        return None
    patient = await people.patient(tx, found.patient_id)
    covers = patient.clinician_id in await _covered(tx, clinician, now)
    if not (covers or flags.reads(found, patient, clinician.id)) or not patient.consent_sharing:
        return None
    return Alert(patient, found)


async def take(tx: Tx, clinician: Clinician, question_id: int, now: datetime) -> Passed | None:
    """This clinician has it: colleagues see who, the patient hears that it was read. None: not theirs."""
    found = await passed(tx, clinician, question_id, now)
    if found is None:
        return None
    first = found.question.taken_at is None
    if first or found.question.taken_by != clinician.id:
        await questions.change(
            tx,
            question_id,
            state=questions.TAKEN,
            taken_by=clinician.id,
            taken_at=found.question.taken_at or now,
        )
        await inbox.audit(tx, now, f"clinician:{clinician.id}", "took up", f"question:{question_id}")
    if first:
        await flags.owe_read(tx, kinds.QUESTION_READ, found.patient, question_id, now)
    return await passed(tx, clinician, question_id, now)


async def take_alert(tx: Tx, clinician: Clinician, escalation_id: int, now: datetime) -> Alert | None:
    """The same for an alert; a colleague who has it already hands it over."""
    found = await alert(tx, clinician, escalation_id, now)
    if found is None:
        return None
    if found.flag.acknowledged_at is None:
        await flags.take(tx, found.flag, found.patient, clinician.id, now)
    elif found.flag.acknowledged_by != clinician.id:
        await inbox.change_escalation(tx, escalation_id, acknowledged_by=clinician.id)
        await inbox.audit(tx, now, f"clinician:{clinician.id}", "took over", f"escalation:{escalation_id}")
    return await alert(tx, clinician, escalation_id, now)


async def close(
    tx: Tx, clinician: Clinician, question_id: int, outcome: Outcome, now: datetime
) -> Passed | None:
    """What became of a question or refill; None where it is not theirs or closed already."""
    found = await take(tx, clinician, question_id, now)
    if found is None or outcome not in OUTCOMES:
        return None
    await questions.change(tx, question_id, state=questions.CLOSED, outcome=outcome, closed_at=now)
    await inbox.audit(tx, now, f"clinician:{clinician.id}", "closed", f"question:{question_id}", outcome)
    return found


async def close_alert(
    tx: Tx, clinician: Clinician, escalation_id: int, outcome: Outcome, now: datetime
) -> Alert | None:
    """The same for an alert. A safety pause it began stays until it is resumed."""
    found = await take_alert(tx, clinician, escalation_id, now)
    if found is None or outcome not in OUTCOMES:
        return None
    await flags.close(tx, escalation_id, f"clinician:{clinician.id}", outcome, now)
    return found


@dataclass(frozen=True, slots=True)
class Read:
    """For the patient: what they told the clinic when, and when it was read (aware UTC)."""

    kind: str
    person: Person
    told_at: datetime
    read_at: datetime
    refill: bool = False


async def read(tx: Tx, kind: str, subject_id: int) -> Read | None:
    """What the patient is told once somebody has read it; None where they left, or share no longer."""
    told_at: datetime
    read_at: datetime | None
    refill = False
    if kind == kinds.ALERT_READ:
        flag = await inbox.escalation(tx, subject_id)
        if flag is None:
            return None
        patient_id, told_at, read_at = flag.patient_id, flag.updated_at, flag.acknowledged_at
    else:
        asked = await questions.question(tx, subject_id)
        if asked is None:
            return None
        patient_id, told_at, read_at = asked.patient_id, asked.asked_at, asked.taken_at
        refill = asked.kind == questions.REFILL
    patient = await people.patient(tx, patient_id)
    if read_at is None or not patient.active or not patient.consent_sharing:
        return None
    return Read(kind, await people.person(tx, patient.person_id), told_at, read_at, refill)
