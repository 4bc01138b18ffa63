"""What is left, when a refill is asked for, and running out."""

from datetime import date, datetime

from services import kinds
from services.planning import plan_patient
from storage import inbox, outbox, questions, supplies
from storage.records import Patient, Supply
from storage.store import Tx


async def _put(tx: Tx, patient: Patient, now: datetime, **values: object) -> Supply:
    """Write it, and plan what follows from it: the next reminder, the question whether it has arrived."""
    supply = await supplies.put_supply(tx, patient.id, now, **values)
    await plan_patient(tx, patient, now)
    return supply


async def count(tx: Tx, patient: Patient, doses_left: int, now: datetime) -> Supply:
    """The patient counted what is there; a late refill has arrived with it."""
    await outbox.withdraw_from(tx, patient.person_id, (kinds.REFILL, kinds.ARRIVAL), "counted")
    await inbox.audit(tx, now, f"patient:{patient.id}", "supply counted", f"patient:{patient.id}")
    return await _put(tx, patient, now, doses_left=doses_left, counted_at=now, ran_out_at=None)


async def arrived(tx: Tx, patient: Patient, now: datetime) -> None:
    """A refill is there; how much has still to be counted."""
    await _put(tx, patient, now, ran_out_at=None, counted_at=now)
    await inbox.audit(tx, now, f"patient:{patient.id}", "refill arrived", f"patient:{patient.id}")


async def set_notice(tx: Tx, patient: Patient, lead_days: int, now: datetime) -> Supply:
    """How many days before the end to remind."""
    return await _put(tx, patient, now, lead_days=lead_days)


async def set_beyond_use(tx: Tx, patient: Patient, day: date | None, now: datetime) -> Supply:
    """The beyond-use date of the label."""
    return await _put(tx, patient, now, beyond_use_on=day)


async def ran_out(tx: Tx, patient: Patient, words: str, now: datetime) -> bool:
    """Nothing is left: kept, and told to the clinic where one reads. Whether it was told; once for each end.

    Args:
        words: What stands on the clinic's list.
    """
    known = await supplies.supply(tx, patient.id)
    if known is not None and known.ran_out_at is not None:
        return patient.shared
    await _put(tx, patient, now, doses_left=0, ran_out_at=now)
    await inbox.audit(tx, now, f"patient:{patient.id}", "ran out", f"patient:{patient.id}")
    if patient.shared:
        await questions.add(tx, patient.id, words, now, kind="refill")
    return patient.shared


async def asked_for(tx: Tx, patient: Patient, words: str, now: datetime) -> bool:
    """Pass the wish for a refill on to the clinic. Whether there is one that reads."""
    if patient.shared:
        await questions.add(tx, patient.id, words, now, kind="refill")
        await inbox.audit(tx, now, f"patient:{patient.id}", "refill asked for", f"patient:{patient.id}")
    return patient.shared
