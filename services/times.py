"""When the patient's doses and mornings are: bedtimes, weekends, one night moved, another zone."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from clinical import dose as life
from clinical.dose import Move, Status
from clinical.localtime import calendar_day, instant_of, load_zone, waking_wall
from clinical.regimen import MIN_GAP, Regimen
from clinical.schedule import LastPlanned, instant_for, next_expected
from services import kinds
from services.enrolment import next_prompt
from services.errors import Refusal
from services.planning import (
    dose_zone,
    last_planned,
    owed_about,
    plan_patient,
    regimen_of,
    replan,
    why_not_expected,
)
from storage import doses, inbox, outbox, people
from storage.records import Dose, Patient, Person
from storage.store import Tx


class NothingToMove(Refusal):
    """No prompt is planned that could be moved."""


class AlreadyPast(Refusal):
    """That time is over, or does not belong to this dose day."""


class TooCloseToAnother(Refusal):
    """It would come less than twelve hours from another dose."""


async def set_bedtime(
    tx: Tx, patient: Patient, wall: time, weekend_wall: time | None, now: datetime
) -> Patient:
    """New dose times, from the next prompt on.

    Raises:
        WallsTooFarApart: weekday and weekend differ by more than nine hours.
        SecondWallError: a second time a day is not later than the first.
    """
    weekend_wall = None if weekend_wall == wall else weekend_wall
    Regimen((), wall, weekend_wall, at_bedtime=patient.at_bedtime, second_wall=patient.second_wall)
    patient = await plan_patient(tx, patient, now)
    tonight = await next_prompt(tx, patient, now)
    # The morning follows the bedtime until the patient has named an hour of their own.
    moved = patient.waking_wall == waking_wall(patient.dose_wall)
    await people.change_patient(
        tx,
        patient.id,
        dose_wall=wall,
        weekend_wall=weekend_wall,
        waking_wall=waking_wall(wall) if moved else patient.waking_wall,
    )
    detail = f"{wall:%H:%M}" + (f" weekend {weekend_wall:%H:%M}" if weekend_wall else "")
    await inbox.audit(tx, now, f"patient:{patient.id}", "dose time", f"patient:{patient.id}", detail)
    regimen = await regimen_of(tx, await people.patient(tx, patient.id))
    over = tonight is not None and instant_for(regimen, load_zone(tonight.zone), tonight.dose_day) <= now
    if tonight is not None and over:
        # The new time is over for tonight: its prompt comes when it was to come, the new time from tomorrow.
        await _note_moved(tx, tonight, now)
    return await replan(tx, patient.id, now, times_changed=not over)


async def _note_moved(tx: Tx, dose: Dose, now: datetime) -> None:
    await doses.add_event(
        tx,
        dose_id=dose.id,
        at=now,
        move=Move.RESCHEDULE,
        before=Status.PLANNED,
        after=Status.PLANNED,
        reason=None,
        taken_at=None,
    )


async def set_morning(tx: Tx, patient: Patient, wall: time, now: datetime) -> Patient:
    """The hour of the morning check-in and of other questions."""
    await people.change_patient(tx, patient.id, waking_wall=wall)
    await inbox.audit(tx, now, f"patient:{patient.id}", "morning time", f"patient:{patient.id}")
    return await replan(tx, patient.id, now)


async def move_tonight(tx: Tx, patient: Patient, wall: time, now: datetime) -> Dose:
    """Move the next planned prompt to another time of its dose day; the nights after stay as they are.

    Raises:
        NothingToMove: no prompt is planned.
        AlreadyPast: the time is over.
        TooCloseToAnother: less than twelve hours from the dose before or the usual one after.
    """
    newest = await doses.newest_doses(tx, patient.id, 6)
    dose = await next_prompt(tx, patient, now)
    if dose is None:
        raise NothingToMove
    zone = load_zone(dose.zone)
    day = calendar_day(dose.dose_day, wall) if patient.at_bedtime else dose.dose_day
    scheduled_at = instant_of(day, wall, zone)
    if scheduled_at <= now:
        raise AlreadyPast
    before = next((one for one in newest if one.status != Status.NOT_EXPECTED and one.id != dose.id), None)
    last = LastPlanned(dose.dose_day, dose.scheduled_at, dose.scheduled_at, dose.slot)
    after = next_expected(
        regimen=await regimen_of(tx, patient),
        zone=zone,
        last=last,
        now=dose.scheduled_at,
        reason_of=lambda one: why_not_expected(patient, one),
    )
    gap = MIN_GAP if patient.second_wall is None else timedelta(hours=4)
    if before is not None and scheduled_at - before.scheduled_at < gap:
        raise TooCloseToAnother
    if after is not None and after.scheduled_at - scheduled_at < gap:
        raise TooCloseToAnother
    windows = life.windows(scheduled_at, zone, after.scheduled_at if after else None)
    moved = await doses.move_planned(tx, dose.id, scheduled_at, windows)
    await _note_moved(tx, dose, now)
    await outbox.forget(tx, (kinds.DOSE_PROMPT,), [dose.id])
    await outbox.owe(tx, **owed_about(kinds.DOSE_PROMPT, patient.person_id, moved))
    await people.change_patient(tx, patient.id, next_plan_at=scheduled_at)
    return moved


@dataclass(frozen=True, slots=True)
class Journey:
    """Where somebody is now: zone, country (None: not known), and how the place is called."""

    name: str
    country: str | None
    zone: str


async def next_prompt_if(
    tx: Tx, person: Person, patient: Patient, journey: Journey, *, keep_home: bool, now: datetime
) -> datetime | None:
    """When the next prompt would come after the journey; nothing is changed."""
    zone = dose_zone(patient, person) if keep_home else load_zone(journey.zone)
    newest = [one for one in await doses.newest_doses(tx, patient.id, 10) if one.scheduled_at <= now]
    found = next_expected(
        regimen=await regimen_of(tx, patient),
        zone=zone,
        last=last_planned(newest),
        now=now,
        first_day=patient.start_on,
        reason_of=lambda day: why_not_expected(patient, day),
    )
    return found.scheduled_at if found and patient.start_on is not None else None


async def travel(
    tx: Tx, person: Person, patient: Patient, journey: Journey, *, keep_home: bool, now: datetime
) -> Patient:
    """The person is elsewhere: clock and emergency numbers follow at once, dose times as they chose."""
    home = dose_zone(patient, person).key
    await plan_patient(tx, patient, now)
    await people.change_person(tx, person.id, zone=journey.zone, country=journey.country)
    kept = home if keep_home and home != journey.zone else None
    await people.change_patient(tx, patient.id, dose_zone=kept)
    detail = f"{journey.zone} home={kept or 'no'}"
    await inbox.audit(tx, now, f"patient:{patient.id}", "zone changed", f"patient:{patient.id}", detail)
    return await replan(tx, patient.id, now, times_changed=True)
