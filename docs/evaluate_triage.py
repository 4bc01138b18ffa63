"""Measure how often danger is heard on messages nothing was trained on, for docs/triage-evaluation.md."""

import json
from collections.abc import Callable
from pathlib import Path

from clinical.triage import Severity, Triage, triage
from services import hearing

SETS = Path(__file__).parents[1] / "tests" / "clinical" / "triage"
URGENT = [f"RF0{number}" for number in range(1, 8)]
OTHERS = [f"RF{number:02d}" for number in range(8, 17)]
Row = tuple[list[str], str]  # the flags that are accepted, the main one first; the text
Listener = Callable[[str], Triage]


def unseen(name: str) -> list[Row]:
    lines = [line.split("\t") for line in SETS.joinpath(name).read_text(encoding="utf-8").splitlines()]
    return [([] if flags == "-" else flags.split(","), text) for flags, _, text in lines]


def apart() -> list[Row]:
    rows = map(json.loads, SETS.joinpath("apart_held.jsonl").read_text(encoding="utf-8").splitlines())
    return [(row["expect"], row["text"]) for row in rows]


def heard(rows: list[Row], categories: list[str], listen: Listener) -> str:
    """The share of messages, whose main flag is among these, of which any accepted flag is found."""
    hits = [
        not set(flags).isdisjoint(listen(text).categories)
        for flags, text in rows
        if flags and flags[0] in categories
    ]
    return f"{100 * sum(hits) / len(hits):.1f}" if hits else "-"


def alarms(rows: list[Row], listen: Listener) -> str:
    """The share of messages without a flag that get an emergency or a same-day reply."""
    quiet = [listen(text).severity >= Severity.SAME_DAY for flags, text in rows if not flags]
    return f"{100 * sum(quiet) / len(quiet):.1f}"


def main() -> None:
    names = [f"{kind} {language}" for kind in ("blind", "later", "unseen") for language in ("en", "es")]
    sets = {name: unseen(f"{name.replace(' ', '_')}.tsv") for name in names} | {"apart": apart()}
    ways: dict[str, Listener] = {"rules": triage, "rules and encoder": hearing.listen}
    print("| set | way | RF01-RF07 | RF08-RF16 | false alarms |\n|---|---|---|---|---|")
    for name, rows in sets.items():
        for way, listen in ways.items():
            figures = heard(rows, URGENT, listen), heard(rows, OTHERS, listen), alarms(rows, listen)
            print(f"| {name} | {way} | {' | '.join(figures)} |")
    print("\n| category | rules | rules and encoder |\n|---|---|---|")
    together = [row for rows in sets.values() for row in rows]
    for category in URGENT + OTHERS:
        print(f"| {category} | {' | '.join(heard(together, [category], one) for one in ways.values())} |")


if __name__ == "__main__":
    main()
