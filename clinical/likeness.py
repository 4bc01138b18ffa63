"""Questions that ask the same, grouped; and what in one could tell who asked."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

_SAME = 0.34  # shared words over all words, from which two questions ask the same
_COMMON = frozenset(
    "a an the is are was be do does did can could will would should i im ive my me it its this that of to in "
    "on at for with and or but if what when how why who which there have has had not no yes please hi hello "
    "ldn ok okay go get take taking today "
    "el la los las un una es son de en que y o mi me lo se con por para no si como cuando".split()
)
_TELLING = (
    (re.compile(r"\S+@\S+"), "[…]"),
    (re.compile(r"@\w{3,}"), "[…]"),
    (re.compile(r"https?://\S+"), "[…]"),
    (re.compile(r"\+?\d[\d\s().-]{5,}\d"), "[…]"),
    (re.compile(r"\b\d{4,}\b"), "[…]"),
    (
        re.compile(
            r"\b((?:i am|i'm|my name is|this is|me llamo|soy) )(?!in\b|on\b|not\b)[A-ZÁÉÍÓÚÑ]\w+",
            re.IGNORECASE,
        ),
        r"\1[…]",
    ),
    (
        re.compile(r"\b((?:dr|dra|doctor|doctora|mr|mrs|ms|sr|sra)\.? )[A-ZÁÉÍÓÚÑ]\w+", re.IGNORECASE),
        r"\1[…]",
    ),
)
_MOST = 200


@dataclass(frozen=True, slots=True)
class Group:
    """Questions that ask the same: the shortest of them, and how many."""

    example: str
    count: int


def without_names(text: str) -> str:
    """A question without what could tell who asked: names after a title, numbers, addresses; cut short.

    It cannot know every name: whoever reads it is bound to keep it to themselves all the same.
    """
    for pattern, instead in _TELLING:
        text = pattern.sub(instead, text)
    return " ".join(text.split())[:_MOST]


def groups(questions: Iterable[str]) -> tuple[Group, ...]:
    """Questions grouped by the words they share, the largest group first, then by their example.

    Args:
        questions: As kept, any order, n >= 0.
    """
    found: list[tuple[frozenset[str], list[str]]] = []
    for question in sorted(questions, key=lambda one: (len(one), one)):
        words = _words(question)
        best = max(found, key=lambda group: _shared(words, group[0]), default=None)
        if best is not None and _shared(words, best[0]) >= _SAME:
            best[1].append(question)
        else:
            found.append((words, [question]))
    listed = (Group(texts[0], len(texts)) for _, texts in found)
    return tuple(sorted(listed, key=lambda group: (-group.count, group.example)))


def _words(text: str) -> frozenset[str]:
    plain = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(one for one in plain if not unicodedata.combining(one))
    stems: Sequence[str] = [word[:6] for word in re.findall(r"[a-z]+", plain) if word not in _COMMON]
    return frozenset(stems)


def _shared(one: frozenset[str], other: frozenset[str]) -> float:
    return len(one & other) / len(one | other) if one | other else 1.0
