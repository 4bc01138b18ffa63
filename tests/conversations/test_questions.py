"""Questions: answered from reviewed files; refused where they ask for a dose; else passed on."""

from clinical import faq
from tests.world import World


async def test_a_question_is_answered_with_its_source_and_the_mark(world: World) -> None:
    ana = await world.patient("Ana")
    await ana.says("what is LDN?")
    ana.sees("opioid", "More:", "Not yet reviewed by a clinician.")


async def test_a_question_without_an_answer_is_passed_on_only_when_asked(world: World) -> None:
    ruiz = await world.clinician("Dr. Ruiz")
    ana = await world.patient("Ana", clinician=ruiz)
    await ana.says("do you know a good plumber")
    ana.sees("I don't have an answer to that", buttons=["Pass it on", "No"])
    await ana.taps("Pass it on")
    ana.sees("Passed on: it waits in your clinic")
    await ruiz.says("/digest")
    ruiz.sees("1 waiting for you", "asks: “do you know a good plumber”")


async def test_without_a_clinic_nothing_is_offered_to_be_passed_on(world: World) -> None:
    ana = await world.patient("Ana")
    await ana.says("do you know a good plumber")
    ana.sees("I don't have an answer to that. Your clinic or pharmacist can help.", buttons=[])


async def test_a_wish_for_another_dose_is_refused_with_the_recorded_plan(world: World) -> None:
    ana = await world.patient("Ana")
    await ana.says("can I take more tonight, like 3 mg?")
    ana.sees("Only your prescriber changes the dose", "Your recorded plan: 1.5 mg, capsule.")


async def test_a_long_unflagged_text_gets_no_menu(world: World) -> None:
    ana = await world.patient("Ana")
    await ana.says("My sister came by and we sat in the garden and I thought about the summer. " * 6)
    ana.sees("I'm a program and nobody is reading this now", "112", buttons=["Keep as a note", "Delete"])
    await ana.taps("Delete")
    ana.sees("Deleted.")


async def test_small_talk_gets_a_kind_sentence(world: World) -> None:
    ana = await world.patient("Ana")
    await ana.says("thanks!")
    ana.sees("You're welcome.")


async def test_an_edited_number_does_not_answer_what_is_asked_now(world: World) -> None:
    ana = await world.patient("Ana")
    await world.at("2026-03-02T22:00")
    await ana.taps("Taken")
    await world.at("2026-03-03T08:00")
    await ana.says("3")
    said = [one for one in ana.phone.messages if not one.from_bot][-1]
    ana.phone.edit(said, "4")
    await world.settle()
    ana.never_saw("Thank you. Sleep 3. Pain 4.")


async def test_an_answer_names_the_numbers_of_where_the_person_is(world: World) -> None:
    ana = await world.patient("Ana")
    await ana.says("what do I tell paramedics about naltrexone")
    ana.sees("In an emergency call", "112", "/card")
    ana.never_saw("{emergency}")


async def test_a_question_goes_on_from_the_one_before(world: World) -> None:
    ana = await world.patient("Ana")
    await ana.says("does LDN help with Crohn's disease?")
    await ana.says("and fibro?")
    ana.sees("fibromyalgia")


async def test_a_question_of_two_parts_is_offered_both_answers(world: World) -> None:
    ana = await world.patient("Ana")
    await ana.says("can I drink and will it make me fat")
    ana.sees("Did you mean")
    await ana.taps("Does LDN change weight or appetite?")
    ana.sees("weight")


async def test_a_question_in_spanish_is_answered_in_spanish(world: World) -> None:
    ana = await world.patient("Ana")
    await ana.says("¿puedo tomar vino con esto?")
    ana.sees("Limita el alcohol")
    await ana.says("/language")
    await ana.taps("Español")
    ana.sees("Ahora te hablo en español.")
    await ana.says("/today")
    ana.sees("Tu plan: 1.5 mg")
    await ana.says("no puedo respirar")
    ana.sees("Llama ya a emergencias: 112.")


async def test_personal_topics_answer_from_the_record(world: World) -> None:
    ana = await world.patient("Ana", checkins=False)
    await ana.says("what time does the reminder come and can I change it?")
    ana.saw("Your prompt comes at 22:00 (Europe/Lisbon).")
    await world.at("2026-03-02T22:05")
    await ana.taps("Taken")
    await ana.says(faq.topic("what-clinician-sees").question)
    ana.saw("You share with nobody now.")


async def test_what_gets_no_answer_is_kept_for_the_clinic_without_who_asked(world: World) -> None:
    ruiz = await world.clinician("Dr. Ruiz")
    ana = await world.patient("Ana", clinician=ruiz)
    ben = await world.patient("Ben", clinician=ruiz, sharing=False)
    await ana.says("do you know a good plumber in Porto")
    ana.sees("I don't have an answer to that")
    await ben.says("where can I buy a red bicycle")
    await ruiz.says("/unanswered")
    ruiz.sees("1 × “do you know a good plumber in Porto”")
    assert "bicycle" not in ruiz.keeps().body
    assert "Ana" not in ruiz.keeps().body


async def test_thumbs_under_an_answer_are_counted_for_the_clinic(world: World) -> None:
    ruiz = await world.clinician("Dr. Ruiz")
    ana = await world.patient("Ana", clinician=ruiz)
    await ana.says("what is LDN?")
    await ana.taps("👎")
    await ruiz.says("/unanswered")
    ruiz.sees("answer what-is-ldn: 👍 0, 👎 1")
