"""The morning check-in: sleep, then pain of the last 24 hours, then an optional note."""

from dataclasses import dataclass
from datetime import datetime

from services.errors import Closed, NotForYou
from storage import doses
from storage.records import CheckIn, Patient
from storage.store import Tx

# Higher is worse in both (validated direction of the sleep scale; instruments, daily ratings).
ITEMS = ("sleep", "pain")
SCALE = "0-10 worse up"


@dataclass(frozen=True, slots=True)
class Sitting:
    """A check-in with the answers so far; `item` is asked next, None when all are answered."""

    checkin: CheckIn
    answers: dict[str, int | None]

    @property
    def item(self) -> str | None:
        return next((item for item in ITEMS if item not in self.answers), None)


async def sitting(tx: Tx, checkin: CheckIn) -> Sitting:
    return Sitting(checkin, await doses.answers(tx, checkin.id))


async def running(tx: Tx, patient: Patient, now: datetime) -> Sitting | None:
    """The check-in that is open for the patient now, if any."""
    newest = await doses.newest_checkin(tx, patient.id, ("sent",))
    if newest is None or newest.closes_at <= now:
        return None
    found = await sitting(tx, newest)
    return found if found.item else None


async def own(tx: Tx, patient: Patient, checkin_id: int) -> CheckIn:
    """The check-in, if it is this patient's.

    Raises:
        NotForYou: it is not.
    """
    found = await doses.checkin(tx, checkin_id)
    if found is None or found.patient_id != patient.id:
        raise NotForYou
    return found


async def answer(
    tx: Tx, patient: Patient, checkin_id: int, item: str, value: int | None, now: datetime
) -> Sitting:
    """Write one answer (0-10; None = passed over); answering again changes it while the window is open.

    Raises:
        NotForYou: the check-in is somebody else's, or has no such item.
        Closed: its window is over.
    """
    checkin = await own(tx, patient, checkin_id)
    if item not in ITEMS or (value is not None and not 0 <= value <= 10):
        raise NotForYou
    if checkin.closes_at <= now or checkin.state == "expired":
        raise Closed
    await doses.put_answer(tx, checkin.id, item, value, SCALE, now)
    found = await sitting(tx, checkin)
    if found.item is None and checkin.state != "done":
        await doses.change_checkin(tx, checkin.id, state="done", done_at=now)
    return found


async def add_note(tx: Tx, patient: Patient, checkin_id: int, text: str) -> None:
    """Keep a note with the check-in, after any that is there."""
    checkin = await own(tx, patient, checkin_id)
    await doses.change_checkin(tx, checkin.id, note=f"{checkin.note}\n{text}" if checkin.note else text)
