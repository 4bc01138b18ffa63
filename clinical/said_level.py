"""The numbers from 0 to 10 that a text gives for pain and for sleep."""

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

from clinical.said_words import run, vocabulary

_EN = "zero one two three four five six seven eight nine ten".split()
_ES = "cero uno dos tres cuatro cinco seis siete ocho nueve diez".split()
_WORDS = {word: value for words in (_EN, _ES) for value, word in enumerate(words)}
_NUMBER = rf"(?P<n>10|[0-9]|{'|'.join(_WORDS)})"
_ANOTHER = _NUMBER.replace("?P<n>", "?:")
_OUT_OF = r"(?P<of>(?: (?:out of|over|of|de|sobre))? (?:10|ten|diez))"


def number(typed: str) -> int | None:
    """A whole number from 0 to 10 typed alone, in digits or in a word; None for anything else."""
    plain = re.sub(r"\s*(?:/|out of)\s*(?:10|ten)$", "", typed.strip().casefold().rstrip(".!"))
    if plain.isdecimal() and len(plain) <= 2:
        return int(plain) if int(plain) <= 10 else None
    return _WORDS.get(plain)


def speaks_of(item: str, said: str) -> bool:
    """Whether pain, or how the night was, is spoken of at all."""
    return bool(re.search(_table()["spoken"][item], said))


def has_number(clause: str) -> bool:
    """Whether a clause gives a number for pain or sleep, of whatever day."""
    return any(True for item in ("pain", "sleep") for _ in _matches(item, clause))


def read(item: str, said: str, old: bool) -> int | None:
    """The one number that a text gives for an item now; None where there is none, or two that differ.

    Args:
        item: pain or sleep.
        said: All clauses that state something, each ending with " , ".
        old: A story of another time stands in the text; only what says "today" counts then.
    """
    table = _table()
    if any(re.search(table[name], said) for name in ("both_at_once", "taken_back", "corrected")):
        return None
    none = _none_at_all(said, old) if item == "pain" else None
    if none and re.search(rf"^ (?:[a-z]+ ){{0,4}}{_NUMBER} ,", none) and not speaks_of("sleep", none):
        return None  # "no pain, just a 2"
    found: set[int] = set() if none is None else {0}
    for match in _matches(item, said):
        before, after = said[: match.start("n")], said[match.end("n") :]
        around = f" {before.rpartition(' , ')[2]} # {after.partition(' , ')[0]} "
        if re.search(table["someone_else"], around) and not re.search(rf" my {match[0].split()[0]} ", around):
            continue
        if re.search(table["other_time"], around):
            continue
        if re.match(rf" , {_ANOTHER}(?:{_OUT_OF.replace('?P<of>', '?:')})? ,", after) or _is_between(
            match, said
        ):
            return None
        if re.search(table["not_meant"], around) or (old and not re.search(table["now"], around)):
            continue
        found.add(_value(match["n"]))
    if today := _today_alone(item, said):
        # "pain was 8 but now 4": what names today outdoes what does not.
        found = today | {
            _value(match["n"])
            for match in _matches(item, said)
            if re.search(table["now"], f" {said[match.end() :].partition(' , ')[0]} ")
        }
    if len(found) != 1 or (item == "sleep" and not _agrees(found, said)):
        return None
    return found.pop()


def _value(typed: str) -> int:
    return _WORDS[typed] if typed in _WORDS else int(typed)


def _matches(item: str, said: str) -> Iterator[re.Match[str]]:
    words = _table()[item]
    follows = _table()["follows"]
    link, any_link = run(words["link"]), run(words["any_link"])
    after = rf"(?<= )(?:{words['word']}){link} {_NUMBER}(?:{_OUT_OF})?(?= (?:[.,]|{follows}) )"
    loose = (
        rf"(?<= )(?:{words['any_word']}){any_link} {_NUMBER}{_OUT_OF}(?= )"
        r"(?! (?:hours?|hrs?|h|horas?|nights?|noches) )"
    )
    comma = rf"(?<= )(?:{words['word']}) , {_NUMBER}(?:{_OUT_OF})?(?= [.,] )"
    before = rf"(?<= ){_NUMBER}{_OUT_OF} (?:for |de |in )?(?:{words['word']})(?= (?:[.,]|{follows}) )"
    given = (
        rf"(?<= )(?<![0-9] )(?<! of )(?<! over ){_NUMBER} (?:for|de) (?:my |the )?(?:{words['word']})"
        rf"(?= (?:[.,]|{follows}) )"
    )
    put = rf"(?<= )put (?:my |the )?(?:{words['word']}) at (?:(?:a|an|about) )*{_NUMBER}(?= [.,] )"
    seen: set[int] = set()
    plain = (put, after, loose, comma, before)
    for pattern in plain if _counts_tablets(said) else (*plain, given):
        for match in re.finditer(pattern, said):
            if match.start("n") not in seen:
                seen.add(match.start("n"))
                yield match


def _is_between(match: re.Match[str], said: str) -> bool:
    """In "4 pain 3 sleep" the number after the word is another's."""
    before = re.search(rf" {_ANOTHER} $", said[: match.start()])
    return bool(before) and bool(re.match(r" (?:pain|sleep|dolor|sueno) ", said[match.end() :]))


def _counts_tablets(said: str) -> bool:
    """Whether "2 for the pain" counts tablets: "took 2 for the pain", "one for pain, one for sleep"."""
    for match in re.finditer(rf"(?<= ){_NUMBER} (?:for|de) (?:my |the )?(?:pain|sleep|dolor|sueno) ", said):
        before = said[: match.start()].rpartition(" , ")[2]
        if re.search(_table()["medicine"], f" {before}") or (
            match["n"] in ("1", "one", "uno", "una") and not before.endswith((" a ", " un "))
        ):
            return True
    return False


def _none_at_all(said: str, old: bool) -> str | None:
    """What follows the clause that says there is no pain at all, if one does; "no pain, no gain" does not."""
    table = _table()
    if re.search(table["no_pun"], said):
        return None
    clauses = [f" {part} , " for part in said.strip().removesuffix(" ,").split(" , ")]
    for number, clause in enumerate(clauses):
        if re.search(table["none_at_all"], clause) and not (
            re.search(table["someone_else"], clause)
            or re.search(table["other_time"], clause)
            or (old and not re.search(table["now"], clause))
        ):
            return "".join(clauses[number + 1 : number + 2]) or " , "
    return None


def _today_alone(item: str, said: str) -> set[int]:
    """In "pain was 8 last week, 5 today" the 5: what names today, of the item that was spoken of last."""
    table = _table()
    found = set()
    for pattern in (table["number_today"], table["today_number"]):
        for match in re.finditer(pattern.replace("NUMBER", _NUMBER), said):
            before = said[: match.start()]
            last = max(("pain", "sleep"), key=lambda one: _last(table[one]["any_word"], before))
            if last == item and _last(table[item]["any_word"], before) >= 0:
                found.add(_value(match["n"]))
    return found


def _last(words: str, said: str) -> int:
    return max((match.start() for match in re.finditer(rf" (?:{words}) ", said)), default=-1)


def _agrees(found: set[int], said: str) -> bool:
    """A number for sleep beside a word for it: "slept great, 9" says opposite things (10 is worst)."""
    table = _table()
    said = re.sub(r"(?<! a) good night , $", " , ", said)  # a greeting
    if re.search(table["slept_well"], said):
        return max(found) <= 3
    if re.search(table["slept_badly"], said):
        return min(found) >= 7
    return True


@cache
def _table() -> dict[str, Any]:
    raw = vocabulary()
    level: dict[str, Any] = raw["level"]
    sentence = raw["sentence"]
    return level | {
        "other_time": rf"{sentence['other_time']}|{level['before_today']}",
        "now": sentence["now"],
        "corrected": rf" {_NUMBER}{level['corrected'].replace('NUMBER', _ANOTHER)}",
        "taken_back": sentence["taken_back"],
        "someone_else": rf" {raw['dose']['someone_else']}s? ",
    }
