"""`/today`: the plan of the day, its doses, what keeps prompts away and how to end it, the next prompt."""

from datetime import datetime

from clinical.amount import format_mg
from clinical.dose import OPEN, RECORDED, Reason, Status
from clinical.localtime import load_zone, part_of_day
from clinical.regimen import TitrationStep
from handlers import format as fmt
from handlers.callbacks import Tap
from handlers.reply import Button, Row, Screen
from handlers.screens import dose as screens
from handlers.texts import Texts
from services.today import Slot, Today
from storage.records import Dose, Patient, Person


def page(texts: Texts, person: Person, patient: Patient, today: Today, now: datetime) -> Screen:
    """Short: one line for each thing, and buttons only for what can be done now."""
    lines = [f"<b>{fmt.day(now.astimezone(load_zone(person.zone or 'UTC')).date())}</b>"]
    lines += _plan(texts, today)
    if len(today.slots) > 1 and any(slot.dose for slot in today.slots):
        lines += [line for slot in today.slots if (line := _slot(texts, slot, today))]
    elif today.last is not None and _worth_saying(today, today.last):
        lines.append(_last(texts, today, today.last))
    resting = _resting(texts, patient, today)
    if resting:
        lines.append(resting)
    if today.ahead is not None:
        lines.append(_next(texts, person, today, today.ahead))
    elif not resting:
        lines.append(texts.say("today-no-next"))
    buttons = (*_answers(texts, today.last, now), *_ways_on(texts, patient, today))
    return Screen("\n".join(lines), buttons)


def _plan(texts: Texts, today: Today) -> list[str]:
    """A line for each time of the day. A change that is unread, or not confirmed, is not named."""
    plans = [slot.plan for slot in today.slots]
    if any(plan is not None and plan.reported for plan in plans):
        return [texts.say("prompt-reported")]
    if any(plan is None or plan.unread for plan in plans):
        return [texts.say("today-changed")]
    home = f" ({texts.say('today-home', zone=today.home)})" if today.home else ""
    said: list[str] = []
    for number, slot in enumerate(today.slots):
        step = slot.plan.step if slot.plan else None
        step = step or (today.starts if number == 0 else None)
        if step is not None:
            said.append(_step(texts, step, slot, "today-plan-second" if said else "today-plan", home))
    return said or [texts.say("today-no-plan")]


def _step(texts: Texts, step: TitrationStep, slot: Slot, key: str, home: str) -> str:
    form = texts.say(f"form-{step.form}").lower()
    return texts.say(key, amount=format_mg(step.amount_ug), form=form, wall=f"{fmt.wall(slot.wall)}{home}")


def _worth_saying(today: Today, dose: Dose) -> bool:
    """Why no dose is expected stands in a line of its own while it holds."""
    return dose.status != Status.NOT_EXPECTED or dose.taken_at is not None or today.resting is None


def _last(texts: Texts, today: Today, dose: Dose) -> str:
    day = fmt.day(dose.dose_day)
    local = dose.scheduled_at.astimezone(load_zone(dose.zone))
    at = fmt.clock(dose.taken_at or dose.scheduled_at, dose.zone)
    if dose.status == Status.SNOOZED and today.snoozed_until is not None:
        return texts.say("today-snoozed", at=fmt.clock(today.snoozed_until, dose.zone))
    if dose.status in OPEN:
        return texts.say("today-open", part=part_of_day(local))
    if dose.status == Status.TAKEN:
        return texts.say("today-taken", day=day, at=at)
    if dose.status == Status.SKIPPED:
        return texts.say("today-skipped", day=day, reason=screens.reason(texts, dose.reason))
    if dose.status == Status.NOT_EXPECTED and dose.taken_at is not None:
        return texts.say("today-by-hand", day=day, at=at)
    if dose.status == Status.NOT_EXPECTED:
        return texts.say("today-not_expected", day=day, reason=texts.say(f"why-{dose.reason}"))
    if dose.status == Status.PLANNED:
        return texts.say("today-planned", part=part_of_day(local), wall=f"{local:%H:%M}")
    return texts.say(f"today-{dose.status}", day=day)


def _slot(texts: Texts, slot: Slot, today: Today) -> str:
    """How one of two doses of the day stands; nothing where it is over and was never due."""
    dose = slot.dose
    if dose is None:
        return texts.say("slot-comes", wall=fmt.wall(slot.wall)) if slot.comes else ""
    wall = fmt.clock(dose.scheduled_at, dose.zone)
    if dose.status == Status.SNOOZED and today.snoozed_until is not None:
        return texts.say("slot-snoozed", wall=wall, at=fmt.clock(today.snoozed_until, dose.zone))
    if dose.status in OPEN:
        return texts.say("slot-open", wall=wall)
    if dose.status in RECORDED:
        return texts.say("slot-recorded", wall=wall, what=screens.status_words(texts, dose))
    if dose.status == Status.NOT_EXPECTED and dose.taken_at is not None:
        return texts.say("slot-by-hand", wall=wall, at=fmt.clock(dose.taken_at, dose.zone))
    if dose.status == Status.NOT_EXPECTED:
        return texts.say("slot-not_expected", wall=wall, reason=texts.say(f"why-{dose.reason}"))
    return texts.say(f"slot-{dose.status}", wall=wall)


def _answers(texts: Texts, dose: Dose | None, now: datetime) -> tuple[Row, ...]:
    if dose is None:
        return ()
    if dose.status in OPEN:
        return screens.answers(texts, dose.id)
    if dose.status in RECORDED:
        return (screens.correct_row(texts, dose.id),) if now < dose.correct_until else ()
    by_hand = dose.taken_at is not None
    return screens.answers(texts, dose.id, snooze=False) if now < dose.closes_at and not by_hand else ()


def _resting(texts: Texts, patient: Patient, today: Today) -> str:
    """Why there are no prompts, and how to end it."""
    if today.resting is Reason.SAFETY_PAUSE:
        return texts.say("safety-question")
    if today.resting is Reason.BEFORE_START:
        return texts.say("today-starts", day=fmt.day(patient.start_on)) if patient.start_on else ""
    if today.resting is Reason.PAUSE:
        until = patient.paused_until
        ends = fmt.day(until) if until is not None and until > today.dose_day else "none"
        return texts.say("pause-on", until=ends)
    if today.resting in (Reason.HOLD, Reason.REMINDERS_OFF):
        return texts.say(f"today-{today.resting}")
    return ""


def _ways_on(texts: Texts, patient: Patient, today: Today) -> tuple[Row, ...]:
    if today.resting is Reason.SAFETY_PAUSE:
        return screens.safety_question(texts).buttons
    if today.resting is Reason.PAUSE:
        return ((Button(texts.say("pause-resume"), Tap("u", "resume").pack()),),)
    if patient.start_on is None:
        return ((Button(texts.say("first-dose"), Tap("p", "first").pack()),),)
    return ()


def _next(texts: Texts, person: Person, today: Today, dose: Dose) -> str:
    following = fmt.moment(dose.scheduled_at, person.zone)
    if today.home:
        return texts.say("today-next-home", next=following, wall=fmt.clock(dose.scheduled_at, today.home))
    return texts.say("today-next", next=following)
