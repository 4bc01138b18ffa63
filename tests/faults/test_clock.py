"""Clocks that jump, step and stand still; zones and seasons; a process that was down across bedtime."""

import asyncio
import random
import signal
from collections import Counter
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import update

from clinical.localtime import load_zone
from storage import people
from storage.store import Store
from tests.faults.conftest import House
from tests.faults.crowd import PATIENT, copies, doses_of, enrolled, moves_of, prompts
from tests.process.conftest import Night, Phone, until

BEDTIME = "2026-03-02T22:00"


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


async def _tick(house: House, at: datetime) -> None:
    """The clock says this, whatever it said before; every tick runs."""
    house.clock.at = at
    await house.settle()


async def test_a_clock_set_back_over_a_bedtime_repeats_nothing(house: House) -> None:
    """Two hours, a day and 42 days back after the prompt: it is not sent again when its time comes round."""
    (ana,) = await house.patients(1)
    await house.at("2026-03-02T22:10")
    for back in (timedelta(hours=2), timedelta(days=1), timedelta(days=42)):
        before = house.clock.at
        await _tick(house, before - back)
        await _tick(house, before - back / 2)
        await _tick(house, before)
    assert prompts(ana.phone) == 1
    (dose, following) = await doses_of(house.store, ana.phone.id)
    assert (dose.status, following.status) == ("prompted", "planned")
    await house.at("2026-03-03T22:00")
    assert prompts(ana.phone) == 2


async def test_a_clock_set_forward_42_days_sends_nothing_for_the_days_between(house: House) -> None:
    """Each of them stands in the record as undelivered; the next bedtime has its message."""
    (ana,) = await house.patients(1)
    await house.at(BEDTIME)
    await ana.taps("Taken")
    with ana.silence():
        await _tick(house, utc("2026-04-13T19:00:00"))
    record = await doses_of(house.store, ana.phone.id)
    days = [date(2026, 3, 2) + timedelta(days=number) for number in range(43)]
    assert [dose.dose_day for dose in record] == days
    assert Counter(dose.status for dose in record[1:-1]) == {"undelivered": 41}
    before = len(ana.phone.received)
    await house.at(utc("2026-04-13T21:00:00"))
    assert len(ana.phone.received) == before + 1


async def test_small_steps_of_the_clock_around_a_bedtime_give_one_prompt(house: House) -> None:
    """Seeded NTP steps of up to two seconds both ways, at every tick around 22:00: one prompt, one record."""
    chance = random.Random(5)
    crowd = await house.patients(10)
    true = house.clock.at.replace(hour=21, minute=59, second=50)
    for _ in range(40):
        true += timedelta(seconds=0.5)
        house.clock.at = true + timedelta(seconds=chance.uniform(-2, 2))
        await house.bot.run_once()
        if true.second == 5:
            for one in crowd:
                if "Taken" in one.phone.last.labels:
                    one.phone.tap("Taken")
            await house.bot.poller.run_once()
    await house.settle()
    assert copies([one.phone for one in crowd]) == [1] * 10
    for one in crowd:
        (dose, *_) = await doses_of(house.store, one.phone.id)
        assert await moves_of(house.store, dose.id) == ["prompt_accepted", "record_taken"]


async def test_a_step_back_in_the_middle_of_a_burst_loses_and_repeats_nothing(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two hours back while rows are leased: they wait for their time to come again, and go out once."""
    crowd = await house.patients(30)
    monkeypatch.setattr("bot.delivery._IN_FLIGHT", 16)  # fewer than are due
    house.real_pace(20)
    sent = 0

    def look(change: object) -> None:
        nonlocal sent
        sent += getattr(change, "kind", "") == "message"
        if sent == 4:
            house.clock.at -= timedelta(hours=2)

    stop = house.telegram.on_change(look)
    house.clock.at = house.clock.at.replace(hour=22, minute=0)
    async with asyncio.timeout(5):
        await house.settle()
    stop()
    assert sum(copies([one.phone for one in crowd])) < 30
    await _tick(house, house.clock.at + timedelta(hours=2))
    assert copies([one.phone for one in crowd]) == [1] * 30


async def test_ticks_late_missing_and_double_change_nothing(house: House) -> None:
    """Ten days in which ticks come at random, twice or not for hours: one prompt a night inside its grace."""
    chance = random.Random(11)
    (ana,) = await house.patients(1)
    end = house.clock.at + timedelta(days=10)
    answered = 0
    while house.clock.at < end:
        house.clock.at += timedelta(minutes=chance.choice((1, 5, 30, 90, 170)))
        for tick in chance.choices(
            (house.bot.plan_once, house.bot.deliver_once, house.bot.lapse_once), k=chance.randint(0, 4)
        ):
            await tick(house.clock.at)
            await tick(house.clock.at)
        await house.bot.run_once()
        for message in ana.phone.received[answered:]:
            if "Taken" in message.labels and chance.random() < 0.8:
                await ana.taps("Taken", on=message)
                break
        answered = len(ana.phone.received)
    record = await doses_of(house.store, ana.phone.id)
    assert [dose.dose_day for dose in record] == [
        record[0].dose_day + timedelta(days=number) for number in range(len(record))
    ]
    for dose in record[:-1]:
        moves = await moves_of(house.store, dose.id)
        assert moves.count("prompt_accepted") == (dose.prompted_at is not None)
        assert dose.prompted_at is None or dose.prompted_at < dose.grace_until
    prompted = sum(dose.prompted_at is not None for dose in record)
    assert prompts(ana.phone) == prompted >= 9


@pytest.mark.parametrize(
    ("start", "wall", "bedtimes"),
    [
        # Lisbon: 01:00 -> 02:00 on 29 March 2026; 02:00 -> 01:00 on 25 October 2026.
        ("2026-03-27T12:00", "22:00", ["27T22:00", "28T22:00", "29T21:00", "30T21:00"]),
        ("2026-03-27T12:00", "01:30", ["28T01:30", "29T01:30", "30T00:30", "31T00:30"]),
        ("2026-10-23T11:00", "22:00", ["23T21:00", "24T21:00", "25T22:00", "26T22:00"]),
        ("2026-10-23T11:00", "01:30", ["24T00:30", "25T00:30", "26T01:30", "27T01:30"]),
        ("2028-02-27T12:00", "22:00", ["27T22:00", "28T22:00", "29T22:00", "01T22:00"]),
    ],
)
async def test_one_prompt_a_night_when_clocks_change_and_on_a_leap_day(
    house: House, start: str, wall: str, bedtimes: list[str]
) -> None:
    """Gap, fold and 29 February, lived through in steps of half an hour: the same wall time, once each."""
    house.clock.at = utc(start)
    (ana,) = await house.patients(1, wall=wall)
    while len(ana.phone.received) < len(bedtimes):
        house.clock.at += timedelta(minutes=30)
        await house.bot.run_once()
        if ana.phone.received and "Taken" in ana.phone.last.labels:
            await ana.taps("Taken")
        assert house.clock.at < utc(start) + timedelta(days=6)
    assert [f"{message.date:%dT%H:%M}" for message in ana.phone.received] == bedtimes
    days = [dose.dose_day for dose in await doses_of(house.store, ana.phone.id)]
    assert days == [days[0] + timedelta(days=number) for number in range(5)]


async def test_a_zone_whose_rules_change_after_planning_keeps_the_identity_of_the_dose(house: House) -> None:
    """Planned under one rule, sent under another: one prompt for that dose day, the next by the new rule."""
    (ana,) = await house.patients(1)
    await house.at("2026-03-02T20:00")
    # New tzdata at a restart comes to the same as a zone that changes under the planned row.
    async with house.store.write() as tx:
        person = await people.person_by_telegram_id(tx, ana.phone.id)
        assert person is not None
        await people.change_person(tx, person.id, zone="Europe/Madrid")
    (planned,) = await doses_of(house.store, ana.phone.id)
    await house.at("2026-03-02T23:00")
    await ana.taps("Taken")
    (dose, following) = await doses_of(house.store, ana.phone.id)
    assert (dose.id, dose.dose_day, dose.status) == (planned.id, planned.dose_day, "taken")
    assert following.dose_day == planned.dose_day + timedelta(days=1)
    assert following.scheduled_at.astimezone(load_zone("Europe/Madrid")).hour == 22
    await house.at("2026-03-03T23:00")
    assert prompts(ana.phone) == 2


async def test_a_zone_that_changes_while_the_row_is_leased_sends_one_prompt_that_night(house: House) -> None:
    """She lands in New York and says so after tonight's prompt: the same night is not prompted again."""
    (ana,) = await house.patients(1)
    await house.at("2026-03-02T22:00")
    await ana.says("/timezone New York")
    for label in ("Right", "Yes"):
        if label in ana.phone.last.labels:
            await ana.taps(label)
    await house.at("2026-03-03T12:00")
    assert prompts(ana.phone) == 1
    days = Counter(dose.dose_day for dose in await doses_of(house.store, ana.phone.id))
    assert max(days.values()) == 1


async def test_down_across_bedtime_and_back_inside_the_grace(house: House) -> None:
    """Back after two hours: silent, and it says which day it is for."""
    (ana,) = await house.patients(1)
    await _tick(house, utc("2026-03-03T00:10:00"))
    late = ana.sees("This one is late: it is for Mon 2 Mar, 22:00.")
    assert late.silent
    await ana.taps("Taken")
    (dose, *_) = await doses_of(house.store, ana.phone.id)
    assert (dose.dose_day, dose.status) == (date(2026, 3, 2), "taken")


@pytest.mark.parametrize("back", ["2026-03-03T01:00:00", "2026-03-03T04:00:00", "2026-03-03T13:00:00"])
async def test_down_across_bedtime_and_back_after_the_grace(house: House, back: str) -> None:
    """Never at 4 a.m.: undelivered, and the next bedtime is prompted as if nothing had been."""
    (ana,) = await house.patients(1)
    with ana.silence():
        await _tick(house, utc(back))
    (dose, *_) = await doses_of(house.store, ana.phone.id)
    assert dose.status == "undelivered"
    await house.at("2026-03-03T22:00")
    ana.sees("Time for tonight's dose")
    assert prompts(ana.phone) == 1


@pytest.mark.parametrize("days", [1, 5, 30, 450])
async def test_after_an_outage_every_dose_day_since_is_accounted_for(house: House, days: int) -> None:
    """One row for each dose day, none twice: undelivered, and the next one planned."""
    (ana,) = await house.patients(1)
    await _tick(house, house.clock.at + timedelta(days=days))
    await _tick(house, house.clock.at)
    record = await doses_of(house.store, ana.phone.id)
    first = date(2026, 3, 2)
    assert [dose.dose_day for dose in record] == [first + timedelta(days=n) for n in range(days + 1)]
    # A second helping of days comes after the silence of the first has paused the prompts.
    assert {dose.status for dose in record[: min(days, 400)]} == {"undelivered"}
    assert {(dose.status, dose.reason) for dose in record[400:-1]} <= {
        ("undelivered", None),
        ("not_expected", "safety_pause"),
    }
    assert len(ana.phone.received) == 0


async def test_a_clock_that_was_wrong_by_42_days_and_is_put_right_prompts_again(house: House) -> None:
    """Forward by mistake and back an hour later: tonight's prompt still comes at bedtime."""
    (ana,) = await house.patients(1)
    await house.at("2026-03-02T19:00")
    right = house.clock.at
    await _tick(house, right + timedelta(days=42))
    await _tick(house, right + timedelta(hours=1))
    await house.at(BEDTIME)
    assert prompts(ana.phone) == 1
    await house.at("2026-03-03T22:00")
    assert prompts(ana.phone) == 2


async def _ready(night: Night, *, wall: str = "22:00") -> Phone:
    """One patient on record, the process running at 18:00 by the clock that is moved from outside."""
    store = await Store.open(night.rig.database)
    (person,) = await enrolled(store, night.rig.telegram, 1, night.clock.now(), wall=wall)
    await store.close()
    await night.rig.child.start()
    return Phone(person)


@pytest.mark.process
async def test_a_process_lives_through_jumps_and_sleep(night: Night) -> None:
    """Stopped across bedtime, set back hours and 42 days: noticed within 5 s, one prompt a night, on time."""
    ana = await _ready(night)

    # The machine sleeps from before bedtime until 22:40: late, silent, with its day.
    night.clock.put(datetime(2027, 3, 1, 21, 59, 58, tzinfo=UTC))
    night.rig.child.signal(signal.SIGSTOP)
    await asyncio.sleep(0.5)
    night.clock.put(datetime(2027, 3, 1, 22, 40, tzinfo=UTC))
    night.rig.child.signal(signal.SIGCONT)
    late = await ana.sees("This one is late: it is for Mon 1 Mar, 22:00.", within=5)
    assert late.silent
    await ana.taps("Taken", "Recorded as taken at 22:4")

    # Three hours back, and forward again over the same bedtime: nothing is repeated.
    night.clock.put(datetime(2027, 3, 1, 19, 40, tzinfo=UTC))
    await asyncio.sleep(2.5)
    await ana.says("/today", "Your plan: 1.5 mg")
    night.clock.put(datetime(2027, 3, 1, 22, 41, tzinfo=UTC))
    await asyncio.sleep(2.5)

    # 42 days back for a while: it answers, and it sends nothing; then the next evening.
    night.clock.put(datetime(2027, 1, 18, 22, 0, tzinfo=UTC))
    await asyncio.sleep(2.5)
    ana.person.say("/today")
    await until(lambda: ana.count("Your plan: 1.5 mg") == 2, 5)
    before = len(ana.person.received)
    night.clock.put(datetime(2027, 3, 2, 21, 59, 58, tzinfo=UTC))
    await until(lambda: prompts(ana.person) == 2, 7)
    assert len(ana.person.received) == before + 1
    assert ana.person.last.body.startswith("Time for")
    assert not ana.person.last.silent

    assert await night.rig.child.stop() == 0
    assert night.rig.child.log.count("clock jumped") >= 4
    assert "fault" not in night.rig.child.log
    async with night.rig.record() as store:
        statuses = [dose.status for dose in await doses_of(store, ana.person.id)]
        assert statuses == ["taken", "prompted", "planned"]


async def test_somebody_who_answers_with_a_clock_behind_is_recorded(house: House) -> None:
    """The clock steps back between prompt and tap: the tap counts all the same."""
    (ana,) = await house.patients(1)
    await house.at(BEDTIME)
    house.clock.at -= timedelta(minutes=30)
    await ana.taps("Taken")
    (dose, *_) = await doses_of(house.store, ana.phone.id)
    assert dose.status == "taken"


@pytest.mark.parametrize("back", [timedelta(days=2), timedelta(days=42)])
async def test_a_clock_that_is_wrongly_set_back_for_a_moment_never_ends_a_safety_pause(
    house: House, back: timedelta
) -> None:
    """The pause was begun by her own words; a clock that is behind for some ticks does not lift it."""
    (ana,) = await house.patients(1)
    async with house.store.write() as tx:  # on record for long
        await tx.run(update(PATIENT).values(enrolled_at=house.clock.at - timedelta(days=400)))
    await house.at("2026-03-02T20:00")
    await ana.says("I took codeine an hour ago")
    ana.sees("I have paused dose prompts")
    right = house.clock.at
    await _tick(house, right - back)
    await _tick(house, right + timedelta(seconds=10))
    await house.at("2026-03-04T23:00")
    assert prompts(ana.phone) == 0
    assert ana.count("Have you been able to speak to a health professional?") >= 2


async def test_a_clock_that_is_wrongly_set_back_for_a_moment_deletes_no_history(house: House) -> None:
    """Nights that were undelivered stay in the record, each of them, when the clock is right again."""
    (ana,) = await house.patients(1)
    await _tick(house, house.clock.at + timedelta(days=5))
    before = [(dose.dose_day, dose.status) for dose in await doses_of(house.store, ana.phone.id)]
    right = house.clock.at
    await _tick(house, right - timedelta(days=42))
    await _tick(house, right + timedelta(seconds=10))
    after = [(dose.dose_day, dose.status) for dose in await doses_of(house.store, ana.phone.id)]
    assert after == before


async def test_planning_comes_to_rest(house: House) -> None:
    """What stands far ahead (a clock that is behind) is not planned anew at every tick."""
    crowd = await house.patients(5)
    for at in (house.clock.at, house.clock.at - timedelta(days=42)):
        await _tick(house, at)
        before = [dose.id for one in crowd for dose in await doses_of(house.store, one.phone.id)]
        for _ in range(3):
            await house.bot.plan_once(house.clock.at)
        after = [dose.id for one in crowd for dose in await doses_of(house.store, one.phone.id)]
        assert after == before
