"""Severity, certainty, precedence, pauses and what surrounds a phrasing."""

import time

import pytest

from clinical.triage import PAUSES, Flag, Severity, pauses, triage
from clinical.triage.model import order
from clinical.triage.normal import normalise
from clinical.triage.rules import rulebooks, spelling


def found(text: str, **k: frozenset[str]) -> list[tuple[str, str, str]]:
    return [(f.category, f.severity.word, f.certainty) for f in triage(text, **k).flags]


def test_hypothetical_planned_and_done_opioids_differ() -> None:
    assert found("can I take codeine?") == []
    assert found("dentist gave me codeine") == [("RF04", "same-day", "planned")]
    assert found("I took codeine an hour ago") == [("RF04", "same-day", "done")]
    assert found("I took codeine an hour ago and I feel faint and sick")[0][:2] in (
        ("RF01", "emergency"),
        ("RF04", "emergency"),
    )


def test_an_opioid_with_drowsiness_is_an_emergency_symptom() -> None:
    assert triage("took extra oxycodone and he is very drowsy, breathing slow").categories[0] == "RF01"


def test_pills_taken_with_intent_are_a_crisis_and_a_poisoning() -> None:
    flags = triage("I took all my pills because I want to die").flags
    assert [(f.category, f.severity) for f in flags[:2]] == [
        ("RF03", Severity.EMERGENCY),
        ("RF06", Severity.EMERGENCY),
    ]


def test_the_order_of_categories() -> None:
    flags = [
        Flag("RF12", Severity.MENTION, "x"),
        Flag("RF04", Severity.SAME_DAY, "x"),
        Flag("RF06", Severity.EMERGENCY, "x"),
        Flag("RF03", Severity.EMERGENCY, "x"),
        Flag("RF01", Severity.EMERGENCY, "x"),
        Flag("RF02", Severity.EMERGENCY, "x"),
        Flag("RF07", Severity.SAME_DAY, "x"),
    ]
    assert [f.category for f in sorted(flags, key=order)] == [
        "RF02",
        "RF01",
        "RF03",
        "RF06",
        "RF07",
        "RF04",
        "RF12",
    ]


def test_which_flags_rest_the_dose_prompts() -> None:
    assert sorted(PAUSES) == ["RF02", "RF04", "RF05", "RF06", "RF10", "RF14", "RF15"]
    assert pauses(Flag("RF04", Severity.SAME_DAY, "taken"))
    assert not pauses(Flag("RF06", Severity.SAME_DAY, "wrong-thing"))
    assert pauses(Flag("RF06", Severity.SAME_DAY, "took-two", above_plan=True))
    assert pauses(Flag("RF06", Severity.EMERGENCY, "wrong-thing"))
    assert not pauses(Flag("RF03", Severity.EMERGENCY, "intent"))


def test_the_recorded_plan_makes_two_capsules_no_extra_dose() -> None:
    assert triage("took 2 capsules").categories == ("RF06",)
    assert triage("took 2 capsules", context=frozenset({"units:2"})).categories == ()
    assert triage("took 3 capsules", context=frozenset({"units:2"})).categories == ("RF06",)


def test_a_known_pregnancy_makes_withdrawal_an_emergency() -> None:
    text = "feels like withdrawal after my dose"
    assert triage(text).severity is Severity.SAME_DAY
    assert triage(text, context=frozenset({"pregnant"})).severity is Severity.EMERGENCY


@pytest.mark.parametrize(
    "text",
    [
        "I can't promise I won't hurt myself",
        "not sure I'm not going to kill myself",
        "No, I have chest pain",
        "never had chest pain like this before",
        "it's not just chest pain, I can't breathe",
        "can LDN cause chest pain? I have it right now",
        "what should I do, my son swallowed my pills",
        "is it safe to take LDN, I had morphine this morning",
        "I don't know if this is serious but my throat is closing",
        "I\u2019M HAVING CHEST PAIN!!!",
        "chestpain",
        "cantbreathe",
        "heeeelp i caaaant breathe",
        "\U0001d422 took two",
        "pain 6, slept ok. also my lips are swelling",
    ],
)
def test_danger_is_not_argued_away(text: str) -> None:
    assert triage(text).severity >= Severity.SAME_DAY


def test_long_and_empty_texts_are_read() -> None:
    assert triage("").flags == ()
    assert triage("???").flags == ()
    long = "I slept badly and the weather is bad. " * 90 + "I want to kill myself."
    assert triage(long).categories == ("RF03",)


@pytest.mark.parametrize(
    "text", ["a" * 8000, "takingkillpaintabletchest" * 300, "a1" * 4000, "my son " * 1100]
)
def test_a_hostile_text_is_read_in_time(text: str) -> None:
    start = time.perf_counter()
    triage(text)
    assert time.perf_counter() - start < 5


def test_normalised_text_is_plain() -> None:
    assert normalise("Can\u2019t  BREATHE\u2026 50mg", spelling()) == " cant breathe , 50 mg . "
    assert normalise("self-harm", spelling()) == " self harm . "
    assert normalise("swalowed 1,5 mg", spelling()) == " swallowed 1.5 mg . "


def test_every_supported_language_has_all_seven_categories() -> None:
    for book in rulebooks():
        categories = {concept.category for concept in book.concepts.values()}
        assert categories >= {f"RF0{n}" for n in range(1, 8)}


def test_a_short_message_is_read_at_once() -> None:
    texts = [
        "took it at 22:30, pain 6 and weird dreams",
        "what doses do people usually take?",
        "my son swallowed it",
    ]
    triage(texts[0])
    best = min(_each(texts) for _ in range(5))
    assert best < 0.02, "ten times what a slow machine needs"


def _each(texts: list[str]) -> float:
    start = time.perf_counter()
    for text in texts:
        triage(text)
    return (time.perf_counter() - start) / len(texts)
