"""Closing what nobody answered: answer windows, check-ins; and what a run of silent nights sets off."""

from datetime import datetime, timedelta

from clinical.dose import OPEN, Move, Status
from clinical.silence import Silence, silence
from services import flags
from services.moving import change
from storage import doses, inbox, outbox, people
from storage.store import Store, Tx

_BATCH = 200
# Settled messages are kept so long, for the ledger; the record of the doses stays.
RETENTION = timedelta(days=120)
_WAITING = (*OPEN, Status.PLANNED)


async def lapse(store: Store, now: datetime) -> int:
    """Close every answer window and check-in that has passed; how many doses."""
    closed = 0
    while True:
        async with store.read() as tx:
            ends = (await doses.next_close_at(tx, _WAITING), await doses.next_checkin_close_at(tx))
        if all(end is None or end > now for end in ends):
            return closed
        async with store.write() as tx:
            await doses.close_checkins(tx, now)
            batch = await doses.doses_to_close(tx, now, _WAITING, _BATCH)
            for dose in batch:
                # Planned and past its window: the prompt never went out, whatever became of its row.
                move = Move.GIVE_UP if dose.status == Status.PLANNED else Move.CLOSE_WINDOW
                await change(tx, dose, move, now)
                await after_silence(tx, dose.patient_id, now)
        closed += len(batch)
        if len(batch) < _BATCH:
            return closed


async def after_silence(tx: Tx, patient_id: int, now: datetime) -> None:
    """Begin a safety pause where none of the last seven expected nights was recorded as taken."""
    patient = await people.patient(tx, patient_id)
    if not patient.active or patient.safety_pause_at is not None:
        return
    newest = await doses.newest_doses(tx, patient_id, 30, until=now)
    found = silence((dose.dose_day, dose.status) for dose in newest)
    if found is None:
        return
    if found is Silence.UNANSWERED:
        # Not a single answer: one question in the morning, and nothing more until it is answered.
        patient = await people.change_patient(tx, patient.id, asked_again_on=now.date())
    await flags.begin_safety_pause(tx, patient, "silent7", now)


async def housekeep(store: Store, now: datetime) -> None:
    """Delete what is kept only for minutes or days: joined texts, handled updates, settled rows."""
    async with store.write() as tx:
        await inbox.forget_recent_texts(tx, before=now - timedelta(minutes=2))
        await inbox.forget_handled(tx, now - timedelta(days=3))
        await outbox.clear_settled(tx, now - RETENTION)
