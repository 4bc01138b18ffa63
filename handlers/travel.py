"""`/timezone`: where the person is now; dose times follow the clock there or stay at home time."""

import json
from typing import Any

from clinical import numbers
from handlers import format as fmt
from handlers.callbacks import Tap
from handlers.reply import Button, Row, Screen
from handlers.turn import Turn
from services import places, times
from services.planning import dose_zone
from services.times import Journey

FLOW = "travel"


def _button(label: str, action: str, value: str = "") -> Button:
    return Button(label, Tap("z", action, 0, value).pack())


async def begin(turn: Turn) -> None:
    """Ask where they are; nothing changes before it is confirmed."""
    await turn.go_to(FLOW, "place", {})
    turn.say(Screen(turn.words("travel-ask"), ask_place=turn.words("share-place")))


async def typed(turn: Turn, step: str, words: str) -> None:
    """A town or a zone."""
    if step != "place":
        turn.say(Screen(turn.words("enrol-unfinished")))
        return
    found = places.find_places(words)
    if not found:
        turn.say(Screen(turn.words("place-unknown")))
    elif len(found) == 1:
        await _confirm(turn, found[0])
    else:
        await turn.go_to(FLOW, "place", {"offered": [[one.name, one.country, one.zone] for one in found]})
        rows = tuple((_button(one.label, "place", str(number)),) for number, one in enumerate(found))
        turn.say(Screen(turn.words("place-which"), rows))


async def shared(turn: Turn, latitude: float, longitude: float) -> None:
    """A shared location; it is not kept."""
    found = places.place_at(latitude, longitude)
    if found is None:
        turn.say(Screen(turn.words("place-unknown")))
        return
    await _confirm(turn, found)


async def _confirm(turn: Turn, place: places.Place) -> None:
    known = numbers.numbers_for(place.country)
    country = places.country_name(place.country)
    name = ", ".join(part for part in (place.name, country) if part) or place.zone
    await turn.go_to(FLOW, "confirm", {"name": name, "country": place.country, "zone": place.zone})
    turn.say(Screen(f"📍 {name}", clear_keyboard=True))
    turn.say(
        Screen(
            turn.words(
                "travel-confirm",
                place=name,
                known="yes" if known.known else "no",
                emergency=known.emergency,
                clock=fmt.clock(turn.now, place.zone),
            ),
            ((_button(turn.words("right"), "right"), _button(turn.words("wrong"), "wrong")),),
        )
    )


async def tap(turn: Turn, tap: Tap) -> None:
    """A button of `/timezone`; one that does not fit the step changes nothing."""
    conversation = await turn.conversation()
    if turn.patient is None or conversation is None or conversation.flow != FLOW:
        turn.show(Screen(turn.words("stale-button")))
        return
    data: dict[str, Any] = json.loads(conversation.data)
    offered = data.get("offered", [])
    if conversation.step == "place" and tap.action == "place" and tap.value in map(str, range(len(offered))):
        await _confirm(turn, places.Place(*offered[int(tap.value)]))
    elif conversation.step == "confirm" and tap.action == "wrong":
        await begin(turn)
    elif conversation.step == "confirm" and tap.action == "right":
        await _ask_times(turn, data)
    elif conversation.step == "times" and tap.action in ("local", "home"):
        await _travel(turn, data, keep_home=tap.action == "home")
    else:
        turn.show(Screen(turn.words("stale-button")))


async def _ask_times(turn: Turn, data: dict[str, Any]) -> None:
    """Both ways, with the next prompt of each in the local time there."""
    journey = Journey(**data)
    patient = turn.treated
    home = dose_zone(patient, turn.someone).key
    if home == journey.zone:
        await _travel(turn, data, keep_home=False)
        return
    await turn.go_to(FLOW, "times", data)
    rows: list[Row] = []
    for way in ("local", "home"):
        at = await times.next_prompt_if(
            turn.tx, turn.someone, patient, journey, keep_home=way == "home", now=turn.now
        )
        following = fmt.moment(at, journey.zone) if at else "none"
        rows.append((_button(turn.words(f"travel-{way}", next=following), way),))
    turn.show(Screen(turn.words("travel-times", wall=fmt.wall(patient.dose_wall)), tuple(rows)))


async def _travel(turn: Turn, data: dict[str, Any], *, keep_home: bool) -> None:
    journey = Journey(**data)
    patient = turn.treated
    at = await times.next_prompt_if(
        turn.tx, turn.someone, patient, journey, keep_home=keep_home, now=turn.now
    )
    await times.travel(turn.tx, turn.someone, patient, journey, keep_home=keep_home, now=turn.now)
    await turn.finish()
    known = numbers.numbers_for(journey.country)
    turn.show(
        Screen(
            turn.words(
                "travel-done",
                place=journey.name,
                emergency=known.emergency,
                times="home" if keep_home else "local",
                next=fmt.moment(at, journey.zone) if at else "none",
            )
        )
    )
