"""What the answers of a check-in give the clinician to hear: danger at once, change soon."""

from collections.abc import Iterable, Mapping
from datetime import datetime, time, timedelta

from clinical import sitting as order
from clinical.checkin_days import Kind
from clinical.effects import Effect, courses
from clinical.instruments import Grade
from clinical.localtime import load_zone, next_wall
from clinical.sitting import EFFECT, Item
from clinical.triage import Flag, Severity
from clinical.worsening import CheckIn, Notice, PegCourse, Soon, Why, notices, peg_course
from services import flags
from services.checkins import Sitting
from services.course import answers_of, effects_said, treatment_of
from storage import answers as record
from storage import people
from storage.answers import Answered
from storage.records import Patient
from storage.store import Tx

_MORNING = time(9)  # [c] the clinic's wall clock at which "next working day" is told
_SATURDAY = 5
CANNOT_WAIT = "cannot wait"
LOW_MOOD = "low mood"
TICKED = "ticked severe"


def flags_of_answer(found: Sitting, item: str, heard: Iterable[Notice]) -> tuple[Flag, ...]:
    """The red flags that an answer raises, most urgent first; `heard` is what the check-in gives to hear.

    Rash alone and sweats alone ask first; severe alone is no flag where it was so before the first dose.

    Source: design 6 (alert on change, sweats); instruments 3 (red-flag links).
    """
    given = found.answers
    if item == Item.SWELLING and given.get(item) == 1:
        return (Flag("RF02", Severity.EMERGENCY, "ticked swelling with rash"),)
    if item == f"{EFFECT}liver" and (given.get(item) or 0) > 0:
        return (Flag("RF10", Severity.SAME_DAY, "ticked liver signs"),)
    if item in (Item.TIMING, Item.ALSO) and given.get(Item.TIMING) == given.get(Item.ALSO) == 1:
        return (Flag("RF05", Severity.SAME_DAY, "ticked sweats after a dose"),)
    if found.plan.kind is Kind.BASELINE:
        return ()
    for notice in heard:
        if notice.soon is not Soon.SAME_DAY:
            continue
        if notice.why is Why.CANNOT_WAIT:
            if item == Item.WAIT:
                return (Flag("RF11", Severity.SAME_DAY, CANNOT_WAIT),)
        elif item == f"{EFFECT}{notice.item}":
            return (_severe(notice),)
    return ()


async def flags_of_told(tx: Tx, patient: Patient, checkin_id: int, names: Iterable[str]) -> tuple[Flag, ...]:
    """The red flag of effects told in words: severe ones that are new or worse; one at most."""
    history = await record.history(tx, patient.id)
    told = set(names)
    for notice in heard(history, [checkin_id]):
        if notice.soon is Soon.SAME_DAY and notice.item in told:
            return (_severe(notice),)
    return ()


def _severe(notice: Notice) -> Flag:
    return Flag("RF11", Severity.SAME_DAY, LOW_MOOD if notice.item == "mood" else TICKED)


async def heard_of(tx: Tx, patient: Patient, found: Sitting) -> tuple[Notice, ...]:
    """What a check-in as it stands gives the clinician to hear, by the one rule for it."""
    person = await people.person(tx, patient.person_id)
    zone = load_zone(person.zone or "UTC")
    history = await record.history(tx, patient.id)
    steps = await people.steps(tx, patient.id)
    treatment = treatment_of(patient, zone, steps, history, None)
    return heard(history, [found.checkin.id], peg_course(treatment))


def heard(
    history: Iterable[Answered], checkin_ids: Iterable[int], course: PegCourse | None = None
) -> tuple[Notice, ...]:
    """The notices of these check-ins of a history; what came after one changes nothing about it."""
    history = list(history)
    sittings = _sittings(history)
    baseline = _baseline(history)
    found: list[Notice] = []
    for checkin_id in checkin_ids:
        # The baseline itself gives nothing to hear.
        for this in [one for number, one in sittings if number == checkin_id]:
            before = [one for number, one in sittings if number != checkin_id]
            found.extend(notices(this, baseline, before, course))
    return tuple(found)


def _baseline(history: Iterable[Answered]) -> Mapping[str, Grade] | None:
    """Grades before the first dose; None where that was never asked to its end."""
    mine = [one for one in history if one.kind == Kind.BASELINE]
    if not any(one.item == Item.EFFECTS and one.value == 1 for one in mine):
        return None
    return {one.item: one.baseline for one in courses(effects_said(mine))}


def _sittings(history: list[Answered]) -> list[tuple[int, CheckIn]]:
    """Each check-in after the baseline as the rule reads it, by when it was answered."""
    found: list[tuple[int, CheckIn]] = []
    of: dict[int, list[Answered]] = {}
    for one in history:
        if one.kind != Kind.BASELINE:
            of.setdefault(one.checkin_id, []).append(one)
    for number, mine in of.items():
        answers = answers_of(mine, number)
        ticked = order.grades(answers)
        opened = answers.get(Item.NEW) == 1 or bool(ticked)
        found.append(
            (
                number,
                CheckIn(
                    mine[0].for_day,
                    max(one.answered_at for one in mine),
                    {**_still_there(history, mine), **ticked} if opened else None,
                    cannot_wait=answers.get(Item.WAIT) == 1,
                ),
            )
        )
    return sorted(found, key=lambda one: (one[1].answered_at, one[0]))


def _still_there(history: list[Answered], mine: list[Answered]) -> dict[str, Grade]:
    """Effects told of before this check-in, since the first dose, and not told as gone by it."""
    start = min(one.answered_at for one in mine)
    earlier = [one for one in history if one.answered_at < start] + mine
    there: list[Effect] = [one for one in courses(effects_said(earlier)) if one.there and one.first_on]
    return {one.item: one.grade for one in there if one.grade is not None}


async def after_check_in(tx: Tx, patient: Patient, found: Sitting, now: datetime) -> None:
    """What is not for today: told to the clinic on its next working morning, once for each thing."""
    for notice in await heard_of(tx, patient, found):
        if notice.soon is not Soon.NEXT_WORKING_DAY:
            continue
        category = "PEG" if notice.why is Why.PEG_MUCH_WORSE else "RF11"
        await flags.tell_later(
            tx,
            patient,
            category=category,
            concept=f"{notice.why} {notice.item or ''}".strip(),
            due_at=await _next_working_morning(tx, patient, now),
            now=now,
        )


async def _next_working_morning(tx: Tx, patient: Patient, now: datetime) -> datetime:
    """The next weekday's 9:00 where the clinic is."""
    zone = load_zone("UTC")
    if patient.clinician_id is not None:
        clinician = await people.clinician(tx, patient.clinician_id)
        zone = load_zone((await people.clinic(tx, clinician.clinic_id)).zone)
    at = next_wall(now, _MORNING, zone)
    while at.astimezone(zone).weekday() >= _SATURDAY:
        at = next_wall(at + timedelta(hours=1), _MORNING, zone)
    return at
