"""The pace of sending: the rules on pretended time, alone (`Lanes`) and on an event loop (`Pace`)."""

import asyncio
import itertools
import selectors
from collections import defaultdict
from collections.abc import Coroutine
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.lanes import BULK, REPLIES, Chats, Lanes
from bot.pace import Pace

# --- A loop whose time passes only while everybody waits --------------------------------------------------


class _Selector(selectors.DefaultSelector):
    passed = 1000.0

    def select(self, timeout: float | None = None) -> Any:
        assert timeout is not None, "everybody waits for ever"
        self.passed += timeout
        return super().select(0)


class _Loop(asyncio.SelectorEventLoop):
    def __init__(self) -> None:
        self.selector = _Selector()
        super().__init__(self.selector)

    def time(self) -> float:
        return self.selector.passed


def live(story: Coroutine[Any, Any, Any]) -> Any:
    with asyncio.Runner(loop_factory=_Loop) as runner:
        return runner.run(story)


def now() -> float:
    return asyncio.get_running_loop().time()


def most_in_a_second(moments: list[float]) -> int:
    most = first = 0
    for last, at in enumerate(moments):
        while at - moments[first] >= 1:
            first += 1
        most = max(most, last - first + 1)
    return most


# --- The rules alone --------------------------------------------------------------------------------------


class Place:
    def __init__(self, number: int, lane: int, chat_id: int) -> None:
        self.number, self.lane, self.chat_id = number, lane, chat_id
        self.gone_at = 0.0
        self.gave_up = False

    def done(self) -> bool:
        return self.gave_up


def leave(lanes: Lanes[Place], at: float) -> list[Place]:
    """Who goes now, all of them written at once."""
    leaving = lanes.leave(at)
    for place in leaving:
        assert lanes.gone(place, at)
    return leaving


arrivals = st.lists(
    st.tuples(
        st.sampled_from([0, 0, 0, 0.001, 0.02, 0.3, 1.5]),
        st.sampled_from([REPLIES, BULK, BULK]),
        st.integers(0, 4),
    ),
    max_size=120,
)


@settings(max_examples=150, deadline=None)
@given(arrivals, st.sampled_from([0.5, 1, 2.5, 7, 30, 1000]), st.sampled_from([0, 0.003, 0.04]))
def test_whatever_comes_when(arriving, rate, late):
    """The limits hold, everybody goes in the end, and nobody overtakes inside a lane without a reason."""
    lanes: Lanes[Place] = Lanes(rate)
    gone: list[Place] = []
    at = 50.0

    def until(end: float) -> None:
        nonlocal at
        while (next_at := lanes.next_at()) is not None and next_at <= end:
            at = max(at, next_at) + late  # wake-ups come late
            leaving = leave(lanes, at)
            for place in leaving:
                place.gone_at = at
            gone.extend(leaving)

    for number, (after, lane, chat_id) in enumerate(arriving):
        until(at + after)
        at = at + after
        lanes.enter(lane, chat_id, Place(number, lane, chat_id), at)
    until(1e9)

    assert sorted(place.number for place in gone) == list(range(len(arriving)))
    assert most_in_a_second([place.gone_at for place in gone]) <= max(1, rate)
    last: dict[int, float] = {}
    by_chat: defaultdict[int, list[float]] = defaultdict(list)
    for place in gone:
        if place.chat_id and place.lane == BULK:
            assert place.gone_at >= last.get(place.chat_id, 0) + 1
        last[place.chat_id] = place.gone_at
        by_chat[place.chat_id].append(place.gone_at)
    for chat_id, moments in by_chat.items():
        assert not chat_id or most_in_a_second(moments) <= 5
    for lane in (REPLIES, BULK):
        for chat_id in range(5):
            same = [place.number for place in gone if (place.lane, place.chat_id) == (lane, chat_id)]
            assert same == sorted(same)


def test_nothing_is_saved_up_and_bulk_is_spread_evenly():
    lanes: Lanes[Place] = Lanes(10)
    moments = []
    at = 1000.0
    for number in range(30):
        lanes.enter(BULK, number + 1, Place(number, BULK, number + 1), at)
    while (next_at := lanes.next_at()) is not None:
        at = max(at, next_at)
        moments += [at] * len(leave(lanes, at))
    gaps = [later - sooner for sooner, later in itertools.pairwise(moments)]
    assert all(0.1 < gap < 0.11 for gap in gaps)


def test_who_holds_a_place_counts_from_when_the_message_was_written():
    lanes: Lanes[Place] = Lanes(3)
    for number in range(7):
        lanes.enter(REPLIES, 0, Place(number, REPLIES, 0), 10.0)
    first, second, third = lanes.leave(10.0)
    assert lanes.next_at() is None  # nobody knows before one of them is written
    assert lanes.leave(20.0) == []
    assert lanes.gone(second, 20.0)
    assert lanes.next_at() == pytest.approx(21.02)
    assert not lanes.gone(second, 20.5), "it was known"
    assert lanes.gone(first, 20.7)
    (fourth,) = lanes.leave(21.1)
    assert lanes.next_at() == pytest.approx(21.72)
    assert lanes.gone(third, 21.2)
    assert lanes.gone(fourth, 21.3)
    assert len(leave(lanes, 21.8)) == 1
    assert len(leave(lanes, 22.25)) == 1


def test_who_gave_up_takes_no_place():
    lanes: Lanes[Place] = Lanes(1)
    places = [Place(number, BULK, 0) for number in range(3)]
    for place in places:
        lanes.enter(BULK, 0, place, 10.0)
    places[1].gave_up = True
    assert leave(lanes, 10.0) == [places[0]]
    assert leave(lanes, 11.1) == [places[2]]
    assert lanes.next_at() is None


def test_what_is_remembered_of_chats_is_bounded():
    chats = Chats()
    for number in range(100_000):
        chats.count(number + 1, number / 1000)
        if not number % 50:
            chats.close(number + 1, number / 1000 + 1, number / 1000)
    assert len(chats) < 2000
    for number in range(2000):
        chats.count(7, 100 + number)
    assert len(chats) < 50


def message(lanes: Lanes[Place], chat_id: int, at: float, times: int = 1) -> None:
    for _ in range(times):
        lanes.enter(REPLIES, chat_id, Place(0, REPLIES, chat_id), at)
    assert len(leave(lanes, at)) == times


def test_a_429_after_many_messages_to_a_chat_is_that_chats():
    lanes: Lanes[Place] = Lanes(5)
    message(lanes, 1, 10.0, times=4)  # nearly full besides
    assert lanes.slow_down(1, 5, 10.1) is False
    message(lanes, 2, 11.1)
    lanes.enter(REPLIES, 1, Place(0, REPLIES, 1), 11.2)
    assert leave(lanes, 14.9) == []
    assert lanes.next_at() == pytest.approx(15.1)
    assert len(leave(lanes, 15.1)) == 1


def test_a_lone_429_in_quiet_times_is_the_chats():
    lanes: Lanes[Place] = Lanes(30)
    message(lanes, 1, 10.0)
    assert lanes.slow_down(1, 5, 10.1) is False
    assert lanes.slow_down(1, 5, 10.2) is False  # the same chat again says nothing new


def test_a_second_429_in_another_chat_within_a_second_is_everybodys():
    lanes: Lanes[Place] = Lanes(30)
    assert lanes.slow_down(1, 5, 10.0) is False
    assert lanes.slow_down(2, 5, 11.1) is False
    assert lanes.slow_down(3, 5, 11.9) is True
    lanes.enter(REPLIES, 4, Place(0, REPLIES, 4), 12.0)
    assert leave(lanes, 16.8) == []
    assert lanes.next_at() == pytest.approx(16.9)
    assert len(leave(lanes, 16.9)) == 1


def test_a_429_while_the_window_is_nearly_full_or_of_no_chat_is_everybodys():
    lanes: Lanes[Place] = Lanes(10)
    for chat_id in range(1, 9):
        message(lanes, chat_id, 10.0)
    assert lanes.slow_down(1, 5, 10.1) is True
    assert Lanes[Place](10).slow_down(0, 5, 10.0) is True


def test_where_bulk_is_paid_for_replies_keep_within_the_free_rate():
    lanes: Lanes[Place] = Lanes(1000, paid=True)
    for chat_id in range(1, 101):
        lanes.enter(REPLIES, chat_id, Place(0, REPLIES, chat_id), 10.0)
    assert len(leave(lanes, 10.0)) == 30
    lanes.enter(BULK, 101, Place(0, BULK, 101), 10.0)
    assert len(leave(lanes, 10.01)) == 1  # bulk does not wait for replies that may not go yet
    assert len(Lanes[Place](20, paid=True)._windows[REPLIES]) == 1


# --- On a loop --------------------------------------------------------------------------------------------


async def went(pace: Pace, chat_id: int = 0) -> None:
    """One in bulk, written as soon as it may be."""
    (await pace.turn(chat_id)).gone()


async def saturate(pace: Pace, moments: list[float], count: int) -> None:
    """So many messages in bulk, each to a chat of its own, all at once."""

    async def one(chat_id: int) -> None:
        (await pace.turn(chat_id)).gone()
        moments.append(now())

    async with asyncio.TaskGroup() as group:
        for number in range(count):
            group.create_task(one(10_000 + number))


@pytest.mark.parametrize("rate", [1, 30, 200, 1000])
def test_bulk_keeps_to_the_rate_and_reaches_it(rate):
    moments: list[float] = []
    live(saturate(Pace(rate), moments, rate * 5 + 1))
    assert most_in_a_second(moments) <= rate
    assert rate * 5 / (moments[-1] - moments[0]) >= 0.97 * rate


@settings(max_examples=50, deadline=None)
@given(
    st.lists(st.sampled_from([0.0, 0.001, 0.004, 0.3, 1.2]), min_size=1, max_size=40),
    st.sampled_from([0.0, 0.0, 0.5, 2.0]),
    st.sampled_from([1, 30, 100]),
)
def test_however_late_messages_are_written_no_second_is_overfull(delays, stall, rate):
    """Each takes its own time from its place to the line; at the start, the first ones are stuck together."""
    written: list[float] = []

    async def story() -> None:
        pace = Pace(rate)

        async def one(number: int) -> None:
            turn = await pace.turn(number + 1)
            await asyncio.sleep(max(delays[number % len(delays)], start + stall - now()))
            turn.gone()
            written.append(now())
            turn.gone()  # what is said twice counts once

        start = now()
        async with asyncio.TaskGroup() as group:
            for number in range(rate * 3):
                group.create_task(one(number))

    live(story())
    assert len(written) == rate * 3
    assert most_in_a_second(written) <= rate


def test_a_few_milliseconds_to_the_line_cost_next_to_nothing():
    written: list[float] = []

    async def story() -> None:
        pace = Pace(30)

        async def one(number: int) -> None:
            turn = await pace.turn(number + 1)
            await asyncio.sleep(0.005)
            turn.gone()
            written.append(now())

        async with asyncio.TaskGroup() as group:
            for number in range(301):
                group.create_task(one(number))

    live(story())
    assert 300 / (written[-1] - written[0]) >= 0.97 * 30


def test_a_place_given_to_somebody_who_is_stopped_is_free_again():
    at = 5.0

    async def story() -> None:
        nonlocal at
        pace = Pace(1, time=lambda: at)
        (await pace.turn()).gone()
        task = asyncio.ensure_future(pace.turn())
        await asyncio.sleep(0)
        at += 2
        pace._hand_out()  # it has the place, and is stopped before it wakes up
        task.cancel()
        assert isinstance((await asyncio.gather(task, return_exceptions=True))[0], asyncio.CancelledError)
        at += 2
        await asyncio.wait_for(pace.turn(), 1)

    live(story())


@settings(max_examples=25, deadline=None)
@given(st.lists(st.floats(0.05, 0.4), min_size=5, max_size=25), st.sampled_from([30, 100, 1000]))
def test_replies_wait_less_than_a_tenth_of_a_second_while_bulk_is_saturated(gaps, rate):
    async def story() -> None:
        pace = Pace(rate)
        moments: list[float] = []
        waits: list[float] = []

        async def taps() -> None:
            await asyncio.sleep(1.5)
            for number, gap in enumerate(gaps):
                await asyncio.sleep(gap)
                before = now()
                (await pace.reply(number + 1)).gone()
                moments.append(now())
                waits.append(now() - before)

        async with asyncio.TaskGroup() as group:
            group.create_task(saturate(pace, moments, int(rate * (sum(gaps) + 2))))
            group.create_task(taps())
        assert max(waits) < 0.1
        assert most_in_a_second(sorted(moments)) <= rate

    live(story())


def test_bulk_goes_first_come_first_served():
    async def story() -> list[int]:
        pace = Pace(100)
        order: list[int] = []

        async def one(number: int) -> None:
            (await pace.turn(number + 1)).gone()
            order.append(number)

        async with asyncio.TaskGroup() as group:
            for number in range(200):
                group.create_task(one(number))
        return order

    assert live(story()) == list(range(200))


def test_who_waits_for_their_chat_lets_others_pass_and_goes_before_later_ones():
    async def story() -> list[str]:
        pace = Pace(1000)
        order: list[str] = []

        async def one(name: str, chat_id: int) -> None:
            (await pace.turn(chat_id)).gone()
            order.append(f"{name} {now() - start:.0f}")

        start = now()
        async with asyncio.TaskGroup() as group:
            group.create_task(one("ana", 1))
            group.create_task(one("ana again", 1))
            group.create_task(one("ben", 2))
            await asyncio.sleep(0.995)
            for number in range(20):
                group.create_task(one(f"late {number}", 10 + number))
        return order

    order = live(story())
    assert order[:2] == ["ana 0", "ben 0"]
    assert order.index("ana again 1") < order.index("late 19 1")


def test_a_dozen_replies_to_one_chat_at_once_then_one_a_second_and_bulk_a_second_later():
    async def story() -> None:
        pace = Pace(1000)
        start = now()
        for _ in range(12):
            (await pace.reply(1)).gone()
        assert now() - start < 0.02
        (await pace.reply(1)).gone()
        assert now() - start == pytest.approx(1, abs=0.02)
        (await pace.turn(1)).gone()
        assert now() - start == pytest.approx(2, abs=0.02)
        (await pace.turn(2)).gone()
        assert now() - start == pytest.approx(2, abs=0.02)

    live(story())


def test_everybody_waits_for_a_pause_and_one_chat_for_its_own():
    async def story() -> None:
        pace = Pace(1000)
        start = now()
        pace.pause(2)
        (await pace.reply(1)).gone()
        assert now() - start == pytest.approx(2, abs=0.02)
        pace.slow_down(1, 5)
        (await pace.turn(2)).gone()
        assert now() - start == pytest.approx(2, abs=0.02)
        (await pace.reply(1)).gone()
        assert now() - start == pytest.approx(7, abs=0.02)

    live(story())


def test_a_pause_may_come_while_people_wait():
    async def story() -> None:
        pace = Pace(10)
        start = now()
        async with asyncio.TaskGroup() as group:
            waiting = [group.create_task(went(pace, number + 1)) for number in range(5)]
            await asyncio.sleep(0.15)
            assert sum(task.done() for task in waiting) == 2
            pace.pause(3)
            await asyncio.sleep(2.9)
            assert sum(task.done() for task in waiting) == 2
        assert now() - start == pytest.approx(3.36, abs=0.1)

    live(story())


def test_a_cancelled_wait_costs_nobody_a_place():
    async def story() -> None:
        pace = Pace(10)
        start = now()
        async with asyncio.TaskGroup() as group:
            waiting = [group.create_task(went(pace)) for _ in range(10)]
            await asyncio.sleep(0.05)
            for task in waiting[1:9]:
                task.cancel()
        assert now() - start < 0.12

    live(story())


def test_the_clock_may_be_another():
    at = 5.0

    async def story() -> None:
        nonlocal at
        pace = Pace(2, time=lambda: at)
        (await pace.turn()).gone()
        task = asyncio.ensure_future(went(pace))
        await asyncio.sleep(3)
        assert not task.done()
        at += 1
        await asyncio.sleep(1)
        assert task.done()

    live(story())
