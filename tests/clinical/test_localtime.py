import zoneinfo
from datetime import UTC, date, datetime, time, timedelta

import pytest

from clinical.localtime import (
    AmbiguousTime,
    NotATime,
    UnknownZone,
    calendar_day,
    day_exists,
    dose_day_at,
    dose_day_of,
    instant_of,
    load_zone,
    local_day,
    next_wall,
    parse_wall,
    part_of_day,
    waking_wall,
    zone_names,
)


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def test_zones_come_from_the_pinned_rules_only() -> None:
    assert zoneinfo.TZPATH == ()
    assert load_zone("Europe/Berlin").key == "Europe/Berlin"


@pytest.mark.parametrize(
    "name",
    [
        "",
        "Europe",
        "Europe/Atlantis",
        "europe/berlin",
        "Europe/Berlin/",
        "localtime",
        "posixrules",
        "Factory",
        "../../etc/passwd",
        "/etc/localtime",
        "zone.tab",
        "Asia/\0x",
        "tzdata.zi",
        "Европа",
    ],
)
def test_what_is_no_zone_is_refused(name: str) -> None:
    with pytest.raises(UnknownZone, match="time zone"):
        load_zone(name)


def test_every_zone_that_is_named_can_be_loaded() -> None:
    assert len(zone_names()) > 400
    assert all(load_zone(name).key == name for name in zone_names())


@pytest.mark.parametrize(
    ("zone", "day", "wall", "instant", "reads"),
    [
        # an ordinary evening
        ("Europe/Berlin", "2026-01-10", "22:00", "2026-01-10T21:00", "2026-01-10T22:00"),
        # the spring gap moves forward by the gap
        ("Europe/Berlin", "2026-03-29", "02:30", "2026-03-29T01:30", "2026-03-29T03:30"),
        ("Europe/Berlin", "2026-03-29", "03:00", "2026-03-29T01:00", "2026-03-29T03:00"),
        ("Africa/Cairo", "2026-04-24", "00:00", "2026-04-23T22:00", "2026-04-24T01:00"),
        ("Africa/Cairo", "2026-04-24", "00:30", "2026-04-23T22:30", "2026-04-24T01:30"),
        ("America/Havana", "2026-03-08", "00:15", "2026-03-08T05:15", "2026-03-08T01:15"),
        ("Australia/Lord_Howe", "2026-10-04", "02:15", "2026-10-03T15:45", "2026-10-04T02:45"),
        ("Antarctica/Troll", "2026-03-29", "01:30", "2026-03-29T01:30", "2026-03-29T03:30"),
        ("Africa/Casablanca", "2025-04-06", "02:30", "2025-04-06T02:30", "2025-04-06T03:30"),
        ("Pacific/Chatham", "2026-09-27", "03:00", "2026-09-26T14:15", "2026-09-27T04:00"),
        # the autumn fold is the first occurrence
        ("Europe/Berlin", "2026-10-25", "02:30", "2026-10-25T00:30", "2026-10-25T02:30"),
        ("Africa/Cairo", "2026-10-29", "23:30", "2026-10-29T20:30", "2026-10-29T23:30"),
        ("Africa/Cairo", "2026-10-30", "00:00", "2026-10-29T22:00", "2026-10-30T00:00"),
        ("America/Havana", "2025-11-02", "00:30", "2025-11-02T04:30", "2025-11-02T00:30"),
        ("Australia/Lord_Howe", "2026-04-05", "01:45", "2026-04-04T14:45", "2026-04-05T01:45"),
        ("Antarctica/Troll", "2026-10-25", "02:30", "2026-10-25T00:30", "2026-10-25T02:30"),
        ("Africa/Casablanca", "2025-02-23", "02:30", "2025-02-23T01:30", "2025-02-23T02:30"),
        ("Pacific/Chatham", "2026-04-05", "03:00", "2026-04-04T13:15", "2026-04-05T03:00"),
        # a whole day that never was
        ("Pacific/Apia", "2011-12-29", "22:00", "2011-12-30T08:00", "2011-12-29T22:00"),
        ("Pacific/Apia", "2011-12-30", "22:00", "2011-12-31T08:00", "2011-12-31T22:00"),
        ("Pacific/Apia", "2011-12-31", "22:00", "2011-12-31T08:00", "2011-12-31T22:00"),
        ("Pacific/Kwajalein", "1993-08-21", "22:00", "1993-08-22T10:00", "1993-08-22T22:00"),
    ],
)
def test_a_wall_time_is_one_instant(zone: str, day: str, wall: str, instant: str, reads: str) -> None:
    found = instant_of(date.fromisoformat(day), time.fromisoformat(wall), load_zone(zone))
    assert found == utc(instant)
    assert found.tzinfo is UTC
    assert found.astimezone(load_zone(zone)).replace(tzinfo=None) == datetime.fromisoformat(reads)


def test_the_fold_mark_of_a_wall_time_changes_nothing() -> None:
    berlin = load_zone("Europe/Berlin")
    second = time(2, 30, fold=1)
    assert instant_of(date(2026, 10, 25), second, berlin) == utc("2026-10-25T00:30")


@pytest.mark.parametrize(
    ("zone", "day", "exists"),
    [
        ("Pacific/Apia", "2011-12-29", True),
        ("Pacific/Apia", "2011-12-30", False),
        ("Pacific/Apia", "2011-12-31", True),
        ("Pacific/Fakaofo", "2011-12-30", False),
        ("Pacific/Kwajalein", "1993-08-21", False),
        ("Pacific/Kiritimati", "1994-12-31", False),
        ("Europe/Berlin", "2026-03-29", True),
        ("Africa/Cairo", "2026-04-24", True),
    ],
)
def test_a_day_the_zone_jumped_over_does_not_exist(zone: str, day: str, exists: bool) -> None:
    assert day_exists(date.fromisoformat(day), load_zone(zone)) is exists


@pytest.mark.parametrize(
    ("wall", "dose_day", "calendar"),
    [
        ("12:00", "2026-05-02", "2026-05-02"),
        ("22:00", "2026-05-02", "2026-05-02"),
        ("23:59", "2026-05-02", "2026-05-02"),
        ("00:00", "2026-05-02", "2026-05-03"),
        ("01:30", "2026-05-02", "2026-05-03"),
        ("11:59", "2026-05-02", "2026-05-03"),
    ],
)
def test_a_bedtime_dose_is_named_by_its_evening(wall: str, dose_day: str, calendar: str) -> None:
    at, named, falls = time.fromisoformat(wall), date.fromisoformat(dose_day), date.fromisoformat(calendar)
    assert calendar_day(named, at) == falls
    assert dose_day_of(at, falls) == named


@pytest.mark.parametrize(
    ("now", "dose_day"),
    [
        ("2026-05-03T09:59", "2026-05-02"),  # 11:59 in Berlin
        ("2026-05-03T10:00", "2026-05-03"),  # noon
        ("2026-05-03T21:59", "2026-05-03"),
        ("2026-05-03T22:40", "2026-05-03"),  # 00:40, still the same evening
    ],
)
def test_the_dose_day_changes_at_local_noon(now: str, dose_day: str) -> None:
    assert dose_day_at(utc(now), load_zone("Europe/Berlin")) == date.fromisoformat(dose_day)


def test_a_naive_instant_is_refused() -> None:
    with pytest.raises(ValueError, match="zone"):
        local_day(datetime(2026, 1, 1), load_zone("UTC"))  # noqa: DTZ001


@pytest.mark.parametrize(
    ("wall", "word"),
    [
        ("03:59", "tonight"),
        ("04:00", "today"),
        ("12:00", "today"),
        ("15:59", "today"),
        ("16:00", "tonight"),
        ("23:00", "tonight"),
    ],
)
def test_texts_say_tonight_from_four_to_four(wall: str, word: str) -> None:
    at = time.fromisoformat(wall)
    assert part_of_day(at) == word
    assert part_of_day(datetime.combine(date(2026, 5, 2), at, tzinfo=UTC)) == word


@pytest.mark.parametrize(
    ("typed", "wall"),
    [
        ("22:00", time(22)),
        (" 22.30 ", time(22, 30)),
        ("2230", time(22, 30)),
        ("930", time(9, 30)),
        ("10pm", time(22)),
        ("10 PM", time(22)),
        ("10 p.m.", time(22)),
        ("10p.m.", time(22)),
        ("10:30 pm", time(22, 30)),
        ("9.30 pm", time(21, 30)),
        ("12 am", time(0)),
        ("12 pm", time(12)),
        ("12:30 a.m.", time(0, 30)),
        ("22:30 pm", time(22, 30)),
        ("midnight", time(0)),
        ("Noon", time(12)),
        ("24:00", time(0)),
        ("0:15", time(0, 15)),
        ("0", time(0)),
        ("13", time(13)),
        ("23", time(23)),
        ("22h", time(22)),
        ("22h30", time(22, 30)),
        ("22 Uhr", time(22)),
        ("10:30", time(10, 30)),
    ],
)
def test_a_time_is_read_as_people_type_it(typed: str, wall: time) -> None:
    assert parse_wall(typed) == wall


@pytest.mark.parametrize("typed", ["1", "8", "10", "12"])
def test_an_hour_alone_may_be_morning_or_evening(typed: str) -> None:
    with pytest.raises(AmbiguousTime, match="morning or evening"):
        parse_wall(typed)


@pytest.mark.parametrize(
    "typed", ["", "soon", "25:70", "25", "22:60", "24:01", "10:5", "13 am", "0 pm", "-1", "1e1", "22:00:00"]
)
def test_what_is_no_time_is_refused(typed: str) -> None:
    with pytest.raises(NotATime) as refused:
        parse_wall(typed)
    assert type(refused.value) is NotATime


def test_the_morning_question_comes_ten_hours_after_bedtime() -> None:
    assert waking_wall(time(22)) == time(8)
    assert waking_wall(time(0, 30)) == time(10, 30)


@pytest.mark.parametrize(
    ("zone", "now", "wall", "then"),
    [
        ("Europe/Berlin", "2026-01-10T20:59", "22:00", "2026-01-10T21:00"),
        ("Europe/Berlin", "2026-01-10T21:00", "22:00", "2026-01-11T21:00"),
        ("Europe/Berlin", "2026-03-28T21:00", "22:00", "2026-03-29T20:00"),  # 23 h
        ("Europe/Berlin", "2026-10-24T20:00", "22:00", "2026-10-25T21:00"),  # 25 h
        ("Europe/Berlin", "2026-10-25T00:45", "02:30", "2026-10-26T01:30"),  # between the two 02:30s
        ("Europe/Berlin", "2026-03-29T01:15", "02:30", "2026-03-29T01:30"),  # 03:30 takes its place
        ("Pacific/Apia", "2011-12-30T08:00", "22:00", "2011-12-31T08:00"),
    ],
)
def test_the_next_wall_time_is_strictly_later(zone: str, now: str, wall: str, then: str) -> None:
    assert next_wall(utc(now), time.fromisoformat(wall), load_zone(zone)) == utc(then)


def test_a_wall_time_comes_at_least_every_other_day_in_every_zone() -> None:
    now = utc("2026-03-28T12:00")
    for name in zone_names():
        found = next_wall(now, time(2, 30), load_zone(name))
        assert timedelta() < found - now <= timedelta(hours=26)
