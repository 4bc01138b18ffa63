"""`/inbox`: alerts, decisions, questions and refills that wait; "I have this", and what became of it."""

from handlers import format as fmt
from handlers.callbacks import Tap
from handlers.reply import Button, Row, Screen
from handlers.screens import clinic
from handlers.screens import worklist as screens
from handlers.turn import Turn
from services import worklist
from services.flags import Outcome
from services.worklist import Alert, Passed, Worklist
from storage import people
from storage.records import Clinician


async def inbox(turn: Turn, clinician: Clinician) -> None:
    """`/inbox`"""
    turn.say(await _list(turn, clinician))


async def _list(turn: Turn, clinician: Clinician, above: str = "") -> Screen:
    found = await worklist.worklist(turn.tx, clinician, turn.now)
    names = await _names(turn, _takers(found))
    return screens.inbox(turn.texts, found, names, turn.someone.zone).under(above)


def _takers(found: Worklist) -> set[int]:
    alerts = {one.flag.acknowledged_by for one in found.alerts}
    passed = {one.question.taken_by for one in (*found.questions, *found.refills)}
    return {one for one in alerts | passed if one is not None}


async def _names(turn: Turn, clinician_ids: set[int]) -> dict[int, str]:
    """What colleagues are called, the reader's own left empty; patients never see these."""
    found = {}
    for one in clinician_ids:
        if turn.clinician is not None and one == turn.clinician.id:
            found[one] = ""
            continue
        person = await people.person(turn.tx, (await people.clinician(turn.tx, one)).person_id)
        found[one] = person.name or turn.words("colleague-unnamed")
    return found


async def tap(turn: Turn, tap: Tap) -> None:
    """A button of the inbox or of a page of it."""
    clinician = turn.clinician
    if clinician is None:
        turn.show(Screen(turn.words("not-yours")))
    elif tap.action == "list":
        turn.show(await _list(turn, clinician))
    elif tap.action == "alert":
        await _show_alert(turn, await worklist.alert(turn.tx, clinician, tap.subject, turn.now))
    elif tap.action == "have":
        await _show_alert(turn, await worklist.take_alert(turn.tx, clinician, tap.subject, turn.now))
    elif tap.action == "question":
        found = await worklist.passed(turn.tx, clinician, tap.subject, turn.now)
        await _show_question(turn, found)
    elif tap.action == "take":
        await _show_question(turn, await worklist.take(turn.tx, clinician, tap.subject, turn.now))
    elif tap.action in ("done", "answered") and tap.value in worklist.OUTCOMES:
        close = worklist.close_alert if tap.action == "done" else worklist.close
        closed = await close(turn.tx, clinician, tap.subject, Outcome(tap.value), turn.now)
        key = "inbox-gone" if closed is None else "inbox-closed"
        above = turn.words(
            key,
            code=closed.patient.code if closed else "",
            outcome=turn.words(f"outcome-{tap.value}"),
            paused="yes" if tap.action == "done" and closed and closed.patient.safety_pause_at else "no",
        )
        turn.show(await _list(turn, clinician, above))
    else:
        turn.show(Screen(turn.words("stale-button")))


async def _show_question(turn: Turn, found: Passed | None) -> None:
    if found is None:
        turn.show(_gone(turn))
        return
    taken_by = found.question.taken_by
    names = await _names(turn, {taken_by} if taken_by is not None else set())
    turn.show(screens.question(turn.texts, found, names, turn.someone.zone))


async def _show_alert(turn: Turn, found: Alert | None) -> None:
    turn.show(_gone(turn) if found is None else await alert_page(turn, found))


async def alert_page(turn: Turn, found: Alert, said: str = "") -> Screen:
    """An alert with who has it: what can be tapped depends on whether somebody has."""
    flag = found.flag
    zone = (await people.person(turn.tx, found.patient.person_id)).zone
    screen = clinic.alert(turn.texts, flag, found.patient, fmt.moment(flag.updated_at, zone))
    text = screen.text
    if flag.reached is not None:
        text += f"\n{turn.words(f'inbox-reached-{flag.reached}')}"
    rows: list[Row] = list(screen.buttons)
    if flag.acknowledged_at is not None and flag.acknowledged_by is not None:
        names = await _names(turn, {flag.acknowledged_by})
        at = fmt.dated(flag.acknowledged_at, turn.someone.zone)
        text += f"\n{screens.since(turn.texts, names, flag.acknowledged_by, at)}"
        if names[flag.acknowledged_by]:
            rows.insert(0, (Button(turn.words("take-over"), Tap(screens.TOPIC, "have", flag.id).pack()),))
        rows += screens.outcomes_of_alert(turn.texts, flag)
    rows.append((Button(turn.words("inbox-back"), Tap(screens.TOPIC, "list").pack()),))
    return Screen(f"{text}\n{said}" if said else text, tuple(rows))


def _gone(turn: Turn) -> Screen:
    back = Button(turn.words("inbox-back"), Tap(screens.TOPIC, "list").pack())
    return Screen(turn.words("inbox-gone"), ((back,),))
