"""What was told in words, shown back: each value with its meaning, and what can be changed before saving."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from clinical.dose import RECORDED, Status, TapAction
from handlers import format as fmt
from handlers.callbacks import Tap
from handlers.reply import Button, Row, Screen, pairs
from handlers.screens import dose as dose_screens
from handlers.texts import Texts
from handlers.told import pack
from services.telling import Told
from storage.records import Dose


def _button(label: str, action: str, told: Told) -> Button:
    return Button(label, Tap("r", action, told.dose_id, pack(told)).pack())


def _no(texts: Texts) -> Button:
    return Button(texts.say("record-no"), Tap("r", "no").pack())


def lines(texts: Texts, told: Told, dose: Dose | None, zone: str | None) -> list[str]:
    """One line for each value that would be saved."""
    found = []
    if told.action is not None and dose is not None:
        found.append(_dose_line(texts, told, dose, zone))
    found += [
        texts.say(f"record-{item}", value=value)
        for item, value in (("sleep", told.sleep), ("pain", told.pain))
        if value is not None
    ]
    if told.effects:
        named = (
            texts.say(f"effect-{one.name}")
            + (f" ({texts.say(f'severity-{one.severity}')})" if one.severity else "")
            for one in told.effects
        )
        found.append(texts.say("record-effects", effects=", ".join(named)))
    return [f"• {line}" for line in found]


def _dose_line(texts: Texts, told: Told, dose: Dose, zone: str | None) -> str:
    day = fmt.day(dose.dose_day)
    if told.action is TapAction.SKIPPED:
        line = texts.say("record-dose-skipped", day=day, reason=dose_screens.reason(texts, told.reason))
    elif told.taken_at is not None:
        line = texts.say("record-dose-taken-at", day=day, at=fmt.moment(told.taken_at, zone))
    else:
        line = texts.say("record-dose-taken", day=day)
    if Status(dose.status) in RECORDED:
        before = dose_screens.what_is_recorded(texts, dose).rstrip(".")
        line = f"{line} {texts.say('record-before', before=before)}"
    return line


def offer(
    texts: Texts,
    told: Told,
    dose: Dose | None,
    zone: str | None,
    *,
    unclear: Iterable[str] = (),
    calm: bool = False,
) -> Screen:
    """ "Shall I record this?" with every value and its meaning; `calm`: below a reply to danger."""
    text = [
        texts.say("record-ask-calm" if calm else "record-ask"),
        *lines(texts, told, dose, zone),
        *(texts.say(f"record-unclear-{item}") for item in unclear),
    ]
    return Screen(
        "\n".join(text),
        (
            (_button(texts.say("record-yes"), "yes", told),),
            (_button(texts.say("record-change"), "change", told), _no(texts)),
        ),
        silent=calm,
    )


def ask_time(texts: Texts, told: Told, dose: Dose, times: Sequence[datetime], zone: str | None) -> Screen:
    """When it was taken, where what was said can be several times or none."""
    buttons = [_button(fmt.moment(at, zone), "show", replace(told, taken_at=at)) for at in times]
    unsaid = _button(texts.say("record-no-time"), "show", replace(told, taken_at=None))
    return Screen(
        texts.say("record-ask-time", day=fmt.day(dose.dose_day)),
        (*pairs(buttons, 3), (unsaid,), (_no(texts),)),
    )


def change(texts: Texts, told: Told, dose: Dose | None, others: Sequence[Dose]) -> Screen:
    """What can be changed: the night, the time, or leaving a value out."""
    rows: list[Row] = []
    if told.action is not None and dose is not None:
        if told.action is TapAction.TAKEN:
            rows.append((_button(texts.say("record-other-time"), "time", told),))
        rows += [
            (
                _button(
                    texts.say("record-other-night", day=fmt.day(one.dose_day)),
                    "time" if told.taken_at is not None else "show",
                    replace(told, dose_id=one.id, status=Status(one.status), taken_at=None),
                ),
            )
            for one in others
            if one.id != dose.id
        ][:2]
        rows.append((_button(texts.say("record-no-dose"), "show", without_dose(told)),))
    if told.sleep is not None:
        rows.append((_button(texts.say("record-without-sleep"), "show", replace(told, sleep=None)),))
    if told.pain is not None:
        rows.append((_button(texts.say("record-without-pain"), "show", replace(told, pain=None)),))
    if told.effects:
        rows.append((_button(texts.say("record-without-effects"), "show", replace(told, effects=())),))
    return Screen(
        texts.say("record-change-ask"), (*rows, (_button(texts.say("back"), "show", told), _no(texts)))
    )


def without_dose(told: Told) -> Told:
    return replace(told, action=None, dose_id=0, taken_at=None, reason=None)


def kept(texts: Texts, told: Told, dose: Dose | None, zone: str | None) -> Screen:
    """What was saved, with the way to put it right."""
    # As it was told: the line "before" belongs to the question.
    shown = replace(dose, status=Status.PROMPTED) if dose is not None else None
    return Screen(
        "\n".join((texts.say("record-done"), *lines(texts, told, shown, zone))),
        (dose_screens.correct_row(texts, dose.id),) if dose is not None else (),
    )
