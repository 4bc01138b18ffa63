"""The ledger of one patient as a page of text: one line for each dose day, times as on the patient's wall.

It says when and why, never what somebody wrote or how they rated their night.
"""

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from clinical.amount import format_mg
from clinical.dose import Move, Status
from clinical.localtime import load_zone
from services import kinds
from services.lapsing import RETENTION
from services.ledger import DoseLine, Ledger
from storage.ledger import Message, Sitting
from storage.records import Dose, DoseEvent

_LATE_S = 60
_HEAD = ("dose day", "due", "outcome", "amount", "what happened")
_MESSAGES = {
    kinds.DOSE_PROMPT: "prompt",
    kinds.DOSE_SNOOZED: "snoozed prompt",
    kinds.DOSE_REMINDER: "reminder",
    kinds.SAFETY_QUESTION: "safety question",
    kinds.SCHEDULE_CHANGE: "note of the schedule change",
    kinds.CHECK_IN: "check-in",
    kinds.FIRST_QUESTIONS: "first questions",
}
_MOVES = {
    Move.PROMPT_ACCEPTED: "prompt arrived",
    Move.SNOOZE: "snoozed",
    Move.RECORD_TAKEN: "answered taken",
    Move.RECORD_SKIPPED: "answered skipped",
    Move.CLOSE_WINDOW: "window closed without an answer",
    Move.GIVE_UP: "given up, no prompt arrived",
    Move.WITHDRAW: "not expected any more",
    Move.REOPEN: "expected again",
    Move.RESCHEDULE: "moved by the patient",
    Move.CORRECT_TAKEN: "corrected to taken",
    Move.CORRECT_SKIPPED: "corrected to skipped",
    Move.RECORD_BY_HAND: "told by hand",
}


def draw(ledger: Ledger, now: datetime) -> Iterable[str]:
    """The page, line by line."""
    patient = ledger.patient
    yield f"Patient {patient.code}, {_words(patient.state)}, {ledger.zone}, as of {_full(now, ledger.zone)}"
    if ledger.start_on is None:
        yield "No start night yet: no dose is owed."
        return
    yield f"Start night {_day(ledger.start_on)}"
    if ledger.first is None or ledger.last is None:
        yield "No dose was owed on the days asked for."
        return
    if patient.stopped_at is not None:
        yield f"Stopped {_full(patient.stopped_at, ledger.zone)}: no dose is owed from then on."
    rows = [_HEAD, *(_row(line, ledger.zone) for line in ledger.lines)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(_HEAD) - 1)]
    for row in rows:
        cells = [cell.ljust(width) for cell, width in zip(row, widths, strict=False)]
        yield "  ".join((*cells, row[-1])).rstrip()
    yield _summary(ledger, now)


def _summary(ledger: Ledger, now: datetime) -> str:
    assert ledger.first is not None
    assert ledger.last is not None
    days = (ledger.last - ledger.first).days + 1
    said = [f"{days} dose days from {_day(ledger.first)} to {_day(ledger.last)}"]
    missing = ledger.missing
    said.append(f"{len(missing)} MISSING: {', '.join(map(_day, missing))}" if missing else "none missing")
    if ledger.first < (now - RETENTION).date():
        said.append(f"messages are kept for {RETENTION.days} days")
    return "; ".join(said) + "."


def _row(line: DoseLine, zone: str) -> tuple[str, str, str, str, str]:
    after = [_sitting(one, messages, zone) for one, messages in line.sittings]
    if line.dose is None:
        what = "MISSING" if line.exists else "no such date"
        why = (
            "no dose and no reason was written for this day"
            if line.exists
            else f"{zone} went from the day before to the day after"
        )
        return _day(line.day), "", what, "", "; ".join((why, *after))
    dose = line.dose
    # Prompts that are still there as messages say when they arrived; the move would say it twice.
    told = any(message.state == "sent" for message in line.messages)
    moments = [
        (event.at, _event(event, dose))
        for event in line.events
        if not told or event.move != Move.PROMPT_ACCEPTED
    ]
    moments += [(message.sent_at or message.due_at, _message(message, dose)) for message in line.messages]
    happened = [what for _, what in sorted(moments, key=lambda moment: moment[0])]
    if dose.status == Status.UNDELIVERED and not happened:
        happened = ["planned after its grace: the bot was not running"]
    amount = format_mg(dose.amount_ug) if dose.amount_ug is not None else ""
    due = f"{_full(dose.scheduled_at, dose.zone)[-5:]} {_local(dose.scheduled_at, dose.zone):%Z}"
    return _day(line.day), f"{due} {dose.zone}", _outcome(dose), amount, "; ".join((*happened, *after))


def _outcome(dose: Dose) -> str:
    outcome = _words(dose.status)
    if dose.status == Status.TAKEN and dose.taken_at is not None:
        outcome += f" {_at(dose.taken_at, dose)}"
    if dose.reason:
        outcome += f": {_words(dose.reason)}"
    return outcome + (", corrected" if dose.corrected else "")


def _event(event: DoseEvent, dose: Dose) -> str:
    words = f"{_MOVES[Move(event.move)]} {_at(event.at, dose)}"
    if event.taken_at is not None and event.taken_at != event.at:
        words += f" (taken {_at(event.taken_at, dose)})"
    return words + (f" ({_words(event.reason)})" if event.reason else "")


def _message(message: Message, dose: Dose) -> str:
    return _sent(message, dose.zone, dose.dose_day, dose.scheduled_at)


def _sitting(sitting: Sitting, messages: Sequence[Message], zone: str) -> str:
    sent = [_sent(message, zone, sitting.for_day) for message in messages]
    if not sent:
        at = _time(sitting.sent_at or sitting.opens_at, zone, sitting.for_day)
        sent = [f"check-in {'sent' if sitting.sent_at else 'for'} {at}"]
    words = f"morning {sitting.for_day:%a}: {', '.join(sent)}"
    if sitting.answered and sitting.last_answer_at is not None:
        at = _time(sitting.last_answer_at, zone, sitting.for_day)
        return f"{words}, {sitting.answered} answered {at}"
    return words + (", not answered" if sitting.state == "expired" and sitting.sent_at else "")


def _sent(message: Message, zone: str, day: date, meant_for: datetime | None = None) -> str:
    """One message: sent and when, or not and why."""
    what = _MESSAGES[message.kind]
    why = f": {message.last_error}" if message.last_error else ""
    if message.state == "sent":
        assert message.sent_at is not None
        words = f"{what} sent {_time(message.sent_at, zone, day)}"
        expected = meant_for if message.kind == kinds.DOSE_PROMPT and meant_for else message.due_at
        late_s = (message.sent_at - expected).total_seconds()
        words += f", {late_s / 60:.0f} min late" if late_s >= _LATE_S else ""
        return words + (f", attempt {message.attempts}" if message.attempts > 1 else "")
    if message.state == "due":
        tried = f", tried {message.attempts} times{why}" if message.attempts else ""
        return f"{what} owed for {_time(message.due_at, zone, day)}{tried}"
    if message.state == "leased":
        return f"{what} on its way"
    if message.state == "expired":
        return f"{what} not sent by {_time(message.expires_at, zone, day)}{why}"
    return f"{what} {_words(message.state)}{why}"


def _words(code: str) -> str:
    return code.replace("_", " ")


def _local(at: datetime, zone: str) -> datetime:
    return at.astimezone(load_zone(zone))


def _at(at: datetime, dose: Dose) -> str:
    return _time(at, dose.zone, dose.dose_day)


def _time(at: datetime, zone: str, day: date) -> str:
    """22:04, with its weekday where it is not `day`'s, and its date where that could be any week's."""
    local = _local(at, zone)
    apart = abs((local.date() - day).days)
    if not apart:
        return f"{local:%H:%M}"
    return f"{local:%a %H:%M}" if apart < 6 else f"{local:%Y-%m-%d %H:%M}"


def _full(at: datetime, zone: str) -> str:
    return f"{_local(at, zone):%Y-%m-%d %H:%M}"


def _day(day: date) -> str:
    return f"{day:%Y-%m-%d %a}"
