"""A text as typed, brought into the clauses that state something."""

import re
import tomllib
import unicodedata
from functools import cache
from importlib.resources import files
from typing import Any

from clinical import said_clock, said_level
from clinical.triage.normal import normalise
from clinical.triage.rules import spelling

_QUOTES = str.maketrans(dict.fromkeys("’‘ʼ`´′‛", "'"))
_CLAUSE = re.compile(r"(?: (?:[.,?]|and|but|then|y|pero|asi que))+ ")
_WHEN_UNKNOWN = (
    r"\b(?:not sure|don'?t (?:know|remember)|can'?t remember|unsure|no se|no recuerdo) "
    r"(?:exactly )?(?:when|what time|of the time|a que hora|cuando)\b"
)


def brought_in(text: str) -> str:
    """The text in the words of the rules, its times marked."""
    return normalise(said_clock.mark(_plain(text)), spelling())


def _plain(text: str) -> str:
    """Lower case without accents; "sí" becomes "yes", for without its accent it means "if"."""
    text = re.sub(r"\bs[íÍ]\b", "yes", text.translate(_QUOTES).casefold())
    plain = unicodedata.normalize("NFKD", text)
    plain = "".join(one for one in plain if not unicodedata.combining(one))
    plain = re.sub(r"^si,", "yes,", plain)
    plain = re.sub(r"(?<=[a-z]{4})(?=[0-9]{1,2}(?![0-9a-z]))", " ", plain)
    plain = re.sub(r"(?<=[0-9])\s?\+", " plus ", plain)
    plain = re.sub(_WHEN_UNKNOWN, " n0000 ", plain)
    for wrong, right in vocabulary()["spelling"].items():
        plain = re.sub(rf"\b{wrong}\b", right, plain)
    return plain


class Note:
    """A text in clauses, without questions, what-ifs and plans.

    Attributes:
        clauses: Each starts with a space and ends with " , ".
        mine: Those that are not about somebody else; `own` is the same in one string, `said` all of them.
        old: A story of another time stands in the text.
    """

    def __init__(self, text: str) -> None:
        said = brought_in(text)
        self.clauses: list[str] = []
        for sentence in re.findall(r"(?:[^.?]|\.(?=[0-9]))+ [.?]", said):
            plain = f" {sentence.strip()} "
            if plain.endswith("? ") or has("asks", plain) or has("what_if", plain):
                continue
            parts = (f" {part.strip()} , " for part in _CLAUSE.split(plain) if part.strip())
            self.clauses += [part for part in parts if not has("plan", part)]
        self.said = f" {' '.join(part.strip() for part in self.clauses)} "
        # An old story ("last week was awful, pain 8") ages all that does not say "today".
        self.old = any(
            has("other_time", part) and not said_level.has_number(part) and not is_dose(part)
            for part in self.clauses
        )

        self.mine: list[str] = []
        theirs = False
        for part in self.clauses:
            theirs = about_others(part) or (theirs and " i " not in part and " my " not in part)
            if not theirs:
                self.mine.append(part)
        self.own = f" {' '.join(part.strip() for part in self.mine)} "

    def current(self, clause: str) -> bool:
        """Whether a clause speaks of now: the last night, today."""
        if has("other_time", clause):
            return False
        return not self.old or has("now", clause)


def is_dose(clause: str) -> bool:
    return any(dose_match(clause))


def dose_match(clause: str) -> tuple[re.Match[str] | None, re.Match[str] | None]:
    """(taken, skipped): where a clause says the one or the other."""
    words = vocabulary()["dose"]
    clause = re.sub(words["undone"], lambda found: " -" * len(found[0].split()), clause)
    skipped = re.search(
        rf" {words['skipped']} {words['object']}(?= )(?! n[0-9]{{4}}){words['not_object']}"
        rf"|{words['skipped_alone']}",
        clause,
    )
    without = re.sub(rf" {words['skipped']} ", lambda found: " " + "-" * (len(found[0]) - 2) + " ", clause)
    taken = re.search(
        rf" {words['taken']} (?:{words['object']}|{words['amount']})(?= ){words['not_object']}"
        rf"|{words['taken_alone']}",
        without,
    )
    return taken, skipped


def about_others(clause: str) -> bool:
    """Whether a clause is about what somebody else did; what they told the person is not."""
    about = re.search(rf"^ (?:my |the |our |a )?{vocabulary()['dose']['someone_else']} ", clause)
    return bool(about) and not re.search(r" (?:said|says|told|asked|advised|dijo|has told|ha dicho) ", clause)


def has(name: str, said: str) -> bool:
    table = vocabulary()["sentence"] | vocabulary()["effect_context"]
    return bool(re.search(table[name], said))


@cache
def vocabulary() -> dict[str, Any]:
    return tomllib.loads(files("clinical").joinpath("freetext.toml").read_text(encoding="utf-8"))
