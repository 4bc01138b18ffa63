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


DRAWN: Mapping[str, Callable[[Texts, Patient], Screen]] = {kinds.ARRIVAL: arrival}
