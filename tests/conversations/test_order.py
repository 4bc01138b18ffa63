"""What is drawn stays in order, also where Telegram makes us wait."""

from tests.world import World


async def test_a_screen_that_was_held_up_is_not_drawn_over_a_newer_one(world: World) -> None:
    ana = world.newcomer("Ana")
    await ana.starts()
    await ana.taps("I am 18 or over")
    world.telegram.faults.add("server_error", "editMessageText", times=1)
    await ana.taps("Reminders: off")
    ana.sees(buttons=["Reminders: off", "Check-ins: off", "Continue"])
    await ana.taps("Check-ins: off")
    ana.sees(buttons=["Reminders: ✅ on", "Check-ins: ✅ on", "Continue"])
    await world.later(minutes=1)
    ana.sees(buttons=["Reminders: ✅ on", "Check-ins: ✅ on", "Continue"])
