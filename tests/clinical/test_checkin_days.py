"""Which mornings carry which check-in: worked by hand from the calendar."""

from datetime import date, timedelta

import pytest

from clinical.checkin_days import Ask, Course, asks, daily_ends, daily_on, weekly_on

MON = date(2026, 3, 2)  # enrolled
FIRST = date(2026, 3, 5)  # first dose, a Thursday


def day(number: int) -> date:
    """Day 1 is that of the first dose."""
    return FIRST + timedelta(days=number - 1)


PLAIN = Course(MON, FIRST, steps_on=(FIRST,))


def test_before_the_first_dose_every_morning_is_baseline() -> None:
    waiting = Course(MON)
    assert all(daily_on(waiting, MON + timedelta(days=days)) for days in range(1, 60))
    assert daily_ends(waiting, MON) is None


def test_daily_ratings_end_after_week_four_and_come_back_for_week_twelve() -> None:
    daily = [number for number in range(1, 100) if daily_on(PLAIN, day(number))]
    assert daily == [*range(1, 29), *range(78, 85)]
    assert daily_ends(PLAIN, day(10)) == day(28)
    assert daily_ends(PLAIN, day(80)) == day(84)
    assert daily_ends(PLAIN, day(50)) is None


def test_a_change_of_step_brings_fourteen_days() -> None:
    course = Course(MON, FIRST, steps_on=(FIRST, day(40)))
    assert [number for number in range(29, 78) if daily_on(course, day(number))] == [*range(41, 55)]


def test_the_week_before_a_review_is_daily() -> None:
    course = Course(MON, FIRST, steps_on=(FIRST,), review_on=day(60))
    assert [number for number in range(29, 78) if daily_on(course, day(number))] == [*range(53, 60)]
    # A step that begins while the first four weeks run makes them no longer than its own fourteen days.
    longer = Course(MON, FIRST, steps_on=(FIRST, day(25)))
    assert daily_ends(longer, day(20)) == day(39)


def test_kept_daily_questions_have_no_end() -> None:
    kept = Course(MON, FIRST, steps_on=(FIRST,), keep_daily=True)
    assert daily_on(kept, day(50))
    assert daily_ends(kept, day(50)) is None


def test_who_took_it_before_is_counted_from_enrolment() -> None:
    course = Course(MON, already_taking=True, steps_on=(MON - timedelta(days=30),))
    assert [days for days in range(1, 60) if daily_on(course, MON + timedelta(days=days))] == [*range(1, 28)]
    assert all(Ask.NEW not in asks(course, MON + timedelta(days=days)) for days in range(1, 20))


def test_the_weekly_check_in_keeps_the_weekday_of_enrolment() -> None:
    weekly = [days for days in range(-7, 29) if weekly_on(PLAIN, MON + timedelta(days=days))]
    assert weekly == [7, 14, 21, 28]


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        (1, ()),
        (2, (Ask.NEW,)),  # the morning after the first dose
        (4, (Ask.NEW,)),
        (5, (Ask.SLEEP,)),  # Monday 9 March: weekly; pain is asked by the PEG
        (8, (Ask.NEW,)),
        (9, ()),
        (26, (Ask.SLEEP, Ask.PAIN, Ask.WORK, Ask.PGIC)),  # Monday 30 March: week 4, day 22-28 on the dose
        (33, ()),  # weekly without daily ratings
        (82, (Ask.SLEEP, Ask.PAIN, Ask.WORK, Ask.PGIC)),  # week 12
    ],
)
def test_what_is_asked_beside_the_usual(number: int, expected: tuple[Ask, ...]) -> None:
    assert asks(PLAIN, day(number)) == expected


def test_before_a_review_the_impression_of_change_is_asked() -> None:
    course = Course(MON, FIRST, steps_on=(FIRST,), review_on=day(58))
    # Monday 27 April is day 54: in the week before the review; eight weeks after enrolment, so work too.
    assert asks(course, day(54)) == (Ask.SLEEP, Ask.PAIN, Ask.WORK, Ask.PGIC)


def test_before_the_first_dose_the_weekly_asks_pain_too() -> None:
    waiting = Course(MON)
    assert asks(waiting, MON + timedelta(days=7)) == (Ask.SLEEP, Ask.PAIN)
