"""A time that was said is placed near the dose it is about, or asked."""

from datetime import UTC, date, datetime, time

import pytest

from clinical.localtime import dose_day_at, instant_of, load_zone
from clinical.said_clock import mark
from clinical.said_time import DoseTimes, choices, day_meant, instants

LISBON = load_zone("Europe/Lisbon")
MONDAY = date(2026, 3, 2)


def dose(day: date = MONDAY, wall: time = time(22)) -> DoseTimes:
    at = instant_of(day, wall, LISBON)
    return DoseTimes(1, day, at, instant_of(date(day.year, day.month, day.day + 1), time(12), LISBON))


def at(moment: str) -> datetime:
    return datetime.fromisoformat(moment).replace(tzinfo=LISBON).astimezone(UTC)


@pytest.mark.parametrize(
    ("when", "certain", "night", "now", "expected"),
    [
        ("11:30", False, None, "2026-03-03T08:00", ["2026-03-02T23:30"]),
        ("11:30", False, None, "2026-03-02T23:40", ["2026-03-02T23:30"]),
        ("11:30", False, None, "2026-03-02T23:10", []),  # it would be in the future
        ("11:30", False, None, "2026-03-03T13:00", ["2026-03-02T23:30", "2026-03-03T11:30"]),
        ("11:30", False, "last night", "2026-03-03T13:00", ["2026-03-02T23:30"]),
        ("11:30", True, None, "2026-03-03T13:00", ["2026-03-03T11:30"]),
        ("06:00", False, "this morning", "2026-03-03T08:00", ["2026-03-03T06:00"]),
        ("06:00", False, None, "2026-03-03T08:00", ["2026-03-02T18:00", "2026-03-03T06:00"]),
        ("12:30", False, None, "2026-03-03T08:00", ["2026-03-03T00:30"]),
        ("01:00", False, None, "2026-03-03T08:00", ["2026-03-03T01:00"]),
        ("03:00", True, None, "2026-03-03T02:00", []),
        ("21:00", True, "tonight", "2026-03-02T21:30", ["2026-03-02T21:00"]),
        ("14:00", True, None, "2026-03-03T15:00", []),  # neither before nor inside the answer window
    ],
)
def test_a_time_near_the_dose(
    when: str, certain: bool, night: str | None, now: str, expected: list[str]
) -> None:
    found = instants(when, certain, night, dose(), at(now), LISBON)
    assert [one.astimezone(LISBON).strftime("%Y-%m-%dT%H:%M") for one in found] == expected


def test_the_hour_that_is_lived_twice_is_read_once() -> None:
    october = dose(date(2026, 10, 24))
    found = instants("01:30", True, None, october, datetime(2026, 10, 25, 9, tzinfo=UTC), LISBON)
    assert found == (datetime(2026, 10, 25, 0, 30, tzinfo=UTC),)


@pytest.mark.parametrize(
    ("night", "now", "expected"),
    [
        ("last night", "2026-03-03T08:00", date(2026, 3, 2)),
        ("last night", "2026-03-03T21:00", date(2026, 3, 2)),
        ("yesterday", "2026-03-03T21:00", date(2026, 3, 2)),
        ("this morning", "2026-03-03T08:00", date(2026, 3, 2)),
        ("tonight", "2026-03-03T21:00", date(2026, 3, 3)),
        ("tonight", "2026-03-04T00:40", date(2026, 3, 3)),
        ("two nights ago", "2026-03-04T08:00", date(2026, 3, 2)),
        ("monday", "2026-03-04T08:00", date(2026, 3, 2)),
        ("wednesday", "2026-03-04T23:00", date(2026, 3, 4)),
        (None, "2026-03-04T08:00", None),
    ],
)
def test_the_night_that_is_meant(night: str | None, now: str, expected: date | None) -> None:
    assert day_meant(night, at(now), LISBON) == expected


def test_tonight_after_midnight_is_the_dose_day_of_the_record() -> None:
    assert day_meant("tonight", at("2026-03-04T00:40"), LISBON) == dose_day_at(at("2026-03-04T00:40"), LISBON)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("took it half eleven", "took it t1130"),
        ("took it at 11:30pm", "took it at u2330"),
        ("quarter to ten", "t0945"),
        ("a las once y media", "t1130"),
        ("a las 11 menos cuarto", "t1045"),
        ("an hour ago", "m0060"),
        ("hace media hora", "m0030"),
        ("between 9 and 11", "n0000"),
        ("before 11:30", "n0000"),
        ("midnight", "u0000"),
        ("two at night", "u0200"),
        ("slept 6 hours", "slept 6 hours"),
        ("took 6 at 10", "took 6 t1000"),
        ("pain five to six", "pain five to six"),
        ("pain 4/10 at 6/10", "pain 4/10 at 6/10"),
        ("1.5 mg", "1.5 mg"),
    ],
)
def test_times_are_marked(text: str, expected: str) -> None:
    assert " ".join(mark(text).split()) == expected


def test_times_to_choose_from_are_never_in_the_future() -> None:
    assert choices(dose(), at("2026-03-02T22:40"))[-1] == at("2026-03-02T22:30")
    assert choices(dose(), at("2026-03-02T20:00")) == (at("2026-03-02T20:00"),)
