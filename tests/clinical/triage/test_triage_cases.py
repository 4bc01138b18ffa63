"""Each category is found in everyday words, misspelled and in Spanish; questions and denials are not."""

import tomllib
from pathlib import Path

import pytest

from clinical.triage import Severity, triage

CASES = {
    p.stem.upper(): tomllib.loads(p.read_text(encoding="utf-8"))
    for p in sorted((Path(__file__).parent / "cases").glob("rf*.toml"))
}
TRIGGERS = [(c, text) for c, table in CASES.items() for key in ("triggers", "other") for text in table[key]]
QUIET = [
    (c, text)
    for c, table in CASES.items()
    for key in ("negatives", "negated", "hypothetical")
    for text in table[key]
]


@pytest.mark.parametrize(("category", "text"), TRIGGERS)
def test_the_category_is_found(category: str, text: str) -> None:
    assert category in triage(text).categories


@pytest.mark.parametrize(("category", "text"), QUIET)
def test_the_category_is_not_found(category: str, text: str) -> None:
    assert category not in triage(text).categories


@pytest.mark.parametrize(
    ("category", "text"), [(c, t) for c, table in CASES.items() for t in table.get("emergency", [])]
)
def test_the_category_is_an_emergency(category: str, text: str) -> None:
    assert (category, Severity.EMERGENCY) in [(f.category, f.severity) for f in triage(text).flags]


@pytest.mark.parametrize(("category", "text"), [(c, t) for c, table in CASES.items() for t in table["other"]])
def test_someone_else_is_seen_as_someone_else(category: str, text: str) -> None:
    assert [f.about for f in triage(text).flags if f.category == category] == ["other"]


@pytest.mark.parametrize("category", [c for c in CASES if c <= "RF07"])
def test_the_curated_set_is_large_enough(category: str) -> None:
    table = CASES[category]
    least = {"triggers": 20, "negatives": 10, "other": 5, "negated": 5, "hypothetical": 5}
    assert {key: len(table[key]) >= n for key, n in least.items()} == dict.fromkeys(least, True)
