"""Worked examples of scores, and of which entries stand; the arithmetic stands beside them."""

from datetime import timedelta
from fractions import Fraction

import pytest

from clinical.entries import (
    Entry,
    Level,
    Pain,
    Window,
    days_before,
    latest_impression,
    latest_peg,
    mean_pain,
    standing_pegs,
)
from clinical.instruments import CHECKLIST, NEVER_MUTED, Grade, Pgic, exact_score, score
from tests.clinical.entered import LISBON, at, days, on, pain, peg, pgic


@pytest.mark.parametrize(
    ("items", "mean"),
    [
        ((0, 0, 0), 0.0),
        ((10, 10, 10), 10.0),
        ((7, 6, 8), 7.0),  # 21 / 3
        ((5, 4, 5), 14 / 3),  # not 4.7 and not 5
        ((1, 0, 0), 1 / 3),
        ((7, 6, None), None),  # no pro-rating
        ((None, None, None), None),
    ],
)
def test_a_peg_is_the_unrounded_mean_of_all_three_items(
    items: tuple[int | None, int | None, int | None], mean: float | None
) -> None:
    assert score(*items) == mean


def test_a_peg_is_kept_in_thirds() -> None:
    assert exact_score(5, 4, 5) == Fraction(14, 3)


@pytest.mark.parametrize("wrong", [-1, 11, True, 5.5])
def test_an_item_is_a_whole_number_from_0_to_10(wrong: int) -> None:
    with pytest.raises(ValueError, match="from 0 to 10"):
        score(wrong, 5, 5)
    with pytest.raises(ValueError, match="from 0 to 10"):
        Pain(on(0), at(0), LISBON, wrong)


def test_pgic_1_is_the_best_and_carries_its_label() -> None:
    assert [(code.value, code.label) for code in (Pgic(1), Pgic(4), Pgic(7))] == [
        (1, "very much improved"),
        (4, "no change"),
        (7, "very much worse"),
    ]


def test_grades_are_in_order_and_the_checklist_keeps_its_own() -> None:
    assert [grade.word for grade in sorted(Grade)] == ["none", "mild", "moderate", "severe"]
    assert (len(CHECKLIST), CHECKLIST[0], CHECKLIST[-1]) == (18, "dreams", "other")
    assert set(NEVER_MUTED) <= set(CHECKLIST)


@pytest.mark.parametrize(
    ("hours_after_its_day", "late", "accepted"),
    [(-15, False, True), (0, True, True), (47, True, True), (48, True, True), (48.5, True, False)],
)
def test_an_entry_is_accepted_until_48_hours_after_its_day(
    hours_after_its_day: float, late: bool, accepted: bool
) -> None:
    entry = Entry(on(0), at(1, 0) + timedelta(hours=hours_after_its_day), LISBON)
    assert (entry.late, entry.accepted()) == (late, accepted)


def test_the_day_ends_where_the_patient_is() -> None:
    # 30 March 2025 in Lisbon has 23 hours and ends at 23:00 UTC; 48 h later it is 1 April, 23:00 UTC.
    spring = (on(0) + timedelta(days=27)).isoformat()
    assert spring == "2025-03-30"
    assert Entry(on(27), at(29, 23), LISBON).accepted()
    assert not Entry(on(27), at(29, 23) + timedelta(minutes=1), LISBON).accepted()


def test_an_entry_needs_an_aware_instant() -> None:
    with pytest.raises(ValueError, match="time zone"):
        Pain(on(0), at(0).replace(tzinfo=None), LISBON, 5)


def test_the_latest_entered_of_a_day_stands() -> None:
    # (6 + 6 + 6 + 2) / 4 = 5; the 10 that was put right at 11:00 counts nowhere.
    entries = (*days(0, [6, 6, 6, 10]), Pain(on(3), at(3, 11), LISBON, 2))
    mean = mean_pain(entries, Window(on(0), on(6)))
    assert mean == Level(Fraction(5), 4, 0, on(3)) == mean_pain(entries[::-1], Window(on(0), on(6)))


def test_of_two_entered_at_once_the_higher_stands() -> None:
    entries = (*days(0, [4, 4, 4]), *pain({3: 4}), *pain({3: 8}))
    assert mean_pain(entries, Window(on(0), on(6))) == Level(Fraction(5), 4, 0, on(3))  # (4+4+4+8) / 4


def test_of_two_pegs_entered_at_once_the_higher_stands() -> None:
    both = (peg(-1, 8, 8, 8), peg(-1, 2, 2, 2))
    assert latest_peg(both, days_before(on(0), 7)) == latest_peg(both[::-1], days_before(on(0), 7))
    assert latest_peg(both, days_before(on(0), 7)) == Level(Fraction(8), 1, 0, on(-1))


def test_a_correction_that_comes_too_late_leaves_the_entry_as_it_was() -> None:
    entries = (*days(0, [6, 6, 6, 6]), Pain(on(3), at(6, 1), LISBON, 0))  # day 3 ended 49 h before
    assert mean_pain(entries, Window(on(0), on(6))) == Level(Fraction(6), 4, 0, on(3))


def test_late_entries_count_and_are_marked() -> None:
    entries = (*days(0, [6, 6, 6]), Pain(on(3), at(4), LISBON, 2))
    assert mean_pain(entries, Window(on(0), on(6))) == Level(Fraction(5), 4, 1, on(3))  # 20 / 4


@pytest.mark.parametrize(("entered", "mean"), [(3, None), (4, 6.0), (7, 6.0)])
def test_a_mean_needs_4_of_7_days(entered: int, mean: float | None) -> None:
    level = mean_pain(days(-7, [6] * entered), days_before(on(0), 7))
    assert (level and level.value) == mean


def test_four_entries_of_three_days_are_too_few() -> None:
    entries = (*days(0, [6, 6, 6]), Pain(on(2), at(2, 12), LISBON, 6))
    assert mean_pain(entries, Window(on(0), on(6))) is None


def test_an_incomplete_peg_takes_the_place_of_none() -> None:
    both = (peg(-2, 9, 9, 9), peg(-2, 3, None, 3, hour=12), peg(-1, 1, 1, None))
    assert latest_peg(both, days_before(on(0), 7)) == Level(Fraction(9), 1, 0, on(-2))
    assert set(standing_pegs(both)) == {on(-2)}


def test_the_latest_peg_and_pgic_of_a_window_are_taken() -> None:
    window = Window(on(0), on(6))
    assert latest_peg((peg(5, 3, 3, 3), peg(1, 9, 9, 9), peg(7, 0, 0, 0)), window) == Level(
        Fraction(3), 1, 0, on(5)
    )
    assert latest_impression((pgic(6, 5), pgic(2, 1), pgic(7, 7)), window) is Pgic.MINIMALLY_WORSE
    assert latest_impression((pgic(6, 5, 9), pgic(6, 2, 12)), window) is Pgic.MUCH_IMPROVED
    assert latest_impression((pgic(6, 2), pgic(6, 5)), window) is Pgic.MINIMALLY_WORSE
    assert latest_impression((), window) is None


def test_a_window_does_not_end_before_it_begins() -> None:
    with pytest.raises(ValueError, match="before it begins"):
        Window(on(1), on(0))
