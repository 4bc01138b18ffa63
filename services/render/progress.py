"""The progress picture: a calendar of doses, the steps of the plan, pain and sleep, over the same days."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from clinical.amount import format_mg
from clinical.dose import OPEN, Status
from clinical.progress import WORST, Mark, Progress, Reading, runs
from services.render import ink
from services.render.ink import Palette
from services.render.png import WIDTH
from services.render.shapes import shape

LEFT, RIGHT = 116, 30
PLOT = WIDTH - LEFT - RIGHT
TITLE, HEAD, LABEL = 46, 38, 32  # 15, 13 and 11 pixels on a phone
ROW = 54
PANEL = 230
GAP = 74
_LINE = 46


class _Sheet:
    """A picture that grows downwards; `y` is where the next part begins."""

    def __init__(self, view: Progress, words: Mapping[str, str], palette: Palette) -> None:
        self.view = view
        self.words = words
        self.ink = palette
        self.parts: list[str] = []
        self.y = 0.0
        self.day_wide = PLOT / (7 * view.weeks)

    def x(self, day: date) -> float:
        """The left edge of a day."""
        return LEFT + (day - self.view.first).days * self.day_wide

    def say(self, words: str, size: float, *, bold: bool = False, quiet: bool = False, x: float = 36) -> None:
        for row in ink.fold(words, size, WIDTH - x - RIGHT):
            self.y += size * 1.3
            fill = self.ink.quiet if quiet else self.ink.ink
            self.parts.append(ink.text(x, self.y, row, size, fill, bold=bold))


def svg(view: Progress, words: Mapping[str, str], *, dark: bool) -> str:
    """The picture as SVG, 1080 pixels wide.

    `words`: title, span, doses, plan, unread, pain, sleep, peg, edges, none, note, a legend for each status
    ("legend-taken"), "legend-waiting", "legend-corrected", "legend-by_hand", weekdays and months by commas.
    """
    sheet = _Sheet(view, words, ink.DARK if dark else ink.LIGHT)
    sheet.y = 18
    sheet.say(words["title"], TITLE, bold=True)
    sheet.say(words["span"], LABEL, quiet=True)
    _legend(sheet, _calendar(sheet))
    if view.bands:
        _steps(sheet)
    _rating(sheet, words["pain"], view.pain, sheet.ink.pain, square=False)
    _rating(sheet, words["sleep"], view.sleep, sheet.ink.sleep, square=True)
    if view.pegs:
        _rating(sheet, words["peg"], view.pegs, sheet.ink.ink, square=False, joined=False)
    sheet.y += 20
    sheet.say(words["note"], LABEL, quiet=True)
    return ink.page(WIDTH, sheet.y + 36, sheet.ink.paper, sheet.parts)


def _calendar(sheet: _Sheet) -> float:
    """The doses, a column for each week; how large their shapes came out."""
    view, week_wide = sheet.view, 7 * sheet.day_wide
    sheet.y += GAP
    sheet.parts.append(ink.text(36, sheet.y, sheet.words["doses"], HEAD, sheet.ink.ink, bold=True))
    sheet.y += 50
    _dates(sheet)
    top = sheet.y + 16
    slots = max((mark.slot for mark in view.marks), default=1)
    tall = ROW if slots == 1 else 2 * ROW - 18
    for number, name in enumerate(sheet.words["weekdays"].split(",")):
        middle = top + number * tall + tall / 2
        sheet.parts.append(ink.text(36, middle + 11, name, LABEL, sheet.ink.quiet))
        if number:
            edge = top + number * tall
            sheet.parts.append(ink.line(LEFT, edge, WIDTH - RIGHT, edge, sheet.ink.faint, 1))
    size = min(ROW - 14, week_wide - 6, tall / slots - 8)
    for mark in view.marks:
        week = (mark.day - view.first).days // 7
        middle = top + mark.day.weekday() * tall + tall * (mark.slot - 0.5) / slots
        centre = LEFT + (week + 0.5) * week_wide
        sheet.parts.append(shape(mark, centre, middle, size, sheet.ink))
    sheet.y = top + 7 * tall
    return size


def _dates(sheet: _Sheet) -> None:
    """The Monday of a week over its column; of so many weeks only as many as fit."""
    months = sheet.words["months"].split(",")
    wide = 7 * sheet.day_wide
    each = next(n for n in (1, 2, 4, 8) if n * wide > ink.width_of("30 Mar", LABEL) + 8)
    for week in range(0, sheet.view.weeks, each):
        monday = sheet.view.first + timedelta(weeks=week)
        label = f"{monday.day} {months[monday.month - 1]}"
        if each == 1:
            x, anchor = LEFT + (week + 0.5) * wide, "middle"
        else:
            x, anchor = LEFT + week * wide, "start"
            if x + ink.width_of(label, LABEL) > WIDTH:
                continue
        sheet.parts.append(ink.text(x, sheet.y, label, LABEL, sheet.ink.quiet, anchor=anchor))


def _legend(sheet: _Sheet, size: float) -> None:
    """What the shapes mean: the four outcomes always, the rest where it is drawn."""
    marks = sheet.view.marks
    seen = {mark.status for mark in marks if not mark.by_hand}
    four = (Status.TAKEN, Status.SKIPPED, Status.UNANSWERED, Status.UNDELIVERED)
    day = sheet.view.first
    entries = [(f"legend-{status}", Mark(day, 1, status)) for status in four]
    if Status.NOT_EXPECTED in seen:
        entries.append(("legend-not_expected", Mark(day, 1, Status.NOT_EXPECTED)))
    if seen & OPEN:
        entries.append(("legend-waiting", Mark(day, 1, Status.PROMPTED)))
    if any(mark.corrected for mark in marks):
        entries.append(("legend-corrected", Mark(day, 1, Status.TAKEN, corrected=True)))
    if any(mark.by_hand for mark in marks):
        entries.append(("legend-by_hand", Mark(day, 1, Status.NOT_EXPECTED, by_hand=True)))
    sheet.y += 22
    x = 36.0
    sheet.y += _LINE
    for key, mark in entries:
        label = sheet.words[key]
        wide = 52 + ink.width_of(label, LABEL) + 34
        if x > 36 and x + wide - 34 > WIDTH - RIGHT:
            x, sheet.y = 36.0, sheet.y + _LINE + 4
        sheet.parts.append(shape(mark, x + 18, sheet.y - 11, min(size, 36), sheet.ink))
        sheet.parts.append(ink.text(x + 50, sheet.y, label, LABEL, sheet.ink.ink))
        x += wide


def _steps(sheet: _Sheet) -> None:
    """A band for each step; an amount that is wider than its band stands upright in it."""
    view = sheet.view
    sheet.y += GAP
    sheet.parts.append(ink.text(36, sheet.y, sheet.words["plan"], HEAD, sheet.ink.ink, bold=True))
    sheet.y += 18
    for slot in sorted({band.slot for band in view.bands}):
        labelled = [
            (band, sheet.words["unread"] if band.amount_ug is None else format_mg(band.amount_ug))
            for band in view.bands
            if band.slot == slot
        ]
        widths = [sheet.x(band.last) + sheet.day_wide - sheet.x(band.first) for band, _ in labelled]
        upright = [
            ink.width_of(label, LABEL) + 12 > wide for (_, label), wide in zip(labelled, widths, strict=True)
        ]
        longest = max(
            (ink.width_of(label, LABEL) for (_, label), up in zip(labelled, upright, strict=True) if up),
            default=0,
        )
        tall = max(56.0, longest + 24)
        for number, ((band, label), wide, up) in enumerate(zip(labelled, widths, upright, strict=True)):
            x = sheet.x(band.first)
            sheet.parts.append(ink.box(x, sheet.y, wide, tall, sheet.ink.band[number % 2]))
            centre, middle = x + wide / 2, sheet.y + tall / 2
            words = ink.text(centre, middle + 11, label, LABEL, sheet.ink.ink, anchor="middle")
            if up and wide >= LABEL:
                words = f'<g transform="rotate(-90 {centre:.1f} {middle:.1f})">{words}</g>'
            if not up or wide >= LABEL:
                sheet.parts.append(words)
        sheet.y += tall + 10


def _rating(
    sheet: _Sheet, name: str, readings: Sequence[Reading], colour: str, *, square: bool, joined: bool = True
) -> None:
    """One panel of 0-10; weekly scores are points of their own, daily ratings of days in a row are joined."""
    view = sheet.view
    sheet.y += GAP
    sheet.parts.append(ink.text(36, sheet.y, name, HEAD, sheet.ink.ink, bold=True))
    edges = sheet.words["edges"]
    sheet.parts.append(ink.text(WIDTH - RIGHT, sheet.y, edges, LABEL, sheet.ink.quiet, anchor="end"))
    top = sheet.y + 30
    bottom = top + PANEL

    def at(one: Reading) -> tuple[float, float]:
        return sheet.x(one.day) + sheet.day_wide / 2, bottom - one.value / WORST * PANEL

    for value in (0, 5, WORST):
        y = bottom - value / WORST * PANEL
        sheet.parts.append(ink.line(LEFT, y, WIDTH - RIGHT, y, sheet.ink.faint, 2))
        sheet.parts.append(ink.text(LEFT - 16, y + 11, str(value), LABEL, sheet.ink.quiet, anchor="end"))
    for band in view.bands:
        if band.first > view.first:
            x = sheet.x(band.first)
            sheet.parts.append(ink.line(x, top, x, bottom, sheet.ink.faint, 3, stroke_dasharray="2 10"))
    radius = min(9.0, max(4.0, sheet.day_wide * 0.42)) if joined else 9.0
    for run in runs(readings) if joined else [[one] for one in readings]:
        if len(run) > 1:
            sheet.parts.append(ink.path([at(one) for one in run], colour, 5))
        for one in run:
            x, y = at(one)
            sheet.parts.append(
                ink.box(x - radius, y - radius, 2 * radius, 2 * radius, colour)
                if square
                else ink.ring(x, y, radius, colour)
            )
    sheet.y = bottom + 12
    if not readings:
        words = sheet.words["none"]
        sheet.parts.append(
            ink.text(LEFT + PLOT / 2, bottom - PANEL / 4 + 11, words, LABEL, sheet.ink.quiet, anchor="middle")
        )
