"""A check-in told in words: shown back, changed by taps, and saved by one."""

from dataclasses import replace

from clinical import freetext
from clinical.dose import Status, TapAction, TapOutcome
from clinical.freetext import Record
from clinical.triage import Triage
from handlers import dose as dosing_handler
from handlers import format as fmt
from handlers import safety
from handlers.callbacks import Tap
from handlers.reply import Screen
from handlers.screens import checkin as checkin_screens
from handlers.screens import dose as dose_screens
from handlers.screens import record as screens
from handlers.told import unpack
from handlers.turn import Turn
from services import alerts, dosing, telling
from services.telling import Told
from storage.records import Dose


async def offer(turn: Turn, text: str, record: Record, above: str) -> None:
    """Show what was understood; nothing is saved before it is confirmed."""
    found = await telling.meant(turn.tx, turn.someone, turn.treated, record, turn.now)
    told, dose = found.told, found.dose
    if found.no_dose:
        turn.say(Screen(turn.words("record-no-such-dose")).under(above))
        above = ""
    if dose is not None and _again(told, dose):
        # Asked beside the record, which stays as it is.
        turn.say(dose_screens.second_dose(turn.texts, dose).under(above))
        told, dose, above = screens.without_dose(told), None, ""
    if told.empty:
        return
    if found.times and dose is not None:
        turn.say(screens.ask_time(turn.texts, told, dose, found.times, turn.someone.zone).under(above))
        return
    unclear = freetext.unclear_items(text)
    turn.say(screens.offer(turn.texts, told, dose, turn.someone.zone, unclear=unclear).under(above))


async def offer_after_danger(turn: Turn, text: str) -> None:
    """Below the reply to danger: numbers and a skipped dose can still be kept; nothing of a dose taken."""
    record = freetext.read_record(text) if turn.patient is not None and turn.patient.active else None
    if record is None:
        return
    if record.dose == "taken":
        record = replace(record, dose=None, when=None, night=None, ago=None, vague=False)
    found = await telling.meant(turn.tx, turn.someone, turn.treated, record, turn.now)
    if not found.told.empty:
        turn.say(screens.offer(turn.texts, found.told, found.dose, turn.someone.zone, calm=True))


def _again(told: Told, dose: Dose) -> bool:
    """A dose told as taken that is recorded as taken, with no other time said."""
    if told.action is not TapAction.TAKEN or dose.status != Status.TAKEN:
        return False
    return told.taken_at is None or told.taken_at == dose.taken_at


async def unsure(turn: Turn, above: str) -> None:
    """They do not know whether they took it: what the record says, and the fixed answer."""
    turn.say(Screen(turn.words("unsure-dose", last=await _last(turn))).under(above))


async def last_taken(turn: Turn) -> str:
    """The last dose that is recorded as taken, in a sentence."""
    return turn.words("own-last-taken", last=await _last(turn))


async def _last(turn: Turn) -> str:
    last = "none"
    found = [dose for dose in await telling.speakable(turn.tx, turn.treated, turn.now) if dose.taken_at]
    if found:
        newest = max(found, key=lambda dose: dose.taken_at or dose.scheduled_at)
        assert newest.taken_at is not None
        last = fmt.moment(newest.taken_at, turn.someone.zone)
    return last


async def tap(turn: Turn, tap: Tap) -> None:
    """A button under what was shown back. Everything it needs stands in it."""
    if turn.patient is None:
        turn.show(Screen(turn.words("not-yours")))
        return
    if tap.action == "no":
        turn.show(Screen(turn.words("record-not")))
        return
    told = unpack(tap.value, tap.subject)
    handler = _ACTIONS.get(tap.action)
    if told is None or handler is None:
        turn.show(Screen(turn.words("stale-button")))
        return
    dose = await dosing.own_dose(turn.tx, turn.treated, told.dose_id) if told.action else None
    await handler(turn, told, dose)


async def _show(turn: Turn, told: Told, dose: Dose | None) -> None:
    if told.empty:
        turn.show(Screen(turn.words("record-not")))
        return
    if dose is not None:
        told = replace(told, status=Status(dose.status))
    turn.show(screens.offer(turn.texts, told, dose, turn.someone.zone))


async def _change(turn: Turn, told: Told, dose: Dose | None) -> None:
    nights = await telling.speakable(turn.tx, turn.treated, turn.now)
    turn.show(screens.change(turn.texts, told, dose, nights))


async def _time(turn: Turn, told: Told, dose: Dose | None) -> None:
    if dose is None:
        await _show(turn, told, dose)
        return
    times = telling.times_around(dose, turn.now)
    turn.show(screens.ask_time(turn.texts, told, dose, times, turn.someone.zone))


async def _yes(turn: Turn, told: Told, dose: Dose | None) -> None:
    kept = await telling.save(turn.tx, turn.treated, told, turn.now)
    if kept is None:
        # It was answered another way since: shown again, beside what stands in the record now.
        assert dose is not None
        if _again(told, dose):
            turn.show(dose_screens.second_dose(turn.texts, dose))
            return
        await _show(turn, told, dose)
        return
    said = kept.dose
    if said is not None and said.outcome is TapOutcome.BY_HAND:
        turn.show(screens.kept(turn.texts, screens.without_dose(told), None, turn.someone.zone))
        await dosing_handler.shown(turn, said)
    else:
        turn.show(screens.kept(turn.texts, told, said.dose if said else None, turn.someone.zone))
    if said is not None and told.reason is not None:
        await dosing_handler.what_a_reason_calls_for(turn, told.reason)
    if told.effects:
        names = [one.name for one in told.effects]
        raised = await alerts.flags_of_told(turn.tx, turn.treated, kept.checkin_id, names)
        if raised:
            await safety.act(turn, Triage(raised), "")
    if kept.sitting is not None and kept.sitting.item is not None:
        turn.say(checkin_screens.question(turn.texts, kept.sitting, turn.someone, turn.treated))


_ACTIONS = {"show": _show, "change": _change, "time": _time, "yes": _yes}
