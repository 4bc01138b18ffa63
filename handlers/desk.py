"""A clinician's page of one patient: the plan, holds, and the decisions that wait for them."""

from datetime import timedelta

from handlers import format as fmt
from handlers import prescribing, rhythm
from handlers.callbacks import Tap
from handlers.prescribed import Draft
from handlers.reply import Button, Row, Screen
from handlers.screens import clinic as screens_of_card
from handlers.screens import plan as screens
from handlers.turn import Turn
from services import clinics, cohorts, holding, kinds, regimens
from services.planning import dose_day_now, regimen_of
from services.view import view_of
from storage import inbox, people
from storage.records import Clinician, Patient


async def patients(turn: Turn, clinician: Clinician) -> None:
    """`/patients`: a button for each patient, those with a decision waiting first."""
    found = [patient for patient in await people.patients_of(turn.tx, clinician.id) if patient.active]
    if not found:
        turn.say(Screen(turn.words("patients-none")))
        return
    rows: list[Row] = []
    for patient in found:
        waits = await _decisions(turn, patient)
        label = turn.words("patients-waits", code=patient.code) if waits else patient.code
        rows.append((Button(label, Tap("k", "open", patient.id).pack()),))
    rows.sort(key=lambda row: row[0].label == row[0].label.split(" ")[0])
    turn.say(Screen(turn.words("patients"), tuple(rows)))


async def cohort(turn: Turn, clinician: Clinician) -> None:
    """`/cohort`: how the clinic's patients came out, by dose step."""
    turn.say(screens_of_card.cohort(turn.texts, await cohorts.cohort_of(turn.tx, clinician, turn.now)))


async def _decisions(turn: Turn, patient: Patient) -> bool:
    steps = await people.steps(turn.tx, patient.id)
    return any(step.state in (regimens.REPORTED, regimens.WAITING) for step in steps)


async def tap(turn: Turn, tap: Tap) -> None:
    """A button of a patient's page. `value` names the step, where there is one."""
    clinician = turn.clinician
    patient = None if clinician is None else await clinics.reads_for(turn.tx, clinician, tap.subject)
    if clinician is None or patient is None:
        turn.show(Screen(turn.words("not-yours")))
        return
    step_id, _, day = tap.value.partition(":")
    number = int(step_id) if step_id.isdecimal() else 0
    if tap.action == "change":
        await _change(turn, patient)
        return
    if tap.action == "rhythm":
        await rhythm.begin(turn, patient)
        return
    if tap.action == "when":
        await _when(turn, patient, number)
        return
    if tap.action == "hold":
        patient = await holding.begin_hold(turn.tx, patient, clinician, turn.now)
    elif tap.action == "resume":
        patient = await holding.end_hold(turn.tx, patient, clinician, turn.now)
    elif tap.action in ("confirm", "decline"):
        await regimens.decide_report(
            turn.tx, patient, number, confirmed=tap.action == "confirm", clinician=clinician, now=turn.now
        )
    elif tap.action == "release" and day in ("0", "1"):
        person = await people.person(turn.tx, patient.person_id)
        starts_on = dose_day_now(person, patient, turn.now) + timedelta(days=int(day))
        await regimens.release(turn.tx, patient, number, starts_on, clinician, turn.now)
    elif tap.action == "withdraw":
        await regimens.withdraw(turn.tx, patient, number, clinician, turn.now)
    elif tap.action != "open":
        turn.show(Screen(turn.words("stale-button")))
        return
    turn.show(await _page(turn, patient))


async def _change(turn: Turn, patient: Patient) -> None:
    regimen = await regimen_of(turn.tx, patient)
    last = max(regimen.steps, key=lambda step: (step.starts_on, step.step_id), default=None)
    await prescribing.begin(
        turn,
        Draft(
            "clinic",
            patient_id=patient.id,
            code=patient.code,
            last_ug=last.amount_ug if last else None,
        ),
    )


async def _when(turn: Turn, patient: Patient, step_id: int) -> None:
    """From which night a step that waits is to begin."""
    step = await regimens.step_for(turn.tx, patient, step_id)
    person = await people.person(turn.tx, patient.person_id)
    today = dose_day_now(person, patient, turn.now)
    rows = tuple(
        (
            Button(
                f"{turn.words(key)}: {fmt.day(today + timedelta(days=days))}",
                Tap("k", "release", patient.id, f"{step.id}:{days}").pack(),
            ),
        )
        for days, key in ((0, "start-tonight"), (1, "start-tomorrow"))
    )
    back = (Button(turn.words("back"), Tap("k", "open", patient.id).pack()),)
    turn.show(Screen(turn.words("desk-when-ask", step=screens.amount(turn.texts, step)), (*rows, back)))


async def _page(turn: Turn, patient: Patient) -> Screen:
    steps = await people.steps(turn.tx, patient.id)
    person = await people.person(turn.tx, patient.person_id)
    flags = [
        one for one in await inbox.escalations(turn.tx, patient.id) if one.severity in kinds.PUSHED_AT_ONCE
    ]
    lines = [
        turn.words("desk-head", code=patient.code),
        *screens.lines(turn.texts, patient, steps, dose_day_now(person, patient, turn.now)),
        turn.words("desk-state", hold=_on(patient.hold_at), pause=_on(patient.safety_pause_at)),
    ]
    view = await view_of(turn.tx, patient, turn.now)
    lines += screens_of_card.card(turn.texts, view)
    if flags:
        lines.append(turn.words("desk-flags", categories=", ".join(flag.category for flag in flags)))
    rows: list[Row] = []
    for step in steps:
        amount = screens.amount(turn.texts, step)
        if step.state == regimens.REPORTED:
            rows.append(_pair(turn, patient, step.id, ("confirm", "decline"), amount))
        elif step.state == regimens.WAITING:
            rows.append(_pair(turn, patient, step.id, ("when", "withdraw"), amount))
        elif step.state == regimens.PLANNED:
            rows.append(_pair(turn, patient, step.id, ("withdraw",), amount))
    hold = "resume" if patient.hold_at else "hold"
    rows.append(
        (
            Button(turn.words("desk-change"), Tap("k", "change", patient.id).pack()),
            Button(turn.words(f"desk-{hold}"), Tap("k", hold, patient.id).pack()),
        )
    )
    rows.append((Button(turn.words("desk-rhythm"), Tap("k", "rhythm", patient.id).pack()),))
    return Screen("\n".join(lines), tuple(rows))


def _on(moment: object) -> str:
    return "yes" if moment else "no"


def _pair(turn: Turn, patient: Patient, step_id: int, actions: tuple[str, ...], amount: str) -> Row:
    return tuple(
        Button(turn.words(f"desk-{action}", amount=amount), Tap("k", action, patient.id, str(step_id)).pack())
        for action in actions
    )
