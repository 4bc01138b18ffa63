"""Red-flag triage: deterministic rules, kept as data per language, that run before anything is answered."""

from clinical.triage.dose_advice import asks_dose_advice
from clinical.triage.engine import triage
from clinical.triage.model import HEARD, PAUSES, STOP_LINE, Flag, Severity, Triage, order, pauses
from clinical.triage.reply import Told, reply

__all__ = [
    "HEARD",
    "PAUSES",
    "STOP_LINE",
    "Flag",
    "Severity",
    "Told",
    "Triage",
    "asks_dose_advice",
    "order",
    "pauses",
    "reply",
    "triage",
]
