"""The message budget: lowest first, never more than 3 in a day and 15 in a week."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clinical.budget import PER_DAY, PER_WEEK, Rank, fits

T0 = datetime(2026, 3, 2, 18, tzinfo=UTC)
ranks = st.sampled_from(list(Rank))


def ago(*hours: float, rank: Rank = Rank.CHECK_IN) -> list[tuple[datetime, Rank]]:
    return [(T0 - timedelta(hours=one), rank) for one in hours]


@pytest.mark.parametrize(
    ("rank", "sent", "may"),
    [
        (Rank.NUDGE, [], True),
        (Rank.NUDGE, ago(2), True),
        (Rank.NUDGE, ago(2, rank=Rank.NUDGE), False),
        (Rank.NUDGE, ago(2) + ago(3, rank=Rank.REMINDER), True),
        (Rank.REFILL, ago(2, rank=Rank.NUDGE), False),
        (Rank.REFILL, ago(25, rank=Rank.NUDGE), True),
        (Rank.REFILL, ago(2, 3), False),
        (Rank.CHECK_IN, ago(2), True),
        (Rank.CHECK_IN, ago(2, 3), False),
        (Rank.CHECK_IN, ago(2) + ago(4, rank=Rank.REMINDER), True),
        (Rank.REMINDER, ago(2, 3), True),
        (Rank.REMINDER, ago(1, 2, 3), False),
        (Rank.REMINDER, ago(1, 2, 24), True),
        (Rank.REMINDER, ago(*range(30, 44)), True),
        (Rank.REMINDER, ago(*range(30, 45)), False),
        (Rank.REFILL, ago(*range(30, 44)), False),
        (Rank.NUDGE, ago(*range(30, 43)), False),
        (Rank.CHECK_IN, ago(*range(30, 44)), True),
        (Rank.REMINDER, ago(*range(168, 200)), True),
    ],
)
def test_what_does_not_fit_gives_way_lowest_first(
    rank: Rank, sent: list[tuple[datetime, Rank]], may: bool
) -> None:
    assert fits(rank, sent, T0) is may


@given(st.lists(st.tuples(ranks, st.integers(min_value=0, max_value=24 * 60)), max_size=120))
def test_no_day_and_no_week_ever_holds_more(asked: list[tuple[Rank, int]]) -> None:
    now, sent = T0, []
    for rank, minutes in asked:
        now += timedelta(minutes=minutes)
        if fits(rank, sent, now):
            sent.append((now, rank))
    for end, _ in sent:
        assert sum(end - timedelta(days=1) < at <= end for at, _ in sent) <= PER_DAY
        assert sum(end - timedelta(days=7) < at <= end for at, _ in sent) <= PER_WEEK


@given(st.lists(st.tuples(st.integers(min_value=0, max_value=200), ranks), max_size=30), ranks)
def test_a_higher_rank_fits_wherever_a_lower_one_does(hours: list[tuple[int, Rank]], rank: Rank) -> None:
    sent = [(T0 - timedelta(hours=one), other) for one, other in hours]
    if fits(rank, sent, T0):
        assert all(fits(higher, sent, T0) for higher in Rank if higher >= rank)


@given(st.lists(st.sampled_from([Rank.NUDGE, Rank.REFILL]), max_size=10))
def test_on_no_day_a_lower_rank_takes_the_place_of_check_in_or_reminder(lower: list[Rank]) -> None:
    now, sent = T0, []
    for rank in (*lower, Rank.CHECK_IN, *lower, Rank.REMINDER):
        now += timedelta(minutes=20)
        if fits(rank, sent, now):
            sent.append((now, rank))
    assert {Rank.CHECK_IN, Rank.REMINDER} <= {rank for _, rank in sent}
