"""The wall clock is moved from outside; messages keep coming at their time."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from tests.process.conftest import Night, enrol

pytestmark = pytest.mark.process


def at(day: int, hour: int, minute: int, second: int = 0) -> datetime:
    """An instant in March 2027 in Lisbon, where it is UTC until the 28th."""
    return datetime(2027, 3, day, hour, minute, second, tzinfo=UTC)


async def test_prompts_come_at_their_time_however_the_wall_clock_is_moved(night: Night) -> None:
    ana, ben = night.rig.phone(1001, "Ana"), night.rig.phone(1002, "Ben")
    await night.rig.child.start()
    await enrol(ana, "22:00")
    assert "Your first prompt comes Mon 22:00." in (await ana.sees("All set.")).body
    await enrol(ben, "20:00", last_tap=False)

    # Forward four hours: bedtime.
    night.clock.set(at(1, 22, 0))
    prompt = await ana.sees("Time for tonight's dose: 1.5 mg.", within=5)
    assert not prompt.silent
    await ana.taps("Taken", "Recorded as taken at 22:00.")

    # Two hours back: what falls due then comes then, not when 22:00 has come round again.
    night.clock.set(at(1, 19, 59, 55))
    await ben.taps("None of these", "Your first prompt comes Mon 20:00.")
    await asyncio.sleep((at(1, 20, 0) - night.clock.now()).total_seconds())
    assert ben.count("Time for") == 0
    await ben.sees("Time for tonight's dose", within=6)
    await ben.taps("Taken", "Recorded as taken at 20:00.")
    assert ana.count("Recorded as taken") == 1

    # Six weeks forward, to the moment before a bedtime.
    later = at(1, 22, 0) + timedelta(days=42)
    night.clock.set(later.replace(hour=20, minute=59, second=57))  # summer time by now
    await ana.sees("Time for tonight's dose", within=3 + 6)
    # All that time ago nothing was sent: those nights are not made up.
    assert ana.count("Time for") == 1
    assert ana.count("This one is late") == 0
    assert await night.rig.child.stop() == 0
    log = night.rig.child.log
    assert log.count("clock jumped") == 3
    assert "fault" not in log
