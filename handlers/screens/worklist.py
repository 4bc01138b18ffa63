"""`/inbox`: what waits for a clinician, one line and one button each, and the page of one of them."""

from collections.abc import Callable, Mapping

from handlers import format as fmt
from handlers.callbacks import Tap
from handlers.reply import Button, Row, Screen, pairs
from handlers.texts import Texts
from services.worklist import OUTCOMES, Alert, Passed, Waits, Worklist
from storage.records import Escalation

TOPIC = "j"
_MOST = 20
_SHORT = 80
_LONG = 3000

# Who has taken something up, by clinician id: the reader's own is "".
Names = Mapping[int, str]


def inbox(texts: Texts, found: Worklist, names: Names, zone: str | None) -> Screen:
    """The list of what waits."""
    if found.empty:
        return Screen(texts.say("inbox-empty"))
    parts = [
        texts.say(
            "inbox-head",
            alerts=len(found.alerts),
            decisions=len(found.decisions),
            questions=len(found.questions),
            refills=len(found.refills),
        )
    ]
    buttons: list[Button] = []

    def part(key: str, lines: list[tuple[str, Button]]) -> None:
        shown = lines[: max(_MOST - len(buttons), 0)]
        if shown:
            numbered = []
            for line, button in shown:
                buttons.append(Button(f"{len(buttons) + 1}. {button.label}", button.data))
                numbered.append(f"{len(buttons)}. {line}")
            parts.append("\n".join([texts.say(key), *numbered]))

    part("inbox-alerts", [_alert(texts, one, names, zone) for one in found.alerts])
    part("inbox-decisions", [_decision(texts, one) for one in found.decisions])
    part("inbox-questions", [_passed(texts, one, names, zone) for one in found.questions])
    part("inbox-refills", [_passed(texts, one, names, zone) for one in found.refills])
    every = len(found.alerts) + len(found.decisions) + len(found.questions) + len(found.refills)
    if every > len(buttons):
        parts.append(texts.say("inbox-more", count=every - len(buttons)))
    return Screen("\n\n".join(parts), pairs(buttons))


def _alert(texts: Texts, one: Alert, names: Names, zone: str | None) -> tuple[str, Button]:
    flag = one.flag
    line = texts.say(
        "inbox-line-alert",
        severity=flag.severity,
        category=flag.category,
        about=texts.say(f"about-{flag.category}"),
        code=one.patient.code,
        at=fmt.dated(flag.updated_at, zone),
    )
    line += _who(texts, names, flag.acknowledged_by if flag.acknowledged_at else None)
    return line, Button(one.patient.code, Tap(TOPIC, "alert", flag.id).pack())


def _decision(texts: Texts, one: Waits) -> tuple[str, Button]:
    line = texts.say(
        "inbox-line-decision",
        code=one.patient.code,
        why=texts.say(f"decision-{one.why}"),
        since=fmt.day(one.since) if one.since else "none",
    )
    return line, Button(one.patient.code, Tap("k", "open", one.patient.id).pack())


def _passed(texts: Texts, one: Passed, names: Names, zone: str | None) -> tuple[str, Button]:
    text = one.question.text
    line = texts.say(
        "inbox-line-question",
        code=one.patient.code,
        at=fmt.dated(one.question.asked_at, zone),
        text=text if len(text) <= _SHORT else f"{text[: _SHORT - 1].rstrip()}…",
    )
    line += _who(texts, names, one.question.taken_by)
    return line, Button(one.patient.code, Tap(TOPIC, "question", one.question.id).pack())


def _who(texts: Texts, names: Names, clinician_id: int | None) -> str:
    return "" if clinician_id is None else f" · {texts.say('inbox-has', name=names[clinician_id] or 'you')}"


def since(texts: Texts, names: Names, clinician_id: int, at: str) -> str:
    """Who has it since when."""
    return texts.say("inbox-since", name=names[clinician_id] or "you", at=at)


def question(texts: Texts, one: Passed, names: Names, zone: str | None) -> Screen:
    """One question or refill in full, who has it, and what became of it to tap."""
    asked = one.question
    lines = [
        texts.say(
            "inbox-question",
            kind=asked.kind,
            code=one.patient.code,
            at=fmt.dated(asked.asked_at, zone),
            text=asked.text if len(asked.text) <= _LONG else f"{asked.text[:_LONG]}…",
        )
    ]
    if asked.taken_at is not None and asked.taken_by is not None:
        lines.append(since(texts, names, asked.taken_by, fmt.dated(asked.taken_at, zone)))
    rows: list[Row] = []
    if asked.taken_by is None:
        rows.append((Button(texts.say("have-this"), Tap(TOPIC, "take", asked.id).pack()),))
    else:
        if names[asked.taken_by]:
            rows.append((Button(texts.say("take-over"), Tap(TOPIC, "take", asked.id).pack()),))
        rows += outcomes(texts, lambda outcome: Tap(TOPIC, "answered", asked.id, outcome))
    rows.append((Button(texts.say("inbox-back"), Tap(TOPIC, "list").pack()),))
    return Screen("\n\n".join(lines), tuple(rows))


def outcomes(texts: Texts, tap: Callable[[str], Tap]) -> tuple[Row, ...]:
    """What became of it, one tap each."""
    buttons = [Button(texts.say(f"outcome-{one}"), tap(one).pack()) for one in OUTCOMES]
    return pairs(buttons)


def outcomes_of_alert(texts: Texts, flag: Escalation) -> tuple[Row, ...]:
    return outcomes(texts, lambda outcome: Tap(TOPIC, "done", flag.id, outcome))
