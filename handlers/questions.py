"""Questions and everything else that is typed: refusal, free-text record, FAQ, the unanswered queue."""

import asyncio
from datetime import timedelta

from clinical import faq, freetext
from clinical.amount import format_mg
from clinical.faq import slots
from clinical.language import language_of
from clinical.regimen import step_on
from clinical.triage import asks_dose_advice
from handlers import format as fmt
from handlers import records, safety
from handlers.callbacks import Tap
from handlers.reply import Button, Row, Screen
from handlers.screens import plan as plan_screens
from handlers.turn import Turn
from services import matching, unanswered
from services.planning import dose_day_now, regimen_of
from storage import inbox, people, questions

_LONG = 300
_GOES_ON_WITHIN = timedelta(minutes=2)
PASS_FLOW = "pass"


async def answer(turn: Turn, text: str, *, above: str = "") -> None:
    """Answer a text that triage has read. `above` is the line of a mention, shown first."""
    if asks_dose_advice(text):
        await _refuse(turn, text, above)
        return
    if turn.patient is not None and turn.patient.active:
        if freetext.unsure_of_dose(text):
            await records.unsure(turn, above)
            return
        record = freetext.read_record(text)
        if record is not None:
            await records.offer(turn, text, record, above)
            return
    found = await asyncio.to_thread(matching.matcher().match, text, await _before(turn))
    if found.route == "smalltalk":
        turn.say(Screen(turn.words(f"smalltalk-{found.smalltalk}")).under(above))
    elif found.route == "answer":
        spoken = language_of(text, turn.texts.language)
        turn.say((await _topic(turn, found.topics[0], spoken)).under(above))
    elif len(text) > _LONG:
        await _distress(turn, text, above)
    elif found.route == "suggest":
        spoken = language_of(text, turn.texts.language)
        buttons: tuple[Row, ...] = tuple(
            (Button(faq.topic(name, spoken).question, Tap("q", "show", 0, name).pack()),)
            for name in found.topics[:3]
        )
        turn.say(Screen(turn.words("did-you-mean"), buttons).under(above))
    else:
        await _no_answer(turn, text, above)


async def _before(turn: Turn) -> str | None:
    """What the person wrote just before, where it is still at hand: a question may go on from it."""
    if turn.patient is None or not turn.patient.active or turn.incoming.edited:
        return None
    said = await inbox.recent_texts(turn.tx, turn.patient.person_id, turn.now - _GOES_ON_WITHIN)
    return said[-2] if len(said) > 1 else None


async def _topic(turn: Turn, name: str, language: str | None = None) -> Screen:
    """The answer, in the language that was asked in, with what the record says to it, and thumbs below."""
    language = language or turn.texts.language
    topic = faq.topic(name, language)
    parts = [slots.fill(topic.answer, safety.numbers(turn), language)]
    if topic.reads_record and turn.patient is not None and turn.patient.active:
        parts.append(await _own_line(turn, name))
    sources = "; ".join(dict.fromkeys(source.title for source in topic.sources))
    parts.append(f"<i>{turn.words('more-on', sources=sources)}</i>")
    if turn.house.mark_unreviewed and topic.reviewer == "not yet reviewed":
        parts.append(turn.words("unreviewed"))
    thumbs = (
        Button("👍", Tap("q", "up", 0, name).pack()),
        Button("👎", Tap("q", "down", 0, name).pack()),
    )
    return Screen("\n\n".join(parts), (thumbs,) if _has_clinic(turn) else ())


async def _own_line(turn: Turn, name: str) -> str:
    """What the person's own record says to a topic that asks for it."""
    patient = turn.treated
    if name == "did-i-take-it":
        return await records.last_taken(turn)
    if name in ("change-reminder-time", "time-of-day", "late-dose"):
        return turn.words("own-bedtime", wall=fmt.wall(patient.dose_wall), zone=turn.someone.zone or "UTC")
    if name in ("what-clinician-sees", "privacy-data"):
        return turn.words("own-sharing", sharing="on" if patient.shared else "off")
    if name == "my-plan-dates":
        steps = await people.steps(turn.tx, patient.id)
        today = dose_day_now(turn.someone, patient, turn.now)
        return "\n".join(plan_screens.lines(turn.texts, patient, steps, today))
    return await _plan_line(turn)


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
        turn.say(Screen(turn.words("refuse-dose-alone", plan=plan)).under(above))
        return
    await turn.go_to(PASS_FLOW, "ask", {"text": text})
    turn.say(Screen(turn.words("refuse-dose", plan=plan), _pass_buttons(turn)).under(above))


async def _no_answer(turn: Turn, text: str, above: str) -> None:
    if turn.patient is not None:
        await unanswered.keep_question(turn.tx, turn.patient, text, turn.now)
    if not _has_clinic(turn):
        turn.say(Screen(turn.words("no-answer")).under(above))
        return
    await turn.go_to(PASS_FLOW, "ask", {"text": text})
    turn.say(Screen(turn.words("no-answer-pass"), _pass_buttons(turn)).under(above))


async def _distress(turn: Turn, text: str, above: str) -> None:
    """A long text gets no menu of topics: thanks, who reads it, the number, and what to do with it."""
    emergency = safety.numbers(turn).emergency
    if turn.patient is None or not turn.patient.active:
        turn.say(Screen(turn.words("distress", emergency=emergency, clinic="no")).under(above))
        return
    clinic = _has_clinic(turn)
    await turn.go_to(PASS_FLOW, "distress", {"text": text})
    choices = ("send", "keep", "delete") if clinic else ("keep", "delete")
    buttons = tuple(Button(turn.words(f"distress-{one}"), Tap("q", one).pack()) for one in choices)
    words = turn.words("distress", emergency=emergency, clinic="yes" if clinic else "no")
    turn.say(Screen(words, (buttons,)).under(above))


async def tap(turn: Turn, tap: Tap) -> None:
    """A button under an answer: a topic, pass on, keep, delete."""
    if tap.action in ("up", "down"):
        known = tap.value in {topic.id for topic in faq.topics()}
        if turn.patient is not None and known:
            await unanswered.keep_thumb(turn.tx, turn.patient, tap.value, turn.now, up=tap.action == "up")
        turn.toast = turn.words("thumb-said")
        return
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
        state = questions.OPEN if tap.action in ("pass", "send") else questions.KEPT
        if state == questions.OPEN and not _has_clinic(turn):
            turn.show(Screen(turn.words("stale-button")))
            return
        await questions.add(turn.tx, turn.patient.id, text, turn.now, state=state)
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
