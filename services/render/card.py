"""The emergency card: large words for whoever treats the patient, in light colours that also print."""

from collections.abc import Sequence
from typing import Any

from services.render import ink
from services.render.png import WIDTH

_MARGIN = 56
_RED = "#b00020"


def svg(parts: Sequence[dict[str, Any]]) -> str:
    """The card as SVG: one part per language with its `head`, `title` and `lines`, the warning first."""
    wide = WIDTH - 2 * _MARGIN
    drawn: list[str] = []
    y = 0.0
    for part in parts:
        heads = ink.fold(part["head"], 44, wide)
        drawn.append(ink.box(0, y, WIDTH, 44 + 58 * len(heads), _RED))
        for row in heads:
            y += 62
            drawn.append(ink.text(_MARGIN, y, row, 44, "#ffffff", bold=True))
        y += 60
        for row in ink.fold(part["title"], 54, wide):
            y += 68
            drawn.append(ink.text(_MARGIN, y, row, 54, ink.LIGHT.ink, bold=True))
        y += 22
        for number, words in enumerate(part["lines"]):
            warning = number == 0
            for row in ink.fold(words, 40, wide):
                y += 54
                drawn.append(ink.text(_MARGIN, y, row, 40, _RED if warning else ink.LIGHT.ink, bold=warning))
            y += 24
        y += 30
    return ink.page(WIDTH, y, ink.LIGHT.paper, drawn)
