"""Texts written apart from the reader: nothing wrong may be read, and most of what is plain must be."""

from pathlib import Path

import pytest

from clinical.freetext import Record, read_record

NIGHTS = ("last night", "tonight", "this morning", "two nights ago", "yesterday")


SETS = ("apart_en", "apart_es", "fresh_en", "fresh_es")


def rows(name: str) -> list[tuple[str, str]]:
    path = Path(__file__).with_name(f"said_{name}.txt")
    lines = path.read_text(encoding="utf-8").splitlines()
    parted = [line.rpartition(" | ") for line in lines if line and not line.startswith("#")]
    return [(text, meaning) for text, _, meaning in parted]


def meant(meaning: str) -> tuple[dict[str, str], dict[str, str]]:
    """(what is plain, what may be left out); an effect stands under its own name."""
    plain: dict[str, str] = {}
    open_: dict[str, str] = {}
    for night in NIGHTS:
        meaning = meaning.replace(night, night.replace(" ", "_"))
    for word in meaning.split():
        if word == "-":
            continue
        name, _, value = word.rstrip("?").partition("=")
        if name in ("taken", "skipped"):
            name, value = "dose", name
        (open_ if word.endswith("?") else plain)[name] = value.replace("_", " ") if name == "night" else value
    return plain, open_


def read(text: str) -> dict[str, str]:
    found = read_record(text)
    if found is None:
        return {}
    return {
        name: str(value)
        for name, value in (
            ("dose", found.dose),
            ("when", _when(found)),
            ("night", found.night),
            ("reason", found.reason),
            ("pain", found.pain),
            ("sleep", found.sleep),
            *((effect.name, "") for effect in found.effects),
        )
        if value is not None
    }


def _when(found: Record) -> str | None:
    return found.when and found.when + ("" if found.certain else "~")


def agrees(name: str, value: str, expected: str) -> bool:
    """Whether what was read is what was meant; a time with an open half of the day fits both halves."""
    if name != "when" or value == expected:
        return value == expected
    return value.endswith("~") and _half(value) == _half(expected)


def _half(when: str) -> tuple[int, str]:
    return int(when[:2]) % 12, when[3:5]


def judge(name: str) -> tuple[list[str], list[str], float]:
    """(values that are wrong, plain values left unread, share of the plain values that are read)."""
    wrong, missing, total = [], [], 0
    for text, meaning in rows(name):
        plain, open_ = meant(meaning)
        said = read(text)
        expected = plain | open_
        for item, value in said.items():
            if item == "reason" and value == "other" and item not in expected:
                continue
            if item not in expected or not agrees(item, value, expected[item]):
                wrong.append(f"{text!r}: {item}={value}")
        left = [item for item in plain if item not in said]
        missing += [f"{text!r}: {item}={plain[item]}" for item in left]
        total += len(plain)
    return wrong, missing, 1 - len(missing) / total


@pytest.mark.parametrize("name", SETS)
def test_nothing_wrong_is_read(name: str) -> None:
    wrong, _, _ = judge(name)
    assert wrong == []


@pytest.mark.parametrize(
    ("name", "share"), [("apart_en", 0.94), ("apart_es", 0.97), ("fresh_en", 0.70), ("fresh_es", 0.72)]
)
def test_most_of_what_is_plain_is_read(name: str, share: float) -> None:
    _, missing, found = judge(name)
    assert found >= share, "\n".join(missing)
