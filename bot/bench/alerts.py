"""`alerts`: what a clinic of people who are ill for long would be pushed, by the rules as they run."""

import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.bench.figures import SEED, Figure, below, scaled
from clinical.checkin_days import Kind
from clinical.instruments import Grade
from clinical.sitting import EFFECT, PEG, Item, Plan
from clinical.treatment import Treatment
from clinical.worsening import Soon, peg_course
from services import alerts as rules
from services.checkins import Sitting
from services.course import pegs_of
from storage.answers import Answered
from storage.records import CheckIn

_WEEKS = 12
_ZONE = ZoneInfo("UTC")
_FIRST = date(2026, 3, 2)
# Of 100 people with fibromyalgia before treatment: how many have each, and how bad it then is (mild,
# moderate, severe). Invented, high on purpose: what counts is that illness alone is not pushed.
_BEFORE = {
    "fatigue": (0.9, (2, 5, 3)),
    "insomnia": (0.8, (2, 5, 3)),
    "aches": (0.9, (1, 5, 4)),
    "pain-flare": (0.6, (2, 5, 3)),
    "headache": (0.5, (4, 4, 2)),
    "mood": (0.5, (5, 4, 1)),
    "anxious": (0.5, (5, 4, 1)),
    "stomach": (0.3, (5, 4, 1)),
    "constipation": (0.3, (6, 3, 1)),
    "dizzy": (0.2, (6, 3, 1)),
}
# What treatment adds, per week: mostly mild, mostly early.
_NEW = {"dreams": 0.06, "nausea": 0.03, "headache": 0.03, "insomnia": 0.03, "diarrhea": 0.02, "rash": 0.004}
_YES = 0.35  # of the weekly check-ins say that something is new or worse
_EMERGENCIES = ("severe", "mood", "liver", "swelling", "sweats", "cannot wait", "peg")


@dataclass
class _Patient:
    """One invented patient: a history of answers, a level of pain, what they had before."""

    number: int
    chance: random.Random
    history: list[Answered] = field(default_factory=list)
    before: dict[str, Grade] = field(default_factory=dict)
    level: float = 6.5
    start: float = 6.5
    seeded: dict[int, str] = field(default_factory=dict)

    def answer(self, week: int, item: str, value: int, kind: Kind = Kind.WEEKLY) -> None:
        day = _FIRST + timedelta(weeks=week)
        at = datetime(day.year, day.month, day.day, 8, tzinfo=UTC) + timedelta(seconds=len(self.history))
        self.history.append(Answered(self._checkin(week), kind, day, item, value, at))

    def _checkin(self, week: int) -> int:
        return self.number * 1000 + week

    def sits(self, week: int) -> None:
        """One weekly check-in, as somebody who is ill for long answers it."""
        noise = self.chance.gauss
        self.level = min(9.5, max(2.0, self.level + noise(-0.12, 0.25)))
        seed = self.seeded.get(week)
        for item in PEG:
            # Much worse than before treatment is what is seeded, not worse than last week.
            told = self.start + 3 if seed == "peg" else self.level + noise(0, 0.7)
            self.answer(week, item, min(10, max(0, round(told))))
        ticked = self._ticked(week)
        if seed in ("severe", "mood", "liver"):
            ticked[{"severe": "nausea", "mood": "mood", "liver": "liver"}[seed]] = Grade.SEVERE
        if seed in ("swelling", "sweats"):
            ticked[{"swelling": "rash", "sweats": "sweats"}[seed]] = Grade.MODERATE
        self.answer(week, Item.NEW, int(bool(ticked) or seed == "cannot wait"))
        for name, grade in ticked.items():
            self.answer(week, EFFECT + name, grade)
        if seed == "swelling":
            self.answer(week, Item.SWELLING, 1)
        if seed == "sweats":
            self.answer(week, Item.TIMING, 1)
            self.answer(week, Item.ALSO, 1)
        if ticked or seed == "cannot wait":
            self.answer(week, Item.EFFECTS, 1)
            self.answer(week, Item.WAIT, int(seed == "cannot wait" or self.chance.random() < 0.01))

    def _ticked(self, week: int) -> dict[str, Grade]:
        if self.chance.random() >= _YES:
            return {}
        found: dict[str, Grade] = {}
        for item, was in self.before.items():
            if self.chance.random() < 0.3:
                # Told as it is: mostly as before, now and then better or worse by one.
                shift = self.chance.choices((-1, 0, 1), (2, 7, 1))[0]
                found[item] = Grade(min(3, max(1, was + shift)))
        for item, often in _NEW.items():
            if self.chance.random() < often * (2 if week < 3 else 1):
                found.setdefault(item, self.chance.choices((Grade.MILD, Grade.MODERATE), (4, 1))[0])
        return found


def _patients(count: int) -> Iterator[_Patient]:
    chance = random.Random(SEED)
    for number in range(1, count + 1):
        start = chance.uniform(5.0, 8.5)
        patient = _Patient(number, random.Random(chance.random()), level=start, start=start)
        for item, (often, weights) in _BEFORE.items():
            if patient.chance.random() < often:
                patient.before[item] = Grade(patient.chance.choices((1, 2, 3), weights)[0])
        for item in PEG:
            level = min(10, max(0, round(patient.level + patient.chance.gauss(0, 0.5))))
            patient.answer(0, item, level, Kind.BASELINE)
        for item, grade in patient.before.items():
            patient.answer(0, EFFECT + item, grade, Kind.BASELINE)
        patient.answer(0, Item.EFFECTS, 1, Kind.BASELINE)
        if number % 7 == 0:
            what = _EMERGENCIES[number // 7 % len(_EMERGENCIES)]
            # Nobody can tell of more than 10.
            if not (what == "mood" and "mood" in patient.before) and not (what == "peg" and start > 7):
                patient.seeded[2 + number % 9] = what
        yield patient


def heard(patient: _Patient, week: int) -> tuple[set[str], set[str]]:
    """(categories that a check-in raises as flags, reasons it is told on the next working day)."""
    now = [one for one in patient.history if one.for_day <= _FIRST + timedelta(weeks=week)]
    mine = [one for one in now if one.checkin_id == patient._checkin(week)]
    treatment = Treatment(pegs=tuple(pegs_of(now, _ZONE)), first_dose_on=_FIRST + timedelta(days=1))
    notices = rules.heard(now, [patient._checkin(week)], peg_course(treatment))
    answers = {one.item: one.value for one in mine}
    day = mine[0].for_day
    at = mine[0].answered_at
    checkin = CheckIn(patient._checkin(week), patient.number, Kind.WEEKLY, day, at, at, "sent", "", None)
    sitting = Sitting(checkin, Plan(Kind.WEEKLY), answers)
    flags = {flag.category for one in mine for flag in rules.flags_of_answer(sitting, one.item, notices)}
    later = {f"{one.why} {one.item}" for one in notices if one.soon is Soon.NEXT_WORKING_DAY}
    return flags, later


async def alerts() -> list[Figure]:
    """Pushes per 100 patients a week among people with high baselines, and seeded emergencies not told."""
    count = scaled(1_000, 70)
    pushed: Counter[str] = Counter()
    unseeded = missed = seeded = 0
    for patient in _patients(count):
        for week in range(1, _WEEKS + 1):
            patient.sits(week)
            flags, later = heard(patient, week)
            seed = patient.seeded.get(week)
            pushed["same day"] += len(flags)
            pushed["next working day"] += len(later)
            if seed is None:
                unseeded += len(flags) + len(later)
            else:
                seeded += 1
                missed += not (later if seed == "peg" else flags)
    weeks = count * _WEEKS / 100
    return [
        below("alerts", f"pushed per 100 patients a week, {count} patients", unseeded / weeks, "alerts", 5),
        Figure("alerts", "of these and of the seeded, same day", pushed["same day"] / weeks, "alerts"),
        Figure("alerts", "told on the next working day", pushed["next working day"] / weeks, "alerts"),
        below("alerts", f"seeded emergencies ({seeded}) not told", float(missed), "emergencies", 0),
    ]
