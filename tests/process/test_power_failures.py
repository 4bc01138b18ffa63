"""SIGKILL at bad moments: nothing is lost, nothing counts twice."""

import asyncio
import json
import signal
from datetime import time

import pytest
from sqlalchemy import text

from sandbox import Change
from storage import inbox, people
from tests.process.conftest import Phone, Rig, until

pytestmark = pytest.mark.process


async def test_a_first_contact_survives_four_power_failures(rig: Rig) -> None:
    ana = rig.phone(1001, "Ana")
    await rig.child.start()
    ana.person.start()
    await ana.sees("Are you 18 or over?")
    await ana.taps("I am 18 or over", "You decide what I may do")
    await ana.taps("Reminders: off", "You decide")
    await until(lambda: ana.person.last.labels[0] == "Reminders: ✅ on", 5)

    async def power_failure() -> None:
        await rig.at_rest()
        await rig.child.kill()

    await power_failure()  # between two switches; the next taps come while it is down
    ana.person.tap("Check-ins: off")
    await rig.child.start()
    await until(lambda: ana.person.last.labels[1] == "Check-ins: ✅ on", 8)
    await ana.taps("Continue", "Where are you now?")

    await power_failure()  # before a typed answer
    await rig.child.start()
    await ana.says("Lisbon", "When do you want the prompt?")
    await ana.taps("22:00", "Right?")

    await power_failure()  # what was echoed is confirmed while it is down
    ana.person.tap("Right")
    await rig.child.start()
    await ana.sees("What amount does")
    await ana.says("1,5 mg", "In which form?")
    await ana.taps("Capsule", "Where do you stand")
    await ana.taps("I already take it", "Since about when?")
    await ana.taps("1 to 4 weeks", "Safety check")

    _kill_after(rig, "edit", 1)  # at the moment when the last screen is drawn
    ana.person.tap("None of these")
    assert await rig.child.wait() == -signal.SIGKILL
    await rig.child.start()
    await ana.sees("All set.")
    await ana.says("/today", "Your plan: 1.5 mg, capsule, at 22:00.")
    await rig.at_rest()
    await rig.child.stop()

    for question in ("18 or over?", "You decide", "Where are you now?", "Safety check"):
        assert ana.count(question) <= 1, question
    assert ana.count("All set.") == 1
    async with rig.record() as store, store.read() as tx:
        person = await people.person_by_telegram_id(tx, 1001)
        assert person is not None
        assert (person.zone, person.country) == ("Europe/Lisbon", "PT")
        patient = await people.patient_of(tx, person.id)
        assert patient is not None
        assert patient.active
        assert (patient.consent_reminders, patient.consent_checkins) == (True, True)
        assert (patient.dose_wall, patient.standing) == (time(22), "taking")
        assert [(step.amount_ug, step.form) for step in await people.steps(tx, patient.id)] == [
            (1500, "capsule")
        ]
        assert await inbox.conversation(tx, person.id) is None
        assert await tx.session.scalar(text("SELECT count(*) FROM patient")) == 1


async def test_a_hundred_fetched_updates_survive_a_power_failure(rig: Rig) -> None:
    crowd = [rig.phone(1001 + number, f"Person {number}") for number in range(100)]
    for phone in crowd:
        phone.person.start()

    _kill_after(rig, "message", 30)
    await rig.child.start()
    assert await rig.child.wait() == -signal.SIGKILL
    before = sum(bool(phone.person.received) for phone in crowd)
    assert 30 <= before < 100, "the kill came too late to prove anything"
    assert len(rig.telegram.updates) == 100, "confirmed before they were handled"

    await rig.child.start()
    await until(lambda: all(phone.count("Are you 18 or over?") for phone in crowd), 15)
    await rig.at_rest()
    await rig.child.stop()

    seen = [phone.count("Are you 18 or over?") for phone in crowd]
    assert max(seen) <= 2
    assert seen.count(2) <= 32, "more repeats than there can be updates in hand"
    assert not rig.telegram.updates
    async with rig.record() as store, store.read() as tx:
        for table in ("person", "conversation", "handled_update", "outbox"):
            assert await tx.session.scalar(text(f"SELECT count(*) FROM {table}")) == 100, table
    assert await rig.outbox() == {"sent": 100}


async def test_a_hundred_taps_that_each_turn_a_switch_count_once_each(rig: Rig) -> None:
    # Twenty people turn their switch five times: who is counted twice, or not at all, ends with it off.
    crowd = [rig.phone(1001 + number, f"Person {number}") for number in range(20)]
    await rig.child.start()
    for phone in crowd:
        phone.person.start()
    for phone in crowd:
        await phone.sees("Are you 18 or over?")
        phone.person.tap("I am 18 or over")
    for phone in crowd:
        await phone.sees("You decide")
    await rig.at_rest()

    _kill_after(rig, "edit", 30)
    for phone in crowd:
        for _ in range(5):
            _turns_the_switch(phone)
    assert await rig.child.wait() == -signal.SIGKILL
    assert len(rig.telegram.updates) == 100
    await rig.child.start()
    await rig.at_rest()
    await rig.child.stop()

    async with rig.record() as store, store.read() as tx:
        for phone in crowd:
            person = await people.person_by_telegram_id(tx, phone.person.id)
            assert person is not None
            conversation = await inbox.conversation(tx, person.id)
            assert conversation is not None
            assert json.loads(conversation.data)["reminders"] is True
    outbox = await rig.outbox()
    assert outbox["sent"] == outbox.total()


async def test_a_reply_left_over_from_a_power_failure_is_not_drawn_over_a_newer_one(rig: Rig) -> None:
    ana = rig.phone(1001, "Ana")
    await rig.child.start()
    ana.person.start()
    await ana.sees("18 or over?")
    await ana.taps("I am 18 or over", "You decide")
    await rig.at_rest()

    _kill_after(rig, "edit", 2)
    for _ in range(3):  # on, off: killed before it is known that this was drawn; on again
        _turns_the_switch(ana)
    assert await rig.child.wait() == -signal.SIGKILL
    await rig.child.start()
    await until(lambda: ana.person.last.labels[0] == "Reminders: ✅ on", 8)
    await asyncio.sleep(2)
    await rig.child.stop()

    assert (await rig.outbox())["leased"] == 0
    assert ana.person.last.labels[0] == "Reminders: ✅ on"


def _turns_the_switch(phone: Phone) -> None:
    phone.person.tap_data(phone.person.last, phone.person.last.buttons[0][0].data or "")


def _kill_after(rig: Rig, kind: str, number: int) -> None:
    """SIGKILL at the moment when Telegram has taken so many of the bot's messages or edits."""
    left = number

    def look(change: Change) -> None:
        nonlocal left
        by_bot = change.message is not None and change.message.from_bot
        if change.kind == kind and by_bot:
            left -= 1
            if left == 0:
                forget()
                rig.child.signal(signal.SIGKILL)

    forget = rig.telegram.on_change(look)
