"""Logs: ids and actions, one line each; never a token, a name or a word of anybody's."""

import json
import logging
import re
import sys
from datetime import UTC, datetime
from pathlib import Path
from traceback import extract_tb
from typing import Any

# Request URLs hold it, right behind "bot"; httpx writes them at INFO.
_TOKEN = re.compile(r"(?<!\d)\d{6,12}(?::|%3[Aa])[A-Za-z0-9_-]{10,}")
# ` name=value`; the value may be several words and ends at the next name, a semicolon or the end.
_FIELD = re.compile(r"\s*(?<!\S)([a-z_]+)=(.*?)(?=\s+[a-z_]+=|;|$)")
_WHOLE = re.compile(r"-?\d{1,15}")
_OURS = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName"}


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
        if not _is_ours(record):
            # asyncio writes what failed below its first line, with the words of the exception.
            record = logging.makeLogRecord({**vars(record), "msg": _first_line(record), "args": None})
        return _TOKEN.sub("<token>", super().format(record))


class _Json(_Redact):
    """One object a line: time, level, logger, event, and what stands as key=value or came as `extra`."""

    def format(self, record: logging.LogRecord) -> str:
        given = {name: value for name, value in vars(record).items() if name not in _OURS}
        event = _first_line(record)
        if _is_ours(record):
            event, found = _fields(event)
            given = {**found, **given}
        line = {name: _plain(value) for name, value in given.items()} | {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "event": event,
        }
        if record.exc_info:
            line["error"] = self.formatException(record.exc_info)
        first = ("time", "level", "logger", "event")
        ordered = {name: line[name] for name in (*first, *(name for name in line if name not in first))}
        return _TOKEN.sub("<token>", json.dumps(ordered, ensure_ascii=False))


def _is_ours(record: logging.LogRecord) -> bool:
    return record.name.partition(".")[0] == "ldn"


def _first_line(record: logging.LogRecord) -> str:
    return record.getMessage().partition("\n")[0]


def _fields(message: str) -> tuple[str, dict[str, str | int]]:
    """What happened, and the values that stood in it: ("sent", {"kind": "digest", "row": 4})."""
    found: dict[str, str | int] = {}

    def take(match: re.Match[str]) -> str:
        value = match[2]
        found[match[1]] = int(value) if _WHOLE.fullmatch(value) else value
        return ""

    rest = _FIELD.sub(take, message).replace(":;", ";").strip(" :;,")
    return rest or message, found


def _plain(value: object) -> object:
    """Of anything that is no plain value only the class: its text may hold somebody's words."""
    return value if isinstance(value, str | int | float | bool | None) else type(value).__name__


def set_up(level: str, style: str = "console") -> None:
    """Write the log to standard error at `level`, tokens cut out wherever they come from.

    Args:
        style: `console` or `json`; anything else counts as console.
    """
    handler = logging.StreamHandler(sys.stderr)
    kind = _Json if style.lower() == "json" else _Redact
    handler.setFormatter(kind("%(asctime)s %(levelname)s %(name)s %(message)s"))
    level = level.upper() if level.upper() in logging.getLevelNamesMapping() else "INFO"
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel("WARNING")
    logging.getLogger("ldn").setLevel(level)
    for noisy in ("httpx", "httpcore", "telegram"):
        logging.getLogger(noisy).setLevel("WARNING")
    # It warns whenever a tick outlasts its second; that is what coalescing is for.
    logging.getLogger("apscheduler").setLevel("ERROR")
