"""The dose prompt and everything drawn around it."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from clinical.amount import format_mg
from clinical.dose import OPEN, SNOOZE_MINUTES, SkipReason, Status
from clinical.localtime import load_zone, next_wall, part_of_day
from handlers import format as fmt
from handlers.callbacks import Tap
from handlers.prescription import label_words
from handlers.reply import Button, Row, Screen, pairs
from handlers.texts import Texts
from services.regimens import Tonight
from storage.records import Dose, Patient

# A tap so long after the dose's time is asked for the time at which it was really taken.
ASK_WHEN_AFTER = timedelta(hours=2)
TIMES_AROUND = (-60, -30, 0, 30, 60, 90, 120, 180)  # minutes from the dose's time


def _button(
    texts: Texts, key: str, action: str, dose_id: int, value: str = "", **values: str | int
) -> Button:
    return Button(texts.say(key, values), Tap("d", action, dose_id, value).pack())


def answers(texts: Texts, dose_id: int, *, snooze: bool = True) -> tuple[Row, ...]:
    """Taken; Snooze 15, 30, 60; Skip."""
    rows: list[Row] = [(_button(texts, "button-taken", "taken", dose_id),)]
    if snooze:
        first, *others = SNOOZE_MINUTES
        rows.append(
            (
                _button(texts, "button-snooze", "snooze", dose_id, str(first), minutes=first),
                *(Button(str(one), Tap("d", "snooze", dose_id, str(one)).pack()) for one in others),
            )
        )
    rows.append((_button(texts, "button-skip", "skip", dose_id),))
    return tuple(rows)


def amount_words(texts: Texts, plan: Tonight) -> str:
    """The amount with its label, "3 mg (2 capsules of 1.5 mg)"; only where the prompt may name it."""
    if plan.step is None:
        return "?"
    label = label_words(texts, plan.step.form, plan.step.units, plan.step.strength_ug)
    bold = f"<b>{format_mg(plan.step.amount_ug)}</b>"
    return f"{bold} ({label})" if label else bold


def prompt(texts: Texts, dose: Dose, plan: Tonight, *, part: str, late: bool, spoken: bool) -> Screen:
    """The dose prompt. It names no amount while a change is unread, or reported and not confirmed."""
    local = dose.scheduled_at.astimezone(load_zone(dose.zone))
    lines = [texts.say("prompt-late", day=fmt.day(dose.dose_day), wall=f"{local:%H:%M}")] if late else []
    if plan.named:
        key = "prompt-amount" if late else "prompt"
        lines.append(texts.markup(key, amount=amount_words(texts, plan), part=part))
    else:
        lines.append(texts.say("prompt-unnamed", part=part))
        lines.append(texts.say("prompt-unread" if plan.unread else "prompt-reported"))
    if plan.waits:
        lines.append(texts.say("prompt-waits"))
    if spoken:
        lines.append(texts.say("prompt-spoken"))
    rows = answers(texts, dose.id)
    if plan.unread:
        rows = ((Button(texts.say("open-change"), Tap("l", "open", dose.id).pack()),), *rows)
    return Screen("\n".join(lines), rows)


def named(texts: Texts, dose: Dose, plan: Tonight) -> Screen:
    """The prompt once its change has been read."""
    local = dose.scheduled_at.astimezone(load_zone(dose.zone))
    text = texts.markup("prompt", amount=amount_words(texts, plan), part=part_of_day(local))
    return Screen(text, answers(texts, dose.id) if dose.status in OPEN else ())


def reminder(texts: Texts, dose: Dose, plan: Tonight, part: str) -> Screen:
    text = (
        texts.markup("reminder", part=part, amount=amount_words(texts, plan))
        if plan.named
        else texts.say("reminder-unnamed", part=part)
    )
    return Screen(text, answers(texts, dose.id))


def snoozed(texts: Texts, dose: Dose, at: datetime) -> Screen:
    return Screen(texts.say("snoozed", at=fmt.clock(at, dose.zone)), answers(texts, dose.id, snooze=False))


def reason(texts: Texts, name: str | None) -> str:
    return texts.say(f"reason-{name or SkipReason.OTHER}").lower()


def what_is_recorded(texts: Texts, dose: Dose) -> str:
    if dose.status == Status.TAKEN:
        return texts.say("recorded-taken", at=fmt.clock(dose.taken_at or dose.scheduled_at, dose.zone))
    return texts.say("recorded-skipped", reason=reason(texts, dose.reason))


def correct_row(texts: Texts, dose_id: int) -> Row:
    return (_button(texts, "button-correct", "correct", dose_id),)


def recorded(texts: Texts, dose: Dose) -> Screen:
    """The recorded message. A late tap says nothing of when it was taken: two likely times in one tap."""
    text = what_is_recorded(texts, dose)
    if dose.status == Status.SKIPPED and dose.reason in ("side_effect", "told_to_pause"):
        text = f"{text}\n{texts.say(f'reason-{dose.reason}-more')}"
    rows: tuple[Row, ...] = (correct_row(texts, dose.id),)
    if dose.taken_at is not None and dose.taken_at - dose.scheduled_at > ASK_WHEN_AFTER:
        at_bedtime = _button(
            texts, "taken-at-time", "at", dose.id, "0", at=fmt.clock(dose.scheduled_at, dose.zone)
        )
        rows = ((at_bedtime,), *rows)
    return Screen(text, rows)


def ask_when(texts: Texts, dose: Dose) -> Screen:
    """Half hours around the dose's own time; any other time is typed."""
    buttons = [
        _button(
            texts,
            "time",
            "at",
            dose.id,
            str(minutes).replace("-", "m"),
            at=fmt.clock(dose.scheduled_at + timedelta(minutes=minutes), dose.zone),
        )
        for minutes in TIMES_AROUND
    ]
    back = (_button(texts, "back", "correct", dose.id),)
    return Screen(texts.say("ask-when"), (tuple(buttons[:4]), tuple(buttons[4:]), back))


def corrected(texts: Texts, dose: Dose, before: str) -> Screen:
    return Screen(
        texts.say("recorded-corrected", now=what_is_recorded(texts, dose), before=before),
        (correct_row(texts, dose.id),),
    )


def already(texts: Texts, dose: Dose) -> Screen:
    if dose.status == Status.TAKEN:
        text = texts.say("already-taken", at=fmt.clock(dose.taken_at or dose.scheduled_at, dose.zone))
    else:
        text = texts.say("already-skipped", reason=reason(texts, dose.reason))
    return Screen(text, (correct_row(texts, dose.id),))


def second_dose(texts: Texts, dose: Dose) -> Screen:
    at = fmt.clock(dose.answered_at or dose.scheduled_at, dose.zone)
    return Screen(
        texts.say("second-dose", at=at),
        (
            (
                _button(texts, "second-no", "second-no", dose.id),
                _button(texts, "second-yes", "second-yes", dose.id),
            ),
        ),
    )


def ask_reason(texts: Texts, dose_id: int, action: str) -> Screen:
    """The reasons, two to a row; `action` is `why` for a first answer, `fix` for a correction."""
    buttons = [_button(texts, f"reason-{one}", action, dose_id, str(one)) for one in SkipReason]
    back = _button(texts, "back", "back" if action == "why" else "correct", dose_id)
    return Screen(texts.say("ask-reason"), (*pairs(buttons), (back,)))


def ask_correction(texts: Texts, dose: Dose) -> Screen:
    was = what_is_recorded(texts, dose) if dose.status in (Status.TAKEN, Status.SKIPPED) else ""
    return Screen(
        texts.say("correct-ask", was=was),
        (
            (
                _button(texts, "button-taken", "fix-taken", dose.id),
                _button(texts, "button-skip", "fix-skip", dose.id),
            ),
            (_button(texts, "button-when", "when", dose.id),),
            (_button(texts, "cancel", "keep", dose.id),),
        ),
    )


def to_correct(texts: Texts, found: Sequence[Dose]) -> Screen:
    """`/correct`: the doses of the last 48 hours, newest first."""
    if not found:
        return Screen(texts.say("correct-none"))
    rows = tuple(
        (
            _button(
                texts,
                "correct-one",
                "correct",
                dose.id,
                day=fmt.day(dose.dose_day),
                what=status_words(texts, dose).rstrip("."),
            ),
        )
        for dose in found
    )
    return Screen(texts.say("correct-which"), rows)


def status_words(texts: Texts, dose: Dose) -> str:
    """How a dose stands, in a few words."""
    if dose.status in (Status.TAKEN, Status.SKIPPED):
        return what_is_recorded(texts, dose)
    return texts.say(f"status-{dose.status}")


def safety_question(texts: Texts, *, restart: bool = False) -> Screen:
    """The nightly question while prompts are paused; after a hospital or a gap with what to say there."""
    return Screen(
        texts.say("safety-question-restart" if restart else "safety-question"),
        tuple(
            (Button(texts.say(f"safety-{choice}"), Tap("s", choice).pack()),)
            for choice in ("not-yet", "continue", "stop")
        ),
    )


def follow_up(texts: Texts, escalation_id: int) -> Screen:
    return Screen(
        texts.say("follow-up"),
        tuple(
            (Button(texts.say(f"follow-up-{choice}"), Tap("f", choice, escalation_id).pack()),)
            for choice in ("yes", "not-yet", "mistake")
        ),
    )


def schedule_change(texts: Texts, dose: Dose, patient: Patient) -> Screen:
    following = next_wall(dose.scheduled_at, patient.dose_wall, load_zone(dose.zone))
    return Screen(
        texts.say("schedule-change", day=fmt.day(dose.dose_day), next=fmt.moment(following, dose.zone))
    )
