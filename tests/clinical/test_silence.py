"""Seven nights without a dose recorded as taken."""

from datetime import date, timedelta

import pytest

from clinical.silence import Silence, silence

T0 = date(2026, 3, 20)


def nights(*statuses: str, each: int = 1) -> list[tuple[date, str]]:
    """One status for each day, newest first; with `each` 2 a pair of them is a day."""
    return [(T0 - timedelta(days=number // each), status) for number, status in enumerate(statuses)]


@pytest.mark.parametrize(
    ("doses", "found"),
    [
        ([], None),
        (nights(*["unanswered"] * 6), None),
        (nights(*["unanswered"] * 7), Silence.UNANSWERED),
        (nights(*["unanswered"] * 7, "taken"), Silence.UNANSWERED),
        (nights(*["unanswered"] * 6, "taken"), None),
        (nights("taken", *["unanswered"] * 9), None),
        (nights(*["skipped"] * 7), Silence.NONE_TAKEN),
        (nights(*["unanswered"] * 6, "skipped"), Silence.NONE_TAKEN),
        (nights(*["unanswered"] * 6, "undelivered"), Silence.NONE_TAKEN),
        (nights("planned", "prompted", *["unanswered"] * 7), Silence.UNANSWERED),
        (nights(*["unanswered", "not_expected"] * 7), Silence.UNANSWERED),
        (nights(*["unanswered", "not_expected"] * 6), None),
        (nights(*["unanswered"] * 14, each=2), Silence.UNANSWERED),
        (nights(*["unanswered"] * 7, each=2), None),
        (nights(*["unanswered"] * 13, "taken", each=2), None),
        (nights("prompted", *["unanswered"] * 13, each=2), Silence.UNANSWERED),
    ],
)
def test_the_last_seven_expected_nights_decide(doses: list[tuple[date, str]], found: Silence | None) -> None:
    assert silence(doses) is found
