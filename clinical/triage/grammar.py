"""Judges a found phrasing by the words around it: denied, asked about, long past, or about someone else."""

import re
from dataclasses import dataclass

from clinical.triage.normal import SENTENCE_END

_SEPARATORS = frozenset({".", "?", ","})
_LOOK_BACK = 9
_POINTING = frozenset({"that", "thats", "this", "it", "eso", "fue"})
_LONGEST_SENTENCE = 60  # words either side; people forget full stops


@dataclass(frozen=True)
class Grammar:
    """The small words of one language that turn a phrasing around; all read from its `words.toml`."""

    negators: frozenset[str]
    negators_after: frozenset[str]
    transparent: frozenset[str]
    joining: frozenset[str]
    contrast: frozenset[str]
    emphatic: re.Pattern[str]
    doubt: re.Pattern[str]
    asking: re.Pattern[str]
    asking_after: re.Pattern[str]
    real: re.Pattern[str]
    past: re.Pattern[str]
    story: re.Pattern[str]
    story_after: re.Pattern[str]
    close: frozenset[str]
    planned: re.Pattern[str]
    selves: frozenset[str]
    others: frozenset[str]
    possessives: frozenset[str]
    subjects: frozenset[str]
    carriers: frozenset[str]
    words: frozenset[str]

    @classmethod
    def of(cls, table: dict[str, list[str]]) -> "Grammar":
        """Build from the `[grammar]` table: lists of words, and phrases as regular expressions."""
        lists = {key: frozenset(entries) for key, entries in table.items()}
        phrases = {key: _any_of(entries) for key, entries in table.items()}
        return cls(
            negators=lists["negators"],
            negators_after=lists["negators_after"],
            transparent=lists["transparent"],
            joining=lists["joining"],
            contrast=lists["contrast"],
            emphatic=phrases["emphatic"],
            doubt=phrases["doubt"],
            asking=phrases["asking"],
            asking_after=phrases["asking_after"],
            real=phrases["real"],
            past=phrases["past"],
            story=phrases["story"],
            story_after=phrases["story_after"],
            close=lists["close"],
            planned=phrases["planned"],
            selves=lists["selves"],
            others=lists["others"],
            possessives=lists["possessives"],
            subjects=lists["subjects"],
            carriers=lists["carriers"],
            words=frozenset(w for entries in table.values() for entry in entries for w in _plain(entry)),
        )

    def denied(self, words: list[str], start: int, end: int) -> bool:
        """Whether the words `start:end` are denied: "no chest pain", "not suicidal", "swelling: none"."""
        after = words[end : end + 3]
        if after[:1] and after[0] in _SEPARATORS:
            after = after[1:]
        if after and after[0] in self.negators_after and (len(after) == 1 or after[1] in _SEPARATORS):
            return True
        if self.emphatic.match(" " + " ".join(words[end : end + 5]) + " ", 1):
            return False
        listing = any(word in self.joining for word in self._sentence_rest(words, start))
        for at in range(start - 1, max(-1, start - 1 - _LOOK_BACK), -1):
            word = words[at]
            if word in self.negators:
                before = " " + " ".join(words[max(0, at - 5) : at]) + " "
                return not self.doubt.search(before)
            if word == ",":
                listing = listing or words[at + 1] in self.joining
                if not listing:
                    return False
            elif word in self.contrast or word in SENTENCE_END or word not in self.transparent:
                return False
        return False

    def hypothetical(self, words: list[str], start: int, end: int) -> bool:
        """Whether the words `start:end` are asked about in general rather than reported."""
        first, last = self._sentence(words, start, end)
        sentence = " " + " ".join(words[first:last]) + " "
        turn = self._turn(words, first, start)
        before = " > " + " ".join(words[turn : min(last, start + 1)]) + " "
        after = " " + " ".join(words[end:last]) + " "
        if not (self.asking.search(before) or self.asking_after.match(after, 1)):
            return False
        rest = " " + " ".join(words[last:]) + " "
        return not (self.real.search(sentence) or self.real.search(rest))

    def long_past(self, words: list[str], start: int, end: int) -> bool:
        """Whether the sentence around the words tells of another time of life."""
        first, last = self._sentence(words, start, end)
        if self.past.search(" " + " ".join(words[first:last]) + " "):
            return True
        after = words[last + 1 : last + 8]  # "I once took ... . That was ten years ago"
        return after[:1] != [] and after[0] in _POINTING and bool(self.past.search(f" {' '.join(after)} "))

    def told(self, words: list[str], start: int, end: int) -> bool:
        """Whether the words belong to a film, a book or the news, with nobody of one's own in the clause."""
        first, last = self._sentence(words, start, end)
        after = words[end : min(last, end + 5)]
        if self.close.isdisjoint(words[first:end]) and self.story_after.search(f" {' '.join(after)} "):
            return True
        said = f" {' '.join(words[first:end])} "
        ends = [match.end() for match in self.story.finditer(said)]
        return bool(ends) and self.close.isdisjoint(said[ends[-1] :].split())

    def about(self, words: list[str], end: int) -> str:
        """Whom the words up to `end` speak of: self, or other."""
        for word in reversed(words[:end]):
            if word in self.others or word.removesuffix("s") in self.others:
                return "other"
            if word in self.selves:
                return "self"
        return "self"

    def is_planned(self, words: list[str], start: int, end: int) -> bool:
        """Whether the sentence around the words looks ahead."""
        first, last = self._sentence(words, start, end)
        return bool(self.planned.search(" " + " ".join(words[first:last]) + " "))

    def _turn(self, words: list[str], first: int, start: int) -> int:
        """Where a clause with its own subject begins: in "can you help my throat is closing" after "help"."""
        for at in range(start, first, -1):
            if words[at - 1] not in self.carriers and self._is_subject(words, at):
                return at
        return first

    def _is_subject(self, words: list[str], at: int) -> bool:
        """Whether the word begins "I ...", "she ..." or "my son ..."."""
        return words[at] in self.subjects or (words[at] in self.possessives and at + 1 < len(words))

    def _sentence(self, words: list[str], start: int, end: int) -> tuple[int, int]:
        first, last = start, end
        while (
            first > max(0, start - _LONGEST_SENTENCE)
            and words[first - 1] not in SENTENCE_END
            and words[first - 1] not in self.contrast
        ):
            first -= 1
        while last < min(len(words), end + _LONGEST_SENTENCE) and words[last] not in SENTENCE_END:
            last += 1
        return first, last

    def _sentence_rest(self, words: list[str], start: int) -> list[str]:
        last = start
        limit = min(len(words), start + _LONGEST_SENTENCE)
        while last < limit and words[last] not in SENTENCE_END and words[last] not in self.contrast:
            last += 1
        return words[start:last]


def _any_of(entries: list[str]) -> re.Pattern[str]:
    """One expression for phrases; each entry is a regular expression over words one space apart."""
    return re.compile("(?<= )(?:" + "|".join(entries) + ") ")


def _plain(entry: str) -> list[str]:
    return [w for w in re.findall(r"[a-z]+", entry) if len(w) > 2]
