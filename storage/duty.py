"""When clinics are open, who is away, and alerts that wait to be taken up."""

from collections.abc import Mapping
from datetime import date, datetime, time

from sqlalchemy import delete, func
from sqlmodel import col, select

from clinical.duty import Away, Hours
from storage.records import Escalation, as_record
from storage.store import Tx
from storage.tables import AwayRow, ClinicClosedRow, ClinicHourRow, ClinicianRow, EscalationRow


async def hours(tx: Tx, clinic_id: int) -> Hours:
    """Opening hours and closed days of a clinic, as recorded."""
    week = await tx.session.exec(select(ClinicHourRow).where(ClinicHourRow.clinic_id == clinic_id))
    closed = await tx.session.exec(select(ClinicClosedRow).where(ClinicClosedRow.clinic_id == clinic_id))
    days = frozenset(row.day for row in closed)
    return Hours({row.weekday: (row.opens, row.closes) for row in week}, days)


async def set_hours(tx: Tx, clinic_id: int, week: Mapping[int, tuple[time, time]]) -> None:
    """Opening hours by weekday, in place of those there were."""
    await tx.session.exec(delete(ClinicHourRow).where(col(ClinicHourRow.clinic_id) == clinic_id))
    for weekday, (opens, closes) in sorted(week.items()):
        tx.session.add(ClinicHourRow(clinic_id=clinic_id, weekday=weekday, opens=opens, closes=closes))
    await tx.session.flush()


async def set_closed(tx: Tx, clinic_id: int, day: date, *, closed: bool) -> None:
    """Whether a clinic is closed on a day, whatever its hours say."""
    mine = (col(ClinicClosedRow.clinic_id) == clinic_id, col(ClinicClosedRow.day) == day)
    await tx.session.exec(delete(ClinicClosedRow).where(*mine))
    if closed:
        tx.session.add(ClinicClosedRow(clinic_id=clinic_id, day=day))
        await tx.session.flush()


async def away(tx: Tx, clinic_id: int) -> list[Away]:
    """Who of a clinic is away, and who covers."""
    rows = await tx.session.exec(
        select(AwayRow)
        .join(ClinicianRow, col(ClinicianRow.id) == col(AwayRow.clinician_id))
        .where(ClinicianRow.clinic_id == clinic_id)
    )
    return [Away(row.clinician_id, row.first, row.last, row.cover_id) for row in rows]


async def set_away(tx: Tx, clinician_id: int, found: Away | None) -> None:
    """When a clinician is away; None: not at all."""
    await tx.session.exec(delete(AwayRow).where(col(AwayRow.clinician_id) == clinician_id))
    if found is not None:
        tx.session.add(
            AwayRow(clinician_id=clinician_id, first=found.first, last=found.last, cover_id=found.cover)
        )
        await tx.session.flush()


async def not_taken_up(tx: Tx, now: datetime, limit: int = 100) -> list[Escalation]:
    """Alerts whose time to be taken up has passed, the oldest first."""
    rows = await tx.session.exec(
        select(EscalationRow)
        .where(EscalationRow.state == "open", col(EscalationRow.next_at) <= now)
        .order_by(col(EscalationRow.next_at))
        .limit(limit)
        .execution_options(populate_existing=True)
    )
    return [as_record(Escalation, row) for row in rows]


async def next_not_taken_up_at(tx: Tx) -> datetime | None:
    """When the next alert that waits passes to somebody else; None where none does."""
    moment: datetime | None = await tx.session.scalar(
        select(func.min(EscalationRow.next_at)).where(EscalationRow.state == "open")
    )
    return moment


async def asked_of(tx: Tx, clinician_id: int) -> list[Escalation]:
    """Open alerts for today that a clinician was asked to take up and nobody has, the oldest first."""
    rows = await tx.session.exec(
        select(EscalationRow)
        .where(EscalationRow.state == "open", col(EscalationRow.asked).like(f"%,{clinician_id},%"))
        .order_by(col(EscalationRow.raised_at))
        .execution_options(populate_existing=True)
    )
    return [as_record(Escalation, row) for row in rows]


async def next_test_at(tx: Tx) -> datetime | None:
    """When the next test alert falls due."""
    moment: datetime | None = await tx.session.scalar(
        select(func.min(ClinicianRow.next_test_at)).where(col(ClinicianRow.left_at).is_(None))
    )
    return moment
