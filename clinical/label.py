"""How many units make one dose, as the label says it; checked against the amount, never computed from it."""

import re
from dataclasses import dataclass
from decimal import Decimal

from clinical.amount import AmountError, parse_amount_ug

LIQUID = "liquid"
_MOST_UNITS = Decimal(100)
_LONGEST_TEXT = 60
_HALVES = {
    "½": "0.5",
    "1/2": "0.5",
    "half": "0.5",
    "half a": "0.5",
    "¼": "0.25",
    "1/4": "0.25",
    "one": "1",
    "two": "2",
}
_COUNT = r"(?P<count>\d{1,3}(?:[.,]\d{1,3})?|½|1/2|¼|1/4|half(?: a)?|one|two)"
_SOLID = re.compile(
    rf"{_COUNT}\s*(?:x|×|\*|of|(?:capsules?|caps?|tablets?|tabs?|pills?)(?:\s+of)?)\s*(?P<strength>.+)"
)
_FLUID = re.compile(rf"{_COUNT}\s*m[lL]s?\s*(?:x|×|\*|of|at|@|,)?\s*(?P<strength>.+?)\s*(?:/|per)\s*m[lL]")


class LabelError(ValueError):
    """This label cannot be used."""

    def __init__(self) -> None:
        super().__init__(type(self).__doc__)


class NotALabel(LabelError):
    """Write it as on the label: "2 x 1.5 mg", or "0.5 mL of 3 mg/mL" for a liquid."""


class LabelDisagrees(LabelError):
    """Units times strength are not the amount of one dose."""


@dataclass(frozen=True, slots=True)
class Label:
    """`units` per dose ("2", "0.5"; mL of a liquid), `strength_ug` per unit (per mL) in micrograms."""

    units: str
    strength_ug: int


def read_label(text: str, *, form: str, amount_ug: int) -> Label:
    """Read what the label says of one dose.

    Args:
        text: "2 x 1.5 mg", "half a tablet of 3 mg"; for a liquid "0.5 mL of 3 mg/mL".
        form: capsule, tablet, liquid, other.
        amount_ug: The amount of one dose, already entered.

    Raises:
        NotALabel: it is not that; a liquid needs mL and mg/mL, anything else neither.
        LabelDisagrees: units times strength differ from the amount, be it by a microgram.

    Source: design section 5, change of plan.
    """
    plain = " ".join(text.split()).removesuffix(".")
    pattern = _FLUID if form == LIQUID else _SOLID
    found = pattern.fullmatch(plain.casefold()) if len(plain) <= _LONGEST_TEXT else None
    if found is None:
        raise NotALabel
    count = Decimal(_HALVES.get(found["count"], found["count"].replace(",", ".")))
    try:
        strength_ug = parse_amount_ug(found["strength"])
    except AmountError:
        raise NotALabel from None
    if not 0 < count <= _MOST_UNITS:
        raise NotALabel
    if count * strength_ug != amount_ug:
        raise LabelDisagrees
    return Label(f"{count.normalize():f}", strength_ug)
