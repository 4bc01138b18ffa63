"""Amount and form as a prescription says them, typed by patients and clinicians alike."""

from clinical.amount import (
    AmbiguousAmount,
    AmountError,
    AmountOutOfRange,
    AmountTooFine,
    format_mg,
    parse_amount_ug,
)
from handlers.reply import Screen
from handlers.texts import Texts
from handlers.turn import Turn

FORMS = ("capsule", "tablet", "liquid", "other")
_REFUSALS: tuple[tuple[type[AmountError], str], ...] = (
    (AmbiguousAmount, "amount-ambiguous"),
    (AmountOutOfRange, "amount-range"),
    (AmountTooFine, "amount-fine"),
    (AmountError, "amount-unreadable"),
)


def read_amount(turn: Turn, words: str) -> int | None:
    """The amount in micrograms, or None after saying what is wrong with it."""
    try:
        return parse_amount_ug(words)
    except AmountError as error:
        key = next(key for kind, key in _REFUSALS if isinstance(error, kind))
        turn.say(Screen(turn.words(key)))
        return None


def label_words(texts: Texts, form: str, units: str | None, strength_ug: int | None) -> str | None:
    """What the label says of one dose, "2 capsules of 1.5 mg"; None where it is not recorded."""
    if units is None or strength_ug is None:
        return None
    one = "yes" if units == "1" else "no"
    return texts.say("units", units=units, strength=format_mg(strength_ug), form=form, one=one)
