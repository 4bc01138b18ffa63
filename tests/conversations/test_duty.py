"""Clinic hours, cover, and alerts that nobody takes up."""

from tests.world import Someone, World

DANGER = "I took codeine an hour ago"


async def two(world: World) -> tuple[Someone, Someone, Someone]:
    """Dr. Ruiz, who reads for Ana; Dr. Silva, a colleague; Ana."""
    ruiz = await world.clinician("Ruiz")
    silva = await world.clinician("Silva")
    ana = await world.patient("Ana", clinician=ruiz, checkins=False)
    return ruiz, silva, ana


async def opened(clinician: Someone, hours: str = "Mon-Fri 9-17") -> None:
    await clinician.says("/hours")
    await clinician.says(hours)


async def test_hours_are_typed_and_closed_days_too(world: World) -> None:
    ruiz = await world.clinician("Ruiz")
    await ruiz.says("/hours")
    ruiz.sees("No hours are recorded", "Mon-Fri 9:00-17:00")
    await ruiz.says("Mon-Thu 9-17, Fri 9-13")
    ruiz.sees("Monday: 09:00–17:00", "Friday: 09:00–13:00")
    await ruiz.says("Mon 17-9")
    ruiz.sees("closes before it opens")
    await ruiz.says("closed 2026-12-25")
    ruiz.sees("Closed: Fri 25 Dec")
    await ruiz.says("open 2026-12-25")
    assert "Closed" not in ruiz.keeps().body


async def test_outside_hours_a_same_day_alert_is_silent_and_comes_again_in_one_list(world: World) -> None:
    ruiz, silva, ana = await two(world)
    await opened(ruiz)
    await world.at("2026-03-02T23:00")
    await ana.says(DANGER)
    ana.sees("They open Tuesday 09:00. Do not wait for them.")
    assert ruiz.sees("Same-day flag RF04").silent
    await world.at("2026-03-03T09:00")
    listed = ruiz.sees("Good morning. Alerts of the night, not taken up yet:", "RF04", "Mon 23:00")
    assert not listed.silent
    silva.never_saw("flag")


async def test_an_emergency_sounds_at_any_hour_and_passes_on_after_a_quarter_of_an_hour(world: World) -> None:
    ruiz, silva, ana = await two(world)
    await opened(ruiz)
    await world.at("2026-03-07T23:00")
    await ana.says("I have crushing chest pain")
    assert not ruiz.sees("Emergency flag").silent
    await world.later(minutes=14)
    silva.never_saw("flag")
    await world.later(minutes=2)
    assert not silva.sees("Emergency flag").silent
    await silva.taps("I have this")
    silva.sees("You have it since")
    await world.later(hours=2)
    assert silva.count("Emergency flag") == 1


async def test_taken_up_in_time_it_goes_to_nobody_else(world: World) -> None:
    ruiz, silva, ana = await two(world)
    await ana.says("I have crushing chest pain")
    await ruiz.taps("I have this")
    await world.later(hours=3)
    silva.never_saw("flag")


async def test_who_is_away_is_covered(world: World) -> None:
    ruiz, silva, ana = await two(world)
    await ruiz.says("/away")
    ruiz.sees("2026-12-20 to 2026-12-27")
    await ruiz.says("2026-03-02 to 2026-03-09")
    ruiz.sees("Who covers for you?", buttons=["Silva", "Nobody in particular"])
    await ruiz.taps("Silva")
    ruiz.sees("Away Mon 2 Mar – Mon 9 Mar. Silva covers for you.")
    await ana.says(DANGER)
    silva.sees("Same-day flag RF04")
    ruiz.never_saw("flag")
    await ruiz.says("/away")
    await ruiz.taps("I am back")
    await ana.says("I have crushing chest pain")
    ruiz.sees("Emergency flag")


async def test_who_has_blocked_the_bot_is_passed_over_at_once(world: World) -> None:
    ruiz, silva, ana = await two(world)
    ruiz.phone.block()
    await world.settle()
    await ana.says("I have crushing chest pain")
    silva.sees("Emergency flag")
    ana.sees("I am sending this to your clinic")


async def test_where_nobody_takes_it_up_the_operator_learns_a_code_and_no_words(world: World) -> None:
    ruiz, silva, ana = await two(world)
    operator = world.operator()
    await ana.says("I have crushing chest pain")
    await world.later(minutes=16)
    await world.later(minutes=16)
    said = operator.received[-1].body
    assert said.startswith("Alert unacknowledged, patient P-")
    assert "chest" not in said
    assert silva.count("Emergency flag") == 1
    assert ruiz.count("Emergency flag") == 1


async def test_every_clinician_gets_a_test_alert_on_joining_and_monthly(world: World) -> None:
    ruiz = await world.clinician("Ruiz", test_alert=True)
    await world.later(minutes=5)
    assert not ruiz.sees("This is a test alert").silent
    await ruiz.taps("I have this")
    ruiz.sees("Good: alerts reach you.")
    await world.later(days=29)
    assert ruiz.count("This is a test alert") == 0
    await world.later(days=2)
    assert ruiz.count("This is a test alert") == 1
