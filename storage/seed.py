"""Many invented patients at once, with years behind them; for `bench` and the tests only, never for `run`."""

import contextlib
import os
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from pydantic_core import PydanticUndefined
from sqlalchemy import func, insert, select, text, update
from sqlalchemy.engine import make_url
from sqlalchemy.ext.asyncio import create_async_engine
from sqlmodel import SQLModel

from storage.store import Tx
from storage.tables import CheckInRow, DoseRow, OutboxRow, PatientRow, PersonRow, StepRow

_CHUNK = 5_000


@dataclass(frozen=True, slots=True)
class Bedtime:
    """One invented patient: bedtime on the wall, first dose day, whether mornings bring a check-in."""

    wall: time
    waking: time
    start_on: date
    checkins: bool


async def add_patients(tx: Tx, bedtimes: Sequence[Bedtime], *, zone: str, now: datetime) -> range:
    """Write so many people on 1.5 mg, to be planned at `now`; the ids of the patients.

    Their Telegram ids are a million plus the person's id.
    """
    person = (await tx.run(select(func.max(PersonRow.id)))).scalar() or 0
    patient = (await tx.run(select(func.max(PatientRow.id)))).scalar() or 0
    for start in range(0, len(bedtimes), _CHUNK):
        part = list(enumerate(bedtimes[start : start + _CHUNK], start + 1))
        people = [
            {
                "id": person + number,
                "lookup": tx.look_up.hash(1_000_000 + person + number),
                "telegram_id": str(1_000_000 + person + number),
                "zone": zone,
                "country": "PT",
                "created_at": now,
            }
            for number, _ in part
        ]
        patients = [
            {
                "id": patient + number,
                "person_id": person + number,
                "code": f"P-{patient + number:06d}",
                "state": "active",
                "consent_reminders": True,
                "consent_checkins": one.checkins,
                "standing": "taking",
                "taking_since": "month",
                "start_on": one.start_on,
                "dose_wall": one.wall,
                "waking_wall": one.waking,
                "next_plan_at": now,
                "enrolled_at": now,
            }
            for number, one in part
        ]
        steps = [
            {
                "patient_id": patient + number,
                "amount_ug": 1_500,
                "form": "capsule",
                "starts_on": min(one.start_on, now.date()),
                "source": "patient",
                "recorded_at": now,
                "seen_at": now,
            }
            for number, one in part
        ]
        for table, rows in ((PersonRow, people), (PatientRow, patients), (StepRow, steps)):
            await _add(tx, table, rows)
    if tx.session.dialect == "postgresql":
        for name in ("person", "patient"):
            numbers = f"setval(pg_get_serial_sequence('{name}', 'id'), (SELECT max(id) FROM {name}))"
            await tx.run(text(f"SELECT {numbers}"))
    return range(patient + 1, patient + 1 + len(bedtimes))


async def _add(tx: Tx, table: type[SQLModel], rows: Sequence[dict[str, Any]]) -> None:
    plain = {
        name: field.default
        for name, field in table.model_fields.items()
        if field.default is not PydanticUndefined and name != "id"
    }
    await tx.run_many(insert(table), [{**plain, **row} for row in rows])


async def fall_due(tx: Tx, kind: str, at: datetime, until: datetime) -> int:
    """Let every message of a kind fall due together at an instant of one's own choice; how many."""
    done = await tx.run(
        update(OutboxRow)
        .where(OutboxRow.kind == kind, OutboxRow.state == "due")  # type: ignore[arg-type]
        .values(due_at=at, expires_at=until)
    )
    return int(done.rowcount)


# Counted back from the dose that is planned next: eight nights in ten taken, one skipped, one unanswered.
_DOSES = """
INSERT INTO dose (patient_id, dose_day, slot, scheduled_at, grace_until, closes_at, correct_until, zone,
                  status, amount_ug, prompted_at, answered_at, taken_at, snoozes, corrected)
WITH RECURSIVE night(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM night WHERE n < :nights),
     past AS (SELECT n, n * 86400000000 AS back FROM night)
SELECT patient_id, date(dose_day, '-' || n || ' days'), slot, scheduled_at - back, grace_until - back,
       closes_at - back, correct_until - back, zone,
       CASE (patient_id * 7 + n * 3) % 10 WHEN 8 THEN 'skipped' WHEN 9 THEN 'unanswered' ELSE 'taken' END,
       1500, scheduled_at - back, scheduled_at - back + 300000000,
       CASE WHEN (patient_id * 7 + n * 3) % 10 < 8 THEN scheduled_at - back + 300000000 END, 0, 0
FROM dose, past WHERE status = 'planned' AND patient_id BETWEEN :first AND :last ORDER BY n DESC, patient_id
"""
_EVENTS = (
    """
INSERT INTO dose_event (dose_id, at, move, before, after)
SELECT id, prompted_at, 'prompt_accepted', 'planned', 'prompted' FROM dose
WHERE status <> 'planned' AND patient_id BETWEEN :first AND :last
""",
    """
INSERT INTO dose_event (dose_id, at, move, before, after)
SELECT id, answered_at, 'answered', 'prompted', status FROM dose
WHERE status <> 'planned' AND patient_id BETWEEN :first AND :last
""",
)
_CHECKINS = """
INSERT INTO checkin (patient_id, kind, for_day, opens_at, closes_at, state, sent_at, done_at)
WITH RECURSIVE night(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM night WHERE n < :nights)
SELECT patient_id, kind, date(for_day, '-' || n || ' days'), opens_at - n * 86400000000,
       closes_at - n * 86400000000, 'done', opens_at - n * 86400000000, opens_at - n * 86400000000
FROM checkin, night WHERE state = 'planned' AND patient_id BETWEEN :first AND :last ORDER BY n DESC
"""
_SETTLED = """
INSERT INTO outbox (kind, person_id, subject_id, key, due_at, expires_at, priority, state, fence, attempts,
                    message_id, sent_at)
SELECT 'dose_prompt', person_id, dose.id, 'dose:' || dose.id || '\\:dose_prompt', scheduled_at, grace_until,
       2, 'sent', 1, 1, dose.id, prompted_at
FROM dose JOIN patient ON patient.id = patient_id
WHERE status <> 'planned' AND patient_id BETWEEN :first AND :last AND scheduled_at >= :kept
"""


async def copy_plans(tx: Tx, patients: range, templates: range) -> None:
    """Write for each patient in turn what is planned for one of the templates, over and over. SQLite only.

    Their bedtimes are those of the templates. Planning a hundred thousand takes minutes, copying seconds.
    """
    pair = (
        f"(SELECT id, person_id, {templates.start} + (id - {patients.start}) % {len(templates)} AS like_id "
        f"FROM patient WHERE id BETWEEN {patients[0]} AND {patients[-1]}) AS pair"
    )
    for table in (DoseRow, CheckInRow):
        names = _others(table, "patient_id")
        await tx.run(
            text(
                f"INSERT INTO {table.__tablename__} (patient_id, {names}) SELECT pair.id, {names} "
                f"FROM {pair} CROSS JOIN {table.__tablename__} AS one ON one.patient_id = like_id"
            )
        )
    # CROSS JOIN keeps SQLite to this order: it knows nothing yet about tables that have just been filled.
    but = ("person_id", "subject_id", "key")
    names, theirs = _others(OutboxRow, *but), _others(OutboxRow, *but, of="o")
    for table, kind, key, day in (
        (DoseRow, "dose_prompt", "'dose\\:' || mine.id || '\\:dose_prompt'", "dose_day"),
        (CheckInRow, "check_in", "'checkin\\:' || mine.id", "for_day"),
    ):
        name = table.__tablename__
        await tx.run(
            text(
                f"INSERT INTO outbox (person_id, subject_id, key, {names}) "
                f"SELECT pair.person_id, mine.id, {key}, {theirs} "
                f"FROM {pair} CROSS JOIN {name} AS one ON one.patient_id = like_id "
                f"CROSS JOIN {name} AS mine ON mine.patient_id = pair.id AND mine.{day} = one.{day} "
                f"CROSS JOIN outbox AS o ON o.kind = '{kind}' AND o.subject_id = one.id"
            )
        )
    await tx.run(
        text(
            "UPDATE patient SET next_plan_at = (SELECT t.next_plan_at FROM patient AS t WHERE t.id = "
            f"{templates.start} + (patient.id - {patients.start}) % {len(templates)}) "
            f"WHERE id BETWEEN {patients[0]} AND {patients[-1]}"
        )
    )


def _others(table: Any, *but: str, of: str = "") -> str:
    """The table's other columns, as SQL."""
    names = [column.name for column in table.__table__.columns if column.name not in ("id", *but)]
    return ", ".join(f"{of}.{name}" if of else f'"{name}"' for name in names)


async def add_history(tx: Tx, patients: range, nights: int, *, kept_from: datetime) -> None:
    """Write so many past nights for patients whose next dose is planned: doses, their events, check-ins.

    Messages that were sent are kept from `kept_from` on, as housekeeping does. SQLite only.
    """
    micros = round(kept_from.timestamp() * 1_000_000)
    values = {"first": patients[0], "last": patients[-1], "nights": nights, "kept": micros}
    for statement in (_DOSES, *_EVENTS, _CHECKINS, _SETTLED):
        names = [name for name in values if f":{name}" in statement]
        await tx.run(text(statement), {name: values[name] for name in names})


@dataclass(frozen=True, slots=True)
class Sent:
    """A message that went out; `late_s` from due (at the last attempt) to recorded."""

    message_id: int
    attempts: int
    late_s: float


async def sent(tx: Tx, kind: str) -> list[Sent]:
    """What was sent of a kind."""
    columns = (OutboxRow.message_id, OutboxRow.attempts, OutboxRow.due_at, OutboxRow.sent_at)
    rows = await tx.run(
        select(*columns).where(OutboxRow.kind == kind, OutboxRow.state == "sent")  # type: ignore[call-overload]
    )
    return [
        Sent(row.message_id or 0, row.attempts, (row.sent_at - row.due_at).total_seconds()) for row in rows
    ]


async def last_close(tx: Tx) -> tuple[int, datetime | None]:
    """How many prompts wait for an answer, and when the last of their windows closes."""
    rows = await tx.run(
        select(func.count(), func.max(DoseRow.closes_at)).where(DoseRow.status == "prompted")  # type: ignore[arg-type]
    )
    found: tuple[int, datetime | None] = tuple(rows.one())
    return found


async def size(tx: Tx, table: str) -> int:
    """How many rows a table has."""
    found = await tx.run(text(f"SELECT count(*) FROM {table}"))
    return int(found.scalar_one())


@contextlib.asynccontextmanager
async def database(server: str) -> AsyncIterator[str]:
    """A PostgreSQL database of its own on a server; the URL. It is dropped at the end, whoever uses it."""
    name = f"ldn_bench_{os.getpid()}"
    await _execute(server, f"DROP DATABASE IF EXISTS {name}", f"CREATE DATABASE {name}")
    try:
        yield make_url(server).set(database=name).render_as_string(hide_password=False)
    finally:
        await _execute(server, f"DROP DATABASE {name} WITH (FORCE)")


async def _execute(server: str, *statements: str) -> None:
    engine = create_async_engine(server, isolation_level="AUTOCOMMIT")
    try:
        async with engine.connect() as connection:
            for statement in statements:
                await connection.execute(text(statement))
    finally:
        await engine.dispose()
