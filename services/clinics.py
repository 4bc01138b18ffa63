"""Clinics and their clinicians, and the single-use links by which people join."""

import json
import secrets
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta

from clinical.localtime import load_zone
from services.errors import InviteExpired, InviteUnknown, InviteUsed, Refusal
from services.planning import dose_day_now, replan
from storage import inbox, people
from storage.records import Clinic, Clinician, Invite, Patient, Person
from storage.store import Tx

CLINICIAN_INVITE_LASTS = timedelta(days=3)
PATIENT_INVITE_LASTS = timedelta(days=14)


class ClinicExists(Refusal):
    """A clinic of that name is already there."""


class NoSuchClinic(Refusal):
    """There is no clinic of that name."""


@dataclass(frozen=True, slots=True)
class InvitedPlan:
    """The plan that an invite carries: amount in micrograms, form, first night, day of review, label."""

    amount_ug: int
    form: str
    starts_on: date
    review_on: date | None
    units: str | None = None
    strength_ug: int | None = None

    def pack(self) -> str:
        return json.dumps(asdict(self), default=str)

    @classmethod
    def unpack(cls, packed: str) -> "InvitedPlan":
        raw = json.loads(packed)
        review = raw["review_on"]
        return cls(
            raw["amount_ug"],
            raw["form"],
            date.fromisoformat(raw["starts_on"]),
            date.fromisoformat(review) if review else None,
            raw.get("units"),
            raw.get("strength_ug"),
        )


async def add_clinic(tx: Tx, name: str, zone: str, now: datetime) -> Clinic:
    """Write a new clinic.

    Raises:
        ClinicExists: the name is taken.
        UnknownZone: `zone` is not an IANA zone.
    """
    load_zone(zone)
    if any(clinic.name.casefold() == name.casefold() for clinic in await people.clinics(tx)):
        raise ClinicExists
    clinic = await people.add_clinic(tx, name, zone, now)
    await inbox.audit(tx, now, "cli", "clinic added", f"clinic:{clinic.id}")
    return clinic


async def clinic_named(tx: Tx, name: str) -> Clinic:
    """The clinic of that name or number.

    Raises:
        NoSuchClinic: there is none.
    """
    for clinic in await people.clinics(tx):
        if name.casefold() == clinic.name.casefold() or name == str(clinic.id):
            return clinic
    raise NoSuchClinic


async def invite_clinician(tx: Tx, clinic_id: int, now: datetime, *, by: str) -> str:
    """A token for one new clinician, valid for three days."""
    token = secrets.token_urlsafe(18)
    await people.add_invite(
        tx,
        token,
        "clinician",
        clinic_id=clinic_id,
        clinician_id=None,
        plan=None,
        now=now,
        expires_at=now + CLINICIAN_INVITE_LASTS,
    )
    await inbox.audit(tx, now, by, "clinician invited", f"clinic:{clinic_id}")
    return token


async def invite_patient(tx: Tx, clinician: Clinician, plan: InvitedPlan | None, now: datetime) -> str:
    """A token for one new patient of the clinician, valid for two weeks; carries the plan."""
    token = secrets.token_urlsafe(18)
    await people.add_invite(
        tx,
        token,
        "patient",
        clinic_id=clinician.clinic_id,
        clinician_id=clinician.id,
        plan=plan.pack() if plan else None,
        now=now,
        expires_at=now + PATIENT_INVITE_LASTS,
    )
    await inbox.audit(
        tx, now, f"clinician:{clinician.id}", "patient invited", f"clinic:{clinician.clinic_id}"
    )
    return token


async def open_invite(tx: Tx, token: str, now: datetime, *, person_id: int | None = None) -> Invite:
    """The invite of a token, still good to use (or used by this very person).

    Raises:
        InviteUnknown, InviteUsed, InviteExpired.
    """
    invite = await people.invite(tx, token)
    if invite is None:
        raise InviteUnknown
    if invite.used_at is not None and invite.used_by != person_id:
        raise InviteUsed
    if invite.expires_at <= now:
        raise InviteExpired
    return invite


async def reads_for(tx: Tx, clinician: Clinician, patient_id: int) -> Patient | None:
    """The patient, if this clinician may read their record; else None, as if there were none."""
    patients = await people.patients_of(tx, clinician.id)
    return next((patient for patient in patients if patient.id == patient_id), None)


async def link_patient(tx: Tx, patient: Patient, token: str, now: datetime, *, sharing: bool) -> Patient:
    """Link somebody who enrolled alone to the invite's clinician; the history stays, its plan is added.

    Raises:
        InviteUnknown, InviteUsed, InviteExpired.
    """
    invite = await open_invite(tx, token, now, person_id=patient.person_id)
    if not await people.use_invite(tx, invite.id, patient.person_id, now):
        raise InviteUsed
    patient = await people.change_patient(
        tx, patient.id, clinician_id=invite.clinician_id, consent_sharing=sharing
    )
    await inbox.audit(
        tx, now, f"patient:{patient.id}", "linked", f"patient:{patient.id}", f"sharing={sharing}"
    )
    if invite.plan is not None:
        plan = InvitedPlan.unpack(invite.plan)
        person = await people.person(tx, patient.person_id)
        await people.add_step(
            tx,
            patient_id=patient.id,
            amount_ug=plan.amount_ug,
            form=plan.form,
            units=plan.units,
            strength_ug=plan.strength_ug,
            starts_on=max(plan.starts_on, dose_day_now(person, patient, now)),
            review_on=plan.review_on,
            source="clinic",
            recorded_at=now,
            # They have just read and confirmed it.
            seen_at=now,
        )
    return await replan(tx, patient.id, now)


async def join_as_clinician(tx: Tx, invite: Invite, person: Person, now: datetime) -> Clinician:
    """Make the person a clinician of the invite's clinic; the link is used up.

    Raises:
        InviteUsed: somebody was faster.
    """
    if existing := await people.clinician_of(tx, person.id):
        return existing
    if not await people.use_invite(tx, invite.id, person.id, now):
        raise InviteUsed
    clinic = await people.clinic(tx, invite.clinic_id)
    if person.zone is None:
        await people.change_person(tx, person.id, zone=clinic.zone)
    clinician = await people.add_clinician(tx, person.id, clinic.id, now)
    await inbox.audit(tx, now, f"person:{person.id}", "clinician joined", f"clinician:{clinician.id}")
    return clinician
