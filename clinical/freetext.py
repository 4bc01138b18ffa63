"""Reads a typed note into a filled check-in, or into nothing where it is not plain."""

import re
from dataclasses import dataclass

from clinical import said_clock, said_level, said_time
from clinical.said_note import Note, about_others, brought_in, dose_match, has, vocabulary


@dataclass(frozen=True)
class Effect:
    """One side effect by its checklist id; `severity` is mild, moderate, severe or None."""

    name: str
    severity: str | None


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
    dose, at = _dose(note)
    levels = {item: said_level.read(item, note.own, note.old) for item in ("pain", "sleep")}
    effects = _effects(note)
    if (
        dose is None
        and not any(level is not None for level in levels.values())
        and not has("note", note.said)
    ):
        effects = ()
    when, certain, ago, vague = _when(note, at) if dose == "taken" else (None, False, None, False)
    return Record(
        dose=dose,
        when=when,
        pain=levels["pain"],
        sleep=levels["sleep"],
        effects=effects,
        reason=_reason(note.said) if dose == "skipped" else None,
        night=_night(note, at) if dose else None,
        certain=certain,
        ago=ago,
        vague=vague,
        unclear=tuple(
            item
            for item in ("sleep", "pain")
            if levels[item] is None and said_level.speaks_of(item, note.own)
        ),
    )


def _dose(note: Note) -> tuple[str | None, int]:
    """(taken, skipped or None; the clause that says so)."""
    words = vocabulary()["dose"]
    found: dict[str, int] = {}
    theirs = False
    for number, clause in enumerate(note.clauses):
        taken, skipped = dose_match(clause)
        for name, match in (("taken", taken), ("skipped", skipped)):
            if match is None:
                continue
            if _somebody_else(clause[: match.start()], theirs=theirs) or re.search(words["not_yet"], clause):
                return None, 0
            found.setdefault(name, number)
        theirs = about_others(clause)
    if len(found) != 1:
        return None, 0
    ((name, at),) = found.items()
    rest = "".join(part for part in note.clauses if not said_level.has_number(part))
    pronoun = re.search(words["pronoun"], note.clauses[at])
    if (
        has("unsure", rest)
        or has("taken_back", note.said)
        or not (note.current(note.clauses[at]) or re.search(r" [tu][0-9]{4} ", note.clauses[at]))
        or has("other_time", note.clauses[at])
        or (pronoun and has("other_medicine", note.said) and not has("own_medicine", note.said))
        or len(_nights(note.clauses, at)) > 1
    ):
        return None, 0
    return name, at


def _somebody_else(before: str, *, theirs: bool) -> bool:
    """Whether the subject in front of a verb is somebody else; `theirs`: so was that of the clause before."""
    before += " "
    mine = before.rfind(" i ")
    other = max(
        (found.start() for found in re.finditer(rf" {vocabulary()['dose']['someone_else']}(?= )", before)),
        default=-1,
    )
    if other >= 0:
        return other > mine
    return theirs and mine < 0


def _nights(clauses: list[str], at: int) -> dict[str, None]:
    """The nights that the clause of the dose names; where it names none, those of clauses about no number."""
    own = _nights_of(clauses[at])
    around = {
        night: None
        for number, clause in enumerate(clauses)
        if number != at
        and not said_level.speaks_of("pain", clause)
        and not said_level.speaks_of("sleep", clause)
        if number == at + 1 or not own
        for night in _nights_of(clause)
        if night != "this morning" and (not own or re.search(rf"^ (?:{'|'.join(_alone())}) ,", clause))
    }
    return own | around


def _alone() -> list[str]:
    return [*(str(row["words"]) for row in vocabulary()["night"]), *said_time.weekday_names()]


def _nights_of(clause: str) -> dict[str, None]:
    found: dict[str, None] = {}
    for row in vocabulary()["night"]:
        if re.search(rf" (?:{row['words']}) ", clause):
            clause = re.sub(rf" (?:{row['words']}) ", " - ", clause)
            found[str(row["id"])] = None
    for name in said_time.weekday_names():
        if f" {name} " in clause or f" {name}s " in clause:
            found[said_time.english_weekday(name)] = None
    return found


def _night(note: Note, at: int) -> str | None:
    return next(iter(_nights(note.clauses, at)), None)


def _when(note: Note, at: int) -> tuple[str | None, bool, int | None, bool]:
    """(HH:MM, whether its half of the day is certain, minutes ago, whether a time is there but not plain)."""
    clause = note.clauses[at]
    taken, _ = dose_match(clause)
    assert taken is not None
    before, after = clause[: taken.start()], clause[taken.end() :]
    soft = rf"(?: (?:{vocabulary()['dose']['soft']}))*"
    if ago := re.search(rf"^{soft} m(?P<n>[0-9]{{4}}) ", after):
        return None, False, int(ago["n"]), False
    nearby = [
        clause_
        for clause_ in note.clauses[at + 1 : at + 2]
        if re.search(rf"^{soft} [tun][0-9]{{4}}{soft} ,", clause_)
    ]
    earlier = [
        one
        for one in note.clauses[max(0, at - 1) : at]
        if re.search(rf"^{soft} [tun][0-9]{{4}}{soft} ,", one)
    ]
    tokens = [
        *re.findall(rf"^{soft} ({said_clock.TOKEN})(?= )", after),
        *re.findall(rf" ({said_clock.TOKEN}){soft} $", f"{before} "),
    ]
    if not tokens:
        tokens = [found for one in (*nearby, *earlier) for found in re.findall(said_clock.TOKEN, one)]
    plain = {read for one in tokens if (read := said_clock.read_token(one))}
    if len(plain) == 1 and len(set(tokens)) == 1 and not has("taken_back", note.said):
        ((when, certain),) = plain
        return when, certain, None, False
    vague = bool(tokens) or bool(re.search(rf" (?:{said_clock.TOKEN}|{said_clock.AGO_TOKEN}) ", clause))
    return None, False, None, vague


def _effects(note: Note) -> tuple[Effect, ...]:
    found: dict[str, Effect] = {}
    for number, clause in enumerate(note.mine):
        listed = number and len(clause.split()) <= 4 and has("list_of_none", note.mine[number - 1])
        if listed or not note.current(clause) or has("not_had", clause):
            continue
        for name, words in vocabulary()["effects"].items():
            for match in re.finditer(rf"(?<= )(?:{words})(?= )", clause):
                before, after = clause[: match.start()], clause[match.end() :]
                if (
                    has("denied", before)
                    or has("gone", after)
                    or _somebody_else(before, theirs=False)
                    or re.search(r" (?:he|she|they) $", before)
                ):
                    continue
                found.setdefault(name, Effect(name, _severity(before)))
        if "pain-flare" in found and re.search(r" (?:stomach|head|tummy) ", clause):
            del found["pain-flare"]
    return tuple(found.values())


def _severity(before: str) -> str | None:
    for severity, words in vocabulary()["severity"].items():
        if re.search(rf" (?:{words}) $", before):
            return str(severity)
    return None


def _reason(said: str) -> str | None:
    for row in vocabulary()["reason"]:
        if re.search(rf" (?:{row['words']}) ", said):
            return str(row["id"])
    return None
