"""`python -m bot.bench.table build/bench.jsonl`: writes the measured tables into docs/benchmarks.md.

The tables stand between two markers; everything else in the file is written by hand.
"""

import json
import math
import sys
from collections.abc import Iterable
from pathlib import Path

from bot.bench.figures import Figure, said

BEGIN, END = "<!-- measured: begin -->", "<!-- measured: end -->"
PAGE = Path(__file__).parents[2] / "docs" / "benchmarks.md"


def read(lines: Iterable[str]) -> list[Figure]:
    """The figures of `bench --json`, in order."""
    found = [json.loads(line) for line in lines if line.strip()]
    return [Figure(**{**one, "value": math.inf if one["value"] is None else one["value"]}) for one in found]


def render(figures: Iterable[Figure]) -> str:
    """One Markdown table for each case, with the command that measures it."""
    by_case: dict[str, list[Figure]] = {}
    for figure in figures:
        by_case.setdefault(figure.case, []).append(figure)
    about = {figure.what: figure.value for figure in by_case.pop("machine", [])}
    lines = [_machine(about), ""]
    for case, found in by_case.items():
        lines += [f"### {case}", "", f"`python -m bot bench {case}`", ""]
        lines += ["| What | Measured | Target | Peers in the same run |", "|---|---|---|---|"]
        lines += [_row(figure) for figure in found]
        lines.append("")
    return "\n".join(lines)


def _machine(about: dict[str, float]) -> str:
    full = about.get("scale", 1.0)
    words = f"{about.get('cores', 0):g} cores, Python {about.get('Python', 0):g}, scale {full:g}."
    if full < 1:
        words += " **A smoke test at small scale beside other work, not figures to quote.**"
    return words


def _row(figure: Figure) -> str:
    target = "" if figure.target is None else f"{figure.target:g}: {'met' if figure.met else '**not met**'}"
    peers = "<br>".join(f"{name}: {said(value)}" for name, value in figure.peer.items())
    return f"| {figure.what} | {said(figure.value)} {figure.unit} | {target} | {peers} |"


def written_into(page: str, tables: str) -> str:
    """The page with these tables between its markers.

    Raises:
        ValueError: it has no markers.
    """
    before, _, rest = page.partition(BEGIN)
    _, found, after = rest.partition(END)
    if not found:
        raise ValueError(f"there are no markers {BEGIN} and {END}")
    return f"{before}{BEGIN}\n\n{tables}\n{END}{after}"


def main() -> None:
    """Render the file named on the command line; exit status 2 where there is none."""
    if len(sys.argv) != 2:
        sys.exit("usage: python -m bot.bench.table build/bench.jsonl")
    try:
        figures = read(Path(sys.argv[1]).read_text(encoding="utf-8").splitlines())
        page = written_into(PAGE.read_text(encoding="utf-8"), render(figures))
    except (OSError, ValueError, TypeError) as error:
        sys.stderr.write(f"{sys.argv[1]} or {PAGE.name} cannot be used: {error}\n")
        sys.exit(2)
    PAGE.write_text(page, encoding="utf-8")


if __name__ == "__main__":
    main()
