"""Days and times of day of a plan; a clinic's link opened later."""

from tests.world import Someone, World


async def rhythm(ana: Someone, kind: str) -> None:
    await ana.says("/plan")
    await ana.taps("Days and times")
    await ana.taps(kind)


async def test_every_second_night_brings_every_second_prompt(world: World) -> None:
    ana = await world.patient("Ana", checkins=False)
    await rhythm(ana, "Every second night, from tonight")
    await world.at("2026-03-02T22:01")
    ana.sees("Time for tonight's dose")
    await ana.taps("Taken")
    with ana.silence():
        await world.at("2026-03-04T21:59")
    await world.at("2026-03-04T22:00")
    ana.sees("Time for tonight's dose")


async def test_chosen_weekdays_are_ticked(world: World) -> None:
    ana = await world.patient("Ana", checkins=False)
    await rhythm(ana, "Only on chosen weekdays")
    await ana.taps("Tuesday")
    await ana.taps("Friday")
    await ana.taps("Done")
    ana.sees("Recorded. /plan shows it.")
    with ana.silence():
        await world.at("2026-03-03T21:59")
    await world.at("2026-03-03T22:00")
    await ana.taps("Taken")
    with ana.silence():
        await world.at("2026-03-06T21:59")
    await world.at("2026-03-06T22:00")
    ana.sees("Time for tonight's dose")
    await ana.says("/plan")
    ana.sees("On Tuesday, Friday at 22:00")


async def test_two_times_a_day_are_two_doses_each_with_its_own_record(world: World) -> None:
    ana = await world.patient("Ana", checkins=False)
    await rhythm(ana, "Two times a day")
    await ana.says("09:00")
    await ana.says("08:00")
    await ana.says("0.75 mg")
    ana.sees("The second time must be later in the day")
    await rhythm(ana, "Two times a day")
    await ana.says("08:00")
    await ana.says("20:00")
    await ana.says("0.75 mg")
    ana.sees("second dose 0.75 mg")
    await world.at("2026-03-02T20:00")
    ana.sees("Time for tonight's dose: 0.75 mg.")
    await ana.taps("Taken")
    await world.at("2026-03-03T08:00")
    ana.sees("Time for today's dose: 1.5 mg.")
    await ana.taps("Taken")
    await world.at("2026-03-03T20:00")
    ana.sees("Time for tonight's dose: 0.75 mg.")


async def test_the_clinician_sets_the_rhythm_of_a_linked_patient(world: World) -> None:
    ruiz = await world.clinician("Dr. Ruiz")
    ana = await world.patient("Ana", clinician=ruiz, checkins=False)
    await ana.says("/plan")
    assert "Days and times" not in ana.keeps().labels
    await ruiz.says("/patients")
    await ruiz.taps(ruiz.keeps().labels[0])
    await ruiz.taps("Days and times")
    await ruiz.taps("Every second night, from tonight")
    ana.sees("Your clinic has updated your plan")
    await world.at("2026-03-02T22:01")
    await ana.taps("Taken")
    with ana.silence():
        await world.at("2026-03-04T21:59")


async def test_another_time_of_day_is_named_by_its_own_date(world: World) -> None:
    ana = await world.patient("Ana", checkins=False)
    await rhythm(ana, "Every day, not at bedtime")
    await ana.says("09:30")
    await world.at("2026-03-03T09:30")
    ana.sees("Time for today's dose: 1.5 mg.")


async def test_a_clinics_link_opened_later_keeps_the_history_and_asks_for_sharing(world: World) -> None:
    ruiz = await world.clinician("Dr. Ruiz")
    ana = await world.patient("Ana", mg="1.5", checkins=False)
    await world.at("2026-03-02T22:01")
    await ana.taps("Taken")
    token = await world.invite(ruiz, "3", days=2)
    await ana.starts(token)
    ana.sees("Harbour Pain Clinic has this plan for you: 3 mg", "Now: 1.5 mg", "it stays in your record")
    await ana.taps("Go on with the clinic's plan")
    await ana.taps("Yes, share")
    ana.sees("Linked. Your clinic sees your answers from now on")
    await ruiz.says("/digest")
    ruiz.sees("taken 1")
    await world.at("2026-03-04T22:00")
    ana.sees("Time for tonight's dose: 3 mg.")

    ben = await world.patient("Ben", checkins=False)
    await ben.starts(token)
    ben.sees("already been used")


async def test_a_link_that_is_not_wanted_changes_nothing(world: World) -> None:
    ruiz = await world.clinician("Dr. Ruiz")
    ana = await world.patient("Ana", checkins=False)
    await ana.starts(await world.invite(ruiz, "3"))
    await ana.taps("Not now")
    ana.sees("Nothing was changed.")
    await ruiz.says("/patients")
    ruiz.sees("No patient shares with you yet")
    await world.at("2026-03-02T22:00")
    ana.sees("Time for tonight's dose: 1.5 mg.")
