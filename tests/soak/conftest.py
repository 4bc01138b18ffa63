"""Long runs: `make soak`. They are left alone unless they are asked for by name."""

import os
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults.conftest import house, night, rig

__all__ = ["house", "night", "rig"]

_MINUTES = float(os.environ.get("LDN_SOAK_MINUTES", "20"))


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """`make test` names no folder: then nothing of this one runs."""
    return None if any("soak" in argument for argument in config.args) else True


class Budget:
    """How long one test may go on; some rounds it always does, unless the whole run is a short one."""

    def __init__(self, share: float) -> None:
        self._until = time.monotonic() + share * _MINUTES * 60

    def rounds(self, most: int = 1_000_000, at_least: int = 1) -> Iterator[int]:
        least = at_least if _MINUTES >= 10 else 1
        for number in range(most):
            if number >= least and time.monotonic() > self._until:
                return
            print(f"round {number + 1}", flush=True)
            yield number


@pytest.fixture
def share(request: pytest.FixtureRequest) -> Budget:
    """The part of LDN_SOAK_MINUTES that the mark `share(x)` gives to this test."""
    return Budget(request.param)
