"""What a patient sees of their own weeks: each dose, pain and sleep day by day, the steps of the plan."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from clinical.adherence import Counts, count
from clinical.digest import mean_of_week
from clinical.dose import Status
from clinical.localtime import ONE_DAY

WEEK = timedelta(days=7)
WORST = 10  # both daily ratings, 0-10, higher is worse; instruments, daily ratings


@dataclass(frozen=True, slots=True)
class Mark:
    """One dose of the calendar; `by_hand`: said to be taken though none was expected, counts nowhere."""

    day: date
    slot: int
    status: Status
    corrected: bool = False
    by_hand: bool = False


@dataclass(frozen=True, slots=True)
class Reading:
    """A daily rating or a PEG score, 0-10, higher is worse, under the day of its check-in."""

    day: date
    value: float


@dataclass(frozen=True, slots=True)
class Band:
    """A titration step from its first to its last day shown; no amount where the change is unread."""

    first: date
    last: date
    slot: int
    amount_ug: int | None


@dataclass(frozen=True, slots=True)
class Progress:
    """Whole weeks from a Monday up to today, as far as the record goes; what is missing is not there.

    Attributes:
        first, last: A Monday, and today where the patient is.
        weeks: Calendar weeks shown, the running one included.
        marks: Doses, by day and slot; planned ones left out.
        pain, sleep: Ratings that were given, by day.
        pegs: Complete weekly PEG scores, unrounded, by day.
        bands: Steps in force, by slot and day.
        counts: Outcomes of the expected doses shown.
        mean_pain, mean_sleep: Unrounded, of the seven days up to today; None with fewer than 4 of 7.
    """

    first: date
    last: date
    weeks: int
    marks: tuple[Mark, ...]
    pain: tuple[Reading, ...]
    sleep: tuple[Reading, ...]
    pegs: tuple[Reading, ...]
    bands: tuple[Band, ...]
    counts: Counts
    mean_pain: float | None
    mean_sleep: float | None

    @property
    def empty(self) -> bool:
        """Nothing was recorded in these weeks: no dose that counts or waits, no rating."""
        told = any(mark.status is not Status.NOT_EXPECTED or mark.by_hand for mark in self.marks)
        return not (told or self.pain or self.sleep or self.pegs)


def first_day(today: date, weeks: int) -> date:
    """The Monday with which so many calendar weeks up to `today` begin."""
    return today - timedelta(days=today.weekday()) - (weeks - 1) * WEEK


def progress(
    today: date,
    weeks: int,
    *,
    marks: Iterable[Mark],
    pain: Sequence[Reading],
    sleep: Sequence[Reading],
    pegs: Sequence[Reading] = (),
    steps: Iterable[tuple[date, int, int | None]],
) -> Progress:
    """The view of `weeks` calendar weeks up to `today`.

    Args:
        marks, pain, sleep, pegs: Any order; those of other days are passed over.
        steps: (first day, slot, whole micrograms or None while unread) of the steps; of two that begin
            together the later given holds.
    """
    first = first_day(today, weeks)

    def shown(readings: Sequence[Reading]) -> tuple[Reading, ...]:
        return tuple(sorted((one for one in readings if first <= one.day <= today), key=lambda one: one.day))

    def mean(readings: Sequence[Reading]) -> float | None:
        return mean_of_week([one.value for one in readings if today - WEEK < one.day <= today])

    seen = sorted(
        (mark for mark in marks if first <= mark.day <= today and mark.status is not Status.PLANNED),
        key=lambda mark: (mark.day, mark.slot),
    )
    return Progress(
        first=first,
        last=today,
        weeks=weeks,
        marks=tuple(seen),
        pain=shown(pain),
        sleep=shown(sleep),
        pegs=shown(pegs),
        bands=_bands(steps, first, today),
        counts=count(mark.status for mark in seen),
        mean_pain=mean(pain),
        mean_sleep=mean(sleep),
    )


def _bands(steps: Iterable[tuple[date, int, int | None]], first: date, last: date) -> tuple[Band, ...]:
    """Each step until the day before the next of its slot, as far as it is inside these days."""
    found: list[Band] = []
    begun = [step for step in steps if step[0] <= last]
    for slot in sorted({slot for _, slot, _ in begun}):
        of_slot = dict(
            sorted(((day, amount) for day, one, amount in begun if one == slot), key=lambda step: step[0])
        )
        ends = [*(day - ONE_DAY for day in list(of_slot)[1:]), last]
        for (day, amount), end in zip(of_slot.items(), ends, strict=True):
            if end >= first:
                found.append(Band(max(day, first), end, slot, amount))
    return tuple(found)


def runs(readings: Sequence[Reading]) -> list[list[Reading]]:
    """The ratings of days that follow one another: a line is drawn inside a run, never over a gap."""
    found: list[list[Reading]] = [[readings[0]]] if readings else []
    for before, after in pairwise(readings):
        if after.day - before.day == ONE_DAY:
            found[-1].append(after)
        else:
            found.append([after])
    return found
