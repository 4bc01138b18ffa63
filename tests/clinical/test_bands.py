"""Worked examples of changes and their bands; the arithmetic stands beside them."""

from fractions import Fraction
from importlib.resources import files

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clinical.bands import Band, Change, Measure, compare
from clinical.conventions import read_conventions
from clinical.entries import Level
from clinical.instruments import Pgic
from clinical.outcomes import responder
from tests.clinical.entered import on

SHIPPED_TEXT = files("clinical").joinpath("conventions.toml").read_text(encoding="utf-8")

ratings = st.integers(0, 10)
widely = settings(max_examples=300, deadline=None, database=None)


def level(of: Fraction | int) -> Level:
    return Level(Fraction(of), 1, 0, on(0))


def thirds(of: int) -> Fraction:
    return Fraction(of, 3)


@pytest.mark.parametrize(
    ("before", "now", "percent", "band"),
    [
        (thirds(24), thirds(0), 100.0, Band.SUBSTANTIAL),
        (thirds(20), thirds(10), 50.0, Band.SUBSTANTIAL),  # 10/20: exactly 50 %
        (thirds(16), thirds(8), 50.0, Band.SUBSTANTIAL),  # 8/16; floats would make it 49.99999999999999
        (thirds(20), thirds(11), 45.0, Band.MODERATE),  # 9/20
        (thirds(20), thirds(14), 30.0, Band.MODERATE),  # 6/20: exactly 30 %
        (thirds(30), thirds(22), 80 / 3, Band.MINIMAL),  # 8/30 = 26.7 %
        (thirds(17), thirds(12), 500 / 17, Band.MINIMAL),  # 5/17 = 29.4 %
        (thirds(20), thirds(18), 10.0, Band.MINIMAL),  # 2/20: exactly 10 %
        (thirds(30), thirds(27), 10.0, Band.MINIMAL),  # exactly 1 point, exactly 10 %
        (thirds(15), thirds(12), 20.0, Band.MINIMAL),  # exactly 1 point
        (thirds(30), thirds(28), 20 / 3, Band.LITTLE_CHANGE),  # 2/30
        (thirds(20), thirds(20), 0.0, Band.LITTLE_CHANGE),
        (thirds(21), thirds(23), -200 / 21, Band.LITTLE_CHANGE),  # 2/21 = 9.5 % worse, 0.67 points
        (thirds(20), thirds(22), -10.0, Band.WORSE),  # exactly 10 % worse; in floats 9.99999999999999
        (thirds(27), thirds(30), -100 / 9, Band.WORSE),  # exactly 1 point, 3/27 = 11.1 %
        (thirds(20), thirds(25), -25.0, Band.WORSE),  # 5/20, 1.67 points
        (thirds(20), thirds(26), -30.0, Band.MUCH_WORSE),  # exactly 30 %, and 2 points
        (thirds(12), thirds(16), -100 / 3, Band.MUCH_WORSE),  # 4/12, 1.33 points: by percent alone
        (thirds(24), thirds(30), -25.0, Band.MUCH_WORSE),  # exactly 2 points: by points alone
    ],
)
def test_a_peg_falls_in_its_band(before: Fraction, now: Fraction, percent: float, band: Band) -> None:
    moved = compare(level(before), level(now), Measure.PEG)
    assert moved is not None
    assert (moved.percent, moved.band) == (pytest.approx(percent, abs=1e-12), band)


@pytest.mark.parametrize(
    ("before", "now", "band"),
    [
        (Fraction(40, 7), Fraction(20, 7), Band.SUBSTANTIAL),  # 20/40
        (Fraction(40, 7), Fraction(28, 7), Band.MODERATE),  # 12/40 = 30 %
        (Fraction(40, 7), Fraction(36, 7), Band.MINIMAL),  # 4/40 = 10 %
        (Fraction(30, 5), Fraction(21, 5), Band.MODERATE),  # 9/30; floats would make it 29.999999999999996
        (Fraction(40, 7), Fraction(37, 7), Band.LITTLE_CHANGE),  # 3/40
        (Fraction(40, 7), Fraction(44, 7), Band.WORSE),  # 10 % worse
        (Fraction(40, 7), Fraction(52, 7), Band.MUCH_WORSE),  # 30 % worse, 1.7 points
        (Fraction(8), Fraction(10), Band.MUCH_WORSE),  # 25 %, but 2 points
    ],
)
def test_mean_pain_falls_in_its_band(before: Fraction, now: Fraction, band: Band) -> None:
    moved = compare(level(before), level(now), Measure.PAIN)
    assert moved is not None
    assert moved.band is band


@pytest.mark.parametrize(
    ("now", "points", "band"),
    [
        (thirds(0), 11 / 3, None),  # from 3.67 to 0: absolute change only
        (thirds(8), 1.0, None),
        (thirds(13), -2 / 3, None),  # 18 % worse, not said
        (thirds(14), -1.0, Band.WORSE),
        (thirds(17), -2.0, Band.MUCH_WORSE),
    ],
)
def test_below_a_baseline_of_4_there_are_points_and_no_percentages(
    now: Fraction, points: float, band: Band | None
) -> None:
    moved = compare(level(thirds(11)), level(now), Measure.PEG)
    assert moved == Change(Measure.PEG, 11 / 3, float(now), points, None, band)


def test_a_baseline_of_exactly_4_has_percentages() -> None:
    moved = compare(level(4), level(3), Measure.PAIN)
    assert moved == Change(Measure.PAIN, 4.0, 3.0, 1.0, 25.0, Band.MINIMAL)


@pytest.mark.parametrize("minimum", ["4.0", "0"])
def test_a_baseline_of_zero_is_not_enough_data(minimum: str) -> None:
    loose = read_conventions(
        SHIPPED_TEXT.replace("[minimum_baseline]\nvalue = 4.0", f"[minimum_baseline]\nvalue = {minimum}")
    )
    assert compare(level(0), level(5), Measure.PEG, loose) is None
    assert compare(level(0), level(0), Measure.PAIN, loose) is None


@widely
@given(ratings, st.integers(0, 30), st.sampled_from(list(Measure)))
def test_every_baseline_has_a_band_points_or_nothing(before: int, now: int, measure: Measure) -> None:
    moved = compare(level(before), level(thirds(now)), measure)
    assert (moved is None) == (before == 0)
    if moved is not None:
        assert (moved.percent is None) == (before < 4)
        assert before < 4 or moved.band is not None


@widely
@given(st.none() | st.builds(lambda b, n: compare(level(b), level(n), Measure.PEG), ratings, ratings),
       st.none() | st.sampled_from(list(Pgic)))  # fmt: skip
def test_the_responder_rules_need_both_values(moved: Change | None, code: Pgic | None) -> None:
    answers = responder(moved, None, code)
    assert (answers.product is None) == (moved is None or moved.percent is None or code is None)
    assert (answers.by_point is None) == (moved is None or code is None)
    assert answers.by_pain is None
