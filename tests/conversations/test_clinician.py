"""The clinician's first week."""

from tests.world import World


async def test_a_clinician_joins_by_a_link_that_works_once(world: World) -> None:
    await world.clinician("Dr. Ruiz")
    link = next(one for one in world.telegram.people[1001].messages if not one.from_bot)
    token = link.body.removeprefix("/start ")
    other = world.newcomer("Mallory")
    await other.starts(token)
    other.sees("already been used")
    await other.says("/digest")
    other.sees("That command is for clinicians.")


async def test_an_invite_carries_the_plan_to_the_patient(world: World) -> None:
    ruiz = await world.clinician("Dr. Ruiz")
    await ruiz.says("/invite")
    await ruiz.says("1,5 mg")
    ruiz.sees("1.5 mg. Which form?")
    await ruiz.taps("Capsule")
    await ruiz.says("1 x 1.5 mg")
    await ruiz.taps("Tomorrow")
    await ruiz.taps("In 4 weeks")
    ruiz.sees("1.5 mg, 1 capsule of 1.5 mg, first night Tue 3 Mar, review Tue 31 Mar")
    await ruiz.taps("Make the link")
    picture = ruiz.sees("For one patient, valid until Mon 16 Mar")
    assert picture.photo is not None
    assert (picture.photo.width or 0) > 200
    token = picture.body.rsplit("start=", 1)[1].strip()

    ana = world.newcomer("Ana")
    await ana.starts(token)
    for label in ("I am 18 or over", "Reminders: off", "Sharing: off", "Continue"):
        await ana.taps(label)
    await ana.says("Lisbon")
    await ana.taps("22:00")
    await ana.taps("Right")
    ana.sees("1.5 mg, 1 capsule of 1.5 mg, first night Tue 3 Mar, review Tue 31 Mar")
    await ana.taps("Yes")
    await ana.taps("I have it or wait for it, not started")
    await ana.taps("As planned")
    await ana.taps("None of these")
    ana.sees("Your first prompt comes Tue 22:00")


async def test_a_label_that_differs_from_the_plan_pauses_prompts_and_tells_the_clinic(world: World) -> None:
    ruiz = await world.clinician("Dr. Ruiz")
    ana = world.newcomer("Ana")
    await ana.starts(await world.invite(ruiz))
    for label in ("I am 18 or over", "Reminders: off", "Sharing: off", "Continue"):
        await ana.taps(label)
    await ana.says("Lisbon")
    await ana.taps("22:00")
    await ana.taps("Right")
    await ana.taps("My label says something else")
    await ana.taps("I already take it")
    await ana.taps("Longer")
    await ana.taps("None of these")
    ana.saw("ask your pharmacist or prescriber before you take it")
    ruiz.sees("RF15", "medicine looks wrong")
    await world.at("2026-03-02T22:00")
    ana.sees("Have you been able to speak")


async def test_the_digest_counts_by_code_and_names_nobody(world: World) -> None:
    ruiz = await world.clinician("Dr. Ruiz")
    ana = await world.patient("Ana", clinician=ruiz)
    for night, label in enumerate(["Taken", "Taken", "Skip", None, "Taken"]):
        await world.at(f"2026-03-0{2 + night}T22:05")
        if label is not None:
            await ana.taps(label)
        if label == "Skip":
            await ana.taps("Side effect")
        await world.at(f"2026-03-0{3 + night}T08:05")
        if label is None:
            await ana.taps("Not sure")
        await ana.taps(str(2 + night))
        await ana.taps(str(4 + night))
    await world.at("2026-03-07T13:00")
    await ruiz.says("/digest")
    body = ruiz.sees("Week to Sat 7 Mar", "1 patient: 0 alerts open").body
    assert "taken 3, skipped 1, unanswered 1, undelivered 0 of 5 expected; pain 6.0, sleep 4.0" in body
    assert "Ana" not in body


async def test_the_digest_comes_at_the_chosen_weekday_and_hour(world: World) -> None:
    ruiz = await world.clinician("Dr. Ruiz")
    await world.patient("Ana", clinician=ruiz)
    await ruiz.says("/digesttime")
    await ruiz.taps("Thursday")
    await ruiz.taps("09:00")
    ruiz.sees("The digest comes every Thursday at 09:00, Europe/Lisbon. Next: Thu 5 Mar.")
    with ruiz.silence():
        await world.at("2026-03-05T08:59")
    await world.at("2026-03-05T09:00")
    assert ruiz.sees("Week to Thu 5 Mar").silent
    with ruiz.silence():
        await world.at("2026-03-12T08:59")
    await world.at("2026-03-12T09:00")
    ruiz.sees("Week to Thu 12 Mar")


async def test_an_empty_week_says_so(world: World) -> None:
    ruiz = await world.clinician("Dr. Ruiz")
    await ruiz.says("/digest")
    ruiz.sees("No patient shares with you yet")


async def test_a_patient_who_does_not_share_stands_in_no_digest(world: World) -> None:
    ruiz = await world.clinician("Dr. Ruiz")
    await world.patient("Ana", clinician=ruiz, sharing=False)
    await ruiz.says("/digest")
    ruiz.sees("No patient shares with you yet")
    await ruiz.says("/patients")
    ruiz.sees("No patient shares with you yet")


async def test_another_clinicians_alert_cannot_be_taken(world: World) -> None:
    ruiz = await world.clinician("Dr. Ruiz")
    eve = await world.clinician("Dr. Eve", clinic="Other Clinic")
    ana = await world.patient("Ana", clinician=ruiz)
    await ana.says("I took codeine an hour ago")
    alert = ruiz.keeps()
    data = next(button.data for row in alert.buttons for button in row if button.data)
    eve.phone.tap_data(eve.keeps(), data)
    await world.settle()
    eve.sees("not yours to read")


async def test_a_colleague_joins_the_same_clinic(world: World) -> None:
    ruiz = await world.clinician("Dr. Ruiz")
    await ruiz.says("/colleague")
    token = ruiz.sees("For one colleague").body.rsplit("start=", 1)[1].strip()
    kim = world.newcomer("Dr. Kim")
    await kim.starts(token)
    kim.sees("You now read for Harbour Pain Clinic")


async def test_a_patient_who_blocked_the_bot_is_undelivered_and_comes_back_only_when_asked(
    world: World,
) -> None:
    ruiz = await world.clinician("Dr. Ruiz")
    ana = await world.patient("Ana", clinician=ruiz, checkins=False)
    ana.phone.block()
    await world.settle()
    await world.at("2026-03-04T13:00")
    await ruiz.says("/digest")
    ruiz.sees("undelivered 2 of 2 expected", "Silent or unreachable")

    await ana.starts()
    ana.sees("Welcome back", buttons=["Yes, write to me", "No"])
    with ana.silence():
        await world.at("2026-03-05T13:00")
    await ana.taps("Yes, write to me")
    await world.at("2026-03-05T22:00")
    ana.sees("Time for tonight's dose: 1.5 mg.")
