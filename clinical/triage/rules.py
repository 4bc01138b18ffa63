"""Reads the triage rules of every language from their TOML files, once, at first use."""

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

from clinical.triage.grammar import Grammar
from clinical.triage.model import Severity
from clinical.triage.normal import Spelling
from clinical.triage.pattern import Pattern, compile_pattern

_SEVERITY = {s.word: s for s in Severity}


@dataclass(frozen=True)
class Concept:
    """One idea of one category: its phrasings, what else must be said, and how severe it is.

    `needs`: signals that must be said too (each entry lists alternatives). `count`: at least so many
    different signals of a group. `unless`: signals that take it back. `raise_if`: signals that make it an
    emergency. `keep`: which of hypothetical, negation, history do not take it back.
    """

    category: str
    id: str
    severity: Severity
    needs: tuple[frozenset[str], ...] = ()
    count: tuple[tuple[str, int], ...] = ()
    unless: frozenset[str] = frozenset()
    raise_if: frozenset[str] = frozenset()
    keep: frozenset[str] = frozenset()
    certainty: str = "happening"
    above_plan: bool = False
    bare: bool = False  # has no phrasings of its own: its signals are enough


@dataclass(frozen=True)
class Index:
    """Phrasings by the rare words they hold, so that a message is compared with few of them."""

    exact: dict[str, list[tuple[str, Pattern]]] = field(default_factory=dict)
    prefix: dict[str, list[tuple[str, Pattern]]] = field(default_factory=dict)

    def add(self, owner: str, pattern: Pattern) -> None:
        """File one phrasing under its anchors."""
        for anchor in pattern.anchors:
            shelf = self.prefix if anchor.endswith("*") else self.exact
            shelf.setdefault(anchor.rstrip("*"), []).append((owner, pattern))

    def candidates(self, words: Iterable[str]) -> list[tuple[str, Pattern]]:
        """The phrasings that could match a message of these words, each once."""
        found: dict[tuple[str, str], tuple[str, Pattern]] = {}
        for word in words:
            shelves = [self.exact.get("#" if word[0].isdigit() else word, ()), self.exact.get(word, ())]
            shelves += [self.prefix[word[:n]] for n in range(3, len(word) + 1) if word[:n] in self.prefix]
            for shelf in shelves:
                for owner, pattern in shelf:
                    found[owner, pattern.source] = owner, pattern
        return list(found.values())


@dataclass(frozen=True)
class Rulebook:
    """All rules of one language; owners are `RF01/chest-pain` for concepts, plain names for signals."""

    language: str
    grammar: Grammar
    concepts: dict[str, Concept]
    index: Index
    words: frozenset[str]


@cache
def rulebooks() -> tuple[Rulebook, ...]:
    """The rules of every language.

    Raises:
        ValueError: A rule file names an unknown list or severity; the message names the file.
    """
    return tuple(_read(language) for language in languages())


@cache
def languages() -> tuple[str, ...]:
    """Languages that have rules, English first."""
    root = files("clinical.triage")
    return tuple(sorted((d.name for d in root.iterdir() if d.is_dir() and len(d.name) == 2), reverse=False))


@cache
def spelling() -> Spelling:
    """The vocabulary of all languages together, with the words that must not be corrected towards it."""
    same: dict[str, str] = {}
    phrases: dict[str, str] = {}
    for language in languages():
        table = _toml(language, "words.toml")
        same |= table.get("same", {})
        phrases |= table.get("phrases", {})
    guard = files("clinical.triage").joinpath("guard.txt").read_text(encoding="utf-8").split()
    vocabulary = frozenset().union(*(book.words for book in rulebooks()))
    return Spelling.of(vocabulary, same, phrases, frozenset(guard), rulebooks()[0].words)


def rule_files(language: str) -> list[dict[str, Any]]:
    """The parsed category files of one language, in the order of their names."""
    return [_toml(language, name) for name in sorted(_names(language)) if name.startswith("rf")]


def named_lists(language: str) -> tuple[dict[str, list[str]], list[str]]:
    """The lists phrasings may name in one language, and the words a gap never skips."""
    said = _toml(language, "words.toml")
    return said["lists"], said["grammar"]["negators"]


def common(language: str = "en") -> dict[str, Any]:
    """Sentences every reply of one language shares."""
    return _toml(language, "common.toml")


def _read(language: str) -> Rulebook:
    said = _toml(language, "words.toml")
    lists, negators = named_lists(language)
    grammar = Grammar.of(said["grammar"])
    index, concepts, words = Index(), {}, set(grammar.words)

    def file_under(owner: str, sources: list[str], name: str, *, wide: bool = False) -> None:
        for source in sources:
            try:
                pattern = replace(compile_pattern(source, lists, negators), wide=wide)
            except ValueError as wrong:
                raise ValueError(f"{language}/{name}: {wrong}") from wrong
            index.add(owner, pattern)
            words.update(pattern.words)

    for name, sources in _toml(language, "signals.toml").items():
        file_under(name, sources, "signals.toml")
    for table in rule_files(language):
        for row in table["concept"]:
            owner = f"{table['id']}/{row['id']}"
            concepts[owner] = _concept(table["id"], row)
            file_under(owner, row.get("patterns", []), f"{table['id']}.toml")
            file_under(owner, row.get("wide", []), f"{table['id']}.toml", wide=True)
    return Rulebook(language, grammar, concepts, index, frozenset(words))


def _concept(category: str, row: dict[str, Any]) -> Concept:
    return Concept(
        category=category,
        id=row["id"],
        severity=_SEVERITY[row["severity"]],
        needs=tuple(frozenset(entry.split("|")) for entry in row.get("needs", [])),
        count=tuple(row.get("count", {}).items()),
        unless=frozenset(row.get("unless", [])),
        raise_if=frozenset(row.get("raise_if", [])),
        keep=frozenset(row.get("keep", [])),
        certainty=row.get("certainty", "happening"),
        above_plan=row.get("above_plan", False),
        bare=not row.get("patterns") and not row.get("wide"),
    )


def _folder(language: str) -> Traversable:
    return files("clinical.triage").joinpath(language)


def _names(language: str) -> list[str]:
    return [f.name for f in _folder(language).iterdir() if f.name.endswith(".toml")]


@cache
def _toml(language: str, name: str) -> dict[str, Any]:
    return tomllib.loads(_folder(language).joinpath(name).read_text(encoding="utf-8"))
