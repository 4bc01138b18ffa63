"""Which mornings carry a check-in, and what it asks beside its usual questions."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from clinical.conventions import SHIPPED, Conventions
from clinical.localtime import ONE_DAY

_WEEK = timedelta(days=7)


class Kind(StrEnum):
    """What a check-in is."""

    DAILY = "daily"
    WEEKLY = "weekly"
    BASELINE = "baseline"  # at enrolment: before the first dose, or the entry scores of who takes it already
    TOLD = "told"  # said in words outside a check-in


class Ask(StrEnum):
    """What a check-in asks beside the usual; fixed when it is planned, in this order on screen."""

    SLEEP = "sleep"  # weekly only: the daily ratings go on beside it
    PAIN = "pain"  # weekly only, where the daily series must not have a gap
    NEW = "new"  # daily only: "Anything new or worrying?"
    WORK = "work"
    PGIC = "pgic"


@dataclass(frozen=True, slots=True)
class Course:
    """What decides the rhythm of one patient's check-ins; all dates are local.

    Attributes:
        enrolled_on: Day of enrolment; the weekly check-in keeps its weekday.
        first_dose_on: Of the first dose taken; None before it, and for who took it before enrolling.
        already_taking: Was on it at sign-up: days are then counted from enrolment.
        steps_on: First days of the steps in force, the first one included.
        review_on: The coming recorded review, None for none.
        keep_daily: Patient or clinic keep the daily questions.
    """

    enrolled_on: date
    first_dose_on: date | None = None
    already_taking: bool = False
    steps_on: tuple[date, ...] = ()
    review_on: date | None = None
    keep_daily: bool = False

    @property
    def counted_from(self) -> date | None:
        """Day 1: of the first dose, or of enrolment for who took it before; None before the first dose."""
        return self.enrolled_on if self.already_taking else self.first_dose_on

    def number(self, day: date) -> int | None:
        """The day's number, 1 on day 1; None before it."""
        if self.counted_from is None or day < self.counted_from:
            return None
        return (day - self.counted_from) // ONE_DAY + 1


def weekly_on(course: Course, day: date) -> bool:
    """Whether a local day carries the weekly check-in: once a week from enrolment, on its weekday."""
    return day > course.enrolled_on and (day - course.enrolled_on).days % 7 == 0


def daily_on(course: Course, day: date, conventions: Conventions = SHIPPED) -> bool:
    """Whether a local day carries the daily ratings.

    They run before the first dose, in weeks 1-4, 14 days after a change of step, 7 days before a review,
    and on days 78-84; at other times only where they are kept.

    Source: design 5 (rhythm).
    """
    if course.keep_daily or (course.counted_from is None):
        return True
    number = course.number(day)
    if number is None:
        return True
    after_step = timedelta(days=conventions.daily_after_step)
    return (
        number <= conventions.daily_first_days
        or any(step < day <= step + after_step for step in _changes(course))
        or _before_review(course, day, conventions)
        or conventions.confirmatory_first_day <= number <= conventions.confirmatory_last_day
    )


def daily_ends(course: Course, day: date, conventions: Conventions = SHIPPED) -> date | None:
    """The last day of the run of daily ratings that `day` stands in; None where no end is known, or no run.

    A run that is longer than a year has no end that could be told.
    """
    if course.keep_daily or course.counted_from is None or not daily_on(course, day, conventions):
        return None
    last = day
    for _ in range(366):
        if not daily_on(course, last + ONE_DAY, conventions):
            return last
        last += ONE_DAY
    return None


def asks(course: Course, day: date, conventions: Conventions = SHIPPED) -> tuple[Ask, ...]:
    """What the check-in of a local day asks beside the usual, in the order of `Ask`.

    On a weekly day the PEG's pain stands in for the daily one unless the day lies in a window in which
    treatment is judged; work days once in four weeks; PGIC in weeks 4 and 12 and in the week before a review.

    Source: design 5; instruments 2.3.
    """
    number = course.number(day)
    found = set()
    if weekly_on(course, day):
        if daily_on(course, day, conventions):
            found.add(Ask.SLEEP)
            if _judged(course, day, conventions):
                found.add(Ask.PAIN)
        if (day - course.enrolled_on) // _WEEK % conventions.work_every_weeks == 0:
            found.add(Ask.WORK)
        if number is not None and (
            _in_week(number, conventions.pgic_weeks) or _before_review(course, day, conventions)
        ):
            found.add(Ask.PGIC)
    elif not course.already_taking and number is not None and number - 1 in conventions.new_days:
        found.add(Ask.NEW)
    return tuple(one for one in Ask if one in found)


def _in_week(number: int, weeks: Sequence[int]) -> bool:
    return any(7 * (week - 1) < number <= 7 * week for week in weeks)


def _changes(course: Course) -> Iterable[date]:
    """Days on which a changed step began, the first step left out."""
    return sorted(course.steps_on)[1:]


def _before_review(course: Course, day: date, conventions: Conventions) -> bool:
    if course.review_on is None:
        return False
    return course.review_on - timedelta(days=conventions.review_window_days) <= day < course.review_on


def _judged(course: Course, day: date, conventions: Conventions) -> bool:
    """Whether a day lies in the assessment window or the confirmatory one, or before the first dose."""
    number = course.number(day)
    if number is None:
        return True
    on_step = max((step for step in course.steps_on if step <= day), default=course.counted_from)
    assert on_step is not None
    from_step = (day - max(on_step, course.counted_from or on_step)) // ONE_DAY + 1
    return (
        _before_review(course, day, conventions)
        or conventions.assessment_first_day <= from_step <= conventions.assessment_last_day
        or conventions.confirmatory_first_day <= number <= conventions.confirmatory_last_day
    )
