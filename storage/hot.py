"""The statements of a tap, built once: building them anew costs more than running them."""

from collections.abc import Sequence
from datetime import date, datetime
from functools import cache
from typing import Any

from sqlalchemy import bindparam, insert, or_, select, update
from sqlalchemy.dialects.postgresql import insert as postgres_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from storage.ready import Ready
from storage.records import Clinician, Dose, OutboxItem, Patient, Person
from storage.store import Tx
from storage.tables import (
    ClinicianRow,
    DoseEventRow,
    DoseRow,
    OutboxRow,
    PatientRow,
    PersonRow,
    UpdateRow,
)

_PERSON: Any = PersonRow.__table__  # type: ignore[attr-defined]
_PATIENT: Any = PatientRow.__table__  # type: ignore[attr-defined]
_CLINICIAN: Any = ClinicianRow.__table__  # type: ignore[attr-defined]
_DOSE: Any = DoseRow.__table__  # type: ignore[attr-defined]
_EVENT: Any = DoseEventRow.__table__  # type: ignore[attr-defined]
_OUTBOX: Any = OutboxRow.__table__  # type: ignore[attr-defined]
_UPDATE: Any = UpdateRow.__table__  # type: ignore[attr-defined]


def columns(table: Any, record: Any) -> list[Any]:
    """The table's columns in the order of the record's fields: a row unpacks into it."""
    return [table.c[name] for name in record.__dataclass_fields__]


# Their Telegram id is what they were found by: opening its seal would only cost time.
_OF_PERSON = [column for column in columns(_PERSON, Person) if column.name != "telegram_id"]
_P, _T = len(_OF_PERSON), len(_OF_PERSON) + len(Patient.__dataclass_fields__)
_WHO = Ready(
    select(*_OF_PERSON, *columns(_PATIENT, Patient), *columns(_CLINICIAN, Clinician))
    .select_from(
        _PERSON.outerjoin(_PATIENT, _PATIENT.c.person_id == _PERSON.c.id).outerjoin(
            _CLINICIAN, _CLINICIAN.c.person_id == _PERSON.c.id
        )
    )
    .where(_PERSON.c.lookup == bindparam("lookup"))
)
_READ_DOSE = Ready(select(*columns(_DOSE, Dose)).where(_DOSE.c.id == bindparam("of")))
_MARK = {
    "sqlite": Ready(sqlite_insert(_UPDATE).on_conflict_do_nothing(index_elements=["update_id"])),
    "postgresql": Ready(postgres_insert(_UPDATE).on_conflict_do_nothing(index_elements=["update_id"])),
}
_ADD_EVENT = Ready(insert(_EVENT))
_FIRST_DOSE = Ready(
    update(_PATIENT)
    .where(
        _PATIENT.c.id == bindparam("of"),
        or_(_PATIENT.c.first_dose_on.is_(None), _PATIENT.c.first_dose_on > bindparam("day")),
    )
    .values(first_dose_on=bindparam("day"))
)
_ADD_REPLY = Ready(insert(_OUTBOX).returning(_OUTBOX.c.id))
_SETTLE_ONE = Ready(
    update(_OUTBOX)
    .where(
        _OUTBOX.c.id == bindparam("of"),
        _OUTBOX.c.fence == bindparam("held"),
        _OUTBOX.c.state == "leased",
    )
    .values(
        state="sent",
        leased_until=None,
        payload=None,
        message_id=bindparam("message"),
        sent_at=bindparam("now"),
    )
)


@cache
def _withdraw(kinds: tuple[str, ...]) -> Ready:
    return Ready(
        update(_OUTBOX)
        .where(
            _OUTBOX.c.kind.in_([bindparam(f"kind_{number}", kind) for number, kind in enumerate(kinds)]),
            _OUTBOX.c.subject_id == bindparam("subject"),
            _OUTBOX.c.state == "due",
        )
        .values(state="dropped", payload=None, last_error=bindparam("why"))
    )


@cache
def _change_dose(names: tuple[str, ...]) -> Ready:
    return Ready(
        update(_DOSE)
        .where(_DOSE.c.id == bindparam("of"), _DOSE.c.status == bindparam("was"))
        .values({name: bindparam(f"to_{name}") for name in names})
        .returning(*columns(_DOSE, Dose))
    )


async def who(tx: Tx, telegram_id: int) -> tuple[Person | None, Patient | None, Clinician | None]:
    """The person of a Telegram id, as patient and as clinician."""
    found = await tx.rows(_WHO, {"lookup": tx.look_up.hash(telegram_id)})
    if not found:
        return None, None, None
    row = found[0]
    person, patient, clinician = row[:_P], row[_P:_T], row[_T:]
    return (
        Person(person[0], str(telegram_id), *person[1:]),
        None if patient[0] is None else Patient(*patient),
        None if clinician[0] is None else Clinician(*clinician),
    )


async def first_time(tx: Tx, update_id: int, now: datetime, *, failed: bool = False) -> bool:
    """Mark an update as handled. False where it has been handled before."""
    statement = _MARK[tx.session.dialect]
    values = {"update_id": update_id, "handled_at": now, "failed": failed}
    return bool(await tx.count(statement, values))


async def dose(tx: Tx, dose_id: int) -> Dose | None:
    found = await tx.rows(_READ_DOSE, {"of": dose_id})
    return Dose(*found[0]) if found else None


async def change_dose(tx: Tx, dose_id: int, *, was: str, **values: Any) -> Dose | None:
    """Change the dose if its status is still `was`: how it is after. None where it is not."""
    given = {f"to_{name}": value for name, value in values.items()}
    found = await tx.rows(_change_dose(tuple(values)), {"of": dose_id, "was": was, **given})
    return Dose(*found[0]) if found else None


async def add_event(tx: Tx, **values: Any) -> None:
    await tx.count(_ADD_EVENT, values)


async def first_dose(tx: Tx, patient_id: int, day: date) -> None:
    """Keep that day as the patient's first with a dose, unless an earlier one is known."""
    await tx.count(_FIRST_DOSE, {"of": patient_id, "day": day})


async def withdraw(tx: Tx, kinds: Sequence[str], subject_id: int, why: str) -> None:
    """Drop what is still owed about a subject and not yet held by a sender."""
    await tx.count(_withdraw(tuple(kinds)), {"subject": subject_id, "why": why})


async def lease_reply(tx: Tx, **values: Any) -> OutboxItem:
    """Write a reply that this process already holds."""
    row = {"state": "leased", "fence": 1, "attempts": 1, **values}
    ((number,),) = await tx.rows(_ADD_REPLY, row)
    return OutboxItem(
        id=number,
        message_id=None,
        sent_at=None,
        **{name: value for name, value in row.items() if name != "leased_until"},
    )


async def settle_one(tx: Tx, item: OutboxItem, message_id: int | None, now: datetime) -> bool:
    """Close the lease of one message that went out. False where somebody else holds it by now."""
    given = {"of": item.id, "held": item.fence, "message": message_id, "now": now}
    return bool(await tx.count(_SETTLE_ONE, given))
