"""Drawing of times, days and amounts, in one place."""

from collections.abc import Mapping
from contextvars import ContextVar
from datetime import date, datetime, time

from clinical.localtime import load_zone
from storage.records import Patient, Person

_WEEKDAYS: Mapping[str, str] = {
    "en": "Mon Tue Wed Thu Fri Sat Sun",
    "es": "lun mar mié jue vie sáb dom",
}
_LONG: Mapping[str, str] = {
    "en": "Monday Tuesday Wednesday Thursday Friday Saturday Sunday",
    "es": "lunes martes miércoles jueves viernes sábado domingo",
}
_MONTHS: Mapping[str, str] = {
    "en": "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec",
    "es": "ene feb mar abr may jun jul ago sep oct nov dic",
}
_language: ContextVar[str] = ContextVar("language", default="en")


def speak(language: str) -> None:
    """Name days and months in this language from now on, in what is handled or drawn now."""
    _language.set(language if language in _LONG else "en")


def _name(names: Mapping[str, str], number: int) -> str:
    return names[_language.get()].split()[number]


def wall(at: time) -> str:
    """22:00"""
    return at.strftime("%H:%M")


def day(on: date) -> str:
    """Tue 3 Mar"""
    return f"{_name(_WEEKDAYS, on.weekday())} {on.day} {_name(_MONTHS, on.month - 1)}"


def weekday(number: int) -> str:
    """Monday, for 0"""
    return _name(_LONG, number)


def clock(at: datetime, zone: str | None) -> str:
    """22:04 on that zone's wall"""
    return at.astimezone(load_zone(zone or "UTC")).strftime("%H:%M")


def moment(at: datetime, zone: str | None) -> str:
    """Tue 22:00 on that zone's wall"""
    local = at.astimezone(load_zone(zone or "UTC"))
    return f"{_name(_WEEKDAYS, local.weekday())} {local:%H:%M}"


def dated(at: datetime, zone: str | None) -> str:
    """Tue 3 Mar 22:00 on that zone's wall"""
    local = at.astimezone(load_zone(zone or "UTC"))
    return f"{day(local.date())} {local:%H:%M}"


def mean(value: float | None) -> str | None:
    """One decimal; None stays None"""
    return None if value is None else f"{value:.1f}"


def next_prompt(patient: Patient, person: Person, scheduled_at: datetime | None) -> str:
    """Tue 22:00, or "none" for Fluent's choice."""
    return "none" if scheduled_at is None else moment(scheduled_at, person.zone)
