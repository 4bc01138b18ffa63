"""A note becomes a record only where it is plain."""

import pytest

from clinical.freetext import Effect, Record, read_record


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
    assert read_record(text) == expected


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
