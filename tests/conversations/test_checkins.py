"""The weekly check-in, the baseline, effects and what follows from them; each as somebody taps through it."""

from datetime import date

from storage import answers as record
from storage import people
from tests.conversations.people import waiting
from tests.world import Someone, World

NUMBERS = [*map(str, range(11))]


async def kept(world: World, someone: Someone) -> dict[tuple[str, str], int | None]:
    """What stands in the record: (kind of check-in, item) to value."""
    async with world.store.read() as tx:
        person = await people.person_by_telegram_id(tx, someone.phone.id)
        assert person is not None
        patient = await people.patient_of(tx, person.id)
        assert patient is not None
        return {(one.kind, one.item): one.value for one in await record.history(tx, patient.id)}


async def at_the_weekly(world: World, name: str = "Ana", **of: object) -> Someone:
    """Somebody who takes it already, on the Monday morning a week after enrolling, at the first question."""
    someone = await world.patient(name, **of)  # type: ignore[arg-type]
    await world.at("2026-03-09T08:00")
    if "Good morning" in someone.keeps().body:
        await someone.taps("Not sure")
    someone.sees("How was your sleep last night?")
    return someone


async def through_the_peg(someone: Someone, pain: str = "6", joy: str = "5", activity: str = "4") -> None:
    await someone.taps("3")  # sleep, asked beside the PEG while daily questions run
    for number in (pain, joy, activity):
        await someone.taps(number)


async def test_the_baseline_comes_once_after_enrolment(world: World) -> None:
    ana = await waiting(world, "Ana", checkins=True)
    ana.sees("All set")
    await world.later(minutes=1)
    opening = ana.sees(
        "before your first dose",
        "(1 of 5)",
        "pain on average in the past week",
        "10 = pain as bad as you can imagine",
        buttons=[*NUMBERS, "Skip"],
    )
    assert opening.silent
    await ana.taps("7")
    ana.sees("(2 of 5)", "enjoyment of life", "10 = completely interferes")
    await ana.taps("6")
    ana.sees("(3 of 5)", "general activity")
    await ana.taps("Back")
    ana.sees("(2 of 5)", "enjoyment of life")
    await ana.taps("8")
    await ana.taps("5")
    ana.sees("Which of these do you have already")
    await ana.taps("muscle or joint aches")
    ana.sees("muscle or joint aches. How bad is it?", buttons=["Mild", "Moderate", "Severe", "Not there"])
    await ana.taps("Severe")
    ana.sees("Which of these do you have already")
    assert "✅ muscle or joint aches: severe" in ana.keeps().labels
    await ana.taps("Done")
    ana.sees("besides pain?", "Type it in a word or two")
    await ana.says("brain fog")
    ana.sees("I will ask about “brain fog” once a week.", "Thank you. PEG 6.7 of 10")
    assert await kept(world, ana) == {
        ("baseline", "peg-p"): 7,
        ("baseline", "peg-e"): 8,
        ("baseline", "peg-g"): 5,
        ("baseline", "effect:aches"): 3,
        ("baseline", "effects"): 1,
        ("baseline", "name"): 1,
    }


async def test_severe_before_the_first_dose_is_no_alert(world: World) -> None:
    ruiz = await world.clinician("Dr. Ruiz")
    ana = await world.patient("Ana", clinician=ruiz)
    await world.later(minutes=1)
    for _ in range(3):
        await ana.taps("Skip")
    await ana.taps("headache")
    await ana.taps("Severe")
    ruiz.never_saw("flag")
    await ana.taps("yellow eyes or skin, dark urine")
    await ana.taps("Mild")
    ana.saw("these can be liver signs")
    ruiz.saw("Same-day flag RF10")


async def test_the_weekly_in_its_order_with_nothing_new(world: World) -> None:
    ana = await at_the_weekly(world)
    first = ana.sees("Your weekly questions.", "(1 of 5)") if "weekly" in ana.keeps().body else ana.keeps()
    await through_the_peg(ana)
    ana.sees(
        "(5 of 5)", "Anything new or worse since your last check-in?", buttons=["No", "Yes", "Back", "Skip"]
    )
    await ana.taps("No")
    last = ana.sees("Thank you. Sleep 3. PEG 5.0 of 10 (lower is better). Nothing new.")
    assert last.message_id == first.message_id


async def test_what_is_new_opens_the_list_and_severe_is_told_at_once(world: World) -> None:
    ruiz = await world.clinician("Dr. Ruiz")
    ana = await at_the_weekly(world, clinician=ruiz)
    await through_the_peg(ana)
    await ana.taps("Yes")
    ana.sees("Tap what is new or worse")
    await ana.taps("feeling sick")
    await ana.taps("Moderate")
    ruiz.never_saw("flag")
    await ana.taps("headache")
    await ana.taps("Severe")
    ana.sees("Call your clinic today about this", "urgent care", "112")
    ruiz.sees("Same-day flag RF11 (severe side effect)", buttons=["I have this", "Not useful"])
    await ana.taps("Done")
    ana.saw("Can it wait until your clinic reads its weekly summary?")
    await ana.taps("It can wait")
    ana.saw("Side effects: headache: severe, feeling sick: moderate")
    assert ruiz.count("flag RF11") == 1


async def test_it_cannot_wait_is_told_at_once(world: World) -> None:
    ruiz = await world.clinician("Dr. Ruiz")
    ana = await at_the_weekly(world, clinician=ruiz)
    await through_the_peg(ana)
    await ana.taps("Yes")
    await ana.taps("constipation")
    await ana.taps("Mild")
    await ana.taps("Done")
    ruiz.never_saw("flag")
    await ana.taps("It cannot wait")
    ana.sees("Call your clinic today about what got worse")
    ruiz.sees("Same-day flag RF11")


async def test_low_mood_that_is_new_gets_the_crisis_line_gently(world: World) -> None:
    ruiz = await world.clinician("Dr. Ruiz")
    ana = await at_the_weekly(world, clinician=ruiz)
    await through_the_peg(ana)
    await ana.taps("Yes")
    await ana.taps("low or irritable mood")
    await ana.taps("Moderate")
    ana.sees(
        "you do not have to be alone with it", "I have no local crisis line on file for Portugal.", "112"
    )
    ruiz.sees("Same-day flag RF11")


async def test_a_rash_asks_for_swelling_at_once(world: World) -> None:
    ana = await at_the_weekly(world)
    await through_the_peg(ana)
    await ana.taps("Yes")
    await ana.taps("rash, itch")
    await ana.taps("Mild")
    ana.sees("Any swelling of the face, lips, tongue or throat", buttons=["No", "Yes", "Back", "Skip"])
    await ana.taps("Yes")
    ana.sees("112")
    assert "112" in ana.keeps().body.splitlines()[0]
    await ana.says("/today")
    ana.sees("I have paused dose prompts until you have.")


async def test_sweats_alone_ask_two_questions_before_they_mean_withdrawal(world: World) -> None:
    ana = await at_the_weekly(world)
    await through_the_peg(ana)
    await ana.taps("Yes")
    await ana.taps("sweats, chills")
    await ana.taps("Moderate")
    ana.sees("begin within a few hours of taking a dose?")
    await ana.taps("No")
    ana.sees("Tap what is new or worse")
    ana.never_saw("Do not take another dose")
    await ana.taps("Back")
    ana.sees("begin within a few hours of taking a dose?")
    await ana.taps("Yes")
    ana.sees("Do you also have shaking, cramps")
    await ana.taps("Yes")
    ana.sees("Do not take another dose until a health professional tells you it is OK")


async def test_effects_of_earlier_can_be_told_as_gone(world: World) -> None:
    ana = await at_the_weekly(world)
    await through_the_peg(ana)
    await ana.taps("Yes")
    await ana.taps("vivid dreams")
    await ana.taps("Mild")
    await ana.taps("Done")
    await ana.taps("It can wait")
    await world.at("2026-03-16T08:00")
    if "Good morning" in ana.keeps().body:
        await ana.taps("Not sure")
    await through_the_peg(ana)
    ana.sees("You told me of these before.", buttons=["vivid dreams", "Back", "Done"])
    await ana.taps("vivid dreams")
    await ana.taps("✅ vivid dreams: gone")
    await ana.taps("vivid dreams")
    await ana.taps("Done")
    await ana.taps("No")
    ana.sees("Gone: vivid dreams. Nothing new.")


async def test_a_worse_peg_is_told_to_the_clinic_on_its_next_working_morning(world: World) -> None:
    ruiz = await world.clinician("Dr. Ruiz")
    ana = await world.patient("Ana", clinician=ruiz)
    await world.later(minutes=1)
    for number in ("4", "4", "4"):
        await ana.taps(number)
    await world.at("2026-03-09T08:30")
    if "Good morning" in ana.keeps().body:
        await ana.taps("Not sure")
    await through_the_peg(ana, "7", "6", "6")
    await ana.taps("No")
    ana.sees("Can it wait until your clinic reads its weekly summary?")
    await ana.taps("It can wait")
    await world.at("2026-03-09T08:59")
    ruiz.never_saw("Change, patient")
    await world.at("2026-03-09T09:00")
    told = ruiz.sees("🔵 Change, patient P-", "the weekly PEG is at least 30 % or 2 points worse")
    assert told.silent
    await ruiz.taps("Not useful")
    ruiz.sees("Noted as not useful, and closed.")
    # The same episode is not told again.
    await world.at("2026-03-16T08:30")
    if "Good morning" in ana.keeps().body:
        await ana.taps("Not sure")
    await through_the_peg(ana, "8", "7", "7")
    await ana.taps("No")
    await ana.taps("It can wait")
    await world.at("2026-03-17T12:00")
    assert ruiz.count("Change, patient") == 1


async def test_half_way_it_stays_and_goes_on_hours_later(world: World) -> None:
    ana = await at_the_weekly(world)
    await ana.taps("3")
    await ana.taps("6")
    kept_message = ana.keeps()
    await world.at("2026-03-10T20:00")
    await ana.taps("5", on=kept_message)
    ana.saw("general activity")
    # Its 72 hours are over on Thursday; what was answered stays.
    await world.at("2026-03-12T08:01")
    await ana.taps("4", on=kept_message)
    ana.saw("It is too late to change that one")
    assert (await kept(world, ana))["weekly", "peg-e"] == 5


async def test_numbers_and_yes_can_be_typed(world: World) -> None:
    ana = await at_the_weekly(world)
    await ana.says("3")
    ana.sees("Sleep 3 (0 is best, 10 is worst).", "pain on average")
    await ana.says("seven")
    await ana.says("6/10")
    await ana.says("11")
    ana.sees("whole number from 0 to 10")
    await ana.says("4")
    ana.sees("Anything new or worse")
    await ana.says("no")
    ana.sees("Nothing new")


async def test_danger_in_the_middle_is_answered_first_and_nothing_is_lost(world: World) -> None:
    ana = await at_the_weekly(world)
    await ana.taps("3")
    question = ana.keeps()
    await ana.says("I can't breathe and my throat is closing")
    ana.sees("112")
    await ana.taps("6", on=question)
    assert (await kept(world, ana))["weekly", "peg-p"] == 6


async def test_what_is_no_symptom_is_not_taken_for_its_name(world: World) -> None:
    ana = await waiting(world, "Ana", checkins=True)
    await world.later(minutes=1)
    for _ in range(3):
        await ana.taps("Skip")
    await ana.taps("Done")
    ana.sees("Type it in a word or two")
    await ana.says("what is ldn?")
    await ana.says("pain 6")
    ana.sees("Shall I record this?")
    await ana.says("I want to kill myself")
    await ana.says("stiffness in the morning")
    ana.sees("I will ask about “stiffness in the morning” once a week.", "Thank you.")
    await ana.taps("Name a second one")
    await ana.says("tiredness")
    ana.sees("I will ask about “tiredness” once a week.")


async def test_named_symptoms_are_asked_weekly(world: World) -> None:
    ana = await world.patient("Ana")
    await world.later(minutes=1)
    for _ in range(3):
        await ana.taps("Skip")
    await ana.taps("Done")
    await ana.says("tiredness")
    await world.at("2026-03-09T08:30")
    if "Good morning" in ana.keeps().body:
        await ana.taps("Not sure")
    await through_the_peg(ana)
    await ana.taps("No")
    ana.sees("tiredness in the past week?", "0 = not there")
    await ana.taps("8")
    ana.sees("tiredness 8.")


async def test_days_one_three_and_seven_ask_for_anything_worrying(world: World) -> None:
    ana = await waiting(world, "Ana", checkins=True)
    await ana.says("/today")
    await ana.taps("First dose tonight")
    await world.at("2026-03-02T22:00")
    await ana.taps("Taken")
    await world.at("2026-03-03T08:00")
    await ana.taps("3")
    await ana.taps("6")
    ana.sees("(3 of 3)", "Anything new or worrying?")
    await ana.taps("Yes")
    ana.sees("Tap what is new or worse")
    await ana.taps("vivid dreams")
    await ana.taps("Mild")
    await ana.taps("Done")
    await ana.taps("It can wait")
    ana.sees("Side effects: vivid dreams: mild")
    await world.at("2026-03-03T22:00")
    await ana.taps("Taken")
    await world.at("2026-03-04T08:00")
    await ana.taps("3")
    await ana.taps("6")
    ana.sees("Thank you. Sleep 3. Pain 6.")


async def test_daily_questions_end_and_that_is_told(world: World) -> None:
    ana = await world.patient("Ana")
    await world.at("2026-03-27T08:30")
    if "Good morning" in ana.keeps().body:
        await ana.taps("Not sure")
    await ana.taps("3")
    await ana.taps("6")
    ana.sees("Daily questions end on Sun 29 Mar. Well done. After that I ask once a week.")
    await world.at("2026-03-29T08:30")
    if "Good morning" in ana.keeps().body:
        await ana.taps("Not sure")
    await ana.taps("3")
    await ana.taps("6")
    ana.sees("Daily questions end today.")
    asked = ana.count("How was your sleep")
    await world.at("2026-04-03T20:00")
    assert ana.count("How was your sleep") == asked
    assert ana.count("Your weekly questions.") + ana.count("pain on average") >= 1


async def test_switched_on_later_the_baseline_is_asked_then(world: World) -> None:
    ana = await waiting(world, "Ana")
    await world.later(minutes=5)
    ana.never_saw("pain on average")
    await ana.says("/settings")
    await ana.taps("Check-ins: off")
    await world.later(minutes=2)
    ana.sees("before your first dose", "pain on average")
    assert date(2026, 3, 2) == world.clock.at.date()


async def test_week_four_asks_for_work_and_for_the_impression_of_change(world: World) -> None:
    ana = await world.patient("Ana")
    await world.at("2026-03-23T08:30")
    if "Good morning" in ana.keeps().body:
        await ana.taps("Not sure")
    # Day 22: pain is asked too, for the week counts; the PEG does not stand in for it.
    await ana.taps("3")
    ana.sees("Your average pain in the last 24 hours?")
    await ana.taps("6")
    for number in ("6", "5", "4"):
        await ana.taps(number)
    await ana.taps("No")
    ana.sees(
        "Since you started low-dose naltrexone, how are you overall?",
        buttons=[
            *("Very much improved", "Much improved", "Minimally improved", "No change"),
            *("Minimally worse", "Much worse", "Very much worse", "Back", "Skip"),
        ],
    )
    await ana.taps("Much improved")
    ana.sees("Thank you.", "Much improved")
    assert (await kept(world, ana))["weekly", "pgic"] == 2
    await world.at("2026-03-30T08:30")
    if "Good morning" in ana.keeps().body:
        await ana.taps("Not sure")
    for number in ("6", "5", "4"):
        await ana.taps(number)
    await ana.taps("No")
    ana.sees("In the last 4 weeks, on how many days did pain keep you")
    await ana.says("12")
    ana.sees("12 days lost to pain")


async def test_the_clinician_sees_the_same_numbers_on_the_card(world: World) -> None:
    ruiz = await world.clinician("Dr. Ruiz")
    ana = await at_the_weekly(world, clinician=ruiz)
    await through_the_peg(ana)
    await ana.taps("No")
    await ruiz.says("/patients")
    await ruiz.taps(ruiz.keeps().labels[0])
    ruiz.sees("PEG 5.0 on Mon 9 Mar", "unanswered 6", "of 6 expected")
    await ruiz.says("/digest")
    ruiz.sees("PEG 5.0 on Mon 9 Mar")


async def test_severe_told_in_words_is_told_to_the_clinic(world: World) -> None:
    ruiz = await world.clinician("Dr. Ruiz")
    ana = await world.patient("Ana", clinician=ruiz, checkins=False)
    await world.at("2026-03-02T23:00")
    await ana.says("took it at 22:10, low mood today")
    await ana.taps("Record it")
    ruiz.never_saw("flag")
