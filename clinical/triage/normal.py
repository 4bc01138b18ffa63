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
_RUNS = re.compile(r"[a-z]+|[0-9]+")
_REPEAT = re.compile(r"([a-z])\1{2,}")
_TOKEN = re.compile(r"[a-z0-9]+(?:·[0-9]+)*|[.?!,;:()\n\-–—\"…]+")
_APART = re.compile(r"\b(can|don|won|didn|isn|doesn|couldn|wouldn|aren|wasn|hasn|haven|shouldn) t\b")
_LETTERS = str.maketrans({"0": "o", "1": "i", "3": "e", "@": "a", "$": "s"})
SENTENCE_END = frozenset({".", "?"})
TYPO_FROM = 5  # shorter words have too many neighbours; their misspellings are listed as data
LONGEST_WORD = 40  # nothing longer is a mistyped word
LONGEST_RUN = 120  # nor anything longer words typed without spaces
FAR_TYPO_FROM = 10  # two slips are forgiven only in words as long as this
_RUN_FROM = 8  # letters of the shortest word read as several words run together
_LONGEST_PIECE = 16
_SOUNDS_FROM = 3  # letters of the shortest sound that tells a word

# As a word sounds, for people who write by ear: spellings of one sound become one letter, in this order.
_BY_EAR = tuple(
    (re.compile(old), new)
    for old, new in (
        ("ph", "f"),
        ("th", "t"),
        ("igh", "i"),
        ("gh", ""),
        ("^kn", "n"),
        ("^wr", "r"),
        ("ck|qu|q", "k"),
        ("ing$", "in"),
        ("[cs]ion", "xn"),
        ("tion", "xn"),
        ("sc(?=[eiy])|c(?=[eiy])|z|ss", "s"),
        ("sh|ch", "x"),
        ("c", "k"),
        ("v", "b"),
        ("j|g(?=[eiy])|dg", "j"),
        ("ll", "l"),
        ("h", ""),
        ("y", "i"),
        (r"([a-z])\1+", r"\1"),
        ("(?<=.)[aeiou]", ""),
        (r"([a-z])\1+", r"\1"),
    )
)
# Spanish endings that make small or strong ("pastillita", "mareadisima") and the plain ones to try instead.
_SMALL = re.compile(r"(?:c?it|ill|isim)(?P<end>[oa]s?)$")
# Words of one and two letters that run-together words may hold.
_SMALL_WORDS = frozenset(
    "i a to my me be is it in on at so am im no go do he up we of or by u de la el lo mi se te tu un ya yo "
    "y o ni su al es en le".split()
)


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
    by_ear: dict[str, tuple[str, ...]] = field(default_factory=dict)
    pieces: frozenset[str] = frozenset()

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
        by_ear: dict[str, list[str]] = {}
        for word in sorted(vocabulary):
            if len(word) >= TYPO_FROM and word.isalpha():
                by_ear.setdefault(_sound(word), []).append(word)
                for shorter in {word, *_shorter(word)}:
                    near.setdefault(shorter, []).append(word)
        long = tuple(sorted(w for w in vocabulary if len(w) >= FAR_TYPO_FROM))
        spaced = tuple((f" {old} ", f" {new} ") for old, new in phrases.items())
        known = vocabulary | guard | frozenset(same)
        return cls(
            vocabulary,
            same,
            spaced,
            guard,
            first,
            {k: tuple(v) for k, v in near.items()},
            long,
            {k: tuple(v) for k, v in by_ear.items()},
            _SMALL_WORDS | {w for w in known if 3 <= len(w) <= _LONGEST_PIECE and w.isalpha()},
        )


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


@lru_cache(maxsize=8192)  # the same words are looked for by every reader of a text, and come again
def _word(token: str, spelling: Spelling) -> tuple[str, ...]:
    token = token.replace("·", ".")
    if token in spelling.same:
        return tuple(spelling.same[token].split(" "))
    if token in spelling.vocabulary:
        return (token,)
    if not token.isalpha():
        parts = _RUNS.findall(token) if _RUN_FROM <= len(token) <= LONGEST_RUN else []
        if len(parts) < 2 or "." in token:
            return (token,)
        return tuple(word for part in parts for word in (_word(part, spelling) if part.isalpha() else [part]))
    if (single := _REPEAT.sub(r"\1", token)) != token:
        double = _REPEAT.sub(r"\1\1", token)
        return _word(double if double in spelling.vocabulary else single, spelling)
    if token in spelling.guard or not TYPO_FROM <= len(token) <= LONGEST_RUN:
        return (token,)
    if len(token) <= LONGEST_WORD and (mended := _plain_ending(token, spelling) or _mend(token, spelling)):
        return (mended,)
    if run := _split(token, spelling):
        return tuple(same for word in run for same in spelling.same.get(word, word).split(" "))
    return (_heard(token, spelling) or token,)


def _plain_ending(token: str, spelling: Spelling) -> str | None:
    """The plain word of a Spanish diminutive or superlative, where the rules know it."""
    if not (ending := _SMALL.search(token)):
        return None
    stem, end = token[: ending.start()], ending["end"]
    plain = [stem + end, stem + ("es" if end.endswith("s") else "e"), stem]
    return next((w for w in plain if len(w) >= TYPO_FROM and w in spelling.vocabulary), None)


def _heard(token: str, spelling: Spelling) -> str | None:
    """The word of the rules a word written by ear stands for: "swelin" is "swelling"."""
    if len(token) > LONGEST_WORD or len(sound := _sound(token)) < _SOUNDS_FROM:
        return None
    allowed = 2 if len(token) < _RUN_FROM else 3
    close = sorted((_slips(token, w), w not in spelling.first, w) for w in spelling.by_ear.get(sound, ()))
    return close[0][-1] if close and close[0][0] <= allowed else None


def _sound(word: str) -> str:
    for old, new in _BY_EAR:
        word = old.sub(new, word)
    return word


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


def _split(token: str, spelling: Spelling) -> list[str] | None:
    """Words typed without a space between them, such as "chestpain" or "idontwanttolive"; long pieces win."""
    if len(token) < _RUN_FROM:
        return None
    best: list[tuple[int, int] | None] = [(0, 0)] + [None] * len(token)
    for end in range(1, len(token) + 1):
        for start in range(max(0, end - _LONGEST_PIECE), end):
            before = best[start]
            if before is not None and token[start:end] in spelling.pieces:
                score = before[0] + (end - start) ** 2
                if (now := best[end]) is None or score > now[0]:
                    best[end] = score, start
    words: list[str] = []
    at = len(token)
    while at and (step := best[at]) is not None:
        words.insert(0, token[step[1] : at])
        at = step[1]
    small = sum(word in _SMALL_WORDS for word in words)
    telling = any(word in spelling.vocabulary and len(word) > _SOUNDS_FROM for word in words)
    return words if not at and telling and small <= len(words) / 2 else None


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
