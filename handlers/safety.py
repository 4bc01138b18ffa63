"""Triage comes first: every text is read for danger; the fixed reply claims only what was done."""

import asyncio
from datetime import timedelta

from clinical import triage as danger
from clinical.localtime import load_zone
from clinical.numbers import Numbers, numbers_for
from clinical.triage import HEARD, Flag, Severity, Told, Triage
from handlers import format as fmt
from handlers.callbacks import Tap
from handlers.reply import Button, Screen
from handlers.turn import Turn
from services import flags, hearing
from services.flags import Outcome
from storage import inbox, people

_JOINED = timedelta(minutes=2)
# A sentence is broken over a few texts, not over dozens; reading stays cheap however fast somebody types.
_MOST_JOINED = 8


def numbers(turn: Turn) -> Numbers:
    """The numbers of where the person is: their own country, else the deployment's default."""
    country = turn.person.country if turn.person else None
    return numbers_for(country or turn.house.country)


async def read_for_danger(turn: Turn, text: str) -> Triage:
    """Triage the text in full, and together with what was written in the two minutes before it.

    Texts of somebody who is not a patient (any more) are read alone: nothing of theirs is kept.
    """
    if turn.clinician is not None and turn.patient is None:
        # A clinician types opening hours and amounts; rules are enough for who is not treated here.
        return danger.triage(text)
    # In a thread: the encoder takes its time, and the joined text has not been read ahead.
    alone = await asyncio.to_thread(hearing.listen, text)
    typed = not turn.incoming.edited and not text.startswith("/")
    if turn.patient is None or not turn.patient.active or not typed:
        return alone
    earlier = await inbox.recent_texts(turn.tx, turn.patient.person_id, turn.now - _JOINED)
    earlier = earlier[-_MOST_JOINED:]
    if alone.severity is Severity.NONE and earlier:
        alone = await asyncio.to_thread(hearing.listen, " ".join([*earlier, text]))
    if alone.severity is Severity.NONE:
        await inbox.add_recent_text(turn.tx, turn.patient.person_id, text, turn.now)
    else:
        # What was flagged once is not flagged again with the next text.
        await inbox.forget_recent_texts(turn.tx, person_id=turn.patient.person_id)
    return alone


async def act(turn: Turn, found: Triage, text: str) -> str | None:
    """Record and escalate what was found and show the fixed reply.

    Returns:
        None where an emergency or same-day flag stops everything else; for a mention its line, which stands
        above whatever answers next; "" where nothing was found.
    """
    if found.severity is Severity.NONE:
        return ""
    if hearing.is_asked(found) and found.severity >= Severity.SAME_DAY:
        await _ask(turn, found, text)
        return None
    said = _fixed(turn, found, await _record(turn, hearing.to_record(found), text))
    if found.severity >= Severity.SAME_DAY:
        turn.say(Screen(said))
        return None
    return said


async def _ask(turn: Turn, found: Triage, text: str) -> None:
    """No rule stands behind the gravest flag: the fixed reply comes at once, but nobody is told before a Yes.

    What rules found besides is recorded as ever.
    """
    heard = found.flags[0]
    told = await _record(turn, hearing.to_record(found), text)
    if turn.patient is None or not turn.patient.active:
        turn.say(Screen(_fixed(turn, found, told)))
        return
    noted = await flags.raise_flag(
        turn.tx,
        turn.patient,
        category=heard.category,
        severity=Severity.MENTION.word,
        concept=HEARD,
        words=text,
        pause=False,
        now=turn.now,
    )
    row = tuple(
        Button(turn.words(f"heard-{one}"), Tap("x", one, noted.escalation.id, heard.severity.word).pack())
        for one in ("yes", "no")
    )
    shared = "yes" if turn.patient.shared else "no"
    said = f"{_fixed(turn, found, told)}\n\n{turn.words('heard-ask', shared=shared)}"
    turn.say(Screen(said, (row,)))


async def heard_tap(turn: Turn, tap: Tap) -> None:
    """ "Yes, this is it" tells the clinic as a rule would have done; "No" closes what was noted."""
    patient = turn.patient
    noted = await inbox.escalation(turn.tx, tap.subject)
    grave = {one.word: one for one in (Severity.SAME_DAY, Severity.EMERGENCY)}.get(tap.value)
    if patient is None or noted is None or noted.patient_id != patient.id:
        turn.show(Screen(turn.words("not-yours")))
    elif noted.concept != HEARD or noted.state == "closed" or grave is None or not patient.active:
        turn.show(Screen(turn.words("stale-button")))
    elif tap.action == "yes":
        confirmed = Triage((Flag(noted.category, grave, HEARD),))
        told = await _record(turn, confirmed, "")
        turn.show(Screen(_fixed(turn, confirmed, told)))
    else:
        if noted.severity == Severity.MENTION.word:
            await flags.close(turn.tx, noted.id, f"patient:{patient.id}", Outcome.NOT_MEANT, turn.now)
        turn.show(Screen(turn.words("heard-no-said")))


async def _record(turn: Turn, found: Triage, text: str) -> Told:
    """What was done: whether a clinician is being told, when they open, whether prompts are paused now."""
    if turn.patient is None or not turn.patient.active:
        return Told.nobody()
    told, opens = False, None
    for flag in found.flags:
        raised = await flags.raise_flag(
            turn.tx,
            turn.patient,
            category=flag.category,
            severity=flag.severity.word,
            concept=flag.concept[:60],
            words=text,
            pause=danger.pauses(flag) and flag.about == "self",
            now=turn.now,
        )
        told = told or raised.told
        if raised.opens_at is not None:
            local = raised.opens_at.astimezone(load_zone(turn.someone.zone or "UTC"))
            opens = f"{fmt.weekday(local.weekday())} {local:%H:%M}"
        turn.patient = await people.patient(turn.tx, turn.patient.id)
    return Told(clinic=told, opens=opens, paused=turn.patient.safety_pause_at is not None)


def _fixed(turn: Turn, found: Triage | Flag, told: Told) -> str:
    said = danger.reply(found, numbers(turn), told=told, language=turn.texts.language)
    return f"{said}\n\n{turn.words('unreviewed')}" if turn.house.mark_unreviewed else said


def show_self_harm(turn: Turn, *, told: bool) -> None:
    """The reply to thoughts of self-harm ticked on the safety screen."""
    flag = Flag("RF03", Severity.SAME_DAY, "screen self_harm")
    turn.say(Screen(_fixed(turn, flag, Told(clinic=told))))


async def second_dose(turn: Turn) -> None:
    """They say that they took a second dose: RF06, above the plan."""
    flag = Flag("RF06", Severity.SAME_DAY, "second dose", certainty="done", above_plan=True)
    await act(turn, Triage((flag,)), "")


async def took_opioid(turn: Turn) -> None:
    """They skipped the dose because of an opioid: RF04."""
    flag = Flag("RF04", Severity.SAME_DAY, "skipped for an opioid", certainty="done")
    await act(turn, Triage((flag,)), "")


async def in_hospital(turn: Turn) -> None:
    """In hospital or after an accident: the staff must know; prompts rest (RF14 on the way home)."""
    told = False
    if turn.patient is not None and turn.patient.active:
        raised = await flags.raise_flag(
            turn.tx,
            turn.patient,
            category="RF14",
            severity="same-day",
            concept="in hospital",
            words=None,
            pause=True,
            now=turn.now,
        )
        told = raised.told
    turn.say(Screen(turn.words("hospital", emergency=numbers(turn).emergency, told="yes" if told else "no")))


async def told_to_pause(turn: Turn) -> None:
    """Somebody told them not to take it: a mention for the clinic, which may not know."""
    flag = Flag("RF14", Severity.MENTION, "told to pause")
    await _record(turn, Triage((flag,)), "")


async def label_differs(turn: Turn) -> None:
    """The label does not say what the plan says: RF15, before taking any."""
    flag = Flag("RF15", Severity.SAME_DAY, "label differs from the plan")
    await act(turn, Triage((flag,)), "")
