"""Every command, and those that need no module of their own: /stop, /privacy, /help."""

from collections.abc import Awaitable, Callable

from handlers import (
    bedtime,
    desk,
    dose,
    duty,
    first_contact,
    pause,
    plan,
    progress,
    refill,
    safety,
    settings,
    today,
    travel,
    worklist,
)
from handlers import clinician as clinic
from handlers import format as fmt
from handlers.callbacks import Tap
from handlers.reply import Button, Row, Screen
from handlers.turn import Turn
from services import enrolment as enrolling
from storage.records import Clinician

COMMANDS = (
    ("today", "Tonight's dose and what is recorded"),
    ("progress", "Your last weeks as a picture"),
    ("plan", "Your plan, and when it changes"),
    ("correct", "Put a dose right"),
    ("bedtime", "Change your times"),
    ("timezone", "I am somewhere else"),
    ("pause", "Pause prompts"),
    ("refill", "What you have left"),
    ("card", "To show in an emergency"),
    ("settings", "Switches and dose time"),
    ("language", "English, español"),
    ("help", "What I can do"),
    ("privacy", "Who sees what"),
    ("stop", "Stop my messages"),
)


async def run(turn: Turn, name: str, rest: str) -> None:
    """A typed command; `rest` is what stands behind it."""
    if name == "start":
        await first_contact.start(turn, rest.strip() or None)
    elif name == "help":
        await _help(turn)
    elif name == "privacy":
        _privacy(turn)
    elif name == "stop":
        _stop(turn)
    elif name == "language" and turn.person is not None:
        await settings.languages(turn)
    elif name in _FOR_PATIENTS:
        if turn.patient is None or not turn.patient.active:
            turn.say(Screen(turn.words("stranger-start" if turn.patient is None else "stop-none")))
        else:
            await _FOR_PATIENTS[name](turn)
    elif name in _FOR_CLINICIANS:
        if turn.clinician is None:
            turn.say(Screen(turn.words("clinician-only")))
        else:
            await _FOR_CLINICIANS[name](turn, turn.clinician)
    else:
        turn.say(Screen(turn.words("unknown-command")))


async def _help(turn: Turn) -> None:
    if turn.clinician is not None:
        turn.say(Screen(turn.words("help-clinician")))
    if turn.clinician is None or turn.patient is not None:
        buttons: tuple[Row, ...] = ()
        if turn.patient is not None and turn.patient.active:
            buttons = ((Button(turn.words("hospital-button"), Tap("p", "hospital").pack()),),)
        turn.say(Screen(turn.words("help", emergency=safety.numbers(turn).emergency), buttons))


def _privacy(turn: Turn) -> None:
    if turn.clinician is not None and turn.patient is None:
        turn.say(Screen(turn.words("privacy-clinician")))
        return
    shared = turn.patient is not None and turn.patient.consent_sharing
    turn.say(Screen(turn.words("privacy", sharing="on" if shared else "off")))


def _stop(turn: Turn) -> None:
    if turn.patient is None or not turn.patient.active:
        turn.say(Screen(turn.words("stop-none")))
        return
    rows = tuple(
        (Button(turn.words(f"stop-{choice}"), Tap("p", f"stop-{choice}").pack()),)
        for choice in ("messages", "medicine", "nothing")
    )
    turn.say(Screen(turn.words("stop-ask"), rows))


# Commands of an enrolled patient whom the bot writes to; anybody else hears how to begin.
_FOR_PATIENTS: dict[str, Callable[[Turn], Awaitable[None]]] = {
    "today": today.show,
    "progress": progress.show,
    "card": progress.card,
    "plan": plan.show,
    "correct": dose.correct,
    "bedtime": bedtime.show,
    "timezone": travel.begin,
    "pause": pause.show,
    "refill": refill.show,
    "settings": settings.show,
}

_FOR_CLINICIANS: dict[str, Callable[[Turn, Clinician], Awaitable[None]]] = {
    "invite": lambda turn, _: clinic.invite(turn),
    "digest": clinic.digest,
    "patients": desk.patients,
    "cohort": desk.cohort,
    "digesttime": lambda turn, _: clinic.ask_digest_time(turn),
    "colleague": clinic.colleague,
    "hours": duty.hours,
    "away": duty.away,
    "unanswered": clinic.unanswered,
    "inbox": worklist.inbox,
}


async def tap(turn: Turn, tap: Tap) -> None:
    """Buttons under /today, /stop and /help."""
    if turn.patient is None:
        turn.show(Screen(turn.words("not-yours")))
    elif tap.action == "first":
        if turn.patient.start_on is not None:
            turn.show(Screen(turn.words("stale-button")))
            return
        turn.patient = await enrolling.set_first_night(turn.tx, turn.patient, turn.now)
        dose = await enrolling.next_prompt(turn.tx, turn.patient, turn.now)
        following = fmt.moment(dose.scheduled_at, turn.someone.zone) if dose else "–"
        turn.show(Screen(turn.words("first-dose-set", next=following)))
    elif tap.action == "hospital":
        await safety.in_hospital(turn)
    elif tap.action in ("stop-messages", "stop-medicine"):
        medicine = tap.action == "stop-medicine"
        turn.patient = await enrolling.stop(turn.tx, turn.patient, turn.now, medicine=medicine)
        turn.show(Screen(turn.words("stopped-medicine" if medicine else "stopped-messages")))
    elif tap.action == "stop-nothing":
        turn.show(Screen(turn.words("stop-kept")))
    else:
        turn.show(Screen(turn.words("stale-button")))
