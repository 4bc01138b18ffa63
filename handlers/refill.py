"""`/refill`: doses left, notice, beyond-use date; asking for more; running out."""

from clinical.supply import LEAD_DAYS, MOST_DOSES
from handlers import format as fmt
from handlers.callbacks import Tap
from handlers.reply import Button, Row, Screen
from handlers.turn import Turn
from handlers.typed import read_day
from services import supplying
from services.planning import dose_day_now
from storage import supplies

FLOW = "refill"


def _button(turn: Turn, key: str, action: str, value: str = "", **values: str | int) -> Button:
    return Button(turn.words(key, **values), Tap("v", action, 0, value).pack())


async def show(turn: Turn) -> None:
    """What is on record, and what can be done."""
    turn.say(await _page(turn))


async def _page(turn: Turn, above: str = "") -> Screen:
    supply = await supplies.supply(turn.tx, turn.treated.id)
    text = turn.words(
        "refill",
        left=supply.doses_left if supply else "none",
        days=supply.lead_days if supply else LEAD_DAYS[1],
        beyond=fmt.day(supply.beyond_use_on) if supply and supply.beyond_use_on else "none",
    )
    rows: tuple[Row, ...] = (
        (_button(turn, "refill-count", "count"), _button(turn, "refill-beyond", "beyond")),
        (_button(turn, "refill-notice", "notice"), _button(turn, "refill-ask", "ask")),
        (_button(turn, "refill-out", "out"),),
    )
    return Screen(f"{above}\n\n{text}" if above else text, rows)


async def tap(turn: Turn, tap: Tap) -> None:
    """A button of `/refill` or of its reminder."""
    if turn.patient is None or not turn.patient.active:
        turn.show(Screen(turn.words("not-yours")))
    elif tap.action in ("count", "beyond"):
        await turn.go_to(FLOW, tap.action, {})
        turn.say(Screen(turn.words(f"refill-{tap.action}-ask")))
    elif tap.action == "notice" and not tap.value:
        row = tuple(_button(turn, "refill-days", "notice", str(days), days=days) for days in LEAD_DAYS)
        turn.show(Screen(turn.words("refill-notice-ask"), (row[:2], row[2:])))
    elif tap.action == "notice" and tap.value in map(str, LEAD_DAYS):
        await supplying.set_notice(turn.tx, turn.patient, int(tap.value), turn.now)
        turn.show(await _page(turn, turn.words("refill-kept")))
    elif tap.action == "ask":
        told = await supplying.asked_for(turn.tx, turn.patient, turn.words("refill-wish"), turn.now)
        turn.show(Screen(turn.words("refill-asked", told="yes" if told else "no")))
    elif tap.action == "out":
        await out(turn)
    else:
        turn.show(Screen(turn.words("stale-button")))


async def out(turn: Turn) -> None:
    """They have run out: the clinic's list, and no word about what to take instead."""
    told = await supplying.ran_out(turn.tx, turn.treated, turn.words("refill-out-wish"), turn.now)
    turn.say(Screen(turn.words("refill-out-said", told="yes" if told else "no")))


async def typed(turn: Turn, step: str, words: str) -> None:
    """A number of doses, or the date on the label."""
    patient = turn.treated
    plain = words.strip().rstrip(".")
    if step == "count":
        if not plain.isdecimal() or not int(plain) <= MOST_DOSES:
            turn.say(Screen(turn.words("refill-count-unreadable", most=MOST_DOSES)))
            return
        await supplying.count(turn.tx, patient, int(plain), turn.now)
    else:
        day = read_day(turn, words)
        if day is None:
            return
        if day <= dose_day_now(turn.someone, patient, turn.now):
            # An old label is not guessed around: what to do with it is the pharmacist's to say (RF15).
            turn.say(Screen(turn.words("refill-beyond-past")))
        await supplying.set_beyond_use(turn.tx, patient, day, turn.now)
    await turn.finish()
    turn.say(await _page(turn, turn.words("refill-kept")))
