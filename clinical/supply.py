"""When to ask for a refill: by the doses that are left, and by the label's beyond-use date."""

from datetime import date, timedelta

from clinical.regimen import Regimen, expected_by_cadence

MOST_DOSES = 400
LEAD_DAYS = (3, 7, 14, 21)  # days of notice that are offered; compounding takes days [convention]


def needed(regimen: Regimen, first: date, days: int) -> int:
    """How many doses the regimen asks for on so many dose days from `first` on."""
    coming = (first + timedelta(days=ahead) for ahead in range(days))
    return sum(len(regimen.slots) for day in coming if expected_by_cadence(regimen, day))


def refill_due(
    regimen: Regimen, *, left: int, lead_days: int, beyond_use_on: date | None, today: date
) -> bool:
    """Whether it is time to ask for more.

    Args:
        left: Doses left, n >= 0.
        lead_days: Days that a refill takes.
        beyond_use_on: The label's beyond-use date; None when it is not known.
        today: The dose day that is going on; its own dose is among those still needed.

    Source: design section 5 and the supply topics of the FAQ; compounded medicine has a short life.
    """
    runs_out = left <= needed(regimen, today, lead_days)
    too_old = beyond_use_on is not None and beyond_use_on - timedelta(days=lead_days) <= today
    return runs_out or too_old
