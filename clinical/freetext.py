"""Reads a typed note into a filled check-in, or into nothing where it is not plain."""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from clinical.triage.normal import normalise
from clinical.triage.rules import spelling

_NUMBERS = "zero,one,two,three,four,five,six,seven,eight,nine,ten,eleven,twelve"
_HOURS = {word: hour for hour, word in enumerate(_NUMBERS.split(","))}
_HOUR_WORDS = "|".join([*(w for w in _HOURS if w != "zero"), "1[0-2]", "[1-9]"])
_AP = r"(?P<ap>[ap])\.?\s?m\b"
_CLOCK = re.compile(
    r"(?<![0-9:./,])(?P<h>[01]?[0-9]|2[0-3])(?P<sep>[:.h])(?P<m>[0-5][0-9])(?![0-9:]|\s*(?:mg|ml))"
    rf"(?:\s*{_AP})?",
    re.IGNORECASE,
)
_HOUR_AP = re.compile(rf"(?<![0-9:.])(?P<h>1[0-2]|0?[1-9])\s*{_AP}", re.IGNORECASE)
_HALF = re.compile(
    rf"\b(?P<part>half|quarter)\s+(?P<side>past\s+|to\s+|)(?P<h>{_HOUR_WORDS})\b", re.IGNORECASE
)
_NAMED = re.compile(r"\b(?:at|around|by|about|before)\s+(?P<name>midnight|noon)\b", re.IGNORECASE)
_AT_HOUR = re.compile(
    r"\b(?:at|around|about|a las)\s+(?P<h>[01]?[0-9]|2[0-3])"
    r"(?![0-9:.]|\s*(?:mg|ml|/|%|out|am|pm|hours?|hrs?|h\b))",
    re.IGNORECASE,
)


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
    """

    dose: str | None
    when: str | None
    pain: int | None
    sleep: int | None
    effects: tuple[Effect, ...]
    reason: str | None


def read_record(text: str) -> Record | None:
    """Read a note such as "took it 11:30, pain 6, weird dreams".

    Args:
        text: One message as typed.

    Returns:
        What is plainly said. `when` is kept as typed ("11:30" may be morning or evening); with am or pm it
        becomes 24 h; "half eleven" is 11:30. None for questions, what-ifs, doubts, and texts that say none
        of it.

    Source: the side-effect checklist of the check-in instruments; a wrong value is worse than none.
    """
    said = _statements(normalise(text, spelling()))
    if not said:
        return None
    dose = _dose(said)
    pain, sleep = _level(said, "pain"), _level(said, "sleep")
    effects = _effects(said)
    if dose is None and pain is None and sleep is None and not (effects and _search("note", said)):
        return None
    return Record(
        dose=dose,
        when=_when(text) if dose == "taken" else None,
        pain=pain,
        sleep=sleep,
        effects=effects,
        reason=_reason(said) if dose == "skipped" else None,
    )


def _statements(said: str) -> str:
    """The sentences that state something; questions and what-ifs are left out."""
    kept = []
    for sentence in re.findall(r"[^.?]+ [.?]|[^.?]+\.[0-9][^?]*? [.?]", said):
        plain = f" {sentence.strip()} "
        if not plain.endswith("? ") and not _search("asks", plain) and not _search("what_if", plain):
            kept.append(plain.strip())
    return f" {' '.join(kept)} " if kept else ""


def _dose(said: str) -> str | None:
    words = _words()["dose"]
    said = re.sub(words["undone"], " ", said)
    if _search("unsure", said):
        return None
    skipped = re.search(rf" {words['skipped']} {words['object']}(?= )|{words['skipped_alone']}", said)
    without = re.sub(rf" {words['skipped']} ", " - ", said)
    taken = re.search(
        rf" {words['taken']} (?:{words['object']}|{words['amount']})(?= )|{words['taken_alone']}", without
    )
    if taken and re.search(rf" {words['someone_else']}(?: just| has| also)?$", without[: taken.start()]):
        taken = None
    if bool(skipped) == bool(taken):
        return None
    return "skipped" if skipped else "taken"


def _level(said: str, of: str) -> int | None:
    """The one number at the word pain or sleep; None where there is none, or two that differ."""
    words = _words()["level"]
    if re.search(r" (?:pain and sleep|sleep and pain) ", said):
        return None
    number = rf"(?P<n>10|[0-9]|{'|'.join(list(_HOURS)[:11])})"
    end = rf"(?= (?:[.,]|[a-z]))(?! {words['not_level']} )"
    out_of = r"(?: out of 10| 10| out of ten)?"
    after = rf" {words[of]}(?: {words['link']})* {number}{out_of}{end}"
    before = rf" (?P<n>10|[0-9]) (?:10|out of 10) (?:for )?{words[of]} "
    found = {m["n"] for pattern in (after, before) for m in re.finditer(pattern, said)}
    if len(found) != 1:
        return None
    typed = found.pop()
    return _HOURS[typed] if typed in _HOURS else int(typed)


def _effects(said: str) -> tuple[Effect, ...]:
    found: dict[str, Effect] = {}
    for name, words in _words()["effects"].items():
        for match in re.finditer(rf"(?<= )(?:{words})(?= )", said):
            before, after = said[: match.start()], said[match.end() :]
            if (
                _search("denied", before)
                or _search("gone", after)
                or re.search(r" (?:he|she|they) $", before)
            ):
                continue
            found.setdefault(name, Effect(name, _severity(before)))
    if "pain-flare" in found and re.search(r" (?:stomach|head|tummy) ", said):
        del found["pain-flare"]
    return tuple(found.values())


def _severity(before: str) -> str | None:
    for severity, words in _words()["severity"].items():
        if re.search(rf" (?:{words}) $", before):
            return str(severity)
    return None


def _reason(said: str) -> str | None:
    for row in _words()["reason"]:
        if re.search(rf" (?:{row['words']}) ", said):
            return str(row["id"])
    return None


def _when(text: str) -> str | None:
    """The time that stands in the text, if it is only one."""
    found: dict[str, None] = {}
    for match in _CLOCK.finditer(text):
        lead = text[max(0, match.start() - 7) : match.start()].casefold()
        if match["sep"] != "." or lead.endswith(("at ", "it ", "around ", "about ", "las ")) or match["ap"]:
            found[_clock(int(match["h"]), int(match["m"]), match["ap"])] = None
    for match in _HOUR_AP.finditer(text):
        found[_clock(int(match["h"]), 0, match["ap"])] = None
    for match in _HALF.finditer(text):
        hour = _HOURS.get(match["h"].lower()) or int(match["h"])
        found[_spoken(hour, match["part"].lower(), match["side"].strip().lower())] = None
    for match in _NAMED.finditer(text):
        found["00:00" if match["name"].lower() == "midnight" else "12:00"] = None
    if not found:
        found.update({_clock(int(m["h"]), 0, None): None for m in _AT_HOUR.finditer(text)})
    times = [time for time in found if time]
    return times[0] if len(times) == 1 else None


def _clock(hour: int, minute: int, half: str | None) -> str:
    if half:
        hour = hour % 12 + (12 if half.lower() == "p" else 0)
    return f"{hour:02}:{minute:02}"


def _spoken(hour: int, part: str, side: str) -> str:
    """British "half eleven" and "half past eleven" are 11:30; "quarter to eleven" is 10:45."""
    if part == "half":
        return "" if side == "to" else f"{hour:02}:30"
    if side == "to":
        return f"{(hour - 2) % 12 + 1:02}:45"
    return f"{hour:02}:15" if side == "past" else ""


def _search(name: str, said: str) -> bool:
    table = _words()["sentence"] | _words()["effect_context"]
    return bool(re.search(table[name], said))


@cache
def _words() -> dict[str, Any]:
    return tomllib.loads(files("clinical").joinpath("freetext.toml").read_text(encoding="utf-8"))
