"""The ledger of one patient: for each dose day what was owed, sent and answered, when, and why not."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TypeVar

from clinical.localtime import day_exists, dose_day_at, load_zone
from services import kinds
from services.errors import Refusal
from storage import doses, people
from storage import ledger as stored
from storage.ledger import Message, Sitting
from storage.records import Dose, DoseEvent, Patient
from storage.store import Tx

T = TypeVar("T")
K = TypeVar("K")
_DAY = timedelta(days=1)
_ABOUT_A_DOSE = (*kinds.IN_PLACE_OF_A_DOSE, *kinds.AFTER_A_PROMPT)


class NoSuchPatient(Refusal):
    """There is no patient with that code."""


@dataclass(frozen=True, slots=True)
class DoseLine:
    """A dose day and slot. `dose` None: nothing was planned, and `exists` says whether it should have been.

    `sittings` are the check-ins of the morning after, with the message of each.
    """

    day: date
    exists: bool
    dose: Dose | None = None
    events: Sequence[DoseEvent] = ()
    messages: Sequence[Message] = ()
    sittings: Sequence[tuple[Sitting, Sequence[Message]]] = ()


@dataclass(frozen=True, slots=True)
class Ledger:
    """Lines by dose day and slot, every day from `first` to `last` at least once; None: nothing was owed."""

    patient: Patient
    zone: str
    start_on: date | None
    first: date | None
    last: date | None
    lines: Sequence[DoseLine]

    @property
    def missing(self) -> list[date]:
        """Days that should have a dose or a reason, and have neither."""
        return [line.day for line in self.lines if line.dose is None and line.exists]


async def ledger_of(
    tx: Tx, code: str, now: datetime, first: date | None = None, last: date | None = None
) -> Ledger:
    """The ledger of the patient with that code, from the start night to what is planned by now.

    Args:
        first, last: only the dose days between, both included; None: no limit on that side.

    Raises:
        NoSuchPatient: see there.
    """
    patient = await people.patient_by_code(tx, code.strip().upper())
    if patient is None:
        raise NoSuchPatient
    zone = (await people.person(tx, patient.person_id)).zone or "UTC"
    known = await doses.doses(tx, patient.id)
    nights = (patient.start_on, known[0].dose_day if known else None)
    start_on = min((night for night in nights if night is not None), default=None)
    end = _end(patient, known, now, zone)
    if start_on is None or end is None or end < start_on:
        return Ledger(patient, zone, start_on, None, None, ())
    first = max(start_on, first or start_on)
    last = min(end, last or end)
    if last < first:
        return Ledger(patient, zone, start_on, None, None, ())
    within = [dose for dose in known if first <= dose.dose_day <= last]
    lines = await _lines(tx, patient, first, last, within, zone)
    return Ledger(patient, zone, start_on, first, last, lines)


def _end(patient: Patient, known: Sequence[Dose], now: datetime, zone: str) -> date | None:
    """The last dose day that has to have a line: tonight's, the last one planned, or that of the stop."""
    planned = known[-1].dose_day if known else None
    if not patient.active:
        return planned
    tonight = dose_day_at(now, load_zone(zone))
    return tonight if planned is None else max(planned, tonight)


async def _lines(
    tx: Tx, patient: Patient, first: date, last: date, known: Sequence[Dose], zone: str
) -> list[DoseLine]:
    events = _by(await stored.dose_events(tx, patient.id, first, last), lambda event: event.dose_id)
    messages = _by(
        await stored.dose_messages(tx, patient.id, first, last, _ABOUT_A_DOSE), lambda one: one.subject_id
    )
    mornings = first + _DAY, last + _DAY
    asked = _by(
        await stored.checkin_messages(tx, patient.id, *mornings, kinds.CHECK_INS),
        lambda one: one.subject_id,
    )
    sittings = _by(await stored.sittings(tx, patient.id, *mornings), lambda one: one.for_day - _DAY)
    by_day = _by(known, lambda dose: dose.dose_day)
    lines = []
    for ahead in range((last - first).days + 1):
        day = first + ahead * _DAY
        after = tuple((one, asked[one.id]) for one in sittings[day])
        for number, dose in enumerate(by_day[day] or [None]):
            lines.append(
                DoseLine(
                    day,
                    exists=dose is not None or day_exists(day, load_zone(zone)),
                    dose=dose,
                    events=events[dose.id] if dose else (),
                    messages=messages[dose.id] if dose else (),
                    sittings=after if number == 0 else (),
                )
            )
    return lines


def _by(items: Iterable[T], key: Callable[[T], K]) -> defaultdict[K, list[T]]:
    found: defaultdict[K, list[T]] = defaultdict(list)
    for item in items:
        found[key(item)].append(item)
    return found
