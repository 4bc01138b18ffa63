"""Logs: ids and actions, one line each; never a token, a name or a word of anybody's."""

import logging
import re
import sys
from pathlib import Path
from traceback import extract_tb
from typing import Any

# The request URL holds the token; httpx writes it at INFO.
_TOKEN = re.compile(r"\b\d{6,12}:[A-Za-z0-9_-]{10,}")


class _Redact(logging.Formatter):
    def formatException(self, ei: Any) -> str:
        """Where it happened and of which class; the message of an exception may hold somebody's words."""
        kind, error, trace = ei
        lines = []
        while error is not None:
            places = [
                f"{Path(frame.filename).name}:{frame.lineno} {frame.name}" for frame in extract_tb(trace)
            ]
            lines.append(f"{type(error).__name__} at {' > '.join(places[-8:])}")
            error = error.__cause__
            trace = error.__traceback__ if error is not None else None
        return "\n  caused by ".join(lines) or str(kind)

    def format(self, record: logging.LogRecord) -> str:
        return _TOKEN.sub("<token>", super().format(record))


def set_up(level: str) -> None:
    """Write the log to standard error at `level`, tokens cut out wherever they come from."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_Redact("%(asctime)s %(levelname)s %(name)s %(message)s"))
    level = level.upper() if level.upper() in logging.getLevelNamesMapping() else "INFO"
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel("WARNING")
    logging.getLogger("ldn").setLevel(level)
    for noisy in ("httpx", "httpcore", "apscheduler", "telegram"):
        logging.getLogger(noisy).setLevel("WARNING")
