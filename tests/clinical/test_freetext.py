"""A note becomes a record only where it is plain."""

from pathlib import Path
from time import perf_counter

import pytest

from clinical.freetext import Effect, Record, read_record, unclear_items, unsure_of_dose


def record(**said: object) -> Record:
    empty: dict[str, object] = {
        "dose": None,
        "when": None,
        "pain": None,
        "sleep": None,
        "effects": (),
        "reason": None,
    }
    return Record(**{**empty, **said})  # type: ignore[arg-type]


DREAMS = Effect("dreams", None)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "took it 11:30, pain 6, weird dreams",
            record(dose="taken", when="11:30", pain=6, effects=(DREAMS,)),
        ),
        (
            "skipped last night, felt sick",
            record(dose="skipped", effects=(Effect("nausea", None),), reason="side_effect"),
        ),
        ("pain 6 slept badly", record(pain=6)),
        ("took it at 11:30pm", record(dose="taken", when="23:30")),
        ("took my pill at half eleven", record(dose="taken", when="11:30")),
        ("Took my dose at 23:30. Pain 4/10, sleep 3", record(dose="taken", when="23:30", pain=4, sleep=3)),
        ("didn't take it, ran out", record(dose="skipped", reason="ran_out")),
        ("forgot my dose last night", record(dose="skipped", reason="forgot")),
        ("never took it", record(dose="skipped")),
        ("skipped because my doctor told me to pause", record(dose="skipped", reason="told_to_pause")),
        ("skipped it, felt better", record(dose="skipped", reason="felt_better")),
        ("skipped my dose, had codeine", record(dose="skipped", reason="opioid")),
        ("skipped it because of a party", record(dose="skipped", reason="other")),
        ("didn't skip, took it at 10pm", record(dose="taken", when="22:00")),
        ("took 1.5 mg at 22:15", record(dose="taken", when="22:15")),
        ("slept 7 hours, pain three", record(pain=3)),
        ("no weird dreams, pain 2", record(pain=2)),
        (
            "took it late, quarter to eleven, mild headache",
            record(dose="taken", when="10:45", effects=(Effect("headache", "mild"),)),
        ),
        ("6/10 pain this morning, couldn't sleep", record(pain=6, effects=(Effect("insomnia", None),))),
        ("tomé la pastilla a las 22:00, dolor 5", record(dose="taken", when="22:00", pain=5)),
        ("took ibuprofen, pain 7", record(pain=7)),
        ("Taken.", record(dose="taken")),
        ("took it at midnight", record(dose="taken", when="00:00")),
        ("took it at 22:00. should I eat?", record(dose="taken", when="22:00")),
        ("severe headache last night", record(effects=(Effect("headache", "severe"),))),
        ("pain 0, sleep 10", record(pain=0, sleep=10)),
    ],
)
def test_what_a_note_plainly_says(text: str, expected: Record) -> None:
    found = read_record(text)
    assert found is not None
    for name in ("dose", "when", "pain", "sleep", "effects", "reason"):
        assert getattr(found, name) == getattr(expected, name), name


@pytest.mark.parametrize(
    "text",
    [
        "should I have taken it?",
        "did I take it?",
        "what if I took it at 3am",
        "I think I took it",
        "not sure if I skipped it",
        "my wife took it at 10",
        "took two nights ago",
        "skipped breakfast",
        "missed the bus",
        "took the dog out at 11:30",
        "pain 11",
        "pain is 6.5",
        "pain 5-6",
        "pain went from 7 to 4",
        "my pain is bad",
        "slept 6 hours",
        "I will skip tonight",
        "can I take it at 10pm with pain 6?",
        "hello",
        "",
        "what is the pain score 6 about",
    ],
)
def test_what_is_not_plain_gives_nothing(text: str) -> None:
    assert read_record(text) is None


@pytest.mark.parametrize(
    ("text", "dose"),
    [
        ("never took it last night", "skipped"),
        ("i have not taken my dose", "skipped"),
        ("havent taken it", "skipped"),
        ("did not take it", "skipped"),
        ("couldn't take it", "skipped"),
        ("forgot to take it", "skipped"),
        ("no la tomé", "skipped"),
        ("I took it", "taken"),
        ("had my capsule at 9", "taken"),
        ("just took my ldn", "taken"),
    ],
)
def test_never_taken_for_skipped(text: str, dose: str) -> None:
    found = read_record(text)
    assert found is not None
    assert found.dose == dose


def test_two_times_are_no_time() -> None:
    found = read_record("took it between 21:00 and 23:00")
    assert found is not None
    assert found.when is None


def said(text: str) -> str:
    """What was read, in a line: `taken <last night> 11:30 (reason) pain=6 dreams`; "-" for nothing.

    "!" after a time: which half of the day is certain; "when?": a time was said that is not plain.
    """
    found = read_record(text)
    if found is None:
        return "-"
    parts = (
        found.dose,
        f"<{found.night}>" if found.night else None,
        found.when and found.when + ("!" if found.certain else ""),
        None if found.ago is None else f"{found.ago}min",
        "when?" if found.vague else None,
        f"({found.reason})" if found.reason else None,
        None if found.pain is None else f"pain={found.pain}",
        None if found.sleep is None else f"sleep={found.sleep}",
        *(one.name + (f"/{one.severity}" if one.severity else "") for one in found.effects),
    )
    return " ".join(part for part in parts if part)


def table(language: str) -> list[tuple[str, str]]:
    """As people write them: `text | what may be read of it`."""
    path = Path(__file__).with_name(f"said_{language}.txt")
    rows = (line.rpartition(" | ") for line in path.read_text(encoding="utf-8").splitlines())
    return [(text, expected) for text, _, expected in rows]


@pytest.mark.parametrize("language", ["en", "es"])
def test_as_people_write_it(language: str) -> None:
    wrong = [
        f"{text!r}: {said(text)}, not {expected}"
        for text, expected in table(language)
        if said(text) != expected
    ]
    assert wrong == []


def test_the_tables_hold_enough_traps() -> None:
    english, spanish = table("en"), table("es")
    assert len(english) >= 150
    assert len(spanish) >= 60
    assert sum(expected == "-" for _, expected in (*english, *spanish)) >= 80


@pytest.mark.parametrize(
    "text",
    [
        "not sure whether I took it",
        "cant remember if i took my pill",
        "did I take it?",
        "have i already taken my dose",
        "i think i took it",
        "no se si la tome",
        "¿la tomé?",
        "dont know if i took my ldn last night",
        "took it i think",
    ],
)
def test_not_knowing_is_heard(text: str) -> None:
    assert unsure_of_dose(text)
    assert read_record(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "I took it at 10",
        "forgot",
        "not sure if I took the right one for my headache",
        "did I take it right?",
        "should I take it?",
        "pain 6",
        "took it, not sure when",
        "la tomé a las 10",
    ],
)
def test_knowing_is_not_taken_for_not_knowing(text: str) -> None:
    assert not unsure_of_dose(text)


@pytest.mark.parametrize(
    ("text", "items"),
    [
        ("pain 6 slept badly", ("sleep",)),
        ("slept great, 9", ("sleep",)),
        ("slept 6 hours", ("sleep",)),
        ("my pain is bad", ("pain",)),
        ("pain 6, sleep 2", ()),
        ("hello", ()),
    ],
)
def test_what_was_spoken_of_without_a_number_is_asked(text: str, items: tuple[str, ...]) -> None:
    assert unclear_items(text) == items


@pytest.mark.parametrize(
    "piece",
    [
        "a bit ",
        "is still at ",
        "pain 5. ",
        "pain is ",
        "took it at 10 ",
        "not dizzy ",
        "vivid ",
        "10 to ",
        "zqxj ",
    ],
)
def test_a_long_text_is_read_at_once(piece: str) -> None:
    text = (piece * 4000)[:4000]
    read_record("took it at 10, pain 4")  # the vocabulary is read once
    before = perf_counter()
    read_record(text)
    assert perf_counter() - before < 3
