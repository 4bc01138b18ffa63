"""How a patient's treatment stands for the rules: its course, its record of entries, its effects."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from clinical import sitting
from clinical.checkin_days import Course, Kind, daily_on, weekly_on
from clinical.effects import Said
from clinical.entries import Impression, Pain, Peg
from clinical.instruments import Grade, Pgic
from clinical.localtime import local_day
from clinical.sitting import EFFECT, PEG, Item
from clinical.treatment import Step as Amount
from clinical.treatment import Treatment
from storage.answers import Answered
from storage.records import Patient, Step

_ACTIVE = "active"
_WINDOWS = {Kind.DAILY: timedelta(hours=24), Kind.WEEKLY: timedelta(hours=72)}


def window(kind: Kind) -> timedelta:
    """How long a daily or weekly check-in can be answered. Source: design 5 (answering)."""
    return _WINDOWS[kind]


def kind_on(patient: Patient, zone: ZoneInfo, steps: Iterable[Step], day: date) -> Kind | None:
    """Which check-in a local day carries, as far as can be seen now."""
    course = course_of(patient, zone, steps, day)
    if weekly_on(course, day):
        return Kind.WEEKLY
    return Kind.DAILY if daily_on(course, day) else None


def course_of(patient: Patient, zone: ZoneInfo, steps: Iterable[Step], day: date) -> Course:
    """What decides which check-ins a patient has on and after a local day."""
    active = [step for step in steps if step.state == _ACTIVE]
    reviews = [step.review_on for step in active if step.review_on is not None and step.review_on > day]
    return Course(
        enrolled_on=local_day(patient.enrolled_at, zone),
        first_dose_on=patient.first_dose_on,
        already_taking=patient.already_taking,
        steps_on=tuple(sorted({step.starts_on for step in active if step.slot == 1})),
        review_on=min(reviews, default=None),
        keep_daily=patient.keep_daily,
    )


def treatment_of(
    patient: Patient,
    zone: ZoneInfo,
    steps: Sequence[Step],
    history: Iterable[Answered],
    review_on: date | None,
) -> Treatment:
    """The record of one patient as the outcome rules read it.

    An answer stands under the local day of its check-in. Days are told apart in the zone where the patient
    is now.
    """
    history = list(history)
    return Treatment(
        pain=tuple(
            Pain(one.for_day, one.answered_at, zone, one.value)
            for one in history
            if one.item == Item.PAIN and one.value is not None
        ),
        pegs=tuple(pegs_of(history, zone)),
        impressions=tuple(
            Impression(one.for_day, one.answered_at, zone, Pgic(one.value))
            for one in history
            if one.item == Item.PGIC and one.value is not None
        ),
        steps=_amounts(steps),
        first_dose_on=None if patient.already_taking else patient.first_dose_on,
        already_taking=patient.already_taking,
        review_on=review_on,
        stopped_on=local_day(patient.stopped_at, zone) if patient.stopped_at else None,
    )


def peg_items(history: Iterable[Answered]) -> list[dict[str, Answered]]:
    """What was answered of each PEG, by item, one check-in after the other."""
    of: dict[int, dict[str, Answered]] = {}
    for one in history:
        if one.item in PEG:
            of.setdefault(one.checkin_id, {})[one.item] = one
    return list(of.values())


def pegs_of(history: Iterable[Answered], zone: ZoneInfo) -> Iterable[Peg]:
    """The PEGs of a history as entries, each at its last answer; an item not answered is None."""
    for items in peg_items(history):
        last = max(items.values(), key=lambda one: one.answered_at)
        pain, enjoyment, activity = (items[item].value if item in items else None for item in PEG)
        yield Peg(last.for_day, last.answered_at, zone, pain, enjoyment, activity)


def _amounts(steps: Iterable[Step]) -> tuple[Amount, ...]:
    """What is taken in a day, from each day on which that changes: both doses of a day together."""
    active = sorted((step for step in steps if step.state == _ACTIVE), key=lambda step: step.id)
    found = []
    for day in sorted({step.starts_on for step in active}):
        in_force = {
            step.slot: step.amount_ug
            for step in sorted(active, key=lambda step: (step.starts_on, step.id))
            if step.starts_on <= day
        }
        found.append(Amount(day, sum(in_force.values())))
    return tuple(found)


def effects_said(history: Iterable[Answered]) -> list[Said]:
    """What was told of side effects, in the order in which it was told."""
    return [
        Said(
            one.item.removeprefix(EFFECT),
            None if one.value is None else Grade(one.value),
            one.for_day,
            baseline=one.kind == Kind.BASELINE,
        )
        for one in sorted(history, key=lambda one: (one.answered_at, one.checkin_id))
        if one.item.startswith(EFFECT)
    ]


def answers_of(history: Iterable[Answered], checkin_id: int) -> dict[str, int | None]:
    """The answers of one check-in."""
    return {one.item: one.value for one in history if one.checkin_id == checkin_id}


def graded(history: Iterable[Answered], checkin_id: int) -> dict[str, Grade]:
    """The effects that were ticked in one check-in."""
    return sitting.grades(answers_of(history, checkin_id))
