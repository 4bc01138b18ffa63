"""What a case gives: figures; and the small arithmetic that all cases share."""

import json
import math
import os
import platform
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field, replace

SEED = 20_260_302


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured number; `met` is None where there is no target."""

    case: str
    what: str
    value: float
    unit: str
    target: float | None = None
    met: bool | None = None
    peer: dict[str, float] = field(default_factory=dict)


def at_least(case: str, what: str, value: float, unit: str, target: float, **peer: float) -> Figure:
    """A figure that should be no less than its target."""
    return Figure(case, what, value, unit, target, value >= target, peer)


def below(case: str, what: str, value: float, unit: str, target: float, **peer: float) -> Figure:
    """A figure that should stay under its target; a target of 0 asks for exactly nothing."""
    return Figure(case, what, value, unit, target, value < target or value == target == 0, peer)


def scale() -> float:
    """`LDN_BENCH_SCALE`: 1 for figures to quote, less for a smoke test."""
    try:
        return max(0.001, float(os.environ.get("LDN_BENCH_SCALE", "1")))
    except ValueError:
        return 1.0


def scaled(count: int, least: int = 1) -> int:
    """So many of something at the present scale."""
    return max(least, round(count * scale()))


def percentile(values: Sequence[float], share: float) -> float:
    """The smallest value that `share` (0 to 1) of the values do not exceed; 0.0 where there is none."""
    if not values:
        return 0.0
    return sorted(values)[max(0, math.ceil(share * len(values)) - 1)]


def machine() -> list[Figure]:
    """On what and how much was measured: the table says it beside the figures."""
    version = float(".".join(platform.python_version_tuple()[:2]))
    return [
        Figure("machine", "scale", scale(), "of full"),
        Figure("machine", "cores", float(len(os.sched_getaffinity(0))), "cores"),
        Figure("machine", "Python", version, "version"),
    ]


def as_line(figure: Figure) -> str:
    """The figure as one line of JSON."""
    peer = {name: _rounded(value) for name, value in figure.peer.items()}
    found = asdict(replace(figure, value=_rounded(figure.value), peer=peer))
    if math.isinf(figure.value):
        found["value"] = None  # it never happened, and JSON knows no infinity
    return json.dumps(found)


def as_row(figure: Figure) -> str:
    """The figure for a person in front of a terminal."""
    target = ""
    if figure.target is not None:
        target = f"  target {figure.target:g}: {'met' if figure.met else 'NOT MET'}"
    peers = "".join(f"\n{'':12}  {peer}: {said(value)}" for peer, value in figure.peer.items())
    return f"{figure.case:10}  {figure.what:58} {said(figure.value):>10} {figure.unit}{target}{peers}"


def said(value: float) -> str:
    """Three digits are worth reading."""
    if math.isinf(value):
        return "never"
    if value == 0 or abs(value) >= 100:
        return f"{value:,.0f}"
    return f"{value:.{min(4, max(0, 2 - math.floor(math.log10(abs(value)))))}f}"


def progress(text: str) -> None:
    """One line that replaces itself, where somebody watches."""
    if sys.stderr.isatty():
        sys.stderr.write(f"\r{text:76.76}" if text else f"\r{'':76}\r")
        sys.stderr.flush()


def note(text: str) -> None:
    """A plain line beside the figures: why something was left out."""
    progress("")
    sys.stderr.write(text + "\n")


def _rounded(value: float) -> float:
    return float(f"{value:.4g}")
