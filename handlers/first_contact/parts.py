"""Buttons of first contact, and how they stand."""

from handlers.callbacks import Tap
from handlers.reply import Button, Row
from handlers.turn import Turn

FLOW = "enrol"


def choice(turn: Turn, key: str, action: str, value: str = "", **values: str | int) -> Button:
    """A button of the step `action`, its label by key."""
    return Button(turn.words(key, **values), Tap("n", action, 0, value).pack())


def stacked(*buttons: Button) -> tuple[Row, ...]:
    """One below the other."""
    return tuple((button,) for button in buttons)
