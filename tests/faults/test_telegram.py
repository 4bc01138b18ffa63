"""Telegram refuses, floods, breaks, loses answers, repeats itself: what becomes of each kind of message."""

import asyncio
from collections import Counter
from datetime import datetime, timedelta

import pytest
from sqlalchemy import update
from telegram import Update

from sandbox import Person
from services import clinics, flags, kinds
from storage import outbox, people
from tests.faults.conftest import House
from tests.faults.crowd import OUTBOX, copies, doses_of, moves_of, prompts, rows_of
from tests.world import Someone

BEDTIME = "2026-03-02T22:00"


def calls_to(house: House, phone: Person, method: str = "sendMessage") -> list[datetime]:
    """When the bot called for this chat."""
    return [
        call.at
        for call in house.telegram.calls
        if call.method == method and str(call.params.get("chat_id")) == str(phone.id)
    ]


async def test_a_429_is_obeyed_and_the_prompt_goes_out_once_afterwards(house: House) -> None:
    """Nothing is sent to that chat before `retry_after` has passed; then one prompt. Nobody else waits."""
    ana, ben = await house.patients(2)
    house.telegram.faults.add("flood", "sendMessage", chat_id=ana.phone.id, retry_after=90)

    await house.at(BEDTIME)
    assert copies([ana.phone, ben.phone]) == [0, 1]
    began = house.clock.at
    await house.later(seconds=89)
    assert calls_to(house, ana.phone) == [began]
    await house.later(seconds=1)
    assert copies([ana.phone, ben.phone]) == [1, 1]
    (dose, *_) = await doses_of(house.store, ana.phone.id)
    assert await moves_of(house.store, dose.id) == ["prompt_accepted"]


async def test_a_429_for_everybody_delays_the_burst_and_loses_nothing(house: House) -> None:
    """By the real clock: a flood in the middle of a burst; each of forty prompts still arrives once."""
    crowd = await house.patients(40)
    house.real_pace(100)
    house.telegram.faults.add("flood", "sendMessage", times=3, retry_after=1)

    await house.at(BEDTIME)
    await house.later(seconds=5)

    assert copies([one.phone for one in crowd]) == [1] * 40
    assert Counter(row.state for row in await rows_of(house.store, kinds.DOSE_PROMPT))["sent"] == 40


@pytest.mark.parametrize(("kind", "code"), [("server_error", 500), ("server_error", 502), ("reset", 0)])
async def test_a_passing_failure_is_retried_and_the_prompt_arrives_once(
    house: House, kind: str, code: int
) -> None:
    """Five failures in a row of each sort: a single prompt arrives within minutes, recorded once."""
    (ana,) = await house.patients(1)
    house.telegram.faults.add(kind, "sendMessage", times=5, code=code)  # type: ignore[arg-type]

    await house.at(BEDTIME)
    await house.later(minutes=6)

    assert prompts(ana.phone) == 1
    (dose, *_) = await doses_of(house.store, ana.phone.id)
    assert (dose.status, await moves_of(house.store, dose.id)) == ("prompted", ["prompt_accepted"])


async def test_a_prompt_that_was_held_up_is_silent_and_says_which_day_it_is_for(house: House) -> None:
    """Half an hour of 502: what then arrives is late, without sound, and names its day."""
    (ana,) = await house.patients(1)
    house.telegram.faults.add("server_error", "sendMessage", times=10_000, code=502)
    await house.at(BEDTIME)
    await house.at("2026-03-02T22:30")
    house.telegram.faults.planned.clear()
    await house.later(minutes=5)

    late = ana.sees("This one is late: it is for Mon 2 Mar, 22:00.")
    assert late.silent


async def test_a_failure_that_does_not_pass_ends_with_the_grace_and_the_dose_is_undelivered(
    house: House,
) -> None:
    """Telegram is away from 22:00 to 02:00: retried to the end of the grace, then never; nothing at night."""
    (ana,) = await house.patients(1)
    house.telegram.faults.add("server_error", "sendMessage", times=100_000, code=502)
    await house.at(BEDTIME)
    await house.at("2026-03-03T02:00")
    tries = len(calls_to(house, ana.phone))
    house.telegram.faults.planned.clear()
    with ana.silence():
        await house.at("2026-03-03T21:59")

    assert tries >= 10
    assert max(calls_to(house, ana.phone)) < house.clock.at.replace(day=3, hour=1, minute=0)
    (dose, following) = await doses_of(house.store, ana.phone.id)
    assert (dose.status, following.status) == ("undelivered", "planned")
    assert await moves_of(house.store, dose.id) == ["give_up"]
    await house.at("2026-03-03T22:00")
    assert prompts(ana.phone) == 1


async def test_a_prompt_whose_answer_was_lost_is_sent_again_and_one_tap_on_either_records_it(
    house: House,
) -> None:
    """In doubt: two prompts at most, one record; the other one only says what is recorded."""
    ana, ben = await house.patients(2)
    for one in (ana, ben):
        house.telegram.faults.add("lost_response", "sendMessage", chat_id=one.phone.id)
    await house.at(BEDTIME)
    assert copies([ana.phone, ben.phone]) == [1, 1]

    # Ana answers before the bot knows that her prompt arrived: nothing more comes.
    await ana.taps("Taken")
    ana.sees("Recorded as taken at 22:00.")
    await house.later(minutes=1)
    assert copies([ana.phone, ben.phone]) == [1, 2]
    # Ben answers the first copy and then the second.
    first, second = (message for message in ben.phone.received if "Taken" in message.labels)
    await ben.taps("Taken", on=first.copy())
    await ben.taps("Skip", on=second.copy())

    for one in (ana, ben):
        (dose, *_) = await doses_of(house.store, one.phone.id)
        assert dose.status == "taken"
        assert dose.amount_ug == 1500
        assert await moves_of(house.store, dose.id) == ["prompt_accepted", "record_taken"]


async def _at_the_reminder(house: House) -> Someone:
    (ana,) = await house.patients(1)
    await house.at("2026-03-02T22:44")
    return ana


async def _at_the_checkin(house: House) -> Someone:
    (ana,) = await house.patients(1, checkins=True)
    await house.at(BEDTIME)
    await ana.taps("Taken")
    await house.at("2026-03-03T07:59")
    return ana


async def _before_the_alert(house: House) -> Someone:
    """The clinician of a patient who is about to write of an opioid; and the patient does."""
    async with house.store.write() as tx:
        clinic = await clinics.add_clinic(tx, "Harbour", "Europe/Lisbon", house.clock.at)
        token = await clinics.invite_clinician(tx, clinic.id, house.clock.at, by="test")
    ruiz = house.newcomer("Ruiz")
    await ruiz.starts(token)
    invite = await house.invite(ruiz)
    (ana,) = await house.patients(1, token=invite)
    await house.settle()
    house.telegram.faults.add("lost_response", "sendMessage", chat_id=ruiz.phone.id)
    await ana.says("I took codeine an hour ago")
    return ruiz


async def test_a_reminder_in_doubt_is_not_sent_again(house: House) -> None:
    """Its answer is lost: one reminder arrived, none follows."""
    ana = await _at_the_reminder(house)
    before = len(ana.phone.received)
    house.telegram.faults.add("lost_response", "sendMessage")
    await house.later(hours=2)

    assert len(ana.phone.received) == before + 1
    assert [row.state for row in await rows_of(house.store, kinds.DOSE_REMINDER)] == ["dropped"]


async def test_a_check_in_in_doubt_is_not_sent_again_and_can_be_answered(house: House) -> None:
    """Its answer is lost: one question arrived, and a tap on it counts."""
    ana = await _at_the_checkin(house)
    before = len(ana.phone.received)
    house.telegram.faults.add("lost_response", "sendMessage")
    await house.later(hours=2)
    assert len(ana.phone.received) == before + 1

    ana.sees("sleep")
    await ana.taps("3")
    ana.sees("pain")
    assert (await rows_of(house.store, kinds.CHECK_IN))[0].state == "dropped"


async def test_a_digest_in_doubt_is_not_sent_again(house: House) -> None:
    """Its answer is lost: one digest arrived, none follows that week."""
    ruiz = await _before_the_alert(house)
    house.telegram.faults.planned.clear()
    await house.later(minutes=5)
    before = len(ruiz.phone.received)
    async with house.store.read() as tx:
        due = await people.next_digest_at(tx)
    assert due is not None
    await house.at(due - timedelta(minutes=1))
    house.telegram.faults.add("lost_response", "sendMessage", chat_id=ruiz.phone.id)
    await house.later(hours=12)

    assert len(ruiz.phone.received) == before + 1
    assert [row.state for row in await rows_of(house.store, kinds.DIGEST)] == ["dropped"]


async def test_an_alert_in_doubt_is_sent_again(house: House) -> None:
    """Its answer is lost: the clinician rather reads it twice than not at all."""
    ruiz = await _before_the_alert(house)
    await house.later(minutes=1)
    assert ruiz.count("Same-day flag RF04") == 2
    assert [row.state for row in await rows_of(house.store, kinds.ESCALATION)] == ["sent"]


async def test_a_follow_up_in_doubt_is_sent_again(house: House) -> None:
    """The question on the morning after a red flag, its answer lost: asked again."""
    (ana,) = await house.patients(1)
    async with house.store.write() as tx:
        person = await people.person_by_telegram_id(tx, ana.phone.id)
        assert person is not None
        patient = await people.patient_of(tx, person.id)
        assert patient is not None
        await flags.raise_flag(
            tx,
            patient,
            category="RF04",
            severity="same-day",
            concept="opioid",
            words=None,
            pause=True,
            now=house.clock.at,
        )
    await house.at("2026-03-03T07:59")
    house.telegram.faults.add("lost_response", "sendMessage")
    await house.later(minutes=5)
    assert ana.count("Checking in after yesterday") == 2


@pytest.mark.parametrize("how", ["block", "deactivate", "forget"])
async def test_a_permanent_refusal_marks_the_chat_and_the_doses_are_undelivered(
    house: House, how: str
) -> None:
    """Blocked, deactivated, chat not found: one try, then none; nights undelivered, consent as it was."""
    (ana,) = await house.patients(1)
    if how == "forget":
        house.telegram.chats.pop(ana.phone.id)
    elif how == "block":
        house.telegram.faults.add("block", "sendMessage")
    else:
        ana.phone.deactivate()
    await house.at("2026-03-04T23:00")

    assert len(calls_to(house, ana.phone)) == 1
    statuses = [dose.status for dose in await doses_of(house.store, ana.phone.id)]
    assert statuses == ["undelivered", "undelivered", "undelivered", "planned"]
    async with house.store.read() as tx:
        person = await people.person_by_telegram_id(tx, ana.phone.id)
        assert person is not None
        assert person.unreachable_at is not None
        patient = await people.patient_of(tx, person.id)
        assert patient is not None
        assert patient.consent_reminders
        assert patient.active


async def test_a_message_that_telegram_will_never_take_is_not_tried_again(house: House) -> None:
    """A 400 is a fault of ours: one call, the dose undelivered, the chat still reachable the next night."""
    (ana,) = await house.patients(1)
    house.telegram.faults.add("server_error", "sendMessage", code=400)
    await house.at("2026-03-03T21:00")
    assert len(calls_to(house, ana.phone)) == 1
    (dose, _) = await doses_of(house.store, ana.phone.id)
    assert dose.status == "undelivered"
    await house.at("2026-03-03T22:00")
    assert prompts(ana.phone) == 1


async def test_a_reply_survives_a_broken_telegram(house: House) -> None:
    """The tap is recorded at once; the screen that says so is drawn when Telegram is back."""
    (ana,) = await house.patients(1)
    await house.at(BEDTIME)
    house.telegram.faults.add("server_error", "*", times=4, code=502)
    await ana.taps("Taken")
    (dose, *_) = await doses_of(house.store, ana.phone.id)
    assert dose.status == "taken"
    await house.later(minutes=2)
    ana.sees("Recorded as taken at 22:00.")


async def test_updates_that_come_twice_and_in_any_order_count_once_each(house: House) -> None:
    """Neighbours swapped and each delivered again: every tap recorded once, nobody answered twice."""
    crowd = await house.patients(6)
    await house.at(BEDTIME)
    for one in crowd:
        one.phone.tap("Taken")
    waiting = list(house.telegram.updates)
    house.telegram.updates.clear()
    mixed = [waiting[number] for number in (1, 0, 0, 3, 2, 3, 5, 5, 4, 1)]
    for raw in mixed:
        await house.bot.application.process_update(Update.de_json(raw, house.bot.application.bot))
    await house.settle()

    for one in crowd:
        one.sees("Recorded as taken at 22:00.")
        one.never_saw("second dose")
        (dose, *_) = await doses_of(house.store, one.phone.id)
        assert await moves_of(house.store, dose.id) == ["prompt_accepted", "record_taken"]


async def test_a_batch_in_the_wrong_order_loses_no_update(house: House) -> None:
    """getUpdates itself gives the newest first: all are handled, and all are confirmed in the end."""
    crowd = await house.patients(3)
    await house.at(BEDTIME)
    for one in crowd:
        one.phone.tap("Taken")
    house.telegram.updates.reverse()
    await house.settle()
    assert [one.phone.last.body.startswith("Recorded as taken") for one in crowd] == [True] * 3


async def test_while_telegram_pauses_us_for_long_a_prompt_does_not_slip_past_its_grace(
    house: House,
) -> None:
    """A row leased before a long pause is judged again when its turn comes: past the grace it is not sent."""
    crowd = await house.patients(12)
    house.real_pace(20)
    sent = 0

    def look(change: object) -> None:
        # In the middle of the burst hours pass: a very long 429, or the machine slept.
        nonlocal sent
        sent += getattr(change, "kind", "") == "message"
        if sent == 4:
            house.clock.at += timedelta(hours=6)

    stop = house.telegram.on_change(look)
    await house.at(BEDTIME)
    await house.settle()
    stop()

    assert sum(copies([one.phone for one in crowd])) <= 5, "sent at 4 a.m."
    undelivered = [dose.status for one in crowd for dose in await doses_of(house.store, one.phone.id)].count(
        "undelivered"
    )
    assert undelivered + sum(copies([one.phone for one in crowd])) == 12
    assert {row.state for row in await rows_of(house.store, kinds.DOSE_PROMPT)} <= {"sent", "expired", "due"}


async def test_a_prompt_whose_turn_comes_late_says_so(house: House) -> None:
    """Leased in time, sent twenty minutes later: silent, with its day."""
    crowd = await house.patients(12)
    house.real_pace(20)
    sent = 0

    def look(change: object) -> None:
        nonlocal sent
        sent += getattr(change, "kind", "") == "message"
        if sent == 4:
            house.clock.at += timedelta(minutes=20)

    stop = house.telegram.on_change(look)
    await house.at(BEDTIME)
    await house.settle()
    stop()

    assert copies([one.phone for one in crowd]) == [1] * 12
    late = [one for one in crowd if one.phone.last.body.startswith("This one is late: it is for Mon")]
    assert len(late) >= 7
    assert all(one.phone.last.silent for one in late)


async def test_a_reply_that_waits_longer_than_its_lease_is_sent_once(house: House) -> None:
    """While a long 429 holds everybody, the tick may take the row over: the person still reads it once."""
    (ana,) = await house.patients(1)
    await house.at(BEDTIME)
    ana.phone.tap("Taken")
    prompt = ana.keeps()
    house.real_pace(20)
    house.bot.delivery._pace.pause(0.6)

    async def hours_pass() -> None:
        await asyncio.sleep(0.2)
        house.clock.at += timedelta(seconds=90)
        await house.bot.deliver_once(house.clock.at)

    async with asyncio.TaskGroup() as group:
        group.create_task(house.bot.poller.run_once())
        group.create_task(hours_pass())
    await house.settle()

    assert len(calls_to(house, ana.phone, "editMessageText")) == 1
    assert prompt.labels
    ana.sees("Recorded as taken")


async def test_the_outbox_holds_no_lease_after_a_bad_night(house: House) -> None:
    """A seeded mixture of every fault over a hundred prompts: each is sent, or given up for a reason."""
    crowd = await house.patients(100)
    for number, one in enumerate(crowd):
        kind = ("flood", "server_error", "reset", "lost_response", "block")[number % 5]
        house.telegram.faults.add(kind, "sendMessage", chat_id=one.phone.id, retry_after=2)  # type: ignore[arg-type]
    await house.at(BEDTIME)
    await house.later(minutes=10)

    states = Counter(row.state for row in await rows_of(house.store, kinds.DOSE_PROMPT))
    assert states["leased"] == 0
    # Blocked chats have a row for the next night already; nothing of tonight is left over.
    async with house.store.read() as tx:
        assert not await outbox.waiting(tx, house.clock.at)
    seen = [prompts(one.phone) for one in crowd]
    expected = {0: 1, 1: 1, 2: 1, 3: 2, 4: 0}
    assert seen == [expected[number % 5] for number in range(100)]


async def test_a_lease_that_nobody_settles_is_taken_up_again(house: House) -> None:
    """A row left leased by a process that is gone goes out when its lease has run out."""
    (ana,) = await house.patients(1)
    await house.at("2026-03-02T21:59")
    async with house.store.write() as tx:
        await tx.run(
            update(OUTBOX)
            .where(OUTBOX.c.kind == kinds.DOSE_PROMPT)
            .values(state="leased", fence=7, leased_until=house.clock.at + timedelta(seconds=90))
        )
    await house.at(BEDTIME)
    assert prompts(ana.phone) == 0
    await house.later(seconds=31)
    assert prompts(ana.phone) == 1
