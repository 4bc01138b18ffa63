"""From an outbox row to what it is about, as the record stands now; and what follows once it went out."""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from clinical import budget
from clinical import dose as life
from clinical.checkin_days import Kind
from clinical.digest import Digest
from clinical.dose import Move, Status
from clinical.localtime import load_zone
from services import checkins, digests, duty, kinds, notices, regimens, worklist
from services.planning import owed_about, why_not_expected
from services.regimens import Tonight
from storage import doses, inbox, outbox, people, supplies, sweep
from storage.records import Clinician, Dose, Escalation, OutboxItem, Patient, Person, Supply
from storage.store import Tx

LATE_AFTER = timedelta(minutes=15)
_REMINDER_LASTS = timedelta(hours=2)
_SILENT_NIGHTS = 3
_SILENT_LOOK_BACK = 12
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
_BEFORE_PROMPTED = (Status.PLANNED, Status.SNOOZED)


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
        await not_delivered(tx, item, now)
        return Drop("unreachable")
    if item.kind in kinds.RANKS and not await _in_budget(tx, item, now):
        await not_delivered(tx, item, now)
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


class LostRace(Exception):
    """The dose was changed by somebody else between reading and writing; the transaction is undone."""


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


async def delivered_many(tx: Tx, sent: Sequence[tuple[OutboxItem, int | None]], now: datetime) -> set[int]:
    """These rows were sent: settled, their prompts out, their check-ins open, reminders owed.

    Returns:
        The ids of the rows that were still held; nothing is done about the others.
    """
    held = await sweep.settle_sent(tx, sent, now)
    mine = [item for item, _ in sent if item.id in held]
    opened = [item.subject_id for item in mine if item.kind in kinds.CHECK_INS]
    await sweep.mark_checkins_sent(tx, opened, now)
    prompts = {item.subject_id: item for item in mine if item.kind in (kinds.DOSE_PROMPT, kinds.DOSE_SNOOZED)}
    if not prompts:
        return held
    # Read anew: an answer may have come before this was written.
    out = [dose for dose in (await sweep.doses(tx, prompts)).values() if dose.status in _BEFORE_PROMPTED]
    patients = await sweep.patients(tx, {dose.patient_id for dose in out})
    steps = await sweep.steps(tx, patients)
    moved: list[tuple[Dose, int | None]] = []
    for dose in out:
        patient = patients[dose.patient_id]
        plan = regimens.tonight(patient, steps.get(dose.patient_id, ()), dose.dose_day, dose.slot)
        # What the prompt did not name is not on record as the amount of this dose.
        moved.append((dose, plan.step.amount_ug if plan and plan.named and plan.step else None))
    for status in _BEFORE_PROMPTED:
        of_this = [(dose, amount) for dose, amount in moved if dose.status == status]
        after = life.move(status, Move.PROMPT_ACCEPTED)
        await sweep.move_doses(tx, of_this, move=Move.PROMPT_ACCEPTED, after=after, now=now)
    await _owe_reminders(tx, out, patients, {dose.id: prompts[dose.id].person_id for dose in out}, now)
    return held


async def _owe_reminders(
    tx: Tx, out: Sequence[Dose], patients: Mapping[int, Patient], person_of: Mapping[int, int], now: datetime
) -> None:
    due_at = now + life.REMINDER_AFTER
    wanted = [dose for dose in out if patients[dose.patient_id].reminder_on and due_at < dose.closes_at]
    if not wanted:
        return
    since = now - timedelta(days=_SILENT_LOOK_BACK)
    silent = await sweep.silent_patients(tx, {dose.patient_id for dose in wanted}, since, _SILENT_NIGHTS)
    rows = []
    for dose in wanted:
        if dose.patient_id in silent and not await _reminder_wanted(tx, patients[dose.patient_id], dose):
            continue
        rows.append(
            {
                "kind": kinds.DOSE_REMINDER,
                "person_id": person_of[dose.id],
                "subject_id": dose.id,
                "key": f"dose:{dose.id}:{kinds.DOSE_REMINDER}:{dose.snoozes}",
                "due_at": due_at,
                "expires_at": min(dose.closes_at, due_at + _REMINDER_LASTS),
                "priority": kinds.PRIORITY[kinds.DOSE_REMINDER],
            }
        )
    await sweep.owe(tx, rows)


async def _reminder_wanted(tx: Tx, patient: Patient, dose: Dose) -> bool:
    """Reminders can be switched off, and stop by themselves after three unanswered nights."""
    before = [
        one.status
        for one in await doses.newest_doses(tx, patient.id, 10, until=dose.scheduled_at)
        if one.id != dose.id and one.status != Status.NOT_EXPECTED
    ][:_SILENT_NIGHTS]
    return len(before) < _SILENT_NIGHTS or set(before) != {Status.UNANSWERED}


async def in_doubt(tx: Tx, item: OutboxItem, now: datetime) -> None:
    """A message that is not sent twice may have arrived: a check-in is open then, if it did."""
    if item.kind in kinds.CHECK_INS:
        await doses.change_checkin(tx, item.subject_id, state="sent", sent_at=now)


async def not_delivered(tx: Tx, item: OutboxItem, now: datetime) -> None:
    """The row will never be sent: a prompt that never arrived is not the patient's silence."""
    if item.kind == kinds.DOSE_PROMPT:
        dose = await doses.dose(tx, item.subject_id)
        if dose is not None and dose.status == Status.PLANNED:
            await change(tx, dose, Move.GIVE_UP, now)
    elif item.kind in kinds.CHECK_INS:
        await doses.change_checkin(tx, item.subject_id, state="expired")
    elif item.kind == kinds.ESCALATION:
        await duty.not_arrived(tx, item.subject_id, now)


async def unreachable(tx: Tx, item: OutboxItem, now: datetime) -> None:
    """Telegram says that this chat cannot be reached any more: sending rests, consent stays as it is."""
    await people.change_person(tx, item.person_id, unreachable_at=now)
    await inbox.audit(tx, now, "bot", "unreachable", f"person:{item.person_id}")
    await not_delivered(tx, item, now)


def local(moment: datetime, zone: str | None) -> datetime:
    """The instant on the wall clock of a zone."""
    return moment.astimezone(load_zone(zone or "UTC"))
