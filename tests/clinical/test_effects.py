"""The course of a side effect, worked by hand."""

from datetime import date

import pytest

from clinical.effects import Effect, Said, courses
from clinical.instruments import Grade

D1, D2, D3 = date(2026, 3, 1), date(2026, 3, 8), date(2026, 3, 15)
NONE, MILD, MODERATE, SEVERE = Grade


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ([Said("nausea", MILD, D2)], Effect("nausea", NONE, D2, MILD, D2)),
        (
            [Said("nausea", MILD, D2), Said("nausea", NONE, D3)],
            Effect("nausea", NONE, D2, MILD, D3, faded_on=D3),
        ),
        (
            [Said("nausea", MODERATE, D1), Said("nausea", NONE, D2), Said("nausea", MILD, D3)],
            Effect("nausea", NONE, D1, MILD, D3),
        ),
        ([Said("aches", MODERATE, D1, baseline=True)], Effect("aches", MODERATE, None, MODERATE, D1)),
        (
            [Said("aches", MODERATE, D1, baseline=True), Said("aches", MODERATE, D2)],
            Effect("aches", MODERATE, None, MODERATE, D2),
        ),
        (
            [Said("aches", MODERATE, D1, baseline=True), Said("aches", SEVERE, D3)],
            Effect("aches", MODERATE, D3, SEVERE, D3),
        ),
        # Corrected while the baseline was being told.
        (
            [Said("aches", SEVERE, D1, baseline=True), Said("aches", MILD, D1, baseline=True)],
            Effect("aches", MILD, None, MILD, D1),
        ),
        # How bad was not said: it is there, and no grade is made up.
        ([Said("dreams", None, D2)], Effect("dreams", NONE, D2, None, D2)),
        ([Said("dreams", MODERATE, D1), Said("dreams", None, D2)], Effect("dreams", NONE, D1, MODERATE, D2)),
    ],
)
def test_the_course_of_one_effect(said: list[Said], expected: Effect) -> None:
    assert courses(said) == (expected,)


def test_what_was_never_there_is_not_in_the_list_and_the_order_is_the_checklists() -> None:
    found = courses([Said("sweats", MILD, D1), Said("rash", NONE, D1), Said("dreams", MILD, D2)])
    assert [one.item for one in found] == ["dreams", "sweats"]


def test_new_and_worse_are_against_the_baseline() -> None:
    new, worse, same = courses(
        [
            Said("aches", MILD, D1, baseline=True),
            Said("mood", MILD, D1, baseline=True),
            Said("dreams", MILD, D2),
            Said("mood", MODERATE, D2),
            Said("aches", MILD, D2),
        ]
    )
    assert (new.item, new.new, new.worse) == ("dreams", True, False)
    assert (worse.item, worse.new, worse.worse) == ("mood", False, True)
    assert (same.item, same.new, same.worse) == ("aches", False, False)
