"""From a typed town, zone or shared location to a zone and a country; offline.

Towns: places.tsv beside this module (GeoNames, CC BY 4.0; written by docs/make_places.py). Zones and their
countries: the pinned tzdata package.
"""

import importlib.resources
import unicodedata
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from clinical.localtime import UnknownZone, load_zone

_MOST = 4
_FAR_LARGER = 10


@dataclass(frozen=True, slots=True)
class Place:
    """A place as shown back to a person: `name` may be empty where only the zone is known."""

    name: str
    country: str | None
    zone: str

    @property
    def label(self) -> str:
        """Birmingham, United States (Chicago): the zone's town tells namesakes in one country apart."""
        return f"{self.name}, {country_name(self.country)} ({self.zone.rpartition('/')[2].replace('_', ' ')})"


@cache
def _country_of_zone() -> dict[str, str]:
    table = (importlib.resources.files("tzdata") / "zoneinfo" / "zone.tab").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in table.splitlines() if line and not line.startswith("#"))
    return {row[2]: row[0] for row in rows}


def _key(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().casefold()
    return " ".join(plain.replace("-", " ").replace("'", " ").replace(".", " ").split())


def find_places(text: str) -> list[Place]:
    """The places a person may mean, likeliest first, at most four; [] where none is known.

    Takes an IANA zone ("Europe/Lisbon"), a town ("lisboa"), or a town and its country ("London, CA").
    """
    text = " ".join(text.split())[:80]
    try:
        zone = load_zone(_zone_spelling(text))
    except UnknownZone:
        pass
    else:
        return [
            Place(zone.key.rpartition("/")[2].replace("_", " "), _country_of_zone().get(zone.key), zone.key)
        ]
    town, _, country = (part.strip() for part in text.partition(","))
    if not (wanted := _key(town)):
        return []
    # Read line by line and not kept: the list is needed once in a patient's life.
    mark = f"|{wanted}|"
    by_name: list[tuple[int, Place]] = []
    by_other: list[tuple[int, Place]] = []
    with (Path(__file__).parent / "places.tsv").open(encoding="utf-8") as lines:
        for line in lines:
            if mark not in line:
                continue
            name, found_by, iso, zone_name, size = line.rstrip("\n").split("\t")
            if country and iso.casefold() != country.casefold() and not _same_country(iso, country):
                continue
            hits = by_name if found_by.startswith(mark) else by_other
            if not any((one.country, one.zone) == (iso, zone_name) for _, one in hits):
                hits.append((int(size), Place(name, iso, zone_name)))
    return _likeliest(by_name or by_other)


def _likeliest(hits: list[tuple[int, Place]]) -> list[Place]:
    """The largest town alone where it outweighs the next by far (it is shown back and confirmed anyway)."""
    if len(hits) > 1 and hits[0][0] >= _FAR_LARGER * hits[1][0]:
        return [hits[0][1]]
    return [place for _, place in hits[:_MOST]]


def _same_country(iso: str, typed: str) -> bool:
    return _key(_country_names().get(iso, "")) == _key(typed)


@cache
def _country_names() -> dict[str, str]:
    table = (importlib.resources.files("tzdata") / "zoneinfo" / "iso3166.tab").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in table.splitlines() if line and not line.startswith("#"))
    return {row[0]: row[1] for row in rows}


def country_name(iso: str | None) -> str:
    """The country's English name; "" where it is not known."""
    return _country_names().get(iso or "", "").replace("Britain (UK)", "United Kingdom")


def _zone_spelling(text: str) -> str:
    """`europe/lisbon` as IANA writes it; the text itself where no zone is spelled like it."""
    if "/" not in text:
        return ""
    wanted = text.casefold().replace(" ", "_")
    return next((zone for zone in _country_of_zone() if zone.casefold() == wanted), text)


def place_at(latitude: float, longitude: float) -> Place | None:
    """The place of a shared location, or None out at sea."""
    from tzfpy import get_tz

    name: str = get_tz(longitude, latitude)
    try:
        zone = load_zone(name)
    except UnknownZone:
        return None
    country = _country_of_zone().get(zone.key)
    return None if country is None else Place("", country, zone.key)
