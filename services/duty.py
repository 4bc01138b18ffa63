"""Who is asked about an alert, by when, and what becomes of it when nobody takes it up."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta

from clinical.duty import Away, Hours, cover_list, take_up_by
from clinical.localtime import load_zone, local_day
from services import kinds
from storage import duty, inbox, outbox, people
from storage.records import Clinic, Clinician, Escalation, Patient
from storage.store import Store, Tx

_LASTS = timedelta(days=2)
_OPENING_LASTS = timedelta(hours=12)
TEST_EVERY = timedelta(days=30)  # design 7: on joining and monthly
TEST_AFTER_JOINING = timedelta(minutes=5)


async def clinic_of(tx: Tx, clinician_id: int) -> tuple[Clinic, Hours]:
    """The clinic of a clinician, and when it is open."""
    clinician = await people.clinician(tx, clinician_id)
    return await people.clinic(tx, clinician.clinic_id), await duty.hours(tx, clinician.clinic_id)


async def opens_at(tx: Tx, patient: Patient, now: datetime) -> datetime | None:
    """When the patient's clinic opens, where it is closed now and its hours are known."""
    if patient.clinician_id is None:
        return None
    clinic, hours = await clinic_of(tx, patient.clinician_id)
    return hours.opens_at(now, load_zone(clinic.zone))


async def ask_next(
    tx: Tx, patient: Patient, escalation: Escalation, now: datetime, *, again: bool = False
) -> bool:
    """Tell the next on the cover list who can be reached and was not asked yet; whether somebody is.

    Args:
        again: It got graver: whoever was asked first is told again.
    """
    if patient.clinician_id is None or not patient.consent_sharing:
        return False
    clinic, hours = await clinic_of(tx, patient.clinician_id)
    zone = load_zone(clinic.zone)
    colleagues = [one.id for one in await people.clinicians(tx, clinic.id)]
    order = cover_list(patient.clinician_id, colleagues, await duty.away(tx, clinic.id), local_day(now, zone))
    asked = [] if again else asked_ids(escalation)
    for clinician_id in order:
        if clinician_id in asked or clinician_id not in colleagues:
            continue
        clinician = await people.clinician(tx, clinician_id)
        reader = await people.person(tx, clinician.person_id)
        if reader.unreachable_at is not None:
            continue
        await owe_alert(tx, escalation, clinician, now)
        until = take_up_by(escalation.severity, now, hours, zone)
        everybody = dict.fromkeys([*asked_ids(escalation), clinician_id])
        await inbox.change_escalation(
            tx,
            escalation.id,
            told=escalation.told + 1,
            asked=f",{','.join(map(str, everybody))},",
            next_at=until,
        )
        opens = hours.opens_at(now, zone)
        if opens is not None and escalation.severity != "emergency":
            await _owe_opening_list(tx, clinician, opens)
        return True
    return False


def asked_ids(escalation: Escalation) -> list[int]:
    """The clinicians who were told of an alert, in that order."""
    return [int(one) for one in escalation.asked.split(",") if one]


async def owe_alert(tx: Tx, escalation: Escalation, clinician: Clinician, due_at: datetime) -> None:
    """Owe a clinician the message of an alert."""
    await outbox.owe(
        tx,
        kind=kinds.ESCALATION,
        person_id=clinician.person_id,
        subject_id=escalation.id,
        key=f"escalation:{escalation.id}:{escalation.times}:{clinician.id}",
        due_at=due_at,
        expires_at=due_at + _LASTS,
        priority=kinds.PRIORITY[kinds.ESCALATION],
    )


async def _owe_opening_list(tx: Tx, clinician: Clinician, opens: datetime) -> None:
    """Same-day alerts of the night stand in one list when the clinic opens."""
    await outbox.owe(
        tx,
        kind=kinds.OPENING_LIST,
        person_id=clinician.person_id,
        subject_id=clinician.id,
        key=f"opening:{clinician.id}:{opens.isoformat()}",
        due_at=opens,
        expires_at=opens + _OPENING_LASTS,
        priority=kinds.PRIORITY[kinds.OPENING_LIST],
    )


async def chase(store: Store, now: datetime) -> list[str]:
    """Pass on alerts that were not taken up in time; the codes of patients where nobody is left to ask."""
    async with store.read() as tx:
        if not await duty.not_taken_up(tx, now, 1):
            return []
    alone: list[str] = []
    async with store.write() as tx:
        for escalation in await duty.not_taken_up(tx, now):
            patient = await people.patient(tx, escalation.patient_id)
            if await ask_next(tx, patient, escalation, now):
                await inbox.audit(tx, now, "bot", "alert passed on", f"escalation:{escalation.id}")
                continue
            await inbox.change_escalation(tx, escalation.id, next_at=None)
            await inbox.audit(tx, now, "bot", "alert not taken up", f"escalation:{escalation.id}")
            alone.append(patient.code)
    return alone


async def not_arrived(tx: Tx, escalation_id: int, now: datetime) -> None:
    """An alert could not be delivered: the next on the list is asked at once."""
    await inbox.change_escalation(tx, escalation_id, next_at=now)


async def is_quiet(tx: Tx, escalation: Escalation, patient: Patient, now: datetime) -> bool:
    """Whether an alert comes without sound: a same-day one while the clinic is closed, or a mere change."""
    if escalation.severity == kinds.LATER:
        return True
    if escalation.severity == "emergency" or escalation.category == "RF03" or patient.clinician_id is None:
        return False
    clinic, hours = await clinic_of(tx, patient.clinician_id)
    return not hours.is_open(now, load_zone(clinic.zone))


async def waiting_list(tx: Tx, clinician: Clinician) -> list[tuple[Escalation, Patient]]:
    """What a clinician was asked to take up for today and nobody has, the oldest first."""
    found = await duty.asked_of(tx, clinician.id)
    return [
        (one, await people.patient(tx, one.patient_id))
        for one in found
        if one.severity in kinds.PUSHED_AT_ONCE
    ]


async def set_hours(
    tx: Tx, clinician: Clinician, week: Mapping[int, tuple[time, time]], now: datetime
) -> None:
    """Record when the clinic is open."""
    await duty.set_hours(tx, clinician.clinic_id, week)
    await inbox.audit(tx, now, f"clinician:{clinician.id}", "hours set", f"clinic:{clinician.clinic_id}")


async def set_closed(tx: Tx, clinician: Clinician, day: date, now: datetime, *, closed: bool) -> None:
    """Record that the clinic is closed on a day, or open after all."""
    await duty.set_closed(tx, clinician.clinic_id, day, closed=closed)
    action = "closed day set" if closed else "closed day undone"
    await inbox.audit(tx, now, f"clinician:{clinician.id}", action, f"clinic:{clinician.clinic_id}")


async def set_away(
    tx: Tx, clinician: Clinician, days: tuple[date, date] | None, cover: int | None, now: datetime
) -> None:
    """Record when a clinician is away and who covers; None: they are back."""
    found = None if days is None else Away(clinician.id, days[0], days[1], cover)
    await duty.set_away(tx, clinician.id, found)
    action = "back" if days is None else "away set"
    await inbox.audit(tx, now, f"clinician:{clinician.id}", action, f"clinician:{clinician.id}")


async def owe_test(tx: Tx, clinician: Clinician, now: datetime, *, after: timedelta = timedelta()) -> None:
    """Owe a test alert, `after` so long, and set when the next one comes."""
    await outbox.owe(
        tx,
        kind=kinds.TEST_ALERT,
        person_id=clinician.person_id,
        subject_id=clinician.id,
        key=f"test-alert:{clinician.id}:{now.date().isoformat()}",
        due_at=now + after,
        expires_at=now + _LASTS,
        priority=kinds.PRIORITY[kinds.TEST_ALERT],
    )
    await people.change_clinician(tx, clinician.id, next_test_at=now + TEST_EVERY)


async def owe_tests(store: Store, now: datetime) -> None:
    """Test alerts whose month has come, on a morning of the clinic."""
    async with store.read() as tx:
        first = await duty.next_test_at(tx)
    if first is None or first > now:
        return
    async with store.write() as tx:
        for clinician in await people.clinicians(tx):
            if clinician.next_test_at is not None and clinician.next_test_at <= now:
                await owe_test(tx, clinician, now)


async def tested(tx: Tx, clinician: Clinician, now: datetime) -> None:
    """A clinician answered a test alert."""
    await inbox.audit(
        tx, now, f"clinician:{clinician.id}", "test alert answered", f"clinician:{clinician.id}"
    )
