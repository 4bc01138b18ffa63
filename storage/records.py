"""What storage hands out: frozen dataclasses, one per kind of record. No row ever leaves the package."""

from dataclasses import dataclass, fields
from datetime import date, datetime, time
from functools import cache
from typing import Any, TypeVar

T = TypeVar("T")


def as_record(kind: type[T], row: Any) -> T:
    """The `kind` that `row` (a table object or a named tuple of columns) holds."""
    return kind(*[getattr(row, name) for name in _names(kind)])  # type: ignore[arg-type]


@cache
def _names(kind: type[Any]) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind))


@dataclass(frozen=True, slots=True)
class Person:
    id: int
    telegram_id: str
    name: str | None
    language: str
    zone: str | None
    country: str | None
    unreachable_at: datetime | None


@dataclass(frozen=True, slots=True)
class Clinic:
    id: int
    name: str
    zone: str


@dataclass(frozen=True, slots=True)
class Clinician:
    id: int
    person_id: int
    clinic_id: int
    digest_weekday: int
    digest_wall: time
    next_digest_at: datetime | None
    next_test_at: datetime | None
    left_at: datetime | None


@dataclass(frozen=True, slots=True)
class Invite:
    id: int
    kind: str
    clinic_id: int
    clinician_id: int | None
    plan: str | None
    expires_at: datetime
    used_at: datetime | None
    used_by: int | None


@dataclass(frozen=True, slots=True)
class Patient:
    id: int
    person_id: int
    code: str
    clinician_id: int | None
    state: str
    by_helper: bool
    consent_reminders: bool
    consent_checkins: bool
    consent_sharing: bool
    standing: str | None
    taking_since: str | None
    start_on: date | None
    dose_wall: time
    weekend_wall: time | None
    second_wall: time | None
    at_bedtime: bool
    cadence: str
    cadence_anchor: date | None
    cadence_days: int
    dose_zone: str | None
    waking_wall: time
    caution: str | None
    reminder_on: bool
    safety_pause_at: datetime | None
    safety_pause_cause: str | None
    hold_at: datetime | None
    paused_at: datetime | None
    paused_until: date | None
    asked_again_on: date | None
    rest_until: datetime | None
    next_plan_at: datetime | None
    first_dose_on: date | None
    keep_daily: bool
    enrolled_at: datetime
    stopped_at: datetime | None

    @property
    def active(self) -> bool:
        """Enrolled, and neither stopped nor still answering the first questions."""
        return self.state == "active"

    @property
    def already_taking(self) -> bool:
        """On it before enrolling: there is an entry score and no baseline."""
        return self.taking_since is not None

    @property
    def shared(self) -> bool:
        """Whether a clinic is linked and may read: else nobody but the patient does."""
        return self.clinician_id is not None and self.consent_sharing


@dataclass(frozen=True, slots=True)
class Step:
    id: int
    patient_id: int
    slot: int
    amount_ug: int
    form: str
    units: str | None
    strength_ug: int | None
    starts_on: date
    review_on: date | None
    source: str
    state: str
    starts: str
    waits_for: str | None
    seen_at: datetime | None


@dataclass(frozen=True, slots=True)
class Supply:
    """Doses left by the patient's count and what was taken since; the label's beyond-use date; notice."""

    patient_id: int
    doses_left: int
    counted_at: datetime
    beyond_use_on: date | None
    lead_days: int
    ran_out_at: datetime | None


@dataclass(frozen=True, slots=True)
class Dose:
    id: int
    patient_id: int
    dose_day: date
    slot: int
    scheduled_at: datetime
    grace_until: datetime
    closes_at: datetime
    correct_until: datetime
    zone: str
    status: str
    reason: str | None
    amount_ug: int | None
    prompted_at: datetime | None
    answered_at: datetime | None
    taken_at: datetime | None
    snoozes: int
    corrected: bool


@dataclass(frozen=True, slots=True)
class DoseEvent:
    id: int
    dose_id: int
    at: datetime
    move: str
    before: str
    after: str
    reason: str | None
    taken_at: datetime | None


@dataclass(frozen=True, slots=True)
class CheckIn:
    id: int
    patient_id: int
    kind: str
    for_day: date
    opens_at: datetime
    closes_at: datetime
    state: str
    asks: str
    note: str | None


@dataclass(frozen=True, slots=True)
class Answer:
    checkin_id: int
    item: str
    value: int | None
    answered_at: datetime


@dataclass(frozen=True, slots=True)
class Escalation:
    id: int
    patient_id: int
    category: str
    severity: str
    concept: str
    raised_at: datetime
    updated_at: datetime
    times: int
    told: int
    state: str
    acknowledged_by: int | None
    acknowledged_at: datetime | None
    not_useful_at: datetime | None
    asked: str
    next_at: datetime | None
    outcome: str | None
    closed_at: datetime | None
    reached: str | None


@dataclass(frozen=True, slots=True)
class Question:
    """What a patient passed on; `text` is in their words, `kind` a question or a refill."""

    id: int
    patient_id: int
    text: str
    kind: str
    asked_at: datetime
    state: str
    taken_by: int | None
    taken_at: datetime | None
    outcome: str | None
    closed_at: datetime | None


@dataclass(frozen=True, slots=True)
class Conversation:
    person_id: int
    flow: str
    step: str
    data: str
    updated_at: datetime


@dataclass(frozen=True, slots=True)
class OutboxItem:
    """One message owed, as leased: `fence` proves who holds it."""

    id: int
    kind: str
    person_id: int
    subject_id: int
    key: str
    due_at: datetime
    expires_at: datetime
    priority: int
    state: str
    fence: int
    attempts: int
    payload: str | None
    message_id: int | None
    sent_at: datetime | None
