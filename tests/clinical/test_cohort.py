"""Worked examples of a clinic's table, and that small cells are given away by nothing beside them."""

from collections.abc import Mapping

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clinical.bands import Band, Change, Measure
from clinical.cohort import Cell, Row, cell_of, cohort, written
from clinical.outcomes import Outcome, Result, State, outcome
from clinical.treatment import Before, Step, Treatment
from tests.clinical.entered import FIRST_DOSE, days, on, peg

STEP = Step(FIRST_DOSE, 1500)


def result(cell: Cell, step: Step | None = STEP) -> Outcome:
    """An outcome that is counted in a cell."""
    if cell is Cell.STOPPED:
        found = Result(State.STOPPED, dose=step, settled=True)
    elif cell is Cell.NO_BAND:
        found = Result(State.NOT_ENOUGH, dose=step, settled=True)
    else:
        moved = Change(Measure.PEG, 6.0, 6.0, 0.0, 0.0, Band(cell.value))
        found = Result(State.JUDGED, dose=step, settled=True, peg_change=moved)
    return Outcome(Before(None, None, entry=False), found, Result(State.NOT_YET))


def clinic(counts: Mapping[Cell, int], step: Step | None = STEP) -> list[Outcome]:
    return [result(cell, step) for cell, count in counts.items() for _ in range(count)]


def row(counts: Mapping[Cell, int]) -> Row:
    (found,) = cohort(clinic(counts))
    return found


def patient(now: tuple[int, int, int], **more) -> Outcome:
    """A real record: PEG 6 before, and the given one on day 31, with the review on day 35."""
    record = {"steps": (STEP,), "first_dose_on": FIRST_DOSE, "review_on": on(35)} | more
    return outcome(Treatment(pegs=(peg(-1, 6, 6, 6), peg(31, *now)), **record), on(40))


@pytest.mark.parametrize(
    ("one", "cell"),
    [
        (patient((3, 3, 3)), Cell.SUBSTANTIAL),  # 3/6 = 50 %
        (patient((4, 4, 4)), Cell.MODERATE),  # 33 %
        (patient((5, 5, 5)), Cell.MINIMAL),  # 17 %
        (patient((6, 6, 6)), Cell.LITTLE_CHANGE),
        (patient((7, 7, 7)), Cell.WORSE),  # 1 point
        (patient((8, 8, 8)), Cell.MUCH_WORSE),  # 2 points
        (patient((3, 3, 3), stopped_on=on(20)), Cell.STOPPED),
        (patient((3, 3, 3), already_taking=True, first_dose_on=None), Cell.NO_BAND),  # trend only
        (patient((3, 3, 3), steps=(Step(on(30), 3000),)), Cell.NO_BAND),  # 5 days on it
        (patient((3, 3, 3), first_dose_on=None), None),  # not begun
        (patient((3, 3, 3), review_on=on(41)), None),  # the window ends on day 40
    ],
)
def test_each_patient_is_counted_once(one: Outcome, cell: Cell | None) -> None:
    assert cell_of(one.assessment) is cell


def test_pain_can_be_counted_in_place_of_the_peg() -> None:
    one = patient((6, 6, 6), pain=days(-7, [8] * 7) + days(28, [4] * 7))  # 4/8 = 50 %
    assert cell_of(one.assessment, Measure.PAIN) is Cell.SUBSTANTIAL
    assert cell_of(patient((6, 6, 6)).assessment, Measure.PAIN) is Cell.NO_BAND


def test_small_cells_are_hidden_also_where_nobody_is() -> None:
    found = row({Cell.SUBSTANTIAL: 5, Cell.MODERATE: 12, Cell.MINIMAL: 4, Cell.STOPPED: 6})
    assert found.cells == {
        Cell.SUBSTANTIAL: 5,
        Cell.MODERATE: 12,
        Cell.MINIMAL: None,
        Cell.LITTLE_CHANGE: None,
        Cell.WORSE: None,
        Cell.MUCH_WORSE: None,
        Cell.STOPPED: 6,
        Cell.NO_BAND: None,
    }
    assert (found.amount_ug, found.n) == (1500, 27)  # 4 of the 27 are in one of five hidden cells
    assert [written(found.cells[cell]) for cell in (Cell.MODERATE, Cell.WORSE)] == ["12", "<5"]


FULL = dict.fromkeys(Cell, 5)


@pytest.mark.parametrize(
    ("counts", "n"),
    [
        (FULL, 40),  # nothing is hidden: 8 x 5
        (FULL | {Cell.WORSE: 3}, None),  # 38 - 7 x 5 would be the 3
        (FULL | {Cell.WORSE: 3, Cell.STOPPED: 2}, 35),  # 5 in two cells: (1, 4) to (4, 1)
        (FULL | {Cell.WORSE: 4, Cell.STOPPED: 4}, None),  # 8 in two cells below 5 can only be 4 and 4
        (FULL | {Cell.WORSE: 0, Cell.STOPPED: 0}, None),  # 0 in two cells can only be 0 and 0
        ({Cell.WORSE: 4}, None),  # a row of 4
        ({Cell.WORSE: 2, Cell.STOPPED: 3}, 5),
        ({Cell.WORSE: 5}, None),  # the other seven would be known to be 0
    ],
)
def test_a_total_that_gives_a_small_cell_away_is_hidden(counts: Mapping[Cell, int], n: int | None) -> None:
    assert row(counts).n == n


def test_rows_stand_by_amount_and_the_unknown_last() -> None:
    everyone = [
        *clinic({Cell.MINIMAL: 6, Cell.WORSE: 2}, None),
        *clinic({Cell.MINIMAL: 7, Cell.WORSE: 1}, Step(on(0), 4500)),
        *clinic({Cell.MINIMAL: 8, Cell.WORSE: 3}),
    ]
    found = cohort(everyone)
    assert [(one.amount_ug, one.cells[Cell.MINIMAL], one.n) for one in found] == [
        (1500, 8, 11),
        (4500, 7, 8),
        (None, 6, 8),
    ]
    assert cohort(everyone[::-1]) == found


def test_patients_whose_window_is_not_over_are_in_no_row() -> None:
    waiting = Outcome(
        Before(None, None, entry=False), Result(State.NOT_YET, dose=STEP), Result(State.NOT_YET)
    )
    assert cohort([waiting, *clinic({Cell.WORSE: 6, Cell.STOPPED: 1})])[0].n == 7
    assert cohort([waiting]) == cohort([]) == ()


@settings(max_examples=300, deadline=None, database=None)
@given(st.fixed_dictionaries({cell: st.integers(0, 9) for cell in Cell}))
def test_what_is_shown_leaves_each_hidden_cell_open(counts: dict[Cell, int]) -> None:
    if not any(counts.values()):
        return
    found = row(counts)
    hidden = [cell for cell, count in found.cells.items() if count is None]
    assert all(counts[cell] < 5 for cell in hidden)
    assert all(found.cells[cell] == counts[cell] >= 5 for cell in Cell if cell not in hidden)
    if found.n is not None and hidden:
        left = found.n - sum(count for count in found.cells.values() if count is not None)
        least, most = max(0, left - 4 * (len(hidden) - 1)), min(4, left)
        assert least < most  # at least two answers are possible for each
