from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest

from clinical.dose import Reason
from clinical.localtime import load_zone
from clinical.regimen import (
    Cadence,
    CadenceError,
    Every,
    Regimen,
    SecondWallError,
    TitrationStep,
    WallsTooFarApart,
    every_second_day,
    expected_by_cadence,
    on_weekdays,
    step_on,
    wall_on,
)
from clinical.schedule import MAX_CATCH_UP, LastPlanned, PlannedDose, next_expected, plan_days

BERLIN = load_zone("Europe/Berlin")
AT_TEN = Regimen(steps=(), wall=time(22))
AFTER_MIDNIGHT = Regimen(steps=(), wall=time(0, 30))
MORNING = Regimen(steps=(), wall=time(8), at_bedtime=False)
TWICE = Regimen(steps=(), wall=time(8), at_bedtime=False, second_wall=time(20))


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def said(planned: list[PlannedDose]) -> list[str]:
    """Each dose as "dose day, UTC time, reason"."""
    return [
        f"{dose.dose_day} {dose.scheduled_at:%m-%dT%H:%M}" + (f" {dose.reason}" if dose.reason else "")
        for dose in planned
    ]


def after(day: str, at: str, expected_at: str | None = None) -> LastPlanned:
    return LastPlanned(date.fromisoformat(day), utc(at), utc(expected_at or at))


@pytest.mark.parametrize(
    ("regimen", "first_day", "now", "first"),
    [
        (AT_TEN, "2026-01-10", "2026-01-10T12:00", "2026-01-10 01-10T21:00"),
        (AT_TEN, "2026-01-10", "2026-01-10T21:00", "2026-01-11 01-11T21:00"),  # just gone by
        (AT_TEN, "2026-01-20", "2026-01-10T12:00", "2026-01-20 01-20T21:00"),
        (AT_TEN, "2025-12-01", "2026-01-10T12:00", "2026-01-10 01-10T21:00"),
        (AT_TEN, None, "2026-01-10T12:00", "2026-01-10 01-10T21:00"),
        (AFTER_MIDNIGHT, "2026-01-10", "2026-01-10T23:00", "2026-01-10 01-10T23:30"),
        (AFTER_MIDNIGHT, "2026-01-11", "2026-01-10T23:00", "2026-01-11 01-11T23:30"),
        (MORNING, "2026-01-10", "2026-01-10T06:00", "2026-01-10 01-10T07:00"),
        (MORNING, "2026-01-10", "2026-01-10T09:00", "2026-01-11 01-11T07:00"),
    ],
)
def test_the_first_dose_is_the_next_wall_time(
    regimen: Regimen, first_day: str | None, now: str, first: str
) -> None:
    day = date.fromisoformat(first_day) if first_day else None
    planned = plan_days(regimen=regimen, zone=BERLIN, last=None, now=utc(now), first_day=day)
    assert said(planned) == [first]


def test_nothing_is_planned_while_the_newest_dose_is_still_to_come() -> None:
    last = after("2026-01-10", "2026-01-10T21:00")
    assert plan_days(regimen=AT_TEN, zone=BERLIN, last=last, now=utc("2026-01-10T20:00")) == []


def test_after_an_outage_every_dose_since_is_planned_and_one_to_come() -> None:
    last = after("2026-03-27", "2026-03-27T21:00")
    planned = plan_days(regimen=AT_TEN, zone=BERLIN, last=last, now=utc("2026-03-30T09:00"))
    assert said(planned) == ["2026-03-28 03-28T21:00", "2026-03-29 03-29T20:00", "2026-03-30 03-30T20:00"]


def test_a_very_long_outage_is_caught_up_with_in_bounded_parts() -> None:
    last, now = after("2020-01-01", "2020-01-01T21:00"), utc("2026-01-01T12:00")
    days = []
    while planned := plan_days(regimen=AT_TEN, zone=BERLIN, last=last, now=now):
        assert len(planned) <= MAX_CATCH_UP
        days += [dose.dose_day for dose in planned]
        last = LastPlanned(planned[-1].dose_day, planned[-1].scheduled_at, planned[-1].scheduled_at)
    assert days == [date(2020, 1, 2) + timedelta(days=ahead) for ahead in range(len(days))]
    assert days[-1] == date(2026, 1, 1)


@pytest.mark.parametrize(
    ("zone", "wall", "day", "until", "planned"),
    [
        # the spring gap moves the dose, the autumn fold gives it once
        ("Europe/Berlin", "02:30", "2026-03-27", 2, ["2026-03-28 03-29T01:30", "2026-03-29 03-30T00:30"]),
        ("Europe/Berlin", "02:30", "2026-10-23", 2, ["2026-10-24 10-25T00:30", "2026-10-25 10-26T01:30"]),
        # midnight is where the clock changes
        ("Africa/Cairo", "00:00", "2026-04-22", 2, ["2026-04-23 04-23T22:00", "2026-04-24 04-24T21:00"]),
        ("Africa/Cairo", "23:30", "2026-10-28", 2, ["2026-10-29 10-29T20:30", "2026-10-30 10-30T21:30"]),
        ("America/Havana", "00:15", "2026-03-06", 2, ["2026-03-07 03-08T05:15", "2026-03-08 03-09T04:15"]),
        ("America/Havana", "00:30", "2025-10-31", 2, ["2025-11-01 11-02T04:30", "2025-11-02 11-03T05:30"]),
        # half an hour, two hours, a quarter of an hour off
        (
            "Australia/Lord_Howe",
            "02:15",
            "2026-10-02",
            2,
            ["2026-10-03 10-03T15:45", "2026-10-04 10-04T15:15"],
        ),
        (
            "Australia/Lord_Howe",
            "01:45",
            "2026-04-03",
            2,
            ["2026-04-04 04-04T14:45", "2026-04-05 04-05T15:15"],
        ),
        ("Antarctica/Troll", "01:30", "2026-03-27", 2, ["2026-03-28 03-29T01:30", "2026-03-29 03-29T23:30"]),
        ("Antarctica/Troll", "01:30", "2026-10-23", 2, ["2026-10-24 10-24T23:30", "2026-10-25 10-26T01:30"]),
        ("Africa/Casablanca", "02:30", "2025-04-04", 2, ["2025-04-05 04-06T02:30", "2025-04-06 04-07T01:30"]),
        ("Africa/Casablanca", "02:30", "2025-02-21", 2, ["2025-02-22 02-23T01:30", "2025-02-23 02-24T02:30"]),
        ("Pacific/Chatham", "03:00", "2026-09-25", 2, ["2026-09-26 09-26T14:15", "2026-09-27 09-27T13:15"]),
        ("Pacific/Chatham", "03:00", "2026-04-03", 2, ["2026-04-04 04-04T13:15", "2026-04-05 04-05T14:15"]),
        # a day that never was carries no dose, and says why
        (
            "Pacific/Apia",
            "22:00",
            "2011-12-28",
            3,
            ["2011-12-29 12-30T08:00", "2011-12-30 12-31T08:00 schedule_change", "2011-12-31 12-31T08:00"],
        ),
        (
            "Pacific/Apia",
            "00:30",
            "2011-12-28",
            3,
            ["2011-12-29 12-30T10:30", "2011-12-30 12-30T10:30 schedule_change", "2011-12-31 12-31T10:30"],
        ),
    ],
)
def test_every_dose_day_has_one_dose_where_the_clock_changes(
    zone: str, wall: str, day: str, until: int, planned: list[str]
) -> None:
    place, start = load_zone(zone), date.fromisoformat(day)
    regimen = Regimen(steps=(), wall=time.fromisoformat(wall))
    earlier = next_expected(regimen=regimen, zone=place, last=None, now=utc("2000-01-01"), first_day=start)
    assert earlier is not None
    last = LastPlanned(start, earlier.scheduled_at, earlier.scheduled_at)
    found = plan_days(regimen=regimen, zone=place, last=last, now=earlier.scheduled_at + timedelta(days=10))
    assert said(found)[:until] == planned


@pytest.mark.parametrize(
    ("what", "regimen", "zone", "last", "now", "planned"),
    [
        (
            "an earlier bedtime leaves eleven hours",
            replace(AT_TEN, wall=time(12)),
            "Europe/Berlin",
            after("2026-01-10", "2026-01-11T00:00"),
            "2026-01-11T01:00",
            ["2026-01-11 01-11T11:00 schedule_change"],
        ),
        (
            "exactly twelve hours are enough",
            replace(AT_TEN, wall=time(13)),
            "Europe/Berlin",
            after("2026-01-10", "2026-01-11T00:00"),
            "2026-01-11T01:00",
            ["2026-01-11 01-11T12:00"],
        ),
        (
            "twelve hours eastward leave twelve hours",
            AT_TEN,
            "Pacific/Auckland",
            after("2026-01-10", "2026-01-10T21:00"),  # 22:00 in Berlin
            "2026-01-10T22:00",
            ["2026-01-11 01-11T09:00"],
        ),
        (
            "from Lisbon to Auckland the next evening is too soon",
            AT_TEN,
            "Pacific/Auckland",
            after("2026-01-10", "2026-01-10T22:00"),
            "2026-01-11T10:00",
            ["2026-01-11 01-11T09:00 schedule_change", "2026-01-12 01-12T09:00"],
        ),
        (
            "across the date line eastward in the day's name, the same instant again",
            AT_TEN,
            "Pacific/Kiritimati",
            after("2026-01-10", "2026-01-11T08:00"),  # 22:00 in Honolulu
            "2026-01-11T09:00",
            ["2026-01-11 01-11T08:00 schedule_change", "2026-01-12 01-12T08:00"],
        ),
        (
            "a date lived twice is one dose day",
            AT_TEN,
            "Pacific/Honolulu",
            after("2026-01-10", "2026-01-10T08:00"),  # 22:00 in Kiritimati
            "2026-01-10T12:00",
            ["2026-01-11 01-12T08:00"],
        ),
        (
            "the gap is counted from the last expected dose, not from a day without one",
            replace(AT_TEN, wall=time(12)),
            "Europe/Berlin",
            after("2026-01-10", "2026-01-11T00:00", "2026-01-09T21:00"),
            "2026-01-11T01:00",
            ["2026-01-11 01-11T11:00"],
        ),
    ],
)
def test_a_change_never_puts_two_doses_close_together(
    what: str, regimen: Regimen, zone: str, last: LastPlanned, now: str, planned: list[str]
) -> None:
    assert said(plan_days(regimen=regimen, zone=load_zone(zone), last=last, now=utc(now))) == planned, what


@pytest.mark.parametrize(
    ("cadence", "days_with_a_dose"),
    [
        (Cadence(), [5, 6, 7, 8, 9, 10, 11]),
        (every_second_day(date(2026, 1, 4)), [6, 8, 10]),
        (every_second_day(date(2026, 1, 21)), [5, 7, 9, 11]),
        (on_weekdays([0, 2, 6]), [5, 7, 11]),
    ],
)
def test_a_day_off_is_planned_with_its_reason(cadence: Cadence, days_with_a_dose: list[int]) -> None:
    regimen = replace(AT_TEN, cadence=cadence)
    last = after("2026-01-04", "2026-01-04T21:00")
    planned = plan_days(regimen=regimen, zone=BERLIN, last=last, now=utc("2026-01-11T12:00"))
    assert [dose.dose_day.day for dose in planned] == [5, 6, 7, 8, 9, 10, 11]
    assert [dose.dose_day.day for dose in planned if dose.reason is None] == days_with_a_dose
    assert {dose.reason for dose in planned} <= {None, Reason.DAY_OFF}
    assert expected_by_cadence(regimen, date(2026, 1, 7)) is (7 in days_with_a_dose)


def test_another_reason_stands_before_the_cadence_and_frees_the_gap() -> None:
    held = plan_days(
        regimen=replace(AT_TEN, wall=time(12)),
        zone=BERLIN,
        last=after("2026-01-10", "2026-01-11T00:00"),
        now=utc("2026-01-12T01:00"),
        reason_of=lambda day: Reason.HOLD if day == date(2026, 1, 11) else None,
    )
    assert said(held) == ["2026-01-11 01-11T11:00 hold", "2026-01-12 01-12T11:00"]


def test_the_next_prompt_can_be_told_after_a_change() -> None:
    found = next_expected(
        regimen=AT_TEN,
        zone=load_zone("Pacific/Kiritimati"),
        last=after("2026-01-10", "2026-01-11T08:00"),
        now=utc("2026-01-11T07:00"),
    )
    assert found == PlannedDose(date(2026, 1, 12), 1, utc("2026-01-12T08:00"), None)


def test_nothing_can_be_told_while_every_day_is_held() -> None:
    assert (
        next_expected(
            regimen=AT_TEN,
            zone=BERLIN,
            last=None,
            now=utc("2026-01-11T07:00"),
            reason_of=lambda day: Reason.HOLD,
        )
        is None
    )


def test_two_times_a_day_are_two_slots_of_one_dose_day() -> None:
    last = after("2026-01-10", "2026-01-10T07:00")
    planned = plan_days(regimen=TWICE, zone=BERLIN, last=last, now=utc("2026-01-11T08:00"))
    assert [(dose.dose_day.day, dose.slot, dose.reason) for dose in planned] == [
        (10, 2, None),
        (11, 1, None),
        (11, 2, None),
    ]


def test_a_change_of_zone_keeps_two_times_a_day_six_hours_apart() -> None:
    last = replace(after("2026-01-10", "2026-01-10T19:00"), slot=2)
    planned = plan_days(
        regimen=TWICE, zone=load_zone("Pacific/Auckland"), last=last, now=utc("2026-01-10T19:30")
    )
    assert [(dose.slot, dose.reason) for dose in planned] == [(1, Reason.SCHEDULE_CHANGE), (2, None)]


# The regimen itself


def step(step_id: int, starts_on: date, slot: int = 1) -> TitrationStep:
    return TitrationStep(step_id, slot, 1500, "capsule", "1", 1500, starts_on, None)


def test_the_step_in_force_is_the_latest_that_has_started() -> None:
    first, second, put_right = (
        step(1, date(2026, 1, 1)),
        step(2, date(2026, 1, 15)),
        step(3, date(2026, 1, 15)),
    )
    regimen = replace(AT_TEN, steps=(put_right, first, second, step(4, date(2026, 1, 1), slot=2)))
    assert step_on(regimen, date(2025, 12, 31)) is None
    assert step_on(regimen, date(2026, 1, 14)) == first
    assert step_on(regimen, date(2026, 1, 15)) == put_right
    assert step_on(regimen, date(2026, 1, 20), slot=2) == step(4, date(2026, 1, 1), slot=2)


@pytest.mark.parametrize(
    ("day", "wall"), [("2026-01-09", "22:00"), ("2026-01-10", "00:30"), ("2026-01-11", "00:30")]
)
def test_the_weekend_is_by_the_name_of_the_dose_day(day: str, wall: str) -> None:
    regimen = replace(AT_TEN, weekend_wall=time(0, 30))  # 9 January 2026 is a Friday
    assert wall_on(regimen, date.fromisoformat(day)) == time.fromisoformat(wall)


def test_a_weekend_that_would_cost_a_dose_is_refused() -> None:
    with pytest.raises(WallsTooFarApart, match="nine hours"):
        replace(MORNING, weekend_wall=time(23))
    assert replace(AT_TEN, weekend_wall=time(6)).weekend_wall == time(6)  # eight hours into the same night


@pytest.mark.parametrize(
    "change",
    [{"at_bedtime": True}, {"second_wall": time(8)}, {"weekend_wall": time(16), "second_wall": time(15)}],
)
def test_a_second_time_is_later_on_the_same_day(change: dict[str, object]) -> None:
    with pytest.raises(SecondWallError):
        replace(TWICE, **change)  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="one time"):
        wall_on(MORNING, date(2026, 1, 1), slot=2)


@pytest.mark.parametrize(
    ("every", "weekdays"),
    [(Every.SECOND_DAY, ()), (Every.WEEKDAYS, ()), (Every.WEEKDAYS, (7,))],
)
def test_a_cadence_without_its_days_is_refused(every: Every, weekdays: tuple[int, ...]) -> None:
    with pytest.raises(CadenceError):
        Cadence(every, weekdays=frozenset(weekdays))
