"""Brings a message as typed into the plain tokens the triage rules are written in."""

import re
import unicodedata
from dataclasses import dataclass, field
from functools import lru_cache

_QUOTES = str.maketrans(dict.fromkeys("’‘ʼ`´′‛", "'"))
_INSIDE = re.compile(r"(?<=\w)'(?=\w)")
_HYPHEN = re.compile(r"(?<=\w)[-‐‑](?=\w)")
_LOOKALIKE = re.compile(r"(?<![a-z0-9@$])[a-z]{1,40}[013@$][a-z0-9@$]*[a-z]")
_DECIMAL = re.compile(r"(?<=\d)[.,](?=\d)")
_DIGIT_LETTER = re.compile(r"(?<=\d)(?=[a-z])")
_REPEAT = re.compile(r"([a-z])\1{2,}")
_TOKEN = re.compile(r"[a-z0-9]+(?:·[0-9]+)*|[.?!,;:()\n\-–—\"…]+")
_APART = re.compile(r"\b(can|don|won|didn|isn|doesn|couldn|wouldn|aren|wasn|hasn|haven|shouldn) t\b")
_LETTERS = str.maketrans({"0": "o", "1": "i", "3": "e", "@": "a", "$": "s"})
SENTENCE_END = frozenset({".", "?"})
TYPO_FROM = 5  # shorter words have too many neighbours; their misspellings are listed as data
LONGEST_WORD = 40  # nothing longer is a mistyped word
FAR_TYPO_FROM = 10  # two slips are forgiven only in words as long as this


@dataclass(frozen=True, eq=False)
class Spelling:
    """What the rules know of words: their vocabulary, fixed replacements, words never to be corrected."""

    vocabulary: frozenset[str]
    same: dict[str, str]
    phrases: tuple[tuple[str, str], ...]
    guard: frozenset[str]
    first: frozenset[str]
    near: dict[str, tuple[str, ...]] = field(default_factory=dict)
    long: tuple[str, ...] = ()

    @classmethod
    def of(
        cls,
        vocabulary: frozenset[str],
        same: dict[str, str],
        phrases: dict[str, str],
        guard: frozenset[str],
        first: frozenset[str],
    ) -> "Spelling":
        """Build the look-up of near misses once; words of the `first` language win where two are as near."""
        near: dict[str, list[str]] = {}
        for word in sorted(vocabulary):
            if len(word) >= TYPO_FROM and word.isalpha():
                for shorter in {word, *_shorter(word)}:
                    near.setdefault(shorter, []).append(word)
        long = tuple(sorted(w for w in vocabulary if len(w) >= FAR_TYPO_FROM))
        spaced = tuple((f" {old} ", f" {new} ") for old, new in phrases.items())
        return cls(vocabulary, same, spaced, guard, first, {k: tuple(v) for k, v in near.items()}, long)


def normalise(text: str, spelling: Spelling) -> str:
    """Plain text of a message: lower-case words one space apart, with ` , `, ` . ` and ` ? ` between clauses.

    Accents and apostrophes are gone ("can't" is `cant`), units stand apart ("50mg" is `50 mg`), common
    slips of the finger are mended towards the words of the rules. Starts and ends with a space.
    """
    plain = unicodedata.normalize("NFKD", text.translate(_QUOTES)).casefold()
    plain = "".join(c for c in plain if not unicodedata.combining(c))
    plain = _HYPHEN.sub(" ", _INSIDE.sub("", plain))
    plain = _DECIMAL.sub("·", plain)
    plain = _LOOKALIKE.sub(lambda m: _lookalike(m[0], spelling), plain)
    plain = _DIGIT_LETTER.sub(" ", plain)
    words: list[str] = []
    for token in _TOKEN.findall(plain):
        words.extend(_word(token, spelling) if token[0].isalnum() else [_separator(token)])
    if words and words[-1] not in SENTENCE_END:
        words.append(".")
    said = _APART.sub(r"\1t", f" {' '.join(words)} ")
    for old, new in spelling.phrases:
        if old in said:
            said = said.replace(old, new)
    return said


def _word(token: str, spelling: Spelling) -> list[str]:
    token = token.replace("·", ".")
    if token in spelling.same:
        return spelling.same[token].split(" ")
    if not token.isalpha() or token in spelling.vocabulary:
        return [token]
    if (single := _REPEAT.sub(r"\1", token)) != token:
        double = _REPEAT.sub(r"\1\1", token)
        return _word(double if double in spelling.vocabulary else single, spelling)
    if token in spelling.guard or not TYPO_FROM <= len(token) <= LONGEST_WORD:
        return [token]
    if mended := _mend(token, spelling):
        return [mended]
    return _split(token, spelling.vocabulary) or [token]


@lru_cache(maxsize=4096)  # the same words are looked for by every reader of a text, and come again
def _mend(token: str, spelling: Spelling) -> str | None:
    candidates = {w for key in {token, *_shorter(token)} for w in spelling.near.get(key, ())}
    close = sorted((_slips(token, w), w not in spelling.first, -len(w), w) for w in candidates)
    if close and close[0][0] <= 1:
        return close[0][-1]
    if len(token) >= FAR_TYPO_FROM - 1:
        for word in spelling.long:
            if word[0] == token[0] and abs(len(word) - len(token)) <= 2 and _slips(token, word) <= 2:
                return word
    return None


def _split(token: str, vocabulary: frozenset[str]) -> list[str] | None:
    """Words of the rules typed without a space between them, such as "chestpain" or "killmyself"."""
    if len(token) < 8:
        return None
    for cut in range(len(token) - 3, 2, -1):
        if token[:cut] in vocabulary:
            rest = token[cut:]
            if rest in vocabulary:
                return [token[:cut], rest]
            if more := _split(rest, vocabulary):
                return [token[:cut], *more]
    return None


def _shorter(word: str) -> set[str]:
    return {word[:i] + word[i + 1 :] for i in range(len(word))}


def _slips(a: str, b: str) -> int:
    """Letters added, left out, changed or swapped with a neighbour between two words."""
    before: list[int] = []
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        older, before, row = before, row, [i]
        for j, y in enumerate(b, 1):
            cost = min(row[-1] + 1, before[j] + 1, before[j - 1] + (x != y))
            if i > 1 and j > 1 and x == b[j - 2] and a[i - 2] == y:
                cost = min(cost, older[j - 2] + 1)
            row.append(cost)
    return row[-1]


def _lookalike(word: str, spelling: Spelling) -> str:
    letters = word.translate(_LETTERS)
    return letters if letters in spelling.vocabulary else word


def _separator(token: str) -> str:
    if "?" in token:
        return "?"
    if "..." in token or "…" in token:
        return ","
    return "." if any(c in token for c in ".!;\n") else ","
