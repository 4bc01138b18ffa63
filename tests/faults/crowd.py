"""People written straight into the record: first contact is not under test here, and takes its time."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select, update

from clinical.localtime import dose_day_at, load_zone
from sandbox import Person, Telegram
from services import enrolment, kinds
from services.enrolment import Answers
from storage import people
from storage.records import Dose, as_record
from storage.store import Store
from storage.tables import DoseEventRow, DoseRow, OutboxRow, PatientRow

OUTBOX: Any = OutboxRow.__table__  # type: ignore[attr-defined]
DOSE: Any = DoseRow.__table__  # type: ignore[attr-defined]
PATIENT: Any = PatientRow.__table__  # type: ignore[attr-defined]
EVENT: Any = DoseEventRow.__table__  # type: ignore[attr-defined]
PROMPT = ("Time for", "This one is late")


async def enrolled(
    store: Store,
    telegram: Telegram,
    count: int,
    now: datetime,
    *,
    wall: str = "22:00",
    zone: str = "Europe/Lisbon",
    checkins: bool = False,
    first_id: int = 10_001,
    token: str | None = None,
) -> list[Person]:
    """So many patients who take 1.5 mg already, with their next dose planned."""
    phones = [telegram.person(first_id + number, f"Person {number}") for number in range(count)]
    async with store.write() as tx:
        for phone in phones:
            phone.start()
            person = await people.add_person(tx, phone.id, phone.first_name, "en", now)
            answers = Answers(
                token=token,
                reminders=True,
                checkins=checkins,
                sharing=token is not None,
                zone=zone,
                country="PT",
                wall=wall,
                amount_ug=1_500,
                form="capsule",
                standing="taking",
                since="month",
                start=(dose_day_at(now, load_zone(zone)) - timedelta(days=1)).isoformat(),
            )
            await enrolment.enrol(tx, person, answers, now)
    telegram.updates.clear()
    return phones


async def due_just_now(
    store: Store, telegram: Telegram, count: int, now: datetime, *, waits: float = 0
) -> list[Person]:
    """So many patients whose prompt fell due just now by the real clock, or does so in `waits` seconds."""
    bedtime = (now - timedelta(minutes=1)).replace(second=0, microsecond=0)
    phones = await enrolled(
        store, telegram, count, bedtime - timedelta(hours=1), wall=f"{bedtime:%H:%M}", zone="UTC"
    )
    if waits:
        async with store.write() as tx:
            later = now + timedelta(seconds=waits)
            await tx.run(update(OUTBOX).where(OUTBOX.c.kind == kinds.DOSE_PROMPT).values(due_at=later))
    return phones


async def doses_of(store: Store, telegram_id: int) -> list[Dose]:
    """Every dose of one patient, earliest first."""
    async with store.read() as tx:
        person = await people.person_by_telegram_id(tx, telegram_id)
        assert person is not None
        patient = await people.patient_of(tx, person.id)
        assert patient is not None
        rows = await tx.run(select(DOSE).where(DOSE.c.patient_id == patient.id).order_by(DOSE.c.dose_day))
        return [as_record(Dose, row) for row in rows]


async def moves_of(store: Store, dose_id: int) -> list[str]:
    """What happened to a dose, in order."""
    async with store.read() as tx:
        rows = await tx.run(select(EVENT.c.move).where(EVENT.c.dose_id == dose_id).order_by(EVENT.c.id))
        return list(rows.scalars())


async def rows_of(store: Store, *of_kinds: str) -> list[Any]:
    """The outbox rows of these kinds, as they are."""
    async with store.read() as tx:
        found = await tx.run(select(OUTBOX).where(OUTBOX.c.kind.in_(of_kinds)).order_by(OUTBOX.c.id))
        return list(found)


def prompts(phone: Person) -> int:
    """How many dose prompts the person has received, answered or not."""
    return sum(
        any(words.startswith(PROMPT) for words in (message.body, *message.history))
        for message in phone.received
    )


def copies(phones: Sequence[Person]) -> list[int]:
    return [prompts(phone) for phone in phones]
