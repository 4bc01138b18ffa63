"""Taps on the dose prompt and what they lead to."""

import json
from datetime import datetime, timedelta

from clinical.dose import SNOOZE_MINUTES, SkipReason, Status, TapAction, TapOutcome
from clinical.localtime import load_zone, next_wall
from handlers import format as fmt
from handlers import pause, refill, safety
from handlers.callbacks import Tap
from handlers.reply import Screen
from handlers.screens import dose as screens
from handlers.turn import Turn
from handlers.typed import read_wall
from services import dosing, enrolment, flags
from services.dosing import Said
from services.errors import TimeNotCome, TooFarFromItsDose
from storage.records import Dose

WHEN_FLOW = "when"


async def tap(turn: Turn, tap: Tap) -> None:
    """A button of a dose prompt, of its recorded message, or of a correction."""
    if turn.patient is None:
        turn.show(Screen(turn.words("not-yours")))
        return
    await _ACTIONS.get(tap.action, _stale)(turn, tap)


async def _stale(turn: Turn, tap: Tap) -> None:
    turn.say(Screen(turn.words("stale-button")))


async def _taken(turn: Turn, tap: Tap) -> None:
    said = await dosing.record_dose(turn.tx, turn.treated, tap.subject, TapAction.TAKEN, turn.now)
    if said.outcome is TapOutcome.ALREADY_TAKEN_AGAIN:
        # Asked beside the record, which stays as it is.
        turn.say(screens.second_dose(turn.texts, said.dose))
        return
    await shown(turn, said)


async def _skip(turn: Turn, tap: Tap) -> None:
    dose = await dosing.own_dose(turn.tx, turn.treated, tap.subject)
    if dose.status in (Status.TAKEN, Status.SKIPPED):
        turn.show(screens.already(turn.texts, dose))
        return
    turn.show(screens.ask_reason(turn.texts, dose.id, "why"))


async def _why(turn: Turn, tap: Tap) -> None:
    reason = _reason(tap.value)
    said = await dosing.record_dose(
        turn.tx, turn.treated, tap.subject, TapAction.SKIPPED, turn.now, reason=reason
    )
    await shown(turn, said)
    if said.outcome in (TapOutcome.RECORD, TapOutcome.LATE_RECORD, TapOutcome.BY_HAND):
        await what_a_reason_calls_for(turn, reason)


async def what_a_reason_calls_for(turn: Turn, reason: SkipReason) -> None:
    """What follows a skipped dose: triage for an opioid or a hospital, /pause or /refill for others."""
    if reason is SkipReason.OPIOID:
        await safety.took_opioid(turn)
    elif reason is SkipReason.HOSPITAL:
        await safety.in_hospital(turn)
    elif reason is SkipReason.TOLD_TO_PAUSE:
        # They were told not to take it: the bot does not prompt on against that unasked.
        await safety.told_to_pause(turn)
        await pause.show(turn)
    elif reason is SkipReason.RAN_OUT:
        await refill.out(turn)


async def _snooze(turn: Turn, tap: Tap) -> None:
    minutes = int(tap.value) if tap.value.isdecimal() else 0
    if minutes not in SNOOZE_MINUTES:
        await _stale(turn, tap)
        return
    said, until = await dosing.snooze_dose(turn.tx, turn.treated, tap.subject, minutes, turn.now)
    if said.outcome is not TapOutcome.RECORD:
        turn.show(screens.already(turn.texts, said.dose))
    elif until is None:
        turn.toast = turn.words("snooze-too-late")
    else:
        turn.show(screens.snoozed(turn.texts, said.dose, until))


async def _back(turn: Turn, tap: Tap) -> None:
    dose = await dosing.own_dose(turn.tx, turn.treated, tap.subject)
    if dose.status in (Status.TAKEN, Status.SKIPPED):
        turn.show(screens.already(turn.texts, dose))
    else:
        turn.show(Screen(turn.words("today-prompted"), screens.answers(turn.texts, dose.id)))


async def _second_no(turn: Turn, tap: Tap) -> None:
    dose = await dosing.own_dose(turn.tx, turn.treated, tap.subject)
    turn.show(Screen(turn.words("second-was-no", at=fmt.clock(dose.taken_at or turn.now, dose.zone))))


async def _second_yes(turn: Turn, tap: Tap) -> None:
    await dosing.own_dose(turn.tx, turn.treated, tap.subject)
    await safety.second_dose(turn)


async def _correct(turn: Turn, tap: Tap) -> None:
    dose = await dosing.own_dose(turn.tx, turn.treated, tap.subject)
    if turn.now >= dose.correct_until:
        turn.show(Screen(turn.words("closed")))
        return
    turn.show(screens.ask_correction(turn.texts, dose))


async def _keep(turn: Turn, tap: Tap) -> None:
    dose = await dosing.own_dose(turn.tx, turn.treated, tap.subject)
    turn.show(screens.recorded(turn.texts, dose))


async def _fix_taken(turn: Turn, tap: Tap) -> None:
    before, after = await dosing.correct_dose(turn.tx, turn.treated, tap.subject, TapAction.TAKEN, turn.now)
    turn.show(_corrected(turn, before, after))


async def _fix_skip(turn: Turn, tap: Tap) -> None:
    dose = await dosing.own_dose(turn.tx, turn.treated, tap.subject)
    turn.show(screens.ask_reason(turn.texts, dose.id, "fix"))


async def _fix(turn: Turn, tap: Tap) -> None:
    reason = _reason(tap.value)
    before, after = await dosing.correct_dose(
        turn.tx, turn.treated, tap.subject, TapAction.SKIPPED, turn.now, reason=reason
    )
    turn.show(_corrected(turn, before, after))
    await what_a_reason_calls_for(turn, reason)


async def _when(turn: Turn, tap: Tap) -> None:
    dose = await dosing.own_dose(turn.tx, turn.treated, tap.subject)
    await turn.go_to(WHEN_FLOW, "time", {"dose": dose.id})
    turn.show(screens.ask_when(turn.texts, dose))


async def _at(turn: Turn, tap: Tap) -> None:
    dose = await dosing.own_dose(turn.tx, turn.treated, tap.subject)
    minutes = tap.value.replace("m", "-", 1)
    if minutes not in map(str, screens.TIMES_AROUND):
        await _stale(turn, tap)
        return
    await _taken_at(turn, dose, dose.scheduled_at + timedelta(minutes=int(minutes)))


async def typed_time(turn: Turn, data: str, words: str) -> None:
    """When a dose was taken, typed: the time nearest to the dose's own."""
    dose = await dosing.own_dose(turn.tx, turn.treated, json.loads(data)["dose"])
    wall = read_wall(turn, words)
    if wall is None:
        return
    at = next_wall(dose.scheduled_at - timedelta(hours=12), wall, load_zone(dose.zone))
    await _taken_at(turn, dose, at)


async def _taken_at(turn: Turn, dose: Dose, at: datetime) -> None:
    try:
        before, after = await dosing.correct_dose(
            turn.tx, turn.treated, dose.id, TapAction.TAKEN, turn.now, taken_at=at
        )
    except TimeNotCome:
        turn.say(Screen(turn.words("when-future")))
    except TooFarFromItsDose:
        turn.say(Screen(turn.words("when-far")))
    else:
        conversation = await turn.conversation()
        if conversation is not None and conversation.flow == WHEN_FLOW:
            await turn.finish()
        turn.show(_corrected(turn, before, after))


async def correct(turn: Turn) -> None:
    """`/correct`"""
    turn.say(screens.to_correct(turn.texts, await dosing.correctable(turn.tx, turn.treated, turn.now)))


def _corrected(turn: Turn, before: Dose, after: Dose) -> Screen:
    return screens.corrected(turn.texts, after, screens.status_words(turn.texts, before).rstrip("."))


def _reason(value: str) -> SkipReason:
    return SkipReason(value) if value in list(SkipReason) else SkipReason.OTHER


async def shown(turn: Turn, said: Said) -> None:
    """The dose as it was recorded; of one that was not expected, why it is not counted."""
    if said.outcome is TapOutcome.CORRECTABLE:
        turn.show(screens.already(turn.texts, said.dose))
    elif said.outcome is TapOutcome.BY_HAND:
        turn.show(Screen(turn.words("kept-by-hand", reason=turn.words(f"why-{said.dose.reason}"))))
        if turn.treated.safety_pause_at is not None:
            turn.say(_asked(turn))
    else:
        turn.show(screens.recorded(turn.texts, said.dose))


def _asked(turn: Turn) -> Screen:
    return screens.safety_question(turn.texts, restart=turn.treated.safety_pause_cause == "RF14")


async def safety_answer(turn: Turn, tap: Tap) -> None:
    """The nightly question while prompts are paused; answered from any of its messages, also old ones."""
    if turn.patient is None:
        turn.show(Screen(turn.words("not-yours")))
        return
    if tap.action == "continue":
        patient = await flags.end_safety_pause(
            turn.tx, turn.patient, turn.now, by=f"patient:{turn.patient.id} as reported"
        )
        dose = await enrolment.next_prompt(turn.tx, patient, turn.now)
        following = fmt.moment(dose.scheduled_at, turn.someone.zone) if dose else "none"
        turn.show(Screen(turn.words("safety-continue-said", next=following)))
    elif tap.action == "stop":
        turn.show(Screen(turn.words("safety-stop-said"), _asked(turn).buttons[1:2]))
    else:
        turn.show(Screen(turn.words("safety-not-yet-said"), _asked(turn).buttons))


async def follow_up(turn: Turn, tap: Tap) -> None:
    """The morning after a red flag. "I meant something else" is noted, never argued with."""
    from storage import inbox

    found = await inbox.escalation(turn.tx, tap.subject)
    if turn.patient is None or found is None or found.patient_id != turn.patient.id:
        turn.show(Screen(turn.words("not-yours")))
        return
    if tap.action not in ("yes", "not-yet", "mistake"):
        await _stale(turn, tap)
        return
    await inbox.change_escalation(turn.tx, found.id, reached=tap.action)
    await inbox.audit(
        turn.tx, turn.now, f"patient:{turn.patient.id}", "follow-up", f"escalation:{found.id}", tap.action
    )
    key = f"follow-up-{tap.action}-said"
    turn.show(Screen(turn.words(key, emergency=safety.numbers(turn).emergency)))


_ACTIONS = {
    "taken": _taken,
    "skip": _skip,
    "why": _why,
    "snooze": _snooze,
    "back": _back,
    "second-no": _second_no,
    "second-yes": _second_yes,
    "correct": _correct,
    "keep": _keep,
    "fix-taken": _fix_taken,
    "fix-skip": _fix_skip,
    "fix": _fix,
    "when": _when,
    "at": _at,
}
