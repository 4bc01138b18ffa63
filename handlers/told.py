"""What was told in words, packed into a button: nothing of it lives in memory or in a conversation."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

from clinical.dose import SkipReason, Status, TapAction
from clinical.freetext import Effect
from clinical.instruments import CHECKLIST
from services.telling import Told

_REASONS = tuple(SkipReason)
_STATUSES = tuple(Status)
_SEVERITIES = (None, "mild", "moderate", "severe")
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_MOST_EFFECTS = 8  # what fits into a button beside everything else
_FIRST_DAY = date(2020, 1, 1).toordinal()


def pack(told: Told) -> str:
    """At most 40 bytes: day, dose, sleep, pain, effects; the dose's id is the button's own subject."""
    dose = ""
    if told.action is TapAction.SKIPPED:
        dose = f"s{_STATUSES.index(told.status)}{_REASONS.index(told.reason or SkipReason.OTHER)}"
    elif told.action is TapAction.TAKEN:
        at = "" if told.taken_at is None else str(_minutes(told.day, told.taken_at))
        dose = f"t{_STATUSES.index(told.status)}{at}"
    effects = "".join(
        f"{_LETTERS[CHECKLIST.index(one.name)]}{_SEVERITIES.index(one.severity)}"
        for one in told.effects[:_MOST_EFFECTS]
    )
    day = told.day.toordinal() - _FIRST_DAY
    return f"{day:x}.{dose}.{_or_none(told.sleep)}.{_or_none(told.pain)}.{effects}"


def unpack(packed: str, dose_id: int) -> Told | None:
    """What `pack` packed; None for what no button of ours says."""
    try:
        day, dose, sleep, pain, effects = packed.split(".")
        told = Told(
            day=date.fromordinal(int(day, 16) + _FIRST_DAY),
            sleep=_number(sleep),
            pain=_number(pain),
            effects=tuple(
                Effect(CHECKLIST[_LETTERS.index(letter)], _SEVERITIES[int(severity)])
                for letter, severity in zip(effects[::2], effects[1::2], strict=True)
            ),
        )
        return _with_dose(told, dose, dose_id) if dose else told
    except (ValueError, IndexError, OverflowError):
        return None


def _with_dose(told: Told, packed: str, dose_id: int) -> Told:
    told = replace(told, dose_id=dose_id, status=_STATUSES[int(packed[1])])
    if packed[0] == "s":
        return replace(told, action=TapAction.SKIPPED, reason=_REASONS[int(packed[2])])
    if packed[0] != "t":
        raise ValueError
    at = _instant(told.day, int(packed[2:])) if packed[2:] else None
    return replace(told, action=TapAction.TAKEN, taken_at=at)


def _minutes(day: date, at: datetime) -> int:
    return round((at - datetime.combine(day, time(), UTC)) / timedelta(minutes=1))


def _instant(day: date, minutes: int) -> datetime:
    return datetime.combine(day, time(), UTC) + timedelta(minutes=minutes)


def _or_none(value: int | None) -> str:
    return "" if value is None else str(value)


def _number(packed: str) -> int | None:
    if not packed:
        return None
    if not 0 <= int(packed) <= 10:
        raise ValueError
    return int(packed)
