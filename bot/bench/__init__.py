"""`bench`: what one machine does with the real parts; each figure against a peer in the same run.

One module per group of cases. Nothing is imported before its case runs, so that a process started from here
stays small. `LDN_BENCH_SCALE` (default 1) scales the numbers of people and messages: 0.1 is a smoke test.
"""

import importlib
import logging
import sys
from collections.abc import Awaitable, Callable

from bot.bench.figures import Figure, as_line, as_row, machine, progress

Case = Callable[[], Awaitable[list[Figure]]]


def _lazily(module: str, name: str) -> Case:
    async def case() -> list[Figure]:
        found: Case = getattr(importlib.import_module(f"bot.bench.{module}"), name)
        return await found()

    return case


CASES: dict[str, Case] = {
    "capacity": _lazily("capacity", "capacity"),
    "burst": _lazily("burst", "burst"),
    "memory": _lazily("resident", "memory"),
    "growth": _lazily("growth", "growth"),
    "history": _lazily("growth", "history"),
    "tap": _lazily("tap", "tap"),
    "ask": _lazily("tap", "ask"),
    "alerts": _lazily("alerts", "alerts"),
    "peers": _lazily("peers", "peers"),
    "processes": _lazily("processes", "processes"),
}


async def run(cases: list[str], *, as_json: bool) -> int:
    """Run the cases one after the other and print a table for each, or the figures as JSON lines."""
    from bot.bench.world import shared

    draw = as_line if as_json else as_row
    root = logging.getLogger()
    level = root.level
    root.setLevel(logging.ERROR)  # ten thousand dropped runs are a figure here, not a log
    try:
        with shared():
            _say(draw, machine())
            for name in cases:
                progress(f"{name} ...")
                figures = await CASES[name]()
                progress("")
                _say(draw, figures)
    finally:
        root.setLevel(level)
    return 0


def _say(draw: Callable[[Figure], str], figures: list[Figure]) -> None:
    for figure in figures:
        sys.stdout.write(draw(figure) + "\n")
    sys.stdout.flush()
