"""The side effects that a note says a person has now."""

import re
from dataclasses import dataclass

from clinical.said_note import Note, has, somebody_else
from clinical.said_words import vocabulary

_NEAR = 12  # words in front of an effect that may deny it
_SHORT = 16  # words; a longer text about effects alone asks or tells a story more often than it reports


@dataclass(frozen=True)
class Effect:
    """One side effect by its checklist id; `severity` is mild, moderate, severe or None."""

    name: str
    severity: str | None


def read(note: Note) -> tuple[Effect, ...]:
    """Each effect of the checklist once, in the order of the text's clauses."""
    effects = vocabulary()["effects"]
    unless = vocabulary()["effect_unless"]
    named = re.compile(rf" (?:{'|'.join(effects.values())}) ")
    found: dict[str, Effect] = {}
    for number, clause in enumerate(note.mine):
        if not named.search(clause):
            continue
        listed = number and len(clause.split()) <= 4 and has("list_of_none", note.mine[number - 1])
        if listed or not _current(note, clause) or has("not_had", clause):
            continue
        nearby = "".join(note.mine[max(0, number - 1) : number + 2])
        for name, words in effects.items():
            if name in found or (name in unless and re.search(unless[name], nearby)):
                continue
            for match in re.finditer(rf"(?<= )(?:{words})(?= )", clause):
                before = _last_words(clause[: match.start()])
                after = clause[match.end() :]
                turned = has("figurative", match[0]) and not has("ends", after)
                theirs = somebody_else(clause[: match.start()], theirs=False)
                if not (theirs or turned or _denied(before, after)):
                    found[name] = Effect(name, _severity(before))
                    break
    return tuple(found.values())


def told_alone(note: Note) -> bool:
    """Whether a text that says nothing else tells of effects as they are now, rather than asks about them."""
    if has("note", note.said):
        return True
    short = note.said.count(" ") <= _SHORT and not note.partly and not has("wondering", note.said)
    return short and has("present", note.said) and not has("taken_back", note.said)


def _current(note: Note, clause: str) -> bool:
    """An effect that has lasted for days is one of now."""
    lasting = re.sub(vocabulary()["sentence"]["lasting"], " - ", clause)
    if lasting == clause:
        return note.current(clause)
    return not has("other_time", lasting)


def _last_words(text: str) -> str:
    return f" {' '.join(text.split()[-_NEAR:])} "


def _denied(before: str, after: str) -> bool:
    return (
        has("denied", before)
        or has("gone", after)
        or has("not_symptom", after)
        or bool(re.search(r" (?:he|she|they) $", before))
    )


def _severity(before: str) -> str | None:
    for severity, words in vocabulary()["severity"].items():
        if re.search(rf" (?:{words}) $", before):
            return str(severity)
    return None
