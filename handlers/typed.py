"""Times and dates as people type them; what cannot be read is said in one sentence, and None comes back."""

from datetime import date, time

from clinical.localtime import AmbiguousTime, NotATime, parse_wall
from handlers.reply import Screen
from handlers.turn import Turn


def read_wall(turn: Turn, words: str) -> time | None:
    """A time of day."""
    try:
        return parse_wall(words)
    except AmbiguousTime:
        turn.say(Screen(turn.words("time-ambiguous")))
    except NotATime:
        turn.say(Screen(turn.words("time-unknown")))
    return None


def read_day(turn: Turn, words: str) -> date | None:
    """A date, as 2026-12-14."""
    try:
        return date.fromisoformat(words.strip().rstrip("."))
    except ValueError:
        turn.say(Screen(turn.words("date-unreadable")))
        return None
