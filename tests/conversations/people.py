"""People in a certain situation, for the conversations."""

from tests.world import Someone, World


async def waiting(
    world: World, name: str, *, checkins: bool = False, clinician: Someone | None = None
) -> Someone:
    """Somebody who enrolled for 1.5 mg at 22:00 and waits for the medicine, without a first night."""
    someone = world.newcomer(name)
    await someone.starts(await world.invite(clinician) if clinician else None)
    await someone.taps("I am 18 or over")
    await someone.taps("Reminders: off")
    if checkins:
        await someone.taps("Check-ins: off")
    if clinician is not None:
        await someone.taps("Sharing: off")
    await someone.taps("Continue")
    await someone.says("Lisbon")
    await someone.says("22:00")
    await someone.taps("Right")
    if clinician is not None:
        await someone.taps("Yes")
    else:
        await someone.says("1.5")
        await someone.taps("Capsule")
    await someone.taps("I have it or wait for it, not started")
    await someone.taps("I don't know yet")
    await someone.taps("None of these")
    return someone
