"""How a clinic's patients came out, by dose, without giving away the few."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from clinical.bands import Band, Measure
from clinical.conventions import SHIPPED, Conventions
from clinical.outcomes import Outcome, Result, State


class Cell(StrEnum):
    """Where a patient is counted, once; the bands first."""

    SUBSTANTIAL = Band.SUBSTANTIAL
    MODERATE = Band.MODERATE
    MINIMAL = Band.MINIMAL
    LITTLE_CHANGE = Band.LITTLE_CHANGE
    WORSE = Band.WORSE
    MUCH_WORSE = Band.MUCH_WORSE
    STOPPED = State.STOPPED  # before review: non-responders of the cohort
    NO_BAND = "no_band"  # not enough data, a baseline below 4, already on LDN, or too few days on the dose


@dataclass(frozen=True, slots=True)
class Row:
    """The patients of one amount whose assessment window is over, or who stopped before it was.

    Attributes:
        amount_ug: The amount they were on, whole micrograms; None where it is not known.
        cells: Patients in each cell; None where fewer than 5.
        n: All of the row; None where fewer than 5, or where it would give a hidden cell away.
    """

    amount_ug: int | None
    cells: dict[Cell, int | None]
    n: int | None


def cell_of(result: Result, measure: Measure = Measure.PEG) -> Cell | None:
    """Where a patient is counted; None while the window is not over, or treatment has not begun."""
    if result.state in (State.NOT_STARTED, State.NOT_YET):
        return None
    if result.state is State.STOPPED:
        return Cell.STOPPED
    moved = result.peg_change if measure is Measure.PEG else result.pain_change
    if moved is None or moved.band is None or not result.settled or result.state is not State.JUDGED:
        return Cell.NO_BAND
    return Cell(moved.band.value)


def cohort(
    outcomes: Iterable[Outcome], measure: Measure = Measure.PEG, conventions: Conventions = SHIPPED
) -> tuple[Row, ...]:
    """How many patients reached each band at the assessment window, by the amount they were on.

    Args:
        outcomes: One per patient of the clinic, any order, n >= 0.
        measure: Whose band is counted.
        conventions: The clinic's numbers; `smallest_cell` is the least number of patients that is shown.

    Returns:
        One row per amount, the smallest first, not known last. There is no total over the rows: it would
        undo what a row hides.

    Source: instruments 5, bands and stopped before review; small cells are a convention of the clinic.
    """
    counts: dict[int | None, dict[Cell, int]] = {}
    for one in outcomes:
        cell = cell_of(one.assessment, measure)
        if cell is not None:
            amount = one.assessment.dose.amount_ug if one.assessment.dose else None
            counts.setdefault(amount, dict.fromkeys(Cell, 0))[cell] += 1
    ordered = sorted(counts, key=lambda amount: (amount is None, amount or 0))
    return tuple(_row(amount, counts[amount], conventions.smallest_cell) for amount in ordered)


def _row(amount_ug: int | None, cells: dict[Cell, int], smallest: int) -> Row:
    n = sum(cells.values())
    hidden = [count for count in cells.values() if count < smallest]
    shown = {cell: count if count >= smallest else None for cell, count in cells.items()}
    return Row(amount_ug, shown, None if n < smallest or _given_away(hidden, smallest) else n)


def _given_away(hidden: list[int], smallest: int) -> bool:
    """Whether the row's total less what is shown would tell a hidden count.

    With one hidden cell it is that cell; with several, all are known where their sum is the least or the
    most it can be.
    """
    return len(hidden) == 1 or (bool(hidden) and sum(hidden) in (0, len(hidden) * (smallest - 1)))


def written(cell: int | None, conventions: Conventions = SHIPPED) -> str:
    """A cell as it is written: the number, or "<5". A hidden `n` may be larger: it is "not shown"."""
    return f"<{conventions.smallest_cell}" if cell is None else str(cell)
