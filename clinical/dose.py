"""The life of a dose: which states it passes through, when it may, and what a tap on its prompt means."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from types import MappingProxyType
from zoneinfo import ZoneInfo

from clinical.localtime import NOON, next_wall

GRACE = timedelta(hours=3)  # default of the setting; design 4.6
LEAST_WINDOW = timedelta(hours=12)  # design 4.2
CORRECTABLE_FOR = timedelta(hours=48)  # design 4.2
REMINDER_AFTER = timedelta(minutes=45)  # after the prompt, or the last snooze, was really sent; design 4.8
SNOOZE_MINUTES = (15, 30, 60)  # design section 5
LEAST_SNOOZE = 5  # minutes; of the patient's own choice
QUIET_AFTER = timedelta(minutes=15)  # after bedtime everything is silent; design section 5


class Status(StrEnum):
    """Where a dose stands. Silence is `unanswered`, a prompt that never arrived is `undelivered`."""

    PLANNED = "planned"
    PROMPTED = "prompted"
    SNOOZED = "snoozed"
    TAKEN = "taken"
    SKIPPED = "skipped"
    UNANSWERED = "unanswered"
    UNDELIVERED = "undelivered"
    NOT_EXPECTED = "not_expected"


OPEN = frozenset({Status.PROMPTED, Status.SNOOZED})
RECORDED = frozenset({Status.TAKEN, Status.SKIPPED})


class Reason(StrEnum):
    """Why a dose is not expected."""

    BEFORE_START = "before_start"
    DAY_OFF = "day_off"
    HOLD = "hold"
    PAUSE = "pause"
    SAFETY_PAUSE = "safety_pause"
    REMINDERS_OFF = "reminders_off"
    SCHEDULE_CHANGE = "schedule_change"
    ENDED = "ended"


class SkipReason(StrEnum):
    """Why the patient skipped a dose. `opioid`, `told_to_pause` and `hospital` pass triage first."""

    FORGOT = "forgot"
    FELT_BETTER = "felt_better"
    SIDE_EFFECT = "side_effect"
    RAN_OUT = "ran_out"
    TOLD_TO_PAUSE = "told_to_pause"
    OPIOID = "opioid"
    HOSPITAL = "hospital"
    OTHER = "other"


class Move(StrEnum):
    """What can happen to a dose."""

    PROMPT_ACCEPTED = "prompt_accepted"
    SNOOZE = "snooze"
    RECORD_TAKEN = "record_taken"
    RECORD_SKIPPED = "record_skipped"
    CLOSE_WINDOW = "close_window"
    GIVE_UP = "give_up"
    WITHDRAW = "withdraw"
    REOPEN = "reopen"
    RESCHEDULE = "reschedule"
    CORRECT_TAKEN = "correct_taken"
    CORRECT_SKIPPED = "correct_skipped"
    RECORD_BY_HAND = "record_by_hand"


_CORRECTIONS = {Move.CORRECT_TAKEN: Status.TAKEN, Move.CORRECT_SKIPPED: Status.SKIPPED}
_WHILE_OPEN = {
    Move.PROMPT_ACCEPTED: Status.PROMPTED,  # the prompt after a snooze, or sent again where it was in doubt
    Move.SNOOZE: Status.SNOOZED,
    Move.RECORD_TAKEN: Status.TAKEN,
    Move.RECORD_SKIPPED: Status.SKIPPED,
    Move.CLOSE_WINDOW: Status.UNANSWERED,
    Move.WITHDRAW: Status.NOT_EXPECTED,  # a safety pause or hold that begins after the prompt
}
_LIFE: dict[Status, dict[Move, Status]] = {
    Status.PLANNED: {
        Move.PROMPT_ACCEPTED: Status.PROMPTED,
        Move.RECORD_TAKEN: Status.TAKEN,  # told before the prompt: then no prompt goes out
        Move.RECORD_SKIPPED: Status.SKIPPED,
        Move.GIVE_UP: Status.UNDELIVERED,
        Move.WITHDRAW: Status.NOT_EXPECTED,
        Move.RESCHEDULE: Status.PLANNED,  # the patient moved this one night
    },
    Status.PROMPTED: _WHILE_OPEN,
    Status.SNOOZED: _WHILE_OPEN,
    Status.TAKEN: _CORRECTIONS,  # to the same outcome: another time, or another reason
    Status.SKIPPED: _CORRECTIONS,
    Status.UNANSWERED: _CORRECTIONS,
    Status.UNDELIVERED: _CORRECTIONS,
    Status.NOT_EXPECTED: {
        Move.REOPEN: Status.PLANNED,
        Move.WITHDRAW: Status.NOT_EXPECTED,  # for another reason
        Move.RECORD_BY_HAND: Status.NOT_EXPECTED,  # kept and shown beside it, counts nowhere
    },
}

MOVES: Mapping[tuple[Status, Move], Status] = MappingProxyType(
    {(status, each): after for status, moves in _LIFE.items() for each, after in moves.items()}
)

_REFUSED = {
    Move.PROMPT_ACCEPTED: "be prompted",
    Move.SNOOZE: "be snoozed",
    Move.RECORD_TAKEN: "be recorded as taken",
    Move.RECORD_SKIPPED: "be recorded as skipped",
    Move.CLOSE_WINDOW: "become unanswered",
    Move.GIVE_UP: "become undelivered",
    Move.WITHDRAW: "be withdrawn",
    Move.REOPEN: "be planned again",
    Move.RESCHEDULE: "be moved",
    Move.CORRECT_TAKEN: "be corrected to taken",
    Move.CORRECT_SKIPPED: "be corrected to skipped",
    Move.RECORD_BY_HAND: "be recorded by hand",
}


class MoveRefused(ValueError):
    """This cannot happen to a dose in this state."""

    def __init__(self, status: Status, move: Move) -> None:
        super().__init__(f"A dose that is {status.replace('_', ' ')} cannot {_REFUSED[move]}.")


def move(status: Status, move: Move) -> Status:
    """The state after a move.

    Raises:
        MoveRefused: the pair is not in `MOVES`; its message is one plain sentence.

    Source: design 4.8.
    """
    if (status, move) not in MOVES:
        raise MoveRefused(status, move)
    return MOVES[status, move]


@dataclass(frozen=True, slots=True)
class Windows:
    """The first instants (aware UTC) at which a late prompt is no longer sent, an answer no longer an
    answer, a correction no longer taken; in this order, or equal."""

    grace_until: datetime
    closes_at: datetime
    correct_until: datetime


def windows(
    scheduled_at: datetime,
    zone: ZoneInfo,
    next_scheduled_at: datetime | None = None,
    *,
    grace: timedelta = GRACE,
) -> Windows:
    """The windows of one dose.

    Args:
        scheduled_at: The dose's own time, aware UTC (not when its prompt was sent).
        zone: The patient's zone, for the next local noon.
        next_scheduled_at: Time of the next expected dose; None, or one not later than this, counts for none.
        grace: How late the prompt may still be sent.

    Returns:
        Closes at the later of the next 12:00 local and 12 h after the dose, never after the next dose's
        time; grace ends with it; corrections end 48 h after the dose.

    Source: design 4.2 and 4.6.
    """
    closes_at = max(next_wall(scheduled_at, NOON, zone), scheduled_at + LEAST_WINDOW)
    if next_scheduled_at is not None and next_scheduled_at > scheduled_at:
        closes_at = min(closes_at, next_scheduled_at)
    correct_until = scheduled_at + CORRECTABLE_FOR
    closes_at = min(closes_at, correct_until)
    return Windows(min(scheduled_at + grace, closes_at), closes_at, correct_until)


def snooze_until(now: datetime, minutes: int, windows: Windows) -> datetime | None:
    """When the prompt comes again (aware UTC); None when that is no longer inside the answer window.

    Raises:
        ValueError: `minutes` is below `LEAST_SNOOZE`; the buttons offer `SNOOZE_MINUTES`, any other is typed.
    """
    if minutes < LEAST_SNOOZE:
        raise ValueError("A dose can be snoozed for five minutes or more.")
    until = now + timedelta(minutes=minutes)
    return until if until < windows.closes_at else None


class TapAction(StrEnum):
    """What a button on a dose prompt says."""

    TAKEN = "taken"
    SKIPPED = "skipped"
    SNOOZE = "snooze"


class TapOutcome(StrEnum):
    """What a tap on a dose prompt comes to."""

    RECORD = "record"
    LATE_RECORD = "late_record"  # the window is closed: recorded as a correction
    CORRECTABLE = "correctable"  # already recorded: say so and offer Correct
    ALREADY_TAKEN_AGAIN = "already_taken_again"  # ask "Did you take a second dose?"
    BY_HAND = "by_hand"  # not expected: kept and shown, and the matching safety question is asked
    NOT_OPEN = "not_open"  # not prompted yet, or withdrawn
    CLOSED = "closed"  # nothing can be recorded for this dose any more


@dataclass(frozen=True, slots=True)
class Decision:
    """What a tap comes to, and the moves that record it, in order; empty where nothing is recorded yet."""

    outcome: TapOutcome
    moves: tuple[Move, ...] = ()


_TAP_MOVES = {
    TapAction.TAKEN: (Move.RECORD_TAKEN, Move.CORRECT_TAKEN),
    TapAction.SKIPPED: (Move.RECORD_SKIPPED, Move.CORRECT_SKIPPED),
}


def decide_tap(status: Status, action: TapAction, now: datetime, windows: Windows) -> Decision:
    """What a tap on a prompt comes to; it never depends on whether a tick was late.

    Takes the dose named in the button as it stands in the database, and returns the outcome with its moves.
    A late answer on a prompt whose window has just passed closes the dose first and then corrects it. A
    snooze still needs `snooze_until`.

    Source: design 4.2, 4.8 and section 5 (answering).
    """
    if now >= windows.correct_until:
        return Decision(TapOutcome.CLOSED)
    if status is Status.PLANNED:
        return Decision(TapOutcome.NOT_OPEN)
    if status is Status.NOT_EXPECTED:
        if action is TapAction.SNOOZE:
            return Decision(TapOutcome.NOT_OPEN)
        return Decision(TapOutcome.BY_HAND, (Move.RECORD_BY_HAND,))
    if status in RECORDED:
        again = status is Status.TAKEN and action is TapAction.TAKEN
        return Decision(TapOutcome.ALREADY_TAKEN_AGAIN if again else TapOutcome.CORRECTABLE)
    answerable = status in OPEN and now < windows.closes_at
    if action is TapAction.SNOOZE:
        return Decision(TapOutcome.RECORD, (Move.SNOOZE,)) if answerable else Decision(TapOutcome.CLOSED)
    record, correct = _TAP_MOVES[action]
    if answerable:
        return Decision(TapOutcome.RECORD, (record,))
    closing = (Move.CLOSE_WINDOW,) if status in OPEN else ()
    return Decision(TapOutcome.LATE_RECORD, (*closing, correct))


def may_correct(status: Status, now: datetime, windows: Windows) -> bool:
    """Whether the patient may still correct this dose; a clinician never may."""
    return (status, Move.CORRECT_TAKEN) in MOVES and now < windows.correct_until


def not_expected_reason(
    *,
    dose_day: date,
    starts_on: date | None,
    ended: bool = False,
    safety_pause: bool = False,
    hold: bool = False,
    paused: bool = False,
    paused_until: date | None = None,
    reminders_on: bool = True,
    by_cadence: bool = True,
) -> Reason | None:
    """Why a dose day carries no expected dose, or None when it carries one.

    The first that holds is the reason: ended, before start, safety pause (clinical, the bot's own), hold
    (clinician), pause (patient), reminders off, day off. `schedule_change` comes from `clinical.schedule`.

    Args:
        dose_day: The dose day asked about.
        starts_on: First dose day of the regimen; None when it is not known yet: nothing is expected.
        paused, paused_until: The patient paused; first dose day after the pause, None when it has no end.
        by_cadence: `clinical.regimen.expected_by_cadence` of this dose day.
    """
    order = (
        (ended, Reason.ENDED),
        (starts_on is None or dose_day < starts_on, Reason.BEFORE_START),
        (safety_pause, Reason.SAFETY_PAUSE),
        (hold, Reason.HOLD),
        (paused and (paused_until is None or dose_day < paused_until), Reason.PAUSE),
        (not reminders_on, Reason.REMINDERS_OFF),
        (not by_cadence, Reason.DAY_OFF),
    )
    return next((reason for holds, reason in order if holds), None)
