"""One shape for each way a dose can stand: told apart without colour, and at nine pixels on a phone."""

from clinical.dose import Status
from clinical.progress import Mark
from services.render import ink
from services.render.ink import Palette

_QUESTION_FROM = 30  # pixels; a smaller ring is left empty


def shape(mark: Mark, x: float, y: float, size: float, palette: Palette) -> str:
    """Filled square: taken. Square with a bar: skipped. Ring with "?": unanswered. Cross: undelivered.

    A point: not expected; with a ring around it where it was recorded by hand. Dashed square: still open. A
    corrected one carries a notch in its corner.
    """
    half = size / 2
    stroke = max(size / 9, 3.5)
    match mark.status:
        case Status.TAKEN:
            drawn = ink.box(x - half, y - half, size, size, palette.taken, rx=size / 6)
        case Status.SKIPPED:
            edge = half - stroke / 2
            drawn = ink.box(
                x - edge,
                y - edge,
                2 * edge,
                2 * edge,
                "none",
                rx=size / 6,
                stroke=palette.skipped,
                stroke_width=stroke,
            ) + ink.line(x - half / 2.4, y, x + half / 2.4, y, palette.skipped, stroke * 1.3)
        case Status.UNANSWERED:
            drawn = ink.ring(
                x, y, half - stroke / 2, "none", stroke=palette.unanswered, stroke_width=stroke * 0.8
            )
            if size >= _QUESTION_FROM:
                drawn += ink.text(
                    x, y + size * 0.24, "?", size * 0.66, palette.unanswered, bold=True, anchor="middle"
                )
        case Status.UNDELIVERED:
            arm = half * 0.72
            drawn = ink.line(x - arm, y - arm, x + arm, y + arm, palette.undelivered, stroke * 1.2)
            drawn += ink.line(x - arm, y + arm, x + arm, y - arm, palette.undelivered, stroke * 1.2)
        case Status.NOT_EXPECTED if mark.by_hand:
            drawn = ink.ring(x, y, half * 0.3, palette.taken)
            drawn += ink.ring(
                x, y, half - stroke / 2, "none", stroke=palette.taken, stroke_width=stroke * 0.8
            )
        case Status.NOT_EXPECTED:
            drawn = ink.ring(x, y, max(half * 0.18, 3), palette.quiet)
        case _:
            edge = half - stroke / 2
            drawn = ink.box(
                x - edge,
                y - edge,
                2 * edge,
                2 * edge,
                "none",
                stroke=palette.ink,
                stroke_width=stroke * 0.7,
                stroke_dasharray=f"{size / 6:.1f} {size / 8:.1f}",
            )
    return drawn + (_notch(x, y, half, palette) if mark.corrected else "")


def _notch(x: float, y: float, half: float, palette: Palette) -> str:
    """The upper right corner, cut away and filled."""
    right, top, leg = x + half + 3, y - half - 3, half * 0.95
    corner = f"M{right - leg:.1f},{top:.1f} L{right:.1f},{top:.1f} L{right:.1f},{top + leg:.1f} Z"
    return f'<path d="{corner}" fill="{palette.ink}" stroke="{palette.paper}" stroke-width="3"/>'
