"""The plan: steps that the clinic records, changes that the patient reports, holds."""

from tests.world import Someone, World


async def linked(world: World) -> tuple[Someone, Someone, str]:
    """A clinician, a linked patient on 1.5 mg, and the patient's code."""
    ruiz = await world.clinician("Dr. Ruiz")
    ana = await world.patient("Ana", clinician=ruiz, checkins=False)
    code = ana.saw("Your code is").body.split("Your code is ")[1].split(".")[0]
    return ruiz, ana, code


async def record(
    ruiz: Someone, code: str, mg: str, *, start: str, label: str | None = None, form: str = "Capsule"
) -> None:
    """The clinician records a step from the patient's page."""
    await ruiz.says("/patients")
    await ruiz.taps(next(one for one in ruiz.keeps().labels if one.startswith(code)))
    await ruiz.taps("Record a step")
    await ruiz.says(mg)
    await ruiz.taps(form)
    if label:
        await ruiz.says(label)
    else:
        await ruiz.taps("The label does not say")
    if start == "review":
        await ruiz.taps("After my review")
    else:
        await ruiz.says(start)
        await ruiz.taps("No review day")
    await ruiz.taps("Record it")
    ruiz.sees(f"Recorded for {code}")


async def nights(world: World, ana: Someone, first: int, last: int, *, tap: str = "Taken") -> None:
    """Nights of March 2026, each answered."""
    for day in range(first, last + 1):
        await world.at(f"2026-03-{day:02}T22:05")
        await ana.taps(tap)
        if tap == "Skip":
            await ana.taps("Forgot")


async def test_a_changed_step_is_named_only_once_it_has_been_opened(world: World) -> None:
    ruiz, ana, code = await linked(world)
    await nights(world, ana, 2, 3)
    await world.at("2026-03-04T12:00")
    await record(ruiz, code, "3", start="2026-03-05", label="2 x 1.5 mg")
    assert ana.sees("Your clinic has updated your plan", buttons=["Open the plan"]).silent
    ana.never_saw("3 mg")

    await nights(world, ana, 4, 4)
    await world.at("2026-03-05T22:00")
    ana.sees(
        "Time for tonight's dose.",
        "Your plan changed",
        buttons=["Open the change", "Taken", "Snooze 15", "30", "60", "Skip"],
    )
    prompt = ana.keeps()
    assert "mg" not in prompt.body

    await ana.taps("Open the change")
    ana.sees("3 mg (2 capsules of 1.5 mg)", "Do you have the new strength?")
    await ana.taps("Yes, I have it")
    ana.sees("Time for tonight's dose: 3 mg (2 capsules of 1.5 mg).")
    await ana.taps("Taken")
    await world.at("2026-03-06T22:00")
    ana.sees("Time for tonight's dose: 3 mg (2 capsules of 1.5 mg).")


async def test_a_plan_read_beforehand_is_named_from_its_first_night(world: World) -> None:
    ruiz, ana, code = await linked(world)
    await nights(world, ana, 2, 3)
    await record(ruiz, code, "3", start="2026-03-05")

    await ana.taps("Open the plan")
    ana.sees("Now: 1.5 mg (capsule)", "From Thu 5 Mar: 3 mg (capsule)", "Your clinic sets the plan")
    await nights(world, ana, 4, 4)
    await world.at("2026-03-05T22:00")
    ana.sees("Time for tonight's dose: 3 mg.")


async def test_without_the_new_strength_the_clinic_hears_of_it(world: World) -> None:
    ruiz, ana, code = await linked(world)
    await nights(world, ana, 2, 3)
    await record(ruiz, code, "3", start="2026-03-04")
    await world.at("2026-03-04T22:00")

    await ana.taps("Open the change")
    await ana.taps("No")
    ana.sees("call your pharmacy or prescriber", "I put it on your clinic's list")
    await ruiz.says("/digest")
    ruiz.sees(code, "Does not have the new strength yet.")


async def test_a_step_waits_where_fewer_than_half_the_nights_were_taken(world: World) -> None:
    ruiz, ana, code = await linked(world)
    await nights(world, ana, 2, 2)
    await nights(world, ana, 3, 5, tap="Skip")
    await record(ruiz, code, "3", start="2026-03-07")
    await nights(world, ana, 6, 6)

    await world.at("2026-03-07T22:00")
    ana.sees("Time for tonight's dose: 1.5 mg.", "The next step in your plan waits for your clinic.")
    await ruiz.says("/digest")
    ruiz.sees("step 3 mg waits for you: fewer than half the nights confirmed")

    await ruiz.says("/patients")
    await ruiz.taps(f"{code} ❗")
    ruiz.sees("3 mg (capsule): waits for the clinic to decide.")
    await ruiz.taps("Start 3 mg")
    await ruiz.taps("Tomorrow: Sun 8 Mar")
    await world.at("2026-03-08T22:00")
    ana.sees("Your plan changed. Please open the change first.")


async def test_a_step_after_the_review_begins_only_when_the_clinician_says_so(world: World) -> None:
    ruiz, ana, code = await linked(world)
    await nights(world, ana, 2, 3)
    await record(ruiz, code, "3", start="review")
    await nights(world, ana, 4, 8)
    ana.never_saw("waits for your clinic")
    await ana.says("/plan")
    ana.sees("Now: 1.5 mg", "3 mg (capsule): after the clinic's review.")

    await ruiz.says("/patients")
    await ruiz.taps(f"{code} ❗")
    await ruiz.taps("Start 3 mg")
    await ruiz.taps("Tonight: Sun 8 Mar")
    await world.at("2026-03-09T22:00")
    await ana.taps("Open the change")
    ana.sees("New in your plan since Sun 8 Mar: 3 mg")


async def test_a_step_can_be_withdrawn_before_it_begins(world: World) -> None:
    ruiz, ana, code = await linked(world)
    await nights(world, ana, 2, 2)
    await record(ruiz, code, "4.5", start="2026-03-05")
    await ruiz.says("/patients")
    await ruiz.taps(code)
    await ruiz.taps("Withdraw 4.5 mg")
    await nights(world, ana, 3, 4)
    await world.at("2026-03-05T22:00")
    ana.sees("Time for tonight's dose: 1.5 mg.")


async def report(ana: Someone, mg: str) -> None:
    await ana.says("/plan")
    await ana.taps("My prescription changed")
    await ana.says(mg)
    await ana.taps("Capsule")
    await ana.taps("The label does not say")
    await ana.taps(next(one for one in ana.keeps().labels if one.startswith("Tonight")))
    await ana.taps("Yes, that is it")


async def test_a_reported_change_names_no_amount_until_the_clinic_confirms_it(world: World) -> None:
    ruiz, ana, code = await linked(world)
    await nights(world, ana, 2, 2)
    await report(ana, "3")
    ana.sees("waits for your clinic to confirm it", "Until then prompts name no amount")
    await world.at("2026-03-03T22:00")
    assert "mg" not in ana.sees("Time for tonight's dose.", "your clinic has not confirmed it yet").body
    await ana.taps("Taken")
    await ruiz.says("/digest")
    ruiz.sees("reports a changed plan: 3 mg")

    await ruiz.says("/patients")
    await ruiz.taps(f"{code} ❗")
    await ruiz.taps("Confirm 3 mg")
    ana.sees("Your clinic has updated your plan")
    await world.at("2026-03-04T22:00")
    ana.sees("Time for tonight's dose: 3 mg.")


async def test_a_reported_change_that_is_not_so_leaves_the_plan_as_it_was(world: World) -> None:
    ruiz, ana, code = await linked(world)
    await nights(world, ana, 2, 2)
    await report(ana, "3")
    await ruiz.says("/patients")
    await ruiz.taps(f"{code} ❗")
    await ruiz.taps("3 mg is not so")
    await world.at("2026-03-03T22:00")
    ana.sees("Time for tonight's dose: 1.5 mg.")


async def test_a_patient_without_a_clinic_records_what_the_prescription_says(world: World) -> None:
    ana = await world.patient("Ana", checkins=False)
    await nights(world, ana, 2, 2)
    await report(ana, "3")
    ana.sees("Recorded as your prescription says")
    await world.at("2026-03-03T22:00")
    ana.sees("Time for tonight's dose: 3 mg.")


async def test_a_very_small_amount_is_never_rounded(world: World) -> None:
    ana = await world.patient("Ana", mg="0.01", checkins=False)
    await world.at("2026-03-02T22:00")
    ana.sees("Time for tonight's dose: 0.01 mg.")
    await report(ana, "0.001 mg")
    await world.at("2026-03-03T22:00")
    ana.sees("Time for tonight's dose: 0.001 mg.")


async def test_more_than_three_times_the_last_step_is_repeated_in_words(world: World) -> None:
    ana = await world.patient("Ana", checkins=False)
    await ana.says("/plan")
    await ana.taps("My prescription changed")
    await ana.says("4.6")
    ana.sees("four point six milligrams", buttons=["Yes, 4.6 mg", "No, type it again"])
    await ana.taps("No, type it again")
    await ana.says("4.5")
    ana.sees("4.5 mg", buttons=["Capsule", "Tablet", "Liquid", "Other"])


async def test_a_liquid_needs_amount_volume_and_strength_that_agree(world: World) -> None:
    ana = await world.patient("Ana", checkins=False)
    await ana.says("/plan")
    await ana.taps("My prescription changed")
    await ana.says("1.5")
    await ana.taps("Liquid")
    ana.sees("Type mL and mg per mL", buttons=[])
    await ana.says("1.5 mg")
    ana.sees("I can't read that", "0.5 mL of 3 mg/mL")
    await ana.says("1 mL of 3 mg/mL")
    ana.sees("That does not come to 1.5 mg", "Nothing was changed")
    await ana.says("0.5 mL of 3 mg/mL")
    await ana.taps(next(one for one in ana.keeps().labels if one.startswith("Tonight")))
    await ana.taps("Yes, that is it")
    await world.at("2026-03-02T22:00")
    ana.sees("Time for tonight's dose: 1.5 mg (0.5 mL of 3 mg/mL).")


async def test_a_hold_stops_prompts_at_once_and_only_the_clinician_ends_it(world: World) -> None:
    ruiz, ana, code = await linked(world)
    await world.at("2026-03-02T22:05")
    await ruiz.says("/patients")
    await ruiz.taps(code)
    await ruiz.taps("Hold prompts")
    ruiz.sees("Hold on")
    ana.sees("Your clinic has put your dose prompts on hold")
    with ana.silence():
        await world.at("2026-03-04T12:00")
    await ana.says("/today")
    ana.sees("held by your clinic")
    await ruiz.says("/digest")
    ruiz.sees("taken 0, skipped 0, unanswered 0, undelivered 0 of 0 expected")

    await ruiz.says("/patients")
    await ruiz.taps(code)
    await ruiz.taps("End the hold")
    ana.sees("dose prompts are on again")
    await world.at("2026-03-04T22:00")
    ana.sees("Time for tonight's dose: 1.5 mg.")


async def test_another_clinician_cannot_open_the_page(world: World) -> None:
    ruiz, _ana, code = await linked(world)
    await ruiz.says("/patients")
    await ruiz.taps(code)
    stolen = ruiz.keeps().buttons[0][0].data
    assert stolen is not None
    wolf = await world.clinician("Dr. Wolf")
    wolf.phone.tap_data(wolf.keeps(), stolen)
    await world.settle()
    wolf.sees("somebody else's record. Nothing was changed.")
    await wolf.says("/patients")
    wolf.sees("No patient shares with you yet")
