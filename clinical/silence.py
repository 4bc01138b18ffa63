"""Nights in a row without a dose recorded as taken: after seven the bot asks before it prompts again."""

from collections.abc import Iterable
from datetime import date
from enum import StrEnum

from clinical.dose import Status

SILENT_NIGHTS = 7  # [c] design section 5, safety pause
_OVER = frozenset({Status.TAKEN, Status.SKIPPED, Status.UNANSWERED, Status.UNDELIVERED})


class Silence(StrEnum):
    """What the last seven expected nights were: none of them taken, or not even one answered."""

    NONE_TAKEN = "none_taken"
    UNANSWERED = "unanswered"


def silence(doses: Iterable[tuple[date, str]]) -> Silence | None:
    """What the newest seven expected dose days come to; None where they are fewer, or one dose was taken.

    Args:
        doses: (dose day, status), newest first; those not expected, planned or still open are passed over. A
            day with two doses is one night: one of them taken is enough.

    Source: design section 5 (safety pause; quiet).
    """
    nights: dict[date, set[str]] = {}
    for day, status in doses:
        if status not in _OVER:
            continue
        if day not in nights and len(nights) == SILENT_NIGHTS:
            break
        nights.setdefault(day, set()).add(status)
    found = set().union(*nights.values())
    if len(nights) < SILENT_NIGHTS or Status.TAKEN in found:
        return None
    return Silence.UNANSWERED if found == {Status.UNANSWERED} else Silence.NONE_TAKEN
