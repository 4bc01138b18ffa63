"""Bad days on purpose: floods, broken servers, lost answers, people who block the bot."""

from collections import deque
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal, get_args

from sandbox.errors import too_many_requests

FaultKind = Literal["flood", "server_error", "reset", "lost_response", "block"]


@dataclass
class Fault:
    """One planned fault; `times` counts down. `code` is for server_error, `retry_after` (s) for flood."""

    kind: FaultKind
    method: str
    times: int
    chat_id: int | None
    retry_after: int
    code: int


class Faults:
    """The faults still to come, oldest first."""

    def __init__(self) -> None:
        self.planned: list[Fault] = []

    def add(
        self,
        kind: FaultKind,
        method: str = "*",
        times: int = 1,
        chat_id: int | None = None,
        *,
        retry_after: int = 3,
        code: int = 500,
    ) -> None:
        """Plan a fault for the next `times` calls of a method ("*": any but getUpdates).

        Args:
            kind: flood: 429. server_error: answers `code` (500, 502). reset: the line drops before anything
                is done. lost_response: it is done, then the line drops. block: the person blocks the bot at
                this moment, and stays so.
            chat_id: Only calls for this chat; None: for any.
        """
        if kind not in get_args(FaultKind):
            raise ValueError(f"no such fault: {kind}")
        self.planned.append(Fault(kind, method, times, chat_id, retry_after, code))

    def take(self, method: str, chat_id: int | None) -> Fault | None:
        """The fault that hits this call, if any; it is used up."""
        for fault in self.planned:
            named = fault.method == method or (fault.method == "*" and method != "getUpdates")
            if named and fault.chat_id in (None, chat_id):
                fault.times -= 1
                if fault.times <= 0:
                    self.planned.remove(fault)
                return fault
        return None


class FloodLimit:
    """At most `per_second` messages in any second of the pretend clock."""

    def __init__(self, per_second: int) -> None:
        self.per_second = per_second
        self._sent: deque[datetime] = deque()

    def count(self, now: datetime) -> None:
        """Raises ApiError 429 when one more message would be too many."""
        while self._sent and now - self._sent[0] >= timedelta(seconds=1):
            self._sent.popleft()
        if len(self._sent) >= self.per_second:
            raise too_many_requests(1)
        self._sent.append(now)
