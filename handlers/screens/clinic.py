"""What clinicians see: alerts and the digest. Codes, never names."""

from collections.abc import Sequence
from datetime import date

from clinical.amount import format_mg
from clinical.bands import Change
from clinical.cohort import Cell, written
from clinical.cohort import Row as Row_
from clinical.conventions import SHIPPED
from clinical.digest import Digest, Line, Told, Waiting, is_worse
from clinical.outcomes import Result, State
from clinical.sitting import Item
from clinical.worsening import Why
from handlers import format as fmt
from handlers.callbacks import Tap
from handlers.reply import Button, Row, Screen
from handlers.texts import Texts
from services import kinds
from services.digests import told_of
from services.unanswered import Unanswered
from services.view import View
from storage.records import Escalation, Patient

_MOST = 3900
_QUESTION = 300
_MOST_ROWS = 20


def alert(texts: Texts, escalation: Escalation, patient: Patient, at: str) -> Screen:
    later = escalation.severity == kinds.LATER
    text = texts.say(
        "inbox-change" if later else "inbox-alert",
        severity=escalation.severity,
        category=escalation.category,
        about=texts.say(f"about-{escalation.category}"),
        what=_what(texts, escalation.concept) if later else "",
        code=patient.code,
        at=at,
        times=escalation.times,
        paused="yes" if patient.safety_pause_at else "no",
    )
    row: list[Button] = []
    if escalation.acknowledged_at is None:
        row.append(Button(texts.say("have-this"), Tap("e", "have", escalation.id).pack()))
    if patient.safety_pause_at is not None:
        row.append(Button(texts.say("resume-prompts"), Tap("e", "resume", escalation.id).pack()))
    rows: list[Row] = [tuple(row)] if row else []
    if escalation.not_useful_at is None:
        rows.append((Button(texts.say("not-useful"), Tap("e", "useless", escalation.id).pack()),))
    return Screen(text, tuple(rows))


def unanswered(texts: Texts, found: Unanswered) -> Screen:
    """Questions without an answer, the most asked first; answers with thumbs. Nobody is named."""
    if not found.groups and not found.thumbs:
        return Screen(texts.say("unanswered-none"))
    lines = [texts.say("unanswered-head")]
    lines += [
        texts.say("unanswered-line", example=group.example, count=group.count)
        for group in found.groups[:_MOST_ROWS]
    ]
    if len(found.groups) > _MOST_ROWS:
        lines.append(texts.say("digest-more", count=len(found.groups) - _MOST_ROWS))
    lines += [
        texts.say("unanswered-thumbs", topic=topic, up=up, down=down)
        for topic, up, down in found.thumbs[:_MOST_ROWS]
    ]
    return Screen(_fit(texts, lines))


def opening_list(texts: Texts, waiting: Sequence[tuple[Escalation, Patient]], zone: str | None) -> Screen:
    """The alerts of the night, when the clinic opens; each can be taken up from here."""
    lines = [texts.say("opening-head")]
    rows: list[Row] = []
    for escalation, patient in waiting:
        at = fmt.moment(escalation.raised_at, zone)
        lines.append(
            texts.say(
                "opening-line",
                category=escalation.category,
                about=texts.say(f"about-{escalation.category}"),
                code=patient.code,
                at=at,
            )
        )
        label = texts.say("opening-take", code=patient.code, category=escalation.category)
        rows.append((Button(label, Tap("e", "have", escalation.id).pack()),))
    return Screen("\n".join(lines), tuple(rows[:_MOST_ROWS]))


def test_alert(texts: Texts, clinician_id: int) -> Screen:
    """So that a clinician knows how an alert looks and sounds, and that it arrives."""
    return Screen(
        texts.say("test-alert"), ((Button(texts.say("have-this"), Tap("o", "tested", clinician_id).pack()),),)
    )


def _what(texts: Texts, concept: str) -> str:
    """What changed, from the rule that told it and the item it told it of."""
    why, _, item = concept.partition(" ")
    return texts.say(f"change-{why}", item=texts.say(f"effect-{item}") if item else "")


def digest(texts: Texts, found: Digest) -> Screen:
    """The week, worst first; cut where Telegram would refuse the length."""
    if not found.lines:
        return Screen(texts.say("digest-empty", day=fmt.day(found.today)))
    parts = [
        texts.say(
            "digest-head",
            day=fmt.day(found.today),
            patients=len(found.lines),
            alerts=len(found.alerts),
            waiting=len(found.waiting),
            worse=len(found.worse),
            silent=len(found.silent),
            on_track=len(found.on_track),
        )
    ]
    for name in ("alerts", "waiting", "worse", "silent", "on_track"):
        lines: tuple[Line, ...] = getattr(found, name)
        if lines:
            parts.append(
                "\n".join(
                    [texts.say(f"digest-{name.replace('_', '-')}"), *(_line(texts, one) for one in lines)]
                )
            )
    if found.not_useful:
        parts.append(texts.say("digest-not-useful", count=found.not_useful))
    parts.append(f"<i>{texts.say('digest-foot')}</i>")
    return Screen(_fit(texts, parts))


def _fit(texts: Texts, parts: list[str]) -> str:
    text = "\n\n".join(parts)
    if len(text) <= _MOST:
        return text
    lines = text.split("\n")
    kept: list[str] = []
    while lines and len("\n".join(kept)) + len(lines[0]) < _MOST - 60:
        kept.append(lines.pop(0))
    return "\n".join([*kept, texts.say("digest-more", count=len(lines))])


def _line(texts: Texts, line: Line) -> str:
    missing = texts.say("digest-not-enough")
    text = texts.say(
        "digest-line",
        code=line.code,
        amount=format_mg(line.step_amount_ug) if line.step_amount_ug else "none",
        taken=line.counts.taken,
        skipped=line.counts.skipped,
        unanswered=line.counts.unanswered,
        undelivered=line.counts.undelivered,
        expected=line.counts.expected,
        pain=fmt.mean(line.mean_pain) or missing,
        sleep=fmt.mean(line.mean_sleep) or missing,
        corrected=line.corrected,
    )
    return "\n".join([text, *(texts.say("digest-why", why=why) for why in _why(texts, line))])


def told(texts: Texts, told: Told) -> list[str]:
    """What weekly check-ins say, a few words each: who cannot wait, PEG with its band, PGIC, effects."""
    found = [texts.say("digest-cannot-wait")] if told.cannot_wait else []
    if told.much_worse is not None:
        found.append(texts.say("digest-much-worse", day=fmt.day(told.much_worse)))
    if told.peg_now is not None:
        found.append(_peg(texts, told))
    if told.pgic is not None:
        found.append(texts.say("digest-pgic", answer=texts.say(f"pgic-{told.pgic.value}").lower()))
    for effect in told.effects:
        label = texts.say(f"effect-{effect.item}")
        grade = texts.say(f"severity-{effect.grade.word}") if effect.grade else "none"
        if effect.new:
            day = fmt.day(effect.first_on or effect.last_on)
            on = told.first_on.get(effect.item)
            amount = format_mg(on) if on else "none"
            found.append(texts.say("digest-effect-new", effect=label, grade=grade, day=day, amount=amount))
        else:
            found.append(texts.say("digest-effect-worse", effect=label, grade=grade))
    found += [
        texts.say("digest-severe-unchanged", effect=texts.say(f"effect-{notice.item}"))
        for notice in told.heard
        if notice.why is Why.SEVERE_UNCHANGED
    ]
    return found


def _peg(texts: Texts, told: Told) -> str:
    assert told.peg_now is not None
    day, now = told.peg_now
    change, before = "none", ""
    if told.peg is not None:
        before = fmt.mean(told.peg.before) or ""
        points = _signed(-told.peg.points, 1)
        change = texts.say("digest-points", points=points)
        if told.peg.percent is not None:
            better = "yes" if told.peg.percent >= 0 else "no"
            percent = f"{abs(told.peg.percent):.0f}"
            change = texts.say("digest-points-percent", points=points, percent=percent, better=better)
        if told.peg.band is not None:
            band = texts.say(f"band-{told.peg.band}")
            change = f"{change} {texts.say('digest-band', band=band)}"
    return texts.say(
        "digest-peg",
        now=fmt.mean(now) or "",
        day=fmt.day(day),
        before=before,
        entry="yes" if told.entry else "no",
        change=change,
    )


def card(texts: Texts, view: View) -> list[str]:
    """One patient's numbers as lines: doses on this amount, what check-ins say, the assessment window."""
    lines = []
    if view.dose is not None:
        rates = view.on_step
        counts = rates.counts
        confirmed = rates.confirmed_rate
        lines.append(
            texts.say(
                "card-doses",
                since=fmt.day(view.dose.starts_on),
                taken=counts.taken,
                skipped=counts.skipped,
                unanswered=counts.unanswered,
                undelivered=counts.undelivered,
                expected=counts.expected,
                confirmed="none" if confirmed is None else f"{100 * confirmed:.0f}",
            )
        )
    if view.patient.consent_checkins:
        lines += [f"• {one}" for one in told(texts, told_of(view))]
    lines += [
        texts.say("card-target", name=one.name, first=values[0], last=values[-1])
        for one in view.targets
        if (values := view.told_of_target(one.number))
    ]
    if (days := view.latest(Item.WORK)) is not None:
        lines.append(texts.say("card-work", days=days[1], day=fmt.day(days[0])))
    result = view.outcome.assessment
    if result.window is not None:
        lines.append(
            texts.say(
                "card-assessment",
                first=fmt.day(result.window.first),
                last=fmt.day(result.window.last),
                what=_result(texts, result),
            )
        )
    return lines


def _result(texts: Texts, result: Result) -> str:
    if result.state is not State.JUDGED:
        return texts.say(f"card-state-{result.state}")
    product = result.responder.product
    return texts.say(
        "card-state-judged",
        peg=_moved(texts, result.peg_change),
        pain=_moved(texts, result.pain_change),
        responder="none" if product is None else "yes" if product else "no",
    )


def _signed(value: float, decimals: int) -> str:
    """With its sign; nothing is "-0.0"."""
    return f"{round(value, decimals) + 0.0:+.{decimals}f}"


def _moved(texts: Texts, change: Change | None) -> str:
    if change is None:
        return texts.say("digest-not-enough")
    percent = "none" if change.percent is None else _signed(-change.percent, 0)
    moved = texts.say("card-change", points=_signed(-change.points, 1), percent=percent)
    return f"{moved}, {texts.say(f'band-{change.band}')}" if change.band else moved


def cohort(texts: Texts, rows: Sequence[Row_]) -> Screen:
    """How a clinic's patients came out, by dose; small cells hidden."""
    if not rows:
        return Screen(f"{texts.say('cohort-head')}\n{texts.say('cohort-none')}")
    parts = [texts.say("cohort-head")]
    for row in rows:
        amount = texts.say("cell-amount-none") if row.amount_ug is None else format_mg(row.amount_ug)
        n = texts.say("cohort-hidden") if row.n is None else str(row.n)
        lines = [texts.say("cohort-row", amount=amount, n=n)]
        if all(number is None for number in row.cells.values()):
            parts.append(f"{lines[0]} {texts.say('cohort-few', smallest=SHIPPED.smallest_cell)}")
            continue
        for cell, number in row.cells.items():
            key = f"cell-{cell}" if cell in (Cell.STOPPED, Cell.NO_BAND) else f"band-{cell}"
            lines.append(texts.say("cohort-cell", cell=texts.say(key), count=written(number)))
        parts.append("\n".join(lines))
    parts.append(f"<i>{texts.say('cohort-foot', smallest=SHIPPED.smallest_cell)}</i>")
    return Screen("\n\n".join(parts))


def _why(texts: Texts, line: Line) -> list[str]:
    reasons = [
        texts.say("digest-flag", category=flag.category, severity=flag.severity) for flag in line.open_flags
    ]
    if line.review_due is not None:
        overdue = Waiting.REVIEW_OVERDUE in line.waiting
        key = "digest-review-overdue" if overdue else "digest-review-due"
        reasons.append(texts.say(key, day=fmt.day(line.review_due)))
    if Waiting.NOT_STARTED in line.waiting:
        reasons.append(texts.say("digest-not-started"))
    for step in line.steps:
        amount = format_mg(step.amount_ug)
        if step.why == "reported":
            reasons.append(texts.say("digest-reported", amount=amount))
        else:
            reasons.append(texts.say("digest-step-waits", amount=amount, why=texts.say(f"wait-{step.why}")))
    reasons += [texts.say("digest-question", text=text[:_QUESTION]) for text in line.questions]
    if line.told is not None:
        reasons += told(texts, line.told)
    if is_worse(line.mean_pain_before, line.mean_pain):
        before, now = fmt.mean(line.mean_pain_before) or "", fmt.mean(line.mean_pain) or ""
        reasons.append(texts.say("digest-pain-worse", before=before, now=now))
    if line.safety_pause_since is not None:
        reasons.append(texts.say("digest-safety-pause", day=fmt.day(line.safety_pause_since)))
    if line.silent:
        contact: date | None = line.last_contact
        reasons.append(
            texts.say("digest-last-contact", day=fmt.day(contact)) if contact else texts.say("digest-never")
        )
    return reasons
