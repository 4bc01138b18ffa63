"""Numbers of the outcome rules that a clinic may decide otherwise, as one reviewed file read into a value."""

import tomllib
from dataclasses import dataclass, fields
from importlib.resources import files
from typing import Any

NOT_REVIEWED = "not yet reviewed"


class ConventionError(ValueError):
    """A file of conventions cannot be used; the message says in one sentence why."""


@dataclass(frozen=True, slots=True)
class Conventions:
    """What `conventions.toml` says, whole numbers unless said otherwise; notes and sources stand there.

    Days, check-ins, grades, entries and patients are counts; `*_percent` are percent of the baseline
    (whole or decimal); `*_points` and `minimum_baseline` are points of 0-10 (whole or decimal); `*_pgic`
    are codes 1-7, the highest that passes. `unreviewed` names the numbers that nobody has reviewed.
    """

    baseline_days: int
    enough_entries: int
    minimum_baseline: float
    review_window_days: int
    assessment_first_day: int
    assessment_last_day: int
    assessment_days_on_dose: int
    confirmatory_first_day: int
    confirmatory_last_day: int
    step_days: int
    substantial_percent: float
    moderate_percent: float
    minimal_percent: float
    minimal_peg_points: float
    worse_percent: float
    worse_points: float
    much_worse_percent: float
    much_worse_points: float
    responder_percent: float
    responder_pgic: int
    strict_pgic: int
    sensitivity_pain_percent: float
    sensitivity_peg_points: float
    late_hours: int
    daily_first_days: int
    daily_after_step: int
    new_days: tuple[int, ...]
    pgic_weeks: tuple[int, ...]
    work_every_weeks: int
    end_told_days: int
    take_up_emergency_minutes: int
    take_up_same_day_minutes: int
    moderate_check_ins: int
    grades_worse: int
    smallest_cell: int
    unreviewed: tuple[str, ...] = ()


_TYPES = {field.name: field.type for field in fields(Conventions) if field.name != "unreviewed"}
# Where the least allowed is not 1 or the most has an end; percent end at 100, points at 10.
_LEAST = {"minimum_baseline": 0, "late_hours": 0, "smallest_cell": 2}
_MOST = {"responder_pgic": 7, "strict_pgic": 7, "grades_worse": 3, "minimum_baseline": 10}
# Pairs where the first may not be above the second.
_ORDER = (
    ("minimal_percent", "moderate_percent"),
    ("moderate_percent", "substantial_percent"),
    ("worse_percent", "much_worse_percent"),
    ("worse_points", "much_worse_points"),
    ("strict_pgic", "responder_pgic"),
    ("assessment_first_day", "assessment_last_day"),
    ("confirmatory_first_day", "confirmatory_last_day"),
    ("enough_entries", "baseline_days"),
    ("enough_entries", "review_window_days"),
    ("enough_entries", "step_days"),
)


def read_conventions(text: str) -> Conventions:
    """Read a file of conventions.

    Args:
        text: TOML with one table per number: `value`, `note` (where it stands) and `reviewed`.

    Raises:
        ConventionError: A number is missing, unknown, without note or review, out of its range, or at odds
            with another.
    """
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ConventionError(f"The file is not TOML: {error}.") from error
    for name in table:
        if name not in _TYPES:
            raise ConventionError(f"There is no convention called {name}.")
    values = {name: _value(name, table.get(name)) for name in _TYPES}
    for low, high in _ORDER:
        if values[low] > values[high]:
            raise ConventionError(f"{low} ({values[low]}) may not be above {high} ({values[high]}).")
    unreviewed = tuple(name for name in _TYPES if table[name]["reviewed"] == NOT_REVIEWED)
    return Conventions(**values, unreviewed=unreviewed)


def _value(name: str, row: Any) -> Any:
    if not isinstance(row, dict):
        raise ConventionError(f"{name} is missing.")
    for key in ("note", "reviewed"):
        if not isinstance(row.get(key), str) or not row[key].strip():
            raise ConventionError(f"{name} needs a {key}.")
    value = row.get("value")
    if _TYPES[name] == tuple[int, ...]:
        if not isinstance(value, list) or not all(type(one) is int and 1 <= one <= 1000 for one in value):
            raise ConventionError(f"{name} must be a list of whole numbers from 1.")
        return tuple(value)
    whole = _TYPES[name] is int
    if isinstance(value, bool) or not isinstance(value, int if whole else (int, float)):
        raise ConventionError(f"{name} must be a {'whole number' if whole else 'number'}.")
    decimal = 0 if whole else 0.1
    least = _LEAST.get(name, decimal or 1)
    most = _MOST.get(name, 100 if name.endswith("_percent") else 10 if name.endswith("_points") else 1000)
    if not least <= value <= most:
        raise ConventionError(f"{name} must be from {least} to {most}, not {value}.")
    return value


SHIPPED = read_conventions(files("clinical").joinpath("conventions.toml").read_text(encoding="utf-8"))
