"""Pictures: described by a short text that can wait in the outbox, drawn only when they are sent."""

import json
from collections.abc import Mapping
from dataclasses import astuple, fields
from datetime import date
from typing import Any

from clinical.adherence import Counts
from clinical.dose import Status
from clinical.progress import Band, Mark, Progress, Reading


def progress_picture(view: Progress, words: Mapping[str, str], *, dark: bool) -> str:
    """The description of a progress picture: the view, and every word that stands on it."""
    raw = {field.name: getattr(view, field.name) for field in fields(view)}
    # By far the most of it: kept as short rows, since it waits encrypted in the outbox.
    for name in ("marks", "pain", "sleep", "pegs", "bands"):
        raw[name] = [astuple(one) for one in raw[name]]
    raw["counts"] = astuple(view.counts)
    return _packed({"kind": "progress", "dark": dark, "words": dict(words), "view": raw})


def card_picture(parts: list[dict[str, Any]]) -> str:
    """The description of an emergency card: one part per language with `head`, `title` and `lines`."""
    return _packed({"kind": "card", "parts": parts})


def draw(picture: str) -> bytes:
    """The PNG of a description. It takes a core for some 50 ms: not for the event loop."""
    from services.render import card, png, progress

    raw = json.loads(picture)
    if raw["kind"] == "card":
        return png.from_svg(card.svg(raw["parts"]))
    return png.from_svg(progress.svg(view_of(raw["view"]), raw["words"], dark=raw["dark"]))


def _packed(raw: dict[str, Any]) -> str:
    return json.dumps(raw, ensure_ascii=False, default=date.isoformat)


def view_of(raw: dict[str, Any]) -> Progress:
    """The view that a description holds."""
    day = date.fromisoformat
    return Progress(
        first=day(raw["first"]),
        last=day(raw["last"]),
        weeks=raw["weeks"],
        marks=tuple(Mark(day(on), slot, Status(status), *more) for on, slot, status, *more in raw["marks"]),
        pain=tuple(Reading(day(on), value) for on, value in raw["pain"]),
        sleep=tuple(Reading(day(on), value) for on, value in raw["sleep"]),
        pegs=tuple(Reading(day(on), value) for on, value in raw.get("pegs", ())),
        bands=tuple(Band(day(first), day(last), *more) for first, last, *more in raw["bands"]),
        counts=Counts(*raw["counts"]),
        mean_pain=raw["mean_pain"],
        mean_sleep=raw["mean_sleep"],
    )
