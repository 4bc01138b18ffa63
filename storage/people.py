"""People, clinics, clinicians, invites and patients."""

import hashlib
from datetime import datetime
from typing import Any

from sqlalchemy import delete, exists, func, or_, update
from sqlmodel import col, select

from storage.records import Clinic, Clinician, Invite, Patient, Person, Step, as_record
from storage.store import Tx
from storage.tables import (
    ClinicianRow,
    ClinicRow,
    ConversationRow,
    DoseRow,
    InviteRow,
    OutboxRow,
    PatientRow,
    PersonRow,
    RecentTextRow,
    StepRow,
)


def token_hash(token: str) -> bytes:
    """What is kept of an invite's token: 32 bytes. The token itself stands only in the link."""
    return hashlib.sha256(token.encode()).digest()


async def person_by_telegram_id(tx: Tx, telegram_id: int) -> Person | None:
    row = (
        await tx.session.exec(select(PersonRow).where(PersonRow.lookup == tx.look_up.hash(telegram_id)))
    ).one_or_none()
    return None if row is None else as_record(Person, row)


async def person(tx: Tx, person_id: int) -> Person:
    return as_record(Person, await tx.session.get_one(PersonRow, person_id))


async def add_person(tx: Tx, telegram_id: int, name: str, language: str, now: datetime) -> Person:
    row = PersonRow(
        lookup=tx.look_up.hash(telegram_id),
        telegram_id=str(telegram_id),
        name=name,
        language=language,
        created_at=now,
    )
    tx.session.add(row)
    await tx.session.flush()
    return as_record(Person, row)


async def change_person(tx: Tx, person_id: int, **values: Any) -> None:
    await tx.session.exec(update(PersonRow).where(col(PersonRow.id) == person_id).values(**values))


async def clinics(tx: Tx) -> list[Clinic]:
    rows = await tx.session.exec(select(ClinicRow).order_by(col(ClinicRow.id)))
    return [as_record(Clinic, row) for row in rows]


async def clinic(tx: Tx, clinic_id: int) -> Clinic:
    return as_record(Clinic, await tx.session.get_one(ClinicRow, clinic_id))


async def add_clinic(tx: Tx, name: str, zone: str, now: datetime) -> Clinic:
    row = ClinicRow(name=name, zone=zone, created_at=now)
    tx.session.add(row)
    await tx.session.flush()
    return as_record(Clinic, row)


async def clinician(tx: Tx, clinician_id: int) -> Clinician:
    return as_record(Clinician, await tx.session.get_one(ClinicianRow, clinician_id))


async def clinician_of(tx: Tx, person_id: int) -> Clinician | None:
    row = (
        await tx.session.exec(select(ClinicianRow).where(ClinicianRow.person_id == person_id))
    ).one_or_none()
    return None if row is None else as_record(Clinician, row)


async def clinicians(tx: Tx, clinic_id: int | None = None) -> list[Clinician]:
    query = select(ClinicianRow).where(col(ClinicianRow.left_at).is_(None)).order_by(col(ClinicianRow.id))
    if clinic_id is not None:
        query = query.where(ClinicianRow.clinic_id == clinic_id)
    return [as_record(Clinician, row) for row in await tx.session.exec(query)]


async def add_clinician(tx: Tx, person_id: int, clinic_id: int, now: datetime) -> Clinician:
    row = ClinicianRow(person_id=person_id, clinic_id=clinic_id, joined_at=now)
    tx.session.add(row)
    await tx.session.flush()
    return as_record(Clinician, row)


async def change_clinician(tx: Tx, clinician_id: int, **values: Any) -> None:
    await tx.session.exec(update(ClinicianRow).where(col(ClinicianRow.id) == clinician_id).values(**values))


async def clinicians_with_digest_due(tx: Tx, now: datetime) -> list[Clinician]:
    rows = await tx.session.exec(
        select(ClinicianRow).where(
            col(ClinicianRow.next_digest_at) <= now, col(ClinicianRow.left_at).is_(None)
        )
    )
    return [as_record(Clinician, row) for row in rows]


async def digests_beyond(tx: Tx, moment: datetime) -> list[Clinician]:
    """Clinicians whose next digest stands further ahead than that."""
    rows = await tx.session.exec(
        select(ClinicianRow).where(
            col(ClinicianRow.next_digest_at) > moment, col(ClinicianRow.left_at).is_(None)
        )
    )
    return [as_record(Clinician, row) for row in rows]


async def next_digest_at(tx: Tx) -> datetime | None:
    moment: datetime | None = await tx.session.scalar(
        select(func.min(ClinicianRow.next_digest_at)).where(col(ClinicianRow.left_at).is_(None))
    )
    return moment


async def add_invite(
    tx: Tx,
    token: str,
    kind: str,
    *,
    clinic_id: int,
    clinician_id: int | None,
    plan: str | None,
    now: datetime,
    expires_at: datetime,
) -> None:
    tx.session.add(
        InviteRow(
            token_hash=token_hash(token),
            kind=kind,
            clinic_id=clinic_id,
            clinician_id=clinician_id,
            plan=plan,
            created_at=now,
            expires_at=expires_at,
        )
    )
    await tx.session.flush()


async def invite(tx: Tx, token: str) -> Invite | None:
    row = (
        await tx.session.exec(select(InviteRow).where(InviteRow.token_hash == token_hash(token)))
    ).one_or_none()
    return None if row is None else as_record(Invite, row)


async def use_invite(tx: Tx, invite_id: int, person_id: int, now: datetime) -> bool:
    """Take a single-use invite. False where somebody was faster."""
    done = await tx.session.exec(
        update(InviteRow)
        .where(col(InviteRow.id) == invite_id, col(InviteRow.used_at).is_(None))
        .values(used_at=now, used_by=person_id)
    )
    return bool(done.rowcount)


async def add_patient(tx: Tx, **values: Any) -> Patient:
    row = PatientRow(**values)
    tx.session.add(row)
    await tx.session.flush()
    return as_record(Patient, row)


async def patient(tx: Tx, patient_id: int) -> Patient:
    row = await tx.session.get_one(PatientRow, patient_id, populate_existing=True)
    return as_record(Patient, row)


async def patient_of(tx: Tx, person_id: int) -> Patient | None:
    row = (
        await tx.session.exec(
            select(PatientRow)
            .where(PatientRow.person_id == person_id)
            .execution_options(populate_existing=True)
        )
    ).one_or_none()
    return None if row is None else as_record(Patient, row)


async def patient_by_code(tx: Tx, code: str) -> Patient | None:
    row = (await tx.session.exec(select(PatientRow).where(PatientRow.code == code))).one_or_none()
    return None if row is None else as_record(Patient, row)


async def patients_of(tx: Tx, clinician_id: int) -> list[Patient]:
    """The linked patients who share with their clinic, by code."""
    rows = await tx.session.exec(
        select(PatientRow)
        .where(PatientRow.clinician_id == clinician_id, col(PatientRow.consent_sharing).is_(True))
        .order_by(col(PatientRow.code))
    )
    return [as_record(Patient, row) for row in rows]


async def change_patient(tx: Tx, patient_id: int, **values: Any) -> Patient:
    await tx.session.exec(update(PatientRow).where(col(PatientRow.id) == patient_id).values(**values))
    return await patient(tx, patient_id)


async def next_plan_at(tx: Tx) -> datetime | None:
    moment: datetime | None = await tx.session.scalar(select(func.min(PatientRow.next_plan_at)))
    return moment


async def planned_too_far(tx: Tx, now: datetime, beyond: datetime, limit: int) -> list[int]:
    """Patients planned further ahead than `beyond`, with nights given up that have not come yet.

    Not those of whom anything later than `now` is known: then it is the present clock that is behind.
    """
    own = col(DoseRow.patient_id) == col(PatientRow.id)
    given_up = exists().where(own, col(DoseRow.status) == "undelivered", col(DoseRow.scheduled_at) > now)
    lived = exists().where(own, or_(col(DoseRow.prompted_at) > now, col(DoseRow.answered_at) > now))
    rows = await tx.session.exec(
        select(col(PatientRow.id))
        .where(
            col(PatientRow.next_plan_at) > beyond,
            col(PatientRow.enrolled_at) <= now,
            # Only the bot's own counting of silent nights can begin a pause that is no sign of life.
            or_(
                col(PatientRow.safety_pause_at).is_(None),
                col(PatientRow.safety_pause_at) <= now,
                col(PatientRow.safety_pause_cause) == "silent7",
            ),
            given_up,
            ~lived,
        )
        .limit(limit)
    )
    return [number for number in rows if number is not None]


async def add_step(tx: Tx, **values: Any) -> Step:
    row = StepRow(**values)
    tx.session.add(row)
    await tx.session.flush()
    return as_record(Step, row)


async def steps(tx: Tx, patient_id: int) -> list[Step]:
    """The patient's titration steps, earliest first."""
    rows = await tx.session.exec(
        select(StepRow)
        .where(StepRow.patient_id == patient_id)
        .order_by(col(StepRow.starts_on), col(StepRow.id))
        .execution_options(populate_existing=True)
    )
    return [as_record(Step, row) for row in rows]


async def step(tx: Tx, step_id: int) -> Step | None:
    row = await tx.session.get(StepRow, step_id, populate_existing=True)
    return None if row is None else as_record(Step, row)


async def change_step(tx: Tx, step_id: int, **values: Any) -> Step:
    await tx.session.exec(update(StepRow).where(col(StepRow.id) == step_id).values(**values))
    return as_record(Step, await tx.session.get_one(StepRow, step_id, populate_existing=True))


async def forget_person(tx: Tx, person_id: int) -> None:
    """Delete a person who never enrolled, with everything that was noted on the way."""
    for table, column in (
        (RecentTextRow, col(RecentTextRow.person_id)),
        (ConversationRow, col(ConversationRow.person_id)),
        (OutboxRow, col(OutboxRow.person_id)),
        (PersonRow, col(PersonRow.id)),
    ):
        await tx.session.exec(delete(table).where(column == person_id))
