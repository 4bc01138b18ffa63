"""Questions that ask the same stand together, and nothing in them tells who asked."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clinical.likeness import Group, groups, without_names


def test_questions_that_ask_the_same_are_one_group() -> None:
    found = groups(
        [
            "does it interact with turmeric?",
            "turmeric and ldn interact?",
            "can I go in a sauna",
            "is a sauna ok",
            "interact turmeric",
        ]
    )
    assert found == (Group("interact turmeric", 3), Group("is a sauna ok", 2))


def test_order_does_not_matter_and_nothing_is_lost() -> None:
    questions = ["a sauna?", "turmeric", "sauna today", "tattoo", "turmeric tea"]
    assert groups(questions) == groups(questions[::-1])
    assert sum(group.count for group in groups(questions)) == len(questions)


@given(st.lists(st.text(max_size=40), max_size=12))
def test_every_question_is_counted_once(questions: list[str]) -> None:
    assert sum(group.count for group in groups(questions)) == len(questions)


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("call me on 07700 900123 about turmeric", "call me on […] about turmeric"),
        ("my mail is ana@example.org", "my mail is […]"),
        ("My name is Anabela, can I swim", "My name is […], can I swim"),
        ("Dr. Ruiz said turmeric", "Dr. […] said turmeric"),
        ("I'm in Leeds", "I'm in Leeds"),
        ("see https://example.org/me", "see […]"),
    ],
)
def test_what_could_tell_who_asked_is_taken_out(text: str, kept: str) -> None:
    assert without_names(text) == kept
