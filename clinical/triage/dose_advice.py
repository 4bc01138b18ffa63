"""Recognises a request to advise a dose, which is refused: the prescriber decides."""

import tomllib
from functools import cache
from importlib.resources import files

from clinical.triage.normal import normalise
from clinical.triage.pattern import Pattern, compile_pattern
from clinical.triage.rules import named_lists, spelling


def asks_dose_advice(text: str) -> bool:
    """Whether a message asks to take more or less, to skip, split or restart, or how long to wait.

    "What doses do people usually take?" is a question about facts and gives False.

    Source: red-flag category RF12 and the statements that must never appear; phrasings in `dose_advice.toml`.
    """
    said = normalise(text, spelling())
    words = set(said.split())
    return any(
        any(_holds(pattern, said, words) for pattern in asking)
        and not any(_holds(pattern, said, words) for pattern in unless)
        for asking, unless in _rules()
    )


def _holds(pattern: Pattern, said: str, words: set[str]) -> bool:
    return _anchored(pattern, words) and bool(pattern.regex.search(said))


def _anchored(pattern: Pattern, words: set[str]) -> bool:
    if "#" in pattern.anchors and any(word[0].isdigit() for word in words):
        return True
    return not pattern.anchors.isdisjoint(words) or any(anchor.endswith("*") for anchor in pattern.anchors)


@cache
def _rules() -> tuple[tuple[list[Pattern], list[Pattern]], ...]:
    text = files("clinical.triage").joinpath("dose_advice.toml").read_text(encoding="utf-8")
    table = tomllib.loads(text)
    read = []
    for language in ("en", "es"):
        lists, negators = named_lists(language)
        sides = [
            [compile_pattern(s, lists, negators) for s in table[language][k]] for k in ("patterns", "unless")
        ]
        read.append((sides[0], sides[1]))
    return tuple(read)
