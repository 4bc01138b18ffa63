"""The matcher finds the meant topic, stays silent where there is none, and is quick."""

import json
import time
from pathlib import Path

import pytest

from services.matching import Match, matcher

DATA = Path(__file__).parents[2] / "data"


def asked(name: str) -> list[tuple[str | None, Match]]:
    rows = [json.loads(line) for line in DATA.joinpath(name).read_text(encoding="utf-8").splitlines()]
    return [(row["topic"], matcher().match(row["text"])) for row in rows]


@pytest.mark.parametrize(("name", "right"), [("faq_dev.jsonl", 0.9), ("faq_held_out.jsonl", 0.8)])
def test_the_meant_topic_comes_first(name: str, right: float) -> None:
    meant = [(topic, match) for topic, match in asked(name) if topic]
    assert sum(match.topics[0] == topic for topic, match in meant) >= right * len(meant)
    assert sum(topic in match.topics[:3] for topic, match in meant) >= 0.95 * len(meant)


@pytest.mark.parametrize("name", ["faq_dev.jsonl", "faq_held_out.jsonl"])
def test_a_direct_answer_is_hardly_ever_wrong(name: str) -> None:
    answered = [(topic, match) for topic, match in asked(name) if match.route == "answer"]
    assert sum(topic != match.topics[0] for topic, match in answered) <= 0.03 * len(answered)


@pytest.mark.parametrize("name", ["faq_dev.jsonl", "faq_held_out.jsonl"])
def test_a_question_outside_the_topics_gets_no_direct_answer(name: str) -> None:
    assert [match for topic, match in asked(name) if topic is None and match.route == "answer"] == []


def test_the_development_set_is_large_enough() -> None:
    rows = [
        json.loads(line)["topic"]
        for line in (DATA / "faq_dev.jsonl").read_text(encoding="utf-8").splitlines()
    ]
    assert sum(topic is not None for topic in rows) >= 60
    assert sum(topic is None for topic in rows) >= 40


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Hi!", "hello"),
        ("thank you so much", "thanks"),
        ("Good night", "bye"),
        ("ok", "ok"),
        ("hola", "hello"),
    ],
)
def test_small_talk(text: str, key: str) -> None:
    match = matcher().match(text)
    assert (match.route, match.smalltalk) == ("smalltalk", key)


def test_scores_fall_and_lie_between_zero_and_one() -> None:
    match = matcher().match("what is ldn")
    assert match.route == "answer"
    assert match.topics[0] == "what-is-ldn"
    assert len(match.topics) <= 5
    assert list(match.scores) == sorted(match.scores, reverse=True)
    assert all(0 <= score <= 1 for score in match.scores)


def test_an_empty_text_has_no_topic() -> None:
    assert matcher().match("").route == "fallback"
    assert matcher().match("???").route == "fallback"


def test_a_question_takes_under_five_milliseconds() -> None:
    matcher().match("warm")
    best = 1.0
    for _ in range(5):
        start = time.perf_counter()
        for text in ("can I take codeine with it", "how long until it works", "where is the library"):
            matcher().match(text)
        best = min(best, (time.perf_counter() - start) / 3)
    assert best < 0.005
