"""Worked examples of what a clinician hears of a check-in, and how soon."""

from dataclasses import replace
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clinical.entries import Level
from clinical.instruments import CHECKLIST, NEVER_MUTED, Grade
from clinical.treatment import Treatment
from clinical.worsening import CheckIn, MuchWorse, Notice, PegCourse, Soon, Why, episodes, notices, peg_course
from tests.clinical.entered import FIRST_DOSE, at, on, peg

NONE, MILD, MODERATE, SEVERE = Grade
SAME_DAY, NEXT_WORKING_DAY, DIGEST = Soon
BOTH = (MuchWorse.PERCENT, MuchWorse.POINTS)


def check_in(day: int, cannot_wait: bool = False, **effects: Grade) -> CheckIn:
    return CheckIn(on(day), at(day), effects, cannot_wait)


def course(*pegs: tuple[int, int, int, int | None], before: Fraction | int = 6) -> PegCourse:
    """PEGs (day, items) against a reference."""
    return PegCourse(tuple(peg(*one) for one in pegs), Level(Fraction(before), 1, 0, on(-1)), FIRST_DOSE)


def told(found: tuple[Notice, ...]) -> list[tuple[str | None, Soon, Why]]:
    return [(notice.item, notice.soon, notice.why) for notice in found]


# The weekly PEG


@pytest.mark.parametrize(
    ("before", "items", "reasons"),
    [
        (Fraction(6), (8, 8, 8), BOTH),  # 2 points, 33.3 %
        (Fraction(8), (10, 10, 10), BOTH[1:]),  # 2 points, 25 %
        (Fraction(4), (6, 5, 5), BOTH[:1]),  # 16/3: 1.33 points, 33.3 %
        (Fraction(20, 3), (9, 9, 8), BOTH),  # 26/3: 6/20 = exactly 30 %, 2 points
        (Fraction(20, 3), (9, 8, 8), ()),  # 25/3: 25 %, 1.67 points
        (Fraction(1), (2, 1, 1), ()),  # 33.3 %, but below 4 percentages are unstable: 0.33 points
        (Fraction(1), (3, 3, 3), BOTH[1:]),  # 2 points
        (Fraction(0), (2, 2, 2), BOTH[1:]),  # from nothing: points can tell
        (Fraction(6), (4, 4, 4), ()),  # better
    ],
)
def test_a_peg_is_much_worse_by_30_percent_or_2_points(
    before: Fraction, items: tuple[int, int, int], reasons: tuple[MuchWorse, ...]
) -> None:
    found = episodes(course((7, *items), before=before))
    assert [episode.reasons for episode in found] == ([reasons] if reasons else [])


def test_an_episode_lasts_until_a_complete_peg_is_no_longer_much_worse() -> None:
    weeks = course(
        (7, 6, 6, 6),
        (14, 8, 8, 8),  # 2 points: begins
        (21, 10, 10, 10),  # still the same episode
        (28, 4, 4, None),  # incomplete: ends nothing
        (42, 7, 7, 7),  # 1 point, 16.7 %: ends; day 35 is missing and ends nothing either
        (49, 9, 9, 9),  # 3 points: the next
    )
    first, second = episodes(weeks)
    assert (first.began_on, first.ended_on, first.change.now) == (on(14), on(42), 8.0)
    assert (second.began_on, second.ended_on, second.change.points) == (on(49), None, -3.0)


def test_each_episode_is_told_once_with_its_numbers() -> None:
    weeks = course((14, 8, 8, 8), (21, 9, 9, 9), (28, 6, 6, 6), (35, 8, 8, 8))
    by_day = {day: notices(check_in(day), {}, course=weeks) for day in (14, 21, 28, 35)}
    expected = Notice(
        NEXT_WORKING_DAY,
        Why.PEG_MUCH_WORSE,
        before=6.0,
        now=8.0,
        points=-2.0,
        percent=-100 / 3,
        reasons=BOTH,
    )
    assert by_day == {14: (expected,), 21: (), 28: (), 35: (expected,)}


def test_without_a_reference_no_peg_is_much_worse() -> None:
    assert episodes(replace(course((7, 10, 10, 10)), reference=None)) == ()
    assert episodes(PegCourse()) == ()


def test_pegs_are_judged_from_the_first_dose_against_the_baseline() -> None:
    treatment = Treatment(
        pegs=(peg(-7, 9, 9, 9), peg(-2, 6, 6, 6), peg(5, 8, 8, 8)), first_dose_on=FIRST_DOSE
    )
    found = peg_course(treatment)
    assert (found.reference and found.reference.value, found.since) == (6.0, FIRST_DOSE)
    assert [episode.began_on for episode in episodes(found)] == [on(5)]


def test_already_on_ldn_pegs_are_judged_against_the_entry_score() -> None:
    treatment = Treatment(pegs=(peg(40, 8, 8, 8), peg(30, 6, 6, 6)), already_taking=True)
    found = peg_course(treatment)
    assert (found.reference and found.reference.value, found.since) == (6.0, on(31))
    assert [episode.began_on for episode in episodes(found)] == [on(40)]


# Severe


@pytest.mark.parametrize(
    ("before", "now", "expected"),
    [
        (NONE, SEVERE, (SAME_DAY, Why.SEVERE_NEW)),
        (MILD, SEVERE, (SAME_DAY, Why.SEVERE_WORSE)),
        (MODERATE, SEVERE, (SAME_DAY, Why.SEVERE_WORSE)),
        (SEVERE, SEVERE, (DIGEST, Why.SEVERE_UNCHANGED)),
        (SEVERE, MODERATE, None),
        (NONE, MODERATE, None),
        (MILD, MODERATE, None),
        (NONE, MILD, None),
        (NONE, NONE, None),
    ],
)
def test_severe_is_told_today_only_where_it_is_change(
    before: Grade, now: Grade, expected: tuple[Soon, Why] | None
) -> None:
    found = notices(check_in(7, insomnia=now), {"insomnia": before})
    assert found == ((Notice(*expected, "insomnia", before, now),) if expected else ())


def test_severe_as_before_treatment_is_one_line_until_it_was_less() -> None:
    weeks = [check_in(7 * week, aches=grade) for week, grade in enumerate([SEVERE, SEVERE, MILD, SEVERE])]
    lines = [notices(week, {"aches": SEVERE}, weeks) for week in weeks]
    line = (Notice(DIGEST, Why.SEVERE_UNCHANGED, "aches", SEVERE, SEVERE),)
    assert lines == [line, (), (), line]


def test_severe_and_worse_than_before_treatment_stays_urgent() -> None:
    weeks = [check_in(7, nausea=SEVERE), check_in(14, nausea=SEVERE)]
    assert told(notices(weeks[1], {"nausea": MILD}, weeks)) == [("nausea", SAME_DAY, Why.SEVERE_WORSE)]


@pytest.mark.parametrize("item", sorted(NEVER_MUTED))
def test_liver_signs_and_rash_are_never_muted(item: str) -> None:
    weeks = [check_in(day, **{item: SEVERE}) for day in (7, 14)]
    assert told(notices(weeks[1], {item: SEVERE}, weeks)) == [(item, SAME_DAY, Why.SEVERE_NEVER_MUTED)]


def test_what_cannot_wait_is_told_today_whatever_it_is() -> None:
    assert told(notices(check_in(7, cannot_wait=True), {})) == [(None, SAME_DAY, Why.CANNOT_WAIT)]
    mild = notices(check_in(7, cannot_wait=True, dreams=MILD), {"dreams": MILD})
    assert told(mild) == [(None, SAME_DAY, Why.CANNOT_WAIT)]


def test_without_a_baseline_the_first_check_in_stands_for_it() -> None:
    first, second = check_in(7, aches=SEVERE), check_in(14, aches=SEVERE, nausea=SEVERE)
    assert told(notices(first, None)) == [("aches", SAME_DAY, Why.SEVERE_NEW)]
    assert told(notices(second, None, [first])) == [("nausea", SAME_DAY, Why.SEVERE_NEW)]


# Moderate, and mood


@pytest.mark.parametrize(
    ("before", "weeks", "told_in"),
    [
        (NONE, [MODERATE, MODERATE], [1]),
        (MILD, [MODERATE, MODERATE], [1]),
        (MODERATE, [MODERATE, MODERATE], []),  # as before treatment
        (NONE, [MODERATE, MILD, MODERATE], []),  # not in a row
        (NONE, [MILD, MILD], []),
        (NONE, [MODERATE, MODERATE, MODERATE], [1]),  # once, as the run gets there
        (NONE, [MODERATE, MODERATE, NONE, MODERATE, MODERATE], [1, 4]),  # a new run
    ],
)
def test_moderate_in_two_check_ins_in_a_row_is_for_the_next_working_day(
    before: Grade, weeks: list[Grade], told_in: list[int]
) -> None:
    sittings = [check_in(7 * week, headache=grade) for week, grade in enumerate(weeks)]
    found = [told(notices(one, {"headache": before}, sittings)) for one in sittings]
    expected = [("headache", NEXT_WORKING_DAY, Why.MODERATE_AGAIN)]
    assert found == [expected if week in told_in else [] for week in range(len(weeks))]


def test_severe_and_then_moderate_are_two_in_a_row() -> None:
    weeks = [check_in(7, dizzy=SEVERE), check_in(14, dizzy=MODERATE)]
    assert told(notices(weeks[1], {}, weeks)) == [("dizzy", NEXT_WORKING_DAY, Why.MODERATE_AGAIN)]


def test_a_check_in_without_the_list_neither_ends_nor_lengthens_a_row() -> None:
    unopened = CheckIn(on(14), at(14), None)
    weeks = [check_in(7, dizzy=MODERATE), unopened, check_in(21, dizzy=MODERATE)]
    assert notices(unopened, {}, weeks) == ()
    assert told(notices(weeks[2], {}, weeks)) == [("dizzy", NEXT_WORKING_DAY, Why.MODERATE_AGAIN)]


def test_a_check_in_without_the_list_still_says_that_it_cannot_wait() -> None:
    assert told(notices(CheckIn(on(14), at(14), None, cannot_wait=True), {})) == [
        (None, SAME_DAY, Why.CANNOT_WAIT)
    ]


@pytest.mark.parametrize(
    ("before", "now", "expected"),
    [
        (NONE, MILD, []),
        (NONE, MODERATE, [("mood", SAME_DAY, Why.MOOD_NEW)]),
        (NONE, SEVERE, [("mood", SAME_DAY, Why.SEVERE_NEW)]),
        (MILD, MODERATE, []),  # not new: the next check-in tells
        (MODERATE, MODERATE, []),
        (MODERATE, SEVERE, [("mood", SAME_DAY, Why.SEVERE_WORSE)]),
    ],
)
def test_low_mood_that_is_new_is_told_today(
    before: Grade, now: Grade, expected: list[tuple[str | None, Soon, Why]]
) -> None:
    assert told(notices(check_in(7, mood=now), {"mood": before})) == expected


# All together


def test_the_soonest_stands_first() -> None:
    before = check_in(0, fatigue=MODERATE)
    now = check_in(7, cannot_wait=True, aches=SEVERE, fatigue=MODERATE, nausea=SEVERE)
    found = notices(now, {"aches": SEVERE}, [before], course((7, 9, 9, 9)))
    assert told(found) == [
        (None, SAME_DAY, Why.CANNOT_WAIT),
        ("nausea", SAME_DAY, Why.SEVERE_NEW),
        ("fatigue", NEXT_WORKING_DAY, Why.MODERATE_AGAIN),
        (None, NEXT_WORKING_DAY, Why.PEG_MUCH_WORSE),
        ("aches", DIGEST, Why.SEVERE_UNCHANGED),
    ]


def test_an_effect_is_on_the_checklist() -> None:
    with pytest.raises(ValueError, match="hiccups is not on the checklist"):
        check_in(0, hiccups=MILD)
    with pytest.raises(ValueError, match="time zone"):
        CheckIn(on(0), at(0).replace(tzinfo=None), {})


# Promises

effects = st.dictionaries(st.sampled_from(CHECKLIST), st.sampled_from(Grade), max_size=5)
sittings = st.builds(
    lambda day, had, urgent: CheckIn(on(day), at(day), had, urgent),
    st.integers(0, 60),
    st.none() | effects,
    st.booleans(),
)
histories = st.lists(sittings, max_size=6, unique_by=lambda one: one.day)
items = st.integers(0, 10)
weeklies = st.lists(
    st.tuples(st.integers(0, 60), items, items, items | st.none()), max_size=8, unique_by=lambda one: one[0]
)
widely = settings(max_examples=200, deadline=None, database=None)


@widely
@given(sittings, st.none() | effects, histories, weeklies, st.randoms(use_true_random=False))
def test_order_never_changes_a_notice(now, baseline, history, weeks, chance) -> None:
    mixed = chance.sample(history, len(history))
    other = course(*chance.sample(weeks, len(weeks)))
    assert notices(now, baseline, history, course(*weeks)) == notices(now, baseline, mixed, other)


@widely
@given(sittings, effects, histories)
def test_today_is_only_for_what_is_new_worse_or_said_to_be_urgent(now, baseline, history) -> None:
    found = notices(now, baseline, history)
    named = [notice.item for notice in found if notice.item]
    assert len(named) == len(set(named))
    for notice in found:
        if notice.soon is SAME_DAY and notice.item not in (None, "mood", *NEVER_MUTED):
            assert notice.now == SEVERE
            assert notice.now > notice.before
    severe = {item for item, grade in (now.effects or {}).items() if grade > baseline.get(item, NONE)}
    for item in severe:
        if now.effects[item] is SEVERE:
            assert item in {notice.item for notice in found if notice.soon is SAME_DAY}


@widely
@given(weeklies, st.fractions(0, 10, max_denominator=3))
def test_episodes_follow_one_another(weeks, before) -> None:
    found = episodes(course(*weeks, before=before))
    assert all(one.ended_on is not None and one.ended_on > one.began_on for one in found[:-1])
    for one, after in pairwise(found):
        assert one.ended_on is not None
        assert one.ended_on < after.began_on


@widely
@given(weeklies, st.integers(0, 60))
def test_a_missing_or_incomplete_peg_neither_begins_nor_ends_an_episode(weeks, day) -> None:
    spared = [one for one in weeks if one[0] != day]
    assert episodes(course(*spared)) == episodes(course(*spared, (day, 10, 10, None)))
