"""When a dated step begins by itself, and when it waits."""

from typing import Any

import pytest

from clinical.stepping import Wait, why_it_waits

CALM: dict[str, Any] = {
    "open_severities": (),
    "severe_effect": False,
    "hold": False,
    "safety_pause": False,
    "taken": 20,
    "nights": 28,
}


@pytest.mark.parametrize(
    ("change", "waits"),
    [
        ({}, None),
        ({"taken": 14}, None),
        ({"taken": 13}, Wait.FEW_NIGHTS),
        ({"taken": 0, "nights": 0}, None),
        ({"taken": 0, "nights": 1}, Wait.FEW_NIGHTS),
        ({"open_severities": ("mention",)}, None),
        ({"open_severities": ("mention", "same-day")}, Wait.FLAG),
        ({"open_severities": ("emergency",)}, Wait.FLAG),
        ({"severe_effect": True}, Wait.SEVERE_EFFECT),
        ({"hold": True}, Wait.HOLD),
        ({"safety_pause": True}, Wait.SAFETY_PAUSE),
        ({"safety_pause": True, "hold": True, "taken": 0}, Wait.SAFETY_PAUSE),
    ],
)
def test_a_dated_step_waits_where_somebody_should_look_first(
    change: dict[str, Any], waits: Wait | None
) -> None:
    assert why_it_waits(**{**CALM, **change}) is waits
