import pytest

from clinical.adherence import Counts, adherence, count
from clinical.dose import Status

WEEK = [Status.TAKEN] * 4 + [Status.SKIPPED] + [Status.UNANSWERED] + [Status.UNDELIVERED]


def test_doses_that_are_open_or_not_expected_count_nowhere() -> None:
    others = [Status.PLANNED, Status.PROMPTED, Status.SNOOZED, Status.NOT_EXPECTED]
    assert count(WEEK + others) == Counts(taken=4, skipped=1, unanswered=1, undelivered=1)


@pytest.mark.parametrize(
    ("counts", "expected", "reached", "confirmed", "upper", "answered", "response"),
    [
        (Counts(4, 1, 1, 1), 7, 6, 4 / 6, 5 / 6, 4 / 5, 5 / 6),
        (Counts(7, 0, 0, 0), 7, 7, 1.0, 1.0, 1.0, 1.0),
        (Counts(0, 0, 7, 0), 7, 7, 0.0, 1.0, None, 0.0),
        (Counts(0, 0, 0, 7), 7, 0, None, None, None, None),
        (Counts(), 0, 0, None, None, None, None),
        (Counts(0, 3, 0, 0), 3, 3, 0.0, 0.0, 0.0, 1.0),
    ],
)
def test_rates_divide_by_the_doses_that_reached_the_patient(
    counts: Counts,
    expected: int,
    reached: int,
    confirmed: float | None,
    upper: float | None,
    answered: float | None,
    response: float | None,
) -> None:
    found = adherence(counts)
    assert (counts.expected, counts.reached) == (expected, reached)
    assert (found.confirmed_rate, found.upper_rate) == (confirmed, upper)
    assert (found.answered_rate, found.response_rate) == (answered, response)


def test_rates_can_be_drawn_from_the_doses_themselves() -> None:
    assert adherence(WEEK) == adherence(Counts(4, 1, 1, 1))
    assert adherence(reversed(WEEK)).counts.expected == 7


def test_counts_add_up_and_are_never_below_zero() -> None:
    assert Counts(1, 2, 3, 4) + Counts(4, 3, 2, 1) == Counts(5, 5, 5, 5)
    with pytest.raises(ValueError, match="below zero"):
        Counts(taken=-1)
