"""/today: the doses of the day, what keeps prompts away and how to end it, and when the next one comes."""

from tests.conversations.people import waiting
from tests.world import Someone, World


async def twice_a_day(ana: Someone) -> None:
    await ana.says("/plan")
    await ana.taps("Days and times")
    await ana.taps("Two times a day")
    for words in ("08:00", "20:00", "0.75 mg"):
        await ana.says(words)


async def test_both_doses_of_a_day_with_two_times(world: World) -> None:
    ana = await world.patient("Ana", checkins=False)
    await twice_a_day(ana)
    await world.at("2026-03-03T08:10")
    await ana.taps("Taken")
    await world.at("2026-03-03T12:00")
    await ana.says("/today")
    ana.sees(
        "Your plan: 1.5 mg, capsule, at 08:00.\nAnd 0.75 mg",
        "08:00: Recorded as taken at 08:10.\n20:00: still to come.",
        "Next prompt: Tue 20:00",
    )
    await world.at("2026-03-03T20:05")
    await ana.says("/today")
    ana.sees("taken at 08:10.\n20:00: not answered yet.", buttons=["Taken", "Snooze 15", "30", "60", "Skip"])
    await ana.taps("30")
    await ana.says("/today")
    ana.sees("20:00: snoozed, I ask again at 20:35.")


async def test_a_time_of_the_day_that_was_never_due_is_not_spoken_of(world: World) -> None:
    ana = await world.patient("Ana", checkins=False)
    await twice_a_day(ana)
    await world.at("2026-03-02T20:05")
    await ana.taps("Taken")
    await ana.says("/today")
    ana.sees("20:00: Recorded as taken at 20:05.")
    assert "08:00: " not in ana.keeps().body


async def test_a_snoozed_dose_names_its_time(world: World) -> None:
    ana = await world.patient("Ana", checkins=False)
    await world.at("2026-03-02T22:00")
    await ana.taps("60")
    await world.at("2026-03-02T22:10")
    await ana.says("/today")
    ana.sees("Snoozed: I ask again at 23:00.", "Next prompt: Tue 22:00")


async def test_a_pause_says_until_when_and_is_ended_from_here(world: World) -> None:
    ana = await world.patient("Ana", checkins=False)
    await ana.says("/pause")
    await ana.taps("Yes, I take it without prompts")
    await ana.taps("7 days, until Mon 9 Mar")
    await world.at("2026-03-04T12:00")
    await ana.says("/today")
    ana.sees("Prompts are paused until Mon 9 Mar.", buttons=["End the pause"])
    assert "not expected" not in ana.keeps().body
    await ana.taps("End the pause")
    ana.sees("The pause is over.")
    await ana.says("/today")
    ana.sees("Next prompt: Wed 22:00")
    assert "End the pause" not in ana.keeps().labels


async def test_a_hold_says_who_ends_it(world: World) -> None:
    ruiz = await world.clinician("Dr. Ruiz")
    ana = await world.patient("Ana", clinician=ruiz, checkins=False)
    code = ana.saw("Your code is").body.split("Your code is ")[1].split(".")[0]
    await ruiz.says("/patients")
    await ruiz.taps(code)
    await ruiz.taps("Hold prompts")
    await world.at("2026-03-03T12:00")
    await ana.says("/today")
    ana.sees("held by your clinic. They start again when your clinic ends the hold.", buttons=[])
    assert "No prompt is planned" not in ana.keeps().body


async def test_a_safety_pause_asks_its_question(world: World) -> None:
    ana = await world.patient("Ana", checkins=False)
    await world.at("2026-03-02T22:00")
    await ana.taps("Skip")
    await ana.taps("In hospital / accident")
    await ana.says("/today")
    ana.sees("Have you been able to speak to a health professional?")
    assert ana.keeps().labels[-3:] == ["Not yet", "Yes, told to continue", "Yes, told not to take it"]


async def test_reminders_that_are_off_are_turned_on_in_the_settings(world: World) -> None:
    ana = await world.patient("Ana", checkins=False)
    await ana.says("/settings")
    await ana.taps("Reminders: ✅ on")
    await ana.says("/today")
    ana.sees("Reminders are off. /settings turns them on.")


async def test_a_dose_told_during_a_pause_is_kept_and_not_counted(world: World) -> None:
    ana = await world.patient("Ana", checkins=False)
    await world.at("2026-03-02T22:00")
    prompt = ana.keeps()
    await ana.says("/pause")
    await ana.taps("Yes, I take it without prompts")
    await ana.taps("No end date")
    await ana.taps("Taken", on=prompt)
    await ana.says("/today")
    ana.sees("taken at 22:00, as you told me. No dose was expected, so it is kept and not counted.")
    await ana.says("/progress")
    ana.sees("0 taken, 0 skipped, 0 unanswered, 0 undelivered, of 0 expected.")


async def test_on_a_journey_with_home_time_both_clocks_are_named(world: World) -> None:
    ana = await world.patient("Ana", checkins=False)
    await ana.says("/timezone")
    await ana.says("New York")
    await ana.taps("Right")
    await ana.taps(next(one for one in ana.keeps().labels if "home" in one.lower()))
    await ana.says("/today")
    ana.sees("at 22:00 (home time, Europe/Lisbon).", "Next prompt: Mon 17:00 here, 22:00 home time.")


async def test_a_change_that_is_unread_is_not_named(world: World) -> None:
    ruiz = await world.clinician("Dr. Ruiz")
    ana = await world.patient("Ana", clinician=ruiz, checkins=False)
    code = ana.saw("Your code is").body.split("Your code is ")[1].split(".")[0]
    await ruiz.says("/patients")
    await ruiz.taps(code)
    await ruiz.taps("Record a step")
    await ruiz.says("4.5")
    await ruiz.taps("Capsule")
    await ruiz.taps("The label does not say")
    await ruiz.taps(next(one for one in ruiz.keeps().labels if one.startswith("Tonight")))
    await ruiz.taps("No review day")
    await ruiz.taps("Record it")
    await ana.says("/today")
    assert "mg" not in ana.sees("Your plan changed. /plan shows it.").body
    await ana.says("/plan")
    await ana.says("/today")
    ana.sees("Your plan: 4.5 mg")


async def test_before_a_first_night_it_can_be_set(world: World) -> None:
    ana = await waiting(world, "Ana")
    await ana.says("/today")
    ana.sees("Your plan: 1.5 mg, capsule, at 22:00.", buttons=["First dose tonight"])
