"""What became of treatment in a window of days: changes against baseline, responder results, or why none."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from clinical.bands import Change, Measure, compare
from clinical.conventions import SHIPPED, Conventions
from clinical.entries import Level, Window, latest_impression, latest_peg, mean_pain
from clinical.instruments import Pgic
from clinical.treatment import (
    Before,
    Step,
    Treatment,
    assessment_window,
    before_step,
    before_treatment,
    confirmatory_window,
    days_on,
)


class State(StrEnum):
    """What can be said of a window."""

    NOT_STARTED = "not_started"  # no dose was taken, or none is known to count from
    NOT_YET = "not_yet"  # the window is not over
    STOPPED = "stopped_before_review"  # a non-responder in cohorts only, never in what a patient reads
    NOT_ENOUGH = "not_enough_data"
    TREND = "trend_only"  # already on LDN at sign-up
    JUDGED = "judged"


@dataclass(frozen=True, slots=True)
class Responder:
    """Results of the responder rules; None where a value they need is missing, or there is no baseline.

    Attributes:
        product: PEG at least 30 % better and PGIC 1-3; the rule of the clinician report.
        strict_pgic: The same with PGIC 1-2.
        by_pain: Mean daily pain at least 30 % better and PGIC 1-3.
        by_point: PEG at least 1 point better and PGIC 1-3.

    Source: instruments 5, product responder and its sensitivity.
    """

    product: bool | None = None
    strict_pgic: bool | None = None
    by_pain: bool | None = None
    by_point: bool | None = None


@dataclass(frozen=True, slots=True)
class Result:
    """One window. Levels are None below their floors, changes where there is nothing to compare with.

    Attributes:
        state: What can be said.
        window: The days; None before treatment.
        dose: The amount in force at the window's end, or when treatment was stopped; None if not known.
        days_on_dose: Up to that day, 1 on the first; None if not known.
        settled: At least 14 days on that dose, so the result may be named as its own.
        enough: At least 4 daily ratings, or one complete PEG, in the window.
        pain, peg, pgic: The window's mean of daily pain, latest complete PEG, latest PGIC answer.
        pain_change, peg_change: Against the original baseline; against the entry score points only.
        pain_since_step, peg_since_step: Against the 7 days before the dose step, where there was one.
        responder: All None unless `state` is JUDGED.
    """

    state: State
    window: Window | None = None
    dose: Step | None = None
    days_on_dose: int | None = None
    settled: bool = False
    enough: bool = False
    pain: Level | None = None
    peg: Level | None = None
    pgic: Pgic | None = None
    pain_change: Change | None = None
    peg_change: Change | None = None
    pain_since_step: Change | None = None
    peg_since_step: Change | None = None
    responder: Responder = Responder()


@dataclass(frozen=True, slots=True)
class Outcome:
    """One patient's baseline or entry scores, and what the two windows say."""

    before: Before
    assessment: Result
    confirmatory: Result


def outcome(treatment: Treatment, today: date, conventions: Conventions = SHIPPED) -> Outcome:
    """What became of one patient's treatment.

    Args:
        treatment: The record; the order of its entries and steps changes nothing.
        today: The patient's local date. A window that is not over has no result yet.
        conventions: The clinic's numbers.

    Returns:
        Facts, no judgement: to be shown with other changes of the window and the note on placebo groups.

    Source: instruments 5; missing days stay missing, nothing is carried forward or filled in.
    """
    before = before_treatment(treatment, conventions)
    return Outcome(
        before,
        _result(treatment, before, assessment_window(treatment, today, conventions), today, conventions),
        _result(treatment, before, confirmatory_window(treatment, conventions), today, conventions),
    )


def _result(
    treatment: Treatment, before: Before, window: Window | None, today: date, conventions: Conventions
) -> Result:
    if window is None:
        return Result(State.NOT_STARTED)
    stopped = treatment.stopped_on is not None and treatment.stopped_on <= min(window.last, today)
    end = treatment.stopped_on if stopped and treatment.stopped_on is not None else window.last
    dose = treatment.dose_on(end)
    days = None if dose is None else days_on(dose, end)
    settled = days is not None and days >= conventions.assessment_days_on_dose
    if stopped or today <= window.last:
        return Result(State.STOPPED if stopped else State.NOT_YET, window, dose, days, settled)
    pain = mean_pain(treatment.pain, window, conventions)
    peg = latest_peg(treatment.pegs, window, conventions)
    pgic = latest_impression(treatment.impressions, window, conventions)
    pain_change, peg_change = _changes(before, window, pain, peg, conventions)
    stepped = before_step(treatment, dose, conventions) if dose and dose.starts_on <= window.first else None
    pain_since_step, peg_since_step = _changes(stepped, window, pain, peg, conventions)
    known = pain_change is not None or peg_change is not None
    state = State.NOT_ENOUGH if not known else State.TREND if before.entry else State.JUDGED
    return Result(
        state,
        window,
        dose,
        days,
        settled,
        enough=pain is not None or peg is not None,
        pain=pain,
        peg=peg,
        pgic=pgic,
        pain_change=pain_change,
        peg_change=peg_change,
        pain_since_step=pain_since_step,
        peg_since_step=peg_since_step,
        responder=(
            responder(peg_change, pain_change, pgic, conventions) if state is State.JUDGED else Responder()
        ),
    )


def _changes(
    before: Before | None, window: Window, pain: Level | None, peg: Level | None, conventions: Conventions
) -> tuple[Change | None, Change | None]:
    """(of pain, of the PEG); an entry score from inside the window is not compared with itself."""
    if before is None:
        return None, None
    was_pain, was_peg = (
        None if level is None or level.last_on >= window.first else level
        for level in (before.pain, before.peg)
    )
    of_pain = compare(was_pain, pain, Measure.PAIN, conventions)
    of_peg = compare(was_peg, peg, Measure.PEG, conventions)
    if before.entry:
        return of_pain and of_pain.trend, of_peg and of_peg.trend
    return of_pain, of_peg


def responder(
    peg: Change | None, pain: Change | None, pgic: Pgic | None, conventions: Conventions = SHIPPED
) -> Responder:
    """The responder rules on changes against the original baseline, and the PGIC of the same window.

    Each is None where its change, its percentage (a baseline below 4) or the PGIC is missing, also where the
    rest alone would already say no: a result never stands without its floor.
    """
    percent = None if peg is None else peg.percent
    points = None if peg is None else peg.points
    pain_percent = None if pain is None else pain.percent

    def holds(value: float | None, least: float, worst: int) -> bool | None:
        if value is None or pgic is None:
            return None
        return value >= least and pgic <= worst

    return Responder(
        product=holds(percent, conventions.responder_percent, conventions.responder_pgic),
        strict_pgic=holds(percent, conventions.responder_percent, conventions.strict_pgic),
        by_pain=holds(pain_percent, conventions.sensitivity_pain_percent, conventions.responder_pgic),
        by_point=holds(points, conventions.sensitivity_peg_points, conventions.responder_pgic),
    )
