"""When a refill is due."""

from datetime import date, time, timedelta

import pytest

from clinical.regimen import Cadence, Regimen, every_second_day, on_weekdays
from clinical.supply import needed, refill_due

MONDAY = date(2026, 3, 2)
NIGHTLY = Regimen((), time(22))
TWICE = Regimen((), time(8), at_bedtime=False, second_wall=time(20))


@pytest.mark.parametrize(
    ("regimen", "days", "doses"),
    [
        (NIGHTLY, 7, 7),
        (TWICE, 7, 14),
        (Regimen((), time(22), cadence=every_second_day(MONDAY)), 7, 4),
        (Regimen((), time(22), cadence=every_second_day(MONDAY + timedelta(days=1))), 7, 3),
        (Regimen((), time(22), cadence=on_weekdays([0, 2, 4])), 14, 6),
        (NIGHTLY, 0, 0),
    ],
)
def test_the_regimen_says_how_many_are_needed(regimen: Regimen, days: int, doses: int) -> None:
    assert needed(regimen, MONDAY, days) == doses


@pytest.mark.parametrize(
    ("cadence", "left", "beyond", "due"),
    [
        (Cadence(), 8, None, False),
        (Cadence(), 7, None, True),
        (Cadence(), 0, None, True),
        (on_weekdays([0]), 2, None, False),
        (on_weekdays([0]), 1, None, True),
        (Cadence(), 60, MONDAY + timedelta(days=8), False),
        (Cadence(), 60, MONDAY + timedelta(days=7), True),
        (Cadence(), 60, MONDAY - timedelta(days=1), True),
    ],
)
def test_a_refill_is_due_by_number_or_by_date(
    cadence: Cadence, left: int, beyond: date | None, due: bool
) -> None:
    regimen = Regimen((), time(22), cadence=cadence)
    assert refill_due(regimen, left=left, lead_days=7, beyond_use_on=beyond, today=MONDAY) is due
