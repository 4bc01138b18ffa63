"""The ledger: for any patient and dose day what was owed, sent and answered, when, and why not."""

from datetime import date, timedelta

import pytest
from sqlalchemy import text

from bot.ledger import draw
from services import ledger
from storage import people
from tests.world import Someone, World


async def page(
    world: World, someone: Someone, first: str | None = None, last: str | None = None
) -> list[str]:
    """The ledger as the command prints it."""
    days = [None if day is None else date.fromisoformat(day) for day in (first, last)]
    async with world.store.read() as tx:
        found = await ledger.ledger_of(tx, await code_of(world, someone), world.clock.at, *days)
    return list(draw(found, world.clock.at))


async def code_of(world: World, someone: Someone) -> str:
    async with world.store.read() as tx:
        person = await people.person_by_telegram_id(tx, someone.phone.id)
        assert person is not None
        patient = await people.patient_of(tx, person.id)
    assert patient is not None
    return patient.code


def nights(lines: list[str]) -> dict[str, str]:
    """Dose day -> the rest of its line; every day once."""
    found: dict[str, str] = {}
    for line in lines:
        if line[:4] == "2026":
            assert line[:10] not in found
            found[line[:10]] = line[16:].strip()
    return found


def squeezed(line: str) -> str:
    return " ".join(line.split())


async def test_a_taken_dose_tells_what_was_sent_and_answered_and_when(world: World) -> None:
    ana = await world.patient("Ana")
    await world.at("2026-03-02T22:04")
    await ana.taps("Taken")
    await world.at("2026-03-03T08:05")
    await ana.taps("3")
    await ana.taps("5")
    lines = await page(world, ana, last="2026-03-02")
    assert lines[0] == f"Patient {await code_of(world, ana)}, active, Europe/Lisbon, as of 2026-03-03 08:05"
    assert lines[1] == "Start night 2026-03-02 Mon"
    assert squeezed(lines[3]) == (
        "2026-03-02 Mon 22:00 WET Europe/Lisbon taken 22:04 1.5 mg prompt sent 22:00; answered taken 22:04; "
        "reminder dropped: answered; morning Tue: check-in sent 08:00, 2 answered 08:05"
    )
    assert lines[4] == "1 dose days from 2026-03-02 Mon to 2026-03-02 Mon; none missing."


async def test_every_night_has_one_line_and_each_its_reason(world: World) -> None:
    ana = await world.patient("Ana", checkins=False)
    await world.at("2026-03-02T22:10")
    await ana.taps("Snooze 15")
    await world.at("2026-03-02T22:30")
    await ana.taps("Skip")
    await ana.taps("Side effect")
    await world.at("2026-03-03T22:05")  # nobody answers
    await world.at("2026-03-04T21:00")
    world.telegram.faults.add("server_error", "sendMessage", times=500)
    await world.at("2026-03-05T02:00")  # nothing arrives
    world.telegram.faults.planned.clear()
    await world.at("2026-03-05T22:00")
    await ana.taps("Taken")
    await ana.says("I took tramadol")  # safety pause
    await world.at("2026-03-06T23:00")

    found = nights(await page(world, ana))
    assert list(found) == [f"2026-03-0{day}" for day in range(2, 8)]
    assert "skipped: side effect" in found["2026-03-02"]
    assert (
        "snoozed 22:10; snoozed prompt sent 22:25; answered skipped 22:30 (side effect)"
        in found["2026-03-02"]
    )
    assert "unanswered" in found["2026-03-03"]
    assert "reminder sent 22:45; window closed without an answer Wed 12:00" in found["2026-03-03"]
    assert "undelivered" in found["2026-03-04"]
    assert "prompt not sent by Thu 01:00: server error" in found["2026-03-04"]
    assert "taken 22:00" in found["2026-03-05"]
    assert "not expected: safety pause" in found["2026-03-06"]
    assert "safety question sent 22:00" in found["2026-03-06"]
    assert "safety question owed for 22:00" in found["2026-03-07"]


async def test_a_correction_shows_old_and_new(world: World) -> None:
    ana = await world.patient("Ana", checkins=False)
    await world.at("2026-03-02T22:04")
    await ana.taps("Taken")
    await world.at("2026-03-03T09:00")
    await ana.taps("Correct")
    await ana.taps("Skip")
    await ana.taps("Forgot")
    line = nights(await page(world, ana))["2026-03-02"]
    assert "skipped: forgot, corrected" in line
    assert "answered taken 22:04" in line
    assert "corrected to skipped Tue 09:00 (forgot)" in line


async def test_nights_while_the_bot_was_down_say_so_and_late_prompts_how_late(world: World) -> None:
    ana = await world.patient("Ana", checkins=False)
    await world.at("2026-03-02T22:04")
    await ana.taps("Taken")
    world.clock.at += timedelta(days=3, hours=1)  # nothing ran meanwhile
    await world.settle()
    found = nights(await page(world, ana))
    assert "prompt not sent by" in found["2026-03-03"]
    assert "undelivered" in found["2026-03-04"]
    assert "planned after its grace: the bot was not running" in found["2026-03-04"]
    assert "prompt sent 23:04, 64 min late" in found["2026-03-05"]


async def test_a_day_without_a_line_in_the_record_is_said_to_be_missing(world: World) -> None:
    ana = await world.patient("Ana", checkins=False)
    await world.at("2026-03-05T22:04")
    async with world.store.write() as tx:
        for table in ("dose_event WHERE dose_id IN (SELECT id FROM dose", "dose"):
            closing = ")" if "(" in table else ""
            await tx.run(text(f"DELETE FROM {table} WHERE dose_day = '2026-03-04'{closing}"))
    lines = await page(world, ana)
    assert "MISSING" in nights(lines)["2026-03-04"]
    assert "no dose and no reason was written for this day" in nights(lines)["2026-03-04"]
    assert lines[-1].endswith("; 1 MISSING: 2026-03-04 Wed.")
    assert len(nights(lines)) == 5


async def test_a_blocked_chat_is_the_reason(world: World) -> None:
    ana = await world.patient("Ana", checkins=False)
    world.telegram.faults.add("block", "sendMessage")
    await world.at("2026-03-04T01:30")
    found = nights(await page(world, ana))
    assert "undelivered" in found["2026-03-02"]
    assert "prompt failed: blocked by the user" in found["2026-03-02"]
    assert "prompt dropped: unreachable" in found["2026-03-03"]


async def test_times_are_those_of_the_zone_in_which_the_dose_was_due(world: World) -> None:
    ana = await world.patient("Ana", checkins=False)
    await world.at("2026-03-27T22:00")
    await world.at("2026-03-30T22:01")  # the clocks went forward on the 29th
    found = nights(await page(world, ana, first="2026-03-28", last="2026-03-29"))
    assert list(found) == ["2026-03-28", "2026-03-29"]
    assert found["2026-03-28"].startswith("22:00 WET Europe/Lisbon")
    assert found["2026-03-29"].startswith("22:00 WEST Europe/Lisbon")


async def test_after_a_stop_nothing_is_owed_and_nothing_is_missing(world: World) -> None:
    ana = await world.patient("Ana", checkins=False)
    await world.at("2026-03-03T22:05")
    await ana.says("/stop")
    await ana.taps(ana.keeps().labels[0])
    await world.at("2026-03-09T22:05")
    lines = await page(world, ana)
    assert any(line.startswith("Stopped 2026-03-03 22:05") for line in lines)
    assert lines[-1].endswith("none missing.")
    assert max(nights(lines)) <= "2026-03-04"


async def test_days_outside_and_codes_that_are_none(world: World) -> None:
    ana = await world.patient("Ana", checkins=False)
    before = await page(world, ana, last="2026-03-01")
    assert before[-1] == "No dose was owed on the days asked for."
    async with world.store.read() as tx:
        code = (await code_of(world, ana)).lower()
        found = await ledger.ledger_of(tx, f" {code} ", world.clock.at)
        assert found.patient.code == code.upper()
        with pytest.raises(ledger.NoSuchPatient):
            await ledger.ledger_of(tx, "P-NONE", world.clock.at)


async def test_nobodys_words_ratings_or_name_stand_in_it(world: World) -> None:
    ana = await world.patient("Anastasia")
    await world.at("2026-03-02T22:04")
    await ana.taps("Taken")
    await world.at("2026-03-03T08:05")
    await ana.taps("7")
    await ana.taps("9")
    await ana.says("purple elephants all night")
    whole = "\n".join(await page(world, ana))
    for word in ("Anastasia", "elephant", str(ana.phone.id), " 7", " 9"):
        assert word not in whole
