from datetime import UTC, date, datetime, timedelta

import pytest

from clinical.dose import (
    MOVES,
    Move,
    MoveRefused,
    Reason,
    Status,
    TapAction,
    TapOutcome,
    Windows,
    decide_tap,
    may_correct,
    move,
    not_expected_reason,
    snooze_until,
    windows,
)
from clinical.localtime import load_zone

# From state (row) by move (column); "." is refused. Written by hand from design 4.8, not from the code.
# Columns: accept, snooze, taken, skipped, close, give up, withdraw, reopen, reschedule, correct taken,
# correct skipped, by hand.
NO = "not_expected"
TABLE = """
planned      prompted .       taken skipped .          undelivered NO .       planned .     .       .
prompted     prompted snoozed taken skipped unanswered .           NO .       .       .     .       .
snoozed      prompted snoozed taken skipped unanswered .           NO .       .       .     .       .
taken        .        .       .     .       .          .           .  .       .       taken skipped .
skipped      .        .       .     .       .          .           .  .       .       taken skipped .
unanswered   .        .       .     .       .          .           .  .       .       taken skipped .
undelivered  .        .       .     .       .          .           .  .       .       taken skipped .
not_expected .        .       .     .       .          .           NO planned .       .     .       NO
""".replace("NO", NO)
PAIRS = [
    (Status(row.split()[0]), each, after)
    for row in TABLE.strip().splitlines()
    for each, after in zip(Move, row.split()[1:], strict=True)
]


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def test_the_table_of_this_test_names_every_state_and_move() -> None:
    assert len(PAIRS) == len(Status) * len(Move)


@pytest.mark.parametrize(("status", "each", "after"), PAIRS)
def test_a_dose_moves_as_the_design_says(status: Status, each: Move, after: str) -> None:
    if after == ".":
        assert (status, each) not in MOVES
        with pytest.raises(MoveRefused, match=r"^A dose that is [a-z ]+ cannot be[a-z ]+\.$|cannot become"):
            move(status, each)
    else:
        assert move(status, each) is Status(after)


def test_a_refusal_is_one_plain_sentence() -> None:
    with pytest.raises(MoveRefused) as refused:
        move(Status.NOT_EXPECTED, Move.SNOOZE)
    assert str(refused.value) == "A dose that is not expected cannot be snoozed."


@pytest.mark.parametrize(
    ("zone", "scheduled", "closes"),
    [
        ("Europe/Berlin", "2026-01-10T21:00", "2026-01-11T11:00"),  # 22:00: noon is later than 12 h
        ("Europe/Berlin", "2026-01-11T00:30", "2026-01-11T12:30"),  # 01:30: 12 h is later than noon
        ("Europe/Berlin", "2026-01-10T11:00", "2026-01-11T11:00"),  # 12:00: the next noon
        ("Europe/Berlin", "2026-01-10T07:00", "2026-01-10T19:00"),  # 08:00, not at bedtime
        ("Europe/Berlin", "2026-03-28T21:00", "2026-03-29T10:00"),  # the short night
        ("Europe/Berlin", "2026-10-24T20:00", "2026-10-25T11:00"),  # the long night
        (
            "Pacific/Apia",
            "2011-12-30T08:00",
            "2011-12-30T22:00",
        ),  # noon of the day after the one that never was
    ],
)
def test_the_window_closes_at_noon_or_after_twelve_hours(zone: str, scheduled: str, closes: str) -> None:
    found = windows(utc(scheduled), load_zone(zone), None)
    assert found == Windows(
        utc(scheduled) + timedelta(hours=3), utc(closes), utc(scheduled) + timedelta(hours=48)
    )


@pytest.mark.parametrize(
    ("following", "closes"),
    [
        ("2026-01-11T08:00", "2026-01-11T08:00"),  # the next dose comes first
        ("2026-01-11T21:00", "2026-01-11T11:00"),
        ("2026-01-10T20:00", "2026-01-11T11:00"),  # left over from a change of zone
    ],
)
def test_the_window_ends_with_the_next_dose(following: str, closes: str) -> None:
    found = windows(utc("2026-01-10T21:00"), load_zone("Europe/Berlin"), utc(following))
    assert found.closes_at == utc(closes)


def test_grace_never_outlasts_the_window() -> None:
    scheduled, berlin = utc("2026-01-10T21:00"), load_zone("Europe/Berlin")
    soon = windows(scheduled, berlin, scheduled + timedelta(hours=1))
    assert soon.grace_until == soon.closes_at == scheduled + timedelta(hours=1)
    assert windows(scheduled, berlin, None, grace=timedelta(hours=40)).grace_until == utc("2026-01-11T11:00")


NIGHT = windows(utc("2026-01-10T21:00"), load_zone("Europe/Berlin"), None)
OPEN, LATE, OLD = utc("2026-01-10T23:40"), utc("2026-01-11T11:00"), utc("2026-01-12T21:00")


@pytest.mark.parametrize(
    ("status", "action", "now", "outcome", "ends"),
    [
        ("prompted", "taken", OPEN, "record", "taken"),
        ("snoozed", "taken", OPEN, "record", "taken"),
        ("prompted", "skipped", OPEN, "record", "skipped"),
        ("prompted", "snooze", OPEN, "record", "snoozed"),
        ("snoozed", "snooze", OPEN, "record", "snoozed"),
        ("prompted", "taken", LATE, "late_record", "taken"),  # the lapse tick has not come by yet
        ("snoozed", "skipped", LATE, "late_record", "skipped"),
        ("unanswered", "taken", LATE, "late_record", "taken"),
        ("undelivered", "skipped", OPEN, "late_record", "skipped"),
        ("prompted", "snooze", LATE, "closed", None),
        ("unanswered", "snooze", LATE, "closed", None),
        ("unanswered", "taken", OLD, "closed", None),
        ("prompted", "taken", OLD, "closed", None),
        ("taken", "taken", OLD, "closed", None),
        ("taken", "taken", OPEN, "already_taken_again", None),
        ("taken", "taken", LATE, "already_taken_again", None),
        ("taken", "skipped", OPEN, "correctable", None),
        ("taken", "snooze", OPEN, "correctable", None),
        ("skipped", "taken", OPEN, "correctable", None),
        ("skipped", "skipped", LATE, "correctable", None),
        ("planned", "taken", OPEN, "not_open", None),
        ("not_expected", "taken", OPEN, "by_hand", "not_expected"),
        ("not_expected", "skipped", OPEN, "by_hand", "not_expected"),
        ("not_expected", "snooze", OPEN, "not_open", None),
    ],
)
def test_a_tap_comes_to_one_outcome(
    status: str, action: str, now: datetime, outcome: str, ends: str | None
) -> None:
    decision = decide_tap(Status(status), TapAction(action), now, NIGHT)
    assert decision.outcome is TapOutcome(outcome)
    state = Status(status)
    for each in decision.moves:
        state = move(state, each)
    assert state == (ends or status)
    assert bool(decision.moves) is (ends is not None)


@pytest.mark.parametrize("status", Status)
@pytest.mark.parametrize("action", TapAction)
@pytest.mark.parametrize("now", [OPEN, LATE, OLD])
def test_no_tap_asks_for_a_move_that_is_refused(status: Status, action: TapAction, now: datetime) -> None:
    state = status
    for each in decide_tap(status, action, now, NIGHT).moves:
        state = move(state, each)


def test_a_correction_is_possible_for_48_hours() -> None:
    assert may_correct(Status.TAKEN, OLD - timedelta(seconds=1), NIGHT)
    assert not may_correct(Status.TAKEN, OLD, NIGHT)
    assert not may_correct(Status.PROMPTED, OPEN, NIGHT)


def test_a_snooze_stays_inside_the_window() -> None:
    assert snooze_until(OPEN, 30, NIGHT) == utc("2026-01-11T00:10")
    assert snooze_until(utc("2026-01-11T10:30"), 15, NIGHT) == utc("2026-01-11T10:45")
    assert snooze_until(utc("2026-01-11T10:30"), 30, NIGHT) is None
    assert snooze_until(OPEN, 95, NIGHT) == utc("2026-01-11T01:15")
    with pytest.raises(ValueError, match="five minutes or more"):
        snooze_until(OPEN, 4, NIGHT)


def test_the_reason_is_the_first_that_holds() -> None:
    day = date(2026, 1, 10)
    everything = {
        "ended": True,
        "starts_on": date(2026, 2, 1),
        "safety_pause": True,
        "hold": True,
        "paused": True,
        "reminders_on": False,
        "by_cadence": False,
    }
    without = {
        "ended": False,
        "starts_on": day,
        "safety_pause": False,
        "hold": False,
        "paused": False,
        "reminders_on": True,
        "by_cadence": True,
    }
    found = []
    for name, calm in without.items():
        found.append(not_expected_reason(dose_day=day, **everything))  # type: ignore[arg-type]
        everything[name] = calm
    assert found == [
        Reason.ENDED,
        Reason.BEFORE_START,
        Reason.SAFETY_PAUSE,
        Reason.HOLD,
        Reason.PAUSE,
        Reason.REMINDERS_OFF,
        Reason.DAY_OFF,
    ]
    assert not_expected_reason(dose_day=day, **everything) is None  # type: ignore[arg-type]


def test_a_pause_ends_on_its_day() -> None:
    first, end = date(2026, 1, 1), date(2026, 1, 12)

    def reason(day: int) -> Reason | None:
        return not_expected_reason(
            dose_day=date(2026, 1, day), starts_on=first, paused=True, paused_until=end
        )

    assert reason(11) is Reason.PAUSE
    assert reason(12) is None


def test_without_a_start_day_nothing_is_expected() -> None:
    assert not_expected_reason(dose_day=date(2026, 1, 1), starts_on=None) is Reason.BEFORE_START
