"""Which emergency, crisis, poison and urgent-advice numbers may be shown to a person in a country."""

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

UNKNOWN_COUNTRY = "your country"


@dataclass(frozen=True)
class Line:
    """One number of one service, with everything needed to judge whether it may be shown.

    `service` is emergency, urgent, poison, crisis or crisis_text. `grade` is O (official page) or
    S (secondary source). `area` is empty for the whole country. `old`: the newest source is dated
    before 2022. `hold`: sources conflict, never shown.
    """

    country: str
    service: str
    digits: str
    grade: str
    source: str
    name: str = ""
    area: str = ""
    how: str = ""
    hours: str = ""
    languages: str = ""
    only_language: str = ""
    audience: str = ""
    limits: str = ""
    say: str = ""
    old: bool = False
    hold: bool = False

    @property
    def words(self) -> str:
        """The line as said in a sentence, `116 123 (Samaritans)`, with what must be said beside it."""
        said = self.how or self.digits
        notes = [self.name] if self.name and self.name != self.digits and not self.how else []
        if self.say:
            notes.append(self.say)
        return f"{said} ({'; '.join(notes)})" if notes else said


@dataclass(frozen=True)
class Numbers:
    """What may be shown to a person in one country.

    `emergency` is words that fit after "call". `known`: the emergency number is on file. `local_line`:
    a crisis line of that country is on file; where it is False the text must say that none is.
    """

    country: str | None
    country_name: str
    emergency: str
    known: bool
    local_line: bool
    crisis: tuple[Line, ...] = ()
    crisis_text: tuple[Line, ...] = ()
    poison: tuple[Line, ...] = ()
    urgent: tuple[Line, ...] = ()
    poison_instead: str = ""
    urgent_instead: str = ""

    @property
    def poison_words(self) -> str:
        """Poison information as words that fit after "call"; never empty."""
        return _either(self.poison) or self.poison_instead

    @property
    def urgent_words(self) -> str:
        """Urgent medical advice as words that fit after "call"; never empty."""
        return _either(self.urgent) or self.urgent_instead

    def crisis_words(self, language: str = "en") -> str:
        """Crisis lines and the text option as words that fit after "call"; empty where no line is on file."""
        phone = _own_language_first(self.crisis, language)[:2]
        text = _own_language_first(self.crisis_text, language)[:1]
        return _either((*phone, *text))


def numbers_for(country: str | None, *, area: str | None = None) -> Numbers:
    """The numbers that may be shown to a person in a country.

    Args:
        country: ISO 3166 alpha-2 code in any case, or None where it is not known.
        area: Name of the state or city as in the table, where it is known; without it, numbers that are
            confirmed for part of a country only are left out.

    Returns:
        Words only ("your local emergency number, such as 112 or 911") where the country is unknown or absent;
        a member state of the European Union always has 112.

    Source: the number list checked on the date in `numbers.toml`; each line names its source and grade.
    """
    table = _table()
    iso = (country or "").strip().upper()
    own = [line for line in lines() if line.country == iso and _may_show(line, area)]
    words: dict[str, str] = table["instead"]
    other: str = table["unknown_other"]
    emergency = table["emergency_words"].get(iso) or " or ".join(
        line.digits for line in own if line.service == "emergency"
    )
    if not emergency and iso in table["eu"]:
        emergency = "112"
    crisis = _of(own, "crisis")
    return Numbers(
        country=iso or None,
        country_name=country_name(iso),
        emergency=emergency or table["unknown_emergency"],
        known=bool(emergency),
        local_line=bool(crisis),
        crisis=crisis,
        crisis_text=_of(own, "crisis_text"),
        poison=_of(own, "poison"),
        urgent=_of(own, "urgent"),
        poison_instead=words.get(f"{iso}.poison", other),
        urgent_instead=words.get(f"{iso}.urgent", other),
    )


def country_name(iso: str | None) -> str:
    """English name of an ISO alpha-2 code; "your country" where the code is unknown."""
    names: dict[str, str] = _table()["names"]
    return names.get((iso or "").upper(), UNKNOWN_COUNTRY)


def in_language(words: str, language: str) -> str:
    """Words of `Numbers` (`999`, `112 or 999`, `your pharmacist ...`) as another language says them.

    Args:
        words: As the fields of `Numbers` and `Line.words` give them.
        language: ISO 639 code; a language without words of its own gets them in English.
    """
    told: dict[str, str] = _table().get(language, {})
    if not told:
        return words
    for english in sorted(told, key=len, reverse=True):
        words = words.replace(english, told[english])
    return words.replace(", or ", " o ").replace(" or ", " o ")


@cache
def lines() -> tuple[Line, ...]:
    """Every number on file, also those held back or waiting for an area, in order of preference."""
    return tuple(Line(**row) for row in _table()["line"])


def open_checks(on: date | None = None) -> tuple[str, ...]:
    """What must be settled before the numbers may serve real people, one plain sentence each.

    Args:
        on: The day of asking; given, an overdue re-check is named too.
    """
    table = _table()
    found = [
        f"{line.country} {line.service} {line.digits}: newest source is older than 2022 ({line.source})."
        for line in lines()
        if line.old
    ]
    found += [
        f"{line.country} {line.service} {line.digits}: sources conflict, held back."
        for line in lines()
        if line.hold
    ]
    if not table["owner"]:
        found.append("No owner is named for the re-check of the numbers.")
    if on and on > next_check():
        found.append(f"The re-check of the numbers was due on {next_check().isoformat()}.")
    return tuple(found)


def checked() -> date:
    """The day the numbers were last checked."""
    return date.fromisoformat(_table()["checked"])


def next_check() -> date:
    """The day the next check of the numbers is due."""
    return date.fromisoformat(_table()["next_check"])


def reviewer() -> str:
    """Who reviewed the table of numbers."""
    return str(_table()["reviewer"])


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads(files("clinical").joinpath("numbers.toml").read_text(encoding="utf-8"))


def _may_show(line: Line, area: str | None) -> bool:
    in_area = not line.area or (area is not None and area.casefold() == line.area.casefold())
    return in_area and not line.hold and not line.audience


def _of(own: Iterable[Line], service: str) -> tuple[Line, ...]:
    found = [line for line in own if line.service == service]
    return tuple(sorted(found, key=lambda line: not line.area))


def _own_language_first(found: tuple[Line, ...], language: str) -> list[Line]:
    fitting = [line for line in found if line.only_language in ("", language)]
    return sorted(fitting, key=lambda line: line.only_language != language)


def _either(found: Iterable[Line]) -> str:
    said = [line.words for line in found]
    return ", or ".join([", ".join(said[:-1]), said[-1]]) if len(said) > 1 else "".join(said)
