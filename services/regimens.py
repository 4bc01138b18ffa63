"""What was prescribed, as it changes: recorded by the clinic, reported by the patient, begun on its night.

A step is `planned` until its first night, when it either begins (`active`) or waits for the clinician
(`waiting`); one that a linked patient reports is `reported` until the clinic confirms it; `withdrawn` steps
count nowhere. What the bot does is decided here; what is prescribed never is.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from clinical.dose import Status
from clinical.regimen import TitrationStep, step_on
from clinical.stepping import Wait, why_it_waits
from services import kinds, notices
from services.errors import NotForYou
from services.planning import dose_day_now, regimen_from
from storage import doses, inbox, outbox, people
from storage.records import Clinician, Dose, Patient, Step
from storage.store import Tx

ACTIVE, PLANNED, WAITING, REPORTED, WITHDRAWN = "active", "planned", "waiting", "reported", "withdrawn"
_SEVERE_EFFECT = "RF11"


@dataclass(frozen=True, slots=True)
class Prescribed:
    """One step as a prescription or label says it; amounts in micrograms, units per dose as typed.

    `starts_on` is the first dose day; with `after_review` it counts only once the clinician releases it.
    """

    amount_ug: int
    form: str
    units: str | None
    strength_ug: int | None
    starts_on: date
    review_on: date | None = None
    after_review: bool = False
    slot: int = 1


@dataclass(frozen=True, slots=True)
class Tonight:
    """The plan as a prompt may say it. The amount is named only where `named`.

    `unread`: the step is new and the patient has not opened the change; `reported`: the patient says that the
    plan changed and the clinic has not confirmed it; `waits`: a step that was due waits for the clinician.
    """

    step: TitrationStep | None
    unread: bool
    reported: bool
    waits: bool

    @property
    def named(self) -> bool:
        return not (self.unread or self.reported)


def tonight(patient: Patient, steps: Sequence[Step], dose_day: date, slot: int) -> Tonight | None:
    """The plan of a dose, or None where a step is due whose beginning has still to be decided."""
    if due_steps(steps, dose_day):
        return None
    step = step_on(regimen_from(patient, steps), dose_day, slot)
    record = next((one for one in steps if step is not None and one.id == step.step_id), None)
    return Tonight(
        step=step,
        unread=record is not None and record.seen_at is None,
        reported=any(one.state == REPORTED for one in steps),
        waits=any(
            one.state == WAITING and one.waits_for != Wait.REVIEW and one.starts_on <= dose_day
            for one in steps
        ),
    )


def due_steps(steps: Iterable[Step], dose_day: date) -> list[Step]:
    """The dated steps that would begin on that dose day or should have begun before."""
    return [step for step in steps if step.state == PLANNED and step.starts_on <= dose_day]


async def begin_due_steps(tx: Tx, patient: Patient, dose_day: date, now: datetime) -> list[Step]:
    """Decide for each dated step that is due whether it begins or waits; all steps as they are after."""
    for step in due_steps(await people.steps(tx, patient.id), dose_day):
        why = await _why_it_waits(tx, patient, step)
        state = ACTIVE if why is None else WAITING
        await people.change_step(tx, step.id, state=state, waits_for=why)
        action = "step begun" if why is None else "step waits"
        await inbox.audit(tx, now, "bot", action, f"step:{step.id}", why)
    return await people.steps(tx, patient.id)


async def _why_it_waits(tx: Tx, patient: Patient, step: Step) -> Wait | None:
    flags = await inbox.escalations(tx, patient.id)
    steps = await people.steps(tx, patient.id)
    current = step_on(regimen_from(patient, steps), step.starts_on, step.slot)
    nights = [
        dose.status
        for dose in await doses.doses(tx, patient.id, first=current.starts_on if current else None)
        if dose.slot == step.slot
        and dose.dose_day < step.starts_on
        and dose.status in (Status.TAKEN, Status.SKIPPED, Status.UNANSWERED)
    ]
    return why_it_waits(
        open_severities=[flag.severity for flag in flags if flag.category != _SEVERE_EFFECT],
        severe_effect=any(
            flag.category == _SEVERE_EFFECT and flag.severity in kinds.PUSHED_AT_ONCE for flag in flags
        ),
        hold=patient.hold_at is not None,
        safety_pause=patient.safety_pause_at is not None,
        taken=nights.count(Status.TAKEN),
        nights=len(nights),
    )


async def _add(tx: Tx, patient: Patient, wanted: Prescribed, now: datetime, **values: object) -> Step:
    return await people.add_step(
        tx,
        patient_id=patient.id,
        slot=wanted.slot,
        amount_ug=wanted.amount_ug,
        form=wanted.form,
        units=wanted.units,
        strength_ug=wanted.strength_ug,
        starts_on=wanted.starts_on,
        review_on=wanted.review_on,
        recorded_at=now,
        **values,
    )


async def record_by_clinic(
    tx: Tx, patient: Patient, wanted: Prescribed, clinician: Clinician, now: datetime
) -> Step:
    """A step that the clinician records; the patient is told that the plan changed.

    One that starts now is the clinician's decision of this moment and begins at once; a dated one is looked
    at again on its night.
    """
    person = await people.person(tx, patient.person_id)
    if wanted.after_review:
        state, waits_for = WAITING, Wait.REVIEW
    else:
        state, waits_for = _state_by_date(wanted.starts_on, dose_day_now(person, patient, now)), None
    step = await _add(
        tx,
        patient,
        wanted,
        now,
        source="clinic",
        state=state,
        waits_for=waits_for,
        starts="review" if wanted.after_review else "date",
    )
    await inbox.audit(tx, now, f"clinician:{clinician.id}", "step recorded", f"step:{step.id}", state)
    await tell_of_change(tx, patient, f"step{step.id}", now)
    return step


def _state_by_date(starts_on: date, today: date) -> str:
    return PLANNED if starts_on > today else ACTIVE


async def record_by_patient(tx: Tx, patient: Patient, wanted: Prescribed, now: datetime) -> Step:
    """What the patient says the prescription says now: reported to a clinic that reads, else the regimen."""
    state = REPORTED if patient.shared else ACTIVE
    step = await _add(tx, patient, wanted, now, source="patient", state=state, seen_at=now)
    action = "change reported" if patient.shared else "step recorded"
    await inbox.audit(tx, now, f"patient:{patient.id}", action, f"step:{step.id}")
    return step


async def step_for(tx: Tx, patient: Patient, step_id: int) -> Step:
    """The patient's own step.

    Raises:
        NotForYou: it is somebody else's, or there is none.
    """
    step = await people.step(tx, step_id)
    if step is None or step.patient_id != patient.id:
        raise NotForYou
    return step


async def decide_report(
    tx: Tx, patient: Patient, step_id: int, *, confirmed: bool, clinician: Clinician, now: datetime
) -> Step:
    """The clinic confirms what the patient reported, or says that it is not so."""
    step = await step_for(tx, patient, step_id)
    if step.state != REPORTED:
        return step
    person = await people.person(tx, patient.person_id)
    state = _state_by_date(step.starts_on, dose_day_now(person, patient, now)) if confirmed else WITHDRAWN
    step = await people.change_step(tx, step.id, state=state)
    action = "reported change confirmed" if confirmed else "reported change declined"
    await inbox.audit(tx, now, f"clinician:{clinician.id}", action, f"step:{step.id}")
    await tell_of_change(tx, patient, f"decided{step.id}", now)
    return step


async def release(
    tx: Tx, patient: Patient, step_id: int, starts_on: date, clinician: Clinician, now: datetime
) -> Step:
    """The clinician lets a step that waits begin on a dose day of their choice."""
    step = await step_for(tx, patient, step_id)
    if step.state not in (WAITING, PLANNED):
        return step
    step = await people.change_step(
        tx, step.id, state=ACTIVE, waits_for=None, starts_on=starts_on, seen_at=None
    )
    await inbox.audit(
        tx, now, f"clinician:{clinician.id}", "step released", f"step:{step.id}", starts_on.isoformat()
    )
    await tell_of_change(tx, patient, f"released{step.id}", now)
    return step


async def withdraw(tx: Tx, patient: Patient, step_id: int, clinician: Clinician, now: datetime) -> Step:
    """The clinician takes back a step that has not begun."""
    step = await step_for(tx, patient, step_id)
    if step.state not in (WAITING, PLANNED):
        return step
    step = await people.change_step(tx, step.id, state=WITHDRAWN, waits_for=None)
    await inbox.audit(tx, now, f"clinician:{clinician.id}", "step withdrawn", f"step:{step.id}")
    await tell_of_change(tx, patient, f"withdrawn{step.id}", now)
    return step


async def mark_read(tx: Tx, patient: Patient, now: datetime) -> None:
    """The patient has seen the plan with its dates: prompts name the amounts from their nights on."""
    for step in await people.steps(tx, patient.id):
        if step.state in (ACTIVE, PLANNED) and step.seen_at is None:
            await people.change_step(tx, step.id, seen_at=now)
            await inbox.audit(tx, now, f"patient:{patient.id}", "change read", f"step:{step.id}")


async def name_amount(tx: Tx, dose: Dose, plan: Tonight) -> Dose:
    """The prompt named no amount; now that the change has been read, the dose has one."""
    if plan.step is None or not plan.named or dose.amount_ug is not None:
        return dose
    await doses.change_dose(tx, dose.id, was=dose.status, amount_ug=plan.step.amount_ug)
    return await doses.dose(tx, dose.id) or dose


async def tell_of_change(tx: Tx, patient: Patient, about: str, now: datetime) -> None:
    """Owe the patient one message that the plan changed; it names no amount."""
    if not patient.active:
        return
    person = await people.person(tx, patient.person_id)
    await outbox.owe(tx, **notices.row(person, patient, kinds.PLAN_CHANGED, now, about))
