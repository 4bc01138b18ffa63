"""The process: command line, settings, the clock, the ticks, delivery. It wires; it decides nothing."""

import os

# PTB's next major version hands out `retry_after` as a timedelta; asked for early, it does not warn.
os.environ.setdefault("PTB_TIMEDELTA", "1")
