"""The small language the triage rules are written in, and its compilation to regular expressions.

A pattern is words one space apart. `a|b` is either word, `two+words` belong together, `<name>` is a list of
`words.toml`, `word*` is any ending, `#` a number, `x?` may be left out. `..` stands for up to four words
of the same clause, `...` for up to eight words of the same sentence; neither skips a "not".
"""

import re
from dataclasses import dataclass
from functools import cached_property

_GAP = r"(?:(?!{no} )[a-z0-9][a-z0-9.]* ){{0,4}}?"
_LONG_GAP = r"(?:(?!{no} )(?:[a-z0-9][a-z0-9.]*|,) ){{0,8}}?"
_EVERYWHERE = frozenset(
    [
        "i",
        "a",
        "an",
        "the",
        "my",
        "me",
        "to",
        "it",
        "is",
        "of",
        "in",
        "on",
        "and",
        "or",
        "for",
        "had",
        "have",
        "has",
        "got",
        "this",
        "that",
        "you",
        "so",
        "be",
        "am",
        "im",
        "was",
        "are",
        "at",
        "all",
        "cant",
        "dont",
        "not",
        "no",
        "do",
        "did",
        "will",
        "going",
        "he",
        "she",
        "his",
        "her",
        "they",
        "mi",
        "me",
        "se",
        "que",
        "de",
        "la",
        "el",
        "lo",
        "no",
        "un",
        "una",
        "en",
        "los",
        "las",
        "con",
        "take",
        "took",
        "taking",
        "taken",
        "want",
        "feel",
        "feeling",
        "pain",
        "one",
        "two",
        "#",
        "with",
        "tome",
        "tomo",
    ]
)


@dataclass(frozen=True)
class Pattern:
    """One phrasing; a message must hold one of its `anchors` (words, or beginnings with `*`) to match.

    `wide`: harmless sentences hold it too, so that it counts only where nothing speaks against it.
    """

    source: str
    expression: str
    anchors: frozenset[str]
    words: frozenset[str]
    wide: bool = False

    @cached_property
    def regex(self) -> re.Pattern[str]:
        """Compiled at first use."""
        return re.compile(self.expression)


def compile_pattern(source: str, lists: dict[str, list[str]], negators: list[str]) -> Pattern:
    """Read one phrasing.

    Args:
        source: The phrasing, see the module.
        lists: Named lists of phrases; an entry may itself hold several words.
        negators: Words a gap never skips.

    Raises:
        ValueError: A list is not known, or the phrasing has no word that must be there.
    """
    no = "(?:" + "|".join(negators) + ")"
    parts: list[str] = []
    best: tuple[int, frozenset[str]] | None = None
    vocabulary: set[str] = set()
    for element in source.split(" "):
        if element in ("..", "..."):
            parts.append((_GAP if element == ".." else _LONG_GAP).format(no=no))
            continue
        optional = element.endswith("?") and element != "?" and not element.endswith("|?")
        phrases = _phrases(element.removesuffix("?") if optional else element, lists, source)
        vocabulary.update(word.rstrip("*") for phrase in phrases for word in phrase.split(" "))
        choice = "(?:" + "|".join(_escape(p) for p in sorted(phrases, key=len, reverse=True)) + ") "
        parts.append(f"(?:{choice})?" if optional else choice)
        if not optional:
            first = frozenset(_rarest(phrase) for phrase in phrases)
            cost = len(first) + 1000 * len(first & _EVERYWHERE)
            if best is None or cost < best[0]:
                best = cost, first
    if best is None:
        raise ValueError(f"The phrasing {source!r} has no word that must be there.")
    return Pattern(source, "(?<= )" + "".join(parts), best[1], frozenset(vocabulary))


def _phrases(element: str, lists: dict[str, list[str]], source: str) -> list[str]:
    found: list[str] = []
    for choice in element.split("|"):
        if choice.startswith("<") and choice.endswith(">"):
            if choice[1:-1] not in lists:
                raise ValueError(f"The phrasing {source!r} names the unknown list {choice}.")
            for entry in lists[choice[1:-1]]:
                inner = entry.startswith("<")
                found.extend(_phrases(entry, lists, source) if inner else [entry])
        else:
            found.append(choice.replace("+", " "))
    return found


def _rarest(phrase: str) -> str:
    return max(phrase.split(" "), key=lambda word: (word not in _EVERYWHERE, len(word)))


def _escape(phrase: str) -> str:
    words = []
    for word in phrase.split(" "):
        if word == "#":
            words.append(r"[0-9]+(?:\.[0-9]+)?")
        elif word.endswith("*"):
            words.append(re.escape(word[:-1]) + "[a-z]*")
        else:
            words.append(re.escape(word))
    return " ".join(words)
