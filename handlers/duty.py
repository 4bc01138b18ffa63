"""`/hours` and `/away`: when the clinic is open, who is away and who covers; test alerts."""

import re
from datetime import date

from clinical.duty import Hours, NotHours, read_hours
from clinical.localtime import load_zone, local_day
from handlers import format as fmt
from handlers.callbacks import Tap
from handlers.reply import Button, Row, Screen
from handlers.turn import Turn
from services import duty
from storage import duty as recorded
from storage import people
from storage.records import Clinician

HOURS_FLOW = "hours"
AWAY_FLOW = "away"
_CLOSED = re.compile(
    r"(?P<what>closed|open|cerrad[oa]|abiert[oa])\s+(?P<day>\d{4}-\d{2}-\d{2})", re.IGNORECASE
)
_SPAN = re.compile(
    r"(?P<first>\d{4}-\d{2}-\d{2})(?:\s*(?:-|–|to|until|a|al|hasta)\s*(?P<last>\d{4}-\d{2}-\d{2}))?"
)


async def hours(turn: Turn, clinician: Clinician) -> None:
    """`/hours`"""
    turn.say(Screen(await _hours_text(turn, clinician)))
    await turn.go_to(HOURS_FLOW, "text", {})


async def _hours_text(turn: Turn, clinician: Clinician) -> str:
    clinic, found = await duty.clinic_of(turn.tx, clinician.id)
    lines = [turn.words("hours", clinic=clinic.name, zone=clinic.zone)]
    lines += _week(turn, found) or [turn.words("hours-none")]
    today = local_day(turn.now, load_zone(clinic.zone))
    coming = sorted(day for day in found.closed if day >= today)
    if coming:
        lines.append(turn.words("hours-closed", days=", ".join(fmt.day(day) for day in coming)))
    lines.append(turn.words("hours-type"))
    return "\n".join(lines)


def _week(turn: Turn, found: Hours) -> list[str]:
    return [
        turn.words("hours-day", day=fmt.weekday(number), opens=fmt.wall(opens), closes=fmt.wall(closes))
        for number, (opens, closes) in sorted(found.week.items())
    ]


async def typed(turn: Turn, flow: str, text: str) -> bool:
    """What was typed after `/hours` or `/away`; False where it is something else."""
    clinician = turn.clinician
    if clinician is None:
        return False
    if flow == AWAY_FLOW:
        return await _typed_away(turn, clinician, text)
    if (match := _CLOSED.fullmatch(text.strip())) is not None:
        day = _day(match["day"])
        if day is None:
            turn.say(Screen(turn.words("date-unreadable")))
            return True
        closed = match["what"].casefold().startswith(("closed", "cerrad"))
        await duty.set_closed(turn.tx, clinician, day, turn.now, closed=closed)
    elif not re.search(r"\d", text) or len(text) > 200:
        return False
    else:
        try:
            week = read_hours(text)
        except NotHours as error:
            turn.say(Screen(turn.words("hours-not", why=error.why, part=error.part)))
            return True
        await duty.set_hours(turn.tx, clinician, week, turn.now)
    turn.say(Screen(await _hours_text(turn, clinician)))
    return True


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


async def away(turn: Turn, clinician: Clinician) -> None:
    """`/away`"""
    mine = next(
        (
            one
            for one in await recorded.away(turn.tx, clinician.clinic_id)
            if one.clinician == clinician.id and one.last >= turn.now.date()
        ),
        None,
    )
    if mine is None:
        turn.say(Screen(turn.words("away-none")))
    else:
        cover = "none" if mine.cover is None else await _name(turn, mine.cover)
        said = turn.words("away-is", first=fmt.day(mine.first), last=fmt.day(mine.last), cover=cover)
        turn.say(Screen(said, ((Button(turn.words("away-back"), Tap("o", "back").pack()),),)))
    await turn.go_to(AWAY_FLOW, "text", {})


async def _name(turn: Turn, clinician_id: int) -> str:
    colleague = await people.clinician(turn.tx, clinician_id)
    return (await people.person(turn.tx, colleague.person_id)).name or str(clinician_id)


async def _typed_away(turn: Turn, clinician: Clinician, text: str) -> bool:
    match = _SPAN.fullmatch(text.strip())
    if match is None:
        return False
    first, last = _day(match["first"]), _day(match["last"] or match["first"])
    if first is None or last is None:
        turn.say(Screen(turn.words("date-unreadable")))
        return True
    if last < first or last < turn.now.date():
        turn.say(Screen(turn.words("away-wrong")))
        return True
    rows: list[Row] = []
    packed = f"{first.isoformat()}:{last.isoformat()}"
    for colleague in await people.clinicians(turn.tx, clinician.clinic_id):
        if colleague.id != clinician.id:
            name = await _name(turn, colleague.id)
            rows.append((Button(name, Tap("o", "cover", colleague.id, packed).pack()),))
    rows.append((Button(turn.words("away-nobody"), Tap("o", "cover", 0, packed).pack()),))
    turn.say(Screen(turn.words("away-cover", first=fmt.day(first), last=fmt.day(last)), tuple(rows)))
    return True


async def tap(turn: Turn, tap: Tap) -> None:
    """Who covers; back again; a test alert answered."""
    clinician = turn.clinician
    if clinician is None:
        turn.show(Screen(turn.words("not-yours")))
        return
    if tap.action == "tested":
        await duty.tested(turn.tx, clinician, turn.now)
        turn.show(Screen(turn.words("test-alert-said")))
    elif tap.action == "back":
        await duty.set_away(turn.tx, clinician, None, None, turn.now)
        turn.show(Screen(turn.words("away-back-said")))
    elif tap.action == "cover":
        await _cover(turn, clinician, tap)
    else:
        turn.show(Screen(turn.words("stale-button")))


async def _cover(turn: Turn, clinician: Clinician, tap: Tap) -> None:
    first, last = (_day(part) for part in (tap.value + ":").split(":")[:2])
    colleagues = {one.id for one in await people.clinicians(turn.tx, clinician.clinic_id)}
    if first is None or last is None or (tap.subject and tap.subject not in colleagues - {clinician.id}):
        turn.show(Screen(turn.words("stale-button")))
        return
    cover = tap.subject or None
    await duty.set_away(turn.tx, clinician, (first, last), cover, turn.now)
    await turn.finish()
    name = "none" if cover is None else await _name(turn, cover)
    turn.show(Screen(turn.words("away-set", first=fmt.day(first), last=fmt.day(last), cover=name)))
