"""What the record says of one patient's treatment, its baseline, and the windows in which it is judged."""

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from clinical.conventions import SHIPPED, Conventions
from clinical.entries import (
    Impression,
    Level,
    Pain,
    Peg,
    Window,
    days_before,
    latest_peg,
    level_of,
    mean_pain,
    standing_pain,
    standing_pegs,
)
from clinical.localtime import ONE_DAY


@dataclass(frozen=True, slots=True)
class Step:
    """One amount a day, whole micrograms, from its first local day until the next step."""

    starts_on: date
    amount_ug: int


@dataclass(frozen=True, slots=True)
class Treatment:
    """One patient's record; entries and steps in any order.

    Attributes:
        pain, pegs, impressions: What was entered; of several for one day the latest entered stands.
        steps: The titration steps that began or are dated, one per starting day.
        first_dose_on: Local date of the first dose taken; None where there was none, or it is not known.
        already_taking: The patient was on LDN at sign-up: there is an entry score and no baseline.
        review_on: Local date of the recorded review; None for none.
        stopped_on: Local date on which the patient or the clinician recorded the end of LDN.
    """

    pain: tuple[Pain, ...] = ()
    pegs: tuple[Peg, ...] = ()
    impressions: tuple[Impression, ...] = ()
    steps: tuple[Step, ...] = ()
    first_dose_on: date | None = None
    already_taking: bool = False
    review_on: date | None = None
    stopped_on: date | None = None

    def __post_init__(self) -> None:
        if len({step.starts_on for step in self.steps}) < len(self.steps):
            raise ValueError("Two dose steps begin on the same day.")

    @property
    def started(self) -> bool:
        """LDN was taken at least once."""
        return self.already_taking or self.first_dose_on is not None

    def day_of_treatment(self, number: int) -> date | None:
        """The date of a numbered day; day 1 is that of the first dose. None where that is not known."""
        return None if self.first_dose_on is None else self.first_dose_on + timedelta(days=number - 1)

    def doses(self) -> tuple[Step, ...]:
        """The amounts one after the other, each from its first day on it.

        Steps that keep the amount are no new dose, and days before the first dose are no days on it.
        """
        ordered = sorted(self.steps, key=lambda step: step.starts_on)
        if self.first_dose_on is not None:
            first = self.first_dose_on
            begun = [step for step in ordered if step.starts_on <= first][-1:]
            later = [step for step in ordered if step.starts_on > first]
            ordered = [Step(first, step.amount_ug) for step in begun] + later
        changed = [step for before, step in pairwise(ordered) if step.amount_ug != before.amount_ug]
        return (*ordered[:1], *changed)

    def dose_on(self, day: date) -> Step | None:
        """The amount in force on a local day, with its first day."""
        return next((step for step in reversed(self.doses()) if step.starts_on <= day), None)


@dataclass(frozen=True, slots=True)
class Before:
    """What later values are compared with; a level is None below its floor.

    `entry`: the patient was already on LDN, so these are entry scores: trend only, no responder result.
    """

    pain: Level | None
    peg: Level | None
    entry: bool


def before_treatment(treatment: Treatment, conventions: Conventions = SHIPPED) -> Before:
    """The baseline, or the entry scores of a patient already on LDN at sign-up; never re-set.

    Returns:
        Baseline: mean pain of the 7 days before the first dose with at least 4 entered, and the latest
        complete PEG of these days. Entry: mean pain of the earliest 7 days with that many, and the earliest
        complete PEG. Nothing for a patient who has not begun.

    Source: instruments 5, baseline pain, baseline PEG, no baseline, new baseline.
    """
    if treatment.already_taking:
        pegs = standing_pegs(treatment.pegs, conventions)
        peg = level_of(pegs[min(pegs)]) if pegs else None
        return Before(_entry_pain(treatment, conventions), peg, entry=True)
    if treatment.first_dose_on is None:
        return Before(None, None, entry=False)
    week = days_before(treatment.first_dose_on, conventions.baseline_days)
    return Before(
        mean_pain(treatment.pain, week, conventions),
        latest_peg(treatment.pegs, week, conventions),
        entry=False,
    )


def _entry_pain(treatment: Treatment, conventions: Conventions) -> Level | None:
    days = timedelta(days=conventions.baseline_days - 1)
    weeks = (Window(day, day + days) for day in standing_pain(treatment.pain, conventions))
    means = (mean_pain(treatment.pain, week, conventions) for week in weeks)
    return next((mean for mean in means if mean is not None), None)


def before_step(treatment: Treatment, step: Step, conventions: Conventions = SHIPPED) -> Before | None:
    """The 7 days before a dose step; None for the first, which the baseline stands before.

    Source: instruments 5, new baseline.
    """
    if step == treatment.doses()[0]:
        return None
    week = days_before(step.starts_on, conventions.step_days)
    return Before(
        mean_pain(treatment.pain, week, conventions),
        latest_peg(treatment.pegs, week, conventions),
        entry=treatment.already_taking,
    )


def assessment_window(treatment: Treatment, today: date, conventions: Conventions = SHIPPED) -> Window | None:
    """The days in which treatment is judged.

    Args:
        today: The patient's local date; it tells which dose is the current one.

    Returns:
        The 7 days before the recorded review. Without one, or where they would reach before the first dose,
        days 22-28 on the current dose. None where nothing was begun or no dose is known.

    Source: instruments 5, assessment window.
    """
    if not treatment.started:
        return None
    if treatment.review_on is not None:
        window = days_before(treatment.review_on, conventions.review_window_days)
        if treatment.first_dose_on is None or window.first >= treatment.first_dose_on:
            return window
    last = today if treatment.stopped_on is None else min(today, treatment.stopped_on)
    current = treatment.dose_on(last)
    if current is None:
        return None
    return Window(
        current.starts_on + timedelta(days=conventions.assessment_first_day - 1),
        current.starts_on + timedelta(days=conventions.assessment_last_day - 1),
    )


def confirmatory_window(treatment: Treatment, conventions: Conventions = SHIPPED) -> Window | None:
    """Days 78-84 of treatment; None where the first dose is not known. Source: instruments 5."""
    first = treatment.day_of_treatment(conventions.confirmatory_first_day)
    last = treatment.day_of_treatment(conventions.confirmatory_last_day)
    return None if first is None or last is None else Window(first, last)


def days_on(step: Step, day: date) -> int:
    """Days on a dose up to and with a local day; 1 on its first."""
    return (day - step.starts_on) // ONE_DAY + 1
