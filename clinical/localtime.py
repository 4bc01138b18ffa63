"""Where a person's clock stands: zones, wall-clock times, dose days, and the instants they name.

Only the pinned tzdata package is read; the system's zone files may be older, so importing this module takes
them out of the search path for the whole process.
"""

import re
import unicodedata
import zoneinfo
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import Literal
from zoneinfo import ZoneInfo

zoneinfo.reset_tzpath(())

NOON = time(12)
ONE_DAY = timedelta(days=1)
WAKING_AFTER_BEDTIME = timedelta(hours=10)  # [c] the first morning check-in, until the patient names a time
TONIGHT_FROM, TONIGHT_UNTIL = time(16), time(4)  # design 4.1

_NOT_PLACES = frozenset({"Factory", "localtime", "posixrules"})
_CLOCK = re.compile(
    r"(?P<hour>\d{1,2})(?:\s*[:.h]\s*(?P<minute>\d{2}))?(?P<h>\s*(?:h|hrs?|hours|uhr))?\s*(?P<half>am|pm)?"
)
_RUN_TOGETHER = re.compile(r"(?P<hour>\d{1,2})(?P<minute>\d{2})\s*(?P<half>am|pm)?")
_NAMED = {"midnight": time(0), "12 midnight": time(0), "noon": NOON, "midday": NOON, "12 noon": NOON}


class UnknownZone(ValueError):
    """This is not a time zone the bot knows."""

    def __init__(self) -> None:
        super().__init__(type(self).__doc__)


class NotATime(ValueError):
    """This is not a time of day; write it as 22:00 or 10 pm."""

    def __init__(self) -> None:
        super().__init__(type(self).__doc__)


class AmbiguousTime(NotATime):
    """This may be morning or evening; write it as 22:00 or 10 pm."""


@lru_cache(maxsize=1)
def zone_names() -> frozenset[str]:
    """All IANA names of the pinned tzdata that a person may live in, aliases included."""
    return frozenset(zoneinfo.available_timezones()) - _NOT_PLACES


def load_zone(name: str) -> ZoneInfo:
    """Load an IANA zone from the pinned tzdata.

    Raises:
        UnknownZone: `name` is not one of `zone_names()`; spelling and capitals count, paths never pass.
    """
    if name not in zone_names():
        raise UnknownZone
    return ZoneInfo(name)


def _aware(instant: datetime) -> datetime:
    if instant.tzinfo is None:
        raise ValueError("An instant needs a time zone.")
    return instant


def instant_of(day: date, wall: time, zone: ZoneInfo) -> datetime:
    """The one instant at which a local calendar day and wall-clock time fall.

    Args:
        day: Local calendar date (not the dose day: see `calendar_day`).
        wall: Naive local time; its `fold` is ignored.
        zone: Where.

    Returns:
        Aware UTC. In a spring gap the time is moved forward by the gap (02:30 -> 03:30), also where the gap
        is a whole day (Apia 2011-12-30 22:00 -> 31 December 22:00); in an autumn fold it is the first
        occurrence.

    Source: design 4.4; PEP 495 (`fold=0` keeps the offset from before the change, in gap and fold alike).
    """
    return datetime.combine(day, wall.replace(tzinfo=None, fold=0), tzinfo=zone).astimezone(UTC)


def day_exists(day: date, zone: ZoneInfo) -> bool:
    """Whether any instant had this local date; false for the days a zone jumped over (Apia 2011-12-30)."""
    return any(instant_of(day, edge, zone).astimezone(zone).date() == day for edge in (time.min, time.max))


def local_day(now: datetime, zone: ZoneInfo) -> date:
    """The local calendar date at `now`; the dose day of a regimen that is not taken at bedtime."""
    return _aware(now).astimezone(zone).date()


def dose_day_at(now: datetime, zone: ZoneInfo) -> date:
    """The dose day of a bedtime regimen at `now`: it changes at local noon (design 4.1)."""
    local = _aware(now).astimezone(zone)
    return dose_day_of(local.timetz().replace(tzinfo=None), local.date())


def dose_day_of(wall: time, day: date) -> date:
    """The dose day of a bedtime dose at a local time and calendar date, named by its evening.

    12:00-23:59 keeps the date, 00:00-11:59 belongs to the evening before. The inverse of `calendar_day`.
    """
    return day if wall >= NOON else day - ONE_DAY


def calendar_day(dose_day: date, wall: time) -> date:
    """The local calendar date on which a bedtime dose falls: its own, or the next for 00:00-11:59."""
    return dose_day if wall >= NOON else dose_day + ONE_DAY


def part_of_day(local: datetime | time) -> Literal["tonight", "today"]:
    """The word texts use at a local time: "tonight" for 16:00-03:59, otherwise "today" (design 4.1)."""
    wall = local.time() if isinstance(local, datetime) else local.replace(tzinfo=None)
    return "tonight" if wall >= TONIGHT_FROM or wall < TONIGHT_UNTIL else "today"


def next_wall(now: datetime, wall: time, zone: ZoneInfo) -> datetime:
    """The first instant (aware UTC) strictly after `now` at which the local time `wall` falls.

    Gaps and folds as in `instant_of`: during the second run of an autumn hour the next one is tomorrow's.
    """
    today = local_day(now, zone)
    days = (today + timedelta(days=ahead) for ahead in range(-1, 4))
    return min(instant for day in days if (instant := instant_of(day, wall, zone)) > now)


def shift_wall(wall: time, by: timedelta) -> time:
    """A wall-clock time moved around the clock face, without any date: 22:00 + 10 h = 08:00."""
    return (datetime.combine(date(2000, 1, 2), wall.replace(tzinfo=None, fold=0)) + by).time()


def waking_wall(bedtime: time, after: timedelta = WAKING_AFTER_BEDTIME) -> time:
    """The local time of the morning check-in until the patient names one: bedtime + 10 h `[c]`."""
    return shift_wall(bedtime, after)


def _hour_of_day(hour: int, half: str | None) -> int:
    if half is None:
        return hour
    if hour > 12:  # "22:30 pm" says the same thing twice; "13 am" contradicts itself
        if half == "pm" and hour < 24:
            return hour
        raise NotATime
    if hour == 0:
        if half == "am":
            return 0
        raise NotATime
    return hour % 12 + (12 if half == "pm" else 0)


def parse_wall(text: str) -> time:
    """Read a time of day as a person types it.

    Args:
        text: "22:00", "22.30", "22h30", "2230", "22 Uhr", "10pm", "10:30 p.m.", "midnight", "noon", "24:00".
            Hours and minutes without am or pm are read on the 24-hour clock ("10:30" is the morning), so
            the caller echoes the time.

    Returns:
        Naive local time, whole minutes.

    Raises:
        AmbiguousTime: an hour from 1 to 12 alone ("10").
        NotATime: anything else that is no time of day ("25:70", "soon").
    """
    if len(text) > 40:
        raise NotATime
    plain = " ".join(unicodedata.normalize("NFKC", text).casefold().split()).rstrip(".!")
    plain = re.sub(r"\b([ap])\.? ?m\b", r"\1m", plain)
    plain = re.sub(r"(?<=\d)([ap])\.? ?m$", r"\1m", plain)
    if plain in _NAMED:
        return _NAMED[plain]
    found = _CLOCK.fullmatch(plain) or _RUN_TOGETHER.fullmatch(plain)
    if found is None:
        raise NotATime
    parts = found.groupdict()
    hour, minute, half = int(parts["hour"]), int(parts["minute"] or 0), parts["half"]
    if half is None and parts["minute"] is None and parts.get("h") is None and 1 <= hour <= 12:
        raise AmbiguousTime
    hour = _hour_of_day(hour, half)
    if (hour, minute) == (24, 0):
        return time(0)
    if hour > 23 or minute > 59:
        raise NotATime
    return time(hour, minute)
