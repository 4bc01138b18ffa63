"""Danger is recognised before anything else is answered, and the reply claims only what was done."""

import pytest

from services import encoder, hearing
from storage import doses, inbox, people
from tests.world import Someone, World


async def flags_of(world: World, someone: Someone) -> list[tuple[str, str, int]]:
    async with world.store.read() as tx:
        person = await people.person_by_telegram_id(tx, someone.phone.id)
        assert person is not None
        patient = await people.patient_of(tx, person.id)
        assert patient is not None
        return [(one.category, one.severity, one.told) for one in await inbox.escalations(tx, patient.id)]


async def test_an_emergency_gets_the_number_first_and_the_clinic_is_told(world: World) -> None:
    ruiz = await world.clinician("Dr. Ruiz")
    ana = await world.patient("Ana", clinician=ruiz)
    await ana.says("I can't breathe, my chest hurts")
    first_line = ana.sees("112", "naltrexone").body.split("\n")[0]
    assert "112" in first_line
    alert = ruiz.sees("Emergency flag RF01", "emergency symptoms", buttons=["I have this", "Not useful"])
    assert not alert.silent
    assert "Ana" not in alert.body
    assert "breathe" not in alert.body
    assert await flags_of(world, ana) == [("RF01", "emergency", 1)]


async def test_without_a_clinic_the_reply_says_that_nobody_was_told(world: World) -> None:
    ana = await world.patient("Ana")
    await ana.says("I can't breathe")
    ana.sees("Nobody has been alerted")
    assert await flags_of(world, ana) == [("RF01", "emergency", 0)]


async def test_with_sharing_off_nobody_is_told_and_the_reply_says_so(world: World) -> None:
    ruiz = await world.clinician("Dr. Ruiz")
    ana = await world.patient("Ana", clinician=ruiz, sharing=False)
    with ruiz.silence():
        await ana.says("I took codeine an hour ago")
    ana.sees("Nobody has been alerted")


async def test_an_opioid_pauses_prompts_at_once_and_asks_each_evening_instead(world: World) -> None:
    ruiz = await world.clinician("Dr. Ruiz")
    ana = await world.patient("Ana", clinician=ruiz)
    await ana.says("I took codeine an hour ago")
    ana.sees("I have paused dose prompts")
    ruiz.sees(
        "Same-day flag RF04",
        "dose prompts are paused",
        buttons=["I have this", "Resume dose prompts", "Not useful"],
    )

    await world.at("2026-03-02T22:00")
    ana.sees(
        "Have you been able to speak to a health professional?",
        buttons=["Not yet", "Yes, told to continue", "Yes, told not to take it"],
    )
    ana.never_saw("Time for tonight's dose")
    await ana.taps("Not yet")
    ana.sees("I ask again tomorrow")

    await world.at("2026-03-03T08:00")
    ana.sees("Checking in after yesterday. Did you reach someone?")
    await world.at("2026-03-03T22:00")
    ana.sees("Have you been able to speak to a health professional?")
    await ana.taps("Yes, told to continue")
    ana.sees("Recorded, as you reported it", "next comes Wed 22:00")
    await world.at("2026-03-04T22:00")
    ana.sees("Time for tonight's dose: 1.5 mg.")


async def test_the_clinician_resumes_prompts(world: World) -> None:
    ruiz = await world.clinician("Dr. Ruiz")
    ana = await world.patient("Ana", clinician=ruiz)
    await ana.says("I took codeine an hour ago")
    await ruiz.taps("I have this")
    ruiz.sees("You have it since")
    await ruiz.taps("Resume dose prompts")
    ruiz.sees("Dose prompts resumed")
    await world.at("2026-03-02T22:00")
    ana.sees("Time for tonight's dose: 1.5 mg.")


async def test_a_red_flag_after_the_prompt_ends_the_reminder_and_counts_nowhere(world: World) -> None:
    ana = await world.patient("Ana")
    await world.at("2026-03-02T22:00")
    await ana.says("I took codeine an hour ago")
    with ana.silence():
        await world.at("2026-03-03T07:00")
    async with world.store.read() as tx:
        person = await people.person_by_telegram_id(tx, ana.phone.id)
        assert person is not None
        patient = await people.patient_of(tx, person.id)
        assert patient is not None
        (dose,) = await doses.newest_doses(tx, patient.id, 1, until=world.clock.at)
    assert (dose.status, dose.reason) == ("not_expected", "safety_pause")


async def test_the_same_danger_within_a_day_updates_one_alert(world: World) -> None:
    ruiz = await world.clinician("Dr. Ruiz")
    ana = await world.patient("Ana", clinician=ruiz)
    await ana.says("I took codeine an hour ago")
    with ruiz.silence():
        await world.later(hours=1)
        await ana.says("I took tramadol too")
    assert await flags_of(world, ana) == [("RF04", "same-day", 1)]
    ana.sees("clinic")


async def test_a_stranger_is_answered_and_nothing_is_kept(world: World) -> None:
    someone = world.newcomer("Zoe")
    await someone.says("I want to kill myself")
    someone.sees("Nobody has been alerted")
    async with world.store.read() as tx:
        assert await people.person_by_telegram_id(tx, someone.phone.id) is None


async def test_danger_is_read_in_the_middle_of_first_contact(world: World) -> None:
    ana = world.newcomer("Ana")
    await ana.starts()
    await ana.taps("I am 18 or over")
    await ana.taps("Continue")
    await ana.says("my throat is swelling up")
    ana.sees("Nobody has been alerted")
    await ana.says("Lisbon")
    ana.sees("When do you want the prompt?")


async def test_danger_is_read_in_a_note(world: World) -> None:
    ana = await world.patient("Ana")
    await world.at("2026-03-02T22:00")
    await ana.taps("Taken")
    await world.at("2026-03-03T08:00")
    await ana.taps("3")
    await ana.taps("6")
    await ana.taps("Add a note")
    await ana.says("I want to die")
    ana.never_saw("Note kept")
    ana.sees("112")


async def test_danger_is_read_after_stop(world: World) -> None:
    ana = await world.patient("Ana")
    await ana.says("/stop")
    await ana.taps("Stop your messages")
    await ana.says("I can't breathe")
    ana.sees("112", "Nobody has been alerted")
    assert await flags_of(world, ana) == []


async def test_two_texts_within_two_minutes_are_read_as_one(world: World) -> None:
    ana = await world.patient("Ana")
    await ana.says("an hour ago I took")
    await world.later(minutes=1)
    await ana.says("codeine")
    assert [flag[0] for flag in await flags_of(world, ana)] == ["RF04"]


@pytest.mark.parametrize("how", ["caption", "edit", "forward"])
async def test_captions_edits_and_forwards_are_read(world: World, how: str) -> None:
    ana = await world.patient("Ana")
    words = "I took codeine an hour ago"
    if how == "caption":
        ana.phone.send_photo(b"\x89PNG\r\n\x1a\n", words)
    elif how == "forward":
        ana.phone.forward(words, "Bob")
    else:
        ana.phone.say("hello")
        await world.settle()
        said = [one for one in ana.phone.messages if not one.from_bot][-1]
        ana.phone.edit(said, words)
    await world.settle()
    assert [flag[0] for flag in await flags_of(world, ana)] == ["RF04"]


async def test_a_long_text_is_read_to_its_end(world: World) -> None:
    ana = await world.patient("Ana")
    await ana.says("It was a long day and I did the shopping. " * 70 + "And then I took codeine an hour ago.")
    assert [flag[0] for flag in await flags_of(world, ana)] == ["RF04"]


@pytest.mark.parametrize("what", ["voice", "sticker", "photo"])
async def test_what_cannot_be_read_gets_the_sentence_with_the_number(world: World, what: str) -> None:
    ana = await world.patient("Ana")
    if what == "voice":
        ana.phone.send_voice()
    elif what == "sticker":
        ana.phone.send_sticker()
    else:
        ana.phone.send_photo(b"\x89PNG\r\n\x1a\n", "")
    await world.settle()
    ana.sees("I can't listen or look. In an emergency call 112. Otherwise please type it.")


async def test_an_opioid_on_the_safety_screen_pauses_prompts_from_the_start(world: World) -> None:
    ruiz = await world.clinician("Dr. Ruiz")
    ana = await world.patient("Ana", clinician=ruiz, ticks=["Opioids in the last 14 days"])
    ana.saw("I have paused dose prompts until you have spoken to them")
    ana.saw("Your clinic will see it")
    ruiz.sees("Same-day flag RF04")
    await world.at("2026-03-02T22:00")
    ana.sees("Have you been able to speak to a health professional?")


async def test_a_planned_operation_keeps_the_prompt_with_a_line(world: World) -> None:
    ana = await world.patient("Ana", ticks=["Surgery or dental work planned"])
    await world.at("2026-03-02T22:00")
    ana.sees("Time for tonight's dose: 1.5 mg.", "Have you spoken to your prescriber?")


async def test_thoughts_of_self_harm_now_open_the_fixed_text(world: World) -> None:
    ana = world.newcomer("Ana")
    await ana.starts()
    for label in ("I am 18 or over", "Reminders: off", "Continue"):
        await ana.taps(label)
    await ana.says("Chicago")
    await ana.taps("22:00")
    await ana.taps("Right")
    await ana.says("1.5")
    for label in ("Capsule", "I already take it", "1 to 4 weeks", "Thoughts of harming myself", "Done"):
        await ana.taps(label)
    ana.sees("Are these thoughts there now?")
    await ana.taps("Yes, now")
    ana.saw("988")
    ana.saw("All set")


async def test_skipping_for_an_opioid_goes_through_triage(world: World) -> None:
    ana = await world.patient("Ana")
    await world.at("2026-03-02T22:00")
    await ana.taps("Skip")
    await ana.taps("Took an opioid")
    ana.saw("Recorded as skipped: took an opioid.")
    ana.sees("I have paused dose prompts")


async def test_in_hospital_tells_to_tell_the_staff(world: World) -> None:
    ana = await world.patient("Ana")
    await ana.says("/help")
    await ana.taps("In hospital, or had an accident")
    ana.sees("Tell the staff now that you take naltrexone", "Nobody has been alerted")
    await world.at("2026-03-02T22:00")
    ana.sees("Have you been able to speak")


async def test_seven_nights_without_a_recorded_dose_pause_prompts(world: World) -> None:
    ana = await world.patient("Ana", checkins=False)
    await world.at("2026-03-09T21:00")
    assert ana.count("Time for tonight's dose") == 7
    await world.at("2026-03-10T08:00")
    assert ana.count("Time for tonight's dose") == 7
    ana.sees("I have not heard from you for seven nights")


async def test_reminders_stop_after_three_unanswered_nights(world: World) -> None:
    ana = await world.patient("Ana", checkins=False)
    await world.at("2026-03-07T21:00")
    assert ana.count("A quiet reminder") == 3


@pytest.fixture
def unsure(monkeypatch: pytest.MonkeyPatch) -> None:
    """The encoder hears a child with capsules in words that no rule knows."""
    danger = {"quiet": 0.02, "RF07": 0.98}
    heard = encoder.Reading(danger, (0.02, 0.0, 0.9, 0.08), {})
    monkeypatch.setattr(hearing, "understood", lambda text: heard if text == UNSURE else None)
    monkeypatch.setattr(hearing, "danger_of", lambda _text, read: read.danger)


UNSURE = "words that no rule knows"


async def asked(world: World) -> tuple[Someone, Someone]:
    """A clinician, and their patient who has just written what only the encoder understands."""
    ruiz = await world.clinician("Dr. Ruiz")
    ana = await world.patient("Ana", clinician=ruiz)
    with ruiz.silence():
        await ana.says(UNSURE)
    return ruiz, ana


@pytest.mark.usefixtures("unsure")
async def test_what_only_the_encoder_hears_is_asked_and_a_yes_tells_the_clinic(world: World) -> None:
    ruiz, ana = await asked(world)
    ana.sees(
        "Nobody has been alerted",
        "I am not sure that I understood you",
        "If you tap Yes, I tell your clinic",
        buttons=["Yes, this is it", "No, something else"],
    )
    assert await flags_of(world, ana) == [("RF07", "mention", 0)]
    await ana.taps("Yes, this is it")
    ana.sees("I am sending this to your clinic")
    ruiz.sees("Same-day flag RF07", "child or pet")
    assert await flags_of(world, ana) == [("RF07", "same-day", 1)]


@pytest.mark.usefixtures("unsure")
async def test_a_no_closes_what_the_encoder_heard_and_nobody_is_told(world: World) -> None:
    ruiz, ana = await asked(world)
    with ruiz.silence():
        await ana.taps("No, something else")
    ana.sees("nobody was alerted", "in other words")
    assert await flags_of(world, ana) == []


@pytest.mark.usefixtures("unsure")
async def test_who_is_no_patient_gets_the_reply_without_a_question(world: World) -> None:
    bob = world.newcomer("Bob")
    await bob.says(UNSURE)
    bob.sees("Nobody has been alerted", buttons=[])
    bob.never_saw("I am not sure that I understood you")
