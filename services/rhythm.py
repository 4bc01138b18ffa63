"""On which days and how often: every day, every second, chosen weekdays; at bedtime or not; twice a day."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, time

from clinical.regimen import Cadence, Every, Regimen
from services.planning import dose_day_now, plan_patient, replan
from services.regimens import tell_of_change
from storage import inbox, people
from storage.records import Patient
from storage.store import Tx


@dataclass(frozen=True, slots=True)
class Rhythm:
    """What is asked for. Without `wall` the time stays; `second_ug` is the amount of the second dose."""

    every: Every = Every.DAY
    weekdays: Iterable[int] = field(default_factory=frozenset)
    at_bedtime: bool = True
    wall: time | None = None
    second_wall: time | None = None
    second_ug: int | None = None


async def set_rhythm(tx: Tx, patient: Patient, wanted: Rhythm, now: datetime, *, by: str) -> Patient:
    """Set it, from the next dose on. Every second day counts from the dose day that is going on.

    Raises:
        CadenceError: no weekday was chosen.
        SecondWallError: the second time is not later than the first, or a second one at bedtime.
    """
    person = await people.person(tx, patient.person_id)
    today = dose_day_now(person, patient, now)
    days = frozenset(wanted.weekdays)
    anchor = today if wanted.every is Every.SECOND_DAY else None
    wall = wanted.wall or patient.dose_wall
    Regimen(
        (),
        wall,
        patient.weekend_wall if wanted.at_bedtime else None,
        at_bedtime=wanted.at_bedtime,
        cadence=Cadence(wanted.every, anchor, days),
        second_wall=wanted.second_wall,
    )
    await plan_patient(tx, patient, now)
    await people.change_patient(
        tx,
        patient.id,
        cadence=wanted.every,
        cadence_anchor=anchor,
        cadence_days=sum(1 << day for day in days),
        at_bedtime=wanted.at_bedtime,
        dose_wall=wall,
        weekend_wall=patient.weekend_wall if wanted.at_bedtime else None,
        second_wall=wanted.second_wall,
    )
    if wanted.second_ug is not None:
        steps = await people.steps(tx, patient.id)
        form = next((step.form for step in reversed(steps) if step.slot == 1), "other")
        await people.add_step(
            tx,
            patient_id=patient.id,
            slot=2,
            amount_ug=wanted.second_ug,
            form=form,
            starts_on=today,
            source="clinic" if by.startswith("clinician") else "patient",
            recorded_at=now,
            seen_at=now,
        )
    await inbox.audit(tx, now, by, "rhythm set", f"patient:{patient.id}", wanted.every)
    if by.startswith("clinician"):
        await tell_of_change(tx, patient, f"rhythm{now:%Y%m%d%H%M%S}", now)
    return await replan(tx, patient.id, now, times_changed=True)
