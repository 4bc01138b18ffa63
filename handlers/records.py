"""A check-in told in words: shown back, and saved by one tap."""

import json

from clinical.dose import SkipReason, TapAction, TapOutcome
from clinical.freetext import Record
from handlers import safety
from handlers.callbacks import Tap
from handlers.reply import Button, Screen
from handlers.screens import dose as dose_screens
from handlers.turn import Turn
from services import checkins, delivering, dosing
from storage import doses

RECORD_FLOW = "record"


async def offer(turn: Turn, record: Record, above: str) -> None:
    """Show what was understood; nothing is saved before it is confirmed."""
    parts = []
    if record.dose == "taken":
        parts.append(turn.words("record-dose-taken", when=record.when or "none"))
    elif record.dose == "skipped":
        reason = dose_screens.reason(turn.texts, record.reason)
        parts.append(turn.words("record-dose-skipped", reason=reason))
    if record.sleep is not None:
        parts.append(turn.words("value-sleep", value=record.sleep).lower())
    if record.pain is not None:
        parts.append(turn.words("value-pain", value=record.pain).lower())
    if not parts:
        parts.extend(effect.name for effect in record.effects)
    data = {"dose": record.dose, "reason": record.reason, "sleep": record.sleep, "pain": record.pain}
    await turn.go_to(RECORD_FLOW, "confirm", data)
    turn.say(
        Screen(
            turn.words("record-ask", what=", ".join(parts)),
            (
                (
                    Button(turn.words("record-yes"), Tap("r", "yes").pack()),
                    Button(turn.words("record-no"), Tap("r", "no").pack()),
                ),
            ),
        ).under(above)
    )


async def tap(turn: Turn, tap: Tap) -> None:
    """The one tap that saves, or throws away, what was read from a text."""
    conversation = await turn.conversation()
    if conversation is None or conversation.flow != RECORD_FLOW or turn.patient is None:
        turn.show(Screen(turn.words("stale-button")))
        return
    await turn.finish()
    if tap.action != "yes":
        turn.show(Screen(turn.words("record-not")))
        return
    data = json.loads(conversation.data)
    done = False
    if data["dose"]:
        done = await _record_dose(turn, data["dose"], data["reason"])
    newest = await doses.newest_checkin(turn.tx, turn.patient.id, ("sent", "done"))
    if newest is not None and newest.closes_at > turn.now:
        for item in ("sleep", "pain"):
            if data[item] is not None:
                await checkins.answer(turn.tx, turn.patient, newest.id, item, data[item], turn.now)
                done = True
    if done:
        turn.show(Screen(turn.words("record-done")))
        if data["reason"] == "opioid":
            await safety.took_opioid(turn)
    else:
        turn.show(Screen(turn.words("record-nothing-open")))


async def _record_dose(turn: Turn, action: str, reason: str | None) -> bool:
    dose = await delivering.open_dose(turn.tx, turn.treated, turn.now)
    if dose is None:
        return False
    why = SkipReason(reason) if reason in list(SkipReason) else SkipReason.OTHER
    said = await dosing.record_dose(
        turn.tx,
        turn.treated,
        dose.id,
        TapAction.TAKEN if action == "taken" else TapAction.SKIPPED,
        turn.now,
        reason=None if action == "taken" else why,
    )
    return said.outcome in (TapOutcome.RECORD, TapOutcome.LATE_RECORD)
