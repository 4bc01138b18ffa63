"""Amount and form as a prescription says them, typed by patients and clinicians alike."""

from clinical.amount import AmbiguousAmount, AmountError, AmountOutOfRange, AmountTooFine, parse_amount_ug
from handlers.reply import Screen
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
