"""`/inbox`: what waits for a clinician, taking it up, and what the patient hears of it."""

from tests.conversations.test_duty import two
from tests.world import Someone, World

QUESTION = "do you know a good plumber"
OUTCOMES = ("Phoned", "Portal message", "Plan changed", "No action", "Other")


async def asked(patient: Someone, text: str = QUESTION) -> None:
    await patient.says(text)
    await patient.taps("Pass it on")


async def test_an_empty_inbox_says_so(world: World) -> None:
    ruiz = await world.clinician("Ruiz")
    await ruiz.says("/inbox")
    ruiz.sees("Your inbox is empty")


async def test_patients_have_no_inbox(world: World) -> None:
    ana = await world.patient("Ana")
    await ana.says("/inbox")
    ana.sees("That command is for clinicians.")


async def test_a_question_is_taken_up_read_and_closed(world: World) -> None:
    ruiz, _, ana = await two(world)
    await asked(ana)
    await world.later(hours=14)
    await ruiz.says("/inbox")
    ruiz.sees("Inbox: 0 alerts, 0 decisions, 1 question, 0 refills.", "good plumber")
    await ruiz.taps("1. P-")
    ruiz.sees("Question from P-", QUESTION, buttons=["I have this", "Back to the inbox"])
    ana.never_saw("Read by your clinic")
    await ruiz.taps("I have this")
    ruiz.sees("You have it since", buttons=[*OUTCOMES, "Back to the inbox"])
    assert ana.sees("Read by your clinic, ", "your question of ").silent
    await ruiz.taps("Portal message")
    ruiz.sees("Closed: P-", "Portal message", "Your inbox is empty")
    assert ana.count("Read by your clinic") == 1


async def test_who_takes_it_over_is_seen_and_the_patient_hears_of_the_first_alone(world: World) -> None:
    ruiz, silva, ana = await two(world)
    await ruiz.says("/away")
    await ruiz.says("2026-03-02 to 2026-03-09")
    await ruiz.taps("Silva")
    await asked(ana)
    await silva.says("/inbox")
    await silva.taps("1. P-")
    await silva.taps("I have this")
    await ruiz.says("/inbox")
    ruiz.sees("Silva has it")
    await ruiz.taps("1. P-")
    ruiz.sees("Silva has it since", buttons=["I take over", *OUTCOMES, "Back to the inbox"])
    await ruiz.taps("I take over")
    ruiz.sees("You have it since")
    assert ana.count("Read by your clinic") == 1


async def test_a_colleague_who_does_not_cover_sees_no_question(world: World) -> None:
    _, silva, ana = await two(world)
    await asked(ana)
    await silva.says("/inbox")
    silva.sees("Your inbox is empty")


async def test_a_question_stays_in_the_digest_until_it_is_closed(world: World) -> None:
    ruiz, _, ana = await two(world)
    await asked(ana)
    await world.later(days=9)
    await ruiz.says("/digest")
    ruiz.sees("good plumber")
    await ruiz.says("/inbox")
    ruiz.sees("1 decision, 1 question", "Waiting for your decision", "paused for safety")
    await ruiz.taps("2. P-")
    await ruiz.taps("I have this")
    await ruiz.taps("No action")
    await ruiz.says("/digest")
    assert "good plumber" not in ruiz.keeps().body


async def test_an_alert_is_taken_up_seen_and_closed_with_what_became_of_it(world: World) -> None:
    ruiz, _, ana = await two(world)
    await ana.says("I took codeine an hour ago")
    await ruiz.taps("I have this")
    taken = ruiz.sees("You have it since")
    assert taken.labels == ["Resume dose prompts", "Not useful", *OUTCOMES, "Back to the inbox"]
    ana.sees("Seen by your clinic, ", "If it gets worse, do not wait for them: ", "112")
    await ruiz.taps("Phoned")
    ruiz.sees("Closed: P-", "Phoned", "Dose prompts stay paused until you resume them")
    ruiz.sees("1 decision", "dose prompts paused for safety")


async def test_a_mention_waits_in_the_inbox_and_was_never_pushed(world: World) -> None:
    ruiz, _, ana = await two(world)
    await ana.says("I want to stop taking it")
    ruiz.never_saw("flag")
    await ruiz.says("/inbox")
    ruiz.sees("1 alert", "mention", "RF13 (wish to stop)")
    await ruiz.taps("1. P-")
    await ruiz.taps("I have this")
    ana.sees("Seen by your clinic")
    await ruiz.taps("Other")
    ruiz.sees("Your inbox is empty")


async def test_a_refill_waits_and_the_patient_hears_that_it_was_read(world: World) -> None:
    ruiz, _, ana = await two(world)
    await ana.says("/refill")
    await ana.taps("Ask for a refill")
    await ruiz.says("/inbox")
    ruiz.sees("1 refill", "Refills and supplies")
    await ruiz.taps("1. P-")
    await ruiz.taps("I have this")
    ana.sees("Read by your clinic, ", "your message about your supply")


async def test_what_was_closed_meanwhile_is_said_to_be_gone(world: World) -> None:
    ruiz, silva, ana = await two(world)
    await ruiz.says("/away")
    await ruiz.says("2026-03-02 to 2026-03-09")
    await ruiz.taps("Silva")
    await asked(ana)
    await ruiz.says("/inbox")
    await ruiz.taps("1. P-")
    await silva.says("/inbox")
    await silva.taps("1. P-")
    await silva.taps("I have this")
    await silva.taps("Phoned")
    await ruiz.taps("I have this")
    ruiz.sees("closed already")


async def test_with_sharing_switched_off_nothing_is_left_to_read(world: World) -> None:
    ruiz, _, ana = await two(world)
    await asked(ana)
    await ruiz.says("/inbox")
    await ruiz.taps("1. P-")
    await ana.says("/settings")
    await ana.taps("Sharing: ✅ on")
    await ruiz.taps("I have this")
    ruiz.sees("not yours to read")
    ana.never_saw("Read by your clinic")
    await ruiz.says("/inbox")
    ruiz.sees("Your inbox is empty")


async def test_who_stopped_is_not_written_to_and_their_question_stays(world: World) -> None:
    ruiz, _, ana = await two(world)
    await asked(ana)
    await ana.says("/stop")
    await ana.taps("Stop your messages")
    await ruiz.says("/inbox")
    await ruiz.taps("1. P-")
    await ruiz.taps("I have this")
    ruiz.sees("You have it since")
    ana.never_saw("Read by your clinic")


async def test_a_colleague_who_took_up_alerts_keeps_them_until_they_are_closed(world: World) -> None:
    ruiz, silva, ana = await two(world)
    ruiz.phone.block()
    await world.settle()
    await ana.says("I have crushing chest pain")
    await silva.taps("I have this")
    await ana.says("I took codeine an hour ago")
    await silva.says("/inbox")
    silva.sees("2 alerts", "RF01", "RF04", "you have it")


async def test_what_a_patient_says_the_day_after_stands_with_the_alert(world: World) -> None:
    ruiz, _, ana = await two(world)
    await ana.says("I took codeine an hour ago")
    await world.later(hours=14)
    await ana.taps("Not yet")
    await ruiz.says("/inbox")
    await ruiz.taps("1. P-")
    ruiz.sees("Same-day flag RF04", "they had not reached anyone yet")


async def test_whoever_covers_can_call_an_alert_not_useful(world: World) -> None:
    ruiz, silva, ana = await two(world)
    await ana.says("I want to stop taking it")
    await ruiz.says("/away")
    await ruiz.says("2026-03-02 to 2026-03-09")
    await ruiz.taps("Silva")
    await silva.says("/inbox")
    await silva.taps("1. P-")
    await silva.taps("Not useful")
    silva.sees("Noted as not useful, and closed.")
    await silva.says("/inbox")
    silva.sees("Your inbox is empty")
