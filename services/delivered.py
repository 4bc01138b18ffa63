"""What follows once a message went out, or will never go: prompts out, check-ins open, reminders owed."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from clinical import dose as life
from clinical.dose import Move, Status
from services import duty, kinds, regimens
from services.moving import change
from storage import doses, inbox, people, sweep
from storage.records import Dose, OutboxItem, Patient
from storage.store import Tx

_REMINDER_LASTS = timedelta(hours=2)
_SILENT_NIGHTS = 3
_SILENT_LOOK_BACK = 12
_BEFORE_PROMPTED = (Status.PLANNED, Status.SNOOZED)


async def delivered_many(tx: Tx, sent: Sequence[tuple[OutboxItem, int | None]], now: datetime) -> set[int]:
    """These rows were sent: settled, their prompts out, their check-ins open, reminders owed.

    Returns:
        The ids of the rows that were still held; nothing is done about the others.
    """
    held = await sweep.settle_sent(tx, sent, now)
    mine = [item for item, _ in sent if item.id in held]
    opened = [item.subject_id for item in mine if item.kind in kinds.CHECK_INS]
    await sweep.mark_checkins_sent(tx, opened, now)
    prompts = {item.subject_id: item for item in mine if item.kind in (kinds.DOSE_PROMPT, kinds.DOSE_SNOOZED)}
    if not prompts:
        return held
    # Read anew: an answer may have come before this was written.
    out = [dose for dose in (await sweep.doses(tx, prompts)).values() if dose.status in _BEFORE_PROMPTED]
    patients = await sweep.patients(tx, {dose.patient_id for dose in out})
    steps = await sweep.steps(tx, patients)
    moved: list[tuple[Dose, int | None]] = []
    for dose in out:
        patient = patients[dose.patient_id]
        plan = regimens.tonight(patient, steps.get(dose.patient_id, ()), dose.dose_day, dose.slot)
        # What the prompt did not name is not on record as the amount of this dose.
        moved.append((dose, plan.step.amount_ug if plan and plan.named and plan.step else None))
    for status in _BEFORE_PROMPTED:
        of_this = [(dose, amount) for dose, amount in moved if dose.status == status]
        after = life.move(status, Move.PROMPT_ACCEPTED)
        await sweep.move_doses(tx, of_this, move=Move.PROMPT_ACCEPTED, after=after, now=now)
    await _owe_reminders(tx, out, patients, {dose.id: prompts[dose.id].person_id for dose in out}, now)
    return held


async def _owe_reminders(
    tx: Tx, out: Sequence[Dose], patients: Mapping[int, Patient], person_of: Mapping[int, int], now: datetime
) -> None:
    due_at = now + life.REMINDER_AFTER
    wanted = [dose for dose in out if patients[dose.patient_id].reminder_on and due_at < dose.closes_at]
    if not wanted:
        return
    since = now - timedelta(days=_SILENT_LOOK_BACK)
    silent = await sweep.silent_patients(tx, {dose.patient_id for dose in wanted}, since, _SILENT_NIGHTS)
    rows = []
    for dose in wanted:
        if dose.patient_id in silent and not await _reminder_wanted(tx, patients[dose.patient_id], dose):
            continue
        rows.append(
            {
                "kind": kinds.DOSE_REMINDER,
                "person_id": person_of[dose.id],
                "subject_id": dose.id,
                "key": f"dose:{dose.id}:{kinds.DOSE_REMINDER}:{dose.snoozes}",
                "due_at": due_at,
                "expires_at": min(dose.closes_at, due_at + _REMINDER_LASTS),
                "priority": kinds.PRIORITY[kinds.DOSE_REMINDER],
            }
        )
    await sweep.owe(tx, rows)


async def _reminder_wanted(tx: Tx, patient: Patient, dose: Dose) -> bool:
    """Reminders can be switched off, and stop by themselves after three unanswered nights."""
    before = [
        one.status
        for one in await doses.newest_doses(tx, patient.id, 10, until=dose.scheduled_at)
        if one.id != dose.id and one.status != Status.NOT_EXPECTED
    ][:_SILENT_NIGHTS]
    return len(before) < _SILENT_NIGHTS or set(before) != {Status.UNANSWERED}


async def in_doubt(tx: Tx, item: OutboxItem, now: datetime) -> None:
    """A message that is not sent twice may have arrived: a check-in is open then, if it did."""
    if item.kind in kinds.CHECK_INS:
        await doses.change_checkin(tx, item.subject_id, state="sent", sent_at=now)


async def not_delivered(tx: Tx, item: OutboxItem, now: datetime) -> None:
    """The row will never be sent: a prompt that never arrived is not the patient's silence."""
    if item.kind == kinds.DOSE_PROMPT:
        dose = await doses.dose(tx, item.subject_id)
        if dose is not None and dose.status == Status.PLANNED:
            await change(tx, dose, Move.GIVE_UP, now)
    elif item.kind in kinds.CHECK_INS:
        await doses.change_checkin(tx, item.subject_id, state="expired")
    elif item.kind == kinds.ESCALATION:
        await duty.not_arrived(tx, item.subject_id, now)


async def unreachable(tx: Tx, item: OutboxItem, now: datetime) -> None:
    """Telegram says that this chat cannot be reached any more: sending rests, consent stays as it is."""
    await people.change_person(tx, item.person_id, unreachable_at=now)
    await inbox.audit(tx, now, "bot", "unreachable", f"person:{item.person_id}")
    await not_delivered(tx, item, now)
