"""`/pause`: whether it is still taken, until when; ending it; and the question after silent nights."""

import json
from datetime import date, timedelta

from handlers import bedtime
from handlers import format as fmt
from handlers.callbacks import Tap
from handlers.reply import Button, Row, Screen
from handlers.screens import dose as dose_screens
from handlers.turn import Turn
from handlers.typed import read_day
from services import enrolment, pausing
from services.planning import dose_day_now
from storage import people

FLOW = "pause"
_DAYS = (3, 7, 14, 28)
_LONGEST = timedelta(days=365)


def _button(turn: Turn, key: str, action: str, value: str = "", **values: str | int) -> Button:
    return Button(turn.words(key, **values), Tap("u", action, 0, value).pack())


async def show(turn: Turn) -> None:
    """Ask first whether they still take it; while paused, offer to end it."""
    patient = turn.treated
    if _paused(turn):
        until = fmt.day(patient.paused_until) if patient.paused_until else "none"
        row = (_button(turn, "pause-resume", "resume"), _button(turn, "pause-stay", "stay"))
        turn.say(Screen(turn.words("pause-on", until=until), (row,)))
        return
    await _ask(turn)


def _paused(turn: Turn) -> bool:
    return pausing.is_paused(turn.treated, dose_day_now(turn.someone, turn.treated, turn.now))


async def _ask(turn: Turn) -> None:
    rows: tuple[Row, ...] = (
        (_button(turn, "pause-taking", "taking", "yes"),),
        (_button(turn, "pause-not-taking", "taking", "no"),),
        (_button(turn, "cancel", "cancel"),),
    )
    turn.say(Screen(turn.words("pause-ask"), rows))


async def tap(turn: Turn, tap: Tap) -> None:
    """A button of the pause; one that no longer fits changes nothing."""
    patient = turn.patient
    if patient is None or not patient.active:
        turn.show(Screen(turn.words("not-yours")))
    elif tap.action == "resume" and _paused(turn):
        await resume(turn)
    elif tap.action == "stay" and _paused(turn):
        turn.show(Screen(turn.words("pause-stays")))
    elif tap.action in ("taking", "until") and not _paused(turn):
        await _step(turn, tap)
    elif tap.action == "cancel":
        await turn.finish()
        turn.show(Screen(turn.words("stop-kept")))
    else:
        turn.show(Screen(turn.words("stale-button")))


async def _step(turn: Turn, tap: Tap) -> None:
    if tap.action == "taking":
        await turn.go_to(FLOW, "until", {"taking": tap.value == "yes"})
        today = dose_day_now(turn.someone, turn.treated, turn.now)
        rows: list[Row] = [
            (
                _button(
                    turn,
                    "pause-days",
                    "until",
                    (today + timedelta(days=days)).isoformat(),
                    days=days,
                    day=fmt.day(today + timedelta(days=days)),
                ),
            )
            for days in _DAYS
        ]
        rows.append((_button(turn, "pause-open", "until", "open"),))
        turn.show(Screen(f"{turn.words('pause-until')} {turn.words('date-type')}", tuple(rows)))
        return
    conversation = await turn.conversation()
    if conversation is None or conversation.flow != FLOW:
        turn.show(Screen(turn.words("stale-button")))
        return
    until = None if tap.value == "open" else date.fromisoformat(tap.value)
    await _begin(turn, until, taking=json.loads(conversation.data)["taking"])


async def typed(turn: Turn, data: str, words: str) -> None:
    """The date on which prompts begin again."""
    today = dose_day_now(turn.someone, turn.treated, turn.now)
    until = read_day(turn, words)
    if until is None:
        return
    if not today < until <= today + _LONGEST:
        turn.say(Screen(turn.words("date-past")))
        return
    await _begin(turn, until, taking=json.loads(data)["taking"])


async def _begin(turn: Turn, until: date | None, *, taking: bool) -> None:
    turn.patient = await pausing.pause(turn.tx, turn.treated, until, taking=taking, now=turn.now)
    await turn.finish()
    turn.show(
        Screen(
            turn.words(
                "pause-begun", until=fmt.day(until) if until else "none", taking="yes" if taking else "no"
            )
        )
    )


async def resume(turn: Turn) -> None:
    """End the pause; after a gap the prescriber is asked first, so the safety question comes instead."""
    turn.patient = await pausing.resume(turn.tx, turn.treated, turn.now)
    if turn.patient.safety_pause_at is not None:
        turn.show(Screen(turn.words("pause-gap"), dose_screens.safety_question(turn.texts).buttons))
        return
    dose = await enrolment.next_prompt(turn.tx, turn.patient, turn.now)
    following = fmt.moment(dose.scheduled_at, turn.someone.zone) if dose else "none"
    turn.show(Screen(turn.words("pause-ended", next=following)))


async def keep_going(turn: Turn, choice: str) -> None:
    """The one question after seven silent nights. Whatever is said, the silence is over."""
    patient = turn.treated
    turn.patient = await people.change_patient(turn.tx, patient.id, asked_again_on=None)
    if choice == "yes":
        turn.show(Screen(turn.words("pause-gap"), dose_screens.safety_question(turn.texts).buttons))
    elif choice == "pause":
        turn.show(Screen(turn.words("keep_going-pause-said")))
        await _ask(turn)
    elif choice == "stopped":
        turn.patient = await enrolment.stop(turn.tx, turn.patient, turn.now, medicine=True)
        turn.show(Screen(turn.words("stopped-medicine")))
    else:
        turn.show(Screen(turn.words("keep_going-timing-said")))
        await bedtime.show(turn)
