"""The plan as people read it: what is taken now, what comes, what waits."""

from collections.abc import Sequence
from datetime import date

from clinical.amount import format_mg
from clinical.regimen import Every, step_on
from clinical.stepping import Wait
from handlers import format as fmt
from handlers.callbacks import Tap
from handlers.prescription import label_words
from handlers.reply import Button, Row, Screen
from handlers.texts import Texts
from services import regimens
from services.planning import cadence_of, regimen_from
from storage.records import Patient, Step


def amount(texts: Texts, step: Step) -> str:
    """3 mg"""
    return format_mg(step.amount_ug)


def _described(texts: Texts, step: Step) -> str:
    label = label_words(texts, step.form, step.units, step.strength_ug)
    return f"{amount(texts, step)} ({label or texts.say(f'form-{step.form}').lower()})"


def lines(texts: Texts, patient: Patient, steps: Sequence[Step], today: date) -> list[str]:
    """One line for the step in force, one for each that comes, waits or is reported; then the rhythm."""
    regimen = regimen_from(patient, steps)
    said = []
    for slot in regimen.slots:
        current = step_on(regimen, today, slot)
        record = next((step for step in steps if current is not None and step.id == current.step_id), None)
        if record is not None:
            said.append(
                texts.say("plan-now", step=_described(texts, record), since=fmt.day(record.starts_on))
            )
        elif not any(step.slot == slot and step.state == regimens.ACTIVE for step in steps):
            said.append(texts.say("plan-none"))
    for step in steps:
        described = _described(texts, step)
        day = fmt.day(step.starts_on)
        if step.state == regimens.PLANNED or (step.state == regimens.ACTIVE and step.starts_on > today):
            said.append(texts.say("plan-next", step=described, day=day))
        elif step.state == regimens.WAITING:
            after = "review" if step.waits_for == Wait.REVIEW else "clinic"
            said.append(texts.say("plan-waits", step=described, after=after))
        elif step.state == regimens.REPORTED:
            said.append(texts.say("plan-reported", step=described, day=day))
    reviews = [step.review_on for step in steps if step.review_on is not None and step.review_on >= today]
    if reviews:
        said.append(texts.say("plan-review", day=fmt.day(min(reviews))))
    said.append(_rhythm(texts, patient))
    return said


def _rhythm(texts: Texts, patient: Patient) -> str:
    cadence = cadence_of(patient)
    return texts.say(
        "plan-rhythm",
        every=cadence.every.value if cadence.every is not Every.WEEKDAYS else "weekdays",
        days=", ".join(fmt.weekday(day) for day in sorted(cadence.weekdays)),
        wall=fmt.wall(patient.dose_wall),
        weekend=fmt.wall(patient.weekend_wall) if patient.weekend_wall else "none",
        second=fmt.wall(patient.second_wall) if patient.second_wall else "none",
    )


def page(texts: Texts, patient: Patient, steps: Sequence[Step], today: date) -> Screen:
    """`/plan`, as the patient sees it."""
    rows: tuple[Row, ...] = ((Button(texts.say("plan-changed"), Tap("l", "changed").pack()),),)
    if not patient.shared:
        rows = (*rows, (Button(texts.say("desk-rhythm"), Tap("l", "rhythm").pack()),))
    said = [texts.say("plan-head"), *lines(texts, patient, steps, today)]
    said.append(texts.say("plan-who", linked="yes" if patient.shared else "no"))
    return Screen("\n".join(said), rows)


def new_strength(texts: Texts, step: Step, dose_id: int) -> Screen:
    """The change, opened: what is new, and whether they have it."""
    row = tuple(
        Button(texts.say(f"strength-{one}"), Tap("l", f"have-{one}", dose_id).pack()) for one in ("yes", "no")
    )
    text = texts.say("strength-ask", step=_described(texts, step), since=fmt.day(step.starts_on))
    return Screen(text, (row,))
