"""What of a check-in a clinician should hear of, and how soon: alert on change, not on illness."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from clinical.bands import Change, Measure, change, worse_by
from clinical.conventions import SHIPPED, Conventions
from clinical.entries import Level, Peg, level_of, standing_pegs
from clinical.instruments import CHECKLIST, NEVER_MUTED, Grade
from clinical.localtime import ONE_DAY
from clinical.treatment import Treatment, before_treatment


class Soon(StrEnum):
    """How soon, the soonest first."""

    SAME_DAY = "same-day"
    NEXT_WORKING_DAY = "next-working-day"
    DIGEST = "digest"


class Why(StrEnum):
    """Why a clinician hears of it."""

    CANNOT_WAIT = "cannot_wait"
    SEVERE_NEW = "severe_new"
    SEVERE_WORSE = "severe_worse"
    SEVERE_NEVER_MUTED = "severe_never_muted"
    MOOD_NEW = "mood_new"
    MODERATE_AGAIN = "moderate_again"
    PEG_MUCH_WORSE = "peg_much_worse"
    SEVERE_UNCHANGED = "severe_unchanged"


class MuchWorse(StrEnum):
    """Which rule found a PEG much worse."""

    PERCENT = "percent"
    POINTS = "points"


@dataclass(frozen=True, slots=True)
class CheckIn:
    """One sitting.

    Attributes:
        day: Its local date.
        answered_at: Aware UTC instant.
        effects: Grades by item id, an item that is not there was not had; None where the list was not
            opened ("nothing new or worse"), which says nothing of the items.
        cannot_wait: The patient's own word.
    """

    day: date
    answered_at: datetime
    effects: Mapping[str, Grade] | None
    cannot_wait: bool = False

    def __post_init__(self) -> None:
        if self.answered_at.tzinfo is None:
            raise ValueError("An instant needs a time zone.")
        if unknown := sorted(set(self.effects or ()) - set(CHECKLIST)):
            raise ValueError(f"{unknown[0]} is not on the checklist.")


@dataclass(frozen=True, slots=True)
class PegCourse:
    """PEGs and what they are judged against: those of days from `since`, against `reference`.

    `reference` is the baseline or the entry score; without one no PEG is ever much worse.
    """

    pegs: tuple[Peg, ...] = ()
    reference: Level | None = None
    since: date | None = None


@dataclass(frozen=True, slots=True)
class Episode:
    """A run of complete PEGs that are much worse.

    Attributes:
        began_on: Local date of its first PEG, the one that is told.
        ended_on: Local date of the first complete PEG after it that is not much worse; None while it runs.
        reasons: Which rules its first PEG met, percent before points.
        change: Of its first PEG against the reference; its percent is None below the minimum baseline.
    """

    began_on: date
    ended_on: date | None
    reasons: tuple[MuchWorse, ...]
    change: Change


@dataclass(frozen=True, slots=True)
class Notice:
    """One thing to tell, with its numbers.

    Attributes:
        soon: How soon.
        why: The rule.
        item: Checklist id; None for the PEG and for the patient's own word.
        before, now: Grades 0-3 of the item, or PEG scores 0.0-10.0 (higher is worse); None where there is
            nothing to compare with.
        points, percent: Of the PEG, negative = worse; percent None below the minimum baseline.
        reasons: Which rules the PEG met.
    """

    soon: Soon
    why: Why
    item: str | None = None
    before: float | None = None
    now: float | None = None
    points: float | None = None
    percent: float | None = None
    reasons: tuple[MuchWorse, ...] = ()


def peg_course(treatment: Treatment, conventions: Conventions = SHIPPED) -> PegCourse:
    """The PEGs of a treatment: from the first dose against the baseline, or after the entry score."""
    before = before_treatment(treatment, conventions)
    since = treatment.first_dose_on
    if before.entry and before.peg is not None:
        since = before.peg.last_on + ONE_DAY
    return PegCourse(treatment.pegs, before.peg, since)


def episodes(course: PegCourse, conventions: Conventions = SHIPPED) -> tuple[Episode, ...]:
    """The episodes in which the weekly PEG was much worse, the oldest first.

    Much worse is at least 30 % (where the reference is 4 or more: below it percentages are unstable) or at
    least 2 points. A PEG that is missing or incomplete neither begins an episode nor ends one.

    Source: instruments 5, much worse and minimum baseline.
    """
    if course.reference is None or course.since is None:
        return ()
    found: list[Episode] = []
    for day, peg in standing_pegs(course.pegs, conventions).items():
        level = level_of(peg)
        if day < course.since or level is None:
            continue
        moved = change(course.reference, level, Measure.PEG, conventions)
        rules = zip(MuchWorse, worse_by(moved.points, moved.percent, conventions), strict=True)
        reasons = tuple(rule for rule, met in rules if met)
        running = bool(found) and found[-1].ended_on is None
        if reasons and not running:
            found.append(Episode(day, None, reasons, moved))
        elif running and not reasons:
            found[-1] = Episode(found[-1].began_on, day, found[-1].reasons, found[-1].change)
    return tuple(found)


def notices(
    check_in: CheckIn,
    baseline: Mapping[str, Grade] | None,
    previous: Iterable[CheckIn] = (),
    course: PegCourse | None = None,
    conventions: Conventions = SHIPPED,
) -> tuple[Notice, ...]:
    """What one check-in gives the clinician to hear, the soonest first; at most one notice per item.

    Args:
        check_in: The sitting.
        baseline: Severities before the first dose by item id, items not had left out; None where they were
            never asked: the earliest check-in stands for them, and in a first check-in all is new.
        previous: Check-ins from before, any order; those answered later than this one are passed over, and
            those that say nothing of the items neither end nor lengthen a row.
        course: PEGs up to and with this check-in; one that begins an episode on its day is told.

    Returns:
        Same day: the patient says it cannot wait; severe and new, or a grade worse than baseline; severe
        and of an item that is never muted; mood new and moderate or worse. Next working day: worse than
        baseline and moderate or worse in two check-ins in a row, once as the run gets there; a PEG that
        begins to be much worse. Digest: severe and not worse than baseline, once until it is no longer
        severe. Triage has run before: rash with swelling, liver signs and self-harm never wait for this.

    Source: design 6 (alert on change); instruments 3 (alert rules), 5 (much worse).
    """
    found = [Notice(Soon.SAME_DAY, Why.CANNOT_WAIT)] if check_in.cannot_wait else []
    before = sorted(
        (one for one in previous if one.answered_at < check_in.answered_at), key=lambda one: one.answered_at
    )
    told = [one.effects for one in before if one.effects is not None]
    known = baseline if baseline is not None else told[0] if told else {}
    for item in CHECKLIST if check_in.effects is not None else ():
        was, *grades = (had.get(item, Grade.NONE) for had in (known, *told, check_in.effects or {}))
        if (rule := _rule(item, was, grades, conventions)) is not None:
            found.append(Notice(*rule, item, before=was, now=grades[-1]))
    for episode in episodes(course or PegCourse(), conventions):
        if episode.began_on == check_in.day:
            found.append(_peg_notice(episode))
    return tuple(sorted(found, key=lambda notice: list(Soon).index(notice.soon)))


def _rule(
    item: str, was: Grade, grades: Sequence[Grade], conventions: Conventions
) -> tuple[Soon, Why] | None:
    """The rule an item meets, from its grade at baseline and its grades up to now, the oldest first."""
    now = grades[-1]
    new, severe = was is Grade.NONE, now is Grade.SEVERE
    rules = (
        (severe and new, Soon.SAME_DAY, Why.SEVERE_NEW),
        (severe and now - was >= conventions.grades_worse, Soon.SAME_DAY, Why.SEVERE_WORSE),
        (severe and item in NEVER_MUTED, Soon.SAME_DAY, Why.SEVERE_NEVER_MUTED),
        (item == "mood" and new and now >= Grade.MODERATE, Soon.SAME_DAY, Why.MOOD_NEW),
        (
            _run(grades, max(Grade.MODERATE, was + 1)) == conventions.moderate_check_ins,
            Soon.NEXT_WORKING_DAY,
            Why.MODERATE_AGAIN,
        ),
        (severe and _run(grades, Grade.SEVERE) == 1, Soon.DIGEST, Why.SEVERE_UNCHANGED),
    )
    return next(((soon, why) for holds, soon, why in rules if holds), None)


def _run(grades: Sequence[Grade], least: int) -> int:
    """How many of the latest grades in a row are at least so high."""
    return next((run for run, grade in enumerate(reversed(grades)) if grade < least), len(grades))


def _peg_notice(episode: Episode) -> Notice:
    moved = episode.change
    return Notice(
        Soon.NEXT_WORKING_DAY,
        Why.PEG_MUCH_WORSE,
        before=moved.before,
        now=moved.now,
        points=moved.points,
        percent=moved.percent,
        reasons=episode.reasons,
    )
