"""Two things at once: a pause while a prompt is on its way, two updates of one person, a double tick."""

import asyncio
import functools
import random
from collections.abc import Awaitable, Callable

import pytest
from telegram import Update

from sandbox import Change, Person
from services import flags, kinds
from storage import people
from storage.store import Store
from tests.faults.conftest import House
from tests.faults.crowd import copies, doses_of, moves_of, prompts, rows_of
from tests.world import Someone, World, a_world

BEDTIME = "2026-03-02T22:00"
CROWD = 12


async def _handle_all(world: World, phones: list[Person]) -> None:
    """Everything that waits, each update in a task of its own, all at once."""
    waiting = list(world.telegram.updates)
    world.telegram.updates.clear()
    bot = world.bot.application.bot
    async with asyncio.TaskGroup() as group:
        for raw in waiting:
            group.create_task(world.bot.application.process_update(Update.de_json(raw, bot)))


async def _when_the_burst_has_begun(house: House, act: Callable[[], Awaitable[None]], after: int = 1) -> None:
    """At bedtime, slowly; `act` once so many messages are out, while the other rows are leased."""
    begun = asyncio.Event()
    left = after

    def look(change: Change) -> None:
        nonlocal left
        left -= change.kind == "message"
        if left <= 0:
            begun.set()

    stop = house.telegram.on_change(look)
    house.real_pace(20)
    house.bot.delivery._chunk = 64
    house.clock.at = house.clock.at.replace(hour=22, minute=0)

    async def deed() -> None:
        await begun.wait()
        assert {row.state for row in await rows_of(house.store, kinds.DOSE_PROMPT)} >= {"leased"}
        await act()

    async with asyncio.TaskGroup() as group:
        group.create_task(house.bot.deliver_once(house.clock.at))
        group.create_task(deed())
    stop()
    await house.settle()


async def test_no_prompt_goes_out_after_danger_was_told_while_the_row_was_leased(house: House) -> None:
    """Her row is leased and read; her pause commits; she gets no prompt, and the day carries the reason."""
    crowd = await house.patients(CROWD)
    last = crowd[-1]

    async def tells() -> None:
        last.phone.say("I took codeine an hour ago")
        await house.bot.poller.run_once()

    await _when_the_burst_has_begun(house, tells)

    assert copies([one.phone for one in crowd]) == [1] * (CROWD - 1) + [0]
    last.saw("I have paused dose prompts")
    (dose, *_) = await doses_of(house.store, last.phone.id)
    assert (dose.status, dose.reason) == ("not_expected", "safety_pause")
    assert (await rows_of(house.store, kinds.DOSE_PROMPT))[CROWD - 1].state == "dropped"


async def test_no_prompt_goes_out_after_stop_while_the_row_was_leased(house: House) -> None:
    """The same with /stop: what was leased is not sent."""
    crowd = await house.patients(CROWD)
    last = crowd[-1]

    async def stops() -> None:
        last.phone.say("/stop")
        await house.bot.poller.run_once()
        last.phone.tap("Stop your messages")
        await house.bot.poller.run_once()

    await _when_the_burst_has_begun(house, stops)
    assert prompts(last.phone) == 0


@pytest.mark.parametrize("seed", range(3))
async def test_whenever_the_pause_comes_no_prompt_follows_it(house: House, seed: int) -> None:
    """Everybody tells of danger at a random moment of the burst: no prompt ever stands below the warning."""
    chance = random.Random(seed)
    crowd = await house.patients(CROWD)

    async def tells(one: Someone) -> None:
        await asyncio.sleep(chance.uniform(0, 0.5))
        one.phone.say("I took codeine an hour ago")
        raw = next(
            update for update in house.telegram.updates if update["message"]["chat"]["id"] == one.phone.id
        )
        house.telegram.updates.remove(raw)
        await house.bot.application.process_update(Update.de_json(raw, house.bot.application.bot))

    async def all_tell() -> None:
        async with asyncio.TaskGroup() as group:
            for one in crowd:
                group.create_task(tells(one))

    await _when_the_burst_has_begun(house, all_tell)
    for one in crowd:
        bodies = [message.body for message in one.phone.received]
        warned = next(number for number, body in enumerate(bodies) if "I have paused dose prompts" in body)
        assert not [body for body in bodies[warned:] if body.startswith("Time for")]


async def test_a_pause_that_the_silent_nights_begin_also_stops_leased_rows(house: House) -> None:
    """Seven nights without a dose end while tonight's row is leased (after an outage): no prompt."""
    crowd = await house.patients(CROWD)
    last = crowd[-1]

    async def lapses() -> None:
        async with house.store.write() as tx:
            person = await people.person_by_telegram_id(tx, last.phone.id)
            assert person is not None
            patient = await people.patient_of(tx, person.id)
            assert patient is not None
            await flags.begin_safety_pause(tx, patient, "silent7", house.clock.at)
        house.bot.delivery.changed_for_many()

    await _when_the_burst_has_begun(house, lapses)
    assert prompts(last.phone) == 0


async def test_a_double_tap_handled_side_by_side_is_recorded_once(house: House) -> None:
    """Two updates of one person at the same moment: one record; the second asks about a second dose."""
    (ana,) = await house.patients(1)
    await house.at(BEDTIME)
    prompt = ana.keeps()
    ana.phone.tap("Taken", on=prompt)
    ana.phone.tap("Taken", on=prompt)
    await _handle_all(house, [ana.phone])

    (dose, *_) = await doses_of(house.store, ana.phone.id)
    assert await moves_of(house.store, dose.id) == ["prompt_accepted", "record_taken"]
    assert ana.count("Did you take a second dose?") == 1


async def test_two_different_taps_at_once_leave_one_record(house: House) -> None:
    """Taken and Snooze together: whichever came first stands, and the other one changes nothing."""
    crowd = await house.patients(8)
    await house.at(BEDTIME)
    for number, one in enumerate(crowd):
        prompt = one.keeps()
        for label in ("Taken", "Snooze 15")[:: 1 if number % 2 else -1]:
            one.phone.tap(label, on=prompt)
    await _handle_all(house, [one.phone for one in crowd])
    for one in crowd:
        (dose, *_) = await doses_of(house.store, one.phone.id)
        moves = await moves_of(house.store, dose.id)
        assert moves.count("record_taken") == 1
        assert moves in (
            ["prompt_accepted", "record_taken"],
            ["prompt_accepted", "snooze", "record_taken"],
        )
        assert dose.status == "taken"
    await house.later(minutes=30)
    assert copies([one.phone for one in crowd]) == [1] * 8


async def test_the_same_update_side_by_side_is_handled_once(house: House) -> None:
    """Delivered twice at the same moment, on purpose five times: one record, one reply."""
    (ana,) = await house.patients(1)
    await house.at(BEDTIME)
    ana.phone.tap("Taken")
    house.telegram.updates.extend(list(house.telegram.updates) * 4)
    await _handle_all(house, [ana.phone])

    ana.sees("Recorded as taken at 22:00.")
    ana.never_saw("second dose")
    (dose, *_) = await doses_of(house.store, ana.phone.id)
    assert await moves_of(house.store, dose.id) == ["prompt_accepted", "record_taken"]
    assert len(await rows_of(house.store, kinds.REPLY)) == 1


async def test_a_first_start_that_comes_twice_at_once_makes_one_person(database_url: str) -> None:
    """On each database: /start of somebody unknown, twice in parallel, asks once."""
    store = await Store.open(database_url)
    try:
        async with a_world(store) as world:
            eva = world.newcomer("Eva")
            eva.phone.start()
            world.telegram.updates.extend(list(world.telegram.updates))
            await _handle_all(world, [eva.phone])
            assert eva.count("Are you 18 or over?") == 1
    finally:
        await store.close()


async def test_updates_out_of_order_keep_the_newer_answer_correctable(house: House) -> None:
    """The correction's tap overtakes nothing: an old "Snooze" that comes after "Taken" changes nothing."""
    (ana,) = await house.patients(1)
    await house.at(BEDTIME)
    prompt = ana.keeps()
    ana.phone.tap("Snooze 15", on=prompt)
    ana.phone.tap("Taken", on=prompt)
    snooze, taken = list(house.telegram.updates)
    house.telegram.updates.clear()
    for raw in (taken, snooze):
        await house.bot.application.process_update(Update.de_json(raw, house.bot.application.bot))
    (dose, *_) = await doses_of(house.store, ana.phone.id)
    assert await moves_of(house.store, dose.id) == ["prompt_accepted", "record_taken"]
    with ana.silence():
        await house.later(hours=2)


async def test_ticks_that_run_twice_side_by_side_send_everything_once(house: House) -> None:
    """Plan, lapse and deliver, each twice at once and again afterwards: one prompt each, one row a day."""
    crowd = await house.patients(40)
    house.clock.at = house.clock.at.replace(hour=22, minute=0, second=1)
    for _ in range(2):
        async with asyncio.TaskGroup() as group:
            for tick in (house.bot.plan_once, house.bot.lapse_once, house.bot.deliver_once) * 2:
                group.create_task(tick(house.clock.at))
    assert copies([one.phone for one in crowd]) == [1] * 40
    for one in crowd[:5]:
        assert [dose.dose_day.day for dose in await doses_of(house.store, one.phone.id)] == [2, 3]


async def test_a_tap_before_the_send_is_written_down_is_recorded(house: House) -> None:
    """The person is faster than the bot's own bookkeeping: the tap counts, and nothing is sent again."""
    (ana,) = await house.patients(1)
    seen: list[asyncio.Task[None]] = []

    async def at_once() -> None:
        ana.phone.tap("Taken")
        await house.bot.poller.run_once()

    def look(change: Change) -> None:
        if change.kind == "message" and prompts(ana.phone) == 1 and not seen:
            seen.append(asyncio.ensure_future(at_once()))

    stop = house.telegram.on_change(look)
    await house.at(BEDTIME)
    stop()
    await asyncio.gather(*seen)
    await house.later(hours=3)

    assert prompts(ana.phone) == 1
    (dose, *_) = await doses_of(house.store, ana.phone.id)
    assert (dose.status, dose.amount_ug) == ("taken", 1500)
    assert await moves_of(house.store, dose.id) == ["prompt_accepted", "record_taken"]
    assert len(ana.phone.received) == 1, "no reminder after an answer"


async def test_somebody_elses_burst_does_not_keep_a_tap_waiting(house: House) -> None:
    """Forty prompts at twenty a second are under way: a tap is answered within a second."""
    crowd = await house.patients(40)
    loop = asyncio.get_running_loop()
    took: list[float] = []

    async def taps() -> None:
        began = loop.time()
        crowd[0].phone.tap("Taken")
        await house.bot.poller.run_once()
        took.append(loop.time() - began)
        house.bot.delivery.stopping = True

    await asyncio.wait_for(_when_the_burst_has_begun(house, functools.partial(taps), after=3), 20)
    assert took[0] < 1
    assert crowd[0].phone.last.body.startswith("Recorded as taken")
