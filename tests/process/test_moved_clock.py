"""The wall clock is moved from outside; messages keep coming at their time."""

import asyncio
from datetime import UTC, datetime

import pytest

from tests.process.conftest import Night, enrol, until

pytestmark = pytest.mark.process


async def test_prompts_come_at_their_time_however_the_wall_clock_is_moved(night: Night) -> None:
    ana, ben = night.rig.phone(1001, "Ana"), night.rig.phone(1002, "Ben")
    await night.rig.child.start()
    await enrol(ana, "22:00")
    assert "Your first prompt comes Mon 22:00." in (await ana.sees("All set.")).body
    await enrol(ben, "20:00", last_tap=False)

    # Forward four hours: bedtime.
    night.clock.put(datetime(2027, 3, 1, 22, 0, tzinfo=UTC))
    prompt = await ana.sees("Time for tonight's dose: 1.5 mg.", within=5)
    assert not prompt.silent
    await ana.taps("Taken", "Recorded as taken at 22:00.")

    # Two hours back: what falls due then comes then, not when 22:00 has come round again.
    night.clock.put(datetime(2027, 3, 1, 19, 59, 56, tzinfo=UTC))
    await ben.taps("None of these", "Your first prompt comes Mon 20:00.")
    bedtime = datetime(2027, 3, 1, 20, 0, tzinfo=UTC)
    await asyncio.sleep((bedtime - night.clock.now()).total_seconds())
    assert ben.count("Time for") == 0
    await ben.sees("Time for tonight's dose", within=6)
    await ben.taps("Taken", "Recorded as taken at 20:00.")
    assert ana.count("Recorded as taken") == 1

    # Six weeks forward, to the moment before a bedtime in summer time. After so many nights without a dose
    # taken it may be the safety question that is due.
    night.clock.put(datetime(2027, 4, 12, 20, 59, 57, tzinfo=UTC))
    bedtime = datetime(2027, 4, 12, 21, 0, tzinfo=UTC)
    await until(lambda: ana.person.last.date >= bedtime, within=3 + 6)
    assert ana.person.last.body.startswith(("Time for tonight's dose", "Have you been able to speak"))
    # All that time nothing was sent, and those nights are not made up.
    assert ana.count("Time for") + ana.count("Have you been able") == 1
    assert ana.count("This one is late") == 0

    assert await night.rig.child.stop() == 0
    log = night.rig.child.log
    # Two jumps within one look at the clocks are noticed as one.
    assert 2 <= log.count("clock jumped") <= 3
    assert "fault" not in log
