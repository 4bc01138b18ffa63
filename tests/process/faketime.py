"""Moves the wall clock of a child process from outside, with libfaketime; its monotonic clock stays real."""

import asyncio
import glob
from datetime import UTC, datetime, timedelta
from pathlib import Path

MISSING = "libfaketime is not here (Debian: apt install faketime), so no night can be lived through."
# The one for several threads: with the other, two threads that look at the clock at the same moment may
# now and then see the real time.
_WHERE = tuple(
    f"{folder}/faketime/{name}"
    for name in ("libfaketimeMT.so.1", "libfaketime.so.1")
    for folder in ("/usr/lib/*", "/usr/lib", "/usr/local/lib")
)
_CACHED_S = 1
_SEEN_AFTER_S = 2.1  # it counts whole seconds of real time, and waits for more than one of them


def library() -> str | None:
    """Where libfaketime is; None on a bare machine."""
    return next((path for where in _WHERE for path in glob.glob(where)), None)


class FakeClock:
    """A wall clock that runs on from wherever it is put, for every process that was started with `env`.

    The file holds an offset to the real time ("+86400.000"), is replaced whole, and is read anew within
    two seconds. (FAKETIME_NO_CACHE reads it at every look at any clock: the bot then needs ten times its CPU.)
    """

    def __init__(self, folder: Path, start: datetime) -> None:
        found = library()
        assert found is not None, MISSING
        self._file = folder / "faketime"
        self._library = found
        self.offset = timedelta()
        self.put(start)

    @property
    def env(self) -> dict[str, str]:
        return {
            "LD_PRELOAD": self._library,
            "FAKETIME_TIMESTAMP_FILE": str(self._file),
            "FAKETIME_CACHE_DURATION": str(_CACHED_S),
            "FAKETIME_DONT_FAKE_MONOTONIC": "1",
            "NO_FAKE_STAT": "1",
        }

    def now(self) -> datetime:
        """What the children see: an aware UTC instant."""
        return datetime.now(UTC) + self.offset

    async def move(self, when: datetime) -> None:
        """Put the clock there, and wait until every child has seen it."""
        self.put(when)
        await self.seen()

    def put(self, when: datetime) -> timedelta:
        """Put the clock there; how far it jumped."""
        before = self.offset
        self.offset = when - datetime.now(UTC)
        new = self._file.with_suffix(".new")
        new.write_text(f"{self.offset.total_seconds():+.3f}\n", encoding="ascii")
        new.replace(self._file)
        return self.offset - before

    async def seen(self) -> None:
        """Wait until every child has seen where the clock was put."""
        await asyncio.sleep(_SEEN_AFTER_S)
