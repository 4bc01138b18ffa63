"""Twelve weeks of a small clinic, tapped through; its digest against a recount of the exported table."""

import csv
import io
import re
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from statistics import fmean

from services import exporting
from services.view import view_of
from storage import people
from storage.store import Store
from tests.conversations.people import waiting
from tests.world import Someone, World, a_world

LAST = date(2026, 5, 29)  # a Friday, 88 days after enrolment


@dataclass
class Life:
    """How somebody answers on a day of the calendar (day 0 is that of enrolment)."""

    pain: Callable[[int], int]
    peg: Callable[[int], tuple[int, int, int]]
    takes: Callable[[int], str] = lambda _: "Taken"
    overall: str = "Minimally improved"
    effect: Callable[[int], tuple[str, str] | None] = lambda _: None


LIVES = {
    # Better by about half from the sixth week on.
    "Ana": Life(
        pain=lambda day: 7 if day < 35 else 4 - day % 2,
        peg=lambda day: (7, 7, 6) if day < 35 else (4, 3, 3),
        overall="Much improved",
        effect=lambda day: ("vivid dreams", "Mild") if day == 14 else None,
    ),
    # Worse, and now and then without a dose.
    "Ben": Life(
        pain=lambda day: 5 if day < 30 else 7,
        peg=lambda day: (5, 4, 4) if day < 30 else (7, 7, 6),
        takes=lambda day: "Skip" if day % 9 == 4 else ("" if day % 13 == 6 else "Taken"),
        overall="Minimally worse",
        effect=lambda day: ("feeling sick", "Moderate") if day >= 28 and day % 7 == 0 else None,
    ),
    # Hardly ever answers anything.
    "Cora": Life(pain=lambda _: 6, peg=lambda _: (6, 6, 6), takes=lambda day: "" if day % 5 else "Taken"),
}


async def night(someone: Someone, life: Life, day: int) -> None:
    prompts = [one for one in someone.phone.received if "Time for" in one.body and "Taken" in one.labels]
    choice = life.takes(day)
    if not prompts or not choice:
        return
    await someone.taps(choice, on=prompts[-1])
    if choice == "Skip":
        await someone.taps("Forgot", on=someone.phone.received[-1])


async def morning(someone: Someone, life: Life, day: int, *, silent: bool) -> None:
    """Answer what is asked, item by item, until the check-in is done."""
    if silent:
        return
    peg = life.peg(day)
    ticked = life.effect(day)
    for _ in range(25):
        found = next((one for one in someone.phone.received[-3:][::-1] if one.labels), None)
        if found is None:
            return
        body = found.body
        replies = (
            ("Did you take it?", "Not sure"),
            ("How was your sleep", "4"),
            ("last 24 hours?", str(life.pain(day))),
            ("pain on average", str(peg[0])),
            ("enjoyment of life", str(peg[1])),
            ("general activity", str(peg[2])),
            ("then Done", "Done"),
            ("Then tap Done", "Done"),
            ("before the first dose? Tap them", "Done"),
            ("Anything new", "Yes" if ticked else "No"),
            ("besides pain?", "Skip"),
            ("on how many days", "2"),
            ("how are you overall", life.overall),
            ("Can it wait", "It can wait"),
        )
        label = next((label for part, label in replies if part in body), None)
        if label is None:
            return
        if ticked and "Tap what is new or worse" in body:
            await someone.taps(ticked[0], on=found)
            await someone.taps(ticked[1], on=found)
            ticked = None
            continue
        await someone.taps(label, on=found)


@dataclass
class Counted:
    """What a table says, counted without any of the product's rules."""

    taken: int
    expected: int
    pain: float | None
    peg_now: float
    peg_before: float
    on: date

    @property
    def percent(self) -> float:
        return 100 * (self.peg_before - self.peg_now) / self.peg_before


def recount(table: str, now: datetime) -> Counted:
    rows = list(csv.DictReader(io.StringIO(table)))
    week = now - timedelta(days=7)
    doses = [row for row in rows if row["table"] == "dose"]
    first = min(row["day"] for row in doses if row["outcome"] == "taken")
    recent = [row for row in doses if week <= datetime.fromisoformat(row["scheduled_at"]) <= now]
    counted = [row for row in recent if row["outcome"] in ("taken", "skipped", "unanswered", "undelivered")]
    answers = [row for row in rows if row["table"] == "answer" and row["value"]]
    pain = [
        int(row["value"])
        for row in answers
        if row["item"] == "pain" and week <= datetime.fromisoformat(row["at"]) <= now
    ]
    pegs: dict[str, list[int]] = defaultdict(list)
    for row in answers:
        if row["item"].startswith("peg-"):
            pegs[row["day"]].append(int(row["value"]))
    complete = {day: fmean(items) for day, items in pegs.items() if len(items) == 3}
    start = date.fromisoformat(first)
    before = [day for day in complete if start - timedelta(days=7) <= date.fromisoformat(day) < start]
    last = max(complete)
    return Counted(
        taken=sum(row["outcome"] == "taken" for row in counted),
        expected=len(counted),
        pain=fmean(pain) if len(pain) >= 4 else None,
        peg_now=complete[last],
        peg_before=complete[max(before)],
        on=date.fromisoformat(last),
    )


async def exported(world: World, someone: Someone) -> tuple[str, str]:
    """(code, the exported table) of a patient."""
    async with world.store.read() as tx:
        person = await people.person_by_telegram_id(tx, someone.phone.id)
        assert person is not None
        patient = await people.patient_of(tx, person.id)
        assert patient is not None
        view = await view_of(tx, patient, world.clock.at)
        return patient.code, exporting.as_csv(view, await people.steps(tx, patient.id))


async def test_the_digest_says_what_the_exported_tables_say(sqlite_url: str) -> None:
    store = await Store.open(sqlite_url)
    try:
        async with a_world(store) as world:
            await compared(world)
    finally:
        await store.close()


async def compared(world: World) -> None:
    ruiz = await world.clinician("Dr. Ruiz")
    patients = {name: await joined(world, ruiz, name) for name in LIVES}
    for day in range((LAST - date(2026, 3, 2)).days + 1):
        today = date(2026, 3, 2) + timedelta(days=day)
        if day:
            await world.at(f"{today}T08:30")
            for name, someone in patients.items():
                await morning(someone, LIVES[name], day, silent=name == "Cora" and day > 20)
        if day == 4:
            for someone in patients.values():
                await someone.says("/today")
                await someone.taps("First dose tonight")
        await world.at(f"{today}T22:05")
        for name, someone in patients.items():
            await night(someone, LIVES[name], day)
    await ruiz.says("/digest")
    digest = ruiz.keeps().body
    for name, someone in patients.items():
        code, table = await exported(world, someone)
        counted = recount(table, world.clock.at)
        part = digest[digest.index(code) :].split("\nP-")[0]
        doses = re.search(
            r"taken (\d+), skipped \d+, unanswered \d+, undelivered \d+ of (\d+) expected", part
        )
        assert doses is not None, part
        assert (int(doses[1]), int(doses[2])) == (counted.taken, counted.expected), name
        said = re.search(r"pain ([\d.]+|not enough data)", part)
        assert said is not None
        assert said[1] == ("not enough data" if counted.pain is None else f"{counted.pain:.1f}"), name
        peg = re.search(
            r"PEG ([\d.]+) on \w+ (\d+) (\w+), ([\d.]+) at baseline: "
            r"([+-][\d.]+) points, (\d+) % (better|worse)",
            part,
        )
        assert peg is not None, part
        assert (peg[1], peg[4]) == (f"{counted.peg_now:.1f}", f"{counted.peg_before:.1f}"), name
        assert int(peg[2]) == counted.on.day
        assert int(peg[6]) == round(abs(counted.percent)), name
        assert (peg[7] == "better") == (counted.percent >= 0), name
    assert "substantial improvement" in digest
    assert "much worse" in digest
    assert "new: feeling sick, moderate, since Mon 30 Mar on 1.5 mg" in digest
    # The card of the clinician says the same as the digest, and the cohort hides so few.
    await ruiz.says("/cohort")
    ruiz.sees("How patients came out", "n not shown (fewer than 5 in every group, so nothing is shown)")


async def joined(world: World, ruiz: Someone, name: str) -> Someone:
    """Somebody linked, sharing, with check-ins, who waits for the medicine; the baseline answered."""
    someone = await waiting(world, name, checkins=True, clinician=ruiz)
    await world.later(minutes=2)
    await morning(someone, LIVES[name], 0, silent=False)
    return someone
