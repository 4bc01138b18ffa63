"""Writing what is owed: doses since the last planned one and the next, the coming check-in, notices.

One row per dose day, also for a day without a prompt: then it carries the reason why.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import zip_longest
from typing import Any
from zoneinfo import ZoneInfo

from clinical import dose as life
from clinical.dose import Move, Reason, Status
from clinical.localtime import dose_day_at, load_zone, local_day, next_wall
from clinical.regimen import Cadence, Every, Regimen, TitrationStep
from clinical.schedule import LastPlanned, PlannedDose, plan_days
from services import kinds, notices
from services.course import kind_on, window
from storage import doses, outbox, people, sweep
from storage.records import CheckIn, Dose, Patient, Person, Step
from storage.store import Tx

_A_WEEK = 8  # mornings; one of them is the weekly one
_CHECKIN_GRACE = timedelta(hours=6)
# Far enough for every window and for the doses that the next one is measured against.
_LOOK_BACK = timedelta(days=15)
SPREAD = timedelta(minutes=6)


async def regimen_of(tx: Tx, patient: Patient) -> Regimen:
    """The patient's regimen as the rules see it."""
    return regimen_from(patient, await people.steps(tx, patient.id))


def regimen_from(patient: Patient, steps: Sequence[Step]) -> Regimen:
    """The regimen of a patient whose steps have been read, without those that wait or were withdrawn."""
    return Regimen(
        steps=tuple(
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
            for step in steps
            if step.state == "active"
        ),
        wall=patient.dose_wall,
        weekend_wall=patient.weekend_wall,
        at_bedtime=patient.at_bedtime,
        cadence=cadence_of(patient),
        second_wall=patient.second_wall,
    )


def cadence_of(patient: Patient) -> Cadence:
    """Which dose days carry a dose of the patient's."""
    every = Every(patient.cadence)
    days = frozenset(day for day in range(7) if patient.cadence_days >> day & 1)
    return Cadence(every, patient.cadence_anchor, days if every is Every.WEEKDAYS else frozenset())


def dose_zone(patient: Patient, person: Person) -> ZoneInfo:
    """The zone of the patient's dose times: where they are, or home where they kept its time on a journey."""
    return load_zone(patient.dose_zone or person.zone or "UTC")


async def replan(tx: Tx, patient_id: int, now: datetime, *, times_changed: bool = False) -> Patient:
    """Throw away what was planned and not yet prompted, and plan anew from the record as it is.

    A night that the patient has moved stays moved, unless its very times have changed or no dose is due.
    """
    patient = await people.patient(tx, patient_id)
    ahead = [dose for dose in await doses.newest_doses(tx, patient_id, 5) if dose.scheduled_at > now]
    stale = [
        dose.id
        for dose in ahead
        if dose.status in (Status.PLANNED, Status.NOT_EXPECTED)
        and (times_changed or not await _stays_moved(tx, patient, dose))
    ]
    await doses.forget(tx, stale)
    await outbox.forget(tx, kinds.IN_PLACE_OF_A_DOSE, stale)
    await outbox.forget(tx, (kinds.CHECK_IN,), await doses.forget_planned_checkins(tx, patient_id))
    await plan_many(tx, [patient], now, changed_at=now if times_changed else None)
    return await people.patient(tx, patient_id)


async def _stays_moved(tx: Tx, patient: Patient, dose: Dose) -> bool:
    if dose.status != Status.PLANNED or why_not_expected(patient, dose.dose_day) is not None:
        return False
    return any(event.move == Move.RESCHEDULE for event in await doses.events(tx, dose.id))


async def plan_patient(tx: Tx, patient: Patient, now: datetime) -> Patient:
    """Write the patient's doses up to the next one, and the next check-in; sets when to look again."""
    await plan_many(tx, [patient], now)
    return await people.patient(tx, patient.id)


@dataclass(slots=True)
class _Plans:
    """What a batch of plannings comes to, to be written in a handful of statements."""

    doses: list[dict[str, Any]] = field(default_factory=list)
    checkins: list[dict[str, Any]] = field(default_factory=list)
    closing: list[tuple[int, datetime]] = field(default_factory=list)
    notices: list[dict[str, Any]] = field(default_factory=list)
    silent: set[int] = field(default_factory=set)
    look_again: list[tuple[int, datetime | None]] = field(default_factory=list)


async def plan_many(
    tx: Tx,
    patients: Sequence[Patient],
    now: datetime,
    *,
    per_minute: int | None = None,
    changed_at: datetime | None = None,
) -> set[int]:
    """Plan for each of these patients: every dose since the last planned one and the next, the next check-in.

    The number of statements does not depend on how many patients there are, nor on their history.

    Args:
        per_minute: Where more prompts than this fall due together, the rest goes out up to six minutes
            before the bedtime; the dose keeps its time. None: nothing is spread.
        changed_at: Their times have changed at this instant (`clinical.schedule.plan_days`).

    Returns:
        The patients for whom a dose was written that could no longer be prompted.
    """
    known = await sweep.people(tx, {patient.person_id for patient in patients})
    ids = [patient.id for patient in patients]
    steps = await sweep.steps(tx, ids)
    supplies = await sweep.supplies(tx, ids)
    recent = await sweep.doses_since(tx, ids, (now - _LOOK_BACK).date())
    checkins = await sweep.checkins_since(tx, ids, (now - _LOOK_BACK).date())
    plans = _Plans()
    for patient in patients:
        person = known[patient.person_id]
        if not patient.active or person.zone is None:
            plans.look_again.append((patient.id, None))
            continue
        newest = recent.get(patient.id)
        if newest is None:
            # Nothing in the last days: a new patient, or back after a long outage.
            newest = await doses.newest_doses(tx, patient.id, 10)
        checkin = checkins.get(patient.id)
        if checkin is None and patient.consent_checkins:
            checkin = await doses.newest_checkin(tx, patient.id)
        zone = load_zone(person.zone)
        regimen = regimen_from(patient, steps.get(patient.id, ()))
        if patient.asked_again_on is not None:
            plans.silent.add(patient.id)
        facts = notices.Facts(person, patient, zone, regimen, supplies.get(patient.id), now)
        owed, look_at = notices.coming(facts)
        plans.notices.extend(owed)
        moments = [
            _plan_doses(plans, patient, regimen, newest, dose_zone(patient, person), now, changed_at),
            _plan_checkin(plans, person, patient, checkin, steps.get(patient.id, ()), now),
            look_at,
        ]
        again = min((moment for moment in moments if moment is not None), default=None)
        plans.look_again.append((patient.id, again))
    await _write(tx, plans, {patient.id: patient.person_id for patient in patients}, now, per_minute)
    return {row["patient_id"] for row in plans.doses if row["status"] == Status.UNDELIVERED}


def _plan_doses(
    plans: _Plans,
    patient: Patient,
    regimen: Regimen,
    newest: Sequence[Dose],
    zone: ZoneInfo,
    now: datetime,
    changed_at: datetime | None,
) -> datetime | None:
    if patient.start_on is None or not regimen.steps:
        return None
    coming = plan_days(
        regimen=regimen,
        zone=zone,
        last=last_planned(newest),
        now=now,
        first_day=patient.start_on,
        reason_of=lambda day: why_not_expected(patient, day),
        changed_at=changed_at,
    )
    if newest and coming and newest[0].closes_at > coming[0].scheduled_at > newest[0].scheduled_at:
        plans.closing.append((newest[0].id, coming[0].scheduled_at))
    for planned, following in zip_longest(coming, coming[1:]):
        plans.doses.append(_row(patient, planned, following, zone, now))
    if coming:
        return coming[-1].scheduled_at
    return newest[0].scheduled_at if newest else None


def last_planned(newest: Sequence[Dose]) -> LastPlanned | None:
    """Where planning stands by the newest doses, newest first."""
    if not newest:
        return None
    expected = next((dose.scheduled_at for dose in newest if dose.status != Status.NOT_EXPECTED), None)
    return LastPlanned(newest[0].dose_day, newest[0].scheduled_at, expected, newest[0].slot)


def _row(
    patient: Patient, planned: PlannedDose, following: PlannedDose | None, zone: ZoneInfo, now: datetime
) -> dict[str, Any]:
    windows = life.windows(planned.scheduled_at, zone, following.scheduled_at if following else None)
    status = Status.PLANNED if planned.reason is None else Status.NOT_EXPECTED
    if status is Status.PLANNED and windows.grace_until <= now:
        status = Status.UNDELIVERED
    return {
        "patient_id": patient.id,
        "dose_day": planned.dose_day,
        "slot": planned.slot,
        "scheduled_at": planned.scheduled_at,
        "grace_until": windows.grace_until,
        "closes_at": windows.closes_at,
        "correct_until": windows.correct_until,
        "zone": zone.key,
        "status": status,
        "reason": planned.reason,
    }


def _plan_checkin(
    plans: _Plans,
    person: Person,
    patient: Patient,
    newest: CheckIn | None,
    steps: Sequence[Step],
    now: datetime,
) -> datetime | None:
    """The next morning that carries a check-in, as far as can be seen now; when to look again."""
    if not patient.consent_checkins:
        return None
    if newest is not None and newest.opens_at > now:
        return newest.opens_at
    zone = load_zone(person.zone or "UTC")
    opens_at = next_wall(now, patient.waking_wall, zone)
    for _ in range(_A_WEEK):
        for_day = opens_at.astimezone(zone).date()
        kind = kind_on(patient, zone, steps, for_day)
        # A day lived twice (travel, a changed waking time) has one check-in.
        if kind is not None and (newest is None or newest.for_day < for_day):
            plans.checkins.append(
                {
                    "patient_id": patient.id,
                    "kind": kind,
                    "for_day": for_day,
                    "opens_at": opens_at,
                    "closes_at": opens_at + window(kind),
                    "state": "planned",
                    "asks": "",
                }
            )
            return opens_at
        opens_at = next_wall(opens_at, patient.waking_wall, zone)
    return opens_at


async def _write(
    tx: Tx, plans: _Plans, person_of: Mapping[int, int], now: datetime, per_minute: int | None
) -> None:
    await sweep.close_before_next(tx, plans.closing)
    owed = list(plans.notices)
    for dose in (await sweep.add_doses(tx, plans.doses)).values():
        if dose.status == Status.PLANNED:
            owed.append(owed_about(kinds.DOSE_PROMPT, person_of[dose.patient_id], dose))
        elif (
            dose.scheduled_at > now
            and dose.reason == Reason.SAFETY_PAUSE
            and dose.slot == 1
            # Whoever was asked whether to go on is not asked every night as well.
            and dose.patient_id not in plans.silent
        ):
            owed.append(owed_about(kinds.SAFETY_QUESTION, person_of[dose.patient_id], dose))
        elif dose.scheduled_at > now and dose.reason == Reason.SCHEDULE_CHANGE:
            owed.append(owed_about(kinds.SCHEDULE_CHANGE, person_of[dose.patient_id], dose, due_at=now))
    ids = await sweep.add_checkins(tx, plans.checkins)
    for row in plans.checkins:
        checkin_id = ids[row["patient_id"], row["for_day"]]
        owed.append(
            {
                "kind": kinds.CHECK_IN,
                "person_id": person_of[row["patient_id"]],
                "subject_id": checkin_id,
                "key": f"checkin:{checkin_id}",
                "due_at": row["opens_at"],
                "expires_at": row["opens_at"] + _CHECKIN_GRACE,
                "priority": kinds.PRIORITY[kinds.CHECK_IN],
            }
        )
    if per_minute is not None:
        await _spread(tx, owed, now, per_minute)
    await sweep.owe(tx, owed)
    await sweep.set_next_plan(tx, plans.look_again)


def early_by(person_id: int) -> timedelta:
    """How much before a crowded bedtime this person's prompt goes out: 0 to 6 minutes, always the same."""
    digest = hashlib.sha256(f"spread {person_id}".encode()).digest()
    return timedelta(seconds=int.from_bytes(digest[:4]) % int(SPREAD.total_seconds()))


async def _spread(tx: Tx, owed: Sequence[dict[str, Any]], now: datetime, per_minute: int) -> None:
    """Let a minute's worth of prompts go out on the dot, and the others of that minute a little before."""
    waiting: dict[datetime, int] = {}
    for row in owed:
        due_at: datetime = row["due_at"]
        if row["kind"] != kinds.DOSE_PROMPT or due_at <= now + SPREAD:
            continue
        if due_at not in waiting:
            end = due_at + timedelta(minutes=1)
            waiting[due_at] = await outbox.due_between(tx, (kinds.DOSE_PROMPT,), due_at - SPREAD, end)
        waiting[due_at] += 1
        if waiting[due_at] > per_minute:
            row["due_at"] = due_at - early_by(row["person_id"])


def why_not_expected(patient: Patient, dose_day: date) -> Reason | None:
    """The reason why no dose is expected of the patient on that day, or None."""
    return life.not_expected_reason(
        dose_day=dose_day,
        starts_on=patient.start_on,
        ended=not patient.active,
        hold=patient.hold_at is not None,
        safety_pause=patient.safety_pause_at is not None,
        paused=patient.paused_at is not None,
        # Whoever does not take it meanwhile is asked before prompts begin again.
        paused_until=None if patient.standing == "off" else patient.paused_until,
        reminders_on=patient.consent_reminders,
    )


def owed_about(kind: str, person_id: int, dose: Dose, *, due_at: datetime | None = None) -> dict[str, Any]:
    """The outbox row of a message about a dose, at its time (or `due_at`), inside its grace."""
    return {
        "kind": kind,
        "person_id": person_id,
        "subject_id": dose.id,
        "key": f"dose:{dose.id}:{kind}",
        "due_at": due_at or dose.scheduled_at,
        "expires_at": dose.grace_until,
        "priority": kinds.PRIORITY[kind],
    }


def dose_day_now(person: Person, patient: Patient, now: datetime) -> date:
    """The dose day that is going on for the patient."""
    zone = dose_zone(patient, person)
    return dose_day_at(now, zone) if patient.at_bedtime else local_day(now, zone)
