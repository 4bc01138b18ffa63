"""One patient's record as a table or as JSON: what was entered, and nothing worked out of it."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any

from clinical.amount import format_mg
from clinical.dose import Status
from clinical.entries import Entry
from clinical.instruments import Pgic
from clinical.localtime import load_zone
from clinical.sitting import Item
from services.view import View
from storage.records import Dose, Step

COLUMNS = (
    "table",  # dose, answer or step
    "day",  # dose day, or the local day of the check-in
    "slot",
    "check_in",  # daily, weekly, baseline, told
    "item",
    "value",
    "meaning",
    "outcome",
    "reason",
    "amount_mg",
    "scheduled_at",
    "at",  # taken, answered or recorded: local time with its offset
    "late",
    "corrected",
)
_SCALES = {
    Item.WORK: "days of the last 28",
    Item.NEW: "1 yes, 0 no",
    Item.WAIT: "1 it cannot wait, 0 it can",
    Item.SWELLING: "1 yes, 0 no",
    Item.TIMING: "1 yes, 0 no",
    Item.ALSO: "1 yes, 0 no",
}


def as_csv(view: View, steps: Sequence[Step]) -> str:
    """Every dose, answer and step in one table, UTF-8 text with a header; free text is not in it.

    A value that is missing is an empty cell. Higher is worse on every 0-10 scale.
    """
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS, restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows(view, steps))
    return out.getvalue()


def as_json(view: View, steps: Sequence[Step]) -> dict[str, Any]:
    """The same as one object; the symptoms that the patient named are in it."""
    found = list(rows(view, steps))
    return {
        "patient": view.patient.code,
        "zone": view.person.zone,
        "as_of": view.now.isoformat(),
        "reported_by": "patient",
        "already_taking_at_enrolment": view.patient.already_taking,
        "first_dose_on": view.patient.first_dose_on and view.patient.first_dose_on.isoformat(),
        "target_symptoms": {f"target:{one.number}": one.name for one in view.targets},
        "steps": [row for row in found if row["table"] == "step"],
        "doses": [row for row in found if row["table"] == "dose"],
        "answers": [row for row in found if row["table"] == "answer"],
    }


def rows(view: View, steps: Iterable[Step]) -> Iterator[dict[str, Any]]:
    """The table row by row: steps, doses, answers, each by day."""
    zone = view.person.zone
    for step in steps:
        yield {
            "table": "step",
            "day": step.starts_on.isoformat(),
            "slot": step.slot,
            "outcome": step.state,
            "amount_mg": _mg(step.amount_ug),
        }
    for dose in view.doses:
        yield _dose(dose)
    for one in view.history:
        entry = Entry(one.for_day, one.answered_at, load_zone(zone or "UTC"))
        yield {
            "table": "answer",
            "day": one.for_day.isoformat(),
            "check_in": one.kind,
            "item": one.item,
            "value": "" if one.value is None else one.value,
            "meaning": _meaning(one.item, one.value),
            "at": _local(one.answered_at, zone),
            "late": "yes" if entry.late else "no",
        }


def _dose(dose: Dose) -> dict[str, Any]:
    planned = dose.status == Status.PLANNED
    return {
        "table": "dose",
        "day": dose.dose_day.isoformat(),
        "slot": dose.slot,
        "outcome": dose.status,
        "reason": dose.reason or "",
        "amount_mg": _mg(dose.amount_ug),
        "scheduled_at": _local(dose.scheduled_at, dose.zone),
        "at": "" if planned else _local(dose.taken_at or dose.answered_at, dose.zone),
        "corrected": "yes" if dose.corrected else "no",
    }


def _meaning(item: str, value: int | None) -> str:
    if item.startswith("effect:"):
        return "0 not there, 1 mild, 2 moderate, 3 severe (CTCAE-like)"
    if item == Item.PGIC and value is not None:
        return Pgic(value).label
    if item in (Item.EFFECTS, Item.FADED, Item.NAME):
        return "1 the list was gone through"
    return _SCALES.get(Item(item), "0 best, 10 worst")


def _mg(amount_ug: int | None) -> str:
    return "" if amount_ug is None else format_mg(amount_ug).removesuffix(" mg")


def _local(at: datetime | None, zone: str | None) -> str:
    return "" if at is None else at.astimezone(load_zone(zone or "UTC")).isoformat(timespec="seconds")
