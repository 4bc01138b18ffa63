"""Reads a typed note into a filled check-in, or into nothing where it is not plain."""

import re
from dataclasses import dataclass

from clinical import said_dose, said_effects, said_level
from clinical.said_effects import Effect
from clinical.said_note import Note, brought_in, has
from clinical.said_words import vocabulary

__all__ = ["Effect", "Record", "read_record", "unclear_items", "unsure_of_dose"]


@dataclass(frozen=True)
class Record:
    """What a note plainly says; everything else is None and is asked, not guessed.

    `dose` is taken or skipped, `when` is HH:MM, `pain` and `sleep` are 0-10, `reason` is one of forgot,
    felt_better, side_effect, ran_out, told_to_pause, opioid, other, and only of a skipped dose.

    `night` says which dose is meant, where it was said: last night, yesterday, tonight, this morning, two
    nights ago, or an English weekday. `certain`: it is known which half of the day `when` is. `ago`: so many
    minutes before the text. `vague`: a time was said, but not plainly enough. `unclear`: the items (sleep,
    pain) that were spoken of without a plain number.
    """

    dose: str | None
    when: str | None
    pain: int | None
    sleep: int | None
    effects: tuple[Effect, ...]
    reason: str | None
    night: str | None = None
    certain: bool = False
    ago: int | None = None
    vague: bool = False
    unclear: tuple[str, ...] = ()


def read_record(text: str) -> Record | None:
    """Read a note such as "took it 11:30, pain 6, weird dreams".

    Args:
        text: One message as typed.

    Returns:
        What is plainly said of now and of the last nights. `when` is kept as typed ("11:30" may be morning
        or evening); with am or pm it becomes 24 h; "half eleven" is 11:30. None for questions, what-ifs,
        plans, other people, other times, and texts that say none of it.

    Source: the side-effect checklist of the check-in instruments; a wrong value is worse than none.
    """
    found = _read(Note(text))
    if found.dose is None and found.pain is None and found.sleep is None and not found.effects:
        return None
    return found


def unclear_items(text: str) -> tuple[str, ...]:
    """The items of the check-in that a text speaks of without saying a plain number for them."""
    return _read(Note(text)).unclear


def unsure_of_dose(text: str) -> bool:
    """Whether a text says, or asks, that the person does not know if they took their dose."""
    said = brought_in(text)
    return bool(re.search(vocabulary()["sentence"]["took_it_or_not"], said))


def _read(note: Note) -> Record:
    dose, at = said_dose.read(note)
    levels = {item: said_level.read(item, note.own, note.old) for item in ("pain", "sleep")}
    numbers = any(level is not None for level in levels.values())
    effects = said_effects.read(note)
    if dose is None and (bare := said_dose.bare(note, beside=numbers or bool(effects))) is not None:
        dose, at = "taken", bare
    if dose is None and not numbers and not said_effects.told_alone(note):
        effects = ()
    when, certain, ago, vague = said_dose.when(note, at) if dose == "taken" else (None, False, None, False)
    return Record(
        dose=dose,
        when=when,
        pain=levels["pain"],
        sleep=levels["sleep"],
        effects=effects,
        reason=_reason(note.said) if dose == "skipped" else None,
        night=said_dose.night(note, at) if dose else None,
        certain=certain,
        ago=ago,
        vague=vague,
        unclear=tuple(
            item
            for item in ("sleep", "pain")
            if levels[item] is None and said_level.speaks_of(item, note.own)
        ),
    )


def _reason(said: str) -> str | None:
    for row in vocabulary()["reason"]:
        for found in re.finditer(rf"(?<= )(?:{row['words']})(?= )", said):
            if not has("no_reason", said[max(0, found.start() - 60) : found.start()]):
                return str(row["id"])
    return None
