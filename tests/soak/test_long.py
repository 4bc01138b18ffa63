"""The long forms of `tests/faults`: more power failures, longer locks, weeks of bad nights."""

import asyncio
import random
import signal
import sqlite3
from collections import Counter, defaultdict
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from handlers.callbacks import Tap
from sandbox import Change, Person
from storage.store import Store
from tests.faults.burst import survives_power_failures
from tests.faults.conftest import House, Unhurried
from tests.faults.crowd import DOSE, EVENT, PROMPT, copies, due_just_now, enrolled, prompts
from tests.process.conftest import Night, Phone, a_rig, until
from tests.process.test_power_failures import (
    test_a_hundred_fetched_updates_survive_a_power_failure as fetched,
)
from tests.soak.conftest import Budget
from tests.world import a_world

pytestmark = pytest.mark.process


def _fresh(folder: Path, template: Path, number: int) -> tuple[Path, str]:
    """A folder and an empty database for one round."""
    own = folder / f"round{number}"
    own.mkdir()
    (own / "bot.db").write_bytes(template.read_bytes())
    return own, f"sqlite:///{own / 'bot.db'}"


@pytest.mark.parametrize("share", [0.35], indirect=True)
async def test_fifty_power_failures_and_more(share: Budget, tmp_path: Path, sqlite_template: Path) -> None:
    """Bursts of 150 prompts killed five times each, each with its seed: ten, and more while time is left."""
    kills = 0
    for number in share.rounds(at_least=10):
        folder, url = _fresh(tmp_path, sqlite_template, number)
        async with a_rig(folder, url, lambda: datetime.now(UTC)) as rig:
            await survives_power_failures(rig, 1_000 + number, patients=150, kills=5)
        kills += 5
    print(f"{kills} power failures")


@pytest.mark.parametrize("share", [0.1], indirect=True)
async def test_fetched_updates_survive_power_failures(
    share: Budget, tmp_path: Path, sqlite_template: Path
) -> None:
    """A hundred updates in memory, killed: again and again."""
    for number in share.rounds():
        folder, url = _fresh(tmp_path, sqlite_template, number)
        async with a_rig(folder, url, lambda: datetime.now(UTC)) as rig:
            await fetched(rig)


@pytest.mark.parametrize("share", [0.15], indirect=True)
async def test_a_lock_longer_than_the_patience(share: Budget, tmp_path: Path, sqlite_template: Path) -> None:
    """Another program holds the file for 2 to 25 s in a burst: nothing is lost, nothing comes twice."""
    chance = random.Random(3)
    for number in share.rounds(8):
        folder, url = _fresh(tmp_path, sqlite_template, number)
        async with a_rig(folder, url, lambda: datetime.now(UTC)) as rig:
            store = await Store.open(url)
            phones = await due_just_now(store, rig.telegram, 80, datetime.now(UTC), waits=5)
            await store.close()
            await rig.child.start()
            await until(lambda phones=phones: sum(copies(phones)) > 5, 20)  # type: ignore[misc]
            other = sqlite3.connect(folder / "bot.db", isolation_level=None, timeout=5)
            other.execute("BEGIN EXCLUSIVE")
            for phone in phones[:20]:
                if prompts(phone):
                    phone.tap("Taken")
            await asyncio.sleep(chance.uniform(2, 25))
            other.execute("ROLLBACK")
            other.close()
            await until(lambda phones=phones: all(prompts(phone) for phone in phones), 30)  # type: ignore[misc]
            await rig.at_rest()
            assert await rig.child.stop() == 0
            assert copies(phones) == [1] * 80
            assert (await rig.outbox())["leased"] == 0
            assert "fault" not in rig.child.log


@pytest.mark.parametrize("share", [0.25], indirect=True)
async def test_weeks_of_bad_nights(share: Budget, tmp_path: Path, sqlite_template: Path) -> None:
    """Forty people, every fault of Telegram's at random, a clock that steps: the record is whole."""
    for number in share.rounds():
        _, url = _fresh(tmp_path, sqlite_template, number)
        store = await Store.open(url)
        async with a_world(store) as world:
            house = House(world.bot, world.telegram, world.clock)
            house.bot.delivery._pace = Unhurried(1000)
            await _bad_weeks(house, random.Random(number), days=21)
        await store.close()


async def _bad_weeks(house: House, chance: random.Random, days: int) -> None:
    crowd = await house.patients(40, wall="22:00")
    lost: Counter[int] = Counter()
    seen: Counter[int] = Counter()
    sent: Counter[tuple[int, int]] = Counter()

    def look(change: Change) -> None:
        message = change.message
        if change.kind == "message" and message and message.from_bot and message.body.startswith(PROMPT):
            tap = Tap.read(message.buttons[0][0].data or "")
            assert tap is not None
            sent[message.chat_id, tap.subject] += 1

    stop = house.telegram.on_change(look)
    end = house.clock.at + timedelta(days=days)
    while house.clock.at < end:
        near = house.clock.at.hour in (21, 22, 23)
        house.clock.at += timedelta(seconds=chance.uniform(5, 600 if near else 5_400))
        if chance.random() < 0.1:
            house.clock.at -= timedelta(seconds=chance.uniform(0, 120))
        for _ in range(chance.randint(0, 4)):
            one = chance.choice(crowd).phone
            kind = chance.choice(("flood", "server_error", "reset", "lost_response"))
            lost[one.id] += kind == "lost_response"
            house.telegram.faults.add(
                kind,  # type: ignore[arg-type]
                chance.choice(("sendMessage", "editMessageText", "*")),
                chat_id=one.id,
                retry_after=chance.choice((1, 30, 400)),
                code=chance.choice((500, 502)),
            )
        if chance.random() < 0.9:
            await house.bot.poller.run_once()
            await house.bot.run_once()
        for one in crowd:
            _perhaps_answers(one.phone, seen, chance)
        if len(house.telegram.updates) > 1 and chance.random() < 0.2:
            house.telegram.updates.append(house.telegram.updates[0])
    house.telegram.faults.planned.clear()
    await house.settle()
    await house.later(hours=1)
    stop()
    await _record_is_whole(house, lost, sent)


def _perhaps_answers(phone: Person, seen: Counter[int], chance: random.Random) -> None:
    for message in phone.received[seen[phone.id] :]:
        if "Taken" in message.labels and chance.random() < 0.7:
            for _ in range(chance.choice((1, 1, 1, 2))):
                phone.tap(chance.choice(("Taken", "Taken", "Snooze 15")), on=message.copy())
    seen[phone.id] = len(phone.received)


async def _record_is_whole(house: House, lost: Counter[int], sent: Counter[tuple[int, int]]) -> None:
    async with house.store.read() as tx:
        by_patient: defaultdict[int, list[date]] = defaultdict(list)
        snoozes: dict[int, int] = {}
        for dose in await tx.run(select(DOSE).order_by(DOSE.c.patient_id, DOSE.c.dose_day)):
            by_patient[dose.patient_id].append(dose.dose_day)
            snoozes[dose.id] = dose.snoozes
            assert (dose.prompted_at is None) or dose.status != "undelivered"
            moves = list((await tx.run(select(EVENT.c.move).where(EVENT.c.dose_id == dose.id))).scalars())
            assert moves.count("record_taken") <= 1
            assert dose.status != "planned" or dose.scheduled_at > house.clock.at - timedelta(hours=3)
            assert dose.prompted_at is None or dose.prompted_at < dose.closes_at
        for days in by_patient.values():
            assert days == [days[0] + timedelta(days=number) for number in range(len(days))]
    # A repeat has a reason: it was asked for, or the answer to the first was lost on purpose.
    repeats: Counter[int] = Counter()
    for (chat_id, dose_id), times in sent.items():
        repeats[chat_id] += max(0, times - 1 - snoozes[dose_id])
    assert all(number <= lost[chat_id] for chat_id, number in repeats.items()), (repeats, lost)


@pytest.mark.parametrize("share", [0.15], indirect=True)
async def test_nights_of_jumping_clocks(share: Budget, night: Night) -> None:
    """The real process under a clock that is moved at random, asleep now and then: each bedtime on time."""
    chance = random.Random(17)
    store = await Store.open(night.rig.database)
    (person,) = await enrolled(store, night.rig.telegram, 1, night.clock.now())
    await store.close()
    phone = Phone(person)
    await night.rig.child.start()
    bedtime = datetime(2027, 3, 1, 22, 0, tzinfo=UTC)
    for number in share.rounds():
        for _ in range(3):
            back = timedelta(hours=chance.choice((-3, -30, -42 * 24)))
            night.clock.put(bedtime - timedelta(hours=4) + back)
            await asyncio.sleep(chance.uniform(0.2, 3))
        night.clock.put(bedtime - timedelta(seconds=2))
        if number % 3 == 2:
            night.rig.child.signal(signal.SIGSTOP)
            await asyncio.sleep(4)
            night.rig.child.signal(signal.SIGCONT)
        await until(lambda number=number: prompts(person) == number + 1, 10)  # type: ignore[misc]
        person.tap("Taken")
        await until(lambda: person.last.body.startswith("Recorded as taken"), 8)
        bedtime = bedtime + timedelta(days=1)
        if bedtime.date().isoformat() == "2027-03-28":
            bedtime -= timedelta(hours=1)
    assert await night.rig.child.stop() == 0
    assert "fault" not in night.rig.child.log
    assert phone.count("late") == 0
