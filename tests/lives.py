"""Twenty invented patients who live with the bot for weeks or a year: answer, forget, travel, pause, move."""

import heapq
import itertools
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from random import Random

from sqlmodel import col, select

from clinical.budget import PER_DAY, PER_WEEK
from clinical.dose import Status
from services import kinds
from services.ledger import Ledger, ledger_of
from storage.doses import events
from storage.records import Dose
from storage.tables import OutboxRow, PatientRow
from tests.world import Someone, World

TOWNS = ("Lisbon", "London", "New York City", "Sydney", "Madrid", "Auckland", "Chicago", "Berlin")
BEDTIMES = ("20:30", "21:15", "22:00", "22:45", "23:30", "00:30", "01:15")
MINUTE = timedelta(minutes=1)


@dataclass(slots=True)
class Life:
    """One patient: how faithfully they answer, and what has been happening to them."""

    someone: Someone
    code: str
    answers: float
    checkins: float
    chance: Random
    away_until: datetime = field(default_factory=lambda: datetime.min.replace(tzinfo=UTC))

    def sees_button(self, label: str) -> bool:
        return any(label in message.labels for message in self.someone.phone.received[-6:])

    async def taps(self, *labels: str) -> bool:
        """Tap one after the other, as far as they are there."""
        for label in labels:
            if not self.sees_button(label):
                return False
            await self.someone.taps(label)
        return True


async def several(world: World, seed: int, count: int = 20) -> list[Life]:
    """Patients of varied bedtimes, towns and faithfulness; every fourth is linked to a clinic."""
    chance = Random(seed)
    ruiz = await world.clinician("Dr. Ruiz")
    lives = []
    for number in range(count):
        someone = await world.patient(
            f"P{number}",
            clinician=ruiz if number % 4 == 0 else None,
            mg=("1.5", "0.01", "3", "4.5")[number % 4],
            bedtime=BEDTIMES[number % len(BEDTIMES)],
            town=TOWNS[number % len(TOWNS)] if number % 4 else "Lisbon",
            checkins=number % 3 != 0,
        )
        code = someone.saw("Your code is").body.split("Your code is ")[1].split(".")[0]
        lives.append(Life(someone, code, 0.98 - 0.03 * (number % 6), 0.7, Random(chance.random())))
    return lives


async def _answer(life: Life) -> None:
    """Answer what is open: the prompt, the morning, a question of the bot's."""
    chance = life.chance
    if life.sees_button("Yes, told to continue"):
        await life.someone.taps("Yes, told to continue" if chance.random() < 0.5 else "Not yet")
    elif life.sees_button("It's the timing"):
        await life.taps("Yes")
    elif life.sees_button("Open the change"):
        await life.taps("Open the change", "Yes, I have it", "Taken")
    elif life.sees_button("Taken"):
        if chance.random() < 0.88:
            await life.someone.taps("Taken")
        elif chance.random() < 0.5:
            await life.taps("30")
        else:
            await life.taps("Skip", chance.choice(("Forgot", "Felt better", "Side effect", "Ran out")))
    elif life.sees_button("Not sure"):
        await life.someone.taps(chance.choice(("Taken", "Not taken", "Not sure")))


async def _morning(life: Life) -> None:
    if life.sees_button("Not sure"):
        await _answer(life)
    for _ in range(2):
        if life.sees_button("10"):
            await life.someone.taps(str(life.chance.randrange(1, 9)))


async def _travels(life: Life) -> None:
    await life.someone.says("/timezone")
    await life.someone.says(life.chance.choice(TOWNS))
    await life.taps("Right")
    ways = [label for label in life.someone.keeps().labels if label.startswith(("Local", "Home"))]
    if ways:
        await life.someone.taps(life.chance.choice(ways))


async def _pauses(life: Life) -> None:
    await life.someone.says("/pause")
    taking = "Yes, I take it without prompts" if life.chance.random() < 0.6 else "No, I am not taking it"
    if await life.taps(taking):
        days = life.chance.choice(("3 days", "7 days"))
        ends = [label for label in life.someone.keeps().labels if label.startswith(days)]
        if ends:
            await life.someone.taps(ends[0])


async def _moves_bedtime(life: Life) -> None:
    await life.someone.says("/bedtime")
    if await life.taps(life.chance.choice(("Every night", "Weekends only", "Only the next prompt"))):
        await life.someone.says(life.chance.choice(BEDTIMES))


async def _changes_rhythm(life: Life) -> None:
    await life.someone.says("/plan")
    await life.taps(
        "Days and times", life.chance.choice(("Every night at bedtime", "Every second night, from tonight"))
    )


async def _goes_twice(life: Life) -> None:
    await life.someone.says("/plan")
    if await life.taps("Days and times", "Two times a day"):
        for words in ("08:00", "20:00", "0.5 mg"):
            await life.someone.says(words)


async def _corrects(life: Life) -> None:
    await life.someone.says("/correct")
    labels = life.someone.keeps().labels
    if labels and await life.taps(labels[0], "Taken at another time"):
        await life.taps("Back")
        await life.taps("Skip", "Forgot")


async def _has_a_new_prescription(life: Life) -> None:
    await life.someone.says("/plan")
    if await life.taps("My prescription changed"):
        await life.someone.says(life.chance.choice(("1.5", "2", "0.02")))
        if life.sees_button("Yes, 2 mg"):
            await life.someone.taps("Yes, 2 mg")
        elif life.sees_button("Yes, 1.5 mg"):
            await life.someone.taps("Yes, 1.5 mg")
        await life.taps("Capsule", "The label does not say")
        starts = [label for label in life.someone.keeps().labels if label.startswith("Tonight")]
        if starts:
            await life.someone.taps(starts[0])
            await life.taps("Yes, that is it")


async def _stops_for_a_while(life: Life) -> None:
    await life.someone.says("/stop")
    await life.taps("Stop your messages")


async def _counts(life: Life) -> None:
    await life.someone.says("/refill")
    if await life.taps("Count doses"):
        await life.someone.says("14")


async def _switches_off(life: Life) -> None:
    await life.someone.says("/settings")
    await life.taps("Reminders: ✅ on")


async def _took_an_opioid(life: Life) -> None:
    await life.someone.says("I took codeine an hour ago")


async def _falls_silent(life: Life) -> None:
    life.away_until = life.someone.world.clock.at + timedelta(days=life.chance.choice((3, 9, 14)))


async def _comes_back(life: Life) -> None:
    await life.someone.starts()
    await life.taps("Yes, write to me")
    await life.someone.says("/settings")
    await life.taps("Reminders: off")


EVENTS: tuple[Callable[[Life], Awaitable[None]], ...] = (
    _travels,
    _pauses,
    _moves_bedtime,
    _moves_bedtime,
    _changes_rhythm,
    _goes_twice,
    _corrects,
    _has_a_new_prescription,
    _stops_for_a_while,
    _counts,
    _switches_off,
    _took_an_opioid,
    _falls_silent,
    _comes_back,
    _comes_back,
)


async def live(world: World, lives: list[Life], days: int, *, say: Callable[[str], None] = str) -> None:
    """Let them live for so many days: each looks at the phone a few times a day, and things happen."""
    number = itertools.count()
    start = world.clock.at
    todo: list[tuple[datetime, int, Life, Callable[[Life], Awaitable[None]]]] = []

    def plan_day(life: Life, day: int) -> None:
        base = start + timedelta(days=day)
        for hours in (4.3, 7.1, 14.2):
            at = base + timedelta(hours=hours + life.chance.random() * 3)
            if life.chance.random() < life.answers:
                heapq.heappush(todo, (at, next(number), life, _answer))
        if life.chance.random() < life.checkins:
            at = base + timedelta(hours=15 + life.chance.random() * 4)
            heapq.heappush(todo, (at, next(number), life, _morning))
        if life.chance.random() < 0.12:
            at = base + timedelta(hours=life.chance.random() * 24)
            heapq.heappush(todo, (at, next(number), life, life.chance.choice(EVENTS)))

    for day in range(days):
        for life in lives:
            plan_day(life, day)
        while todo and todo[0][0] < start + timedelta(days=day + 1):
            at, _, life, act = heapq.heappop(todo)
            if at > world.clock.at:
                await world.at(at)
            if world.clock.at >= life.away_until or act is _falls_silent:
                await act(life)
        say(f"day {day + 1} of {days}")
    await world.at(start + timedelta(days=days))


@dataclass(slots=True)
class Account:
    """What a life came to: the ledger, and how many prompts, counted messages and doses it held."""

    ledger: Ledger
    prompts: int
    counted: int
    doses: int


async def account_for(world: World, life: Life) -> Account:
    """Check one life: no unexplained day, one prompt a dose, the budget, twelve hours between doses."""
    async with world.store.read() as tx:
        ledger = await ledger_of(tx, life.code, world.clock.at)
        assert ledger.missing == [], f"{life.code}: unexplained days {ledger.missing}"
        person_id = (
            await tx.session.exec(select(PatientRow.person_id).where(PatientRow.code == life.code))
        ).one()
        rows = list(
            await tx.session.exec(
                select(OutboxRow).where(OutboxRow.person_id == person_id).order_by(col(OutboxRow.id))
            )
        )
        doses = [line.dose for line in ledger.lines if line.dose is not None]
        for dose in doses:
            accepted = [one for one in await events(tx, dose.id) if one.move == "prompt_accepted"]
            first = [one for one in accepted if one.before == Status.PLANNED]
            assert len(first) <= 1, f"{life.code} {dose.dose_day}: prompted twice"
            if dose.status == Status.UNANSWERED:
                assert len(first) == 1, f"{life.code} {dose.dose_day}: unanswered without a prompt"
            if dose.status == Status.NOT_EXPECTED:
                assert dose.reason, f"{life.code} {dose.dose_day}: not expected without a reason"
    _prompts_in_time(life, rows, doses)
    _within_budget(life, rows)
    _apart(life, doses)
    prompts = sum(row.kind == kinds.DOSE_PROMPT and row.state == "sent" for row in rows)
    counted = sum(row.kind in kinds.RANKS and row.state == "sent" for row in rows)
    return Account(ledger, prompts, counted, len(doses))


def _prompts_in_time(life: Life, rows: list[OutboxRow], doses: list[Dose]) -> None:
    by_id = {dose.id: dose for dose in doses}
    for row in rows:
        if row.kind != kinds.DOSE_PROMPT:
            continue
        assert row.last_error != "over the message budget", f"{life.code}: a prompt fell to the budget"
        dose = by_id.get(row.subject_id)
        if dose is None or row.sent_at is None:
            continue
        early = dose.scheduled_at - 6 * MINUTE
        assert early <= row.sent_at <= dose.grace_until, f"{life.code} {dose.dose_day}: sent at {row.sent_at}"


def _within_budget(life: Life, rows: list[OutboxRow]) -> None:
    sent = sorted(row.sent_at for row in rows if row.kind in kinds.RANKS and row.sent_at is not None)
    for end in sent:
        assert sum(end - timedelta(days=1) < at <= end for at in sent) <= PER_DAY, f"{life.code} {end}"
        assert sum(end - timedelta(days=7) < at <= end for at in sent) <= PER_WEEK, f"{life.code} {end}"


def _apart(life: Life, doses: list[Dose]) -> None:
    expected = [dose for dose in doses if dose.status != Status.NOT_EXPECTED]
    once = {
        day for day, group in itertools.groupby(expected, lambda dose: dose.dose_day) if len(list(group)) == 1
    }
    for one, other in itertools.pairwise(expected):
        if one.dose_day in once and other.dose_day in once and one.slot == other.slot == 1:
            apart = other.scheduled_at - one.scheduled_at
            assert apart >= timedelta(hours=12), (
                f"{life.code} {other.dose_day}: {apart} after the dose before"
            )
