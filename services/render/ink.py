"""What pictures are drawn with: a palette for light and dark, text whose width is known, SVG elements."""

import html
import textwrap
from dataclasses import dataclass

FONT = "DejaVu Sans Mono"  # inside typst, so the same everywhere; every letter is as wide as the next
_ADVANCE = 0.602  # of the font size


@dataclass(frozen=True, slots=True)
class Palette:
    """Colours that differ also for the colour-blind (Okabe and Ito 2008); shapes say the same without any."""

    paper: str
    ink: str
    faint: str  # lines of the grid
    quiet: str  # words that matter less, doses not expected
    taken: str
    skipped: str
    unanswered: str
    undelivered: str
    pain: str
    sleep: str
    band: tuple[str, str]


LIGHT = Palette(
    paper="#ffffff",
    ink="#1a1a1a",
    faint="#d9d9d9",
    quiet="#595959",
    taken="#0072b2",
    skipped="#b34700",
    unanswered="#1a1a1a",
    undelivered="#595959",
    pain="#b34700",
    sleep="#0072b2",
    band=("#e3e8ee", "#c9d3de"),
)
DARK = Palette(
    paper="#17212b",
    ink="#f2f2f2",
    faint="#3d4a57",
    quiet="#b4bec8",
    taken="#56b4e9",
    skipped="#e69f00",
    unanswered="#f2f2f2",
    undelivered="#b4bec8",
    pain="#e69f00",
    sleep="#56b4e9",
    band=("#2b3947", "#3d4f61"),
)


def width_of(text: str, size: float) -> float:
    """How wide a line of text comes out, in pixels."""
    return len(text) * size * _ADVANCE


def fold(text: str, size: float, width: float) -> list[str]:
    """The text in lines that are no wider than that."""
    return textwrap.wrap(text, max(int(width / (size * _ADVANCE)), 1))


def text(
    x: float, y: float, words: str, size: float, fill: str, *, bold: bool = False, anchor: str = "start"
) -> str:
    weight = ' font-weight="bold"' if bold else ""
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" font-family="{FONT}" font-size="{size:g}" fill="{fill}"'
        f' text-anchor="{anchor}"{weight}>{html.escape(words)}</text>'
    )


def box(x: float, y: float, width: float, height: float, fill: str, **more: str | float) -> str:
    return (
        f'<rect x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}"'
        f' fill="{fill}"{_more(more)}/>'
    )


def ring(x: float, y: float, radius: float, fill: str, **more: str | float) -> str:
    return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius:.1f}" fill="{fill}"{_more(more)}/>'


def line(x1: float, y1: float, x2: float, y2: float, stroke: str, width: float, **more: str | float) -> str:
    return (
        f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" stroke="{stroke}"'
        f' stroke-width="{width:g}" stroke-linecap="round"{_more(more)}/>'
    )


def path(points: list[tuple[float, float]], stroke: str, width: float) -> str:
    drawn = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    return (
        f'<polyline points="{drawn}" fill="none" stroke="{stroke}" stroke-width="{width:g}"'
        ' stroke-linejoin="round" stroke-linecap="round"/>'
    )


def page(width: int, height: float, paper: str, parts: list[str]) -> str:
    """The SVG of these elements, in whole pixels."""
    tall = round(height)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{tall}"'
        f' viewBox="0 0 {width} {tall}">{box(0, 0, width, tall, paper)}{"".join(parts)}</svg>'
    )


def _more(more: dict[str, str | float]) -> str:
    return "".join(f' {name.replace("_", "-")}="{value}"' for name, value in more.items())
