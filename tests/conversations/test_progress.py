"""/progress and /card: the patient sees their own weeks, and has something to show in an emergency."""

from sandbox.pictures import look_at
from tests.conversations.people import waiting
from tests.world import Someone, World

BUTTONS = ["4 weeks", "8 weeks", "6 months", "Dark"]


def picture_of(someone: Someone) -> bytes:
    photo = someone.keeps().photo
    assert photo is not None
    looks = look_at(photo.data)
    assert looks is not None
    assert (looks.kind, looks.width) == ("png", 1080)
    return photo.data


async def answered_week(world: World, ana: Someone) -> None:
    """Mon taken, Tue skipped, Wed silence, Thu taken and corrected; five mornings with sleep and pain."""
    for day in range(2, 8):
        await world.at(f"2026-03-{day:02}T22:05")
        if day in (2, 5, 6, 7):
            await ana.taps("Taken")
        elif day == 3:
            await ana.taps("Skip")
            await ana.taps("Forgot")
        await world.at(f"2026-03-{day + 1:02}T08:30")
        if day == 3:
            continue
        if day == 4:
            await ana.taps("Not sure")
        await ana.taps("4")
        await ana.taps("6")


async def test_the_last_weeks_come_as_a_picture_with_the_same_in_words(world: World) -> None:
    ana = await world.patient("Ana")
    await answered_week(world, ana)
    await ana.says("/progress")
    caption = ana.sees(
        "Your last 8 weeks, Mon 12 Jan – Sun 8 Mar",
        "Doses: 4 taken, 1 skipped, 1 unanswered, 0 undelivered, of 6 expected.",
        "mean pain 6.0; mean sleep 4.0 (0 to 10, lower is better)",
        buttons=BUTTONS,
    ).body
    assert len(caption) <= 1024
    for word in ("missed", "naltrexone", "LDN", "because", "PDC"):
        assert word not in caption
    picture_of(ana)


async def test_the_buttons_carry_the_choice_and_each_tap_sends_a_new_picture(world: World) -> None:
    ana = await world.patient("Ana")
    await answered_week(world, ana)
    await ana.says("/progress")
    light, first = picture_of(ana), ana.keeps()
    await ana.taps("Dark")
    ana.sees("Your last 8 weeks", buttons=[*BUTTONS[:3], "Light"])
    dark = picture_of(ana)
    assert dark != light
    await ana.taps("4 weeks")
    ana.sees("Your last 4 weeks, Mon 9 Feb", buttons=[*BUTTONS[:3], "Light"])
    await ana.taps("6 months", on=first)
    ana.sees("Your last 6 months", buttons=BUTTONS)


async def test_too_few_check_ins_give_no_mean_and_a_correction_is_told(world: World) -> None:
    ana = await world.patient("Ana", checkins=False)
    await world.at("2026-03-02T22:05")
    await ana.taps("Taken")
    await ana.taps("Correct")
    await ana.taps("Skip")
    await ana.taps("Forgot")
    await ana.says("/progress")
    ana.sees("0 taken, 1 skipped", "pain: not enough check-ins; sleep: not enough check-ins")
    ana.sees("1 dose was corrected by you.")


async def test_a_pause_counts_nowhere(world: World) -> None:
    ana = await world.patient("Ana", checkins=False)
    await world.at("2026-03-02T22:05")
    await ana.taps("Taken")
    await ana.says("/pause")
    await ana.taps("Yes, I take it without prompts")
    await ana.taps("No end date")
    await world.at("2026-03-06T12:00")
    await ana.says("/progress")
    ana.sees("1 taken, 0 skipped, 0 unanswered, 0 undelivered, of 1 expected.")


async def test_an_empty_record_gets_a_kind_sentence_instead_of_a_picture(world: World) -> None:
    ana = await waiting(world, "Ana")
    await ana.says("/progress")
    assert ana.sees("There is nothing to draw yet, and that is fine").photo is None


async def test_a_picture_that_did_not_go_out_is_drawn_again_from_what_was_written(world: World) -> None:
    ana = await world.patient("Ana", checkins=False)
    await world.at("2026-03-02T22:05")
    world.telegram.faults.add("server_error", "sendPhoto", code=502)
    await ana.says("/progress")
    assert ana.keeps().photo is None
    await world.later(seconds=30)
    ana.sees("Your last 8 weeks")
    picture_of(ana)


async def test_the_card_says_what_staff_need_to_know(world: World) -> None:
    ruiz = await world.clinician("Dr. Ruiz")
    ana = await world.patient("Ana", clinician=ruiz, checkins=False)
    await world.at("2026-03-02T22:04")
    await ana.taps("Taken")
    await world.at("2026-03-03T09:00")
    await ana.says("/card")
    card = ana.sees(
        "I take low-dose naltrexone",
        "Naltrexone can block opioid pain relief and cause withdrawal.",
        "Amount: 1.5 mg",
        "Last recorded dose: Mon 2 Mar 2026, 22:04 (Europe/Lisbon), as the patient said",
        "Prescriber's clinic: Harbour Pain Clinic",
        "not yet reviewed",
        buttons=[],
    )
    assert len(card.body) <= 1024
    assert "ask whether I take it now" not in card.body
    picture_of(ana)


async def test_without_sharing_the_card_names_no_clinic(world: World) -> None:
    ruiz = await world.clinician("Dr. Ruiz")
    ana = await world.patient("Ana", clinician=ruiz, checkins=False, sharing=False)
    await ana.says("/card")
    ana.sees("Prescriber: not recorded here", "Last recorded dose: none")


async def test_while_paused_the_card_says_to_ask(world: World) -> None:
    ana = await world.patient("Ana", checkins=False)
    await ana.says("/pause")
    await ana.taps("No, I am not taking it")
    await ana.taps("No end date")
    await ana.says("/card")
    ana.sees("Not started yet, or paused: ask whether I take it now.")


async def test_a_stranger_gets_neither(world: World) -> None:
    eve = world.newcomer("Eve")
    for command in ("/progress", "/card"):
        await eve.says(command)
        assert eve.sees("/start").photo is None
