"""Check-ins: taps and typed numbers, the list of effects, a symptom's name, a note, last night's dose."""

from datetime import datetime

from clinical import faq
from clinical.dose import SkipReason, TapAction, TapOutcome
from clinical.freetext import read_record
from clinical.instruments import CHECKLIST
from clinical.said_level import number
from clinical.sitting import EFFECT, LEVELS, MOST_WORK_DAYS, YES_OR_NO, Item, accepts
from clinical.triage import Triage
from handlers import safety
from handlers.callbacks import Tap
from handlers.reply import Button, Screen
from handlers.screens import checkin as screens
from handlers.screens import dose as dose_screens
from handlers.turn import Turn
from services import alerts, checkins, dosing, matching
from services.checkins import Sitting
from storage.records import CheckIn

NOTE_FLOW = "note"
NAME_FLOW = "name"
_NAME_AT_MOST = 60  # characters; a longer text is no name of a symptom
_NAME_WORDS = 4
_OF_SYMPTOMS = ("Side effects", "Does it work")


async def tap(turn: Turn, tap: Tap) -> None:
    """A button of a check-in: an answer, skip, back, an effect, note."""
    if turn.patient is None:
        turn.show(Screen(turn.words("not-yours")))
        return
    checkin = await checkins.own(turn.tx, turn.patient, tap.subject)
    if tap.action == "note":
        await turn.go_to(NOTE_FLOW, "text", {"checkin": tap.subject})
        turn.say(Screen(turn.words("note-ask")))
    elif tap.action == "back":
        sitting = await checkins.sitting(turn.tx, checkin)
        # Shown again to be answered again; what is there stays until then.
        item = Item(tap.value) if tap.value in list(sitting.script) else None
        turn.show(screens.question(turn.texts, sitting, turn.someone, turn.patient, item=item))
    elif tap.action == "grade":
        if tap.value not in CHECKLIST:
            turn.show(Screen(turn.words("stale-button")))
            return
        turn.show(screens.grade(turn.texts, await checkins.sitting(turn.tx, checkin), tap.value))
    elif tap.action == "gone":
        await _gone(turn, checkin, tap.value)
    elif tap.action == "second":
        await _ask_name(turn, tap.subject)
    else:
        await _answered(turn, checkin, tap)


async def _answered(turn: Turn, checkin: CheckIn, tap: Tap) -> None:
    value = int(tap.value) if tap.value.isdecimal() and len(tap.value) < 4 else None
    if not accepts(tap.action, value):
        turn.show(Screen(turn.words("stale-button")))
        return
    sitting = await _keep(turn, checkin, tap.action, value)
    if tap.action == Item.NAME:
        await turn.finish()
    # After an effect the list goes on, also where it was done before.
    item = Item.EFFECTS if tap.action.startswith(EFFECT) and sitting.item is not _follow_up(sitting) else None
    turn.show(screens.question(turn.texts, sitting, turn.someone, turn.treated, item=item))
    if sitting.item is Item.NAME and item is None:
        await turn.go_to(NAME_FLOW, "text", {"checkin": tap.subject})
    await _danger(turn, sitting, tap.action)


def _follow_up(sitting: Sitting) -> Item | None:
    return sitting.item if sitting.item in (Item.SWELLING, Item.TIMING, Item.ALSO) else None


async def _keep(turn: Turn, checkin: CheckIn, item: str, value: int | None) -> Sitting:
    sitting = await checkins.answer(turn.tx, checkin, item, value, turn.now)
    if sitting.item is None and checkin.state != "done":
        await alerts.after_check_in(turn.tx, turn.treated, sitting, turn.now)
    return sitting


async def _danger(turn: Turn, sitting: Sitting, item: str) -> None:
    """What an answer says of danger is answered at once, below the question that comes next."""
    heard = await alerts.heard_of(turn.tx, turn.treated, sitting) if _may_be(item) else ()
    found = alerts.flags_of_answer(sitting, item, heard)
    if found:
        await safety.act(turn, Triage(found), "")


def _may_be(item: str) -> bool:
    return item.startswith(EFFECT) or item in YES_OR_NO


async def _gone(turn: Turn, checkin: CheckIn, effect: str) -> None:
    """An effect of earlier that is gone; a second tap takes that back."""
    if effect not in CHECKLIST:
        turn.show(Screen(turn.words("stale-button")))
        return
    was = (await checkins.sitting(turn.tx, checkin)).answers.get(EFFECT + effect)
    sitting = await checkins.answer(turn.tx, checkin, EFFECT + effect, None if was == 0 else 0, turn.now)
    turn.show(screens.question(turn.texts, sitting, turn.someone, turn.treated, item=Item.FADED))


async def _ask_name(turn: Turn, checkin_id: int) -> None:
    await turn.go_to(NAME_FLOW, "text", {"checkin": checkin_id})
    turn.say(Screen(turn.words("name-ask", step="")))


def may_be_a_name(turn: Turn, text: str) -> bool:
    """Whether a text may name a symptom: short, no question, nothing that can be recorded or answered."""
    if len(text) > _NAME_AT_MOST or "?" in text or read_record(text) is not None:
        return False
    found = matching.matcher().match(text)
    if found.route != "answer":
        return found.route != "smalltalk"
    # "Brain fog" alone also means the question about it; here it names what they have.
    return len(text.split()) <= _NAME_WORDS and faq.topic(found.topics[0]).group in _OF_SYMPTOMS


async def named(turn: Turn, data: dict[str, int], text: str) -> None:
    """The symptom that the patient named; triage has read it before."""
    words = " ".join(text.split())
    await turn.finish()
    if not await checkins.name_target(turn.tx, turn.treated, words, turn.now):
        turn.say(Screen(turn.words("name-enough")))
        return
    kept = turn.words("name-kept", name=words[: checkins.MOST_NAME])
    checkin = await checkins.own(turn.tx, turn.treated, data["checkin"])
    if checkin.closes_at > turn.now and checkin.state != "expired":
        sitting = await _keep(turn, checkin, Item.NAME, 1)
        screen = screens.question(turn.texts, sitting, turn.someone, turn.treated, before=kept)
        turn.say(screen)
    else:
        turn.say(Screen(kept))
    if len((await checkins.sitting(turn.tx, checkin)).targets) == 1:
        button = Button(turn.words("name-more"), Tap("c", "second", checkin.id).pack())
        last = turn.replies.pop().screen
        turn.say(Screen(last.text, (*last.buttons, (button,))))


async def last_night(turn: Turn, tap: Tap) -> None:
    """Last night's dose, asked at the head of the check-in; then the questions go on."""
    if turn.patient is None or not tap.value.isdecimal():
        turn.show(Screen(turn.words("not-yours")))
        return
    checkin = await checkins.own(turn.tx, turn.patient, tap.subject)
    sitting = await checkins.sitting(turn.tx, checkin)
    if tap.action == "unsure":
        said = turn.words("morning-unsure-said")
        turn.show(screens.question(turn.texts, sitting, turn.someone, turn.patient, before=said))
        return
    taken = tap.action == "taken"
    said_dose = await dosing.record_dose(
        turn.tx,
        turn.patient,
        int(tap.value),
        TapAction.TAKEN if taken else TapAction.SKIPPED,
        turn.now,
        reason=None if taken else SkipReason.OTHER,
        # Not when it was tapped, which is morning: the prompt's own time stands nearest.
        taken_at=await _prompted_at(turn, int(tap.value)) if taken else None,
    )
    if said_dose.outcome is TapOutcome.ALREADY_TAKEN_AGAIN:
        turn.say(dose_screens.second_dose(turn.texts, said_dose.dose))
        return
    turn.show(dose_screens.recorded(turn.texts, said_dose.dose))
    before = screens.intro(turn.texts, sitting, turn.patient)
    turn.say(screens.question(turn.texts, sitting, turn.someone, turn.patient, before=before))


async def _prompted_at(turn: Turn, dose_id: int) -> datetime:
    dose = await dosing.own_dose(turn.tx, turn.treated, dose_id)
    return dose.prompted_at or dose.scheduled_at


async def typed(turn: Turn, sitting: Sitting, text: str) -> bool:
    """A typed number for the item that is asked, or yes and no; False where the text is something else."""
    item = sitting.item
    if item is None:
        return False
    value = _typed_value(item, text)
    if value is None:
        return False
    if not accepts(item, value):
        most = MOST_WORK_DAYS if item is Item.WORK else 10
        turn.say(Screen(turn.words("not-a-number", most=most)))
        return True
    after = await _keep(turn, sitting.checkin, item, value)
    echo = turn.words("sleep-echo", value=value) if item is Item.SLEEP else ""
    turn.say(screens.question(turn.texts, after, turn.someone, turn.treated, before=echo))
    if after.item is Item.NAME:
        await turn.go_to(NAME_FLOW, "text", {"checkin": sitting.checkin.id})
    await _danger(turn, after, item)
    return True


def _typed_value(item: Item, text: str) -> int | None:
    words = text.strip().replace("/10", "").strip().casefold().rstrip(".!")
    if item in LEVELS or item is Item.WORK:
        return int(words) if words.isdecimal() and len(words) <= 4 else number(words)
    if item in YES_OR_NO:
        return {"yes": 1, "y": 1, "no": 0, "n": 0, "nope": 0, "yep": 1, "yeah": 1}.get(words)
    return None


async def note(turn: Turn, data: dict[str, int], text: str) -> None:
    """The note to a check-in; triage has read it before."""
    await checkins.add_note(turn.tx, turn.treated, data["checkin"], text)
    await turn.finish()
    turn.say(Screen(turn.words("note-kept")))
