"""Triage comes first: every text is read for danger; the fixed reply claims only what was done."""

from datetime import timedelta

from clinical import triage as danger
from clinical.localtime import load_zone
from clinical.numbers import Numbers, numbers_for
from clinical.triage import Flag, Severity, Told, Triage
from handlers import format as fmt
from handlers.reply import Screen
from handlers.turn import Turn
from services import flags
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
    alone = danger.triage(text)
    typed = not turn.incoming.edited and not text.startswith("/")
    if turn.patient is None or not turn.patient.active or not typed:
        return alone
    earlier = await inbox.recent_texts(turn.tx, turn.patient.person_id, turn.now - _JOINED)
    earlier = earlier[-_MOST_JOINED:]
    if alone.severity is Severity.NONE and earlier:
        alone = danger.triage(" ".join([*earlier, text]))
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
    said = _fixed(turn, found, await _record(turn, found, text))
    if found.severity >= Severity.SAME_DAY:
        turn.say(Screen(said))
        return None
    return said


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
