"""A time that was said, placed on the clock near the dose it is about."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from clinical.localtime import NOON, ONE_DAY, TONIGHT_FROM, TONIGHT_UNTIL, instant_of

EARLY_BY = timedelta(hours=6)  # [c] how long before its prompt a dose may be told as taken
_EVENING_FROM = time(16)
_MORNING_FROM = time(4)

_WEEKDAYS = {
    name: number
    for names in (
        ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"),
        ("lunes", "martes", "miercoles", "jueves", "viernes", "sabado", "domingo"),
    )
    for number, name in enumerate(names)
}


@dataclass(frozen=True, slots=True)
class DoseTimes:
    """What there is to know of a dose when a person speaks of it: its day, its time, its window."""

    id: int
    day: date
    scheduled_at: datetime
    closes_at: datetime


def day_meant(night: str | None, now: datetime, zone: ZoneInfo) -> date | None:
    """The dose day that "last night", "tonight" or a weekday means to somebody who says it at `now`.

    Args:
        night: As `clinical.freetext.Record.night`; None gives None.

    Returns:
        The evening's date. Up to 03:59 "tonight" is the evening before; a weekday is the last one, today
        included.
    """
    local = now.astimezone(zone)
    today = local.date()
    if night in ("last night", "yesterday", "this morning"):
        return today - ONE_DAY
    if night == "two nights ago":
        return today - 2 * ONE_DAY
    if night == "tonight":
        return today - ONE_DAY if local.time() < TONIGHT_UNTIL else today
    if night in _WEEKDAYS:
        # A dose taken after midnight still belongs to the evening's day.
        return today - timedelta(days=(today.weekday() - _WEEKDAYS[night]) % 7)
    return None


def weekday_names() -> Iterable[str]:
    """The weekdays in every language that is read."""
    return _WEEKDAYS


def english_weekday(name: str) -> str:
    """The English name of a weekday in any language that is read."""
    return next(english for english, number in _WEEKDAYS.items() if number == _WEEKDAYS[name])


def instants(
    when: str, certain: bool, night: str | None, dose: DoseTimes, now: datetime, zone: ZoneInfo
) -> tuple[datetime, ...]:
    """The instants that a time said about a dose can mean, earliest first.

    Args:
        when: HH:MM as read; `certain` where it is known which half of the day.
        night: "last night", "this morning" and the like, where said: it leaves out the other half.

    Returns:
        Aware UTC, from six hours before the dose's time to the end of its answer window, never in the
        future. One: that is it. None or two: it must be asked.
    """
    found = {
        instant
        for wall in _readings(when, certain)
        if _fits(wall, night)
        for day in (dose.day - ONE_DAY, dose.day, dose.day + ONE_DAY)
        if dose.scheduled_at - EARLY_BY <= (instant := instant_of(day, wall, zone)) < dose.closes_at
        and instant <= now
    }
    return tuple(sorted(found))


def _readings(when: str, certain: bool) -> Iterator[time]:
    hour, minute = int(when[:2]), int(when[3:])
    yield time(hour, minute)
    if not certain:
        yield time((hour + 12) % 24, minute)


def _fits(wall: time, night: str | None) -> bool:
    if night in ("last night", "tonight"):
        return wall >= TONIGHT_FROM or wall < time(6)
    if night == "this morning":
        return wall < NOON
    return True


def choices(dose: DoseTimes, now: datetime, most: int = 8) -> tuple[datetime, ...]:
    """Times to choose from where a person is asked when they took a dose: its own, then half hours on."""
    step = timedelta(minutes=30)
    first = dose.scheduled_at - 2 * step
    found = [first + step * number for number in range(most)]
    return tuple(moment for moment in found if moment <= now) or (now,)
