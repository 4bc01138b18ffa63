"""The dose that a note says was taken or skipped: which night's, and at what time."""

import re

from clinical import said_clock, said_level, said_time
from clinical.said_note import Note, about_others, dose_match, has, is_dose, somebody_else
from clinical.said_words import run, vocabulary


def read(note: Note) -> tuple[str | None, int]:
    """(taken, skipped or None; the clause that says so)."""
    words = vocabulary()["dose"]
    found: dict[str, int] = {}
    theirs = False
    for number, clause in enumerate(note.clauses):
        taken, skipped = dose_match(clause)
        for name, match in (("taken", taken), ("skipped", skipped)):
            if match is None:
                continue
            if somebody_else(clause[: match.start()], theirs=theirs) or re.search(words["not_yet"], clause):
                return None, 0
            found.setdefault(name, number)
        theirs = about_others(clause)
    if len(found) != 1 or any(re.search(words[name], note.said) for name in ("not_once", "but_not")):
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
        or (re.search(r" (?:had|gave) (?:it|mine) ", note.clauses[at]) and _it_is_other(note, at))
        or len(_nights(note.clauses, at)) > 1
    ):
        return None, 0
    return name, at


def _nights(clauses: list[str], at: int) -> dict[str, None]:
    """The nights that the clause of the dose names; where it names none, those of clauses about no number."""
    own = _named_in(clauses[at])
    around = {
        night: None
        for number, clause in enumerate(clauses)
        if number != at
        and not said_level.speaks_of("pain", clause)
        and not said_level.speaks_of("sleep", clause)
        if number == at + 1 or not own
        for night in _named_in(clause)
        if night != "this morning"
        and (not own or re.search(rf"^ (?:(?:el|on|and) )?(?:{'|'.join(_alone())}) ,", clause))
    }
    return own | around


def _alone() -> list[str]:
    return [*(str(row["words"]) for row in vocabulary()["night"]), *said_time.weekday_names()]


def _named_in(clause: str) -> dict[str, None]:
    found: dict[str, None] = {}
    for row in vocabulary()["night"]:
        if re.search(rf" (?:{row['words']}) ", clause):
            clause = re.sub(rf" (?:{row['words']}) ", " - ", clause)
            found[str(row["id"])] = None
    for name in said_time.weekday_names():
        if f" {name} " in clause or f" {name}s " in clause:
            found[said_time.english_weekday(name)] = None
    return found


def night(note: Note, at: int) -> str | None:
    return next(iter(_nights(note.clauses, at)), None)


def when(note: Note, at: int) -> tuple[str | None, bool, int | None, bool]:
    """(HH:MM, whether its half of the day is certain, minutes ago, whether a time is there but not plain)."""
    clause = note.clauses[at]
    taken, _ = dose_match(clause)
    before, after = (clause[: taken.start()], clause[taken.end() :]) if taken else (clause[:-3], "")
    soft = run(vocabulary()["dose"]["soft"])
    alone = rf"^(?! (?:dinner|food|water|milk|in bed|before bed) ){soft} [tun][0-9]{{4}}{soft} ,"
    if ago := re.search(rf"^{soft} m(?P<n>[0-9]{{4}}) ", after):
        return None, False, int(ago["n"]), False
    nearby = [clause_ for clause_ in note.clauses[at + 1 : at + 2] if re.search(alone, clause_)]
    earlier = [one for one in note.clauses[max(0, at - 1) : at] if re.search(alone, one)]
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


def bare(note: Note, *, beside: bool) -> int | None:
    """The clause that names a dose and a time without a verb ("pain 3, dose 10pm"), where that reports it.

    Args:
        beside: Something else that the note reports of now stands beside it.
    """
    words = vocabulary()["dose"]
    found = [number for number, clause in enumerate(note.clauses) if re.search(words["bare"], clause)]
    if len(found) != 1 or any(is_dose(clause) for clause in note.clauses):
        return None
    other = any(re.search(words["other_taken"], clause) for clause in note.clauses[: found[0]])
    if not (beside or other) or has("unsure", note.said) or has("taken_back", note.said) or note.old:
        return None
    if note.partly or re.search(words["bare_not"], note.said):
        return None
    if re.search(words["not_yet"], note.said) or about_others(note.clauses[found[0] - 1]):
        return None
    return found[0] if len(_nights(note.clauses, found[0])) <= 1 else None


def _it_is_other(note: Note, at: int) -> bool:
    """Whether the "it" of "had it at ten" can be something else that was spoken of before."""
    words = vocabulary()["dose"]
    if has("own_medicine", note.said):
        return False
    if re.search(words["other_it"], note.said):
        return True
    return not all(
        re.search(words["about_dose"], clause) or re.search(words["greeting"], clause)
        for clause in note.clauses[:at]
    )
