"""How far a measure moved against where it stood before: points, percent and the IMMPACT band, as facts."""

from dataclasses import dataclass
from enum import StrEnum

from clinical.conventions import SHIPPED, Conventions
from clinical.entries import Level


class Measure(StrEnum):
    """What is compared; both 0-10, higher is worse."""

    PEG = "peg"
    PAIN = "pain"  # mean of daily ratings


class Band(StrEnum):
    """Descriptive bands, best first; never shown as "it works" or "it does not". Source: instruments 5."""

    SUBSTANTIAL = "substantial"
    MODERATE = "moderate"
    MINIMAL = "minimal"
    LITTLE_CHANGE = "little_change"
    WORSE = "worse"
    MUCH_WORSE = "much_worse"


@dataclass(frozen=True, slots=True)
class Change:
    """Where a measure stood, where it stands, and what is between.

    Attributes:
        measure: What was compared.
        before, now: 0.0-10.0, higher is worse, unrounded.
        points: before - now, positive = better, -10.0 to 10.0.
        percent: 100 x (before - now) / before, positive = better; None where before is below the minimum
            baseline (percentages are unstable there), or only the trend may be told.
        band: None under the same conditions, except that worse and much worse are still found by points.
    """

    measure: Measure
    before: float
    now: float
    points: float
    percent: float | None
    band: Band | None

    @property
    def trend(self) -> "Change":
        """The absolute change alone, for patients who have no baseline."""
        return Change(self.measure, self.before, self.now, self.points, None, None)


def compare(
    before: Level | None, now: Level | None, measure: Measure, conventions: Conventions = SHIPPED
) -> Change | None:
    """The change between two levels of one measure.

    Returns:
        None where either level is missing, or the one before is zero: nothing to compare with.

    Source: instruments 5, % change, minimum baseline, bands. Edges belong to the larger change: exactly 10,
    30 or 50 % and exactly 1 or 2 points are in the further band.
    """
    if before is None or now is None or before.exact == 0:
        return None
    return change(before, now, measure, conventions)


def change(before: Level, now: Level, measure: Measure, conventions: Conventions = SHIPPED) -> Change:
    """As `compare`, also from zero, where points alone can tell that it got worse."""
    difference = before.exact - now.exact
    points, percent = float(difference), None
    if before.exact > 0 and before.exact >= conventions.minimum_baseline:
        percent = float(100 * difference / before.exact)
    band = _band(points, percent, measure, conventions)
    return Change(measure, before.value, now.value, points, percent, band)


def worse_by(points: float, percent: float | None, conventions: Conventions = SHIPPED) -> tuple[bool, bool]:
    """Whether a change (positive = better) is much worse (by percent, by points)."""
    return (
        percent is not None and percent <= -conventions.much_worse_percent,
        points <= -conventions.much_worse_points,
    )


def _band(points: float, percent: float | None, measure: Measure, limits: Conventions) -> Band | None:
    peg = measure is Measure.PEG
    if any(worse_by(points, percent, limits)):
        return Band.MUCH_WORSE
    if percent is None:
        return Band.WORSE if points <= -limits.worse_points else None
    rules = (
        (percent <= -limits.worse_percent or (peg and points <= -limits.worse_points), Band.WORSE),
        (percent >= limits.substantial_percent, Band.SUBSTANTIAL),
        (percent >= limits.moderate_percent, Band.MODERATE),
        (percent >= limits.minimal_percent or (peg and points >= limits.minimal_peg_points), Band.MINIMAL),
    )
    return next((band for holds, band in rules if holds), Band.LITTLE_CHANGE)
