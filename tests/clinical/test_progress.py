"""A patient's own weeks as data: what is missing stays missing, what is not expected counts nowhere."""

from datetime import date, timedelta

import pytest

from clinical.adherence import Counts
from clinical.dose import Status
from clinical.progress import Band, Mark, Progress, Reading, first_day, progress, runs

TODAY = date(2026, 3, 12)  # a Thursday


def view(marks=(), pain=(), sleep=(), steps=(), *, weeks=4) -> Progress:
    return progress(TODAY, weeks, marks=marks, pain=pain, sleep=sleep, steps=steps)


def days_ago(*days: int) -> list[Reading]:
    return [Reading(TODAY - timedelta(days=one), 4) for one in days]


def test_weeks_are_whole_ones_from_a_monday_and_the_running_one_is_among_them():
    assert first_day(TODAY, 1) == date(2026, 3, 9)
    assert first_day(TODAY, 8) == date(2026, 1, 19)
    assert first_day(date(2026, 3, 8), 2) == date(2026, 2, 23)


def test_only_doses_of_these_days_count_and_those_not_expected_nowhere():
    found = view(
        [
            Mark(TODAY, 1, Status.PROMPTED),
            Mark(TODAY - timedelta(days=1), 1, Status.TAKEN, corrected=True),
            Mark(TODAY - timedelta(days=2), 1, Status.NOT_EXPECTED, by_hand=True),
            Mark(TODAY - timedelta(days=3), 1, Status.UNANSWERED),
            Mark(TODAY - timedelta(days=4), 1, Status.UNDELIVERED),
            Mark(TODAY - timedelta(days=5), 1, Status.SKIPPED),
            Mark(TODAY - timedelta(days=40), 1, Status.TAKEN),
            Mark(TODAY + timedelta(days=1), 1, Status.PLANNED),
            Mark(TODAY, 2, Status.PLANNED),
        ]
    )
    assert found.counts == Counts(taken=1, skipped=1, unanswered=1, undelivered=1)
    assert len(found.marks) == 6
    assert found.marks[-2].corrected


def test_two_doses_of_a_day_stand_in_the_order_of_their_slots():
    found = view([Mark(TODAY, 2, Status.SKIPPED), Mark(TODAY, 1, Status.TAKEN)])
    assert [(mark.slot, mark.status) for mark in found.marks] == [(1, "taken"), (2, "skipped")]
    assert found.counts.expected == 2


def test_a_gap_ends_a_line_and_nothing_is_put_into_it():
    readings = days_ago(9, 8, 6, 3, 2, 1)
    assert [[(TODAY - one.day).days for one in run] for run in runs(readings)] == [[9, 8], [6], [3, 2, 1]]
    assert runs([]) == []


@pytest.mark.parametrize(
    ("days", "mean"),
    [((0, 1, 2), None), ((0, 2, 4, 6), 4.0), ((4, 5, 6, 7), None), ((), None)],
    ids=["three of seven", "four of seven", "the eighth day is outside", "nothing"],
)
def test_a_mean_needs_four_of_the_last_seven_days(days, mean):
    found = view(pain=days_ago(*days))
    assert found.mean_pain == mean
    assert found.mean_sleep is None


def test_a_step_holds_until_the_next_one_of_its_slot_and_is_cut_to_the_days_shown():
    steps = [
        (date(2026, 3, 5), 1, 3000),
        (date(2026, 1, 1), 1, 1500),
        (date(2026, 3, 5), 1, 4500),
        (date(2026, 3, 10), 2, None),
        (date(2026, 3, 20), 1, 6000),
    ]
    assert view(steps=steps).bands == (
        Band(date(2026, 2, 16), date(2026, 3, 4), 1, 1500),
        Band(date(2026, 3, 5), TODAY, 1, 4500),
        Band(date(2026, 3, 10), TODAY, 2, None),
    )


def test_a_step_that_ended_before_these_days_is_not_among_them():
    assert view(steps=[(date(2025, 1, 1), 1, 500), (date(2025, 6, 1), 1, 1000)]).bands == (
        Band(date(2026, 2, 16), TODAY, 1, 1000),
    )


def test_a_record_is_empty_until_something_was_said_or_asked():
    assert view(steps=[(TODAY, 1, 1500)], marks=[Mark(TODAY, 1, Status.NOT_EXPECTED)]).empty
    assert not view(marks=[Mark(TODAY, 1, Status.PROMPTED)]).empty
    assert not view(marks=[Mark(TODAY, 1, Status.NOT_EXPECTED, by_hand=True)]).empty
    assert not view(sleep=days_ago(3)).empty
