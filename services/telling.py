"""What a person told in words: which dose it is about, when it was taken, and saving it once confirmed."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta

from clinical.dose import RECORDED, SkipReason, Status, TapAction, TapOutcome
from clinical.freetext import Effect, Record
from clinical.localtime import NOON, load_zone, local_day
from clinical.said_time import EARLY_BY, DoseTimes, choices, day_meant, instants
from services import checkins, dosing
from services.checkins import Sitting
from services.dosing import Said
from services.errors import Closed
from storage import doses
from storage.records import Dose, Patient, Person
from storage.store import Tx

# A dose told so long after its time, without a time, was not taken at the moment of telling.
_NOT_NOW_AFTER = timedelta(hours=2)
_LATEST = timedelta(hours=48)  # late entries; instruments section 5
_LOOK_BACK = 8


@dataclass(frozen=True, slots=True)
class Told:
    """What is to be saved once it is confirmed; everything that was not said is None or empty.

    Attributes:
        day: The local day that the numbers and effects are of.
        action, dose_id: What was said of which dose; None and 0 where nothing was.
        status: How that dose stood when it was shown.
        taken_at: When it was taken, aware UTC, where that was said.
        reason: Of a skipped dose.
        sleep, pain: 0-10, higher is worse.
        effects: By their checklist ids.
    """

    day: date
    action: TapAction | None = None
    dose_id: int = 0
    status: Status = Status.PLANNED
    taken_at: datetime | None = None
    reason: SkipReason | None = None
    sleep: int | None = None
    pain: int | None = None
    effects: tuple[Effect, ...] = ()

    @property
    def empty(self) -> bool:
        return self.action is None and self.sleep is None and self.pain is None and not self.effects


@dataclass(frozen=True, slots=True)
class Meant:
    """What a record was found to mean.

    Attributes:
        told: Ready to be confirmed, but for the time where there are `times`.
        dose: The dose it is about, as it stands.
        times: When a time was said that can be several, or none: those to choose from, aware UTC.
        no_dose: A dose was spoken of, and there is none of that night.
    """

    told: Told
    dose: Dose | None
    times: tuple[datetime, ...] = ()
    no_dose: bool = False


@dataclass(frozen=True, slots=True)
class Kept:
    """What was saved: of the dose, and the check-in that is still open."""

    dose: Said | None
    sitting: Sitting | None
    checkin_id: int = 0


async def meant(tx: Tx, person: Person, patient: Patient, record: Record, now: datetime) -> Meant:
    """What a text that was read means for this patient's doses, now."""
    zone = load_zone(person.zone or "UTC")
    told = Told(day=local_day(now, zone), sleep=record.sleep, pain=record.pain, effects=record.effects)
    if record.dose is None:
        return Meant(told, None)
    dose = _dose_meant(record, await speakable(tx, patient, now), now, zone.key)
    if dose is None:
        return Meant(told, None, no_dose=True)
    skipped = record.dose == "skipped"
    told = replace(
        told,
        action=TapAction.SKIPPED if skipped else TapAction.TAKEN,
        dose_id=dose.id,
        status=Status(dose.status),
        reason=SkipReason(record.reason or SkipReason.OTHER) if skipped else None,
    )
    if skipped or not (record.when or record.ago is not None or record.vague):
        return Meant(told, dose)
    found = _instants(record, dose, now, zone.key)
    if len(found) == 1:
        return Meant(replace(told, taken_at=found[0]), dose)
    return Meant(told, dose, found or times_around(dose, now))


async def speakable(tx: Tx, patient: Patient, now: datetime) -> list[Dose]:
    """The doses that can be spoken of: from those due within six hours to those of 48 hours ago."""
    found = await doses.newest_doses(tx, patient.id, _LOOK_BACK, until=now + EARLY_BY)
    return [dose for dose in found if now < dose.correct_until]


def _times(dose: Dose) -> DoseTimes:
    return DoseTimes(dose.id, dose.dose_day, dose.scheduled_at, dose.closes_at)


def times_around(dose: Dose, now: datetime) -> tuple[datetime, ...]:
    """Times to choose from where a person is asked when they took a dose (aware UTC)."""
    return choices(_times(dose), now)


def _instants(record: Record, dose: Dose, now: datetime, zone: str) -> tuple[datetime, ...]:
    if record.ago is not None:
        at = now - timedelta(minutes=record.ago)
        return (at,) if dose.scheduled_at - EARLY_BY <= at < dose.closes_at else ()
    if record.when is None:
        return ()
    return instants(record.when, record.certain, record.night, _times(dose), now, load_zone(zone))


def _dose_meant(record: Record, found: Sequence[Dose], now: datetime, zone: str) -> Dose | None:
    """The dose of the night that was named; else the one whose time fits, else the one that is due."""
    if record.night is not None:
        day = day_meant(record.night, now, load_zone(zone))
        found = [dose for dose in found if dose.dose_day == day] or (
            _of_this_morning(found, now, zone) if record.night == "this morning" else []
        )
    if record.when is not None or record.ago is not None:
        fitting = [dose for dose in found if _instants(record, dose, now, zone)]
        found = fitting or found
    running = [dose for dose in found if dose.scheduled_at - EARLY_BY <= now < dose.closes_at]
    begun = [dose for dose in running if dose.scheduled_at <= now]
    earlier = [dose for dose in found if dose.scheduled_at <= now]
    return next(iter((*begun, *reversed(running), *earlier)), None)


def _of_this_morning(found: Sequence[Dose], now: datetime, zone: str) -> list[Dose]:
    """A dose that is taken in the morning, not at bedtime."""
    today = local_day(now, load_zone(zone))
    return [
        dose
        for dose in found
        if (local := dose.scheduled_at.astimezone(load_zone(zone))).date() == today and local.time() < NOON
    ]


async def save(tx: Tx, patient: Patient, told: Told, now: datetime) -> Kept | None:
    """Save what was confirmed; None where the dose was answered otherwise since it was shown.

    Raises:
        NotForYou: not this patient's dose.
        NotYet, Closed: nothing can be recorded for that dose (any more), or the day is too long ago.
    """
    if now >= datetime.combine(told.day, time(), UTC) + _LATEST + timedelta(days=1):
        raise Closed
    said = None
    if told.action is not None:
        dose = await dosing.own_dose(tx, patient, told.dose_id)
        if dose.status != told.status and not (
            {Status(dose.status), told.status} <= _UNRECORDED or _is_so(dose, told)
        ):
            return None
        said = await _save_dose(tx, patient, dose, told, told.action, now)
    given = {"sleep": told.sleep, "pain": told.pain}
    levels = {item: value for item, value in given.items() if value is not None}
    sitting, into = None, 0
    if levels or told.effects:
        effects = {one.name: _SEVERITIES[one.severity] for one in told.effects}
        into, sitting = await checkins.tell(tx, patient, told.day, levels, effects, now)
    return Kept(said, sitting, into)


_UNRECORDED = frozenset(Status) - RECORDED
_SEVERITIES = {None: None, "mild": 1, "moderate": 2, "severe": 3}


def _is_so(dose: Dose, told: Told) -> bool:
    """Whether the record says already what was told: the same button tapped twice."""
    if told.action is TapAction.TAKEN:
        return dose.status == Status.TAKEN and (told.taken_at is None or dose.taken_at == told.taken_at)
    return dose.status == Status.SKIPPED and dose.reason == told.reason


async def _save_dose(
    tx: Tx, patient: Patient, dose: Dose, told: Told, action: TapAction, now: datetime
) -> Said:
    if dose.status in RECORDED:
        if _is_so(dose, told):
            return Said(TapOutcome.RECORD, dose)
        _, after = await dosing.correct_dose(
            tx, patient, dose.id, action, now, reason=told.reason, taken_at=told.taken_at
        )
        return Said(TapOutcome.LATE_RECORD, after)
    taken_at = told.taken_at
    if action is TapAction.TAKEN and taken_at is None and now - dose.scheduled_at > _NOT_NOW_AFTER:
        taken_at = dose.prompted_at or dose.scheduled_at
    return await dosing.record_before_prompt(
        tx, patient, dose.id, action, now, reason=told.reason, taken_at=taken_at
    )
