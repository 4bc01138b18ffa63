"""Rules and encoder together: the encoder adds, lets wide phrasings count, never takes a sure rule back."""

import json
from pathlib import Path

import pytest

from clinical.triage import HEARD, Severity, triage
from services import encoder, hearing
from services.encoder import Reading

CASES = Path(__file__).parents[1] / "clinical" / "triage"
URGENT = [f"RF0{n}" for n in range(1, 8)]


def reading(category: str, share: float, *, emergency: float = 0.0) -> Reading:
    danger = {hearing.QUIET: 1 - share, category: share}
    return Reading(danger, (1 - share, 0.0, share - emergency, emergency), {})


def hears(monkeypatch: pytest.MonkeyPatch, made: Reading | None) -> None:
    monkeypatch.setattr(encoder, "read", lambda _text: made)
    monkeypatch.setattr(hearing, "danger_of", lambda _text, read: read.danger)


def test_danger_no_rule_knows_is_heard_and_marked(monkeypatch: pytest.MonkeyPatch) -> None:
    hears(monkeypatch, reading("RF07", 0.97))
    found = hearing.listen("words that no rule knows")
    assert [(flag.category, flag.severity, flag.concept) for flag in found.flags] == [
        ("RF07", Severity.SAME_DAY, HEARD)
    ]
    assert hearing.is_asked(found)


@pytest.mark.parametrize(
    ("category", "emergency", "severity"),
    [
        ("RF01", 0.0, Severity.EMERGENCY),
        ("RF02", 0.0, Severity.EMERGENCY),
        ("RF03", 0.2, Severity.SAME_DAY),
        ("RF03", 0.9, Severity.EMERGENCY),
        ("RF12", 0.0, Severity.MENTION),
        ("RF16", 0.0, Severity.SAME_DAY),
    ],
)
def test_how_urgent_what_is_heard_is(
    monkeypatch: pytest.MonkeyPatch, category: str, emergency: float, severity: Severity
) -> None:
    hears(monkeypatch, reading(category, 0.99, emergency=emergency))
    assert hearing.listen("words that no rule knows").severity is severity


def test_what_is_not_sure_is_not_heard(monkeypatch: pytest.MonkeyPatch) -> None:
    hears(monkeypatch, reading("RF01", hearing.HEARD_FROM - 0.01))
    assert hearing.listen("words that no rule knows").flags == ()


def test_what_is_heard_never_lowers_what_a_rule_found(monkeypatch: pytest.MonkeyPatch) -> None:
    hears(monkeypatch, reading("RF13", 0.99))
    found = hearing.listen("I want to kill myself")
    assert found.flags[:1] == triage("I want to kill myself").flags
    assert not hearing.is_asked(found)


def test_another_kind_is_named_beside_what_a_rule_found_and_told_to_nobody(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    text = "I took codeine an hour ago"
    hears(monkeypatch, reading("RF15", 0.97))
    found = hearing.listen(text)
    assert found.categories == ("RF04", "RF15")
    assert not hearing.is_asked(found)
    assert hearing.to_record(found) == triage(text)


def test_where_two_kinds_are_likely_both_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    made = Reading({hearing.QUIET: 0.1, "RF11": 0.6, "RF02": 0.3}, (0.1, 0.0, 0.9, 0.0), {})
    hears(monkeypatch, made)
    found = hearing.listen("five words that nobody knows")
    # The next likely kind is never graver than the likeliest.
    assert [(flag.category, flag.severity) for flag in found.flags] == [
        ("RF02", Severity.SAME_DAY),
        ("RF11", Severity.SAME_DAY),
    ]
    less = Reading({hearing.QUIET: 0.1, "RF11": 0.85, "RF02": 0.05}, (0.1, 0.0, 0.9, 0.0), {})
    hears(monkeypatch, less)
    assert hearing.listen("five words that nobody knows").categories == ("RF11",)


def test_a_graver_thing_heard_stands_before_what_a_rule_found(monkeypatch: pytest.MonkeyPatch) -> None:
    hears(monkeypatch, reading("RF01", 0.99))
    found = hearing.listen("I took codeine an hour ago")
    assert found.categories == ("RF01", "RF04")
    assert hearing.is_asked(found)


def test_a_sure_rule_stands_however_quiet_the_encoder_is(monkeypatch: pytest.MonkeyPatch) -> None:
    hears(monkeypatch, reading("RF01", 0.0))
    for line in CASES.joinpath("cases", "more.tsv").read_text(encoding="utf-8").splitlines():
        text = line.split("\t")[1]
        assert hearing.listen(text) == triage(text, wide=False)


def test_a_wide_phrasing_counts_unless_the_text_is_surely_harmless(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "doble turno toda la semana, anoto tarde"
    assert triage(text).severity is Severity.SAME_DAY
    hears(monkeypatch, reading("RF06", hearing.WIDE_FROM / 2))
    assert hearing.listen(text).flags == ()
    hears(monkeypatch, reading("RF06", hearing.WIDE_FROM + 0.01))
    assert hearing.listen(text) == triage(text)


@pytest.mark.parametrize("text", ["/today", "6", "10:30", "👍", "/start"])
def test_commands_and_numbers_are_not_read(text: str) -> None:
    assert hearing.understood(text) is None


def test_every_sentence_of_the_curated_set_is_heard_in_the_urgent_categories() -> None:
    import tomllib

    missed = []
    for category in URGENT:
        table = tomllib.loads(CASES.joinpath("cases", f"{category.lower()}.toml").read_text(encoding="utf-8"))
        missed += [text for text in table["triggers"] if category not in hearing.listen(text).categories]
    assert missed == []


def test_messages_never_seen_are_heard_as_often_as_the_page_says() -> None:
    """`docs/triage-evaluation.md`: floors for the two sets written by the specification."""
    found, flagged, alarms, quiet = {True: 0, False: 0}, {True: 0, False: 0}, 0, 0
    for name in ("blind_en.tsv", "blind_es.tsv"):
        for line in CASES.joinpath(name).read_text(encoding="utf-8").splitlines():
            flags, _, text = line.split("\t")
            heard = hearing.listen(text)
            if flags == "-":
                quiet += 1
                alarms += heard.severity >= Severity.SAME_DAY
            else:
                urgent = flags.split(",")[0] in URGENT
                flagged[urgent] += 1
                found[urgent] += not set(flags.split(",")).isdisjoint(heard.categories)
    assert (flagged[True], flagged[False], quiet) == (168, 216, 256)
    assert found[True] >= 0.98 * flagged[True]
    assert found[False] >= 0.93 * flagged[False]
    assert alarms <= 0.055 * quiet


def test_apart_sets_stay_heard() -> None:
    rows = [
        json.loads(line)
        for line in CASES.joinpath("apart_dev.jsonl").read_text(encoding="utf-8").splitlines()
    ]
    flagged = [row for row in rows if row["expect"][:1] and row["expect"][0] in URGENT]
    missed = [
        row["text"]
        for row in flagged
        if set(row["expect"]).isdisjoint(hearing.listen(row["text"]).categories)
    ]
    assert len(missed) <= 0.02 * len(flagged), missed
