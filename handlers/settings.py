"""`/settings`: the three switches of consent, the dose time, and what follows from them."""

from handlers import format as fmt
from handlers.callbacks import Tap
from handlers.reply import Button, Row, Screen
from handlers.texts import LANGUAGES, Texts
from handlers.turn import Turn
from services import consenting, enrolment
from services.planning import SPREAD
from storage import people

SWITCHES = tuple(consenting.COLUMNS)


async def show(turn: Turn) -> None:
    """The settings as they are."""
    turn.say(await _screen(turn))


async def _screen(turn: Turn) -> Screen:
    patient = turn.treated
    linked = patient.clinician_id is not None
    rows: list[Row] = []
    for name in SWITCHES:
        if (name == "sharing" and not linked) or (name == "daily" and not patient.consent_checkins):
            continue
        on = getattr(patient, consenting.COLUMNS[name])
        label = turn.words(f"consent-{name}", state=turn.words("on" if on else "off"))
        rows.append((Button(label, Tap("t", name, 0, "off" if on else "on").pack()),))
    lines = [turn.words("settings", wall=fmt.wall(patient.dose_wall), zone=turn.someone.zone or "UTC")]
    dose = await enrolment.next_prompt(turn.tx, patient, turn.now)
    early = await consenting.early_by(turn.tx, dose) if dose is not None else None
    if dose is not None and early:
        minutes = max(round(early.total_seconds() / 60), 1)
        lines.append(turn.words("settings-early", minutes=minutes, most=int(SPREAD.total_seconds() // 60)))
    if not patient.consent_sharing:
        lines.append(turn.words("settings-unshared"))
    return Screen("\n".join(lines), tuple(rows))


async def languages(turn: Turn) -> None:
    """`/language`"""
    row = tuple(
        Button(turn.words(f"language-{one}"), Tap("t", "language", 0, one).pack()) for one in LANGUAGES
    )
    turn.say(Screen(turn.words("language-ask"), (row,)))


async def _speak(turn: Turn, language: str) -> None:
    await people.change_person(turn.tx, turn.someone.id, language=language)
    turn.texts = Texts(language)
    fmt.speak(language)
    turn.show(Screen(turn.words("language-set")))


async def tap(turn: Turn, tap: Tap) -> None:
    """A switch was tapped: what the button says is done, so an old button cannot turn it round."""
    if tap.action == "language" and tap.value in LANGUAGES:
        await _speak(turn, tap.value)
        return
    if turn.patient is None or not turn.patient.active or tap.action not in SWITCHES:
        turn.show(Screen(turn.words("stale-button")))
        return
    turn.patient = await consenting.switch(turn.tx, turn.patient, tap.action, tap.value == "on", turn.now)
    turn.show(await _screen(turn))
