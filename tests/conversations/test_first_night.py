"""The first night, as a patient lives it."""

import pytest

from tests.world import World


async def test_first_contact_takes_at_most_twelve_taps(world: World) -> None:
    ruiz = await world.clinician("Dr. Ruiz")
    ana = world.newcomer("Ana")
    await ana.starts(await world.invite(ruiz))
    ana.sees("Hello Ana", "for Harbour Pain Clinic", "nobody reads this chat live")
    taps = ["I am 18 or over", "Reminders: off", "Check-ins: off", "Sharing: off", "Continue"]
    for label in taps:
        await ana.taps(label)
    ana.sees("Where are you now?")
    await ana.says("Lisbon")
    ana.sees("When do you want the prompt?")
    await ana.taps("22:00")
    ana.sees("Lisbon, Portugal", "Emergency number 112", "Mon 22:00", "Right?")
    await ana.taps("Right")
    ana.sees("Your clinic recorded this plan: 1.5 mg, capsule")
    await ana.taps("Yes")
    await ana.taps("I already take it")
    await ana.taps("1 to 4 weeks")
    ana.sees("Safety check", "tramadol", "kratom")
    await ana.taps("None of these")
    ana.sees("All set", "Your first prompt comes Mon 22:00")
    assert len(taps) + 6 <= 12


async def test_the_prompt_comes_at_bedtime_and_one_tap_records_it(world: World) -> None:
    ana = await world.patient("Ana")

    await world.at("2026-03-02T22:00")
    ana.sees("Time for tonight's dose: 1.5 mg.", buttons=["Taken", "Snooze 15", "30", "60", "Skip"])
    assert "naltrexone" not in ana.keeps().body.lower()

    await world.at("2026-03-02T22:04")
    await ana.taps("Taken")
    ana.sees("Recorded as taken at 22:04.", buttons=["Correct"])

    with ana.silence():
        await world.at("2026-03-03T07:00")


async def test_a_prompt_without_an_answer_is_repeated_once_and_silently(world: World) -> None:
    ana = await world.patient("Ana", checkins=False)

    await world.at("2026-03-02T22:00")
    await world.at("2026-03-02T22:44")
    assert ana.count("reminder") == 0
    await world.at("2026-03-02T22:45")
    assert ana.sees("A quiet reminder").silent
    await world.at("2026-03-03T21:59")
    assert ana.count("reminder") == 1


async def test_an_unanswered_dose_is_asked_about_in_the_morning(world: World) -> None:
    ana = await world.patient("Ana")

    await world.at("2026-03-03T08:00")
    morning = ana.sees("Last night's dose is not answered yet", buttons=["Taken", "Not taken", "Not sure"])
    assert morning.silent
    await ana.taps("Taken")
    ana.saw("Recorded as taken at 22:00.")
    ana.sees("How was your sleep", "0 = best possible sleep", "10 = worst possible sleep")


async def test_the_morning_check_in_is_two_taps_in_one_message(world: World) -> None:
    ana = await world.patient("Ana")
    await world.at("2026-03-02T22:00")
    await ana.taps("Taken")

    await world.at("2026-03-03T08:00")
    first = ana.sees("(1 of 2)", "How was your sleep")
    await ana.taps("3")
    second = ana.sees("(2 of 2)", "Your average pain in the last 24 hours?")
    assert second.message_id == first.message_id
    await ana.taps("6")
    ana.sees("Thank you. Sleep 3. Pain 6.", buttons=["Add a note", "Correct"])


async def test_a_typed_number_answers_the_question_that_is_open(world: World) -> None:
    ana = await world.patient("Ana")
    await world.at("2026-03-02T22:00")
    await ana.taps("Taken")
    await world.at("2026-03-03T08:00")

    await ana.says("11")
    ana.sees("whole number from 0 to 10")
    await ana.says("4")
    ana.sees("Sleep 4 (0 is best, 10 is worst)", "Your average pain")
    await ana.says("7/10")
    ana.sees("Sleep 4. Pain 7.")


async def test_snooze_prompts_again_when_asked(world: World) -> None:
    ana = await world.patient("Ana")
    await world.at("2026-03-02T22:00")
    await ana.taps("30")
    ana.sees("I will ask again at 22:30.")

    await world.at("2026-03-02T22:29")
    assert ana.count("Time for tonight's dose") == 0  # the first prompt was drawn over
    await world.at("2026-03-02T22:30")
    ana.sees("Time for tonight's dose: 1.5 mg.")
    await world.at("2026-03-02T23:15")
    ana.sees("A quiet reminder")
    await ana.taps("Taken")
    ana.sees("Recorded as taken at 23:15.")


async def test_a_skip_asks_for_its_reason_in_one_tap(world: World) -> None:
    ana = await world.patient("Ana")
    await world.at("2026-03-02T22:00")
    await ana.taps("Skip")
    ana.sees("What was the reason?")
    await ana.taps("Forgot")
    ana.sees("Recorded as skipped: forgot.", buttons=["Correct"])


async def test_a_tap_after_midnight_closes_last_nights_dose(world: World) -> None:
    ana = await world.patient("Ana")
    await world.at("2026-03-03T00:40")
    await ana.taps("Taken")
    ana.sees("Recorded as taken at 00:40.")
    await ana.says("/today")
    ana.sees("Last dose (Mon 2 Mar): taken at 00:40.", "Next prompt: Tue 22:00")


async def test_a_second_tap_asks_about_a_second_dose(world: World) -> None:
    ana = await world.patient("Ana")
    await world.at("2026-03-02T22:00")
    prompt = ana.keeps()
    await world.at("2026-03-02T22:04")
    await ana.taps("Taken")
    await world.at("2026-03-02T23:00")

    await ana.taps("Taken", on=prompt)
    ana.sees("Already recorded at 22:04. Did you take a second dose?", buttons=["No", "Yes"])
    await ana.taps("No")
    ana.sees("It stays recorded once, taken at 22:04.")

    await ana.taps("Taken", on=prompt)
    await ana.taps("Yes")
    ana.sees("112", "Do not take another dose until a health professional tells you it is OK")
    with ana.silence():
        await world.at("2026-03-03T07:59")


async def test_a_second_tap_of_another_kind_changes_nothing(world: World) -> None:
    ana = await world.patient("Ana")
    await world.at("2026-03-02T22:00")
    prompt = ana.keeps()
    await world.at("2026-03-02T22:04")
    await ana.taps("Taken")
    await ana.taps("Skip", on=prompt)
    ana.sees("Already recorded as taken at 22:04.", buttons=["Correct"])


async def test_a_wrong_tap_is_corrected_and_both_values_stay(world: World) -> None:
    ana = await world.patient("Ana")
    await world.at("2026-03-02T22:00")
    await ana.taps("Taken")
    await world.at("2026-03-03T09:00")
    recorded = ana.saw("Recorded as taken")

    await ana.taps("Correct", on=recorded)
    await ana.taps("Skip", on=ana.saw("What really happened?"))
    await ana.taps("Felt better")
    ana.saw("Recorded as skipped: felt better.")
    ana.saw("before: Recorded as taken at 22:00")

    from storage import doses, people

    async with world.store.read() as tx:
        person = await people.person_by_telegram_id(tx, ana.phone.id)
        assert person is not None
        patient = await people.patient_of(tx, person.id)
        assert patient is not None
        dose = (await doses.newest_doses(tx, patient.id, 1, until=world.clock.at))[0]
        events = await doses.events(tx, dose.id)
    assert (dose.status, dose.corrected) == ("skipped", True)
    assert [event.after for event in events] == ["prompted", "taken", "skipped"]


async def test_a_correction_after_48_hours_is_refused(world: World) -> None:
    ana = await world.patient("Ana", checkins=False)
    await world.at("2026-03-02T22:00")
    await ana.taps("Taken")
    kept = ana.keeps()
    await world.at("2026-03-04T22:01")
    await ana.taps("Correct", on=kept)
    ana.saw("It is too late to change that one")


async def test_stop_asks_which_and_then_nothing_more_comes(world: World) -> None:
    ana = await world.patient("Ana")
    await ana.says("/stop")
    ana.sees(buttons=["Stop your messages", "I have stopped the medicine", "Keep everything as it is"])
    await ana.taps("Stop your messages")
    ana.sees("I will not write to you any more")
    with ana.silence():
        await world.later(days=5)

    await ana.starts()
    ana.sees("Welcome back", buttons=["Yes, write to me", "No"])
    await ana.taps("Yes, write to me")
    ana.sees("Your next prompt comes Sat 22:00.")


@pytest.mark.parametrize("words", ["/today", "/help", "/privacy"])
async def test_every_command_answers(world: World, words: str) -> None:
    ana = await world.patient("Ana")
    await ana.says(words)
    assert ana.sees().body


async def test_somebody_who_has_not_started_gets_no_prompt_until_the_first_night_is_set(world: World) -> None:
    ana = world.newcomer("Ana")
    await ana.starts()
    for label in ("I am 18 or over", "Reminders: off", "Continue"):
        await ana.taps(label)
    await ana.says("Lisbon")
    await ana.taps("22:00")
    await ana.taps("Right")
    await ana.says("1,5 mg")
    await ana.taps("Capsule")
    await ana.taps("I have it or wait for it, not started")
    await ana.taps("I don't know yet")
    await ana.taps("None of these")
    ana.sees("I will not prompt you until you tell me your first night")
    with ana.silence():
        await world.later(days=2)
    await ana.says("/today")
    await ana.taps("First dose tonight")
    ana.sees("Your first prompt comes Wed 22:00.")
    await world.at("2026-03-04T22:00")
    ana.sees("Time for tonight's dose: 1.5 mg.")


async def test_under_18_ends_kindly_and_nothing_is_kept(world: World) -> None:
    kid = world.newcomer("Kim")
    await kid.starts()
    await kid.taps("I am under 18")
    kid.sees("made for adults only")

    from storage import people

    async with world.store.read() as tx:
        assert await people.person_by_telegram_id(tx, kid.phone.id) is None
