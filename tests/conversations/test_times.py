"""Bedtimes, one night moved, journeys, a snooze of one's own choice."""

from tests.world import World


async def test_a_new_bedtime_counts_from_the_next_prompt(world: World) -> None:
    ana = await world.patient("Ana", checkins=False)
    await ana.says("/bedtime")
    ana.sees("Prompt 22:00. Morning questions 08:00.")
    await ana.taps("Every night")
    await ana.says("23:15")
    ana.sees("Next prompt: Mon 23:15.", "Prompt 23:15. Morning questions 09:15.")
    await world.at("2026-03-02T23:15")
    ana.sees("Time for tonight's dose")
    ana.never_saw("less than 12 hours")


async def test_an_earlier_time_that_is_over_tonight_counts_from_tomorrow(world: World) -> None:
    ana = await world.patient("Ana", checkins=False)
    await world.at("2026-03-02T21:30")
    await ana.says("/bedtime")
    await ana.taps("Every night")
    await ana.says("20:00")
    ana.sees("Next prompt: Mon 22:00.", "Prompt 20:00")
    await world.at("2026-03-02T22:00")
    ana.sees("Time for tonight's dose")
    await ana.taps("Taken")
    await world.at("2026-03-03T20:00")
    ana.sees("Time for tonight's dose")
    ana.never_saw("This one is late")


async def test_a_second_time_a_day_that_is_over_today_was_never_due(world: World) -> None:
    ana = await world.patient("Ana", checkins=False)
    await world.at("2026-03-02T23:30")
    await ana.taps("Taken")
    await ana.says("/plan")
    await ana.taps("Days and times")
    await ana.taps("Two times a day")
    for words in ("08:00", "20:00", "0.5 mg"):
        await ana.says(words)
    await world.at("2026-03-03T20:00")
    await ana.says("/today")
    ana.never_saw("never reached you")


async def test_weekends_have_a_time_of_their_own(world: World) -> None:
    ana = await world.patient("Ana", checkins=False)
    await ana.says("/bedtime")
    await ana.taps("Weekends only")
    await ana.says("00:30")
    ana.sees("Prompt 22:00, weekends 00:30")
    for day in range(2, 7):
        await world.at(f"2026-03-{day:02}T22:01")
        await ana.taps("Taken")
    with ana.silence():
        await world.at("2026-03-08T00:29")
    await world.at("2026-03-08T00:30")
    ana.sees("Time for tonight's dose")


async def test_times_that_would_cost_a_dose_are_refused_and_nothing_changes(world: World) -> None:
    ana = await world.patient("Ana", checkins=False)
    await ana.says("/bedtime")
    await ana.taps("Weekends only")
    await ana.says("11:00")
    ana.sees("at most nine hours apart", "Nothing was changed")
    await ana.says("/bedtime")
    ana.sees("Prompt 22:00. Morning")


async def test_one_night_is_moved_and_the_others_stay(world: World) -> None:
    ana = await world.patient("Ana", checkins=False)
    await ana.says("/bedtime")
    await ana.taps("Only the next prompt")
    await ana.says("23:30")
    ana.sees("Next prompt: Mon 23:30.")
    with ana.silence():
        await world.at("2026-03-02T23:29")
    await world.at("2026-03-02T23:30")
    ana.sees("Time for tonight's dose: 1.5 mg.")
    await ana.taps("Taken")
    await world.at("2026-03-03T22:00")
    ana.sees("Time for tonight's dose: 1.5 mg.")


async def test_a_moved_night_stays_moved_when_something_else_changes(world: World) -> None:
    ana = await world.patient("Ana")
    await ana.says("/bedtime")
    await ana.taps("Only the next prompt")
    await ana.says("23:30")
    await ana.says("/settings")
    await ana.taps("Check-ins: ✅ on")
    with ana.silence():
        await world.at("2026-03-02T23:29")
    await world.at("2026-03-02T23:30")
    ana.sees("Time for tonight's dose")


async def test_a_night_cannot_be_moved_next_to_another_dose(world: World) -> None:
    ana = await world.patient("Ana", checkins=False)
    await ana.says("/bedtime")
    await ana.taps("Only the next prompt")
    await ana.says("11:00")
    ana.sees("less than 12 hours from another dose", "Nothing was changed")
    await ana.says("17:00")
    ana.sees("That time is over for this dose")


async def test_a_snooze_of_ones_own_choice_is_typed(world: World) -> None:
    ana = await world.patient("Ana", checkins=False)
    await ana.says("snooze 40")
    ana.sees("There is no open prompt to move")
    await world.at("2026-03-02T22:00")
    await ana.says("snooze 40")
    ana.sees("I will ask again at 22:40.")
    await world.at("2026-03-02T22:40")
    assert ana.sees("Time for tonight's dose").silent
    await ana.says("remind me at 23:50")
    ana.sees("I will ask again at 23:50.")
    await world.at("2026-03-02T23:50")
    await ana.says("remind me in an hour")
    ana.sees("I will ask again at 00:50.")
    await ana.says("remind me about dinner")
    ana.never_saw("I will ask again at 01:50.")


async def test_on_a_journey_the_numbers_and_the_clock_follow_and_the_next_prompt_is_named(
    world: World,
) -> None:
    ana = await world.patient("Ana", checkins=False)
    await world.at("2026-03-02T22:01")
    await ana.taps("Taken")
    await world.at("2026-03-03T10:00")
    await ana.says("/timezone")
    await ana.says("Sydney")
    ana.sees("Sydney, Australia. Emergency number 000. It is 21:00 there now. Right?")
    await ana.taps("Right")
    ana.sees(
        "Should your prompt follow the clock here",
        buttons=["Local bedtime: next Tue 22:00", "Home time: next Wed 09:00 here"],
    )
    await ana.taps("Local bedtime: next Tue 22:00")
    ana.sees("Your prompts follow the clock here", "Tue 22:00, local time")
    await world.at("2026-03-03T22:00", "Australia/Sydney")
    ana.sees("Time for tonight's dose")


async def test_home_time_is_kept_where_the_patient_chose_it(world: World) -> None:
    ana = await world.patient("Ana", checkins=False)
    await world.at("2026-03-02T22:01")
    await ana.taps("Taken")
    await ana.says("/timezone")
    await ana.says("New York City")
    await ana.taps("Right")
    await ana.taps("Home time: next Tue 17:00 here")
    ana.sees("Your prompts stay at home time", "Emergency number here: 911")
    await world.at("2026-03-03T22:00")
    ana.sees("Time for tonight's dose")
    await ana.taps("Taken")

    await ana.says("/timezone")
    await ana.says("Lisbon")
    await ana.taps("Right")
    ana.sees("Set: Lisbon, Portugal", "Wed 22:00, local time")
    await world.at("2026-03-04T22:00")
    ana.sees("Time for tonight's dose")


async def test_a_night_less_than_twelve_hours_after_the_last_dose_is_left_out_and_said(world: World) -> None:
    ana = await world.patient("Ana", checkins=False)
    await world.at("2026-03-02T22:01")
    await ana.taps("Taken")
    await ana.says("/timezone")
    await ana.says("Auckland")
    await ana.taps("Right")
    await ana.taps("Local bedtime: next Wed 22:00")
    ana.saw("Wed 22:00, local time")
    ana.saw("less than 12 hours after the last dose")
    with ana.silence():
        await world.at("2026-03-04T21:59", "Pacific/Auckland")
    await world.at("2026-03-04T22:00", "Pacific/Auckland")
    ana.sees("Time for tonight's dose")


async def test_a_shared_location_is_a_place_too(world: World) -> None:
    ana = await world.patient("Ana", checkins=False)
    await ana.says("/timezone")
    ana.phone.send_location(40.42, -3.7)
    await world.settle()
    ana.sees("Spain", "Emergency number 112")
    await ana.taps("Not right")
    ana.sees("Where are you now?")
