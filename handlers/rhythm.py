"""Days and times of day of a plan: set by the clinician, or by a patient whom no clinic reads."""

import json
from datetime import time
from typing import Any

from clinical.amount import format_mg
from clinical.regimen import CadenceError, Every, SecondWallError
from handlers import format as fmt
from handlers.callbacks import Tap
from handlers.prescription import read_amount
from handlers.reply import Button, Row, Screen
from handlers.turn import Turn
from handlers.typed import read_wall
from services import clinics, rhythm
from services.rhythm import Rhythm
from storage.records import Patient

FLOW = "rhythm"
_KINDS = ("nightly", "second", "weekdays", "other", "twice")
_NEEDS = {"other": ("wall",), "twice": ("wall", "second", "amount")}


async def begin(turn: Turn, patient: Patient) -> None:
    """Which rhythm the prescription says."""
    rows = tuple(
        (Button(turn.words(f"rhythm-{kind}"), Tap("y", kind, patient.id).pack()),) for kind in _KINDS
    )
    turn.say(Screen(turn.words("rhythm-ask", code=patient.code), rows))


async def _theirs(turn: Turn, patient_id: int) -> Patient | None:
    """The patient, if the person may set the rhythm: their clinician, or they themselves without a clinic."""
    if turn.patient is not None and turn.patient.id == patient_id and turn.patient.active:
        return None if turn.patient.shared else turn.patient
    return None if turn.clinician is None else await clinics.reads_for(turn.tx, turn.clinician, patient_id)


async def tap(turn: Turn, tap: Tap) -> None:
    """A rhythm, or a weekday of one."""
    patient = await _theirs(turn, tap.subject)
    if patient is None:
        turn.show(Screen(turn.words("not-yours")))
    elif tap.action == "nightly":
        await _set(turn, patient, Rhythm())
    elif tap.action == "second":
        await _set(turn, patient, Rhythm(Every.SECOND_DAY))
    elif tap.action == "weekdays":
        turn.show(_weekdays(turn, patient, tap.value))
    elif tap.action == "days":
        await _set(turn, patient, Rhythm(Every.WEEKDAYS, [int(day) for day in tap.value if day in "0123456"]))
    elif tap.action in _NEEDS:
        await _ask(turn, {"patient": patient.id, "kind": tap.action})
    else:
        turn.show(Screen(turn.words("stale-button")))


def _weekdays(turn: Turn, patient: Patient, chosen: str) -> Screen:
    """The week as buttons; what is chosen stands in each of them, so nothing is kept elsewhere."""
    buttons = []
    for day in range(7):
        mark = str(day)
        after = chosen.replace(mark, "") if mark in chosen else "".join(sorted(chosen + mark))
        label = f"✅ {fmt.weekday(day)}" if mark in chosen else fmt.weekday(day)
        buttons.append(Button(label, Tap("y", "weekdays", patient.id, after).pack()))
    rows: tuple[Row, ...] = (tuple(buttons[:4]), tuple(buttons[4:]))
    if chosen:
        rows = (*rows, (Button(turn.words("done"), Tap("y", "days", patient.id, chosen).pack()),))
    return Screen(turn.words("rhythm-weekdays-ask"), rows)


async def _ask(turn: Turn, data: dict[str, Any]) -> None:
    missing = next(name for name in _NEEDS[data["kind"]] if name not in data)
    await turn.go_to(FLOW, missing, data)
    turn.say(Screen(turn.words(f"rhythm-{missing}-ask")))


async def typed(turn: Turn, step: str, packed: str, words: str) -> None:
    """A time of day, or the amount of the second dose."""
    data: dict[str, Any] = json.loads(packed)
    patient = await _theirs(turn, data["patient"])
    if patient is None:
        await turn.finish()
        turn.say(Screen(turn.words("not-yours")))
        return
    if step == "amount":
        amount_ug = read_amount(turn, words)
        if amount_ug is None:
            return
        data["amount"] = amount_ug
    else:
        wall = read_wall(turn, words)
        if wall is None:
            return
        data[step] = wall.isoformat()
    if any(name not in data for name in _NEEDS[data["kind"]]):
        await _ask(turn, data)
        return
    second = time.fromisoformat(data["second"]) if "second" in data else None
    await _set(
        turn,
        patient,
        Rhythm(
            at_bedtime=False,
            wall=time.fromisoformat(data["wall"]),
            second_wall=second,
            second_ug=data.get("amount"),
        ),
    )


async def _set(turn: Turn, patient: Patient, wanted: Rhythm) -> None:
    own = turn.patient is not None and turn.patient.id == patient.id
    by = f"patient:{patient.id}" if own or turn.clinician is None else f"clinician:{turn.clinician.id}"
    try:
        changed = await rhythm.set_rhythm(turn.tx, patient, wanted, turn.now, by=by)
    except CadenceError:
        turn.say(Screen(turn.words("rhythm-no-day")))
        return
    except SecondWallError:
        turn.say(Screen(turn.words("rhythm-order")))
        return
    await turn.finish()
    if own:
        turn.patient = changed
    amount = format_mg(wanted.second_ug) if wanted.second_ug else "none"
    turn.show(Screen(turn.words("rhythm-set", second=amount)))
