"""Writing what is owed: doses since the last planned one and the next, the coming check-in, replanning.

One row per dose day, also for a day without a prompt: then it carries the reason why.
"""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from clinical import dose as life
from clinical.dose import Reason, Status
from clinical.localtime import dose_day_at, load_zone, next_wall
from clinical.regimen import Regimen, TitrationStep
from clinical.schedule import LastPlanned, PlannedDose, plan_days
from services import kinds
from storage import doses, outbox, people
from storage.records import Dose, Patient, Person
from storage.store import Store, Tx

CHECKIN_WINDOW = timedelta(hours=24)
_BATCH = 200


async def regimen_of(tx: Tx, patient: Patient) -> Regimen:
    """The patient's regimen as the rules see it."""
    steps = tuple(
        TitrationStep(
            step_id=step.id,
            slot=step.slot,
            amount_ug=step.amount_ug,
            form=step.form,
            units=step.units,
            strength_ug=step.strength_ug,
            starts_on=step.starts_on,
            review_on=step.review_on,
        )
        for step in await people.steps(tx, patient.id)
    )
    return Regimen(steps=steps, wall=patient.dose_wall)


async def plan_due(store: Store, now: datetime) -> int:
    """Plan for everybody whose planning is due, a batch to a transaction; how many patients."""
    planned = 0
    while True:
        async with store.read() as tx:
            first = await people.next_plan_at(tx)
        if first is None or first > now:
            return planned
        async with store.write() as tx:
            batch = await people.patients_to_plan(tx, now, _BATCH)
            for patient in batch:
                await plan_patient(tx, patient, now)
        planned += len(batch)
        if len(batch) < _BATCH:
            return planned


async def replan(tx: Tx, patient_id: int, now: datetime) -> Patient:
    """Throw away what was planned and not yet prompted, and plan anew from the record as it is."""
    ahead = [dose for dose in await doses.newest_doses(tx, patient_id, 5) if dose.scheduled_at > now]
    stale = [dose.id for dose in ahead if dose.status in (Status.PLANNED, Status.NOT_EXPECTED)]
    await doses.forget(tx, stale)
    await outbox.forget(tx, kinds.IN_PLACE_OF_A_DOSE, stale)
    await outbox.forget(tx, (kinds.CHECK_IN,), await doses.forget_planned_checkins(tx, patient_id))
    return await plan_patient(tx, await people.patient(tx, patient_id), now)


async def plan_patient(tx: Tx, patient: Patient, now: datetime) -> Patient:
    """Write the patient's doses up to the next one, and the next check-in; sets when to look again."""
    person = await people.person(tx, patient.person_id)
    if not patient.active or person.zone is None:
        return await people.change_patient(tx, patient.id, next_plan_at=None)
    zone = load_zone(person.zone)
    look_again = [
        moment
        for moment in (
            await _plan_doses(tx, patient, person, zone, now),
            await _plan_checkin(tx, patient, person, zone, now),
        )
        if moment is not None
    ]
    return await people.change_patient(tx, patient.id, next_plan_at=min(look_again, default=None))


async def _plan_doses(
    tx: Tx, patient: Patient, person: Person, zone: ZoneInfo, now: datetime
) -> datetime | None:
    regimen = await regimen_of(tx, patient)
    if patient.start_on is None or not regimen.steps:
        return None
    newest = await doses.newest_doses(tx, patient.id, 10)
    last = None
    if newest:
        expected = next((dose.scheduled_at for dose in newest if dose.status != Status.NOT_EXPECTED), None)
        last = LastPlanned(newest[0].dose_day, newest[0].scheduled_at, expected)
    before = newest[0] if newest else None
    coming = plan_days(
        regimen=regimen,
        zone=zone,
        last=last,
        now=now,
        first_day=patient.start_on,
        reason_of=lambda day: why_not_expected(patient, day),
    )
    for planned in coming:
        before = await _write_dose(tx, patient, person, planned, before, zone, now)
    return before.scheduled_at if before is not None else None


async def _write_dose(
    tx: Tx,
    patient: Patient,
    person: Person,
    planned: PlannedDose,
    before: Dose | None,
    zone: ZoneInfo,
    now: datetime,
) -> Dose:
    reason = planned.reason
    windows = life.windows(planned.scheduled_at, zone, None)
    status = Status.PLANNED if reason is None else Status.NOT_EXPECTED
    if status is Status.PLANNED and windows.grace_until <= now:
        status = Status.UNDELIVERED
    written = await doses.add_dose(
        tx,
        patient_id=patient.id,
        dose_day=planned.dose_day,
        slot=planned.slot,
        scheduled_at=planned.scheduled_at,
        grace_until=windows.grace_until,
        closes_at=windows.closes_at,
        correct_until=windows.correct_until,
        zone=zone.key,
        status=status,
        reason=reason,
    )
    if before is not None and before.closes_at > planned.scheduled_at > before.scheduled_at:
        await doses.change_dose(tx, before.id, was=before.status, closes_at=planned.scheduled_at)
    if status is Status.PLANNED:
        await owe_prompt(tx, person.id, written)
    elif planned.scheduled_at > now:
        if reason is Reason.SAFETY_PAUSE:
            await owe_about_dose(tx, kinds.SAFETY_QUESTION, person.id, written)
        elif reason is Reason.SCHEDULE_CHANGE:
            await owe_about_dose(tx, kinds.SCHEDULE_CHANGE, person.id, written, due_at=now)
    return written


def why_not_expected(patient: Patient, dose_day: date) -> Reason | None:
    """The reason why no dose is expected of the patient on that day, or None."""
    return life.not_expected_reason(
        dose_day=dose_day,
        starts_on=patient.start_on,
        ended=not patient.active,
        hold=patient.hold_at is not None,
        safety_pause=patient.safety_pause_at is not None,
        paused=False,
        reminders_on=patient.consent_reminders,
        by_cadence=True,
    )


async def owe_prompt(tx: Tx, person_id: int, dose: Dose) -> None:
    await owe_about_dose(tx, kinds.DOSE_PROMPT, person_id, dose)


async def owe_about_dose(
    tx: Tx, kind: str, person_id: int, dose: Dose, *, due_at: datetime | None = None
) -> None:
    """Owe a message about a dose at its time (or `due_at`), inside its grace."""
    await outbox.owe(
        tx,
        kind=kind,
        person_id=person_id,
        subject_id=dose.id,
        key=f"dose:{dose.id}:{kind}",
        due_at=due_at or dose.scheduled_at,
        expires_at=dose.grace_until,
        priority=kinds.PRIORITY[kind],
    )


async def _plan_checkin(
    tx: Tx, patient: Patient, person: Person, zone: ZoneInfo, now: datetime
) -> datetime | None:
    if not patient.consent_checkins:
        return None
    opens_at = next_wall(now, patient.waking_wall, zone)
    newest = await doses.newest_checkin(tx, patient.id)
    if newest is not None and newest.opens_at > now:
        return newest.opens_at
    for_day = opens_at.astimezone(zone).date()
    if newest is not None and newest.for_day >= for_day:
        # A day lived twice (travel, a changed waking time) has one check-in.
        return opens_at
    checkin = await doses.add_checkin(
        tx,
        patient_id=patient.id,
        kind="daily",
        for_day=for_day,
        opens_at=opens_at,
        closes_at=opens_at + CHECKIN_WINDOW,
        state="planned",
    )
    await outbox.owe(
        tx,
        kind=kinds.CHECK_IN,
        person_id=person.id,
        subject_id=checkin.id,
        key=f"checkin:{checkin.id}",
        due_at=opens_at,
        expires_at=opens_at + timedelta(hours=6),
        priority=kinds.PRIORITY[kinds.CHECK_IN],
    )
    return opens_at


def dose_day_now(person: Person, now: datetime) -> date:
    """The dose day that is going on for the person."""
    assert person.zone is not None
    return dose_day_at(now, load_zone(person.zone))
