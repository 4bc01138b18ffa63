"""Where a patient stands today: the plan of the day, its doses, what keeps prompts away, what comes next."""

from dataclasses import dataclass
from datetime import date, datetime, time

from clinical.dose import RECORDED, Reason, Status
from clinical.regimen import TitrationStep, wall_on
from clinical.schedule import instant_for
from services import kinds, regimens
from services.planning import dose_day_now, dose_zone, regimen_from, why_not_expected
from services.regimens import Tonight
from storage import doses, outbox, people
from storage.records import Dose, Patient, Person
from storage.store import Tx

_NEWEST = 6


@dataclass(frozen=True, slots=True)
class Slot:
    """One of the day's times. No plan: a step is due whose beginning has still to be decided."""

    wall: time
    plan: Tonight | None
    dose: Dose | None
    comes: bool  # its time is still ahead


@dataclass(frozen=True, slots=True)
class Today:
    """The dose day that is going on.

    Attributes:
        slots: One, or both of a day with two times.
        starts: The first step, where none is in force yet.
        resting: Why no dose is expected, other than by the days of the plan.
        last: The newest dose whose time has come, or that was told before its time.
        snoozed_until: When it is asked for again.
        ahead: The dose that will be prompted next.
        home: The zone of the dose times where it is not that of the patient's clock.
    """

    dose_day: date
    slots: tuple[Slot, ...]
    starts: TitrationStep | None
    resting: Reason | None
    last: Dose | None
    snoozed_until: datetime | None
    ahead: Dose | None
    home: str | None


async def today_of(tx: Tx, person: Person, patient: Patient, now: datetime) -> Today:
    """What the record says about the patient's dose day at `now`."""
    steps = await people.steps(tx, patient.id)
    regimen = regimen_from(patient, steps)
    zone = dose_zone(patient, person)
    day = dose_day_now(person, patient, now)
    newest = await doses.newest_doses(tx, patient.id, _NEWEST)
    last = next((dose for dose in newest if _has_come(dose, now)), None)
    resting = why_not_expected(patient, day)

    def slot(number: int) -> Slot:
        dose = next((one for one in newest if (one.dose_day, one.slot) == (day, number)), None)
        at = dose.scheduled_at if dose else instant_for(regimen, zone, day, number)
        expected = resting is None and regimen.cadence.expects(day)
        return Slot(
            wall=wall_on(regimen, day, number),
            plan=regimens.tonight(patient, steps, day, number),
            dose=dose if dose is not None and _has_come(dose, now) else None,
            comes=expected and at > now,
        )

    begun = any(step.starts_on <= day for step in regimen.steps)
    return Today(
        dose_day=day,
        slots=tuple(slot(number) for number in regimen.slots),
        starts=None if begun else min(regimen.steps, key=lambda step: step.starts_on, default=None),
        resting=resting,
        last=last,
        snoozed_until=await _snoozed_until(tx, last),
        ahead=next((one for one in newest if one.status == Status.PLANNED and one.scheduled_at > now), None),
        home=zone.key if person.zone is not None and zone.key != person.zone else None,
    )


def _has_come(dose: Dose, now: datetime) -> bool:
    """Whether there is something to say about a dose: its time has come, or it was told before."""
    return dose.scheduled_at <= now or dose.status in RECORDED


async def _snoozed_until(tx: Tx, dose: Dose | None) -> datetime | None:
    if dose is None or dose.status != Status.SNOOZED:
        return None
    owed = await outbox.about(tx, (kinds.DOSE_SNOOZED,), dose.id)
    return max((item.due_at for item in owed), default=None)
