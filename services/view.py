"""One view of one patient as data: card, digest, pictures and exports take every number from here."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from clinical.adherence import Adherence, Counts, adherence, count
from clinical.dose import Status
from clinical.effects import Effect, courses
from clinical.entries import Level, standing_pegs
from clinical.localtime import load_zone, local_day
from clinical.outcomes import Outcome, outcome
from clinical.treatment import Step as Amount
from clinical.treatment import Treatment
from clinical.worsening import Notice, episodes, peg_course
from services import alerts
from services.course import effects_said, treatment_of
from storage import answers as record
from storage import doses, people
from storage.answers import Answered, Target
from storage.records import Dose, Patient, Person, Step
from storage.store import Tx

WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class View:
    """What the record says of one patient at an instant.

    Attributes:
        today: Local date of the patient.
        treatment: Entries, steps and dates as the outcome rules read them.
        outcome: Baseline or entry scores, and what the two windows say.
        doses: All doses, earliest first; `week` those of the seven days up to now.
        dose: The amount a day in force, with its first day; None before the first.
        on_step: Outcomes of the doses since that day.
        pegs: (day, score 0.0-10.0) of every complete PEG, earliest first.
        effects: The course of each side effect; `step_of` tells on which amount one was first told.
        heard: Of the check-ins of the seven days up to now what the clinician should hear.
        much_worse: The PEG has been much worse since that day; None where it is not.
        targets: Symptoms that the patient named, with what was told of each by day.
        history: Every answer, for exports.
    """

    patient: Patient
    person: Person
    now: datetime
    today: date
    treatment: Treatment
    outcome: Outcome
    doses: tuple[Dose, ...]
    dose: Amount | None
    effects: tuple[Effect, ...]
    heard: tuple[Notice, ...]
    much_worse: date | None
    targets: tuple[Target, ...]
    history: tuple[Answered, ...]

    @property
    def week(self) -> tuple[Dose, ...]:
        """Doses scheduled in the seven days up to now."""
        return tuple(dose for dose in self.doses if self.now - WEEK <= dose.scheduled_at <= self.now)

    @property
    def counts(self) -> Counts:
        """Outcomes of the week's doses."""
        return count(Status(dose.status) for dose in self.week)

    @property
    def on_step(self) -> Adherence:
        """Outcomes and rates of the doses since the amount in force began."""
        first = self.dose.starts_on if self.dose else self.today
        return adherence(Status(dose.status) for dose in self.doses if dose.dose_day >= first)

    @property
    def pegs(self) -> tuple[tuple[date, float], ...]:
        """(day, score) of every complete PEG that stands."""
        return tuple(
            (day, float(exact))
            for day, peg in standing_pegs(self.treatment.pegs).items()
            if (exact := peg.exact) is not None
        )

    @property
    def latest_peg(self) -> tuple[date, float] | None:
        return self.pegs[-1] if self.pegs else None

    @property
    def reference(self) -> Level | None:
        """The PEG that later ones are compared with: baseline, or the entry score."""
        return self.outcome.before.peg

    def step_of(self, effect: Effect) -> Amount | None:
        """The amount that was in force when an effect was first told as new or worse."""
        return None if effect.first_on is None else self.treatment.dose_on(effect.first_on)

    def told_of_target(self, number: int) -> tuple[int, ...]:
        """What was told of a symptom that the patient named, 0-10, by day."""
        return tuple(
            one.value for one in self.history if one.item == f"target:{number}" and one.value is not None
        )

    def latest(self, item: str) -> tuple[date, int] | None:
        """(day, value) of the latest answer to an item."""
        found = [one for one in self.history if one.item == item and one.value is not None]
        last = max(found, key=lambda one: (one.for_day, one.answered_at), default=None)
        return None if last is None or last.value is None else (last.for_day, last.value)

    def rated(self, item: str, since: datetime) -> tuple[int, ...]:
        """The values of a daily rating that were answered from `since` on, by day."""
        return tuple(
            one.value
            for one in self.history
            if one.item == item and one.value is not None and since <= one.answered_at <= self.now
        )


async def view_of(tx: Tx, patient: Patient, now: datetime) -> View:
    """Read one patient's record into the one view of it."""
    person = await people.person(tx, patient.person_id)
    zone = load_zone(person.zone or "UTC")
    today = local_day(now, zone)
    steps = await people.steps(tx, patient.id)
    history = await record.history(tx, patient.id)
    treatment = treatment_of(patient, zone, steps, history, review_of(steps, today))
    course = peg_course(treatment)
    running = [one for one in episodes(course) if one.ended_on is None]
    recent = {one.checkin_id for one in history if now - WEEK <= one.answered_at <= now}
    return View(
        patient=patient,
        person=person,
        now=now,
        today=today,
        treatment=treatment,
        outcome=outcome(treatment, today),
        doses=tuple(await doses.doses(tx, patient.id)),
        dose=treatment.dose_on(today),
        effects=courses(effects_said(history)),
        heard=alerts.heard(history, sorted(recent), course),
        much_worse=running[0].began_on if running else None,
        targets=tuple(await record.targets(tx, patient.id)),
        history=tuple(history),
    )


def review_of(steps: list[Step], today: date) -> date | None:
    """The review whose window is judged: the latest one that is over, else the one to come."""
    days = sorted(step.review_on for step in steps if step.state == "active" and step.review_on is not None)
    over = [day for day in days if day <= today]
    if over:
        return over[-1]
    return days[0] if days else None
