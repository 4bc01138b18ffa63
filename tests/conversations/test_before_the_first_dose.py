"""Before the first dose: the medicine is waited for."""

from tests.conversations.people import waiting
from tests.world import World


async def test_every_three_days_one_quiet_question_until_it_has_arrived(world: World) -> None:
    ana = await waiting(world, "Ana")
    await world.at("2026-03-04T23:00")
    assert ana.count("Has your medicine arrived?") == 0
    await world.at("2026-03-05T09:00")
    assert ana.saw("Has your medicine arrived?").silent

    await ana.taps("Not yet")
    ana.sees("I will ask again in three days")
    await world.at("2026-03-07T23:00")
    assert ana.count("Has your medicine arrived?") == 0
    await world.at("2026-03-08T09:00")
    assert ana.count("Has your medicine arrived?") == 1


async def test_once_it_has_arrived_the_first_night_is_the_patients_own_choice(world: World) -> None:
    ana = await waiting(world, "Ana")
    await world.at("2026-03-05T09:00")

    await ana.taps("Yes")
    ana.sees("does it say the same as your plan?", buttons=["Yes, the same", "No, it differs"])
    await ana.taps("Yes, the same")
    await ana.taps("First dose tonight")
    ana.sees("Your first prompt comes Thu 22:00")
    await world.at("2026-03-05T22:00")
    ana.sees("Time for tonight's dose: 1.5 mg.")
    await world.at("2026-03-08T12:00")
    assert ana.count("Has your medicine arrived?") == 0


async def test_a_label_that_differs_goes_to_the_pharmacist_before_any_is_taken(world: World) -> None:
    ana = await waiting(world, "Ana")
    await world.at("2026-03-05T09:00")
    await ana.taps("Yes")
    await ana.taps("No, it differs")
    ana.saw("Do not take it until the pharmacist confirms")
    ana.sees("paused dose prompts")
    await world.at("2026-03-05T22:00")
    ana.never_saw("Time for tonight's dose")
