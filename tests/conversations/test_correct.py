"""Putting a dose right: another time, another outcome, within 48 hours."""

from datetime import date

from storage import people
from tests.world import World


async def test_taken_earlier_is_one_tap_of_a_late_answer(world: World) -> None:
    ana = await world.patient("Ana", checkins=False)
    await world.at("2026-03-03T09:00")
    await ana.taps("Taken")
    ana.sees("Recorded as taken at 09:00.", buttons=["It was at 22:00", "Correct"])
    await ana.taps("It was at 22:00")
    ana.sees("Corrected. Recorded as taken at 22:00. (before: Recorded as taken at 09:00.)")


async def test_another_time_is_tapped_or_typed_and_both_stay(world: World) -> None:
    ana = await world.patient("Ana", checkins=False)
    await world.at("2026-03-03T00:40")
    await ana.taps("Taken")
    await ana.taps("Correct")
    await ana.taps("Taken at another time")
    ana.sees(
        "When did you take it?",
        buttons=["21:00", "21:30", "22:00", "22:30", "23:00", "23:30", "00:00", "01:00", "Back"],
    )
    await ana.taps("01:00")
    ana.sees("That time has not come yet. Nothing was changed.")
    await ana.says("half past")
    await ana.says("22:50")
    ana.sees("Recorded as taken at 22:50")


async def test_a_time_of_another_night_is_refused(world: World) -> None:
    ana = await world.patient("Ana", checkins=False)
    await world.at("2026-03-03T23:00")
    await ana.says("/correct")
    await ana.taps("Mon 2 Mar: not answered")
    await ana.taps("Taken at another time")
    await ana.says("10 am")
    ana.sees("Recorded as taken at 10:00")
    await ana.says("/today")


async def test_correct_lists_what_can_still_be_corrected(world: World) -> None:
    ana = await world.patient("Ana", checkins=False)
    await ana.says("/correct")
    ana.sees("There is no dose of the last 48 hours to correct")
    await world.at("2026-03-02T22:01")
    await ana.taps("Taken")
    await world.at("2026-03-03T22:01")
    await ana.taps("Skip")
    await ana.taps("Felt better")
    await ana.says("/correct")
    ana.sees(
        "Which one shall I correct?",
        buttons=["Tue 3 Mar: Recorded as skipped: felt better", "Mon 2 Mar: Recorded as taken at 22:01"],
    )
    old = ana.keeps()
    await world.at("2026-03-04T22:01")
    await ana.taps("Mon 2 Mar: Recorded as taken at 22:01", on=old)
    ana.saw("It is too late to change that one")


async def test_a_correction_is_marked_in_the_digest(world: World) -> None:
    ruiz = await world.clinician("Dr. Ruiz")
    ana = await world.patient("Ana", clinician=ruiz, checkins=False)
    await world.at("2026-03-02T22:01")
    await ana.taps("Taken")
    await ana.taps("Correct")
    await ana.taps("Skip")
    await ana.taps("Side effect")
    await ruiz.says("/digest")
    ruiz.sees("skipped 1", "1 corrected")


async def test_the_day_of_the_first_dose_follows_what_is_recorded(world: World) -> None:
    ana = await world.patient("Ana", checkins=False)

    async def first_dose_on() -> date | None:
        async with world.store.read() as tx:
            return (await people.patient(tx, (await world.doses(ana))[0].patient_id)).first_dose_on

    await world.at("2026-03-02T22:01")
    await ana.taps("Skip")
    await ana.taps("Felt better")
    assert await first_dose_on() is None
    await world.at("2026-03-03T22:01")
    await ana.taps("Taken")
    assert await first_dose_on() == date(2026, 3, 3)
    await ana.says("/correct")
    await ana.taps("Mon 2 Mar: Recorded as skipped: felt better")
    await ana.taps("Taken")
    assert await first_dose_on() == date(2026, 3, 2)
    await ana.says("/correct")
    await ana.taps("Mon 2 Mar: Recorded as taken at 22:00")
    await ana.taps("Skip")
    await ana.taps("Side effect")
    assert await first_dose_on() == date(2026, 3, 3)
