"""From an outbox row to what it is about, as the record stands now."""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from clinical import budget
from clinical import dose as life
from clinical.checkin_days import Kind
from clinical.digest import Digest
from clinical.dose import Move, Status
from services import checkins, delivered, digests, duty, kinds, notices, regimens, worklist
from services.moving import change
from services.planning import owed_about, why_not_expected
from services.regimens import Tonight
from storage import doses, inbox, outbox, people, supplies, sweep
from storage.records import Clinician, Dose, Escalation, OutboxItem, Patient, Person, Supply
from storage.store import Tx

LATE_AFTER = timedelta(minutes=15)
# Whether a notice is still worth saying when its turn comes.
STILL_TRUE: Mapping[str, Callable[[Patient, Supply | None], bool]] = {
    kinds.ARRIVAL: lambda patient, supply: notices.waits_since(patient, supply) is not None,
    kinds.REFILL: lambda patient, supply: patient.active and supply is not None,
    kinds.PLAN_CHANGED: lambda patient, _: patient.active,
    kinds.HOLD_CHANGED: lambda patient, _: patient.active,
    kinds.PAUSE_ENDS: lambda patient, _: patient.active and patient.paused_at is not None,
    kinds.KEEP_GOING: lambda patient, _: patient.active and patient.asked_again_on is not None,
}
# What is prepared in bulk, and the states in which each is still to be sent.
_BULK = {
    kinds.DOSE_PROMPT: (Status.PLANNED,),
    kinds.DOSE_SNOOZED: (Status.SNOOZED,),
    kinds.DOSE_REMINDER: (Status.PROMPTED,),
}


@dataclass(frozen=True, slots=True)
class Drop:
    """Nothing is to be sent, and why."""

    reason: str


@dataclass(frozen=True, slots=True)
class AboutDose:
    """A message about a dose: prompt, snoozed prompt, reminder, safety question, schedule change."""

    kind: str
    person: Person
    patient: Patient
    dose: Dose
    plan: Tonight
    late: bool


@dataclass(frozen=True, slots=True)
class AboutCheckIn:
    """The morning check-in; `open_dose` is last night's dose where it was not answered."""

    person: Person
    patient: Patient
    sitting: checkins.Sitting
    open_dose: Dose | None


@dataclass(frozen=True, slots=True)
class AboutPatient:
    """A notice (`kinds.NOTICES`): how the patient stands."""

    kind: str
    person: Person
    patient: Patient
    supply: Supply | None


@dataclass(frozen=True, slots=True)
class AboutFlag:
    """An alert for a clinician, or the follow-up for the patient."""

    kind: str
    person: Person
    patient: Patient
    patient_zone: str
    escalation: Escalation
    quiet: bool = False


@dataclass(frozen=True, slots=True)
class AboutDuty:
    """For a clinician alone: the alerts of the night, or a test alert (`waiting` empty then)."""

    kind: str
    person: Person
    clinician: Clinician
    waiting: tuple[tuple[Escalation, Patient], ...] = ()


@dataclass(frozen=True, slots=True)
class AboutDigest:
    person: Person
    clinician: Clinician
    digest: Digest


@dataclass(frozen=True, slots=True)
class Packed:
    """A reply, drawn when it was written."""

    payload: str


Prepared = (
    AboutDose | AboutCheckIn | AboutPatient | AboutFlag | AboutDuty | AboutDigest | worklist.Read | Packed
)


def _redraws(payload: str) -> bool:
    """Whether a reply draws into an older message instead of sending a new one."""
    return json.loads(payload)["edit"] is not None


async def prepare(tx: Tx, item: OutboxItem, now: datetime) -> Prepared | Drop:
    """What to send for a row that is leased, judged by the record as it is at this moment."""
    person = await people.person(tx, item.person_id)
    if item.kind == kinds.REPLY:
        if not item.payload:
            return Drop("empty")
        if item.attempts > 1 and _redraws(item.payload) and await outbox.answered_since(tx, item):
            # An old screen must not be drawn over what the person has tapped since.
            return Drop("superseded")
        return Packed(item.payload)
    if person.unreachable_at is not None:
        await delivered.not_delivered(tx, item, now)
        return Drop("unreachable")
    if item.kind in kinds.RANKS and not await _in_budget(tx, item, now):
        await delivered.not_delivered(tx, item, now)
        return Drop("over the message budget")
    if item.kind in kinds.CHECK_INS:
        return await _prepare_checkin(tx, item, person, now)
    if item.kind in kinds.NOTICES:
        patient = await people.patient(tx, item.subject_id)
        supply = await supplies.supply(tx, patient.id)
        if not STILL_TRUE[item.kind](patient, supply):
            return Drop("no longer so")
        return AboutPatient(item.kind, person, patient, supply)
    if item.kind in (kinds.ESCALATION, kinds.FLAG_FOLLOW_UP):
        escalation = await inbox.escalation(tx, item.subject_id)
        if escalation is None:
            return Drop("gone")
        patient = await people.patient(tx, escalation.patient_id)
        if item.kind == kinds.FLAG_FOLLOW_UP and not patient.active:
            return Drop("stopped")
        zone = (await people.person(tx, patient.person_id)).zone or "UTC"
        if item.kind == kinds.ESCALATION and escalation.state != "open":
            return Drop("taken up")
        quiet = item.kind == kinds.ESCALATION and await duty.is_quiet(tx, escalation, patient, now)
        return AboutFlag(item.kind, person, patient, zone, escalation, quiet)
    if item.kind in kinds.READS:
        return await worklist.read(tx, item.kind, item.subject_id) or Drop("no longer so")
    if item.kind in (kinds.OPENING_LIST, kinds.TEST_ALERT):
        clinician = await people.clinician(tx, item.subject_id)
        waiting = tuple(await duty.waiting_list(tx, clinician)) if item.kind == kinds.OPENING_LIST else ()
        if clinician.left_at is not None or (item.kind == kinds.OPENING_LIST and not waiting):
            return Drop("left" if clinician.left_at is not None else "all taken up")
        return AboutDuty(item.kind, person, clinician, waiting)
    if item.kind == kinds.DIGEST:
        clinician = await people.clinician(tx, item.subject_id)
        if clinician.left_at is not None:
            return Drop("left")
        return AboutDigest(person, clinician, await digests.digest_of(tx, clinician, now))
    return await _prepare_dose(tx, item, person, now)


async def _in_budget(tx: Tx, item: OutboxItem, now: datetime) -> bool:
    sent = await sweep.sent_since(tx, [item.person_id], kinds.RANKS, now - budget.WEEK)
    return _fits(item, sent.get(item.person_id, ()), now)


def _fits(item: OutboxItem, sent: Iterable[tuple[int, datetime | None, str]], now: datetime) -> bool:
    # Of those on their way together the earlier row goes first, and counts for the later one.
    counted = [(at or now, kinds.RANKS[kind]) for row, at, kind in sent if at is not None or row < item.id]
    return budget.fits(kinds.RANKS[item.kind], counted, now)


async def _prepare_checkin(tx: Tx, item: OutboxItem, person: Person, now: datetime) -> Prepared | Drop:
    checkin = await doses.checkin(tx, item.subject_id)
    if checkin is None:
        return Drop("gone")
    patient = await people.patient(tx, checkin.patient_id)
    if not patient.active or not patient.consent_checkins:
        return Drop("not wanted")
    if patient.rest_until is not None and now < patient.rest_until:
        return Drop("resting after a red flag")
    found = await checkins.prepare(tx, checkin, person, patient)
    if found is None:
        return Drop("no check-in that day any more")
    # Last night's dose is asked about in the morning, not beside the questions of enrolment.
    morning = checkin.kind != Kind.BASELINE
    return AboutCheckIn(person, patient, found, await open_dose(tx, patient, now) if morning else None)


async def open_dose(tx: Tx, patient: Patient, now: datetime) -> Dose | None:
    """Last night's dose, if its prompt arrived and has no answer yet."""
    newest = await doses.newest_doses(tx, patient.id, 1, until=now)
    if not newest or newest[0].status not in (Status.PROMPTED, Status.SNOOZED, Status.UNANSWERED):
        return None
    return (
        newest[0]
        if now < newest[0].correct_until and now - newest[0].scheduled_at < timedelta(days=1)
        else None
    )


async def _prepare_dose(tx: Tx, item: OutboxItem, person: Person, now: datetime) -> Prepared | Drop:
    dose = await doses.dose(tx, item.subject_id)
    if dose is None:
        return Drop("gone")
    patient = await people.patient(tx, dose.patient_id)
    reason = why_not_expected(patient, dose.dose_day)
    if item.kind == kinds.SAFETY_QUESTION:
        if patient.safety_pause_at is None or not patient.active:
            return Drop("no safety pause any more")
    elif item.kind == kinds.SCHEDULE_CHANGE:
        if not patient.active:
            return Drop("stopped")
    elif item.kind == kinds.DOSE_PROMPT and dose.status == Status.PLANNED and reason is not None:
        # The row was already leased, or planned under another state: the day gets its reason, not a prompt.
        await change(tx, dose, Move.WITHDRAW, now, reason=reason)
        if reason is life.Reason.SAFETY_PAUSE:
            await outbox.owe(tx, **owed_about(kinds.SAFETY_QUESTION, person.id, dose, due_at=now))
        return Drop(reason)
    else:
        if dose.status not in _BULK[item.kind] or reason is not None:
            return Drop("answered or not expected")
    plan = await plan_of(tx, patient, dose, now)
    return AboutDose(item.kind, person, patient, dose, plan, _is_late(item, dose, now))


async def plan_of(tx: Tx, patient: Patient, dose: Dose, now: datetime) -> Tonight:
    """The plan of a dose; a step that is due begins, or begins to wait, at this moment."""
    steps = await people.steps(tx, patient.id)
    plan = regimens.tonight(patient, steps, dose.dose_day, dose.slot)
    if plan is None:
        steps = await regimens.begin_due_steps(tx, patient, dose.dose_day, now)
        plan = regimens.tonight(patient, steps, dose.dose_day, dose.slot)
    assert plan is not None
    return plan


async def prepare_many(
    tx: Tx, items: Sequence[OutboxItem], now: datetime
) -> dict[int, tuple[int, Prepared | None]]:
    """For each leased row: its chat, and what to send, read in a handful of statements for all.

    What to send is None where the row has to be looked at singly (`prepare`): because something has to be
    written for it, because it is not to be sent, or because its kind is rare.
    """
    persons = await sweep.people(tx, {item.person_id for item in items})
    about = await sweep.doses(tx, {item.subject_id for item in items if item.kind in _BULK})
    patients = await sweep.patients(tx, {dose.patient_id for dose in about.values()})
    steps = await sweep.steps(tx, patients)
    counted = {item.person_id for item in items if item.kind in kinds.RANKS and item.kind in _BULK}
    sent = await sweep.sent_since(tx, counted, kinds.RANKS, now - budget.WEEK) if counted else {}
    found: dict[int, tuple[int, Prepared | None]] = {}
    for item in items:
        person = persons[item.person_id]
        prepared: Prepared | None = None
        dose = about.get(item.subject_id) if item.kind in _BULK else None
        if item.kind == kinds.REPLY and item.payload and item.attempts == 1:
            prepared = Packed(item.payload)
        elif dose is not None and person.unreachable_at is None and dose.status in _BULK[item.kind]:
            patient = patients[dose.patient_id]
            over = item.kind in kinds.RANKS and not _fits(item, sent.get(item.person_id, ()), now)
            if why_not_expected(patient, dose.dose_day) is None and not over:
                plan = regimens.tonight(patient, steps.get(patient.id, ()), dose.dose_day, dose.slot)
                if plan is not None:
                    prepared = AboutDose(item.kind, person, patient, dose, plan, _is_late(item, dose, now))
        found[item.id] = (int(person.telegram_id), prepared)
    return found


def _is_late(item: OutboxItem, dose: Dose, now: datetime) -> bool:
    # A retry moves the row's due time; how late a prompt is counts from the dose's own.
    meant_for = dose.scheduled_at if item.kind == kinds.DOSE_PROMPT else item.due_at
    return now - meant_for > LATE_AFTER
