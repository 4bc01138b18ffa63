"""The morning check-in: sleep, then pain of the last 24 hours, then an optional note."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from services.errors import Closed, NotForYou
from storage import doses
from storage.records import CheckIn, Patient
from storage.store import Tx

# Higher is worse in both (validated direction of the sleep scale; instruments, daily ratings).
ITEMS = ("sleep", "pain")
SCALE = "0-10 worse up"
_SEVERITY_SCALE = "ctcae-like 1-3"


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


async def tell(
    tx: Tx,
    patient: Patient,
    day: date,
    levels: Mapping[str, int],
    effects: Mapping[str, int | None],
    now: datetime,
) -> Sitting | None:
    """Write what was told of a local day in words: into its check-in while that is open, else beside it.

    Args:
        levels: Items of the daily check-in, 0-10.
        effects: Side effects by their checklist id; 1 mild, 2 moderate, 3 severe, None where it was not said.

    Returns:
        The open check-in as it is now; None where none is open.
    """
    newest = await doses.newest_checkin(tx, patient.id, ("sent", "done"))
    if newest is not None and newest.closes_at > now and newest.for_day == day:
        into = newest.id
    else:
        newest, into = None, await doses.told_checkin(tx, patient.id, day, now)
    for name, severity in effects.items():
        await doses.put_answer(tx, into, f"effect:{name}", severity, _SEVERITY_SCALE, now)
    if newest is None:
        for item, value in levels.items():
            await doses.put_answer(tx, into, item, value, SCALE, now)
        return None
    found = await sitting(tx, newest)
    for item, value in levels.items():
        found = await answer(tx, patient, newest.id, item, value, now)
    return found
