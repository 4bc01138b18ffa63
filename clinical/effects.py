"""The course of each side effect: there before treatment, first told when, how bad now, gone since when."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from clinical.instruments import CHECKLIST, Grade


@dataclass(frozen=True, slots=True)
class Said:
    """One effect as told on one local day. Grade NONE: it is gone; None: how bad was not said.

    `baseline`: told of the time before the first dose.
    """

    item: str
    grade: Grade | None
    on: date
    baseline: bool = False


@dataclass(frozen=True, slots=True)
class Effect:
    """The course of one effect.

    Attributes:
        item: Checklist id.
        baseline: Grade before the first dose; NONE where it was not there, or was never asked.
        first_on: First day on which it was told as new or worse than baseline; None for never.
        grade: As told last; None where how bad was never said.
        last_on: Day of that.
        faded_on: Day on which it was told as gone; None while it is there.
    """

    item: str
    baseline: Grade
    first_on: date | None
    grade: Grade | None
    last_on: date
    faded_on: date | None = None

    @property
    def there(self) -> bool:
        """Told of and not told as gone."""
        return self.faded_on is None

    @property
    def new(self) -> bool:
        """It is there now and was not before the first dose."""
        return self.there and self.baseline is Grade.NONE

    @property
    def worse(self) -> bool:
        """It is there now, was there before the first dose, and is worse than then."""
        return self.there and self.baseline is not Grade.NONE and (self.grade or Grade.NONE) > self.baseline


def courses(said: Iterable[Said]) -> tuple[Effect, ...]:
    """The course of every effect that was told of, in the order of the checklist.

    Args:
        said: In the order in which it was told; of one day the later counts.

    Source: instruments 3; design 5 (new or worse since baseline, faded or not).
    """
    found: dict[str, Effect] = {}
    for one in said:
        was = found.get(one.item)
        gone = one.grade is Grade.NONE
        if was is None:
            if gone:
                continue
            baseline = (one.grade or Grade.MILD) if one.baseline else Grade.NONE
            found[one.item] = Effect(one.item, baseline, None if one.baseline else one.on, one.grade, one.on)
            continue
        changed = replace(
            was,
            grade=was.grade if gone else (one.grade if one.grade is not None else was.grade),
            last_on=one.on,
            faded_on=one.on if gone else None,
        )
        if one.baseline and was.first_on is None:
            changed = replace(changed, baseline=one.grade or was.baseline)
        elif not gone and was.first_on is None and (one.grade or Grade.MILD) > was.baseline:
            changed = replace(changed, first_on=one.on)
        found[one.item] = changed
    return tuple(found[item] for item in CHECKLIST if item in found)
