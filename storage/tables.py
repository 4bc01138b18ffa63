"""The tables. Rows stay inside this package; `records` holds what others may see.

People are referred to by an internal id everywhere. The Telegram id stands encrypted on `person` alone and
is found by its keyed hash (`lookup`). Amounts are whole micrograms. Instants end in `_at`, days in `_on`.
"""

from datetime import date, datetime, time
from typing import Any, ClassVar

from sqlalchemy import Index, LargeBinary, UniqueConstraint
from sqlmodel import Field, SQLModel

from storage.types import Instant, Key, Sealed, Wall


def _key(**kw: Any) -> Any:
    return Field(default=None, primary_key=True, sa_type=Key, **kw)


def _ref(table: str, *, required: bool = True, **kw: Any) -> Any:
    if not required:
        kw.setdefault("default", None)
    return Field(foreign_key=f"{table}.id", sa_type=Key, **kw)


def _at(*, required: bool = True, **kw: Any) -> Any:
    if not required:
        kw.setdefault("default", None)
    return Field(sa_type=Instant, **kw)


def _sealed(*, required: bool = True) -> Any:
    return Field(sa_type=Sealed) if required else Field(default=None, sa_type=Sealed)


# Numbers are never used again after a row is deleted: an old button must not reach somebody new.
_KEEP_IDS = {"sqlite_autoincrement": True}


class SecretRow(SQLModel, table=True):
    __tablename__ = "secret"
    name: str = Field(primary_key=True, max_length=40)
    value: str = _sealed()


class PersonRow(SQLModel, table=True):
    __tablename__ = "person"
    __table_args__ = _KEEP_IDS
    id: int | None = _key()
    lookup: bytes = Field(sa_type=LargeBinary, unique=True)
    telegram_id: str = _sealed()
    name: str | None = _sealed(required=False)
    language: str = Field(default="en", max_length=8)
    zone: str | None = Field(default=None, max_length=64)
    country: str | None = Field(default=None, max_length=2)
    unreachable_at: datetime | None = _at(required=False)
    created_at: datetime = _at()


class ClinicRow(SQLModel, table=True):
    __tablename__ = "clinic"
    __table_args__ = _KEEP_IDS
    id: int | None = _key()
    name: str = Field(max_length=120, unique=True)
    zone: str = Field(max_length=64)
    created_at: datetime = _at()


class ClinicianRow(SQLModel, table=True):
    __tablename__ = "clinician"
    __table_args__ = _KEEP_IDS
    id: int | None = _key()
    person_id: int = _ref("person", unique=True)
    clinic_id: int = _ref("clinic")
    digest_weekday: int = 0
    digest_wall: time = Field(default=time(8, 0), sa_type=Wall)
    next_digest_at: datetime | None = _at(required=False, index=True)
    next_test_at: datetime | None = _at(required=False)
    joined_at: datetime = _at()
    left_at: datetime | None = _at(required=False)


class ClinicHourRow(SQLModel, table=True):
    __tablename__ = "clinic_hour"
    __table_args__ = (UniqueConstraint("clinic_id", "weekday", name="one_opening_per_weekday"), _KEEP_IDS)
    id: int | None = _key()
    clinic_id: int = _ref("clinic")
    weekday: int
    opens: time = Field(sa_type=Wall)
    closes: time = Field(sa_type=Wall)


class ClinicClosedRow(SQLModel, table=True):
    __tablename__ = "clinic_closed"
    __table_args__ = (UniqueConstraint("clinic_id", "day", name="one_closed_day"), _KEEP_IDS)
    id: int | None = _key()
    clinic_id: int = _ref("clinic")
    day: date


class AwayRow(SQLModel, table=True):
    __tablename__ = "clinician_away"
    __table_args__ = _KEEP_IDS
    id: int | None = _key()
    clinician_id: int = _ref("clinician", unique=True)
    first: date
    last: date
    cover_id: int | None = _ref("clinician", required=False)


class InviteRow(SQLModel, table=True):
    __tablename__ = "invite"
    __table_args__ = _KEEP_IDS
    id: int | None = _key()
    token_hash: bytes = Field(sa_type=LargeBinary, unique=True)
    kind: str = Field(max_length=12)
    clinic_id: int = _ref("clinic")
    clinician_id: int | None = _ref("clinician", required=False)
    plan: str | None = _sealed(required=False)
    created_at: datetime = _at()
    expires_at: datetime = _at()
    used_at: datetime | None = _at(required=False)
    used_by: int | None = _ref("person", required=False)


class PatientRow(SQLModel, table=True):
    __tablename__ = "patient"
    __table_args__ = _KEEP_IDS
    id: int | None = _key()
    person_id: int = _ref("person", unique=True)
    code: str = Field(max_length=12, unique=True)
    clinician_id: int | None = _ref("clinician", required=False, index=True)
    state: str = Field(max_length=12)
    by_helper: bool = False
    consent_reminders: bool = False
    consent_checkins: bool = False
    consent_sharing: bool = False
    standing: str | None = Field(default=None, max_length=12)
    taking_since: str | None = Field(default=None, max_length=16)
    start_on: date | None = None
    dose_wall: time = Field(sa_type=Wall)
    weekend_wall: time | None = Field(default=None, sa_type=Wall)
    second_wall: time | None = Field(default=None, sa_type=Wall)
    at_bedtime: bool = True
    cadence: str = Field(default="day", max_length=12)
    cadence_anchor: date | None = None
    cadence_days: int = 0  # bit 0 Monday to bit 6 Sunday, for chosen weekdays
    dose_zone: str | None = Field(default=None, max_length=64)  # where home time is kept on a journey
    waking_wall: time = Field(sa_type=Wall)
    screen: str | None = _sealed(required=False)
    caution: str | None = Field(default=None, max_length=40)
    reminder_on: bool = True
    safety_pause_at: datetime | None = _at(required=False)
    safety_pause_cause: str | None = Field(default=None, max_length=20)
    hold_at: datetime | None = _at(required=False)
    paused_at: datetime | None = _at(required=False)
    paused_until: date | None = None  # the first dose day after the pause
    asked_again_on: date | None = None
    rest_until: datetime | None = _at(required=False)
    next_plan_at: datetime | None = _at(required=False, index=True)
    first_dose_on: date | None = None  # dose day of the first dose recorded as taken
    keep_daily: bool = False
    enrolled_at: datetime = _at()
    stopped_at: datetime | None = _at(required=False)


class TargetRow(SQLModel, table=True):
    __tablename__ = "target_symptom"
    __table_args__ = (UniqueConstraint("patient_id", "number", name="one_target_per_number"), _KEEP_IDS)
    id: int | None = _key()
    patient_id: int = _ref("patient")
    number: int
    name: str = _sealed()
    named_at: datetime = _at()


class StepRow(SQLModel, table=True):
    __tablename__ = "titration_step"
    __table_args__ = _KEEP_IDS
    id: int | None = _key()
    patient_id: int = _ref("patient", index=True)
    slot: int = 1
    amount_ug: int = Field(sa_type=Key)
    form: str = Field(max_length=16)
    units: str | None = Field(default=None, max_length=16)
    strength_ug: int | None = Field(default=None, sa_type=Key)
    starts_on: date
    review_on: date | None = None
    source: str = Field(max_length=12)
    state: str = Field(default="active", max_length=12)
    starts: str = Field(default="date", max_length=8)
    waits_for: str | None = Field(default=None, max_length=20)
    seen_at: datetime | None = _at(required=False)
    recorded_at: datetime = _at()


class SupplyRow(SQLModel, table=True):
    __tablename__ = "supply"
    patient_id: int = Field(primary_key=True, foreign_key="patient.id", sa_type=Key)
    doses_left: int
    counted_at: datetime = _at()
    beyond_use_on: date | None = None
    lead_days: int = 7
    ran_out_at: datetime | None = _at(required=False)


class DoseRow(SQLModel, table=True):
    __tablename__ = "dose"
    __table_args__ = (
        UniqueConstraint("patient_id", "dose_day", "slot", name="one_dose_per_day_and_slot"),
        Index("dose_open", "status", "closes_at"),
        _KEEP_IDS,
    )
    id: int | None = _key()
    patient_id: int = _ref("patient")
    dose_day: date
    slot: int = 1
    scheduled_at: datetime = _at()
    grace_until: datetime = _at()
    closes_at: datetime = _at()
    correct_until: datetime = _at()
    zone: str = Field(max_length=64)
    status: str = Field(max_length=14)
    reason: str | None = Field(default=None, max_length=16)
    amount_ug: int | None = Field(default=None, sa_type=Key)
    prompted_at: datetime | None = _at(required=False)
    answered_at: datetime | None = _at(required=False)
    taken_at: datetime | None = _at(required=False)
    snoozes: int = 0
    corrected: bool = False


class DoseEventRow(SQLModel, table=True):
    __tablename__ = "dose_event"
    __table_args__ = _KEEP_IDS
    id: int | None = _key()
    dose_id: int = _ref("dose", index=True)
    at: datetime = _at()
    move: str = Field(max_length=24)
    before: str = Field(max_length=14)
    after: str = Field(max_length=14)
    reason: str | None = Field(default=None, max_length=16)
    taken_at: datetime | None = _at(required=False)


class CheckInRow(SQLModel, table=True):
    __tablename__ = "checkin"
    __table_args__ = (
        UniqueConstraint("patient_id", "kind", "for_day", name="one_checkin_per_day"),
        Index("checkin_open", "state", "closes_at"),
        _KEEP_IDS,
    )
    id: int | None = _key()
    patient_id: int = _ref("patient")
    kind: str = Field(max_length=12)
    for_day: date
    opens_at: datetime = _at()
    closes_at: datetime = _at()
    state: str = Field(max_length=12)
    asks: str = Field(default="", max_length=60)  # beside the usual questions; set when it is sent
    note: str | None = _sealed(required=False)
    sent_at: datetime | None = _at(required=False)
    done_at: datetime | None = _at(required=False)


class AnswerRow(SQLModel, table=True):
    __tablename__ = "answer"
    __table_args__ = (UniqueConstraint("checkin_id", "item", name="one_answer_per_item"), _KEEP_IDS)
    id: int | None = _key()
    checkin_id: int = _ref("checkin")
    item: str = Field(max_length=24)
    value: int | None = None
    scale: str = Field(max_length=16)
    answered_at: datetime = _at()


class EscalationRow(SQLModel, table=True):
    __tablename__ = "escalation"
    __table_args__ = _KEEP_IDS
    id: int | None = _key()
    patient_id: int = _ref("patient", index=True)
    category: str = Field(max_length=8)
    severity: str = Field(max_length=12)
    concept: str = Field(max_length=60)
    words: str | None = _sealed(required=False)
    raised_at: datetime = _at()
    updated_at: datetime = _at()
    times: int = 1
    told: int = 0
    state: str = Field(max_length=12)
    acknowledged_by: int | None = _ref("clinician", required=False)
    acknowledged_at: datetime | None = _at(required=False)
    not_useful_at: datetime | None = _at(required=False)
    asked: str = Field(default="", max_length=120)  # clinicians who were told, ",4,7,"
    next_at: datetime | None = _at(required=False, index=True)  # then the next is told
    outcome: str | None = Field(default=None, max_length=12)
    closed_at: datetime | None = _at(required=False)
    reached: str | None = Field(default=None, max_length=8)  # the patient's word the day after


class QuestionRow(SQLModel, table=True):
    __tablename__ = "question"
    __table_args__ = _KEEP_IDS
    id: int | None = _key()
    patient_id: int = _ref("patient", index=True)
    text: str = _sealed()
    kind: str = Field(default="question", max_length=12)
    asked_at: datetime = _at()
    state: str = Field(max_length=12)
    taken_by: int | None = _ref("clinician", required=False)
    taken_at: datetime | None = _at(required=False)
    outcome: str | None = Field(default=None, max_length=12)
    closed_at: datetime | None = _at(required=False)


class UnansweredRow(SQLModel, table=True):
    __tablename__ = "unanswered"
    __table_args__ = (Index("unanswered_of", "clinic_id", "at"), _KEEP_IDS)
    id: int | None = _key()
    clinic_id: int = _ref("clinic")  # never who asked
    kind: str = Field(max_length=8)
    text: str | None = _sealed(required=False)
    topic: str | None = Field(default=None, max_length=40)
    at: datetime = _at()


class ConversationRow(SQLModel, table=True):
    __tablename__ = "conversation"
    person_id: int = Field(primary_key=True, foreign_key="person.id", sa_type=Key)
    flow: str = Field(max_length=24)
    step: str = Field(max_length=24)
    data: str = _sealed()
    updated_at: datetime = _at()


class RecentTextRow(SQLModel, table=True):
    __tablename__ = "recent_text"
    __table_args__ = _KEEP_IDS
    id: int | None = _key()
    person_id: int = _ref("person", index=True)
    at: datetime = _at()
    text: str = _sealed()


class UpdateRow(SQLModel, table=True):
    __tablename__ = "handled_update"
    update_id: int = Field(primary_key=True, sa_type=Key)
    handled_at: datetime = _at(index=True)
    failed: bool = False


class OutboxRow(SQLModel, table=True):
    __tablename__ = "outbox"
    __table_args__: ClassVar[Any] = (
        Index("outbox_lane", "state", "priority", "due_at"),
        Index("outbox_next", "state", "due_at"),
        Index("outbox_subject", "kind", "subject_id"),
        Index("outbox_budget", "person_id", "sent_at"),
        _KEEP_IDS,
    )
    id: int | None = _key()
    kind: str = Field(max_length=24)
    person_id: int = _ref("person", index=True)
    subject_id: int = Field(sa_type=Key)
    key: str = Field(max_length=80, unique=True)
    due_at: datetime = _at()
    expires_at: datetime = _at()
    priority: int
    state: str = Field(max_length=8)
    fence: int = 0
    leased_until: datetime | None = _at(required=False)
    attempts: int = 0
    payload: str | None = _sealed(required=False)
    message_id: int | None = Field(default=None, sa_type=Key)
    sent_at: datetime | None = _at(required=False)
    last_error: str | None = Field(default=None, max_length=120)


class LeaseRow(SQLModel, table=True):
    __tablename__ = "lease"
    name: str = Field(primary_key=True, max_length=20)
    holder: str = Field(max_length=60)
    fence: int
    until: datetime = _at()


class AuditRow(SQLModel, table=True):
    __tablename__ = "audit"
    __table_args__ = _KEEP_IDS
    id: int | None = _key()
    at: datetime = _at(index=True)
    actor: str = Field(max_length=40)
    action: str = Field(max_length=40)
    subject: str = Field(max_length=60)
    detail: str | None = Field(default=None, max_length=200)
