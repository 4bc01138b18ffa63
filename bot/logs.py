"""Logs: ids and actions, one line each; never a token, a name or a word of anybody's."""

import logging
import re
import sys

# The request URL holds the token; httpx writes it at INFO.
_TOKEN = re.compile(r"\b\d{6,12}:[A-Za-z0-9_-]{10,}")


class _Redact(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        return _TOKEN.sub("<token>", super().format(record))


def set_up(level: str) -> None:
    """Write the log to standard error at `level`, tokens cut out wherever they come from."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_Redact("%(asctime)s %(levelname)s %(name)s %(message)s"))
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel("WARNING")
    logging.getLogger("ldn").setLevel(level)
    for noisy in ("httpx", "httpcore", "apscheduler", "telegram"):
        logging.getLogger(noisy).setLevel("WARNING")
