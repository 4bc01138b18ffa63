"""From an update to the handler that takes it, in the order that safety asks for."""

import json
import re
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

from clinical import triage as danger
from clinical.numbers import numbers_for
from handlers import (
    bedtime,
    checkin,
    clinician,
    commands,
    desk,
    dose,
    duty,
    first_contact,
    linking,
    notice,
    pause,
    plan,
    prescribing,
    progress,
    questions,
    records,
    refill,
    rhythm,
    safety,
    settings,
    snooze,
    travel,
    worklist,
)
from handlers import format as fmt
from handlers.callbacks import Tap
from handlers.prescribed import Draft
from handlers.reply import Screen
from handlers.texts import Texts
from handlers.turn import House, Incoming, Turn
from services import checkins
from services.enrolment import Answers
from services.errors import Closed, NotForYou, NotYet
from storage import hot, inbox, people
from storage.records import Conversation
from storage.store import Tx

TAPS: dict[str, Callable[[Turn, Tap], Awaitable[None]]] = {
    "n": first_contact.tap,
    "d": dose.tap,
    "s": dose.safety_answer,
    "f": dose.follow_up,
    "c": checkin.tap,
    "m": checkin.last_night,
    "q": questions.tap,
    "r": records.tap,
    "p": commands.tap,
    "g": progress.tap,
    "a": notice.tap,
    "b": bedtime.tap,
    "u": pause.tap,
    "v": refill.tap,
    "y": rhythm.tap,
    "z": travel.tap,
    "h": linking.tap,
    "i": prescribing.tap,
    "k": desk.tap,
    "l": plan.tap,
    "w": clinician.digest_time,
    "e": clinician.alert_tap,
    "o": duty.tap,
    "t": settings.tap,
    "x": safety.heard_tap,
    "j": worklist.tap,
}


async def open_turn(incoming: Incoming, tx: Tx, now: datetime, house: House) -> Turn:
    """Find out who it is."""
    person, patient, clinician = await hot.who(tx, incoming.user_id) if incoming.private else (None,) * 3
    texts = Texts(person.language if person else incoming.language)
    fmt.speak(texts.language)
    return Turn(incoming, tx, now, house, texts, person, patient, clinician)


async def handle(turn: Turn) -> None:
    """Handle one update: nothing is sent here, screens are queued on the turn."""
    incoming = turn.incoming
    if not incoming.private:
        if incoming.kind in ("text", "other") and incoming.text.startswith("/"):
            turn.say(Screen(turn.words("group")))
    elif incoming.kind == "blocked":
        if turn.person is not None:
            await people.change_person(turn.tx, turn.person.id, unreachable_at=turn.now)
            await inbox.audit(turn.tx, turn.now, f"person:{turn.person.id}", "blocked the bot", "person")
    elif incoming.kind == "tap":
        await _tap(turn)
    elif incoming.kind == "place":
        assert incoming.place is not None
        if turn.person is None:
            turn.say(Screen(turn.words("stranger-start")))
        else:
            conversation = await turn.conversation()
            if conversation is not None and conversation.flow == travel.FLOW:
                await travel.shared(turn, *incoming.place)
            else:
                await first_contact.shared_place(turn, *incoming.place)
    elif incoming.kind == "other":
        turn.say(Screen(turn.words("cannot-look", emergency=safety.numbers(turn).emergency)))
    elif incoming.kind == "text":
        await _text(turn)


async def _tap(turn: Turn) -> None:
    tap = Tap.read(turn.incoming.data)
    handler = TAPS.get(tap.topic) if tap else None
    if tap is None or handler is None:
        turn.say(Screen(turn.words("stale-button")))
        return
    if turn.person is None:
        turn.say(Screen(turn.words("not-yours")))
        return
    try:
        await handler(turn, tap)
    except NotForYou:
        turn.say(Screen(turn.words("not-yours")))
    except NotYet:
        turn.say(Screen(turn.words("not-yet")))
    except Closed:
        turn.say(Screen(turn.words("closed")))


async def _text(turn: Turn) -> None:
    text = turn.incoming.text
    name, rest = _command(text, turn.house.username)
    if name == "start":
        # What stands behind /start is a token, not words.
        await commands.run(turn, name, rest)
        return
    found = await safety.read_for_danger(turn, text)
    above = await safety.act(turn, found, text)
    if above is None:
        await records.offer_after_danger(turn, text)
        return
    if name is not None:
        await commands.run(turn, name, rest)
    elif turn.person is None:
        turn.say(
            Screen(f"{above}\n\n{turn.words('stranger-start')}" if above else turn.words("stranger-start"))
        )
    elif not (not turn.incoming.edited and await _goes_on(turn, text, above)):
        await questions.answer(turn, text, above=above)


async def _goes_on(turn: Turn, text: str, above: str) -> bool:
    """Whether the running conversation or check-in took the text. An edit never answers what is asked now."""
    conversation = await turn.conversation()
    flow = conversation.flow if conversation else ""
    if conversation is not None and flow == first_contact.FLOW:
        await first_contact.text(turn, conversation.step, Answers.unpack(conversation.data), text)
        return True
    if conversation is not None and flow == prescribing.FLOW:
        await prescribing.text(turn, conversation.step, Draft.unpack(conversation.data), text)
        return True
    if flow in (duty.HOURS_FLOW, duty.AWAY_FLOW) and await duty.typed(turn, flow, text):
        return True
    if conversation is not None and flow == checkin.NOTE_FLOW:
        await checkin.note(turn, json.loads(conversation.data), text)
        return True
    if (
        conversation is not None
        and flow == checkin.NAME_FLOW
        and turn.now - conversation.updated_at < _ASKED_FOR
        and checkin.may_be_a_name(turn, text)
    ):
        await checkin.named(turn, json.loads(conversation.data), text)
        return True
    if conversation is not None and flow in _TYPED and _answers(conversation, text, turn.now):
        await _TYPED[flow](turn, conversation, text)
        return True
    if turn.patient is None or not turn.patient.active:
        return False
    if await snooze.typed(turn, text):
        return True
    sitting = await checkins.running(turn.tx, turn.patient, turn.now)
    return sitting is not None and await checkin.typed(turn, sitting, text)


# What a command asked for lapses: a number typed next morning is not yesterday evening's bedtime.
_ASKED_FOR = timedelta(minutes=30)
_TYPED: dict[str, Callable[[Turn, Conversation, str], Awaitable[None]]] = {
    bedtime.FLOW: lambda turn, asked, text: bedtime.typed(turn, asked.step, text),
    dose.WHEN_FLOW: lambda turn, asked, text: dose.typed_time(turn, asked.data, text),
    pause.FLOW: lambda turn, asked, text: pause.typed(turn, asked.data, text),
    refill.FLOW: lambda turn, asked, text: refill.typed(turn, asked.step, text),
    rhythm.FLOW: lambda turn, asked, text: rhythm.typed(turn, asked.step, asked.data, text),
    travel.FLOW: lambda turn, asked, text: travel.typed(turn, asked.step, text),
}
_NUMBER = re.compile(r"[^?]{0,12}\d[^?]{0,14}|midnight|noon", re.IGNORECASE)


def _answers(asked: Conversation, text: str, now: datetime) -> bool:
    """Whether a text may be what a command asked for: a number, time or date; where it asked, a place."""
    if now - asked.updated_at > _ASKED_FOR:
        return False
    if asked.flow == travel.FLOW:
        return len(text) <= 60 and "?" not in text
    return _NUMBER.fullmatch(text.strip()) is not None


def _command(text: str, username: str) -> tuple[str | None, str]:
    """(the command without its slash, what stands behind it); (None, text) where there is none."""
    if not text.startswith("/"):
        return None, text
    head, _, rest = text[1:].partition(" ")
    name, _, addressed = head.partition("@")
    if addressed and addressed.lower() != username.lower():
        return None, text
    return name.lower(), rest


async def last_resort(turn: Turn) -> None:
    """After a fault of ours: danger is still answered, and the person hears that it went wrong."""
    text = turn.incoming.text
    if turn.incoming.private and turn.incoming.kind == "text":
        found = await safety.read_for_danger(turn, text)
        if await safety.act(turn, found, text) is None:
            return
    if turn.incoming.private:
        turn.say(Screen(turn.words("fault", emergency=safety.numbers(turn).emergency)))


def without_a_record(incoming: Incoming, house: House) -> list[Screen]:
    """Where not even the record can be read: danger is answered all the same, and nothing is claimed."""
    if not incoming.private:
        return []
    texts = Texts(incoming.language)
    known = numbers_for(house.country)
    found = danger.triage(incoming.text)
    if found.severity >= danger.Severity.SAME_DAY:
        return [Screen(danger.reply(found, known, told=danger.Told.nobody(), language=texts.language))]
    return [Screen(texts.say("fault", emergency=known.emergency))]
