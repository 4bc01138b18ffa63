"""The patient's own weeks: a picture that a tired person reads at a glance, and the same in words."""

import html

from clinical.progress import Progress
from handlers import format as fmt
from handlers.callbacks import Tap
from handlers.reply import Button, Row, Screen
from handlers.texts import Texts
from services.render import progress_picture

WEEKS = (4, 8, 26)
DEFAULT = 8
_WORDS = ("doses", "plan", "unread", "pain", "sleep", "peg", "edges", "none", "note", "weekdays", "months")
_LEGEND = ("taken", "skipped", "unanswered", "undelivered", "not_expected", "waiting", "corrected", "by_hand")


def picture(texts: Texts, view: Progress, *, dark: bool) -> Screen:
    """The picture with its numbers in words, and buttons for other spans and colours."""
    if view.empty:
        return Screen(texts.say("progress-empty"), (_spans(texts, dark=dark),))
    title = texts.say("progress-title", weeks=view.weeks)
    first, last = fmt.day(view.first), fmt.day(view.last)
    words = {name: texts.say(f"progress-{name}") for name in _WORDS}
    words |= {f"legend-{name}": texts.say(f"legend-{name}") for name in _LEGEND}
    words |= {"title": title, "span": texts.say("progress-days", first=first, last=last)}
    # What is drawn is no markup.
    drawn = {name: html.unescape(said) for name, said in words.items()}
    other = "light" if dark else "dark"
    colours = (Button(texts.say(f"progress-{other}"), Tap("g", other, view.weeks).pack()),)
    return Screen(
        _caption(texts, view, title, first, last),
        (_spans(texts, dark=dark), colours),
        chart=progress_picture(view, drawn, dark=dark),
    )


def _spans(texts: Texts, *, dark: bool) -> Row:
    return tuple(
        Button(texts.say("progress-weeks", weeks=weeks), Tap("g", "dark" if dark else "light", weeks).pack())
        for weeks in WEEKS
    )


def _caption(texts: Texts, view: Progress, title: str, first: str, last: str) -> str:
    counts = view.counts
    lines = [
        texts.say(
            "progress-caption",
            title=title,
            first=first,
            last=last,
            taken=counts.taken,
            skipped=counts.skipped,
            unanswered=counts.unanswered,
            undelivered=counts.undelivered,
            expected=counts.expected,
            pain=fmt.mean(view.mean_pain) or "none",
            sleep=fmt.mean(view.mean_sleep) or "none",
        )
    ]
    corrected = sum(mark.corrected for mark in view.marks)
    if corrected:
        lines.append(texts.say("progress-corrected", number=corrected))
    if view.pegs:
        last_peg = view.pegs[-1]
        lines.append(
            texts.say("progress-peg-last", value=fmt.mean(last_peg.value) or "", day=fmt.day(last_peg.day))
        )
    lines.append(texts.say("progress-own"))
    return "\n".join(lines)
