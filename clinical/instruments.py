"""What check-ins ask, as numbers: the PEG and its score, the PGIC, the side-effect checklist."""

from collections.abc import Mapping
from enum import IntEnum
from fractions import Fraction
from types import MappingProxyType

LOWEST, HIGHEST = 0, 10  # every item; higher is worse; instruments 1, 2
PEG_ITEMS = ("pain", "enjoyment", "activity")  # the order in which they are asked; instruments 1


class Pgic(IntEnum):
    """Patient global impression of change since the first dose; 1 is the best.

    Source: instruments 2.3, coding of PhenX and NINDS. Store the label too: some sources code the reverse.
    """

    VERY_MUCH_IMPROVED = 1
    MUCH_IMPROVED = 2
    MINIMALLY_IMPROVED = 3
    NO_CHANGE = 4
    MINIMALLY_WORSE = 5
    MUCH_WORSE = 6
    VERY_MUCH_WORSE = 7

    @property
    def label(self) -> str:
        """As published: "very much improved"; what patients read stands in the texts."""
        return self.name.lower().replace("_", " ")


class Grade(IntEnum):
    """How bad a side effect is, in the patient's words; "CTCAE-like", never a CTCAE grade.

    Life-threatening is no grade here: it is never a button, triage answers it. Source: instruments 3.
    """

    NONE = 0
    MILD = 1
    MODERATE = 2
    SEVERE = 3

    @property
    def word(self) -> str:
        """As written outside: none, mild, moderate, severe."""
        return self.name.lower()


# Item ids of the side-effect checklist in the order in which they are shown; instruments 3. Their places are
# packed into buttons: only ever add at the end.
CHECKLIST = (
    "dreams",
    "insomnia",
    "headache",
    "nausea",
    "stomach",
    "diarrhea",
    "constipation",
    "fatigue",
    "dizzy",
    "anxious",
    "mood",
    "appetite",
    "aches",
    "pain-flare",
    "sweats",
    "rash",
    "liver",
    "other",
)

# Triage answers these whatever was there before: rash with swelling or trouble breathing, liver signs.
# Source: design 6, never muted.
NEVER_MUTED: Mapping[str, str] = MappingProxyType({"rash": "RF02", "liver": "RF10"})


def check_rating(value: int) -> int:
    """The value itself, where it is a whole number from 0 to 10.

    Raises:
        ValueError: It is not.
    """
    if isinstance(value, bool) or not isinstance(value, int) or not LOWEST <= value <= HIGHEST:
        raise ValueError(f"A rating is a whole number from {LOWEST} to {HIGHEST}, not {value!r}.")
    return value


def exact_score(pain: int | None, enjoyment: int | None, activity: int | None) -> Fraction | None:
    """The PEG score as a fraction of thirds, so that a change of exactly 30 % is found to be 30 %."""
    given = [check_rating(item) for item in (pain, enjoyment, activity) if item is not None]
    return Fraction(sum(given), len(PEG_ITEMS)) if len(given) == len(PEG_ITEMS) else None


def score(pain: int | None, enjoyment: int | None, activity: int | None) -> float | None:
    """The PEG score.

    Args:
        pain, enjoyment, activity: Whole numbers 0-10, higher is worse; None where not answered.

    Returns:
        The unrounded mean of the three, 0.0-10.0; None unless all three are answered (no pro-rating).

    Raises:
        ValueError: An item is not a whole number from 0 to 10.

    Source: instruments 1, score and missing item.
    """
    exact = exact_score(pain, enjoyment, activity)
    return None if exact is None else float(exact)
