"""`/bedtime`: the time of every night, of weekends, of this one night; and of the mornings."""

from datetime import time

from clinical.regimen import SecondWallError, WallsTooFarApart
from handlers import format as fmt
from handlers.callbacks import Tap
from handlers.reply import Button, Row, Screen
from handlers.turn import Turn
from handlers.typed import read_wall
from services import enrolment, times
from services.times import AlreadyPast, NothingToMove, TooCloseToAnother

FLOW = "bedtime"
WHICH = ("all", "weekdays", "weekends", "tonight", "morning")
_EVENINGS = ("21:00", "21:30", "22:00", "22:30", "23:00", "23:30")
_MORNINGS = ("06:30", "07:00", "07:30", "08:00", "09:00", "10:00")
_REFUSALS: dict[type[Exception], str] = {
    WallsTooFarApart: "bedtime-apart",
    SecondWallError: "bedtime-second",
    NothingToMove: "bedtime-nothing",
    AlreadyPast: "bedtime-past",
    TooCloseToAnother: "bedtime-close",
}


async def show(turn: Turn) -> None:
    """The times as they are, and which to change."""
    turn.say(_menu(turn, ""))


def _menu(turn: Turn, above: str) -> Screen:
    patient = turn.treated
    text = turn.words(
        "bedtime",
        wall=fmt.wall(patient.dose_wall),
        weekend=fmt.wall(patient.weekend_wall) if patient.weekend_wall else "none",
        morning=fmt.wall(patient.waking_wall),
        zone=patient.dose_zone or turn.someone.zone or "UTC",
    )
    rows: tuple[Row, ...] = tuple(
        (Button(turn.words(f"bedtime-{which}"), Tap("b", "which", 0, which).pack()),) for which in WHICH
    )
    return Screen(f"{above}\n\n{text}" if above else text, rows)


async def tap(turn: Turn, tap: Tap) -> None:
    """Which time is to change, or the time itself."""
    if turn.patient is None or not turn.patient.active:
        turn.show(Screen(turn.words("not-yours")))
    elif tap.action == "which" and tap.value in WHICH:
        await turn.go_to(FLOW, tap.value, {})
        offered = _MORNINGS if tap.value == "morning" else _EVENINGS
        buttons = [Button(one, Tap("b", "at", WHICH.index(tap.value), one).pack()) for one in offered]
        turn.show(
            Screen(turn.words("bedtime-ask", which=tap.value), (tuple(buttons[:3]), tuple(buttons[3:])))
        )
    elif tap.action == "at" and tap.subject < len(WHICH) and tap.value in (*_EVENINGS, *_MORNINGS):
        await _set(turn, WHICH[tap.subject], time.fromisoformat(tap.value))
    else:
        turn.show(Screen(turn.words("stale-button")))


async def typed(turn: Turn, which: str, words: str) -> None:
    """A time that was typed."""
    wall = read_wall(turn, words)
    if wall is not None:
        await _set(turn, which, wall)


async def _set(turn: Turn, which: str, wall: time) -> None:
    """Change it, or say in one sentence why not; then nothing is changed."""
    patient = turn.treated
    weekend = patient.weekend_wall or patient.dose_wall
    try:
        if which == "morning":
            turn.patient = await times.set_morning(turn.tx, patient, wall, turn.now)
        elif which == "tonight":
            await times.move_tonight(turn.tx, patient, wall, turn.now)
        elif which == "all":
            turn.patient = await times.set_bedtime(turn.tx, patient, wall, None, turn.now)
        elif which == "weekdays":
            turn.patient = await times.set_bedtime(turn.tx, patient, wall, weekend, turn.now)
        else:
            turn.patient = await times.set_bedtime(turn.tx, patient, patient.dose_wall, wall, turn.now)
    except tuple(_REFUSALS) as refusal:
        turn.say(Screen(turn.words(_REFUSALS[type(refusal)])))
        return
    await turn.finish()
    dose = await enrolment.next_prompt(turn.tx, turn.treated, turn.now)
    following = fmt.moment(dose.scheduled_at, turn.someone.zone) if dose else "none"
    turn.show(_menu(turn, turn.words("bedtime-set", next=following)))
