"""Every answer is short, sourced, plain, signed or marked unsigned, and says nothing forbidden."""

import pytest

from clinical import faq
from clinical.content import MARK, reading_grade, unreviewed
from clinical.faq import Topic, wording

FIRST_FIFTEEN = {
    "what-is-ldn",
    "how-ldn-works",
    "why-dose-so-low",
    "ultra-low-dose",
    "off-label",
    "who-can-get-it",
    "reliable-information",
    "time-of-day",
    "food-empty-stomach",
    "how-long-until-works",
    "usual-dose-range",
    "change-my-dose",
    "compounding-pharmacy",
    "missed-dose",
    "opioid-painkillers",
}


def test_the_answers_have_no_problems() -> None:
    assert faq.lint() == []


def test_the_first_fifteen_topics_are_there() -> None:
    assert {topic.id for topic in faq.topics()} >= FIRST_FIFTEEN


def test_a_topic_is_found_by_its_id() -> None:
    assert faq.topic("what-is-ldn").question == "What is low-dose naltrexone?"
    with pytest.raises(KeyError):
        faq.topic("no-such-topic")


def test_a_language_without_answers_falls_back_to_english() -> None:
    assert faq.topics("xx") == faq.topics("en")


def test_no_answer_names_a_path_or_a_reviewer_it_does_not_have() -> None:
    for topic in faq.topics():
        assert "/work" not in topic.answer + topic.safety
        assert topic.reviewed or topic.reviewer == "not yet reviewed"


def test_every_unsigned_text_is_listed() -> None:
    waiting = unreviewed()
    assert "faq/what-is-ldn" in waiting
    assert "triage/en/RF03" in waiting
    assert "triage/es/RF03" in waiting
    assert "numbers" in waiting
    assert "dose-advice" in waiting
    assert MARK == "Not yet reviewed by a clinician."


@pytest.mark.parametrize(
    "said",
    [
        "You are fine, that's normal.",
        "Just take two tonight.",
        "It works for most people.",
        "LDN has no side effects and is natural.",
        "Wait 3 days.",
        "It costs $30.",
        "Go up to 4.5 mg.",
        "This is <u>important</u>.",
        "Dissolve it in water.",
    ],
)
def test_forbidden_wording_is_found(said: str) -> None:
    assert wording.problems(said) != []


def test_numbers_of_a_study_are_allowed() -> None:
    assert wording.problems("In one study, 6 mg did not beat a dummy pill.") == []


def test_reading_grade_of_plain_and_hard_text() -> None:
    assert reading_grade("") == 0.0
    assert reading_grade("The cat sat on the mat. It was warm.") < 2
    assert reading_grade("Pharmacokinetic considerations necessitate individualized optimization.") > 12


def test_a_bad_file_says_what_is_wrong() -> None:
    with pytest.raises(ValueError, match=r"x\.md: the front matter"):
        faq._read("x.md", "no fences")


def test_topics_are_ordered_by_group() -> None:
    groups = [faq.GROUPS.index(topic.group) for topic in faq.topics()]
    assert groups == sorted(groups)
    assert all(isinstance(topic, Topic) for topic in faq.topics())
