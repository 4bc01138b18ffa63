"""Who may leave when: two lanes, a limit for everybody, a limit for each chat. Pure; `now` is an argument.

The rules, which Telegram does not spell out:

- In any second no more than the rate leave, replies included; nothing is saved up while it is quiet, and
  bulk is spread evenly, so the next place is never further away than 1/rate.
- A place is counted from when its message was really written. Until then (it is drawn, a connection is made,
  the process is busy) it is held: however late messages leave, and however many together, no second is
  overfull.
- A reply takes the next place before anything in bulk. Inside a lane it is first come, first served; who
  has to wait for their own chat lets the others pass and then goes before those who came later.
- A chat gets its next bulk message a second after its last message. Replies to its own taps may go five at
  once, then one a second: Telegram bears short bursts, and a person waits for them.
- Telegram does not say whom a 429 is for. Three messages more than one a second to that chat: the chat's.
  Otherwise everybody's if another chat got one less than a second ago, or if the window is nearly full;
  else the chat's, since a lone one in quiet times cannot come from the common limit.

Instants are seconds on a monotonic clock.
"""

import heapq
import math
from collections import OrderedDict, deque
from typing import Generic, Protocol, TypeVar

REPLIES, BULK = 0, 1
FREE_RATE = 30.0  # messages a second that cost nothing; core.telegram.org/bots/faq, read 22 November 2026

# Places are handed out here and counted there: the line between may press a second together by so much.
_SECOND = 1.02
_CATCH_UP_S = 0.05  # a late wake-up may hand out what fell due meanwhile, not more
_CHAT_GAP_S = 1.0
_CHAT_BURST = 12
_CHATS_OWN = 2.0  # messages ahead of one a second
_NEARLY_FULL = 0.8


class Place(Protocol):
    """Somebody waiting: `done()` once they no longer do. An asyncio future is one."""

    def __hash__(self) -> int: ...
    def done(self) -> bool: ...


P = TypeVar("P", bound=Place)


class Window:
    """At most floor(rate) in any second (one in 1/rate seconds, where the rate is below one).

    Counted are those written in the last second, and those that may be written at any moment.
    """

    def __init__(self, rate: float) -> None:
        self.capacity = max(1, math.floor(rate))
        self.seconds = _SECOND * max(1.0, 1 / rate)
        self._held = 0
        self._times: deque[float] = deque(maxlen=self.capacity)

    @property
    def gap(self) -> float:
        """Seconds from one to the next where they are spread evenly."""
        return self.seconds / self.capacity

    def free_at(self) -> float:
        """When the next may go; long past: at once. Infinite: one must be written first."""
        room = self.capacity - self._held
        if not room:
            return math.inf
        return self._times[-room] + self.seconds if len(self._times) >= room else -math.inf

    def hold(self) -> None:
        """One may be written from now on."""
        self._held += 1

    def count(self, now: float) -> None:
        """One that was held has been written."""
        self._held -= 1
        self._times.append(now)

    def filled(self, now: float) -> float:
        """The share of the last second's places that was used, 0 to 1."""
        return (self._held + sum(at > now - self.seconds for at in self._times)) / self.capacity


class Chats:
    """When each chat may get its next message. Forgets a chat as soon as it is as good as new."""

    def __init__(self) -> None:
        # chat -> (last message, when it would have had them all at one a second), oldest message first
        # (a plain dict grows slower to look into at the front the more was taken out there)
        self._chats: OrderedDict[int, tuple[float, float]] = OrderedDict()
        self._closed: dict[int, float] = {}

    def __len__(self) -> int:
        return len(self._chats) + len(self._closed)

    def free_at(self, lane: int, chat_id: int) -> float:
        last, even = self._chats.get(chat_id, (-math.inf, -math.inf))
        own = last + _CHAT_GAP_S if lane == BULK else even - (_CHAT_BURST - 1) * _CHAT_GAP_S
        return max(own, self._closed.get(chat_id, -math.inf)) if self._closed else own

    def count(self, chat_id: int, now: float) -> None:
        _, even = self._chats.get(chat_id, (now, now))
        self._chats[chat_id] = (now, max(even, now) + _CHAT_GAP_S)
        self._chats.move_to_end(chat_id)
        # Two out for one in: what is kept is never more than a few seconds of messages.
        for _ in range(2):
            oldest = next(iter(self._chats))
            if self._chats[oldest][1] > now:
                break
            del self._chats[oldest]

    def ahead(self, chat_id: int, now: float) -> float:
        """How many messages more than one a second the chat has had lately."""
        return max(0.0, self._chats.get(chat_id, (now, now))[1] - now)

    def close(self, chat_id: int, until: float, now: float) -> None:
        self._closed = {chat: at for chat, at in self._closed.items() if at > now}
        self._closed[chat_id] = max(until, self._closed.get(chat_id, until))


class Lanes(Generic[P]):
    """Those who wait, and whose turn it is.

    Args:
        rate: messages a second, all lanes together.
        paid: bulk is paid for, so replies keep within the free rate by themselves.
    """

    def __init__(self, rate: float, *, paid: bool = False) -> None:
        self._total = Window(rate)
        self._windows = [[self._total], [self._total]]
        if paid and rate > FREE_RATE:
            self._windows[REPLIES].append(Window(FREE_RATE))
        self.chats = Chats()
        self._going: dict[P, int] = {}
        self._ready: list[list[tuple[int, int, P]]] = [[], []]
        self._parked: list[tuple[float, int, int, int, P]] = []
        self._came = 0
        self._bulk_at = -math.inf
        self._closed_until = -math.inf
        self._flood: tuple[float, int] = (-math.inf, 0)

    def enter(self, lane: int, chat_id: int, place: P, now: float) -> bool:
        """Join a lane; whether others of it stand in front. Chat 0 has no limit of its own."""
        behind = bool(self._ready[lane])
        if lane == BULK and not behind:
            self._bulk_at = max(self._bulk_at, now)
        self._came += 1
        if not self._steps_aside(lane, self._came, chat_id, place, now):
            heapq.heappush(self._ready[lane], (self._came, chat_id, place))
            return behind
        return False

    def leave(self, now: float) -> list[P]:
        """The places of all who go now, in order; each is held until it is `gone`."""
        if now < self._closed_until:
            return []
        while self._parked and self._parked[0][0] <= now:
            _, came, lane, chat_id, place = heapq.heappop(self._parked)
            heapq.heappush(self._ready[lane], (came, chat_id, place))
        going: list[P] = []
        for lane in (REPLIES, BULK):
            while self._ready[lane] and self._free_at(lane) <= now:
                came, chat_id, place = heapq.heappop(self._ready[lane])
                if place.done() or self._steps_aside(lane, came, chat_id, place, now):
                    continue
                going.append(place)
                if lane == BULK:
                    self._bulk_at = max(self._bulk_at, now - _CATCH_UP_S) + self._total.gap
                self._going[place] = lane
                for window in self._windows[lane]:
                    window.hold()
                if chat_id:
                    self.chats.count(chat_id, now)
        return going

    def gone(self, place: P, now: float) -> bool:
        """The message of this place was written just now, or never will be. False: that was known."""
        lane = self._going.pop(place, None)
        if lane is None:
            return False
        for window in self._windows[lane]:
            window.count(now)
        return True

    def next_at(self) -> float | None:
        """When `leave` is worth calling again; None: nobody waits, or for those who have not `gone`."""
        moments = [self._free_at(lane) for lane in (REPLIES, BULK) if self._ready[lane]]
        if self._parked:
            moments.append(self._parked[0][0])
        at = max(self._closed_until, min(moments, default=math.inf))
        return at if at < math.inf else None

    def pause(self, until: float) -> None:
        """Nobody leaves before."""
        self._closed_until = max(self._closed_until, until)

    def slow_down(self, chat_id: int, seconds: float, now: float) -> bool:
        """A 429 of `seconds` in this chat; True where it was taken as everybody's."""
        before, other = self._flood
        spreading = now - before < 1 and other != chat_id
        self._flood = (now, chat_id)
        chats_own = self.chats.ahead(chat_id, now) > _CHATS_OWN
        everybodys = not chat_id or spreading or (not chats_own and self._total.filled(now) >= _NEARLY_FULL)
        if everybodys:
            self.pause(now + seconds)
        else:
            self.chats.close(chat_id, now + seconds, now)
        return everybodys

    def _free_at(self, lane: int) -> float:
        at = self._bulk_at if lane == BULK else -math.inf
        for window in self._windows[lane]:
            at = max(at, window.free_at())
        return at

    def _steps_aside(self, lane: int, came: int, chat_id: int, place: P, now: float) -> bool:
        """Whether it has to wait for its chat: then it does so where nobody else waits for it."""
        at = self.chats.free_at(lane, chat_id) if chat_id else now
        if at > now:
            heapq.heappush(self._parked, (at, came, lane, chat_id, place))
        return at > now
