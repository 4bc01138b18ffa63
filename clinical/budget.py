"""How much a person is written to: all beyond prompts, asked-for snoozes, replies and red flags counts.

Prompts are never counted or dropped. What is counted is at most 3 in a day and 15 in a week; what does not
fit is dropped lowest first. A message of lower rank must leave room for what ranks above it.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from enum import IntEnum

PER_DAY, PER_WEEK = 3, 15  # design section 5
DAY, WEEK = timedelta(hours=24), timedelta(days=7)


class Rank(IntEnum):
    """Who gives way to whom; the lowest is dropped first (design section 5)."""

    NUDGE = 0
    REFILL = 1
    CHECK_IN = 2
    REMINDER = 3


# Ranks that come at most once a day: who is lower leaves a place to each that has not come yet.
_DAILY = (Rank.CHECK_IN, Rank.REMINDER)
_LEAVES_OF_WEEK = {Rank.NUDGE: 2, Rank.REFILL: 1, Rank.CHECK_IN: 0, Rank.REMINDER: 0}


def fits(rank: Rank, sent: Sequence[tuple[datetime, Rank]], now: datetime) -> bool:
    """Whether one more counted message of that rank may go out now.

    Args:
        sent: When counted messages were sent, and their ranks; any order, the last seven days at least.

    Source: design section 5, rhythm. Day and week are the last 24 hours and the last seven days, so no
    calendar day and no seven of them ever hold more.
    """
    today = [one for at, one in sent if now - DAY < at <= now]
    week = sum(now - WEEK < at <= now for at, _ in sent)
    to_come = sum(daily > rank and daily not in today for daily in _DAILY)
    return len(today) + to_come < PER_DAY and week < PER_WEEK - _LEAVES_OF_WEEK[rank]
