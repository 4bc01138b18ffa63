"""First contact, from the answers to a patient on record; and leaving again."""

import json
import secrets
from dataclasses import asdict, dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from clinical.dose import Status
from clinical.localtime import dose_day_at, load_zone, waking_wall
from services import flags, kinds
from services.errors import InviteUsed
from services.planning import plan_patient, replan
from storage import doses, inbox, outbox, people
from storage.records import Dose, Patient, Person
from storage.store import Tx

# Letters and digits that cannot be mistaken for one another when read aloud.
_ALPHABET = "ACDEFGHJKLMNPQRTUVWXY34679"


@dataclass(frozen=True, slots=True)
class ScreenItem:
    """What a tick on the safety screen does: a flag of `category`, a pause, or a line on each prompt."""

    name: str
    category: str | None
    pause: bool
    caution: bool


# Source: instruments section 8 and design section 5. Opioids pause by rule; an allergy to the medicine pauses
# because the bot never prompts against its own warning. Self-harm is asked about, then handled as RF03.
SAFETY_SCREEN = (
    ScreenItem("opioids", "RF04", pause=True, caution=False),
    ScreenItem("surgery", "RF09", pause=False, caution=True),
    ScreenItem("pregnancy", "RF08", pause=False, caution=True),
    ScreenItem("organs", None, pause=False, caution=False),
    ScreenItem("allergy", None, pause=True, caution=False),
    ScreenItem("other_naltrexone", None, pause=False, caution=False),
    ScreenItem("immune", None, pause=False, caution=False),
    ScreenItem("self_harm", "RF03", pause=False, caution=False),
)
SCREEN_ITEMS = {item.name: item for item in SAFETY_SCREEN}


@dataclass(slots=True)
class Answers:
    """What has been answered so far. Kept with the conversation, so a restart loses nothing."""

    token: str | None = None
    clinic: str | None = None
    helper: bool = False
    reminders: bool = False
    checkins: bool = False
    sharing: bool = False
    place: str | None = None
    country: str | None = None
    zone: str | None = None
    offered: list[list[str | None]] = field(default_factory=list)
    wall: str | None = None
    amount_ug: int | None = None
    form: str | None = None
    units: str | None = None
    strength_ug: int | None = None
    plan_start: str | None = None
    review: str | None = None
    differs: bool = False
    standing: str | None = None
    since: str | None = None
    start: str | None = None
    ticked: list[str] = field(default_factory=list)
    harm_now: bool = False

    def pack(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def unpack(cls, packed: str) -> "Answers":
        return cls(**json.loads(packed))


def new_code() -> str:
    """A pseudonymous code such as P-7K3FA."""
    return "P-" + "".join(secrets.choice(_ALPHABET) for _ in range(5))


async def enrol(tx: Tx, person: Person, answers: Answers, now: datetime) -> Patient:
    """Put the patient on record, use up the invite, record the plan, and plan the first prompt.

    Raises:
        InviteUsed: somebody used the invite meanwhile; nothing is kept.
    """
    assert answers.zone is not None
    assert answers.wall is not None
    clinician_id = None
    if answers.token is not None:
        invite = await people.invite(tx, answers.token)
        if invite is None or not await people.use_invite(tx, invite.id, person.id, now):
            raise InviteUsed
        clinician_id = invite.clinician_id
    wall = time.fromisoformat(answers.wall)
    await people.change_person(tx, person.id, zone=answers.zone, country=answers.country, unreachable_at=None)
    cautions = [name for name in answers.ticked if SCREEN_ITEMS[name].caution]
    code = new_code()
    while await people.patient_by_code(tx, code) is not None:
        code = new_code()
    start_on = date.fromisoformat(answers.start) if answers.start else None
    patient = await people.add_patient(
        tx,
        person_id=person.id,
        code=code,
        clinician_id=clinician_id,
        state="active",
        by_helper=answers.helper,
        consent_reminders=answers.reminders,
        consent_checkins=answers.checkins,
        consent_sharing=answers.sharing and clinician_id is not None,
        standing=answers.standing,
        taking_since=answers.since,
        start_on=start_on,
        dose_wall=wall,
        waking_wall=waking_wall(wall),
        screen=json.dumps(answers.ticked),
        caution=",".join(cautions)[:40] or None,
        enrolled_at=now,
    )
    consents = f"reminders={answers.reminders} checkins={answers.checkins} sharing={answers.sharing}"
    await inbox.audit(tx, now, f"person:{person.id}", "enrolled", f"patient:{patient.id}", consents)
    if answers.amount_ug is not None:
        first = answers.plan_start or answers.start
        await people.add_step(
            tx,
            patient_id=patient.id,
            amount_ug=answers.amount_ug,
            form=answers.form or "other",
            units=answers.units,
            strength_ug=answers.strength_ug,
            starts_on=min(
                date.fromisoformat(first) if first else today_for(answers.zone, now),
                start_on or date.max,
            ),
            review_on=date.fromisoformat(answers.review) if answers.review else None,
            source="clinic" if answers.token and answers.plan_start else "patient",
            recorded_at=now,
            seen_at=now,
        )
    return await plan_patient(tx, patient, now)


async def raise_screen_flags(
    tx: Tx, patient: Patient, answers: Answers, now: datetime
) -> flags.Raised | None:
    """Record what the safety screen found; the gravest one that was raised, None where there was none."""
    gravest: flags.Raised | None = None
    rank = {"mention": 0, "same-day": 1, "emergency": 2}
    for name in answers.ticked:
        item = SCREEN_ITEMS[name]
        severity = "same-day" if item.pause or (name == "self_harm" and answers.harm_now) else "mention"
        raised = await flags.raise_flag(
            tx,
            patient,
            category=item.category or "screen",
            severity=severity,
            concept=f"screen {name}",
            words=None,
            pause=item.pause,
            now=now,
        )
        patient = await people.patient(tx, patient.id)
        if gravest is None or rank[severity] > rank[gravest.escalation.severity]:
            gravest = raised
    if answers.differs:
        gravest = await flags.raise_flag(
            tx,
            patient,
            category="RF15",
            severity="same-day",
            concept="label differs from the plan",
            words=None,
            pause=True,
            now=now,
        )
    return gravest


def today_for(zone: str, now: datetime) -> date:
    """The dose day that is going on in a zone."""
    return dose_day_at(now, load_zone(zone))


def start_nights(zone: str, wall: time, now: datetime) -> tuple[date, date]:
    """The next two dose days whose prompt is still to come."""
    from clinical.localtime import next_wall

    local = next_wall(now, wall, load_zone(zone)).astimezone(load_zone(zone))
    first = local.date() - timedelta(days=1) if local.time() < time(12) else local.date()
    return first, first + timedelta(days=1)


async def set_first_night(tx: Tx, patient: Patient, now: datetime) -> Patient:
    """The patient starts tonight."""
    person = await people.person(tx, patient.person_id)
    assert person.zone is not None
    first, _ = start_nights(person.zone, patient.dose_wall, now)
    await people.change_patient(tx, patient.id, start_on=first, standing="taking")
    await inbox.audit(tx, now, f"patient:{patient.id}", "first night set", f"patient:{patient.id}")
    return await replan(tx, patient.id, now)


async def stop(tx: Tx, patient: Patient, now: datetime, *, medicine: bool) -> Patient:
    """End everything unasked from this transaction on, also what is already leased."""
    await people.change_patient(tx, patient.id, state="stopped", stopped_at=now)
    await outbox.withdraw_from(tx, patient.person_id, (*kinds.UNASKED, kinds.FLAG_FOLLOW_UP), "stopped")
    await inbox.forget_recent_texts(tx, person_id=patient.person_id)
    action = "stopped the medicine" if medicine else "stopped messages"
    await inbox.audit(tx, now, f"patient:{patient.id}", action, f"patient:{patient.id}")
    return await replan(tx, patient.id, now)


async def come_back(tx: Tx, patient: Patient, now: datetime) -> Patient:
    """Write to the patient again, as they have just asked for."""
    person = await people.person(tx, patient.person_id)
    await people.change_person(tx, person.id, unreachable_at=None)
    await people.change_patient(tx, patient.id, state="active", stopped_at=None)
    await inbox.audit(tx, now, f"patient:{patient.id}", "came back", f"patient:{patient.id}")
    return await replan(tx, patient.id, now)


async def next_prompt(tx: Tx, patient: Patient, now: datetime) -> Dose | None:
    """The coming dose that will be prompted, if one is planned."""
    for dose in await doses.newest_doses(tx, patient.id, 3):
        if dose.status == Status.PLANNED and dose.scheduled_at > now:
            return dose
    return None
