"""Danger in a text: the rules of triage, and beside them the sentence encoder, which may only add.

The rules decide alone where the encoder cannot be had. Where it can, it does two things: phrasings that
harmless sentences hold too ("double" in "double shift", `wide` in the rule files) count as soon as it is not
sure that the text is harmless; and where it alone is sure of danger, its flag is added, marked `HEARD`, and
the bot asks instead of alarming anybody.
"""

import math
import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from clinical.freetext import unsure_of_dose
from clinical.said_level import number
from clinical.triage import HEARD, Flag, Severity, Triage, order, triage
from services import encoder
from services.faqhead import OTHER, Head
from services.faqwords import LONGEST

QUIET = "quiet"
# Set on messages written apart; what comes of them stands in `docs/triage-evaluation.md`.
WIDE_FROM = 0.20  # from this probability of any danger on, wide phrasings count
HEARD_FROM = 0.50  # from here on danger is heard without a rule
HEARD_FROM_OF_EFFECTS = 0.70  # RF11: everybody here is in pain, and says so
HEARD_FROM_IN_LONG = 0.90  # of a text over 300 letters: each part of it is a chance to mishear
# Which danger: a category's share of all danger, where another one leads.
BESIDE_RULES_FROM = 0.40  # the likeliest, where a rule has found another
SECOND_FROM = 0.15  # the next likely
_WORDS_SHARE = 0.4  # how much words and letters count beside the encoder
_WORD = re.compile(r"[^\W\d_]{3,}")
# In words of three letters and more that are no numbers: "0.5 mL", or "3" and then "seven", is no sentence.
_LEAST_LETTERS = 5
_LEAST_WORDS_OF_AN_EFFECT = 5  # fewer only name it: "stiffness in the morning"
_MENTIONS = frozenset({"RF12", "RF13"})
_EMERGENCIES = frozenset({"RF01", "RF02"})


def listen(text: str) -> Triage:
    """Every red flag of a text; those that only the encoder hears have the concept `HEARD`."""
    reading = understood(text)
    if reading is None:
        return triage(text)
    danger = danger_of(text, reading)
    found = triage(text, wide=1.0 - danger[QUIET] >= WIDE_FROM)
    heard = _heard(danger, reading.severity, found, text)
    named = {flag.category for flag in heard}
    others = [flag for flag in found.flags if flag.category not in named]
    return Triage(tuple(sorted([*heard, *others], key=order)))


def _heard(
    danger: Mapping[str, float], severities: tuple[float, ...], found: Triage, text: str
) -> list[Flag]:
    """What the encoder adds: a graver flag, one of another kind, the next likely kind; two at most.

    Where two kinds are likely, the advice for both is given: swollen lips are named an allergy by one reader
    and a side effect by another.
    """
    sure = 1.0 - danger[QUIET]
    first, *rest = sorted((one for one in danger if one != QUIET), key=lambda one: -danger[one])
    if sure < _heard_from(first, text) or _is_asked_otherwise(first, text):
        return []
    heard = [Flag(first, _severity(first, severities), HEARD)]
    lead = max(found.severity, heard[0].severity)
    if heard[0].severity <= found.severity:
        # Rules stand where they are as grave; another kind is named beside them.
        if first in found.categories:
            heard = []
        elif danger[first] < BESIDE_RULES_FROM * sure:
            return []
    return heard + [
        Flag(second, min(lead, _severity(second, severities)), HEARD)
        for second in rest[:1]
        if second not in found.categories
        and danger[second] >= SECOND_FROM * sure
        and sure >= _heard_from(second, text)
        and not _is_asked_otherwise(second, text)
    ]


def _heard_from(category: str, text: str) -> float:
    """From which probability of danger on the encoder is believed alone."""
    if len(text) > LONGEST:
        return HEARD_FROM_IN_LONG
    return HEARD_FROM_OF_EFFECTS if category == "RF11" else HEARD_FROM


def _is_asked_otherwise(category: str, text: str) -> bool:
    """What the conversation asks about without alarm: an effect's bare name, a dose they are not sure of."""
    if category == "RF06":
        return unsure_of_dose(text)
    return category == "RF11" and len(text.split()) < _LEAST_WORDS_OF_AN_EFFECT


def danger_of(text: str, reading: encoder.Reading) -> Mapping[str, float]:
    """Each category and `QUIET`: the encoder's opinion and that of words and letters.

    Two machines that err differently: what both take for harmless alarms nobody.
    """
    words = _words().score(text)
    odds = (1 - _WORDS_SHARE) * _odds(reading.danger[QUIET]) + _WORDS_SHARE * _odds(words[OTHER])
    mixed = {
        name: (1 - _WORDS_SHARE) * share + _WORDS_SHARE * words.get(name, 0.0)
        for name, share in reading.danger.items()
        if name != QUIET
    }
    return {**mixed, QUIET: 1 / (1 + math.exp(-odds))}


def _odds(share: float) -> float:
    inside = min(max(share, 1e-6), 1 - 1e-6)
    return math.log(inside / (1 - inside))


@cache
def _words() -> Head:
    """`docs/train_danger.py` writes the weights."""
    return Head(files("services").joinpath("danger_weights.bin").read_bytes())


def understood(text: str) -> encoder.Reading | None:
    """What the encoder makes of a text; None without an encoder, and of a command or an amount."""
    said = sum(len(word) for word in _WORD.findall(text) if number(word) is None)
    return None if text.startswith("/") or said < _LEAST_LETTERS else encoder.read(text)


def is_asked(found: Triage) -> bool:
    """Whether the most urgent flag is one that no rule stands behind: the person is asked first."""
    return bool(found.flags) and found.flags[0].concept == HEARD


def to_record(found: Triage) -> Triage:
    """What is recorded and told without asking: what rules found, and mentions."""
    return Triage(
        tuple(one for one in found.flags if one.concept != HEARD or one.severity <= Severity.MENTION)
    )


def _severity(category: str, severities: tuple[float, ...]) -> Severity:
    """What the encoder says of urgency, within what the category can be."""
    if category in _EMERGENCIES:
        return Severity.EMERGENCY
    if category in _MENTIONS:
        return Severity.MENTION
    _, mention, same_day, emergency = severities
    if emergency > mention + same_day:
        return Severity.EMERGENCY
    return Severity.SAME_DAY
