"""What a patient says about a dose: taken, skipped, later; and putting it right."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from clinical import dose as life
from clinical.dose import Move, SkipReason, Status, TapAction, TapOutcome, Windows
from clinical.regimen import step_on
from clinical.said_time import EARLY_BY
from services import kinds
from services.delivering import plan_of
from services.errors import Closed, NotForYou, NotYet, TimeNotCome, TooFarFromItsDose
from services.lapsing import after_silence
from services.moving import change
from services.planning import regimen_of
from storage import doses, inbox, outbox, people, supplies
from storage.records import Dose, Patient
from storage.store import Tx

_FURTHEST = timedelta(hours=12)  # a dose taken further from its time belongs to another night


@dataclass(frozen=True, slots=True)
class Said:
    """What a tap came to, and the dose as it is now."""

    outcome: TapOutcome
    dose: Dose


def windows_of(dose: Dose) -> Windows:
    return Windows(dose.grace_until, dose.closes_at, dose.correct_until)


async def own_dose(tx: Tx, patient: Patient, dose_id: int) -> Dose:
    """The dose, if it is this patient's.

    Raises:
        NotForYou: it is not, or there is none.
    """
    dose = await doses.dose(tx, dose_id)
    if dose is None or dose.patient_id != patient.id:
        raise NotForYou
    return dose


async def _tapped_dose(tx: Tx, patient: Patient, dose_id: int, now: datetime) -> Dose:
    """The dose of a button. Its prompt arrived, also where that could not be written down yet.

    So a tap is not refused while the send is in doubt: answer lost, process killed, database away.
    """
    dose = await own_dose(tx, patient, dose_id)
    if dose.status != Status.PLANNED:
        return dose
    if not any(row.attempts for row in await outbox.about(tx, (kinds.DOSE_PROMPT,), dose.id)):
        return dose
    await outbox.withdraw(tx, (kinds.DOSE_PROMPT,), dose.id, "it arrived")
    step = step_on(await regimen_of(tx, patient), dose.dose_day, dose.slot)
    amount_ug = step.amount_ug if step else None
    return await change(tx, dose, Move.PROMPT_ACCEPTED, now, prompted_at=now, amount_ug=amount_ug)


async def record_dose(
    tx: Tx,
    patient: Patient,
    dose_id: int,
    action: TapAction,
    now: datetime,
    *,
    reason: SkipReason | None = None,
    taken_at: datetime | None = None,
) -> Said:
    """Record the answer to the dose named in the button; an answer already there is not overwritten.

    A dose that was not expected (paused, held, reminders off) is kept and shown, and counts nowhere.

    Raises:
        NotForYou: not this patient's dose.
        NotYet: the dose has not been prompted.
        Closed: 48 hours have passed.
    """
    dose = await _tapped_dose(tx, patient, dose_id, now)
    decision = life.decide_tap(Status(dose.status), action, now, windows_of(dose))
    if decision.outcome is TapOutcome.CLOSED:
        raise Closed
    if decision.outcome is TapOutcome.NOT_OPEN:
        raise NotYet
    for move in decision.moves:
        if move is Move.CLOSE_WINDOW:
            dose = await change(tx, dose, move, now)
        elif move is Move.RECORD_BY_HAND:
            kept = taken_at or now if action is TapAction.TAKEN else None
            dose = await change(tx, dose, move, now, reason=dose.reason, taken_at=kept, answered_at=now)
        else:
            dose = await _write(tx, dose, move, now, reason, taken_at)
    if decision.moves:
        await outbox.withdraw(tx, kinds.AFTER_A_PROMPT, dose.id, "answered")
    return Said(decision.outcome, dose)


async def record_before_prompt(
    tx: Tx,
    patient: Patient,
    dose_id: int,
    action: TapAction,
    now: datetime,
    *,
    reason: SkipReason | None = None,
    taken_at: datetime | None = None,
) -> Said:
    """Record a dose that was told of before its prompt went out; then no prompt goes out.

    Where the prompt did go out meanwhile it is an answer like any other.

    Raises:
        NotForYou, NotYet, Closed: as `record_dose`; NotYet also more than six hours before its time.
    """
    dose = await _tapped_dose(tx, patient, dose_id, now)
    if dose.status != Status.PLANNED:
        return await record_dose(tx, patient, dose_id, action, now, reason=reason, taken_at=taken_at)
    if now < dose.scheduled_at - EARLY_BY:
        raise NotYet
    plan = await plan_of(tx, patient, dose, now)
    await outbox.withdraw(tx, (kinds.DOSE_PROMPT,), dose.id, "told before its prompt")
    move = Move.RECORD_TAKEN if action is TapAction.TAKEN else Move.RECORD_SKIPPED
    amount_ug = plan.step.amount_ug if plan.step else None
    dose = await _write(tx, dose, move, now, reason, taken_at, amount_ug=amount_ug)
    return Said(TapOutcome.RECORD, dose)


async def _write(
    tx: Tx,
    dose: Dose,
    move: Move,
    now: datetime,
    reason: SkipReason | None,
    taken_at: datetime | None,
    **values: object,
) -> Dose:
    taken = move in (Move.RECORD_TAKEN, Move.CORRECT_TAKEN)
    written = await change(
        tx,
        dose,
        move,
        now,
        reason=None if taken else (reason or SkipReason.OTHER),
        taken_at=(taken_at or now) if taken else None,
        answered_at=now,
        corrected=move in (Move.CORRECT_TAKEN, Move.CORRECT_SKIPPED),
        **values,
    )
    if taken or dose.status == Status.TAKEN:
        await _note_first_dose(tx, written)
    if taken != (dose.status == Status.TAKEN):
        # Into taken one fewer, out of taken one more.
        await supplies.use_up(tx, dose.patient_id, 1 if taken else -1)
    if not taken:
        # The seventh night without a dose begins the pause at once, not when its window closes.
        await after_silence(tx, dose.patient_id, now)
    return written


async def _note_first_dose(tx: Tx, dose: Dose) -> None:
    """Keep the day of the first dose taken with the patient; a correction can move it, also away."""
    if dose.status == Status.TAKEN:
        await doses.first_dose(tx, dose.patient_id, dose.dose_day)
        return
    patient = await people.patient(tx, dose.patient_id)
    if patient.first_dose_on == dose.dose_day:
        first = await doses.first_taken_on(tx, dose.patient_id)
        await people.change_patient(tx, dose.patient_id, first_dose_on=first)


async def snooze_dose(
    tx: Tx, patient: Patient, dose_id: int, minutes: int, now: datetime
) -> tuple[Said, datetime | None]:
    """Prompt again in so many minutes; the time, or None where that would be past the answer window.

    Raises:
        NotForYou, NotYet, Closed: as `record_dose`.
    """
    dose = await _tapped_dose(tx, patient, dose_id, now)
    decision = life.decide_tap(Status(dose.status), TapAction.SNOOZE, now, windows_of(dose))
    if decision.outcome in (TapOutcome.CLOSED, TapOutcome.NOT_OPEN):
        raise Closed if decision.outcome is TapOutcome.CLOSED else NotYet
    if decision.outcome is not TapOutcome.RECORD:
        return Said(decision.outcome, dose), None
    until = life.snooze_until(now, minutes, windows_of(dose))
    if until is None:
        return Said(decision.outcome, dose), None
    await outbox.withdraw(tx, kinds.AFTER_A_PROMPT, dose.id, "snoozed")
    dose = await change(tx, dose, Move.SNOOZE, now, snoozes=dose.snoozes + 1)
    await outbox.owe(
        tx,
        kind=kinds.DOSE_SNOOZED,
        person_id=patient.person_id,
        subject_id=dose.id,
        key=f"dose:{dose.id}:{kinds.DOSE_SNOOZED}:{dose.snoozes}",
        due_at=until,
        expires_at=dose.closes_at,
        priority=kinds.PRIORITY[kinds.DOSE_SNOOZED],
    )
    return Said(decision.outcome, dose), until


async def correct_dose(
    tx: Tx,
    patient: Patient,
    dose_id: int,
    action: TapAction,
    now: datetime,
    *,
    reason: SkipReason | None = None,
    taken_at: datetime | None = None,
) -> tuple[Dose, Dose]:
    """Put a recorded dose right: (before, after). Both values and both times stay in its events.

    Raises:
        TimeNotCome, TooFarFromItsDose: `taken_at` cannot be when this dose was taken.
        NotForYou: not this patient's dose.
        Closed: 48 hours have passed, or there is nothing to correct.
    """
    before = await own_dose(tx, patient, dose_id)
    if not life.may_correct(Status(before.status), now, windows_of(before)):
        raise Closed
    if taken_at is not None and taken_at > now:
        raise TimeNotCome
    if taken_at is not None and abs(taken_at - before.scheduled_at) > _FURTHEST:
        raise TooFarFromItsDose
    move = Move.CORRECT_TAKEN if action is TapAction.TAKEN else Move.CORRECT_SKIPPED
    if action is TapAction.TAKEN and taken_at is None:
        # Without a time of its own the dose's prompt stands nearest.
        taken_at = before.prompted_at or before.scheduled_at
    after = await _write(tx, before, move, now, reason, taken_at)
    await inbox.audit(
        tx, now, f"patient:{patient.id}", "corrected", f"dose:{before.id}", f"{before.status}>{after.status}"
    )
    return before, after


async def correctable(tx: Tx, patient: Patient, now: datetime) -> list[Dose]:
    """The doses that the patient may still correct, newest first."""
    return [
        dose
        for dose in await doses.newest_doses(tx, patient.id, 8, until=now)
        if life.may_correct(Status(dose.status), now, windows_of(dose))
    ]
