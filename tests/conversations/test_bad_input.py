"""Bad input gets one plain sentence and changes nothing."""

from datetime import timedelta

import pytest

from storage import people
from tests.world import Someone, World


async def until_amount(world: World) -> Someone:
    ana = world.newcomer("Ana")
    await ana.starts()
    for label in ("I am 18 or over", "Reminders: off", "Continue"):
        await ana.taps(label)
    await ana.says("Lisbon")
    await ana.taps("22:00")
    await ana.taps("Right")
    ana.sees("What amount does your prescription say")
    return ana


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("0", "0.001 mg to 100 mg"),
        ("-1", "0.001 mg to 100 mg"),
        ("1e9 mg", "can't read that amount"),
        ("1000000000 mg", "0.001 mg to 100 mg"),
        ("1,500", "can't tell whether that comma"),
        ("1.50005 mg", "thousandth of a milligram"),
        ("a pill", "can't read that amount"),
    ],
)
async def test_a_wrong_amount_is_refused_and_asked_again(world: World, typed: str, sentence: str) -> None:
    ana = await until_amount(world)
    await ana.says(typed)
    ana.sees(sentence, buttons=[])
    await ana.says("1,5 mg")
    ana.sees("1.5 mg. In which form?")


async def test_a_large_amount_is_repeated_in_words(world: World) -> None:
    ana = await until_amount(world)
    await ana.says("45")
    ana.sees("That is 45 mg: forty-five milligrams. Is that really what the label says?")
    await ana.taps("No, type it again")
    await ana.says("4.5")
    ana.sees("4.5 mg. In which form?")


async def test_an_unknown_place_is_refused_and_asked_again(world: World) -> None:
    ana = world.newcomer("Ana")
    await ana.starts()
    await ana.taps("I am 18 or over")
    await ana.taps("Continue")
    await ana.says("Nowhere/Atall")
    ana.sees("I can't find that place", buttons=[])
    await ana.says("Birmingham")
    ana.sees("Which one do you mean?")
    await ana.taps("Birmingham, United Kingdom")
    await ana.taps("22:00")
    ana.sees("Emergency number 999")


@pytest.mark.parametrize("typed", ["25:70", "half past", "99"])
async def test_a_time_that_is_none_is_refused_and_asked_again(world: World, typed: str) -> None:
    ana = world.newcomer("Ana")
    await ana.starts()
    await ana.taps("I am 18 or over")
    await ana.taps("Continue")
    await ana.says("Lisbon")
    await ana.says(typed)
    ana.sees("I can't read that time")
    await ana.says("10:30 pm")
    ana.sees("Your prompt would come at 22:30")


async def test_an_unknown_an_expired_and_a_used_invite_change_nothing(world: World) -> None:
    ruiz = await world.clinician("Dr. Ruiz")
    token = await world.invite(ruiz)
    ana = world.newcomer("Ana")
    await ana.starts("nonsense")
    ana.sees("I don't know that invite")

    await world.patient("Bea", clinician=ruiz)
    used = next(m for m in world.telegram.people[1003].messages if not m.from_bot).body.removeprefix(
        "/start "
    )
    await ana.starts(used)
    ana.sees("already been used")

    await world.at(world.clock.at + timedelta(days=15))
    await ana.starts(token)
    ana.sees("That invite is too old")
    async with world.store.read() as tx:
        assert await people.person_by_telegram_id(tx, ana.phone.id) is None


async def test_a_button_of_somebody_elses_dose_changes_nothing(world: World) -> None:
    ana = await world.patient("Ana")
    eve = await world.patient("Eve", bedtime="23:00")
    await world.at("2026-03-02T22:00")
    data = next(button.data for row in ana.keeps().buttons for button in row if button.data)
    await world.at("2026-03-02T23:00")
    eve.phone.tap_data(eve.keeps(), data)
    await world.settle()
    eve.sees("belongs to somebody else's record")
    await ana.says("/today")
    ana.sees("Tonight's dose is not answered yet.")


@pytest.mark.parametrize("data", ["d0|taken|1", "d2|taken|1", "zz", "d1|taken|x", "d1|nonsense|1", "1" * 60])
async def test_a_button_of_another_version_is_told_so(world: World, data: str) -> None:
    ana = await world.patient("Ana")
    await world.at("2026-03-02T22:00")
    ana.phone.tap_data(ana.keeps(), data)
    await world.settle()
    ana.sees("no longer works")
    await ana.says("/today")
    ana.sees("Tonight's dose is not answered yet.")


async def test_a_step_of_first_contact_cannot_be_tapped_twice(world: World) -> None:
    ana = world.newcomer("Ana")
    await ana.starts()
    first = ana.keeps()
    await ana.taps("I am 18 or over")
    await ana.taps("I am under 18", on=first)
    ana.sees("no longer works")
    async with world.store.read() as tx:
        assert await people.person_by_telegram_id(tx, ana.phone.id) is not None


async def test_in_a_group_the_bot_says_one_neutral_sentence(world: World) -> None:
    ana = await world.patient("Ana")
    group = world.telegram.group(-100123, "Family", [ana.phone])
    group.say(ana.phone, "/today")
    await world.settle()
    bodies = [message.body for message in group.messages if message.from_bot]
    assert bodies == ["I only talk in private. Please open a chat with me there."]


async def test_where_enrolment_is_by_invite_a_stranger_is_sent_to_the_clinic(sqlite_url: str) -> None:
    from storage.store import Store
    from tests.world import a_world

    store = await Store.open(sqlite_url)
    async with a_world(store, enrolment="invite") as world:
        zoe = world.newcomer("Zoe")
        await zoe.starts()
        zoe.sees("Ask yours for an invite link", "kept nothing about you")
        async with store.read() as tx:
            assert await people.person_by_telegram_id(tx, zoe.phone.id) is None
    await store.close()
