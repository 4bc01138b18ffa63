"""Worked examples of baseline, windows and results; the arithmetic stands beside them."""

from dataclasses import replace
from datetime import timedelta
from fractions import Fraction
from importlib.resources import files

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clinical.bands import Band, Change, Measure
from clinical.conventions import read_conventions
from clinical.entries import (
    Level,
    Pain,
    Window,
)
from clinical.instruments import Pgic
from clinical.outcomes import Responder, Result, State, outcome
from clinical.treatment import (
    Step,
    Treatment,
    assessment_window,
    before_treatment,
    confirmatory_window,
)
from tests.clinical.entered import FIRST_DOSE, LISBON, at, days, on, pain, peg, pgic

SHIPPED_TEXT = files("clinical").joinpath("conventions.toml").read_text(encoding="utf-8")

# Baseline: PEG (8+6+7)/3 = 7; pain 7 on each of seven days. Review on day 35, so the window is days 28-34:
# PEG (5+4+5)/3 = 14/3, down 7 - 14/3 = 7/3, which is 33.3 % of 7; pain 5, down 2, which is 28.6 % of 7.
BETTER = Treatment(
    pain=days(-7, [7] * 7) + days(28, [5] * 7),
    pegs=(peg(-3, 8, 6, 7), peg(31, 5, 4, 5)),
    impressions=(pgic(31, 3),),
    steps=(Step(on(0), 1500),),
    first_dose_on=FIRST_DOSE,
    review_on=on(35),
)


def judged(treatment: Treatment, day: int = 35) -> Result:
    return outcome(treatment, on(day)).assessment


def test_baseline_is_the_week_before_the_first_dose() -> None:
    treatment = Treatment(
        # Day -8 and day 0 are outside; 6 + 7 + 7 + 8 of days -7, -5, -3, -1 = 28, / 4 = 7.
        pain=pain({-8: 0, -7: 6, -5: 7, -3: 7, -1: 8, 0: 0}),
        pegs=(peg(-8, 1, 1, 1), peg(-7, 9, 9, 9), peg(-2, 8, 6, 7), peg(-1, 5, 5, None), peg(0, 2, 2, 2)),
        first_dose_on=FIRST_DOSE,
    )
    before = before_treatment(treatment)
    assert before.pain == Level(Fraction(7), 4, 0, on(-1))
    assert before.peg == Level(Fraction(7), 1, 0, on(-2))
    assert not before.entry


def test_without_a_first_dose_there_is_no_baseline_and_no_window() -> None:
    waiting = replace(BETTER, first_dose_on=None)
    assert before_treatment(waiting).pain is None
    found = outcome(waiting, on(100))
    assert found.assessment == found.confirmatory == Result(State.NOT_STARTED)


def test_the_review_decides_the_assessment_window() -> None:
    assert assessment_window(BETTER, on(40)) == Window(on(28), on(34))


def test_without_a_review_days_22_to_28_on_the_current_dose_are_judged() -> None:
    stepped = replace(BETTER, review_on=None, steps=(Step(on(0), 1500), Step(on(14), 3000)))
    # Day 1 on 3 mg is day 14 counted from the first dose, so day 22 is 14 + 21 = 35 and day 28 is 41.
    assert assessment_window(stepped, on(50)) == Window(on(35), on(41))
    assert assessment_window(stepped, on(13)) == Window(on(21), on(27))  # still on the first


def test_a_review_in_the_first_week_is_no_assessment() -> None:
    early = replace(BETTER, review_on=on(6))
    assert assessment_window(early, on(6)) == Window(on(21), on(27))
    assert assessment_window(replace(BETTER, review_on=on(7)), on(7)) == Window(on(0), on(6))


def test_a_step_dated_before_the_first_dose_counts_from_the_first_dose() -> None:
    planned = replace(BETTER, review_on=None, steps=(Step(on(-20), 1500),))
    assert assessment_window(planned, on(30)) == Window(on(21), on(27))


def test_a_step_that_keeps_the_amount_is_no_new_dose() -> None:
    same = replace(BETTER, review_on=None, steps=(Step(on(20), 1500), Step(on(0), 1500)))
    assert assessment_window(same, on(30)) == Window(on(21), on(27))


def test_two_steps_do_not_begin_on_one_day() -> None:
    with pytest.raises(ValueError, match="same day"):
        Treatment(steps=(Step(on(0), 1500), Step(on(0), 3000)))


def test_without_review_and_dose_there_is_no_window() -> None:
    unknown = replace(BETTER, review_on=None, steps=())
    assert outcome(unknown, on(99)).assessment.state is State.NOT_STARTED


def test_week_12_confirms() -> None:
    window = confirmatory_window(BETTER)
    assert window == Window(on(77), on(83))  # day 1 is the first dose's, so day 78 is 77 days later
    weeks = replace(BETTER, pegs=(*BETTER.pegs, peg(80, 3, 3, 4)), impressions=(pgic(79, 2),))
    assert outcome(weeks, on(83)).confirmatory.state is State.NOT_YET
    found = outcome(weeks, on(84)).confirmatory
    # (3+3+4)/3 = 10/3 from 7: 11/21 = 52.4 %.
    assert found.peg_change is not None
    assert found.peg_change.percent == pytest.approx(1100 / 21)
    assert found.peg_change.band is Band.SUBSTANTIAL
    assert found.responder == Responder(product=True, strict_pgic=True, by_pain=None, by_point=True)


def test_a_window_that_is_not_over_has_no_result() -> None:
    assert judged(BETTER, 34).state is State.NOT_YET
    assert judged(BETTER, 34).peg_change is None
    assert judged(BETTER, 35).state is State.JUDGED


def test_a_whole_result() -> None:
    found = judged(BETTER)
    assert found.pain_change == Change(Measure.PAIN, 7.0, 5.0, 2.0, 200 / 7, Band.MINIMAL)
    assert found.peg_change == Change(Measure.PEG, 7.0, 14 / 3, 7 / 3, 100 / 3, Band.MODERATE)
    assert (found.pgic, found.enough) == (Pgic.MINIMALLY_IMPROVED, True)
    assert (found.dose, found.days_on_dose, found.settled) == (Step(on(0), 1500), 35, True)
    assert (found.pain_since_step, found.peg_since_step) == (None, None)  # the first dose
    assert found.responder == Responder(product=True, strict_pgic=False, by_pain=False, by_point=True)


def test_pain_alone_is_enough_to_be_judged_and_never_a_product_responder() -> None:
    found = judged(replace(BETTER, pegs=(peg(-3, 8, 6, 7), peg(31, 5, None, 5))))
    assert (found.state, found.enough, found.peg, found.peg_change) == (State.JUDGED, True, None, None)
    assert found.responder == Responder(product=None, strict_pgic=None, by_pain=False, by_point=None)


def test_one_complete_peg_alone_is_enough() -> None:
    found = judged(replace(BETTER, pain=days(28, [5, 5, 5])))
    assert (found.state, found.enough, found.pain) == (State.JUDGED, True, None)
    assert found.responder.product is True


def test_too_few_check_ins_are_not_enough_data() -> None:
    found = judged(replace(BETTER, pain=days(-7, [7] * 7) + days(28, [5, 5, 5]), pegs=(peg(-3, 8, 6, 7),)))
    assert (found.state, found.enough, found.responder) == (State.NOT_ENOUGH, False, Responder())


def test_without_enough_baseline_nothing_is_compared() -> None:
    found = judged(replace(BETTER, pain=days(-3, [7] * 3) + days(28, [5] * 7), pegs=(peg(31, 5, 4, 5),)))
    assert (found.state, found.enough) == (State.NOT_ENOUGH, True)
    assert (found.pain and found.pain.value, found.peg and found.peg.value) == (5.0, 14 / 3)
    assert found.responder == Responder()


def test_without_pgic_nobody_is_a_responder_nor_a_non_responder() -> None:
    assert judged(replace(BETTER, impressions=())).responder == Responder()
    assert judged(replace(BETTER, impressions=(pgic(27, 1),))).responder == Responder()  # before the window


@pytest.mark.parametrize(
    ("items", "code", "product", "strict", "by_point"),
    [
        ((5, 4, 5), 1, True, True, True),  # 7 -> 14/3: 33.3 %
        ((5, 4, 5), 4, False, False, False),  # but no change by their own word
        ((5, 5, 5), 2, False, False, True),  # 7 -> 5: 28.6 %, 2 points
        ((6, 6, 6), 3, False, False, True),  # 1 point
        ((7, 6, 6), 3, False, False, False),  # 19/3: 0.67 points
        ((9, 9, 9), 7, False, False, False),  # worse
    ],
)
def test_a_responder_needs_both_the_peg_and_their_own_word(
    items: tuple[int, int, int], code: int, product: bool, strict: bool, by_point: bool
) -> None:
    found = judged(replace(BETTER, pegs=(peg(-3, 8, 6, 7), peg(31, *items)), impressions=(pgic(31, code),)))
    answers = found.responder
    assert (answers.product, answers.strict_pgic, answers.by_point) == (product, strict, by_point)


def test_exactly_30_percent_is_a_responder() -> None:
    # 20/3 -> 14/3 is 6/20. Pain 40/7 -> 28/7 is 12/40.
    exact = replace(
        BETTER,
        pain=days(-7, [6, 6, 6, 6, 6, 5, 5]) + days(28, [4] * 7),
        pegs=(peg(-3, 7, 7, 6), peg(31, 5, 5, 4)),
    )
    assert judged(exact).responder == Responder(product=True, strict_pgic=False, by_pain=True, by_point=True)


def test_a_low_baseline_gives_points_and_no_product_result() -> None:
    low = replace(BETTER, pegs=(peg(-3, 3, 3, 3), peg(31, 1, 1, 1)), pain=())
    found = judged(low)
    assert found.peg_change == Change(Measure.PEG, 3.0, 1.0, 2.0, None, None)
    assert found.responder == Responder(product=None, strict_pgic=None, by_pain=None, by_point=True)


def test_a_baseline_of_zero_is_not_enough_data_for_a_patient() -> None:
    found = judged(replace(BETTER, pegs=(peg(-3, 0, 0, 0), peg(31, 5, 5, 5)), pain=days(-7, [0] * 7)))
    assert (found.state, found.peg_change, found.responder) == (State.NOT_ENOUGH, None, Responder())


def test_a_dose_step_is_compared_with_the_baseline_and_with_the_week_before_it() -> None:
    stepped = replace(
        BETTER,
        steps=(Step(on(0), 1500), Step(on(14), 3000)),
        # Days 7-13, before the step: pain 6, PEG (6+6+6)/3 = 6.
        pain=BETTER.pain + days(7, [6] * 7),
        pegs=(*BETTER.pegs, peg(10, 6, 6, 6)),
    )
    found = judged(stepped)
    assert found.peg_change == judged(BETTER).peg_change  # the baseline stays
    # 6 -> 14/3: 4/3, 22.2 %; pain 6 -> 5: 16.7 %.
    assert found.peg_since_step == Change(Measure.PEG, 6.0, 14 / 3, 4 / 3, 200 / 9, Band.MINIMAL)
    assert found.pain_since_step == Change(Measure.PAIN, 6.0, 5.0, 1.0, 50 / 3, Band.MINIMAL)
    assert (found.dose, found.days_on_dose, found.settled) == (Step(on(14), 3000), 21, True)


def test_a_step_shortly_before_the_review_is_not_settled_and_not_compared_with_itself() -> None:
    # The week before the step, days 23-29, has its own PEG; the window, days 28-34, begins before the step.
    weeks = replace(
        BETTER, steps=(Step(on(0), 1500), Step(on(30), 3000)), pegs=(*BETTER.pegs, peg(25, 6, 6, 6))
    )
    found = judged(weeks)
    assert (found.days_on_dose, found.settled) == (5, False)  # days 30, 31, 32, 33, 34
    assert (found.state, found.peg_since_step) == (State.JUDGED, None)


@pytest.mark.parametrize(("starts", "settled"), [(21, True), (22, False)])
def test_14_days_on_a_dose_settle_it(starts: int, settled: bool) -> None:
    # The window ends on day 34: days 21-34 are 14 days.
    assert judged(replace(BETTER, steps=(Step(on(starts), 3000),))).settled is settled


def test_already_on_ldn_gives_an_entry_score_and_the_trend_only() -> None:
    taking = replace(
        BETTER,
        first_dose_on=None,
        already_taking=True,
        pain=pain({-7: 9}) + days(0, [7] * 7) + days(28, [5] * 7),
        pegs=(peg(0, 8, 6, 7), peg(31, 5, 4, 5)),
        impressions=(pgic(31, 1),),
    )
    found = outcome(taking, on(35))
    assert found.before.entry
    assert found.before.pain == Level(Fraction(7), 7, 0, on(6))  # the lone 9 makes no week
    assert found.assessment.state is State.TREND
    assert found.assessment.peg_change == Change(Measure.PEG, 7.0, 14 / 3, 7 / 3, None, None)
    assert found.assessment.responder == Responder()
    assert found.confirmatory.state is State.NOT_STARTED


def test_an_entry_score_is_not_compared_with_itself() -> None:
    taking = replace(BETTER, first_dose_on=None, already_taking=True, pain=(), pegs=(peg(31, 5, 4, 5),))
    assert judged(taking).state is State.NOT_ENOUGH


def test_stopping_in_the_window_is_stopped_before_review() -> None:
    found = judged(replace(BETTER, stopped_on=on(34)))
    assert (found.state, found.peg_change, found.responder) == (State.STOPPED, None, Responder())
    assert (found.dose, found.days_on_dose) == (Step(on(0), 1500), 35)
    assert judged(replace(BETTER, stopped_on=on(35))).state is State.JUDGED


def test_stopping_is_known_before_the_window_comes() -> None:
    early = replace(BETTER, stopped_on=on(10), review_on=None, steps=(*BETTER.steps, Step(on(14), 3000)))
    found = outcome(early, on(12))
    assert (found.assessment.state, found.confirmatory.state) == (State.STOPPED, State.STOPPED)
    assert found.assessment.dose == Step(on(0), 1500)  # the later step never began
    assert outcome(early, on(40)).assessment.window == Window(on(21), on(27))
    assert outcome(early, on(9)).assessment.state is State.NOT_YET


def test_a_clinic_decides_otherwise() -> None:
    own = read_conventions(SHIPPED_TEXT.replace("[enough_entries]\nvalue = 4", "[enough_entries]\nvalue = 5"))
    four = replace(BETTER, pain=days(-7, [7] * 7) + days(28, [5] * 4))
    assert outcome(four, on(35)).assessment.pain is not None
    assert outcome(four, on(35), own).assessment.pain is None


ratings = st.integers(0, 10)
offsets = st.sampled_from([*range(-8, 2), *range(6, 15), *range(26, 37), *range(76, 86)])
moments = st.integers(0, 100)
pains = st.lists(
    st.builds(lambda day, after, of: Pain(on(day), at(day, 0) + timedelta(hours=after), LISBON, of),
              offsets, moments, ratings),
    max_size=40,
)  # fmt: skip
pegs = st.lists(
    st.builds(
        lambda day, hour, items: peg(day, *items, hour=hour),
        offsets, st.integers(0, 23), st.tuples(ratings, ratings, st.none() | ratings),
    ),
    max_size=12,
)  # fmt: skip
impressions = st.lists(st.builds(pgic, offsets, st.integers(1, 7), st.integers(0, 23)), max_size=6)
steps = st.lists(
    st.builds(lambda day, amount: Step(on(day), amount), st.integers(-5, 40), st.sampled_from([1500, 3000])),
    max_size=4,
    unique_by=lambda step: step.starts_on,
)
treatments = st.builds(
    Treatment,
    pain=pains.map(tuple),
    pegs=pegs.map(tuple),
    impressions=impressions.map(tuple),
    steps=steps.map(tuple),
    first_dose_on=st.sampled_from([FIRST_DOSE, FIRST_DOSE, None]),
    already_taking=st.booleans(),
    review_on=st.sampled_from([None, on(3), on(14), on(35)]),
    stopped_on=st.sampled_from([None, None, on(20), on(60)]),
)  # fmt: skip
widely = settings(max_examples=300, deadline=None, database=None)


@widely
@given(treatments, st.integers(0, 100), st.randoms(use_true_random=False))
def test_order_never_changes_a_result(treatment: Treatment, day: int, chance) -> None:
    def mixed(entries: tuple) -> tuple:
        return tuple(chance.sample(entries, len(entries)))

    other = replace(
        treatment,
        pain=mixed(treatment.pain),
        pegs=mixed(treatment.pegs),
        impressions=mixed(treatment.impressions),
        steps=mixed(treatment.steps),
    )
    assert outcome(other, on(day)) == outcome(treatment, on(day))


@widely
@given(treatments, st.integers(30, 100))
def test_no_responder_stands_without_its_floor(treatment: Treatment, day: int) -> None:
    found = outcome(treatment, on(day))
    for result in (found.assessment, found.confirmatory):
        answers = result.responder
        if answers != Responder():
            assert result.state is State.JUDGED
            assert result.pgic is not None
            assert not treatment.already_taking
        if answers.product is not None or answers.strict_pgic is not None:
            assert result.peg is not None
            assert found.before.peg is not None
            assert found.before.peg.value >= 4
        if answers.by_pain is not None:
            assert result.pain is not None
            assert result.pain.entries >= 4
            assert found.before.pain is not None
            assert found.before.pain.entries >= 4
        assert not (answers.strict_pgic and not answers.product)


@widely
@given(treatments, st.integers(0, 100), st.data())
def test_a_missing_entry_never_improves_what_is_enough(treatment: Treatment, day: int, data) -> None:
    if not treatment.pain and not treatment.pegs:
        return
    keep = list(treatment.pain + treatment.pegs)
    del keep[data.draw(st.integers(0, len(keep) - 1))]
    fewer = replace(
        treatment,
        pain=tuple(one for one in keep if isinstance(one, Pain)),
        pegs=tuple(one for one in keep if not isinstance(one, Pain)),
    )
    whole, less = outcome(treatment, on(day)), outcome(fewer, on(day))
    pairs = ((whole.assessment, less.assessment), (whole.confirmatory, less.confirmatory))
    for one, other in pairs:
        assert one.enough >= other.enough
        assert (one.pain is not None) >= (other.pain is not None)
        assert (one.peg is not None) >= (other.peg is not None)
    assert (whole.before.pain is not None) >= (less.before.pain is not None)
    assert (whole.before.peg is not None) >= (less.before.peg is not None)
