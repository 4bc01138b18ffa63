"""What is counted while the bot runs: kinds, outcomes and seconds, never an id.

`Metrics` only remembers when things last happened, for /readyz; `Counted` keeps numbers for Prometheus too.
The parts of the bot call either, without knowing which.
"""

import time
from collections.abc import Callable

_LATE_S = (1, 2, 5, 10, 30, 60, 120, 300, 600, 1800, 3600, 10800)
_HANDLING_S = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10)


class Metrics:
    """Hears of what happens. Seconds of age are monotonic: a jump of the wall clock changes nothing."""

    def __init__(self, time: Callable[[], float] = time.monotonic) -> None:
        self._time = time
        self._ticked: dict[str, float] = {}
        self._answered_at: float | None = None
        self.standing_by = False

    def tick(self, name: str) -> None:
        """A tick ran to its end."""
        self._ticked[name] = self._time()

    def telegram_answered(self) -> None:
        """Telegram has answered a getUpdates or getMe."""
        self._answered_at = self._time()

    def tick_age(self, name: str | None = None) -> float | None:
        """Seconds since that tick (None: since any) last ended; None: it never did."""
        ended = self._ticked.get(name) if name is not None else max(self._ticked.values(), default=None)
        return None if ended is None else self._time() - ended

    def telegram_age(self) -> float | None:
        """Seconds since Telegram last answered; None: it never did."""
        return None if self._answered_at is None else self._time() - self._answered_at

    def sent(self, kind: str, outcome: str, late_s: float | None = None) -> None:
        """A message of a kind (`services.kinds`) was dealt with.

        Args:
            outcome: `sent`, `handed back` or a verdict of `bot.transport`.
            late_s: seconds from due to sent; given for dose prompts only.
        """

    def flood(self, everybodys: bool) -> None:
        """Telegram answered 429: the whole bot has to wait, or one chat."""

    def lease_lost(self, count: int = 1) -> None:
        """So many rows were settled by somebody else, because their leases had run out."""

    def update(self, seconds: float) -> None:
        """An update was handled, from its arrival to the last of its replies."""

    def backlog(self, count: int) -> None:
        """So many messages are due and not sent."""


class Counted(Metrics):
    """The same, as numbers for Prometheus. `exposition()` is what /metrics answers."""

    def __init__(self, time: Callable[[], float] = time.monotonic) -> None:
        super().__init__(time)
        from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, ProcessCollector

        registry = self._registry = CollectorRegistry()
        ProcessCollector(registry=registry)
        self._sent = Counter(
            "ldn_messages", "Messages dealt with, by kind and outcome", ["kind", "outcome"], registry=registry
        )
        self._late = Histogram(
            "ldn_dose_prompt_lateness_seconds",
            "From due to sent, dose prompts",
            buckets=_LATE_S,
            registry=registry,
        )
        self._floods = Counter(
            "ldn_floods", "429s of Telegram's, by whom they slow", ["of"], registry=registry
        )
        self._leases = Counter(
            "ldn_leases_lost", "Rows whose lease ran out before they were settled", registry=registry
        )
        self._updates = Histogram(
            "ldn_update_handling_seconds",
            "Handling one update, replies included",
            buckets=_HANDLING_S,
            registry=registry,
        )
        self._backlog = Gauge("ldn_due_backlog", "Messages due and not sent", registry=registry)
        self._tick_age = Gauge(
            "ldn_tick_age_seconds", "Since the tick last ran to its end", ["tick"], registry=registry
        )
        telegram_age = Gauge("ldn_telegram_age_seconds", "Since Telegram last answered", registry=registry)
        telegram_age.set_function(lambda: _number(self.telegram_age()))
        for of in ("everybody", "chat"):
            self._floods.labels(of)

    def tick(self, name: str) -> None:
        first = name not in self._ticked
        super().tick(name)
        if first:
            self._tick_age.labels(name).set_function(lambda: _number(self.tick_age(name)))

    def sent(self, kind: str, outcome: str, late_s: float | None = None) -> None:
        self._sent.labels(kind, outcome).inc()
        if late_s is not None:
            self._late.observe(max(0.0, late_s))

    def flood(self, everybodys: bool) -> None:
        self._floods.labels("everybody" if everybodys else "chat").inc()

    def lease_lost(self, count: int = 1) -> None:
        self._leases.inc(count)

    def update(self, seconds: float) -> None:
        self._updates.observe(seconds)

    def backlog(self, count: int) -> None:
        self._backlog.set(count)

    def exposition(self) -> bytes:
        """Every number, in Prometheus' text format."""
        from prometheus_client import generate_latest

        return generate_latest(self._registry)


def _number(age: float | None) -> float:
    return float("nan") if age is None else age
