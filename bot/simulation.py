"""Twelve weeks of invented patients: they enrol, answer, forget, block the bot; a digest worth reading.

They go through the real bot: every answer is an update, every prompt a message on a pretend phone.
"""

import functools
import heapq
import itertools
import random
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.app import Companion
from bot.clock import SetClock
from clinical.localtime import load_zone, local_day
from sandbox import Message, Person, Telegram
from services import agenda, clinics
from services.clinics import InvitedPlan
from storage import people

Progress = Callable[[int, int, str], None]
DAYS = 84


@dataclass(frozen=True, slots=True)
class Habit:
    """How somebody invented behaves; shares are of 1."""

    name: str
    town: str
    mg_ug: int
    waiting_days: int  # first night so many days after enrolling
    answers: float  # share of prompts that are answered
    takes: float  # of those answered, taken
    morning: float  # share of check-ins that are answered
    pain: tuple[float, float]  # mean daily pain at the start and after twelve weeks
    blocks_on: int | None = None
    says_on: tuple[int, str] | None = None
    review_weeks: int = 8


PEOPLE = (
    Habit("Bea", "Lisbon", 1_500, 7, 0.95, 0.97, 0.9, (6.5, 4.2), review_weeks=5),
    Habit("Carl", "Lisbon", 3_000, 0, 0.85, 0.9, 0.7, (7.0, 6.6)),
    Habit("Dina", "Porto", 1_500, 7, 0.6, 0.9, 0.4, (5.5, 5.0)),
    Habit("Emil", "Porto", 4_500, 7, 0.9, 0.95, 0.85, (4.5, 6.4)),
    Habit("Fay", "Lisbon", 1_500, 0, 0.92, 0.94, 0.6, (6.0, 5.0), blocks_on=25),
    Habit("Gil", "Lisbon", 500, 7, 0.9, 0.95, 0.8, (7.5, 6.0), says_on=(38, "I took codeine an hour ago")),
)


# What the first words of a question are answered with; numbers by their name.
_QUESTIONS = (
    ("Did you take it?", "Taken"),
    ("How was your sleep", "sleep"),
    ("last 24 hours?", "pain"),
    ("pain on average", "pain"),
    ("enjoyment of life", "joy"),
    ("general activity", "activity"),
    ("that are gone, then Done", "Done"),
    ("Which of these do you have", "Done"),
    ("besides pain?", "Skip"),
    ("on how many days", "2"),
    ("Can it wait", "It can wait"),
)
_EFFECTS = ("vivid dreams", "headache", "feeling sick", "trouble sleeping")


def _is_check_in(message: Message) -> bool:
    asked = (*(part for part, _ in _QUESTIONS), "Anything new", "how are you overall", "Tap what is new")
    return bool(message.labels) and any(part in message.body for part in (*asked, "How bad is it?"))


def _answer(message: Message, numbers: dict[str, str], effect: str | None, *, better: bool) -> str | None:
    """The label to tap next, or None where nothing is asked any more."""
    body = message.body
    if "How bad is it?" in body:
        return "Mild"
    if "Anything new" in body:
        return "Yes" if effect else "No"
    if "Tap what is new or worse" in body:
        ticked = any(label.startswith("✅") for label in message.labels)
        return "Done" if ticked or effect not in message.labels else effect
    if "how are you overall" in body:
        return "Much improved" if better else "Minimally worse"
    said = next((answer for part, answer in _QUESTIONS if part in body), None)
    label = numbers.get(said or "", said)
    return label if label in message.labels else None


_MOST_ITEMS = 25  # taps of one check-in


@dataclass(order=True)
class _Deed:
    at: datetime
    number: int
    act: Callable[[], object] = field(compare=False)


class Simulation:
    """One run. Deterministic: the same seed lives the same weeks."""

    def __init__(self, bot: Companion, telegram: Telegram, clock: SetClock, seed: int = 7) -> None:
        self.bot = bot
        self.telegram = telegram
        self.clock = clock
        self._chance = random.Random(seed)
        self._deeds: list[_Deed] = []
        self._numbers = itertools.count()
        self._seen: dict[int, int] = {}

    async def settle(self) -> None:
        while await self.bot.poller.run_once():
            pass

    async def enrol(self, habit: Habit, phone: Person, token: str) -> None:
        """First contact, tap by tap."""
        phone.start(token)
        await self.settle()
        for label in ("I am 18 or over", "Reminders: off", "Check-ins: off", "Sharing: off", "Continue"):
            phone.tap(label)
            await self.settle()
        for text in (habit.town, "22:00"):
            phone.say(text)
            await self.settle()
        taps = ["Right", "Yes"]
        if habit.waiting_days:
            taps += ["I have it or wait for it, not started", "As planned"]
        else:
            taps += ["I already take it", "1 to 4 weeks"]
        for label in (*taps, "None of these"):
            phone.tap(label)
            await self.settle()

    def react(self, habit: Habit, phone: Person, day: int) -> None:
        """Look at what is new on the phone and decide what to do about it, and when."""
        new = phone.received[self._seen.get(phone.id, 0) :]
        self._seen[phone.id] = len(phone.received)
        for message in new:
            if "dose:" in message.body and "Taken" in message.labels:
                self._answer_prompt(habit, phone, message)
            elif _is_check_in(message) and self._chance.random() < habit.morning:
                self._sit_down(habit, phone, message, day)

    def _answer_prompt(self, habit: Habit, phone: Person, message: Message) -> None:
        if self._chance.random() >= habit.answers:
            return
        if self._chance.random() < habit.takes:
            late = 240 if self._chance.random() < 0.1 else 35
            self._soon(1, late, phone, "Taken", message)
        else:
            self._soon(1, 30, phone, "Skip", message)
            self._soon(31, 33, phone, self._chance.choice(("Forgot", "Side effect", "Felt better")), message)

    def _sit_down(self, habit: Habit, phone: Person, message: Message, day: int) -> None:
        """Answer a check-in item by item, a minute or so each."""
        start, end = habit.pain
        mean = start + (end - start) * min(day / DAYS, 1)
        level = {"pain": mean, "sleep": mean - 0.5, "joy": mean - 0.3, "activity": mean - 0.6}
        numbers = {
            name: str(min(max(round(self._chance.gauss(value, 0.9)), 0), 10)) for name, value in level.items()
        }
        worse = end > start and self._chance.random() < 0.4
        effect = (
            self._chance.choice(_EFFECTS) if worse or (day < 21 and self._chance.random() < 0.3) else None
        )

        steps = iter(range(_MOST_ITEMS))

        def act() -> None:
            label = _answer(message, numbers, effect, better=end < start)
            if label is None or next(steps, None) is None:
                return
            phone.tap(label, on=message)
            at = self.clock.at + timedelta(minutes=self._chance.uniform(0.2, 1.5))
            heapq.heappush(self._deeds, _Deed(at, next(self._numbers), again))

        def again() -> None:
            # It is edited in place; after last night's dose the questions go on in a message of their own.
            nonlocal message
            if not _is_check_in(message):
                message = next((one for one in phone.received[-2:][::-1] if _is_check_in(one)), message)
            act()

        at = self.clock.at + timedelta(minutes=self._chance.uniform(1, 60))
        heapq.heappush(self._deeds, _Deed(at, next(self._numbers), act))

    def _soon(self, low: int, high: int, phone: Person, label: str, on: Message | None) -> None:
        at = self.clock.at + timedelta(minutes=self._chance.uniform(low, high))

        def act() -> None:
            message = on
            if message is None:
                message = next(
                    (one for one in reversed(phone.received) if label in one.labels and "Skip" in one.labels),
                    None,
                )
            if message is not None and label in message.labels:
                phone.tap(label, on=message)

        heapq.heappush(self._deeds, _Deed(at, next(self._numbers), act))

    def plan(self, at: datetime, act: Callable[[], object]) -> None:
        heapq.heappush(self._deeds, _Deed(at, next(self._numbers), act))

    async def live(self, phones: dict[Habit, Person], end: datetime, report: Progress) -> None:
        """From event to deed to event until `end`."""
        start = self.clock.at
        while True:
            async with self.bot.store.read() as tx:
                following = await agenda.next_event_at(tx, self.clock.at)
            deed_at = self._deeds[0].at if self._deeds else None
            ahead = [moment for moment in (following, deed_at) if moment is not None and moment <= end]
            if not ahead:
                break
            self.clock.at = max(min(ahead), self.clock.at)
            if deed_at is not None and deed_at <= self.clock.at:
                heapq.heappop(self._deeds).act()
                await self.settle()
                await self.bot.deliver_once(self.clock.at)
            else:
                await self.bot.run_once()
            day = (self.clock.at - start).days
            for habit, phone in phones.items():
                self.react(habit, phone, day)
            report(day, DAYS, f"day {day} of {DAYS}")
        self.clock.at = end
        await self.bot.run_once()


async def twelve_weeks(bot: Companion, telegram: Telegram, clock: SetClock, report: Progress) -> None:
    """Let six invented patients of the demo's clinician live for twelve weeks."""
    report(0, DAYS, "invented patients enrol")
    clinician = await _clinician(bot, telegram)
    simulation = Simulation(bot, telegram, clock)
    phones: dict[Habit, Person] = {}
    start = clock.at
    first_id = 5001 + len(telegram.people)
    for number, habit in enumerate(PEOPLE):
        first = local_day(clock.at, load_zone("Europe/Lisbon")) + timedelta(days=habit.waiting_days)
        plan = InvitedPlan(habit.mg_ug, "capsule", first, first + timedelta(weeks=habit.review_weeks))
        async with bot.store.write() as tx:
            desk = await people.clinician(tx, clinician)
            token = await clinics.invite_patient(tx, desk, plan, clock.at)
        phone = telegram.person(first_id + number, habit.name)
        await simulation.enrol(habit, phone, token)
        phones[habit] = phone
        if habit.blocks_on is not None:
            simulation.plan(start + timedelta(days=habit.blocks_on), phone.block)
        if habit.says_on is not None:
            day, words = habit.says_on
            simulation.plan(start + timedelta(days=day, hours=1), functools.partial(phone.say, words))
    await simulation.live(phones, start + timedelta(days=DAYS), report)
    report(DAYS, DAYS, "twelve weeks are over")


async def _clinician(bot: Companion, telegram: Telegram) -> int:
    """The demo's clinician; joins by the waiting link where the visitor has not pressed Start."""
    async with bot.store.read() as tx:
        found = await people.clinicians(tx)
    if found:
        return found[0].id
    phone = telegram.people[2001]
    async with bot.store.write() as tx:
        clinic = (await people.clinics(tx))[0]
        token = await clinics.invite_clinician(tx, clinic.id, bot.clock.now(), by="demo")
    phone.start(token)
    while await bot.poller.run_once():
        pass
    async with bot.store.read() as tx:
        return (await people.clinicians(tx))[0].id
