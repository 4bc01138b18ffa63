"""Pauses with and without an end, the medicine taken or not, and the question after seven silent nights."""

from tests.world import World


async def test_a_pause_with_an_end_begins_again_by_itself(world: World) -> None:
    ana = await world.patient("Ana", checkins=False)
    await world.at("2026-03-02T22:01")
    await ana.says("/pause")
    ana.sees("Do you still take the medicine meanwhile?")
    await ana.taps("Yes, I take it without prompts")
    await ana.taps("3 days, until Thu 5 Mar")
    ana.sees("Paused.", "Prompts begin again on Thu 5 Mar")
    with ana.silence():
        await world.at("2026-03-05T07:00")
    await world.at("2026-03-05T09:00")
    assert ana.sees("Your pause ends: prompts begin again tonight.").silent
    await world.at("2026-03-05T22:00")
    ana.sees("Time for tonight's dose: 1.5 mg.")


async def test_while_paused_danger_is_still_read_and_the_pause_can_be_ended(world: World) -> None:
    ana = await world.patient("Ana", checkins=False)
    await ana.says("/pause")
    await ana.taps("Yes, I take it without prompts")
    await ana.taps("No end date")
    await world.at("2026-03-04T21:00")
    await ana.says("I can't breathe and my face is swelling")
    ana.sees("112")
    await ana.says("/pause")
    ana.sees("Prompts are paused.")
    await ana.taps("Stay paused")
    ana.sees("prompts stay paused")


async def test_ending_a_pause_without_a_gap_brings_the_next_prompt(world: World) -> None:
    ana = await world.patient("Ana", checkins=False)
    await ana.says("/pause")
    await ana.taps("Yes, I take it without prompts")
    await ana.says("2026-04-01")
    ana.sees("Prompts begin again on Wed 1 Apr")
    await world.at("2026-03-07T12:00")
    await ana.says("/pause")
    await ana.taps("End the pause")
    ana.sees("The pause is over. Next prompt: Sat 22:00.")
    await world.at("2026-03-07T22:00")
    ana.sees("Time for tonight's dose")


async def test_after_a_gap_without_the_medicine_the_prescriber_is_asked_first(world: World) -> None:
    ruiz = await world.clinician("Dr. Ruiz")
    ana = await world.patient("Ana", clinician=ruiz, checkins=False)
    await ana.says("/pause")
    await ana.taps("No, I am not taking it")
    await ana.taps("7 days, until Mon 9 Mar")
    ana.sees("ask before you start again", "until you say so there are no prompts")
    await world.at("2026-03-09T09:00")
    ana.sees("You paused until today. Shall prompts begin again?", buttons=["End the pause", "Stay paused"])
    with ana.silence():
        await world.at("2026-03-11T12:00")
    await ana.taps("End the pause")
    ana.sees(
        "Ask your prescriber before you start again",
        buttons=["Not yet", "Yes, told to continue", "Yes, told not to take it"],
    )
    ruiz.saw("RF14")
    await world.at("2026-03-11T22:00")
    ana.sees("Have you been able to speak to a health professional?")
    await ana.taps("Yes, told to continue")
    await world.at("2026-03-12T22:00")
    ana.sees("Time for tonight's dose")


async def test_an_unreadable_end_changes_nothing(world: World) -> None:
    ana = await world.patient("Ana", checkins=False)
    await ana.says("/pause")
    await ana.taps("Yes, I take it without prompts")
    await ana.says("spring 2026")
    ana.sees("I can't read that date")
    await ana.says("2026-02-01")
    ana.sees("That day is over")
    await world.at("2026-03-02T22:00")
    ana.sees("Time for tonight's dose")


async def seven_silent_nights(world: World) -> None:
    await world.at("2026-03-09T12:30")


async def test_after_seven_silent_nights_one_question_and_then_silence(world: World) -> None:
    ruiz = await world.clinician("Dr. Ruiz")
    ana = await world.patient("Ana", clinician=ruiz, checkins=False)
    await seven_silent_nights(world)
    await world.at("2026-03-10T08:30")
    question = ana.sees(
        "I have not heard from you for seven nights. Shall I keep going?",
        buttons=["Yes", "Pause", "I have stopped the medicine", "It's the timing"],
    )
    assert question.silent
    with ana.silence():
        await world.at("2026-03-20T12:00")
    await ruiz.says("/digest")
    ruiz.sees("safety pause since")


async def test_keep_going_asks_first_whether_they_have_spoken_to_somebody(world: World) -> None:
    ana = await world.patient("Ana", checkins=False)
    await seven_silent_nights(world)
    await world.at("2026-03-10T08:30")
    await ana.taps("Yes")
    ana.sees("Ask your prescriber before you start again")
    await ana.taps("Yes, told to continue")
    ana.sees("Dose prompts are on again", "Tue 22:00")


async def test_it_is_the_timing_leads_to_the_times(world: World) -> None:
    ana = await world.patient("Ana", checkins=False)
    await seven_silent_nights(world)
    await world.at("2026-03-10T08:30")
    await ana.taps("It's the timing")
    ana.sees("Your times", "Prompt 22:00")


async def test_having_stopped_ends_every_message(world: World) -> None:
    ana = await world.patient("Ana", checkins=False)
    await seven_silent_nights(world)
    await world.at("2026-03-10T08:30")
    await ana.taps("I have stopped the medicine")
    ana.sees("I will not write to you any more")
    with ana.silence():
        await world.at("2026-03-20T12:00")


async def test_nights_skipped_with_a_reason_are_no_silence(world: World) -> None:
    ana = await world.patient("Ana", checkins=False)
    for day in range(2, 9):
        await world.at(f"2026-03-{day:02}T22:05")
        await ana.taps("Skip")
        await ana.taps("Felt better")
    await world.at("2026-03-10T12:00")
    ana.never_saw("I have not heard from you")
    ana.saw("Have you been able to speak to a health professional?")


async def test_told_to_pause_offers_the_pause_at_once(world: World) -> None:
    ana = await world.patient("Ana", checkins=False)
    await world.at("2026-03-02T22:01")
    await ana.taps("Skip")
    await ana.taps("Told to pause")
    ana.saw("Follow what they said")
    ana.sees("Do you still take the medicine meanwhile?")
    await ana.taps("No, I am not taking it")
    await ana.taps("No end date")
    with ana.silence():
        await world.at("2026-03-04T12:00")
