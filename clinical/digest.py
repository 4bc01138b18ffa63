"""The clinician's week as data: each patient in exactly one section, exceptions first."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from statistics import fmean

from clinical.adherence import Counts
from clinical.bands import Band, Change
from clinical.conventions import SHIPPED
from clinical.effects import Effect
from clinical.instruments import Pgic
from clinical.worsening import Notice, Soon

SILENT_AFTER = 7  # expected nights without an answer; design section 5 (quiet)
REVIEW_AHEAD = timedelta(days=7)  # [c] a review before the next weekly digest is due now
NOT_STARTED_AFTER = timedelta(days=14)  # design section 5 (before the first dose)
WORSE_SHOWN = 7  # lines of "new or worse" shown, the rest is counted; design section 7


class Waiting(StrEnum):
    """What waits for the clinician's decision."""

    SAFETY_PAUSE = "safety_pause"
    HOLD = "hold"
    REVIEW_OVERDUE = "review_overdue"
    REVIEW_DUE = "review_due"
    NOT_STARTED = "not_started"
    QUESTION = "question"
    STEP = "step"


@dataclass(frozen=True, slots=True)
class OpenStep:
    """A titration step that waits for the clinician: `why` of `clinical.stepping.Wait`, or "reported"."""

    amount_ug: int
    why: str
    since: date


@dataclass(frozen=True, slots=True)
class OpenFlag:
    """A red flag whose alert is not closed: its category ("RF04") and severity ("same-day")."""

    category: str
    severity: str


@dataclass(frozen=True, slots=True)
class Told:
    """What the weekly check-ins say of one patient.

    Attributes:
        peg: The latest complete PEG against the baseline, or the entry score (points alone); None without
            both. `peg_now` is that PEG, 0.0-10.0, with its day.
        entry: It is compared with an entry score, not a baseline.
        pgic: The latest answer.
        effects: Side effects there now that are new or worse than before the first dose.
        heard: What the check-ins of the week gave to hear.
        much_worse: The PEG has been much worse since that day.
        first_on: The amount a day, whole micrograms, on which an effect was first told, by checklist id.
    """

    peg: Change | None = None
    peg_now: tuple[date, float] | None = None
    entry: bool = False
    pgic: Pgic | None = None
    effects: tuple[Effect, ...] = ()
    heard: tuple[Notice, ...] = ()
    much_worse: date | None = None
    first_on: Mapping[str, int] = field(default_factory=dict)

    @property
    def cannot_wait(self) -> bool:
        """The patient's own word this week."""
        return any(notice.item is None and notice.soon is Soon.SAME_DAY for notice in self.heard)

    @property
    def worse(self) -> bool:
        """New or worse: said to be unable to wait, a rule met this week, or a PEG band of worse."""
        bands = (Band.WORSE, Band.MUCH_WORSE)
        return (
            bool(self.heard)
            or self.much_worse is not None
            or (self.peg is not None and self.peg.band in bands)
        )


@dataclass(frozen=True, slots=True)
class PatientWeek:
    """What the record says about one patient in the seven days before the digest.

    Attributes:
        code: The pseudonym; never a name.
        counts: Outcomes of the week's expected doses.
        pain, sleep: The week's daily ratings, 0-10, higher is worse, any order, gaps left out.
        pain_before: Daily pain of the 7 days compared with (before the first dose), same scale.
        open_flags: Alerts not closed.
        last_contact: Local date of the patient's last answer of any kind; None for never.
        safety_pause, hold: In force now.
        review_on: Date of the recorded review not yet held; None when there is none.
        step_amount_ug: The step in force, whole micrograms; None before the first.
        nights_on_step: Dose days on it so far.
        corrected: Doses of the week the patient corrected.
        started: The first dose has been taken.
        unreachable: Telegram refused the chat for good.
        nights_silent: Latest expected nights in a row without an answer, also from before the week; None
            takes the week's own counts.
        safety_pause_since, hold_since: Local dates for the days waiting; None when not known.
        joined_on: Local date of enrolment; None when not known.
        questions: What the patient passed on and nobody has closed, in their words, oldest first.
        asked_on: Local date of the oldest of them; None when not known.
        steps: Titration steps that wait for the clinician.
        told: PEG, PGIC and side effects; None where check-ins are off.
        not_useful: Alerts of the week that the clinician called not useful.
    """

    code: str
    counts: Counts
    pain: tuple[int, ...]
    sleep: tuple[int, ...]
    pain_before: tuple[int, ...]
    open_flags: tuple[OpenFlag, ...]
    last_contact: date | None
    safety_pause: bool
    hold: bool
    review_on: date | None
    step_amount_ug: int | None
    nights_on_step: int
    corrected: int
    started: bool
    unreachable: bool = False
    nights_silent: int | None = None
    safety_pause_since: date | None = None
    hold_since: date | None = None
    joined_on: date | None = None
    questions: tuple[str, ...] = ()
    asked_on: date | None = None
    steps: tuple[OpenStep, ...] = ()
    told: "Told | None" = None
    not_useful: int = 0


@dataclass(frozen=True, slots=True)
class Line:
    """One patient's line. Means are unrounded, 0.0-10.0, higher is worse; None below the floor.

    `days_waiting` is that of the oldest decision, None when nothing waits or its day is not known;
    `review_due` is the review's date where it is due or overdue. `worse` and `silent` hold also where a
    section further up took the patient.
    """

    code: str
    counts: Counts
    mean_pain: float | None
    mean_sleep: float | None
    mean_pain_before: float | None
    enough_pain: bool
    enough_sleep: bool
    open_flags: tuple[OpenFlag, ...]
    waiting: tuple[Waiting, ...]
    days_waiting: int | None
    worse: bool
    silent: bool
    unreachable: bool
    last_contact: date | None
    review_due: date | None
    safety_pause_since: date | None
    step_amount_ug: int | None
    nights_on_step: int
    corrected: int
    started: bool
    questions: tuple[str, ...] = ()
    steps: tuple[OpenStep, ...] = ()
    told: Told | None = None


@dataclass(frozen=True, slots=True)
class Headline:
    """Patients in each section; the sections sum to `patients`."""

    patients: int
    alerts_open: int
    waiting: int
    worse: int
    silent: int
    on_track: int


@dataclass(frozen=True, slots=True)
class Digest:
    """The sections in the order they are read; each patient stands in the first that holds."""

    today: date
    alerts_open: tuple[Line, ...]
    waiting: tuple[Line, ...]
    worse: tuple[Line, ...]
    silent: tuple[Line, ...]
    on_track: tuple[Line, ...]
    not_useful: int = 0

    @property
    def alerts(self) -> tuple[Line, ...]:
        """Short name of `alerts_open`."""
        return self.alerts_open

    @property
    def lines(self) -> tuple[Line, ...]:
        """All patients, worst first."""
        return self.alerts_open + self.waiting + self.worse + self.silent + self.on_track

    @property
    def headline(self) -> Headline:
        """The numbers of the first sentence."""
        return Headline(
            len(self.lines),
            len(self.alerts_open),
            len(self.waiting),
            len(self.worse),
            len(self.silent),
            len(self.on_track),
        )


def mean_of_week(ratings: Sequence[float]) -> float | None:
    """The unrounded mean of a 7-day window of daily 0-10 ratings; None with fewer than 4 of 7 (section 5)."""
    return fmean(ratings) if len(ratings) >= SHIPPED.enough_entries else None


def is_worse(before: float | None, now: float | None) -> bool:
    """Whether mean pain (0-10) got worse: by 10 % of what it was, or by one point where that was below 4.

    False where either mean is missing. Source: instruments section 5 (bands, minimum baseline).
    """
    if before is None or now is None:
        return False
    if before < SHIPPED.minimum_baseline:
        return now - before >= SHIPPED.worse_points
    return now - before >= SHIPPED.worse_percent / 100 * before


def _waiting(week: PatientWeek, today: date) -> tuple[tuple[Waiting, ...], int | None]:
    since: dict[Waiting, date | None] = {}
    if week.safety_pause:
        since[Waiting.SAFETY_PAUSE] = week.safety_pause_since
    if week.hold:
        since[Waiting.HOLD] = week.hold_since
    if week.review_on is not None and week.review_on < today + REVIEW_AHEAD:
        overdue = week.review_on < today
        since[Waiting.REVIEW_OVERDUE if overdue else Waiting.REVIEW_DUE] = week.review_on
    if not week.started and week.joined_on is not None and today - week.joined_on >= NOT_STARTED_AFTER:
        since[Waiting.NOT_STARTED] = week.joined_on
    if week.questions:
        since[Waiting.QUESTION] = week.asked_on
    if week.steps:
        since[Waiting.STEP] = min(step.since for step in week.steps)
    days = [max((today - day).days, 0) for day in since.values() if day is not None]
    return tuple(since), max(days, default=None)


def _is_silent(week: PatientWeek) -> bool:
    nights = week.nights_silent
    if nights is None:
        nights = week.counts.expected if week.counts.answered == 0 else 0
    return week.unreachable or nights >= SILENT_AFTER


def _line(week: PatientWeek, today: date) -> Line:
    waiting, days_waiting = _waiting(week, today)
    pain, before, sleep = (mean_of_week(part) for part in (week.pain, week.pain_before, week.sleep))
    review_waits = Waiting.REVIEW_DUE in waiting or Waiting.REVIEW_OVERDUE in waiting
    return Line(
        code=week.code,
        counts=week.counts,
        mean_pain=pain,
        mean_sleep=sleep,
        mean_pain_before=before,
        enough_pain=pain is not None,
        enough_sleep=sleep is not None,
        open_flags=week.open_flags,
        waiting=waiting,
        days_waiting=days_waiting,
        worse=is_worse(before, pain) or (week.told is not None and week.told.worse),
        silent=_is_silent(week),
        unreachable=week.unreachable,
        last_contact=week.last_contact,
        review_due=week.review_on if review_waits else None,
        safety_pause_since=week.safety_pause_since if week.safety_pause else None,
        step_amount_ug=week.step_amount_ug,
        nights_on_step=week.nights_on_step,
        corrected=week.corrected,
        started=week.started,
        questions=week.questions,
        steps=week.steps,
        told=week.told,
    )


def _change(line: Line) -> float:
    """How far up a worse patient stands: who cannot wait first, then by how much it got worse."""
    told = line.told or Told()
    by_peg = -told.peg.points if told.peg is not None else 0.0
    by_pain = (line.mean_pain or 0.0) - (line.mean_pain_before or 0.0)
    return (100.0 if told.cannot_wait else 0.0) + max(by_peg, by_pain)


def digest(patients: Iterable[PatientWeek], today: date) -> Digest:
    """Sort one clinician's patients into the week's sections, exceptions first.

    Args:
        patients: One per linked patient, any order, n >= 0.
        today: The clinician's local date.

    Returns:
        Each patient in the first section that holds: alerts open; waiting (safety pause, hold, review due
        within a week or overdue, not started for 14 days, a question passed on); pain worse than before;
        silent (7 expected nights without an answer) or unreachable; on track. Inside a section the most
        alerts, the longest wait, the largest change, the oldest contact stand first, then by code.

    Source: design section 7; floors and bands from instruments section 5.
    """
    sections: dict[str, list[Line]] = {
        name: [] for name in ("alerts_open", "waiting", "worse", "silent", "on_track")
    }
    weeks = list(patients)
    for line in (_line(week, today) for week in weeks):
        holds = (bool(line.open_flags), bool(line.waiting), line.worse, line.silent, True)
        sections[next(name for name, here in zip(sections, holds, strict=True) if here)].append(line)

    def ordered(name: str, worst_first: Callable[[Line], float]) -> tuple[Line, ...]:
        return tuple(sorted(sections[name], key=lambda line: (worst_first(line), line.code)))

    return Digest(
        today=today,
        alerts_open=ordered("alerts_open", lambda line: -len(line.open_flags)),
        waiting=ordered("waiting", lambda line: -(line.days_waiting or 0)),
        worse=ordered("worse", lambda line: -_change(line)),
        silent=ordered("silent", lambda line: line.last_contact.toordinal() if line.last_contact else 0),
        on_track=ordered("on_track", lambda line: 0),
        not_useful=sum(week.not_useful for week in weeks),
    )
