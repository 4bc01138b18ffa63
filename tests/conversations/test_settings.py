"""Consent can be changed at any time and counts at once."""

from tests.world import World


async def test_reminders_switched_off_end_prompts_at_once_and_on_again_bring_them_back(world: World) -> None:
    ana = await world.patient("Ana", checkins=False)
    await ana.says("/settings")
    ana.sees(
        "Dose time 22:00",
        buttons=["Reminders: ✅ on", "Quiet reminder after 45 minutes: ✅ on", "Check-ins: off"],
    )
    await ana.taps("Reminders: ✅ on")
    ana.sees(
        "Settings", buttons=["Reminders: off", "Quiet reminder after 45 minutes: ✅ on", "Check-ins: off"]
    )
    with ana.silence():
        await world.at("2026-03-04T12:00")
    await ana.taps("Reminders: off")
    await world.at("2026-03-04T22:00")
    ana.sees("Time for tonight's dose: 1.5 mg.")


async def test_sharing_switched_off_takes_the_patient_out_of_the_digest(world: World) -> None:
    ruiz = await world.clinician("Dr. Ruiz")
    ana = await world.patient("Ana", clinician=ruiz)
    await ana.says("/settings")
    await ana.taps("Sharing: ✅ on")
    ana.sees("nobody is told in danger")
    await ruiz.says("/digest")
    ruiz.sees("No patient shares with you yet")


async def test_an_old_switch_does_what_it_says_and_not_the_opposite(world: World) -> None:
    ana = await world.patient("Ana")
    await ana.says("/settings")
    old = ana.keeps()
    await ana.taps("Check-ins: ✅ on")
    await ana.taps("Check-ins: ✅ on", on=old)
    ana.sees(
        "Settings", buttons=["Reminders: ✅ on", "Quiet reminder after 45 minutes: ✅ on", "Check-ins: off"]
    )


async def test_the_quiet_reminder_can_be_switched_off_without_leaving(world: World) -> None:
    ana = await world.patient("Ana", checkins=False)
    await ana.says("/settings")
    await ana.taps("Quiet reminder after 45 minutes: ✅ on")
    ana.sees(
        "Settings", buttons=["Reminders: ✅ on", "Quiet reminder after 45 minutes: off", "Check-ins: off"]
    )
    await world.at("2026-03-03T12:00")
    assert ana.count("Time for tonight's dose") == 1
    assert ana.count("A quiet reminder") == 0
