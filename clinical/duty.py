"""When a clinic is open, who is on duty for a patient, and by when an alert must be taken up."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from clinical.conventions import SHIPPED, Conventions
from clinical.localtime import ONE_DAY, instant_of, local_day

# The first three letters of each weekday, in every language; "mar" is martes, never March.
_DAYS = {
    name: day
    for names in ("mon tue wed thu fri sat sun", "lun mar mie jue vie sab dom")
    for day, name in enumerate(names.split())
}
_FURTHEST = 60  # days ahead in which an opening is looked for
_LINE = re.compile(
    r"(?P<first>[a-z]{3,9})(?:\s*(?:-|–|to|a|hasta)\s*(?P<last>[a-z]{3,9}))?\s+"
    r"(?P<opens>\d{1,2}(?:[:.]\d{2})?)\s*(?:-|–|to|a|hasta)\s*(?P<closes>\d{1,2}(?:[:.]\d{2})?)"
)


class NotHours(ValueError):
    """What was typed does not say when a clinic is open.

    `why`: nothing, unreadable, order (closes before it opens), day or time; `part`: what could not be read.
    """

    def __init__(self, why: str, part: str = "") -> None:
        super().__init__(f"No opening hours: {why}.")
        self.why = why
        self.part = part[:40]


@dataclass(frozen=True, slots=True)
class Hours:
    """When a clinic is open: local opening and closing by weekday (0 Monday), and days on which it is not.

    Without any weekday nothing is known: then it counts as open, and nothing is said of opening.
    """

    week: Mapping[int, tuple[time, time]] = field(default_factory=dict)
    closed: frozenset[date] = frozenset()

    @property
    def known(self) -> bool:
        return bool(self.week)

    def on(self, day: date) -> tuple[time, time] | None:
        """Opening and closing of a local day; None where it is closed."""
        return None if day in self.closed else self.week.get(day.weekday())

    def is_open(self, now: datetime, zone: ZoneInfo) -> bool:
        """Whether somebody is there at `now` (aware)."""
        if not self.known:
            return True
        day = local_day(now, zone)
        hours = self.on(day)
        return hours is not None and instant_of(day, hours[0], zone) <= now < instant_of(day, hours[1], zone)

    def opens_at(self, now: datetime, zone: ZoneInfo) -> datetime | None:
        """The next opening after `now` (aware UTC); None where it is open, not known, or closed for long."""
        if not self.known or self.is_open(now, zone):
            return None
        day = local_day(now, zone)
        for _ in range(_FURTHEST):
            hours = self.on(day)
            if hours is not None and (at := instant_of(day, hours[0], zone)) > now:
                return at
            day += ONE_DAY
        return None

    def after_open_time(self, start: datetime, length: timedelta, zone: ZoneInfo) -> datetime:
        """The instant at which so much opening time has passed since `start`; plain time without hours."""
        if not self.known:
            return start + length
        day, left = local_day(start, zone), length
        for _ in range(_FURTHEST):
            hours = self.on(day)
            if hours is not None:
                opens = max(start, instant_of(day, hours[0], zone))
                closes = instant_of(day, hours[1], zone)
                if closes > opens:
                    if closes - opens >= left:
                        return opens + left
                    left -= closes - opens
            day += ONE_DAY
        return start + length


def read_hours(text: str) -> dict[int, tuple[time, time]]:
    """Opening hours as typed: "Mon-Thu 9-17, Fri 9:00-13:00" or "lun a vie 9-17", lines or commas.

    Raises:
        NotHours: a part cannot be read, or closes before it opens.
    """
    found: dict[int, tuple[time, time]] = {}
    plain = text.casefold().replace("é", "e").replace("á", "a")
    parts = [part.strip() for part in re.split(r"[,;\n]", plain) if part.strip()]
    if not parts:
        raise NotHours("nothing")
    for part in parts:
        match = _LINE.fullmatch(part)
        if match is None:
            raise NotHours("unreadable", part)
        first, last = _weekday(match["first"]), _weekday(match["last"] or match["first"])
        opens, closes = _wall(match["opens"]), _wall(match["closes"])
        if closes <= opens:
            raise NotHours("order", part)
        days = range(first, last + 1) if first <= last else (*range(first, 7), *range(last + 1))
        found |= dict.fromkeys(days, (opens, closes))
    return found


def _weekday(word: str) -> int:
    if word[:3] not in _DAYS:
        raise NotHours("day", word)
    return _DAYS[word[:3]]


def _wall(typed: str) -> time:
    hour, _, minute = typed.replace(".", ":").partition(":")
    try:
        return time(int(hour), int(minute or 0))
    except ValueError:
        raise NotHours("time", typed) from None


@dataclass(frozen=True, slots=True)
class Away:
    """A clinician is not there on these local days, both included; `cover` reads for them, where named."""

    clinician: int
    first: date
    last: date
    cover: int | None = None


def cover_list(own: int, colleagues: Sequence[int], away: Iterable[Away], day: date) -> tuple[int, ...]:
    """Who is asked about a patient's alert, in this order; those who are away that day come last.

    Args:
        own: The clinician the patient is linked to.
        colleagues: All of the clinic, in the order in which they joined; `own` may be among them.

    Returns:
        The own clinician, or whoever covers them (and whoever covers that one); then the colleagues; then
        those who are away, for nobody else may be left.
    """
    absent = {one.clinician: one for one in away if one.first <= day <= one.last}
    first: list[int] = []
    next_one: int | None = own
    while next_one is not None and next_one not in first:
        first.append(next_one)
        next_one = absent[next_one].cover if next_one in absent else None
    order = [*first, *(one for one in colleagues if one not in first)]
    return (*(one for one in order if one not in absent), *(one for one in order if one in absent))


def take_up_by(
    severity: str, now: datetime, hours: Hours, zone: ZoneInfo, conventions: Conventions = SHIPPED
) -> datetime:
    """By when an alert that is told at `now` must be taken up, before the next on the list is asked.

    Emergencies by the clock, same-day ones in opening time. Source: design 6, escalation; the minutes are
    conventions.
    """
    if severity == "emergency":
        return now + timedelta(minutes=conventions.take_up_emergency_minutes)
    return hours.after_open_time(now, timedelta(minutes=conventions.take_up_same_day_minutes), zone)
