"""Opening hours, cover lists and deadlines, worked by hand."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clinical.duty import Away, Hours, NotHours, cover_list, read_hours, take_up_by

LISBON = ZoneInfo("Europe/Lisbon")
WEEK = Hours({day: (time(9), time(17)) for day in range(5)}, frozenset({date(2026, 3, 6)}))


def at(day: int, hour: int, minute: int = 0) -> datetime:
    """March 2026 in Lisbon; the 2nd is a Monday."""
    return datetime(2026, 3, day, hour, minute, tzinfo=LISBON).astimezone(UTC)


@pytest.mark.parametrize(
    ("now", "is_open", "opens"),
    [
        (at(2, 8, 59), False, at(2, 9)),
        (at(2, 9), True, None),
        (at(2, 16, 59), True, None),
        (at(2, 17), False, at(3, 9)),
        (at(5, 20), False, at(9, 9)),  # Thursday evening; Friday is a closed day
        (at(7, 12), False, at(9, 9)),
    ],
)
def test_when_it_is_open(now: datetime, is_open: bool, opens: datetime | None) -> None:
    assert WEEK.is_open(now, LISBON) is is_open
    assert WEEK.opens_at(now, LISBON) == opens


def test_without_hours_nothing_is_said_of_opening() -> None:
    assert Hours().is_open(at(7, 3), LISBON)
    assert Hours().opens_at(at(7, 3), LISBON) is None


def test_closed_for_good_has_no_opening() -> None:
    days = frozenset(date(2026, 3, 2) + timedelta(days=number) for number in range(90))
    assert Hours({0: (time(9), time(10))}, days).opens_at(at(2, 8), LISBON) is None


def test_summer_time_moves_the_instant_not_the_wall() -> None:
    # Monday 30 March: summer time since Sunday.
    assert WEEK.opens_at(at(28, 12), LISBON) == datetime(2026, 3, 30, 8, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Mon-Fri 9-17", {day: (time(9), time(17)) for day in range(5)}),
        (
            "mon – thu 9:00–17.30, Friday 9 to 13",
            {**{d: (time(9), time(17, 30)) for d in range(4)}, 4: (time(9), time(13))},
        ),
        ("Sat 10-12", {5: (time(10), time(12))}),
        (
            "Lunes a jueves 9-17, Vié 9:00 a 13",
            {**{d: (time(9), time(17)) for d in range(4)}, 4: (time(9), time(13))},
        ),
        ("sáb-dom 10.30 hasta 12", {day: (time(10, 30), time(12)) for day in (5, 6)}),
        ("mar 9-10", {1: (time(9), time(10))}),
        ("Fri-Mon 8-9", {day: (time(8), time(9)) for day in (4, 5, 6, 0)}),
    ],
)
def test_hours_as_typed(text: str, expected: dict[int, tuple[time, time]]) -> None:
    assert read_hours(text) == expected


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "nothing"),
        ("always", "unreadable"),
        ("Mon-Fri 17-9", "order"),
        ("Foo 9-17", "day"),
        ("Mon 9-25", "time"),
        ("Mon 9", "unreadable"),
    ],
)
def test_what_is_no_hours_is_said(text: str, why: str) -> None:
    with pytest.raises(NotHours) as told:
        read_hours(text)
    assert told.value.why == why


@pytest.mark.parametrize(
    ("away", "expected"),
    [
        ((), (2, 1, 3)),
        ((Away(2, date(2026, 3, 1), date(2026, 3, 9), cover=3),), (3, 1, 2)),
        ((Away(2, date(2026, 3, 1), date(2026, 3, 9)),), (1, 3, 2)),
        ((Away(2, date(2026, 3, 10), date(2026, 3, 12), cover=3),), (2, 1, 3)),  # not that day
        # The cover is away too, and names a third.
        (
            (
                Away(2, date(2026, 3, 1), date(2026, 3, 9), cover=3),
                Away(3, date(2026, 3, 1), date(2026, 3, 9), cover=1),
            ),
            (1, 2, 3),
        ),
        # Two who cover each other while both are away: everybody is asked all the same.
        (
            (
                Away(2, date(2026, 3, 1), date(2026, 3, 9), cover=3),
                Away(3, date(2026, 3, 1), date(2026, 3, 9), cover=2),
            ),
            (1, 2, 3),
        ),
    ],
)
def test_who_is_asked(away: tuple[Away, ...], expected: tuple[int, ...]) -> None:
    assert cover_list(2, [1, 2, 3], away, date(2026, 3, 5)) == expected


def test_an_emergency_has_minutes_and_a_same_day_alert_opening_time() -> None:
    friday_evening = at(7, 20)
    assert take_up_by("emergency", friday_evening, WEEK, LISBON) == friday_evening + timedelta(minutes=15)
    assert take_up_by("same-day", friday_evening, WEEK, LISBON) == at(9, 11)
    # Half an hour before closing, the rest the next day.
    assert take_up_by("same-day", at(3, 16, 30), WEEK, LISBON) == at(4, 10, 30)
    assert take_up_by("same-day", at(7, 20), Hours(), LISBON) == at(7, 22)


@given(
    st.lists(st.integers(1, 6), min_size=1, unique=True),
    st.data(),
)
def test_everybody_is_on_the_list_once(colleagues: list[int], data: st.DataObject) -> None:
    own = data.draw(st.sampled_from(colleagues))
    day = date(2026, 3, 5)
    away = [
        Away(one, day, day, data.draw(st.none() | st.sampled_from(colleagues)))
        for one in data.draw(st.lists(st.sampled_from(colleagues), unique=True))
    ]
    found = cover_list(own, colleagues, away, day)
    assert sorted(found) == sorted(colleagues)
    absent = {one.clinician for one in away}
    present = [one not in absent for one in found]
    assert present == sorted(present, reverse=True), "who is there comes before who is not"
