"""`ask`: one text judged alone, with an empty history and a neutral record."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from datetime import date
from typing import Any

from clinical import faq, freetext, triage
from clinical.faq import slots
from clinical.language import language_of
from clinical.numbers import Numbers, numbers_for
from clinical.triage import Severity
from handlers.screens.record import offer
from handlers.texts import Texts
from services import hearing, matching
from services.telling import Told

_CONTRACT = ("dose", "when", "pain", "sleep", "effects", "reason")


def judge(text: str, country: str | None = None, language: str | None = None) -> dict[str, Any]:
    """What the bot makes of `text`: triage, route, topics, record and the reply, as one JSON object.

    Source: the outside contract of the design (`ask --file`); `topics` holds at most five ids, best first.
    """
    texts = Texts(language or language_of(text))
    found = hearing.listen(text)
    match = matching.matcher().match(text)
    record = freetext.read_record(text)
    route = match.route
    if triage.asks_dose_advice(text):
        route = "refuse"
    elif record is not None:
        route = "record"
    numbers = numbers_for(country)
    reply = _reply(texts, text, route, match, record, numbers)
    if found.severity is not Severity.NONE:
        said = triage.reply(found, numbers, told=triage.Told.nobody(), language=texts.language)
        said = f"{said}\n\n{texts.say('unreviewed')}"
        reply = said if found.severity >= Severity.SAME_DAY else f"{said}\n\n{reply}"
    return {
        "text": text,
        "severity": found.severity.word,
        "flags": list(dict.fromkeys(found.categories)),
        "route": route,
        "topics": list(match.topics[:5]),
        "scores": [round(min(max(score, 0.0), 1.0), 4) for score in match.scores[:5]],
        "record": _outside(record) if record is not None else None,
        "reply": reply,
    }


def _outside(record: freetext.Record) -> dict[str, Any]:
    """The fields that the contract names; what else was read is for the conversation."""
    return {name: value for name, value in asdict(record).items() if name in _CONTRACT}


def _reply(
    texts: Texts,
    text: str,
    route: str,
    match: matching.Match,
    record: freetext.Record | None,
    numbers: Numbers,
) -> str:
    if route == "refuse":
        return texts.say("refuse-dose-alone", plan=texts.say("no-plan"))
    if record is not None and route == "record":
        return _shown_back(texts, text, record)
    if route == "smalltalk":
        return texts.say(f"smalltalk-{match.smalltalk}")
    if route == "answer":
        answer = slots.fill(faq.topic(match.topics[0], texts.language).answer, numbers, texts.language)
        return f"{answer}\n\n{texts.say('unreviewed')}"
    if route == "suggest":
        return "\n".join(
            [
                texts.say("did-you-mean"),
                *(faq.topic(one, texts.language).question for one in match.topics[:3]),
            ]
        )
    return texts.say("no-answer")


def _shown_back(texts: Texts, text: str, record: freetext.Record) -> str:
    """As to somebody who has no dose of any night."""
    said = [texts.say("record-no-such-dose")] if record.dose is not None else []
    told = Told(date(2020, 1, 1), sleep=record.sleep, pain=record.pain, effects=record.effects)
    if not told.empty:
        said.append(offer(texts, told, None, None, unclear=freetext.unclear_items(text)).text)
    return "\n\n".join(said)


def judge_lines(lines: Iterable[str], country: str | None, language: str | None) -> Iterator[dict[str, Any]]:
    """One answer for each line `{"text": ...}`, in order; `{"error": ...}` for a line that cannot be read."""
    for line in lines:
        if not line.strip():
            continue
        try:
            text = json.loads(line)["text"]
        except (json.JSONDecodeError, KeyError, TypeError):
            text = None
        if not isinstance(text, str):
            yield {"error": 'This line is not {"text": "..."}.'}
        else:
            yield judge(text, country, language)
