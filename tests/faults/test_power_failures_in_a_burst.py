"""SIGKILL at random moments in a burst: nothing lost, nothing recorded twice, few repeats."""

import pytest

from tests.faults.burst import survives_power_failures
from tests.process.conftest import Rig

pytestmark = pytest.mark.process


async def test_a_burst_of_150_prompts_survives_five_power_failures(rig: Rig) -> None:
    """Every prompt arrives, at most once in each life of the process; every tap is recorded exactly once."""
    await survives_power_failures(rig, 20261122, patients=150, kills=5)
