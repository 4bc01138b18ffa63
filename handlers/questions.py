"""Questions and everything else that is typed: refusal, free-text record, FAQ, the unanswered queue."""

from clinical import faq, freetext
from clinical.amount import format_mg
from clinical.dose import SkipReason, TapAction, TapOutcome
from clinical.freetext import Record
from clinical.regimen import step_on
from clinical.triage import asks_dose_advice
from handlers import safety
from handlers.callbacks import Tap
from handlers.reply import Button, Row, Screen
from handlers.screens import dose as dose_screens
from handlers.turn import Turn
from services import checkins, delivering, dosing, matching
from services.planning import dose_day_now, regimen_of
from storage import doses, inbox

_LONG = 300
PASS_FLOW = "pass"
RECORD_FLOW = "record"


async def answer(turn: Turn, text: str, *, above: str = "") -> None:
    """Answer a text that triage has read. `above` is the line of a mention, shown first."""
    if asks_dose_advice(text):
        await _refuse(turn, text, above)
        return
    record = freetext.read_record(text)
    if record is not None and turn.patient is not None and turn.patient.active:
        await _offer_record(turn, record, above)
        return
    found = matching.matcher(turn.texts.language).match(text)
    if found.route == "smalltalk":
        turn.say(_under(above, Screen(turn.words(f"smalltalk-{found.smalltalk}"))))
    elif found.route == "answer":
        turn.say(_under(above, await _topic(turn, found.topics[0])))
    elif len(text) > _LONG:
        await _distress(turn, text, above)
    elif found.route == "suggest":
        buttons: tuple[Row, ...] = tuple(
            (Button(faq.topic(name).question, Tap("q", "show", 0, name).pack()),) for name in found.topics[:3]
        )
        turn.say(_under(above, Screen(turn.words("did-you-mean"), buttons)))
    else:
        await _no_answer(turn, text, above)


def _under(above: str, screen: Screen) -> Screen:
    return Screen(f"{above}\n\n{screen.text}", screen.buttons) if above else screen


async def _topic(turn: Turn, name: str) -> Screen:
    topic = faq.topic(name)
    parts = [topic.answer]
    if topic.reads_record and turn.patient is not None:
        parts.append(await _plan_line(turn))
    sources = "; ".join(dict.fromkeys(source.title for source in topic.sources))
    parts.append(f"<i>{turn.words('more-on', sources=sources)}</i>")
    if turn.house.mark_unreviewed and topic.reviewer == "not yet reviewed":
        parts.append(turn.words("unreviewed"))
    return Screen("\n\n".join(parts))


async def _plan_line(turn: Turn) -> str:
    patient = turn.treated
    regimen = await regimen_of(turn.tx, patient)
    step = step_on(regimen, dose_day_now(turn.someone, patient, turn.now))
    if step is None:
        return turn.words("no-plan")
    return turn.words(
        "your-plan", amount=format_mg(step.amount_ug), form=turn.words(f"form-{step.form}").lower()
    )


def _has_clinic(turn: Turn) -> bool:
    patient = turn.patient
    return bool(patient and patient.active and patient.clinician_id and patient.consent_sharing)


def _pass_buttons(turn: Turn) -> tuple[Row, ...]:
    return (
        (
            Button(turn.words("pass-on"), Tap("q", "pass").pack()),
            Button(turn.words("pass-on-not"), Tap("q", "drop").pack()),
        ),
    )


async def _refuse(turn: Turn, text: str, above: str) -> None:
    plan = (
        await _plan_line(turn) if turn.patient is not None and turn.patient.active else turn.words("no-plan")
    )
    if not _has_clinic(turn):
        turn.say(_under(above, Screen(turn.words("refuse-dose-alone", plan=plan))))
        return
    await turn.go_to(PASS_FLOW, "ask", {"text": text})
    turn.say(_under(above, Screen(turn.words("refuse-dose", plan=plan), _pass_buttons(turn))))


async def _no_answer(turn: Turn, text: str, above: str) -> None:
    if not _has_clinic(turn):
        turn.say(_under(above, Screen(turn.words("no-answer"))))
        return
    await turn.go_to(PASS_FLOW, "ask", {"text": text})
    turn.say(_under(above, Screen(turn.words("no-answer-pass"), _pass_buttons(turn))))


async def _distress(turn: Turn, text: str, above: str) -> None:
    """A long text gets no menu of topics: thanks, who reads it, the number, and what to do with it."""
    emergency = safety.numbers(turn).emergency
    if turn.patient is None or not turn.patient.active:
        turn.say(_under(above, Screen(turn.words("distress", emergency=emergency, clinic="no"))))
        return
    clinic = _has_clinic(turn)
    await turn.go_to(PASS_FLOW, "distress", {"text": text})
    choices = ("send", "keep", "delete") if clinic else ("keep", "delete")
    buttons = tuple(Button(turn.words(f"distress-{one}"), Tap("q", one).pack()) for one in choices)
    words = turn.words("distress", emergency=emergency, clinic="yes" if clinic else "no")
    turn.say(_under(above, Screen(words, (buttons,))))


async def tap(turn: Turn, tap: Tap) -> None:
    """A button under an answer: a topic, pass on, keep, delete."""
    if tap.action == "show":
        if tap.value not in {topic.id for topic in faq.topics()}:
            turn.say(Screen(turn.words("stale-button")))
            return
        turn.show(await _topic(turn, tap.value))
        return
    conversation = await turn.conversation()
    if conversation is None or conversation.flow != PASS_FLOW or turn.patient is None:
        turn.show(Screen(turn.words("stale-button")))
        return
    text = _json(conversation.data)["text"]
    if tap.action in ("pass", "send", "keep"):
        state = "open" if tap.action in ("pass", "send") else "kept"
        if state == "open" and not _has_clinic(turn):
            turn.show(Screen(turn.words("stale-button")))
            return
        await inbox.add_question(turn.tx, turn.patient.id, text, turn.now, state=state)
    await turn.finish()
    key = {
        "pass": "passed-on",
        "send": "distress-sent",
        "keep": "distress-kept",
        "delete": "distress-deleted",
    }.get(tap.action, "not-passed")
    turn.show(Screen(turn.words(key)))


def _json(packed: str) -> dict[str, str]:
    import json

    raw: dict[str, str] = json.loads(packed)
    return raw


async def _offer_record(turn: Turn, record: Record, above: str) -> None:
    """Show what was understood; nothing is saved before it is confirmed."""
    parts = []
    if record.dose == "taken":
        parts.append(turn.words("record-dose-taken", when=record.when or "none"))
    elif record.dose == "skipped":
        reason = dose_screens.reason(turn.texts, record.reason)
        parts.append(turn.words("record-dose-skipped", reason=reason))
    if record.sleep is not None:
        parts.append(turn.words("value-sleep", value=record.sleep).lower())
    if record.pain is not None:
        parts.append(turn.words("value-pain", value=record.pain).lower())
    if not parts:
        parts.extend(effect.name for effect in record.effects)
    data = {"dose": record.dose, "reason": record.reason, "sleep": record.sleep, "pain": record.pain}
    await turn.go_to(RECORD_FLOW, "confirm", data)
    turn.say(
        _under(
            above,
            Screen(
                turn.words("record-ask", what=", ".join(parts)),
                (
                    (
                        Button(turn.words("record-yes"), Tap("r", "yes").pack()),
                        Button(turn.words("record-no"), Tap("r", "no").pack()),
                    ),
                ),
            ),
        )
    )


async def record_tap(turn: Turn, tap: Tap) -> None:
    """The one tap that saves, or throws away, what was read from a text."""
    import json

    conversation = await turn.conversation()
    if conversation is None or conversation.flow != RECORD_FLOW or turn.patient is None:
        turn.show(Screen(turn.words("stale-button")))
        return
    await turn.finish()
    if tap.action != "yes":
        turn.show(Screen(turn.words("record-not")))
        return
    data = json.loads(conversation.data)
    done = False
    if data["dose"]:
        done = await _record_dose(turn, data["dose"], data["reason"])
    newest = await doses.newest_checkin(turn.tx, turn.patient.id, ("sent", "done"))
    if newest is not None and newest.closes_at > turn.now:
        for item in ("sleep", "pain"):
            if data[item] is not None:
                await checkins.answer(turn.tx, turn.patient, newest.id, item, data[item], turn.now)
                done = True
    if done:
        turn.show(Screen(turn.words("record-done")))
        if data["reason"] == "opioid":
            await safety.took_opioid(turn)
    else:
        turn.show(Screen(turn.words("record-nothing-open")))


async def _record_dose(turn: Turn, action: str, reason: str | None) -> bool:
    dose = await delivering.open_dose(turn.tx, turn.treated, turn.now)
    if dose is None:
        return False
    why = SkipReason(reason) if reason in list(SkipReason) else SkipReason.OTHER
    said = await dosing.record_dose(
        turn.tx,
        turn.treated,
        dose.id,
        TapAction.TAKEN if action == "taken" else TapAction.SKIPPED,
        turn.now,
        reason=None if action == "taken" else why,
    )
    return said.outcome in (TapOutcome.RECORD, TapOutcome.LATE_RECORD)
