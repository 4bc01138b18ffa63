"""Where the person is, and when their bedtime is: shown back together, with the emergency number."""

from datetime import time

from clinical import numbers
from clinical.localtime import load_zone, next_wall
from handlers import format as fmt
from handlers.callbacks import Tap
from handlers.first_contact import plan
from handlers.first_contact.parts import FLOW, choice, stacked
from handlers.reply import Button, Screen, pairs
from handlers.turn import Turn
from handlers.typed import read_wall
from services import places
from services.enrolment import Answers

_BEDTIMES = ("21:00", "21:30", "22:00", "22:30", "23:00", "23:30")


async def typed_place(turn: Turn, answers: Answers, words: str) -> None:
    found = places.find_places(words)
    if not found:
        turn.say(Screen(turn.words("place-unknown")))
    elif len(found) == 1:
        await _place_known(turn, answers, found[0])
    else:
        answers.offered = [[place.name, place.country, place.zone] for place in found]
        await turn.go_to(FLOW, "place", answers.pack())
        buttons = [
            Button(place.label, Tap("n", "place", 0, str(number)).pack())
            for number, place in enumerate(found)
        ]
        turn.say(Screen(turn.words("place-which"), stacked(*buttons)))


async def shared_place(turn: Turn, latitude: float, longitude: float) -> None:
    """A shared location: only first contact asks for one; it is not kept."""
    conversation = await turn.conversation()
    if conversation is None or conversation.flow != FLOW or conversation.step != "place":
        turn.say(Screen(turn.words("nothing-running")))
        return
    place = places.place_at(latitude, longitude)
    if place is None:
        turn.say(Screen(turn.words("place-unknown")))
        return
    await _place_known(turn, Answers.unpack(conversation.data), place)


async def picked_place(turn: Turn, answers: Answers, tap: Tap) -> None:
    if not tap.value.isdecimal() or int(tap.value) >= len(answers.offered):
        turn.say(Screen(turn.words("stale-button")))
        return
    name, country, zone = answers.offered[int(tap.value)]
    await _place_known(turn, answers, places.Place(name or "", country, zone or "UTC"))


async def _place_known(turn: Turn, answers: Answers, place: places.Place) -> None:
    country = places.country_name(place.country)
    answers.place = ", ".join(part for part in (place.name, country) if part) or place.zone
    answers.country, answers.zone, answers.offered = place.country, place.zone, []
    await turn.go_to(FLOW, "time", answers.pack())
    turn.say(Screen(f"📍 {answers.place}", clear_keyboard=True))
    buttons = [Button(one, Tap("n", "time", 0, one).pack()) for one in _BEDTIMES]
    turn.say(Screen(turn.words("ask-time"), pairs(buttons, 3)))


async def typed_time(turn: Turn, answers: Answers, words: str) -> None:
    wall = read_wall(turn, words)
    if wall is not None:
        await _time_known(turn, answers, wall)


async def picked_time(turn: Turn, answers: Answers, tap: Tap) -> None:
    if tap.value not in _BEDTIMES:
        turn.say(Screen(turn.words("stale-button")))
        return
    await _time_known(turn, answers, time.fromisoformat(tap.value))


async def _time_known(turn: Turn, answers: Answers, wall: time) -> None:
    assert answers.zone is not None
    zone = load_zone(answers.zone)
    answers.wall = wall.strftime("%H:%M")
    known = numbers.numbers_for(answers.country)
    await turn.go_to(FLOW, "confirm", answers.pack())
    turn.show(
        Screen(
            turn.words(
                "place-confirm",
                place=answers.place or answers.zone,
                known="yes" if known.known else "no",
                emergency=known.emergency,
                clock=fmt.clock(turn.now, answers.zone),
                wall=fmt.wall(wall),
                next=fmt.moment(next_wall(turn.now, wall, zone), answers.zone),
            ),
            ((choice(turn, "right", "confirm", "yes"), choice(turn, "wrong", "confirm", "no")),),
        )
    )


async def confirmed(turn: Turn, answers: Answers, tap: Tap) -> None:
    if tap.value != "yes":
        await turn.go_to(FLOW, "place", answers.pack())
        turn.say(Screen(turn.words("ask-place"), ask_place=turn.words("share-place")))
        return
    await plan.ask(turn, answers)
