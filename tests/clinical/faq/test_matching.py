"""The matcher finds the meant topic, stays silent where there is none, and is quick.

The floors stand a little below what `docs/evaluate_faq.py` measures; see docs/faq-evaluation.md. The held-out
questions are no test: they are looked at once, by that script.
"""

import json
import subprocess
import sys
import time
import zlib
from functools import cache
from pathlib import Path

import pytest

from clinical import faq
from services import faqhead, faqwords
from services.matching import Match, Matcher, matcher
from services.smalltalk import small_talk

DATA = Path(__file__).parents[2] / "data"
ROOT = Path(__file__).parents[3]


def rows(name: str) -> list[dict[str, object]]:
    return [
        json.loads(line) for line in (DATA / f"faq_{name}.jsonl").read_text(encoding="utf-8").splitlines()
    ]


@cache
def asked(name: str) -> list[tuple[set[object], Match]]:
    """The topics that are right, and what the matcher makes of the question."""
    return [
        ({row["topic"], *row["also"]} - {None}, matcher().match(str(row["text"])))  # type: ignore[misc]
        for row in rows(name)
    ]


@pytest.mark.parametrize(("name", "first", "among_three"), [("dev_en", 0.91, 0.97), ("dev_es", 0.92, 0.97)])
def test_the_meant_topic_comes_first(name: str, first: float, among_three: float) -> None:
    found = asked(name)
    assert sum(match.topics[0] in right for right, match in found) >= first * len(found)
    assert sum(bool(right & {*match.topics[:3]}) for right, match in found) >= among_three * len(found)


@pytest.mark.parametrize("name", ["dev_en", "dev_es"])
def test_a_direct_answer_is_common_and_hardly_ever_wrong(name: str) -> None:
    found = asked(name)
    answered = [(right, match) for right, match in found if match.route == "answer"]
    assert len(answered) >= 0.62 * len(found)
    assert sum(match.topics[0] not in right for right, match in answered) <= 0.02 * len(found)


def test_a_question_outside_the_topics_hardly_ever_gets_a_direct_answer() -> None:
    found = asked("dev_out")
    assert sum(match.route == "answer" for _, match in found) <= 0.03 * len(found)


@pytest.mark.parametrize("name", ["dev_en", "dev_es"])
def test_every_topic_is_asked_for(name: str) -> None:
    assert {row["topic"] for row in rows(name)} == {topic.id for topic in faq.topics()}


@pytest.mark.parametrize("name", ["dev_en", "dev_es", "dev_out", "held_en", "held_es", "held_out"])
def test_no_question_of_these_was_trained_on_in_full(name: str) -> None:
    """Short ones ("how many years") are what everybody says; a sentence of eight words is nobody else's."""
    known = {
        " ".join(faqwords.tokens(text))
        for language in faq.LANGUAGES
        for topic in faq.topics(language)
        for text in topic.examples
    }
    for path in (ROOT / "docs" / "faq").glob("other_*.txt"):
        known |= {" ".join(faqwords.tokens(line)) for line in path.read_text(encoding="utf-8").splitlines()}
    said = {" ".join(faqwords.tokens(str(row["text"]))) for row in rows(name)}
    least = 1 if name.endswith("out") else 8
    assert {text for text in said & known if len(text.split()) >= least} == set()


def test_the_weights_are_of_the_present_phrasings() -> None:
    assert faqhead.head().fingerprint == faqhead.fingerprint(), (
        "The weights are of other phrasings: run `make faq`."
    )


def test_the_weights_name_every_topic_and_are_small() -> None:
    assert set(faqhead.head().classes) == {topic.id for topic in faq.topics()} | {
        faqhead.OTHER,
        faqhead.INSIDE,
    }
    files = [ROOT / "services" / name for name in ("faq_weights.bin", "faq_senses.bin")]
    assert sum(path.stat().st_size for path in files) < 6_000_000


def test_weights_of_another_form_are_refused() -> None:
    other = zlib.compress(json.dumps({"form": 0, "buckets": faqwords.BUCKETS}).encode() + b"\n")
    with pytest.raises(ValueError, match="run `make faq`"):
        faqhead.Head(other)


def small_weights(shift: int) -> bytes:
    """Three columns in which the word "red" speaks for a, "blue" against it, and everything is inside."""
    about = {
        "form": faqhead.FORM,
        "buckets": faqwords.BUCKETS,
        "fingerprint": "",
        "classes": ["a", faqhead.OTHER, faqhead.INSIDE],
        "scales": [0.01, 0.01, 0.01],
        "bias": [0.0, 0.0, 2.0],
        "phrasings": [],
        "sharpness": 1.0,
    }
    cells = bytearray([128] * 3 * (faqwords.BUCKETS + faqwords.DIMENSIONS))
    for word, weight in (("red", shift), ("blue", -shift)):
        cells[3 * faqwords.words([word])[0]] = 128 + weight
    return zlib.compress(json.dumps(about).encode() + b"\n" + bytes([25] * faqwords.BUCKETS) + bytes(cells))


def test_a_score_is_the_sum_of_the_rows() -> None:
    head = faqhead.Head(small_weights(100))
    red, blue, neither = (head.score(text)["a"] for text in ("red", "blue", "green"))
    assert red == pytest.approx(0.7311, abs=0.001)  # 1 / (1 + exp(-1))
    assert blue == pytest.approx(0.2689, abs=0.001)
    assert neither == pytest.approx(0.5, abs=0.001)


def test_the_matcher_takes_other_weights() -> None:
    both = Matcher(faqhead.Head(small_weights(100)))
    assert both.match("red").topics == ("a",)


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Hi!", "hello"),
        ("thank you so much", "thanks"),
        ("Good night", "bye"),
        ("ok", "ok"),
        ("hola", "hello"),
        ("hi there, thanks a lot", "thanks"),
        ("lol ok", "ok"),
        ("ok, buenas noches", "bye"),
    ],
)
def test_small_talk(text: str, key: str) -> None:
    match = matcher().match(text)
    assert (match.route, match.smalltalk) == ("smalltalk", key)


@pytest.mark.parametrize("text", ["", "hi, can I drink", "ok 2", "thanks for nothing", "good"])
def test_what_is_no_small_talk(text: str) -> None:
    assert small_talk(text) is None


@pytest.mark.parametrize(
    ("before", "text", "meant"),
    [
        ("what time should I take it", "what about in the morning", {"time-of-day", "switch-to-morning"}),
        ("can I take ibuprofen", "and codeine?", {"opioid-painkillers"}),
        ("puedo tomar ibuprofeno", "y la codeína?", {"opioid-painkillers"}),
        ("does it help crohns", "and fibro?", {"evidence-fibromyalgia"}),
        ("can I take it with food", "and alcohol?", {"alcohol"}),
        ("how long until it works", "and how long do I stay on it?", {"how-long-stay-on"}),
    ],
)
def test_a_question_may_go_on_from_the_one_before(before: str, text: str, meant: set[str]) -> None:
    match = matcher().match(text, before)
    assert match.topics[0] in meant
    assert match.route in ("answer", "suggest")


def test_the_text_before_counts_only_where_the_question_goes_on() -> None:
    alone = matcher().match("can I drink alcohol with ldn")
    assert matcher().match("can I drink alcohol with ldn", "how do I delete my data") == alone


@pytest.mark.parametrize(
    ("text", "both"),
    [
        ("what does it cost and where do I get it made", {"cost-insurance", "compounding-pharmacy"}),
        (
            "can I take ibuprofen with it and does ldn cause nightmares",
            {"non-opioid-painkillers", "vivid-dreams"},
        ),
        ("can I drink and will it make me fat", {"alcohol", "weight-change"}),
        ("¿puedo beber alcohol? ¿la naltrexona engorda?", {"alcohol", "weight-change"}),
    ],
)
def test_a_question_of_two_parts_is_offered_both_topics(text: str, both: set[str]) -> None:
    match = matcher().match(text)
    assert match.route == "suggest"
    assert set(match.topics[:2]) == both


@pytest.mark.parametrize("language", faq.LANGUAGES)
def test_the_questions_as_we_put_them_are_answered(language: str) -> None:
    topics = faq.topics(language)
    found = [(topic.id, matcher().match(topic.question)) for topic in topics]
    assert sum(match.topics[0] == name for name, match in found) >= 0.97 * len(topics)
    assert sum(match.route == "answer" for _, match in found) >= 0.93 * len(topics)


def test_scores_fall_and_lie_between_zero_and_one() -> None:
    match = matcher().match("what is ldn")
    assert match.route == "answer"
    assert match.topics[0] == "what-is-ldn"
    assert len(match.topics) <= 5
    assert list(match.scores) == sorted(match.scores, reverse=True)
    assert all(0 <= score <= 1 for score in match.scores)


@pytest.mark.parametrize("text", ["", "???", "   ", "😀", "x" * 5000])
def test_a_text_without_sense_has_no_topic(text: str) -> None:
    assert matcher().match(text).route == "fallback"


def test_a_question_is_matched_at_once() -> None:
    matcher().match("warm")
    best = 1.0
    for _ in range(5):
        start = time.perf_counter()
        for text in ("can I take codeine with it", "how long until it works", "where is the library"):
            matcher().match(text)
        best = min(best, (time.perf_counter() - start) / 3)
    assert best < 0.05, "ten times what a slow machine needs"


def test_the_weights_are_read_at_the_first_question_only() -> None:
    """A start of the bot, and every command that matches nothing, does without them and without numpy."""
    code = (
        "import sys, services.matching as m; from services import faqhead\n"
        "assert faqhead.head.cache_info().currsize == 0 and 'numpy' not in sys.modules\n"
        "m.matcher().match('what is ldn')\n"
        "assert faqhead.head.cache_info().currsize == 1\n"
        "assert not {'scipy', 'sklearn'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True, cwd=ROOT)
