"""The morning check-in: taps and typed numbers, a note, last night's dose."""

from datetime import datetime

from clinical.dose import SkipReason, TapAction, TapOutcome
from handlers.callbacks import Tap
from handlers.reply import Screen
from handlers.screens import checkin as screens
from handlers.screens import dose as dose_screens
from handlers.turn import Turn
from services import checkins, dosing
from services.checkins import ITEMS, Sitting

NOTE_FLOW = "note"


async def tap(turn: Turn, tap: Tap) -> None:
    """A button of the check-in: a number, skip, back, note."""
    if turn.patient is None:
        turn.show(Screen(turn.words("not-yours")))
        return
    if tap.action == "note":
        await checkins.own(turn.tx, turn.patient, tap.subject)
        await turn.go_to(NOTE_FLOW, "text", {"checkin": tap.subject})
        turn.say(Screen(turn.words("note-ask")))
        return
    if tap.action == "back":
        checkin = await checkins.own(turn.tx, turn.patient, tap.subject)
        item = tap.value if tap.value in ITEMS else ITEMS[0]
        # Shown again to be answered again; what is there stays until then.
        sitting = await checkins.sitting(turn.tx, checkin)
        kept = {
            name: value for name, value in sitting.answers.items() if ITEMS.index(name) < ITEMS.index(item)
        }
        turn.show(screens.question(turn.texts, Sitting(checkin, kept)))
        return
    value = int(tap.value) if tap.value.isdecimal() else None
    sitting = await checkins.answer(turn.tx, turn.patient, tap.subject, tap.action, value, turn.now)
    turn.show(screens.question(turn.texts, sitting))


async def last_night(turn: Turn, tap: Tap) -> None:
    """Last night's dose, asked at the head of the check-in; then the questions go on."""
    if turn.patient is None or not tap.value.isdecimal():
        turn.show(Screen(turn.words("not-yours")))
        return
    checkin = await checkins.own(turn.tx, turn.patient, tap.subject)
    sitting = await checkins.sitting(turn.tx, checkin)
    if tap.action == "unsure":
        turn.show(screens.question(turn.texts, sitting, before=turn.words("morning-unsure-said")))
        return
    taken = tap.action == "taken"
    said = await dosing.record_dose(
        turn.tx,
        turn.patient,
        int(tap.value),
        TapAction.TAKEN if taken else TapAction.SKIPPED,
        turn.now,
        reason=None if taken else SkipReason.OTHER,
        # Not when it was tapped, which is morning: the prompt's own time stands nearest.
        taken_at=await _prompted_at(turn, int(tap.value)) if taken else None,
    )
    if said.outcome is TapOutcome.ALREADY_TAKEN_AGAIN:
        turn.say(dose_screens.second_dose(turn.texts, said.dose))
        return
    turn.show(dose_screens.recorded(turn.texts, said.dose))
    turn.say(screens.question(turn.texts, sitting))


async def _prompted_at(turn: Turn, dose_id: int) -> datetime:
    dose = await dosing.own_dose(turn.tx, turn.treated, dose_id)
    return dose.prompted_at or dose.scheduled_at


async def typed(turn: Turn, sitting: Sitting, text: str) -> bool:
    """A typed number for the item that is asked; False where the text is something else."""
    words = text.strip().replace("/10", "").strip()
    if not words.isdecimal() or sitting.item is None:
        return False
    if not 0 <= int(words) <= 10:
        turn.say(Screen(turn.words("not-a-number")))
        return True
    item = sitting.item
    after = await checkins.answer(turn.tx, turn.treated, sitting.checkin.id, item, int(words), turn.now)
    echo = turn.words("sleep-echo", value=int(words)) if item == "sleep" else ""
    turn.say(screens.question(turn.texts, after, before=echo))
    return True


async def note(turn: Turn, data: dict[str, int], text: str) -> None:
    """The note to a check-in; triage has read it before."""
    await checkins.add_note(turn.tx, turn.treated, data["checkin"], text)
    await turn.finish()
    turn.say(Screen(turn.words("note-kept")))
