"""Moves the wall clock of a child process from outside, with libfaketime; its monotonic clock stays real."""

import glob
from datetime import UTC, datetime, timedelta
from pathlib import Path

MISSING = "libfaketime is not here (Debian: apt install faketime), so no night can be lived through."
_WHERE = tuple(f"{lib}/faketime/libfaketime.so.1" for lib in ("/usr/lib/*", "/usr/lib", "/usr/local/lib"))


def library() -> str | None:
    """Where libfaketime is; None on a bare machine."""
    return next((path for where in _WHERE for path in sorted(glob.glob(where))), None)


class FakeClock:
    """A wall clock that runs on from wherever it is put, for every process that was started with `env`.

    The file holds an offset to the real time ("+86400.000"), is replaced whole, and is read anew at every
    look at the clock. FAKETIME_FORCE_MONOTONIC_FIX must be off: with it (the default of 0.9.10) a Python
    thread waits up to seconds for the interpreter, and now and then sees the real time; measured.
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
            "FAKETIME_NO_CACHE": "1",
            "FAKETIME_DONT_FAKE_MONOTONIC": "1",
            "FAKETIME_FORCE_MONOTONIC_FIX": "0",
            "NO_FAKE_STAT": "1",
        }

    def now(self) -> datetime:
        """What the children see: an aware UTC instant."""
        return datetime.now(UTC) + self.offset

    def put(self, when: datetime) -> timedelta:
        """Put the clock there, for every child at once; how far it jumped."""
        before = self.offset
        self.offset = when - datetime.now(UTC)
        new = self._file.with_suffix(".new")
        new.write_text(f"{self.offset.total_seconds():+.3f}\n", encoding="ascii")
        new.replace(self._file)
        return self.offset - before
