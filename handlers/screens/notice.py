"""Notices: one short question about how the patient stands, with its answers as buttons."""

from collections.abc import Callable, Mapping

from clinical.numbers import numbers_for
from handlers import format as fmt
from handlers.callbacks import Tap
from handlers.reply import Button, Screen
from handlers.texts import Texts
from services import kinds
from services.pausing import NOT_TAKING
from services.worklist import Read
from storage.records import Patient, Supply


def arrival(texts: Texts, patient: Patient, _supply: Supply | None) -> Screen:
    """Has it arrived?"""
    row = tuple(
        Button(texts.say(f"arrival-{one}"), Tap("a", one, patient.id).pack()) for one in ("yes", "no")
    )
    return Screen(texts.say("arrival-ask"), (row,))


def plan_changed(texts: Texts, _patient: Patient, _supply: Supply | None) -> Screen:
    """The clinic changed the plan; it names no amount, the plan does."""
    row = (Button(texts.say("plan_changed-open"), Tap("l", "show").pack()),)
    return Screen(texts.say("plan_changed-said"), (row,))


def hold_changed(texts: Texts, patient: Patient, _supply: Supply | None) -> Screen:
    return Screen(texts.say("hold-begun" if patient.hold_at else "hold-ended"))


def pause_ends(texts: Texts, patient: Patient, _supply: Supply | None) -> Screen:
    """A pause ends today: prompts come by themselves only where the medicine was taken meanwhile."""
    if patient.standing != NOT_TAKING:
        return Screen(texts.say("pause_ends-taking"))
    row = tuple(Button(texts.say(f"pause-{one}"), Tap("u", one).pack()) for one in ("resume", "stay"))
    return Screen(texts.say("pause_ends-off"), (row,))


def keep_going(texts: Texts, patient: Patient, _supply: Supply | None) -> Screen:
    """The one question after seven silent nights."""
    rows = tuple(
        (Button(texts.say(f"keep_going-{one}"), Tap("a", f"go-{one}", patient.id).pack()),)
        for one in ("yes", "pause", "stopped", "timing")
    )
    return Screen(texts.say("keep_going-ask"), rows)


def refill(texts: Texts, _patient: Patient, supply: Supply | None) -> Screen:
    """It is time to ask for more."""
    left = supply.doses_left if supply else 0
    beyond = fmt.day(supply.beyond_use_on) if supply and supply.beyond_use_on else "none"
    rows = tuple(
        (Button(texts.say(f"refill-{one}"), Tap("v", one).pack()),) for one in ("ask", "count", "out")
    )
    return Screen(texts.say("refill-due", left=left, beyond=beyond), rows)


def read(texts: Texts, told: Read) -> Screen:
    """Somebody at the clinic has read it; with danger also that this is nobody to wait for."""
    zone = told.person.zone
    key = "alert-read" if told.kind == kinds.ALERT_READ else "question-read"
    return Screen(
        texts.say(
            key,
            told=fmt.moment(told.told_at, zone),
            read=fmt.moment(told.read_at, zone),
            refill="yes" if told.refill else "no",
            emergency=numbers_for(told.person.country).emergency,
        )
    )


DRAWN: Mapping[str, Callable[[Texts, Patient, Supply | None], Screen]] = {
    kinds.ARRIVAL: arrival,
    kinds.PLAN_CHANGED: plan_changed,
    kinds.HOLD_CHANGED: hold_changed,
    kinds.PAUSE_ENDS: pause_ends,
    kinds.REFILL: refill,
    kinds.KEEP_GOING: keep_going,
}
