"""Which doses to write next: one for every dose day since the last planned one, up to the next future one."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import islice
from zoneinfo import ZoneInfo

from clinical.dose import Reason
from clinical.localtime import ONE_DAY, calendar_day, day_exists, dose_day_at, instant_of, local_day
from clinical.regimen import MIN_GAP, Regimen, expected_by_cadence, wall_on

__all__ = [
    "MAX_CATCH_UP",
    "MIN_GAP",
    "LastPlanned",
    "PlannedDose",
    "instant_for",
    "next_expected",
    "plan_days",
]

MAX_CATCH_UP = 400  # doses a call; after a longer outage the next call goes on where this one ended

ReasonOf = Callable[[date], Reason | None]


@dataclass(frozen=True, slots=True)
class LastPlanned:
    """Where planning stands: the newest dose written, and the newest one of those that was expected.

    `last_expected_at` is None when none was ever expected. Planning goes on after (`dose_day`, `slot`).
    """

    dose_day: date
    scheduled_at: datetime
    last_expected_at: datetime | None
    slot: int = 1


@dataclass(frozen=True, slots=True)
class PlannedDose:
    """One dose to write. `scheduled_at` is aware UTC; with a `reason` it is not expected, never prompted."""

    dose_day: date
    slot: int
    scheduled_at: datetime
    reason: Reason | None


def instant_for(regimen: Regimen, zone: ZoneInfo, dose_day: date, slot: int = 1) -> datetime:
    """When the dose of a dose day and slot falls (aware UTC), by wall time alone."""
    wall = wall_on(regimen, dose_day, slot)
    return instant_of(calendar_day(dose_day, wall) if regimen.at_bedtime else dose_day, wall, zone)


def _least_gap(regimen: Regimen, min_gap: timedelta) -> timedelta:
    """Twelve hours for one dose a day; for two a day half their shorter distance on the clock.

    The design names no number for two doses a day; half their own distance keeps a change of zone from
    putting them side by side and never touches the prescribed rhythm.
    """
    if regimen.second_wall is None:
        return min_gap
    apart = abs(_minutes(regimen.wall) - _minutes(regimen.second_wall))
    return timedelta(minutes=min(apart, 24 * 60 - apart) / 2)


def _minutes(wall: time) -> int:
    return wall.hour * 60 + wall.minute


def _doses_after(
    regimen: Regimen,
    zone: ZoneInfo,
    last: LastPlanned | None,
    now: datetime,
    first_day: date | None,
    reason_of: ReasonOf | None,
    min_gap: timedelta,
    changed_at: datetime | None = None,
) -> Iterator[PlannedDose]:
    """Every dose after `last`, without end; at the very first planning from the first future one on."""
    gap = _least_gap(regimen, min_gap)
    expected_at = last.last_expected_at if last is not None else None
    if last is not None:
        day = last.dose_day
    else:
        today = dose_day_at(now, zone) if regimen.at_bedtime else local_day(now, zone)
        day = max(today - ONE_DAY, first_day or date.min)
    while True:
        for slot in regimen.slots:
            if last is not None and (day, slot) <= (last.dose_day, last.slot):
                continue
            scheduled_at = instant_for(regimen, zone, day, slot)
            if last is None and (scheduled_at <= now or not day_exists(day, zone)):
                continue
            reason = reason_of(day) if reason_of is not None else None
            if reason is None and not expected_by_cadence(regimen, day):
                reason = Reason.DAY_OFF
            if reason is None:
                too_soon = expected_at is not None and scheduled_at - expected_at < gap
                past_by_change = changed_at is not None and scheduled_at <= changed_at
                if too_soon or past_by_change or not day_exists(day, zone):
                    reason = Reason.SCHEDULE_CHANGE
                else:
                    expected_at = scheduled_at
            yield PlannedDose(day, slot, scheduled_at, reason)
        day += ONE_DAY


def plan_days(
    *,
    regimen: Regimen,
    zone: ZoneInfo,
    last: LastPlanned | None,
    now: datetime,
    first_day: date | None = None,
    reason_of: ReasonOf | None = None,
    min_gap: timedelta = MIN_GAP,
    changed_at: datetime | None = None,
) -> list[PlannedDose]:
    """Every dose since the last planned one, and exactly one that is still to come.

    Args:
        regimen: As it stands now.
        zone: The patient's zone as it stands now.
        last: The newest dose written; None at the very first planning.
        now: Aware UTC.
        first_day: Start night (dose day), used at the very first planning only.
        reason_of: Any further reason why a dose day is not expected (`clinical.dose.not_expected_reason`),
            asked first, so that such a day does not count as the dose before the next one.
        min_gap: Least time between two expected doses of a once-a-day regimen `[c]`.
        changed_at: The times themselves change at this instant, and everything before it is planned by the
            old ones: a dose that only the new times put before it was never due, and is `schedule_change`.

    Returns:
        At most `MAX_CATCH_UP` doses in order of dose day and slot, one for every dose day after `last`, each
        expected or with its reason; the last one is the only one after `now`. Empty when the newest dose
        written is itself still to come. At the very first planning the first dose is the next wall time
        strictly after `now`, on or after `first_day`; a bedtime just gone by is not made up for.

        A day is `schedule_change` where its dose would come less than `min_gap` after the last expected one
        (change of zone or bedtime), or where the zone jumped over the day. Dose days only go forward: a date
        lived twice is one dose day. Expected doses are therefore strictly increasing in time; a
        `schedule_change` day keeps its nominal time, which may lie before the dose it follows.

    Source: design 4.1 to 4.4, 4.8.
    """
    if last is not None and last.scheduled_at > now:
        return []
    planned: list[PlannedDose] = []
    coming = _doses_after(regimen, zone, last, now, first_day, reason_of, min_gap, changed_at)
    for dose in islice(coming, MAX_CATCH_UP):
        planned.append(dose)
        if dose.scheduled_at > now:
            break
    return planned


def next_expected(
    *,
    regimen: Regimen,
    zone: ZoneInfo,
    last: LastPlanned | None,
    now: datetime,
    first_day: date | None = None,
    reason_of: ReasonOf | None = None,
    min_gap: timedelta = MIN_GAP,
) -> PlannedDose | None:
    """The next dose after `last` and after `now` that will be prompted, to tell the patient of it.

    Arguments as in `plan_days`. None when there is none among the coming `MAX_CATCH_UP` doses.
    """
    coming = _doses_after(regimen, zone, last, now, first_day, reason_of, min_gap)
    expected = (
        dose for dose in islice(coming, MAX_CATCH_UP) if dose.reason is None and dose.scheduled_at > now
    )
    return next(expected, None)
