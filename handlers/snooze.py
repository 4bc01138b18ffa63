"""A snooze of the patient's own choice, typed: "snooze 40", "remind me at 23:30", "in an hour"."""

import re
from datetime import timedelta

from clinical.dose import LEAST_SNOOZE, TapOutcome
from clinical.localtime import AmbiguousTime, NotATime, load_zone, next_wall, parse_wall
from handlers.reply import Screen
from handlers.screens import dose as screens
from handlers.turn import Turn
from services import delivering, dosing

_ASKED = re.compile(
    r"(?:please )?(?:snooze|remind me(?: again)?|ask(?: me)? again|later)"
    r"(?: (?P<how>in|at|for))? (?P<when>.{1,20})",
    re.IGNORECASE,
)
_SPAN = re.compile(
    r"(?P<number>\d{1,3}|an?|half an) ?(?P<unit>m|mins?|minutes?|h|hrs?|hours?)?", re.IGNORECASE
)
_LONGEST = 12 * 60


def _minutes(found: re.Match[str]) -> int | None:
    """The span that was asked for, in minutes; None where a time of day was meant."""
    span = _SPAN.fullmatch(found["when"]) if found["how"] != "at" else None
    if span is None:
        return None
    number, unit = span["number"].lower(), (span["unit"] or "m").lower()
    hours = unit.startswith("h")
    if number == "half an":
        return 30 if hours else None
    count = 1 if number in ("a", "an") else int(number)
    return count * 60 if hours else count


async def typed(turn: Turn, text: str) -> bool:
    """Whether the text was a snooze; it was answered then."""
    found = _ASKED.fullmatch(text.strip().rstrip(".!"))
    if found is None:
        return False
    minutes = _minutes(found)
    if minutes is None:
        try:
            wall = parse_wall(found["when"])
        except AmbiguousTime:
            turn.say(Screen(turn.words("time-ambiguous")))
            return True
        except NotATime:
            return False
        at = next_wall(turn.now, wall, load_zone(turn.someone.zone or "UTC"))
        minutes = int((at - turn.now) / timedelta(minutes=1))
    dose = await delivering.open_dose(turn.tx, turn.treated, turn.now)
    if dose is None or dose.closes_at <= turn.now:
        turn.say(Screen(turn.words("snooze-typed-none")))
        return True
    if not LEAST_SNOOZE <= minutes <= _LONGEST:
        turn.say(Screen(turn.words("snooze-too-late")))
        return True
    said, until = await dosing.snooze_dose(turn.tx, turn.treated, dose.id, minutes, turn.now)
    if said.outcome is not TapOutcome.RECORD:
        turn.say(screens.already(turn.texts, said.dose))
    elif until is None:
        turn.say(Screen(turn.words("snooze-too-late")))
    else:
        turn.say(screens.snoozed(turn.texts, said.dose, until))
    return True
