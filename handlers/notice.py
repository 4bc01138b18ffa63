"""Answers to notices: has it arrived, does the label fit the plan; shall I keep going?"""

from handlers import pause, safety
from handlers.callbacks import Tap
from handlers.reply import Button, Screen
from handlers.screens import plan as plan_screens
from handlers.turn import Turn
from services import supplying
from services.notices import waits_since
from services.planning import dose_day_now
from storage import people, supplies


async def tap(turn: Turn, tap: Tap) -> None:
    """A button of a notice; one about somebody else's record, or no longer true, changes nothing."""
    patient = turn.patient
    if patient is None or patient.id != tap.subject:
        turn.show(Screen(turn.words("not-yours")))
        return
    if tap.action in ("go-yes", "go-pause", "go-stopped", "go-timing") and patient.asked_again_on:
        await pause.keep_going(turn, tap.action.removeprefix("go-"))
        return
    if waits_since(patient, await supplies.supply(turn.tx, patient.id)) is None:
        turn.show(Screen(turn.words("stale-button")))
    elif tap.action == "yes":
        await _compare(turn)
    elif tap.action == "no":
        turn.show(Screen(turn.words("arrival-no-said")))
    elif tap.action == "same":
        await _fits(turn)
    elif tap.action == "differs":
        await safety.label_differs(turn)
    else:
        turn.show(Screen(turn.words("stale-button")))


async def _compare(turn: Turn) -> None:
    """The label against the plan, line by line as the plan has it."""
    patient = turn.treated
    steps = await people.steps(turn.tx, patient.id)
    today = dose_day_now(turn.someone, patient, turn.now)
    row = tuple(
        Button(turn.words(f"arrival-{one}"), Tap("a", one, patient.id).pack()) for one in ("same", "differs")
    )
    lines = "\n".join(plan_screens.lines(turn.texts, patient, steps, today))
    turn.show(Screen(f"{turn.words('arrival-label')}\n{lines}", (row,)))


async def _fits(turn: Turn) -> None:
    """A first supply leads to the first night, a refill to its count."""
    patient = turn.treated
    if patient.start_on is None:
        first = Button(turn.words("first-dose"), Tap("p", "first").pack())
        turn.show(Screen(turn.words("arrival-yes-said"), ((first,),)))
        return
    await supplying.arrived(turn.tx, patient, turn.now)
    count = Button(turn.words("refill-count"), Tap("v", "count").pack())
    turn.show(Screen(turn.words("arrival-refill-said"), ((count,),)))
