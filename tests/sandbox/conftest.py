"""A pretend Telegram with a clock that stands still until it is moved."""

from datetime import UTC, datetime, timedelta

import pytest

from sandbox import Person, Telegram


class Clock:
    def __init__(self) -> None:
        self.at = datetime(2025, 3, 1, 20, 30, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.at

    def passes(self, **span: float) -> None:
        self.at += timedelta(**span)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def telegram(clock: Clock) -> Telegram:
    return Telegram(clock)


@pytest.fixture
def ana(telegram: Telegram) -> Person:
    person = telegram.person(1001, "Ana", "es")
    person.start()
    return person
