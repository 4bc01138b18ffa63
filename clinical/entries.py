"""What a patient entered, by local day: which entries stand, and what they say of a window of days."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from fractions import Fraction
from typing import TypeVar
from zoneinfo import ZoneInfo

from clinical.conventions import SHIPPED, Conventions
from clinical.instruments import Pgic, check_rating, exact_score
from clinical.localtime import ONE_DAY, instant_of

E = TypeVar("E", bound="Entry")


@dataclass(frozen=True, slots=True)
class Entry:
    """Something entered for a local day.

    Attributes:
        day: Local date it is for.
        entered_at: Aware UTC instant.
        zone: Where the patient was; it tells when the day ended.
    """

    day: date
    entered_at: datetime
    zone: ZoneInfo

    def __post_init__(self) -> None:
        if self.entered_at.tzinfo is None:
            raise ValueError("An instant needs a time zone.")

    @property
    def delay(self) -> timedelta:
        """How long after the end of its local day it was entered; zero or less: on the day."""
        return self.entered_at - instant_of(self.day + ONE_DAY, time.min, self.zone)

    @property
    def late(self) -> bool:
        """Entered after its local day; to be marked, and left out where the time of day matters."""
        return self.delay >= timedelta()

    def accepted(self, conventions: Conventions = SHIPPED) -> bool:
        """Whether it counts: entered at most 48 h after its local day ended. Source: instruments 5."""
        return self.delay <= timedelta(hours=conventions.late_hours)


@dataclass(frozen=True, slots=True)
class Pain(Entry):
    """Average pain of the last 24 hours, 0-10, higher is worse. Source: instruments 2.1."""

    value: int

    def __post_init__(self) -> None:
        Entry.__post_init__(self)
        check_rating(self.value)

    @property
    def exact(self) -> Fraction:
        """The value, for means without rounding."""
        return Fraction(self.value)


@dataclass(frozen=True, slots=True)
class Peg(Entry):
    """The three PEG items, each 0-10, higher is worse; None where not answered. Source: instruments 1."""

    pain: int | None
    enjoyment: int | None
    activity: int | None

    def __post_init__(self) -> None:
        Entry.__post_init__(self)
        exact_score(self.pain, self.enjoyment, self.activity)

    @property
    def exact(self) -> Fraction | None:
        """The score in thirds; None where an item is missing."""
        return exact_score(self.pain, self.enjoyment, self.activity)


@dataclass(frozen=True, slots=True)
class Impression(Entry):
    """One PGIC answer, code 1 (very much improved) to 7. Source: instruments 2.3."""

    code: Pgic


@dataclass(frozen=True, slots=True)
class Window:
    """Local days, both ends included."""

    first: date
    last: date

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise ValueError("A window ends before it begins.")

    def __contains__(self, day: object) -> bool:
        return isinstance(day, date) and self.first <= day <= self.last


def days_before(day: date, days: int) -> Window:
    """The window of so many days that ends the day before `day`."""
    return Window(day - timedelta(days=days), day - ONE_DAY)


@dataclass(frozen=True, slots=True)
class Level:
    """Where a measure stood.

    Attributes:
        exact: 0-10, higher is worse, without rounding: the mean of the daily ratings, or one PEG score.
        entries: How many entries it was drawn from.
        late: How many of those were entered after their day.
        last_on: Local date of the latest of them.
    """

    exact: Fraction
    entries: int
    late: int
    last_on: date

    @property
    def value(self) -> float:
        """For showing and storing, 0.0-10.0, unrounded."""
        return float(self.exact)


def standing_pain(entries: Iterable[Pain], conventions: Conventions = SHIPPED) -> dict[date, Pain]:
    """The rating that stands for each day, by day: the latest entered of those in time.

    Of two entered at the same moment the higher stands, so that order never decides.
    """
    best = sorted(_accepted(entries, conventions), key=lambda one: (one.day, one.entered_at, one.value))
    return {one.day: one for one in best}


def standing_pegs(entries: Iterable[Peg], conventions: Conventions = SHIPPED) -> dict[date, Peg]:
    """The complete PEG that stands for each day, by day: the latest entered of those in time.

    An incomplete one has no score and takes the place of none. Ties as in `standing_pain`.
    """
    complete = [(exact, one) for one in _accepted(entries, conventions) if (exact := one.exact) is not None]
    best = sorted(complete, key=lambda scored: (scored[1].day, scored[1].entered_at, scored[0]))
    return {one.day: one for _, one in best}


def mean_pain(entries: Iterable[Pain], window: Window, conventions: Conventions = SHIPPED) -> Level | None:
    """Mean daily pain of a window; None with fewer than 4 days entered.

    Source: instruments 2.1 (analysis unit), 5 (baseline pain, enough data); gaps stay gaps.
    """
    inside = [one for day, one in standing_pain(entries, conventions).items() if day in window]
    if len(inside) < conventions.enough_entries:
        return None
    return Level(
        sum((one.exact for one in inside), Fraction()) / len(inside),
        len(inside),
        sum(one.late for one in inside),
        inside[-1].day,
    )


def latest_peg(entries: Iterable[Peg], window: Window, conventions: Conventions = SHIPPED) -> Level | None:
    """The latest complete PEG of a window; None where there is none. Source: instruments 5."""
    inside = [one for day, one in standing_pegs(entries, conventions).items() if day in window]
    return level_of(inside[-1]) if inside else None


def level_of(peg: Peg) -> Level | None:
    """One PEG as a level; None where it is incomplete."""
    return None if peg.exact is None else Level(peg.exact, 1, int(peg.late), peg.day)


def latest_impression(
    entries: Iterable[Impression], window: Window, conventions: Conventions = SHIPPED
) -> Pgic | None:
    """The latest PGIC answer of a window; of two entered at the same moment the worse."""
    inside = [one for one in _accepted(entries, conventions) if one.day in window]
    best = max(inside, key=lambda one: (one.day, one.entered_at, one.code), default=None)
    return None if best is None else best.code


def _accepted(entries: Iterable[E], conventions: Conventions) -> Iterator[E]:
    return (one for one in entries if one.accepted(conventions))
