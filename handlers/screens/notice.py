"""Notices: one short question about how the patient stands, with its answers as buttons."""

from collections.abc import Callable, Mapping

from handlers.callbacks import Tap
from handlers.reply import Button, Screen
from handlers.texts import Texts
from services import kinds
from storage.records import Patient


def arrival(texts: Texts, patient: Patient) -> Screen:
    """Has it arrived?"""
    row = tuple(
        Button(texts.say(f"arrival-{one}"), Tap("a", one, patient.id).pack()) for one in ("yes", "no")
    )
    return Screen(texts.say("arrival-ask"), (row,))


def plan_changed(texts: Texts, _patient: Patient) -> Screen:
    """The clinic changed the plan; it names no amount, the plan does."""
    row = (Button(texts.say("plan_changed-open"), Tap("l", "show").pack()),)
    return Screen(texts.say("plan_changed-said"), (row,))


def hold_changed(texts: Texts, patient: Patient) -> Screen:
    return Screen(texts.say("hold-begun" if patient.hold_at else "hold-ended"))


DRAWN: Mapping[str, Callable[[Texts, Patient], Screen]] = {
    kinds.ARRIVAL: arrival,
    kinds.PLAN_CHANGED: plan_changed,
    kinds.HOLD_CHANGED: hold_changed,
}
