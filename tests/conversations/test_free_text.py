"""What is typed in words: shown back with what each value means, saved by one tap."""

from datetime import date, timedelta

import pytest

from storage import doses, inbox, people
from tests.world import Someone, World


async def shows(someone: Someone, text: str, *parts: str) -> None:
    await someone.says(text)
    someone.sees("Shall I record this?", *parts, buttons=["Record it", "Change", "No"])


async def test_a_dose_and_numbers_in_one_sentence(world: World) -> None:
    ana = await world.patient("Ana")
    await world.at("2026-03-02T23:50")
    await shows(
        ana,
        "took it half eleven, pain 6, sleep 3, weird dreams",
        "• Dose of Mon 2 Mar: taken Mon 23:30",
        "• Sleep 3 (0 best, 10 worst)",
        "• Pain 6 (0 none, 10 worst)",
        "• Side effects: vivid dreams",
    )
    await ana.taps("Record it")
    ana.sees("Recorded.", "taken Mon 23:30", buttons=["Correct"])
    await ana.says("/today")
    ana.sees("Last dose (Mon 2 Mar): taken at 23:30.")
    await ana.says("/progress")
    ana.saw("Doses: 1 taken")


async def test_nothing_is_saved_before_the_tap_or_after_no(world: World) -> None:
    ana = await world.patient("Ana")
    await world.at("2026-03-02T23:00")
    await shows(ana, "took it at 22:10, pain 6")
    await ana.says("/today")
    ana.sees("Tonight's dose is not answered yet.")
    await ana.taps("No")
    ana.saw("Nothing was recorded.")
    await ana.says("/today")
    ana.sees("Tonight's dose is not answered yet.")


async def test_last_night_is_corrected_with_its_own_time(world: World) -> None:
    ana = await world.patient("Ana", checkins=False)
    await world.at("2026-03-03T20:00")
    await shows(ana, "forgot to say, took it last night at 11pm", "• Dose of Mon 2 Mar: taken Mon 23:00")
    await ana.taps("Record it")
    ana.sees("Recorded.")
    await ana.says("/correct")
    ana.sees(buttons=["Mon 2 Mar: Recorded as taken at 23:00"])


async def test_what_is_recorded_already_is_shown_beside_the_change(world: World) -> None:
    ana = await world.patient("Ana", checkins=False)
    await world.at("2026-03-02T22:05")
    await ana.taps("Taken")
    await world.at("2026-03-02T23:00")
    await shows(
        ana, "I skipped it, felt sick", "skipped (side effect)", "in the record now: Recorded as taken"
    )
    await ana.taps("Record it")
    ana.sees("Recorded.", "skipped (side effect)")
    await shows(ana, "took it at 22:40", "taken Mon 22:40", "in the record now: Recorded as skipped")
    await ana.taps("Record it")
    await ana.says("/today")
    ana.sees("taken at 22:40")


async def test_taken_again_without_a_time_asks_for_a_second_dose(world: World) -> None:
    ana = await world.patient("Ana", checkins=False)
    await world.at("2026-03-02T22:05")
    await ana.taps("Taken")
    await ana.says("took it, pain 5")
    ana.saw("Did you take a second dose?")
    ana.sees("• Pain 5", buttons=["Record it", "Change", "No"])
    assert "Dose of" not in ana.keeps().body
    await ana.taps("No", on=next(one for one in ana.phone.received if "second dose" in one.body))
    ana.saw("It stays recorded once, taken at 22:05.")


async def test_told_before_the_prompt_no_prompt_comes(world: World) -> None:
    ana = await world.patient("Ana", checkins=False)
    await world.at("2026-03-02T21:40")
    await shows(ana, "took it at 21:30", "• Dose of Mon 2 Mar: taken Mon 21:30")
    await ana.taps("Record it")
    await world.at("2026-03-03T11:00")
    ana.never_saw("Time for")
    await ana.says("/today")
    ana.sees("Last dose (Mon 2 Mar): taken at 21:30.", "Next prompt: Tue 22:00.")
    (first, _) = await world.doses(ana)
    assert first.amount_ug == 1500


async def test_skipped_before_the_prompt_no_prompt_comes(world: World) -> None:
    ana = await world.patient("Ana", checkins=False)
    await world.at("2026-03-02T20:00")
    await shows(ana, "skipped tonight because of a party", "skipped (other)")
    await ana.taps("Record it")
    await world.at("2026-03-03T11:00")
    ana.never_saw("Time for")


async def test_the_prompt_that_went_out_meanwhile_is_answered_by_the_tap(world: World) -> None:
    ana = await world.patient("Ana", checkins=False)
    await world.at("2026-03-02T21:59")
    await shows(ana, "took it at 21:30")
    kept = ana.keeps()
    await world.at("2026-03-02T22:01")
    ana.sees("Time for tonight's dose")
    await ana.taps("Record it", on=kept)
    await ana.says("/today")
    ana.sees("taken at 21:30")
    await world.later(hours=2)
    ana.never_saw("A quiet reminder")


async def test_a_time_that_can_be_two_is_asked(world: World) -> None:
    ana = await world.patient("Ana", checkins=False)
    await world.at("2026-03-03T11:45")
    await ana.says("took it at 11:30, pain 4")
    ana.sees(
        "The dose of Mon 2 Mar: when did you take it?",
        buttons=["Mon 23:30", "Tue 11:30", "I don't know the time", "No"],
    )
    await ana.taps("Mon 23:30")
    ana.sees("taken Mon 23:30", "• Pain 4", buttons=["Record it", "Change", "No"])
    await ana.taps("Record it")
    ana.sees("Recorded.")


async def test_a_time_that_fits_no_dose_is_asked(world: World) -> None:
    ana = await world.patient("Ana", checkins=False)
    await world.at("2026-03-02T22:30")
    await ana.says("took my ldn before 11pm")
    ana.sees(
        "when did you take it?",
        buttons=["Mon 21:00", "Mon 21:30", "Mon 22:00", "Mon 22:30", "I don't know the time", "No"],
    )
    await ana.taps("I don't know the time")
    ana.sees("• Dose of Mon 2 Mar: taken")
    await ana.taps("Record it")
    await ana.says("/today")
    ana.sees("taken at 22:30")


async def test_change_the_night_the_time_or_leave_values_out(world: World) -> None:
    ana = await world.patient("Ana", checkins=False)
    await world.at("2026-03-03T22:30")
    await shows(ana, "took it at 22:10, pain 6, sleep 2, headache", "• Dose of Tue 3 Mar")
    await ana.taps("Change")
    ana.sees(
        "What shall I change?",
        buttons=[
            "Another time",
            "It was the dose of Mon 2 Mar",
            "Leave the dose out",
            "Leave the sleep out",
            "Leave the pain out",
            "Leave the side effects out",
            "Back",
            "No",
        ],
    )
    await ana.taps("Leave the sleep out")
    assert "Sleep" not in ana.sees("• Pain 6").body
    await ana.taps("Change")
    await ana.taps("It was the dose of Mon 2 Mar")
    ana.sees("The dose of Mon 2 Mar: when did you take it?")
    await ana.taps("Mon 22:30")
    ana.sees("• Dose of Mon 2 Mar: taken Mon 22:30")
    await ana.taps("Record it")
    ana.sees("Recorded.")
    await ana.says("/correct")
    ana.sees(buttons=["Mon 2 Mar: Recorded as taken at 22:30"])


async def test_leaving_everything_out_records_nothing(world: World) -> None:
    ana = await world.patient("Ana", checkins=False)
    await world.at("2026-03-02T22:30")
    await shows(ana, "pain 6")
    await ana.taps("Change")
    await ana.taps("Leave the pain out")
    ana.sees("Nothing was recorded.")


async def test_an_older_offer_saves_what_it_shows(world: World) -> None:
    ana = await world.patient("Ana")
    await world.at("2026-03-02T22:30")
    await shows(ana, "pain 6")
    older = ana.keeps()
    await shows(ana, "sleep 3")
    await ana.taps("Record it", on=older)
    ana.saw("• Pain 6")
    await ana.taps("Record it")
    ana.saw("• Sleep 3")


async def test_tapped_twice_it_is_recorded_once(world: World) -> None:
    ana = await world.patient("Ana", checkins=False)
    await world.at("2026-03-02T22:30")
    await shows(ana, "took it at 22:10")
    kept = ana.keeps()
    await ana.taps("Record it")
    await ana.taps("Record it", on=kept)
    ana.sees("Recorded.", "taken Mon 22:10")
    (dose, _) = await world.doses(ana)
    assert not dose.corrected


async def test_answered_otherwise_meanwhile_it_is_shown_again(world: World) -> None:
    ana = await world.patient("Ana", checkins=False)
    await world.at("2026-03-02T22:30")
    prompt = ana.keeps()
    await shows(ana, "took it at 22:10")
    offer = ana.keeps()
    await ana.taps("Skip", on=prompt)
    await ana.taps("Forgot")
    await ana.taps("Record it", on=offer)
    ana.sees("in the record now: Recorded as skipped: forgot", buttons=["Record it", "Change", "No"])
    await ana.taps("Record it")
    await ana.says("/today")
    ana.sees("taken at 22:10")


async def test_after_two_days_it_is_too_late(world: World) -> None:
    ana = await world.patient("Ana", checkins=False)
    await world.at("2026-03-02T22:30")
    await shows(ana, "took it at 22:10")
    offer = ana.keeps()
    await world.at("2026-03-04T22:30")
    await ana.taps("Record it", on=offer)
    ana.saw("It is too late to change that one")


async def test_what_cannot_be_read_is_asked(world: World) -> None:
    ana = await world.patient("Ana")
    await world.at("2026-03-02T22:30")
    await shows(ana, "pain 6 slept great, 9", "• Pain 6", "How you slept I could not read as a number")
    assert "• Sleep" not in ana.keeps().body


async def test_an_open_check_in_goes_on_with_what_is_missing(world: World) -> None:
    ana = await world.patient("Ana")
    await world.at("2026-03-03T08:30")
    await ana.taps("Taken")
    await shows(ana, "pain 6 today")
    await ana.taps("Record it")
    ana.saw("• Pain 6")
    ana.sees("How was your sleep last night?")
    await ana.taps("3")
    ana.sees("Thank you. Sleep 3. Pain 6.")


async def test_numbers_outside_a_check_in_are_kept_for_their_day(world: World) -> None:
    ana = await world.patient("Ana", checkins=False)
    await world.at("2026-03-02T19:00")
    await shows(ana, "pain 7 today")
    offer = ana.keeps()
    await world.at("2026-03-03T08:00")
    await ana.taps("Record it", on=offer)
    async with world.store.read() as tx:
        person = await people.person_by_telegram_id(tx, ana.phone.id)
        assert person is not None
        patient = await people.patient_of(tx, person.id)
        assert patient is not None
        given = await doses.ratings(tx, patient.id, ["pain"], date(2026, 3, 1), date(2026, 3, 4))
    assert given == [("pain", date(2026, 3, 2), 7)]


@pytest.mark.parametrize("text", ["not sure whether I took it", "did I take it?", "i think i took it"])
async def test_not_knowing_gets_the_fixed_answer(world: World, text: str) -> None:
    ana = await world.patient("Ana", checkins=False)
    await world.at("2026-03-02T23:00")
    await ana.says(text)
    ana.sees("I cannot know", "Do not take another one on a guess", buttons=[])
    await ana.taps("Taken", on=ana.saw("Time for tonight's dose"))
    await ana.says(text)
    ana.sees("The last dose I have recorded as taken is of Mon 23:00", "Do not take another one on a guess")


async def test_an_opioid_as_reason_is_danger_first_and_then_kept(world: World) -> None:
    ana = await world.patient("Ana", checkins=False)
    await world.at("2026-03-02T23:00")
    await ana.says("skipped it, took codeine, pain 7")
    ana.saw("I have paused dose prompts")
    ana.sees("When you are safe: shall I also record this?", "skipped (took an opioid)", "• Pain 7")
    await ana.taps("Record it")
    ana.saw("Recorded.")


async def test_after_danger_a_dose_taken_is_not_offered(world: World) -> None:
    ana = await world.patient("Ana", checkins=False)
    await world.at("2026-03-02T23:00")
    await ana.says("I took it twice at 22:00, pain 7")
    ana.sees("When you are safe", "• Pain 7")
    assert "Dose of" not in ana.keeps().body


async def test_a_paused_dose_is_kept_and_not_counted(world: World) -> None:
    ana = await world.patient("Ana", checkins=False)
    await ana.says("/pause")
    await ana.taps("Yes, I take it without prompts")
    await ana.taps("3 days, until Thu 5 Mar")
    await world.at("2026-03-02T22:30")
    await shows(ana, "took it at 22:10, pain 3", "• Dose of Mon 2 Mar: taken Mon 22:10", "• Pain 3")
    await ana.taps("Record it")
    ana.saw("• Pain 3")
    ana.saw("Kept in your record. No dose was expected (you paused), so it is not counted.")


async def test_of_a_night_that_is_too_long_ago_it_is_said(world: World) -> None:
    ana = await world.patient("Ana", checkins=False)
    await world.at("2026-03-02T19:00")
    await ana.says("took it two nights ago, pain 4")
    ana.saw("I have no dose of that night")
    ana.sees("• Pain 4")


async def test_a_restart_in_the_middle_loses_nothing(world: World) -> None:
    ana = await world.patient("Ana", checkins=False)
    await world.at("2026-03-02T22:30")
    await ana.says("took it at 22:10, pain 6")
    # Everything is in the buttons: no conversation is kept that a restart could break off.
    async with world.store.read() as tx:
        person = await people.person_by_telegram_id(tx, ana.phone.id)
        assert person is not None
        assert await inbox.conversation(tx, person.id) is None
    await world.at(world.clock.at + timedelta(hours=9))
    await ana.taps("Record it", on=ana.saw("Shall I record this?"))
    ana.saw("taken Mon 22:10")
