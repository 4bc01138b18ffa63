"""Supply: counted doses, a refill in time, running out."""

from tests.world import Someone, World


async def counted(world: World, ana: Someone, doses: int) -> None:
    await ana.says("/refill")
    await ana.taps("Count doses")
    await ana.says(str(doses))
    ana.sees(f"{doses} doses left by your count")


async def test_each_dose_taken_is_one_fewer_and_a_correction_gives_it_back(world: World) -> None:
    ana = await world.patient("Ana", checkins=False)
    await counted(world, ana, 30)
    await world.at("2026-03-02T22:01")
    await ana.taps("Taken")
    await ana.says("/refill")
    ana.sees("29 doses left by your count")
    await ana.says("/correct")
    await ana.taps("Mon 2 Mar: Recorded as taken at 22:01")
    await ana.taps("Skip")
    await ana.taps("Forgot")
    await ana.says("/refill")
    ana.sees("30 doses left by your count")


async def test_one_quiet_reminder_for_each_count_when_the_lead_time_has_come(world: World) -> None:
    ana = await world.patient("Ana", checkins=False)
    await counted(world, ana, 10)
    for day in range(2, 8):
        await world.at(f"2026-03-{day:02}T22:01")
        await ana.taps("Taken")
    # Ten counted: with seven days of notice the fourth morning is the first with seven left.
    assert ana.count("It may be time to ask for a refill") == 1
    assert ana.saw("7 doses left by your count. It may be time").silent


async def test_the_date_on_the_label_counts_as_well(world: World) -> None:
    ana = await world.patient("Ana", checkins=False)
    await counted(world, ana, 90)
    await ana.says("/refill")
    await ana.taps("Date on the label")
    await ana.says("2026-03-12")
    ana.sees("Use by Thu 12 Mar")
    await world.at("2026-03-05T09:00")
    ana.saw("90 doses left by your count, use by Thu 12 Mar. It may be time to ask for a refill.")


async def test_a_date_that_is_over_sends_to_the_pharmacist(world: World) -> None:
    ana = await world.patient("Ana", checkins=False)
    await ana.says("/refill")
    await ana.taps("Date on the label")
    await ana.says("2026-02-20")
    ana.saw("ask your pharmacist before you take any of it")


async def test_running_out_is_told_to_the_clinic_once_and_asked_about_until_it_has_arrived(
    world: World,
) -> None:
    ruiz = await world.clinician("Dr. Ruiz")
    ana = await world.patient("Ana", clinician=ruiz, checkins=False)
    await world.at("2026-03-02T22:01")
    await ana.taps("Skip")
    await ana.taps("Ran out")
    ana.sees("It is on your clinic's list", "Do not take extra later")
    await ruiz.says("/digest")
    ruiz.sees("Has run out of the medicine.")
    await world.at("2026-03-03T22:01")
    await ana.taps("Skip")
    await ana.taps("Ran out")
    await world.at("2026-03-05T09:00")
    ana.sees("Has your medicine arrived?")
    await ana.taps("Yes")
    ana.sees("does it say the same as your plan?", "Now: 1.5 mg")
    await ana.taps("Yes, the same")
    await ana.taps("Count doses")
    await ana.says("60")
    await world.at("2026-03-09T12:00")
    assert ana.count("Has your medicine arrived?") == 0
    await ruiz.says("/digest")
    assert ruiz.sees("Has run out").body.count("Has run out of the medicine.") == 1


async def test_what_is_no_number_changes_nothing_and_a_question_is_still_answered(world: World) -> None:
    ana = await world.patient("Ana", checkins=False)
    await ana.says("/refill")
    await ana.taps("Count doses")
    await ana.says("1000")
    ana.sees("a whole number from 0 to 400. Nothing was changed")
    await ana.says("what is LDN?")
    ana.sees("More:")
    await ana.says("20")
    ana.sees("20 doses left")


async def test_a_number_typed_next_morning_is_not_last_evenings_answer(world: World) -> None:
    ana = await world.patient("Ana")
    await world.at("2026-03-02T22:01")
    await ana.taps("Taken")
    await ana.says("/refill")
    await ana.taps("Count doses")
    await world.at("2026-03-03T08:00")
    await ana.says("4")
    ana.saw("Sleep 4")
    await ana.says("/refill")
    ana.sees("No doses counted yet")
