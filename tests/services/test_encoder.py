"""The sentence encoder: deterministic, reads long texts to their end, and may be missing."""

import logging

import pytest

from clinical.triage import triage
from services import encoder, hearing

CHAT = "Slept seven hours, the garden is coming on, my sister rang about the wedding in June. Pain 4 again. "


@pytest.fixture
def without(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(encoder, "FILE", "no-such-file.npz")
    encoder.encoder.cache_clear()
    encoder.read.cache_clear()
    yield
    encoder.encoder.cache_clear()
    encoder.read.cache_clear()


def test_a_text_is_read_the_same_each_time() -> None:
    first = encoder.read("can I have a beer with it")
    encoder.read.cache_clear()
    assert first is not None
    assert encoder.read("can I have a beer with it") == first
    assert sum(first.danger.values()) == pytest.approx(1, abs=1e-4)
    assert sum(first.severity) == pytest.approx(1, abs=1e-4)
    assert sum(first.topics.values()) == pytest.approx(1, abs=1e-4)


@pytest.mark.parametrize("text", ["", "   ", "?", "🙂", "6", "\u0000", "ß" * 300, "字" * 50])
def test_whatever_is_typed_can_be_read(text: str) -> None:
    reading = encoder.read(text)
    assert reading is not None
    assert sum(reading.danger.values()) == pytest.approx(1, abs=1e-4)


def test_danger_at_the_end_of_a_long_text_is_read() -> None:
    text = CHAT * 30 + "My husband has gone grey and cold and he does not answer me."
    reading = encoder.read(text)
    calm = encoder.read(CHAT * 30)
    assert reading is not None
    assert calm is not None
    assert reading.danger[hearing.QUIET] < 0.5 < calm.danger[hearing.QUIET]


def test_pieces_put_together_are_the_text() -> None:
    found = encoder.encoder()
    assert found is not None
    names = {at: name for name, at in found._known.items()}
    said = "i cannot breathe properly"
    assert "".join(names[at] for at in found.pieces(said)).replace("\u2581", " ").strip() == said


@pytest.mark.usefixtures("without")
def test_without_the_file_the_rules_decide_alone_and_one_line_says_so(
    caplog: pytest.LogCaptureFixture,
) -> None:
    with caplog.at_level(logging.WARNING):
        assert hearing.listen("I can't breathe, my chest hurts") == triage("I can't breathe, my chest hurts")
        assert hearing.listen("a double shift again") == triage("a double shift again")
    assert [record.message for record in caplog.records] == [
        "no sentence encoder (FileNotFoundError): rules and n-grams alone"
    ]
