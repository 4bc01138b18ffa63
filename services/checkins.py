"""Check-ins: daily sleep and pain, the weekly PEG and what is new, the baseline; answered item by item."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from fractions import Fraction

from clinical import sitting as order
from clinical.checkin_days import Ask, Kind, asks, daily_ends, daily_on
from clinical.conventions import SHIPPED
from clinical.effects import courses
from clinical.instruments import exact_score
from clinical.localtime import load_zone, local_day
from clinical.sitting import EFFECT, LEVELS, PEG, Item, Plan
from services import kinds
from services.course import course_of, effects_said, peg_items
from services.errors import Closed, NotForYou
from storage import answers as record
from storage import doses, outbox, people
from storage.answers import Answered, Target
from storage.records import CheckIn, Patient, Person
from storage.store import Tx

# Daily ratings that stand in pictures and digests. Higher is worse in both (validated direction of the sleep
# scale; instruments, daily ratings).
RATINGS = ("sleep", "pain")
_SCALES = {
    **dict.fromkeys(LEVELS, "0-10 worse up"),
    Item.PGIC: "1-7 worse up",
    Item.WORK: "days of 28",
}
_SEVERITY_SCALE = "ctcae-like 0-3"
_BASELINE_LASTS = timedelta(hours=72)
_BASELINE_AFTER = timedelta(minutes=1)  # a message of its own, after the one that ends enrolment
_MOST_TARGETS = 2
MOST_NAME = 40  # characters of a symptom's name


@dataclass(frozen=True, slots=True)
class Sitting:
    """A check-in with the answers so far.

    Attributes:
        plan: What it is made of.
        answers: By item; None is "passed over".
        targets: The symptoms that the patient named.
        had: Grades of the effects told of earlier and not gone, by checklist id; None where not said.
        last_day: Daily questions end on this day, where that is near; only of one that is all answered.
    """

    checkin: CheckIn
    plan: Plan
    answers: dict[str, int | None]
    targets: tuple[Target, ...] = ()
    had: Mapping[str, int | None] | None = None
    last_day: date | None = None

    @property
    def item(self) -> Item | None:
        """What is asked next; None when all is answered."""
        return order.next_item(self.plan, self.answers)

    @property
    def script(self) -> tuple[Item, ...]:
        """All items as they stand, in order."""
        return order.script(self.plan, self.answers)


async def sitting(tx: Tx, checkin: CheckIn) -> Sitting:
    """The check-in as it stands."""
    answers = await doses.answers(tx, checkin.id)
    kind = Kind(checkin.kind)
    asked = tuple(Ask(one) for one in checkin.asks.split(",") if one)
    if kind is Kind.DAILY and Ask.NEW not in asked:
        return Sitting(checkin, Plan(kind, asked), answers)
    history = await record.history(tx, checkin.patient_id)
    targets = tuple(await record.targets(tx, checkin.patient_id))
    earlier = [one for one in history if one.checkin_id != checkin.id and one.for_day <= checkin.for_day]
    had = {one.item: one.grade for one in courses(effects_said(earlier)) if one.there and one.first_on}
    plan = Plan(kind, asked, len(targets), tuple(had), _peg_worse(earlier, answers))
    return Sitting(checkin, plan, answers, targets, had)


def _peg_worse(earlier: list[Answered], answers: Mapping[str, int | None]) -> bool:
    """Whether the PEG of this check-in is worse than the one before by what can be noticed."""
    now = exact_score(*(answers.get(item) for item in PEG))
    scores = [
        exact_score(*(items[item].value if item in items else None for item in PEG))
        for items in peg_items(earlier)
    ]
    complete = [score for score in scores if score is not None]
    if now is None or not complete:
        return False
    return now - complete[-1] >= Fraction(SHIPPED.worse_points)


async def _last_day(tx: Tx, checkin: CheckIn) -> date | None:
    patient = await people.patient(tx, checkin.patient_id)
    person = await people.person(tx, patient.person_id)
    zone = load_zone(person.zone or "UTC")
    course = course_of(patient, zone, await people.steps(tx, patient.id), checkin.for_day)
    ends = daily_ends(course, checkin.for_day)
    return ends if ends is not None and (ends - checkin.for_day).days <= SHIPPED.end_told_days else None


async def prepare(tx: Tx, checkin: CheckIn, person: Person, patient: Patient) -> Sitting | None:
    """The check-in as it is to be sent, from the record as it is now; None where that day carries none."""
    if checkin.kind in (Kind.DAILY, Kind.WEEKLY):
        zone = load_zone(person.zone or "UTC")
        course = course_of(patient, zone, await people.steps(tx, patient.id), checkin.for_day)
        if checkin.kind == Kind.DAILY and not daily_on(course, checkin.for_day):
            return None
        asked = ",".join(asks(course, checkin.for_day))
        if asked != checkin.asks:
            await doses.change_checkin(tx, checkin.id, asks=asked)
            changed = await doses.checkin(tx, checkin.id)
            assert changed is not None
            checkin = changed
    return await sitting(tx, checkin)


async def owe_baseline(tx: Tx, patient: Patient, now: datetime) -> None:
    """Owe the questions that come once, before the first dose; of who takes it already, the entry scores."""
    person = await people.person(tx, patient.person_id)
    if not patient.consent_checkins or not patient.active or person.zone is None:
        return
    if await record.has_kind(tx, patient.id, Kind.BASELINE):
        return
    if patient.first_dose_on is not None and not patient.already_taking:
        return
    opens_at = now + _BASELINE_AFTER
    closes_at = now + _BASELINE_LASTS
    if not patient.already_taking:
        ahead = [dose for dose in await doses.newest_doses(tx, patient.id, 3) if dose.scheduled_at > now]
        # What is answered after the first dose is no baseline.
        closes_at = min([closes_at, *(dose.scheduled_at for dose in ahead)])
    if closes_at <= opens_at:
        return
    checkin_id = await record.add_checkin(
        tx,
        patient_id=patient.id,
        kind=Kind.BASELINE,
        for_day=local_day(now, load_zone(person.zone)),
        opens_at=opens_at,
        closes_at=closes_at,
        state="planned",
    )
    await outbox.owe(
        tx,
        kind=kinds.FIRST_QUESTIONS,
        person_id=person.id,
        subject_id=checkin_id,
        key=f"checkin:{checkin_id}",
        due_at=opens_at,
        expires_at=closes_at,
        priority=kinds.PRIORITY[kinds.FIRST_QUESTIONS],
    )


async def running(tx: Tx, patient: Patient, now: datetime) -> Sitting | None:
    """The check-in that is open for the patient now and has something to ask, if any; the newest."""
    for checkin in await doses.open_checkins(tx, patient.id, now):
        found = await sitting(tx, checkin)
        if found.item:
            return found
    return None


async def own(tx: Tx, patient: Patient, checkin_id: int) -> CheckIn:
    """The check-in, if it is this patient's.

    Raises:
        NotForYou: it is not.
    """
    found = await doses.checkin(tx, checkin_id)
    if found is None or found.patient_id != patient.id:
        raise NotForYou
    return found


async def answer(tx: Tx, checkin: CheckIn, item: str, value: int | None, now: datetime) -> Sitting:
    """Write one answer (None = passed over); answering again changes it while the window is open.

    Args:
        checkin: The patient's own (`own`), as it stands.

    Raises:
        NotForYou: the check-in has no such item or value.
        Closed: its window is over.
    """
    if not order.accepts(item, value):
        raise NotForYou
    if checkin.closes_at <= now or checkin.state == "expired":
        raise Closed
    scale = _SEVERITY_SCALE if item.startswith(EFFECT) else _SCALES.get(Item(item), "1 yes 0 no")
    await doses.put_answer(tx, checkin.id, item, value, scale, now)
    found = await sitting(tx, checkin)
    state = checkin.state
    if found.item is None:
        state = "done"
    elif state == "done":
        # An answer that was changed has opened a further question.
        state = "sent"
    if state != checkin.state:
        done_at = now if state == "done" else None
        await doses.change_checkin(tx, checkin.id, state=state, done_at=done_at)
        found = replace(found, checkin=replace(checkin, state=state))
    return replace(found, last_day=await _last_day(tx, checkin)) if found.item is None else found


async def name_target(tx: Tx, patient: Patient, words: str, now: datetime) -> bool:
    """Keep the name of a symptom that the patient wants to follow; False where there are two already."""
    if len(await record.targets(tx, patient.id)) >= _MOST_TARGETS:
        return False
    await record.name_target(tx, patient.id, words[:MOST_NAME], now)
    return True


async def add_note(tx: Tx, patient: Patient, checkin_id: int, text: str) -> None:
    """Keep a note with the check-in, after any that is there."""
    checkin = await own(tx, patient, checkin_id)
    await doses.change_checkin(tx, checkin.id, note=f"{checkin.note}\n{text}" if checkin.note else text)


async def tell(
    tx: Tx,
    patient: Patient,
    day: date,
    levels: Mapping[str, int],
    effects: Mapping[str, int | None],
    now: datetime,
) -> tuple[int, Sitting | None]:
    """Write what was told of a local day in words: into its check-in while that is open, else beside it.

    Args:
        levels: Items of the daily check-in, 0-10.
        effects: Side effects by their checklist id; 1 mild, 2 moderate, 3 severe, None where it was not said.

    Returns:
        The check-in it stands in, and that check-in as it is now while it is open.
    """
    newest = await doses.newest_checkin(tx, patient.id, ("sent", "done"))
    if newest is not None and newest.closes_at > now and newest.for_day == day:
        into = newest.id
    else:
        newest, into = None, await doses.told_checkin(tx, patient.id, day, now)
    for name, severity in effects.items():
        await doses.put_answer(tx, into, f"{EFFECT}{name}", severity, _SEVERITY_SCALE, now)
    if newest is None:
        for item, value in levels.items():
            await doses.put_answer(tx, into, item, value, _SCALES[Item(item)], now)
        return into, None
    for item, value in levels.items():
        newest = (await answer(tx, newest, item, value, now)).checkin
    return into, await sitting(tx, newest)
