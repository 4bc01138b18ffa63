"""Every answer is short, sourced, plain, signed or marked unsigned, and says nothing forbidden."""

import re
from dataclasses import replace

import pytest

from bot import ask
from clinical import faq, numbers
from clinical.content import MARK, reading_ease_es, reading_grade, unreviewed
from clinical.faq import Topic, slots, wording
from clinical.numbers import numbers_for


def test_the_answers_have_no_problems() -> None:
    assert faq.lint() == []


@pytest.mark.parametrize("language", faq.LANGUAGES)
def test_every_language_has_the_ninety_topics(language: str) -> None:
    assert len(faq.topics(language)) == 90
    assert {topic.id for topic in faq.topics(language)} == {topic.id for topic in faq.topics()}


def test_spanish_is_checked_against_english(monkeypatch: pytest.MonkeyPatch) -> None:
    spanish = faq.topics("es")
    short = replace(spanish[0], examples=spanish[0].examples[:3], group="Taking it", reads_record=True)
    hard = "Consideraciones farmacocinéticas individualizadas condicionan inevitablemente. " * 9
    wordy = replace(spanish[1], answer=hard, sources=())
    changed = {"en": faq.topics(), "es": (short, wordy, *spanish[3:])}
    monkeypatch.setattr(faq, "topics", lambda language="en": changed[language])
    found = "\n".join(faq.lint())
    assert f"es/{short.id}: 3 phrasings; 25 are wanted." in found
    assert f"es/{short.id}: group is not the same as in English." in found
    assert f"es/{short.id}: reads_record is not the same as in English." in found
    assert f"es/{wordy.id}: sources is not the same as in English." in found
    assert f"es/{wordy.id}: the answer has a reading ease of" in found
    assert f"es/{spanish[2].id}: the topic is missing." in found


def test_a_phrasing_stands_once_in_a_language(monkeypatch: pytest.MonkeyPatch) -> None:
    first, second, *rest = faq.topics()
    twice = replace(second, examples=(*second.examples, first.examples[0].upper() + "?!"))
    monkeypatch.setattr(
        faq, "topics", lambda language="en": (first, twice, *rest) if language == "en" else ()
    )
    assert any("also stands in" in problem for problem in faq.lint())


@pytest.mark.parametrize(
    "answer",
    [
        "Call 1-800-222-1222 now.",
        "Call 1-800-FDA-1088.",
        "Ring 111 in the UK.",
        "In danger call 911.",
        "Call 0800 567 567 now.",
        "Llama al +56 2 2635 3800.",
        "Call {ambulance} now.",
        "Call {emergency now.",
    ],
)
def test_an_answer_carries_no_number_and_no_unknown_slot(answer: str) -> None:
    assert slots.problems(answer) != []


@pytest.mark.parametrize(
    "answer",
    ["Call {emergency} or {poison}.", "300 mg a day in 1.5 to 4.5 mg steps.", "99 women, 12 weeks, 2013"],
)
def test_a_slot_and_the_numbers_of_a_study_may_stand(answer: str) -> None:
    assert slots.problems(answer) == []


def test_a_slot_is_filled_for_the_country_and_bold_once() -> None:
    said = "<b>Call {poison}.</b> If unwell call {emergency}; else {urgent}."
    assert slots.fill(said, numbers_for("US")) == (
        "<b>Call 1-800-222-1222 (Poison Help).</b> If unwell call <b>911</b>; "
        "else your clinic's after-hours line."
    )
    assert "<b>Call 111 (in Northern Ireland: GP or pharmacist).</b>" in slots.fill(said, numbers_for("GB"))
    assert "call <b>your local emergency number, such as 112 or 911</b>" in slots.fill(
        said, numbers_for(None)
    )


def test_a_slot_is_filled_in_spanish_everywhere() -> None:
    said = "Llama a {poison}, {urgent} o {emergency}."
    assert "<b>tu número local, como el 112 o el 911</b>" in slots.fill(said, numbers_for(None), "es")
    for country in sorted({line.country for line in numbers.lines()}):
        spoken = slots.fill(said, numbers_for(country), "es")
        assert not re.search(r"\b(?:your|or|in|from|not|the|other|hours|mobile)\b", spoken), spoken


@pytest.mark.parametrize("language", faq.LANGUAGES)
@pytest.mark.parametrize("country", [None, "US", "GB", "ES", "IE"])
def test_every_answer_can_be_shown(language: str, country: str | None) -> None:
    for topic in faq.topics(language):
        shown = slots.fill(topic.answer, numbers_for(country), language)
        assert "{" not in shown
        assert "<b><b>" not in shown


def test_ask_fills_in_the_numbers_of_the_country() -> None:
    assert "1-800-222-1222" in ask.judge("what happens if you overdose on naltrexone", "US")["reply"]


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
    assert "faq/es/what-is-ldn" in waiting
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


def test_reading_ease_of_plain_and_hard_spanish() -> None:
    assert reading_ease_es("") == 100.0
    assert reading_ease_es("El gato come pan. Hace sol.") > 80
    assert reading_ease_es("Consideraciones farmacocinéticas individualizadas condicionan todo.") < 30


def test_a_bad_file_says_what_is_wrong() -> None:
    with pytest.raises(ValueError, match=r"x\.md: the front matter"):
        faq._read("x.md", "no fences")


def test_topics_are_ordered_by_group() -> None:
    groups = [faq.GROUPS.index(topic.group) for topic in faq.topics()]
    assert groups == sorted(groups)
    assert all(isinstance(topic, Topic) for topic in faq.topics())
