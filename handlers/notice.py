"""Answers to notices: has it arrived, shall I keep going?"""

from handlers import pause
from handlers.callbacks import Tap
from handlers.reply import Button, Screen
from handlers.turn import Turn
from services.notices import waits_for_medicine


async def tap(turn: Turn, tap: Tap) -> None:
    """A button of a notice; one about somebody else's record, or no longer true, changes nothing."""
    patient = turn.patient
    if patient is None or patient.id != tap.subject:
        turn.show(Screen(turn.words("not-yours")))
    elif tap.action in ("go-yes", "go-pause", "go-stopped", "go-timing") and patient.asked_again_on:
        await pause.keep_going(turn, tap.action.removeprefix("go-"))
    elif not waits_for_medicine(patient) or tap.action not in ("yes", "no"):
        turn.show(Screen(turn.words("stale-button")))
    elif tap.action == "yes":
        first = Button(turn.words("first-dose"), Tap("p", "first").pack())
        turn.show(Screen(turn.words("arrival-yes-said"), ((first,),)))
    else:
        turn.show(Screen(turn.words("arrival-no-said")))
