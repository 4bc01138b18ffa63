"""Each category is found in everyday words, misspelled and in Spanish; questions and denials are not."""

import tomllib
from pathlib import Path

import pytest

from clinical.triage import Severity, triage

FOLDER = Path(__file__).parent / "cases"
CASES = {
    p.stem.upper(): tomllib.loads(p.read_text(encoding="utf-8")) for p in sorted(FOLDER.glob("rf*.toml"))
}
HARMLESS = FOLDER.joinpath("harmless.txt").read_text(encoding="utf-8").splitlines()


def cases(*keys: str) -> list[tuple[str, str]]:
    return [(category, text) for category, t in CASES.items() for key in keys for text in t.get(key, [])]


def written_apart(name: str) -> list[tuple[str, str]]:
    lines = FOLDER.joinpath(name).read_text(encoding="utf-8").splitlines()
    return [(category, text) for category, _, text in (line.partition("\t") for line in lines)]


@pytest.mark.parametrize(("category", "text"), cases("triggers", "other"))
def test_the_category_is_found(category: str, text: str) -> None:
    assert category in triage(text).categories


@pytest.mark.parametrize(("category", "text"), written_apart("more.tsv"))
def test_phrasings_written_apart_from_the_rules_are_found(category: str, text: str) -> None:
    assert category in triage(text).categories


@pytest.mark.parametrize(("category", "text"), written_apart("lighter.tsv"))
def test_the_lighter_categories_are_found(category: str, text: str) -> None:
    assert category in triage(text).categories


@pytest.mark.parametrize(("category", "text"), cases("negatives", "negated", "hypothetical"))
def test_the_category_is_not_found(category: str, text: str) -> None:
    assert category not in triage(text).categories


@pytest.mark.parametrize(("category", "text"), written_apart("quiet.tsv"))
def test_denials_and_questions_written_apart_do_not_alarm(category: str, text: str) -> None:
    assert triage(text).severity < Severity.SAME_DAY


@pytest.mark.parametrize("text", FOLDER.joinpath("run_on.txt").read_text(encoding="utf-8").splitlines())
def test_a_cry_for_help_worded_as_a_question_is_heard(text: str) -> None:
    assert triage(text).severity >= Severity.SAME_DAY


@pytest.mark.parametrize(("category", "text"), cases("emergency"))
def test_the_category_is_an_emergency(category: str, text: str) -> None:
    assert (category, Severity.EMERGENCY) in [(f.category, f.severity) for f in triage(text).flags]


@pytest.mark.parametrize(("category", "text"), cases("other"))
def test_someone_else_is_seen_as_someone_else(category: str, text: str) -> None:
    assert [f.about for f in triage(text).flags if f.category == category] == ["other"]


@pytest.mark.parametrize("category", sorted(CASES))
def test_the_curated_set_is_large_enough(category: str) -> None:
    table = CASES[category]
    least = {"triggers": 20, "negatives": 10, "other": 5, "negated": 5, "hypothetical": 5}
    assert [key for key, n in least.items() if len(table[key]) < n] == []


def test_harmless_messages_with_alarming_words_rarely_alarm() -> None:
    assert len(HARMLESS) >= 150
    alarmed = [text for text in HARMLESS if triage(text).severity >= Severity.SAME_DAY]
    assert len(alarmed) <= 0.03 * len(HARMLESS), alarmed
