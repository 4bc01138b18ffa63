"""Whether the next titration step may begin on its date, or waits for the clinician."""

from collections.abc import Iterable
from enum import StrEnum


class Wait(StrEnum):
    """Why a step is not begun by itself."""

    REVIEW = "review"  # the clinician said: after my review
    FLAG = "flag"
    SEVERE_EFFECT = "severe_effect"
    HOLD = "hold"
    SAFETY_PAUSE = "safety_pause"
    FEW_NIGHTS = "few_nights"


def why_it_waits(
    *,
    open_severities: Iterable[str],
    severe_effect: bool,
    hold: bool,
    safety_pause: bool,
    taken: int,
    nights: int,
) -> Wait | None:
    """Why a dated step waits for the clinician on its start night; None: it begins.

    Args:
        open_severities: Of the patient's red flags that are not closed.
        severe_effect: A severe side effect that is new, or worse than before treatment.
        taken, nights: Of the step in force: nights recorded taken, out of those expected and delivered.
            With no night behind it there is nothing to fall short of.

    Source: design section 5, change of plan; half of the nights is a convention [c].
    """
    order = (
        (safety_pause, Wait.SAFETY_PAUSE),
        (hold, Wait.HOLD),
        (any(severity in ("emergency", "same-day") for severity in open_severities), Wait.FLAG),
        (severe_effect, Wait.SEVERE_EFFECT),
        (2 * taken < nights, Wait.FEW_NIGHTS),
    )
    return next((reason for holds, reason in order if holds), None)
