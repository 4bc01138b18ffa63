"""What triage hands back: severities, flags and their order."""

from dataclasses import dataclass
from enum import IntEnum

HEARD = "heard"  # the concept of a flag that no rule stands behind


class Severity(IntEnum):
    """How soon a human must be reached; the higher value wins."""

    NONE = 0
    MENTION = 1
    SAME_DAY = 2
    EMERGENCY = 3

    @property
    def word(self) -> str:
        """As written outside: none, mention, same-day, emergency."""
        return self.name.lower().replace("_", "-")


@dataclass(frozen=True)
class Flag:
    """One red flag found in one message.

    `about` is self or other; `certainty` is done, happening or planned (a hypothetical question raises
    no flag). `above_plan`: more than the planned amount was taken.
    """

    category: str
    severity: Severity
    concept: str
    about: str = "self"
    certainty: str = "happening"
    above_plan: bool = False


@dataclass(frozen=True)
class Triage:
    """All flags of one message, the most urgent first."""

    flags: tuple[Flag, ...] = ()

    @property
    def severity(self) -> Severity:
        """Severity of the most urgent flag; NONE without flags."""
        return max((flag.severity for flag in self.flags), default=Severity.NONE)

    @property
    def categories(self) -> tuple[str, ...]:
        """The categories found, most urgent first, such as `("RF03", "RF06")`."""
        return tuple(flag.category for flag in self.flags)


# Within one severity. Emergencies: instruments 8.3. Same-day: poison and crisis lines before the rest.
_EMERGENCY_ORDER = ("RF02", "RF01", "RF07", "RF03", "RF05", "RF06", "RF04", "RF10", "RF08", "RF11", "RF09")
_ORDER = ("RF07", "RF03", "RF02", "RF05", "RF06", "RF01", "RF04", "RF10", "RF08", "RF11", "RF09")
_LAST = ("RF14", "RF15", "RF12", "RF13", "RF16")

# Instruments 8.0 rule 7, and the safety pause of dose prompts.
STOP_LINE = frozenset({"RF02", "RF05", "RF06", "RF10"})
PAUSES = frozenset({"RF02", "RF04", "RF05", "RF06", "RF10", "RF14", "RF15"})


def order(flag: Flag) -> tuple[int, bool, int]:
    """Sort key: severity first, what rules found before what is only `HEARD`, then the fixed precedence."""
    ranks = (_EMERGENCY_ORDER if flag.severity is Severity.EMERGENCY else _ORDER) + _LAST
    return -flag.severity, flag.concept == HEARD, ranks.index(flag.category)


def pauses(flag: Flag) -> bool:
    """Whether dose prompts rest from this flag on until a health professional has been spoken to.

    RF06 pauses where the person is unwell or took more than planned; an opioid already given under RF09
    is found as RF04 and pauses as such.
    """
    if flag.category == "RF06":
        return flag.severity is Severity.EMERGENCY or flag.above_plan
    return flag.category in PAUSES and flag.severity >= Severity.SAME_DAY
