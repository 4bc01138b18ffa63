"""Entries of an invented patient, by days from the first dose: 0 is its date, -1 the day before."""

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from clinical.entries import Impression, Pain, Peg
from clinical.instruments import Pgic
from clinical.localtime import load_zone

FIRST_DOSE = date(2025, 3, 3)
LISBON = load_zone("Europe/Lisbon")  # UTC in March; summer time from 30 March


def on(day: int) -> date:
    return FIRST_DOSE + timedelta(days=day)


def at(day: int, hour: int = 9) -> datetime:
    return datetime.combine(on(day), time(hour), tzinfo=UTC)


def pain(values: Mapping[int, int], zone: ZoneInfo = LISBON) -> tuple[Pain, ...]:
    """A rating a day, each entered at 09:00 of its day."""
    return tuple(Pain(on(day), at(day), zone, value) for day, value in values.items())


def days(first: int, values: Iterable[int]) -> tuple[Pain, ...]:
    """Ratings of days that follow one another."""
    return pain({first + number: value for number, value in enumerate(values)})


def peg(day: int, p: int | None, e: int | None, g: int | None, hour: int = 9) -> Peg:
    return Peg(on(day), at(day, hour), LISBON, p, e, g)


def pgic(day: int, code: int, hour: int = 9) -> Impression:
    return Impression(on(day), at(day, hour), LISBON, Pgic(code))
