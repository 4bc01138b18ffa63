"""What was prescribed: the steps of a titration, on which days, and at which local time."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, time, timedelta
from enum import StrEnum

from clinical.localtime import NOON

SATURDAY, SUNDAY = 5, 6
MIN_GAP = timedelta(hours=12)  # [c] between two doses of a once-a-day regimen; design 4.3
CLOCK_CHANGE_MARGIN = timedelta(hours=3)  # the largest yearly clock change is 2 h (Antarctica/Troll)


class Every(StrEnum):
    """How often a dose is due."""

    DAY = "day"
    SECOND_DAY = "second_day"
    WEEKDAYS = "weekdays"


class CadenceError(ValueError):
    """A cadence of every second day needs a first day, one of chosen weekdays needs at least one."""

    def __init__(self) -> None:
        super().__init__(type(self).__doc__)


class WallsTooFarApart(ValueError):
    """Weekday and weekend times may differ by at most nine hours."""

    def __init__(self) -> None:
        super().__init__(type(self).__doc__)


@dataclass(frozen=True, slots=True)
class Cadence:
    """Which dose days carry a dose.

    Attributes:
        every: Each day, each second day counted from `anchor` (before and after it), or chosen weekdays.
        anchor: A dose day that carries a dose; only for every second day.
        weekdays: `date.weekday()` numbers, Monday 0 to Sunday 6, by the dose day's name.
    """

    every: Every = Every.DAY
    anchor: date | None = None
    weekdays: frozenset[int] = frozenset()

    def __post_init__(self) -> None:
        if self.every is Every.SECOND_DAY and self.anchor is None:
            raise CadenceError
        if self.every is Every.WEEKDAYS and not (self.weekdays and self.weekdays <= frozenset(range(7))):
            raise CadenceError

    def expects(self, dose_day: date) -> bool:
        """Whether a dose is due on this dose day."""
        match self.every:
            case Every.DAY:
                return True
            case Every.SECOND_DAY:
                assert self.anchor is not None
                return (dose_day - self.anchor).days % 2 == 0
            case Every.WEEKDAYS:
                return dose_day.weekday() in self.weekdays


EVERY_DAY = Cadence()


def every_second_day(anchor: date) -> Cadence:
    """A dose on `anchor` and on every second dose day before and after it."""
    return Cadence(Every.SECOND_DAY, anchor=anchor)


def on_weekdays(weekdays: Iterable[int]) -> Cadence:
    """A dose on the dose days with these names, Monday 0 to Sunday 6."""
    return Cadence(Every.WEEKDAYS, weekdays=frozenset(weekdays))


@dataclass(frozen=True, slots=True)
class TitrationStep:
    """One prescribed amount with its start day, as on the label; nothing here is computed by the bot.

    Attributes:
        step_id: Names the record.
        slot: 1, or 2 for the second time of a twice-a-day regimen.
        amount_ug: Whole micrograms of one dose.
        form: "capsule", "liquid", "tablet", as recorded.
        units: How many per dose as on the label ("2", "0.5 mL"); None when not recorded.
        strength_ug: Whole micrograms per unit (per mL for liquids); None when not recorded.
        starts_on: First dose day; the step holds until the next one starts.
        review_on: Date of the recorded review; None when there is none.
    """

    step_id: int
    slot: int
    amount_ug: int
    form: str
    units: str | None
    strength_ug: int | None
    starts_on: date
    review_on: date | None


class SecondWallError(ValueError):
    """A second time of day belongs to a regimen not taken at bedtime, and is later than the first."""

    def __init__(self) -> None:
        super().__init__(type(self).__doc__)


def _distance(one: time, other: time, starts: time) -> timedelta:
    """How far apart two wall times stand inside a dose day that starts at `starts`."""

    def since(wall: time) -> timedelta:
        minutes = (wall.hour - starts.hour) * 60 + wall.minute - starts.minute
        return timedelta(minutes=minutes % (24 * 60))

    return abs(since(one) - since(other))


@dataclass(frozen=True, slots=True)
class Regimen:
    """Everything that decides when a patient's doses fall.

    Attributes:
        steps: Any order; may be empty while the plan is not known.
        wall: Local time of the dose (of slot 1).
        weekend_wall: Local time where the dose day is a Saturday or Sunday; None when it is the same.
        at_bedtime: A bedtime dose is named by the date of its evening, any other by its local date.
        cadence: Which dose days carry a dose.
        second_wall: Local time of slot 2, later in the day; None for the once-a-day rule.

    Raises:
        WallsTooFarApart: weekday and weekend times differ by more than nine hours, so that a weekend would
            lose a dose to the twelve hours between two doses.
        SecondWallError: a second time at bedtime, or not later than the first.
    """

    steps: tuple[TitrationStep, ...]
    wall: time
    weekend_wall: time | None = None
    at_bedtime: bool = True
    cadence: Cadence = EVERY_DAY
    second_wall: time | None = None

    def __post_init__(self) -> None:
        if self.weekend_wall is not None:
            starts = NOON if self.at_bedtime else time(0)
            furthest = timedelta(hours=24) - MIN_GAP - CLOCK_CHANGE_MARGIN
            if _distance(self.wall, self.weekend_wall, starts) > furthest:
                raise WallsTooFarApart
        if self.second_wall is not None:
            first = max(self.wall, self.weekend_wall or self.wall)
            if self.at_bedtime or self.second_wall <= first:
                raise SecondWallError

    @property
    def slots(self) -> tuple[int, ...]:
        """The slots of a dose day: (1,), or (1, 2) where there are two times a day."""
        return (1,) if self.second_wall is None else (1, 2)


def step_on(regimen: Regimen, dose_day: date, slot: int = 1) -> TitrationStep | None:
    """The step in force on a dose day: the latest that has started; None before the first one.

    Of two steps that start on the same day the one recorded last (the higher `step_id`) stands.
    """
    started = [step for step in regimen.steps if step.slot == slot and step.starts_on <= dose_day]
    return max(started, key=lambda step: (step.starts_on, step.step_id), default=None)


def wall_on(regimen: Regimen, dose_day: date, slot: int = 1) -> time:
    """The local time of a dose. Weekend is by the dose day's own name, Saturday and Sunday (design 4.1).

    The dose of Saturday night at 00:30 is therefore a weekend dose although the clock says Sunday, and
    Friday night is not one. Slot 2 has one time for all days.
    """
    if slot == 2:
        if regimen.second_wall is None:
            raise ValueError("This regimen has one time a day.")
        return regimen.second_wall
    if regimen.weekend_wall is not None and dose_day.weekday() in (SATURDAY, SUNDAY):
        return regimen.weekend_wall
    return regimen.wall


def expected_by_cadence(regimen: Regimen, dose_day: date) -> bool:
    """Whether the cadence alone puts a dose on this dose day; a day off is not expected."""
    return regimen.cadence.expects(dose_day)
