"""How much of what was expected the patient said was taken: four counts, and the rates drawn from them."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from clinical.dose import Status


@dataclass(frozen=True, slots=True)
class Counts:
    """The four outcomes, whole doses; always shown together."""

    taken: int = 0
    skipped: int = 0
    unanswered: int = 0
    undelivered: int = 0

    def __post_init__(self) -> None:
        if min(self.taken, self.skipped, self.unanswered, self.undelivered) < 0:
            raise ValueError("A count of doses is never below zero.")

    @property
    def expected(self) -> int:
        """All four together (design 4.8)."""
        return self.taken + self.skipped + self.unanswered + self.undelivered

    @property
    def reached(self) -> int:
        """N, the denominator of the rates: expected less undelivered (design 4.8)."""
        return self.expected - self.undelivered

    @property
    def answered(self) -> int:
        """Taken and skipped together; the denominator of the answered rate."""
        return self.taken + self.skipped

    def __add__(self, other: "Counts") -> "Counts":
        return Counts(
            self.taken + other.taken,
            self.skipped + other.skipped,
            self.unanswered + other.unanswered,
            self.undelivered + other.undelivered,
        )


@dataclass(frozen=True, slots=True)
class Adherence:
    """Counts with their rates, each 0.0 to 1.0, unrounded; None where the denominator is zero.

    `confirmed_rate` = taken / N, where silence counts as not taken (the lower bound); `upper_rate` =
    (taken + unanswered) / N; `answered_rate` = taken / (taken + skipped), to be shown only together with
    `response_rate` = (taken + skipped) / N. N = expected - undelivered.
    """

    counts: Counts
    confirmed_rate: float | None
    upper_rate: float | None
    answered_rate: float | None
    response_rate: float | None


def count(statuses: Iterable[Status]) -> Counts:
    """Count the outcomes; doses still open, still planned or not expected count nowhere."""
    seen = Counter(statuses)
    return Counts(seen[Status.TAKEN], seen[Status.SKIPPED], seen[Status.UNANSWERED], seen[Status.UNDELIVERED])


def adherence(doses: Iterable[Status] | Counts) -> Adherence:
    """Share of the expected doses that the patient said were taken.

    Args:
        doses: The state of each dose of the period, any order, n >= 0, or their counts. Doses that are
            planned, prompted, snoozed or not expected are passed over.

    Returns:
        The counts and four rates, None where there is nothing to divide by.

    Source: instruments section 4 (confirmed, answered, response rate, upper bound), with N = expected -
    undelivered by design 4.8. Self-report, not refill data.
    """
    counts = doses if isinstance(doses, Counts) else count(doses)

    def share(part: int, of: int) -> float | None:
        return part / of if of else None

    return Adherence(
        counts,
        confirmed_rate=share(counts.taken, counts.reached),
        upper_rate=share(counts.taken + counts.unanswered, counts.reached),
        answered_rate=share(counts.taken, counts.answered),
        response_rate=share(counts.answered, counts.reached),
    )
