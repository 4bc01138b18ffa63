"""Short messages about how a patient stands, owed while planning: asked at waking time, never twice a day.

Each notice is one function from the facts to what it owes and when to look again; it writes nothing.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from clinical.localtime import instant_of, local_day, next_wall
from clinical.regimen import Regimen
from clinical.supply import refill_due
from services import kinds
from storage.records import Patient, Person, Supply

ARRIVAL_EVERY = timedelta(days=3)  # design section 5, before the first dose
_LASTS = timedelta(hours=12)
_MORNING = timedelta(hours=3)


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of one patient while planning."""

    person: Person
    patient: Patient
    zone: ZoneInfo
    regimen: Regimen
    supply: Supply | None
    now: datetime

    @property
    def next_waking(self) -> datetime:
        return next_wall(self.now, self.patient.waking_wall, self.zone)

    @property
    def morning(self) -> datetime:
        """Now, where it is morning for the patient; else their next waking time."""
        woke_at = instant_of(local_day(self.now, self.zone), self.patient.waking_wall, self.zone)
        return self.now if woke_at <= self.now < woke_at + _MORNING else self.next_waking

    def owed(self, kind: str, due_at: datetime, about: date | str) -> dict[str, Any]:
        return row(self.person, self.patient, kind, due_at, about)


def row(person: Person, patient: Patient, kind: str, due_at: datetime, about: date | str) -> dict[str, Any]:
    """The outbox row of a notice; `about` names the day or the cause it may be sent for once."""
    return {
        "kind": kind,
        "person_id": person.id,
        "subject_id": patient.id,
        "key": f"{kind}:{patient.id}:{about}",
        "due_at": due_at,
        "expires_at": due_at + _LASTS,
        "priority": kinds.PRIORITY[kind],
    }


Owed = tuple[list[dict[str, Any]], datetime | None]


def arrival(facts: Facts) -> Owed:
    """While the first medicine or a refill is waited for: "Has it arrived?", every three days."""
    since = waits_since(facts.patient, facts.supply)
    if since is None:
        return [], None
    at = facts.next_waking
    days = (local_day(at, facts.zone) - local_day(since, facts.zone)).days
    if days == 0 or days % ARRIVAL_EVERY.days:
        return [], at
    return [facts.owed(kinds.ARRIVAL, at, local_day(at, facts.zone))], at


def waits_since(patient: Patient, supply: Supply | None) -> datetime | None:
    """Since when the patient waits for the medicine: enrolled without a first night, or run out of it."""
    if not patient.active or not (patient.consent_reminders or patient.consent_checkins):
        return None
    if patient.standing == "waiting" and patient.start_on is None:
        return patient.enrolled_at
    return supply.ran_out_at if supply is not None else None


def refill(facts: Facts) -> Owed:
    """Once for each count: the lead time of a refill has come."""
    supply, patient = facts.supply, facts.patient
    if supply is None or supply.ran_out_at is not None or not patient.active or not facts.regimen.steps:
        return [], None
    at = facts.morning
    due = refill_due(
        facts.regimen,
        left=supply.doses_left,
        lead_days=supply.lead_days,
        beyond_use_on=supply.beyond_use_on,
        today=local_day(at, facts.zone),
    )
    owed = [facts.owed(kinds.REFILL, at, f"{supply.counted_at:%Y%m%d%H%M}")] if due else []
    return owed, facts.next_waking


def pause_ends(facts: Facts) -> Owed:
    """On the morning of the day on which a pause was to end."""
    patient = facts.patient
    if patient.paused_at is None or patient.paused_until is None:
        return [], None
    at = instant_of(patient.paused_until, patient.waking_wall, facts.zone)
    return ([facts.owed(kinds.PAUSE_ENDS, at, patient.paused_until)], None) if at > facts.now else ([], None)


def keep_going(facts: Facts) -> Owed:
    """After seven silent nights one question, in the morning; then silence."""
    asked_on = facts.patient.asked_again_on
    if asked_on is None:
        return [], None
    return [facts.owed(kinds.KEEP_GOING, facts.next_waking, asked_on)], None


NOTICES: tuple[Callable[[Facts], Owed], ...] = (arrival, refill, pause_ends, keep_going)


def coming(facts: Facts) -> Owed:
    """Everything owed about the patient by now, and when to look again (None: only when asked)."""
    rows: list[dict[str, Any]] = []
    moments = []
    for notice in NOTICES:
        owed, again = notice(facts)
        rows += owed
        moments.append(again)
    return rows, min((moment for moment in moments if moment is not None), default=None)
