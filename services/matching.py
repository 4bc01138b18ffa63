"""Finds the FAQ topic a typed question means by words and letter groups shared with known phrasings."""

import math
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import Protocol

from clinical import faq
from clinical.triage.normal import normalise
from clinical.triage.rules import named_lists, spelling

# Set on the development questions in tests/data/faq_dev.jsonl; see tests/clinical/faq.
ANSWER_FROM = 0.42  # a direct answer from here on, where the next topic is clearly behind
LEAD = 0.06
SUGGEST_FROM = 0.26  # "did you mean" from here on; below, "I don't have an answer to that"
SURE_FROM = 0.80  # so near to a known phrasing that the next topic does not matter
MOST_TOPICS = 5

_GRAMS = (3, 4, 5)
_WORD_SHARE = 0.5  # the rest of the score is letter groups, which forgive typing
_NEAREST_SHARE = 0.7  # the rest is the topic as a whole
_GREETINGS = frozenset(
    {"hi", "hello", "hey", "hiya", "hola", "buenas", "hallo", "yo", "howdy", "good morning", "good evening"}
    | {
        "good afternoon",
        "good day",
        "hi there",
        "hello there",
        "hey there",
        "buenos dias",
        "morning",
        "evening",
    }
    | {"hi bot", "hello bot", "how are you", "hi how are you", "hello how are you", "que tal", "hola que tal"}
)
_THANKS = frozenset(
    {"thanks", "thank you", "thx", "ty", "cheers", "thanks a lot", "thank you so much", "many thanks", "tysm"}
    | {
        "great thanks",
        "ok thanks",
        "okay thanks",
        "gracias",
        "muchas gracias",
        "thank you very much",
        "perfect thanks",
    }
    | {"thanks so much", "much appreciated", "ta", "thank u", "great thank you", "ok thank you", "thanks bot"}
)
_BYES = frozenset(
    {
        "bye",
        "goodbye",
        "good night",
        "goodnight",
        "night",
        "see you",
        "see you tomorrow",
        "bye bye",
        "cya",
        "adios",
    }
    | {"later", "see ya", "talk later", "buenas noches", "hasta luego", "night night", "gn", "sleep well"}
)
_OKS = frozenset(
    {"ok", "okay", "k", "fine", "great", "cool", "got it", "alright", "all right", "perfect", "nice", "vale"}
)
_TALK = (("hello", _GREETINGS), ("thanks", _THANKS), ("bye", _BYES), ("ok", _OKS))


class Known(Protocol):
    """What the matcher needs of a topic."""

    @property
    def id(self) -> str:
        """The topic's id."""

    @property
    def question(self) -> str:
        """The question as shown."""

    @property
    def examples(self) -> tuple[str, ...]:
        """Phrasings of patients."""

    @property
    def answer(self) -> str:
        """The answer, Telegram HTML."""


@dataclass(frozen=True)
class Match:
    """What a question means.

    `route` is answer (the first topic is sure), suggest ("did you mean"), fallback (nothing near) or
    smalltalk, where `smalltalk` is hello, thanks, bye or ok. `topics` holds up to five ids, best first, with
    `scores` 0 to 1 beside them, on every route.
    """

    route: str
    topics: tuple[str, ...]
    scores: tuple[float, ...]
    smalltalk: str | None = None


class Matcher:
    """A deterministic index over the questions and phrasings of some topics; built once, read by many."""

    def __init__(self, topics: Sequence[Known]) -> None:
        """Build the index; `topics` in any order, n >= 1."""
        phrasings = [(one.id, text) for one in topics for text in (one.question, *one.examples)]
        self._words = _Index([(name, _words(text)) for name, text in phrasings])
        self._letters = _Index([(name, _grams(text)) for name, text in phrasings])
        self._whole = _Index(
            [(one.id, _words(" ".join((one.question, *one.examples, one.answer)))) for one in topics]
        )

    def match(self, text: str) -> Match:
        """Find the topics a text may mean.

        Args:
            text: One message as typed; triage has read it before.

        Returns:
            The route with up to five topics; deterministic, without any state.
        """
        talk = _talk(text)
        words, letters = self._words.nearest(_words(text)), self._letters.nearest(_grams(text))
        whole = self._whole.nearest(_words(text))
        score = {
            name: _NEAREST_SHARE
            * (_WORD_SHARE * words.get(name, 0.0) + (1 - _WORD_SHARE) * letters.get(name, 0.0))
            + (1 - _NEAREST_SHARE) * min(1.0, 2 * whole.get(name, 0.0))
            for name in words.keys() | letters.keys() | whole.keys()
        }
        best = sorted(score.items(), key=lambda pair: (-pair[1], pair[0]))[:MOST_TOPICS]
        topics, scores = tuple(name for name, _ in best), tuple(round(value, 4) for _, value in best)
        if talk:
            return Match("smalltalk", topics, scores, talk)
        return Match(_route(scores), topics, scores)


@cache
def matcher(language: str = "en") -> Matcher:
    """The matcher over the topics of one language, built at first use."""
    return Matcher(faq.topics(language))


def _route(scores: tuple[float, ...]) -> str:
    first, second = (*scores, 0.0, 0.0)[:2]
    if first >= SURE_FROM or (first >= ANSWER_FROM and first - second >= LEAD):
        return "answer"
    return "suggest" if first >= SUGGEST_FROM else "fallback"


class _Index:
    """TF-IDF vectors of phrasings with the best cosine per topic."""

    def __init__(self, documents: list[tuple[str, list[str]]]) -> None:
        self._count = len(documents)
        frequency = Counter(term for _, terms in documents for term in set(terms))
        self._rarity = {term: math.log((1 + self._count) / (1 + n)) + 1 for term, n in frequency.items()}
        self._unseen = math.log(1 + self._count) + 1
        self._names = [name for name, _ in documents]
        self._postings: dict[str, list[tuple[int, float]]] = defaultdict(list)
        for at, (_, terms) in enumerate(documents):
            for term, weight in self._vector(terms).items():
                self._postings[term].append((at, weight))

    def nearest(self, terms: list[str]) -> dict[str, float]:
        """The highest cosine of each topic with the terms."""
        sums: dict[int, float] = defaultdict(float)
        for term, weight in self._vector(terms).items():
            for at, other in self._postings.get(term, ()):
                sums[at] += weight * other
        best: dict[str, float] = {}
        for at, cosine in sums.items():
            name = self._names[at]
            best[name] = max(best.get(name, 0.0), cosine)
        return best

    def _vector(self, terms: list[str]) -> dict[str, float]:
        weights = {
            term: (1 + math.log(n)) * self._rarity.get(term, self._unseen)
            for term, n in Counter(terms).items()
        }
        length = math.sqrt(sum(w * w for w in weights.values())) or 1.0
        return {term: w / length for term, w in weights.items()}


def _talk(text: str) -> str | None:
    said = " ".join(re.findall(r"[a-z]+", _fold(text)))
    return next((key for key, phrases in _TALK if said in phrases), None)


def _words(text: str) -> list[str]:
    """Stems and pairs of stems; every opioid is also the word opioid, every name of the medicine is ldn."""
    stems = [_stem(word) for word in _tokens(text)]
    content = [stem for stem in stems if stem not in _STOP] or stems
    pairs = [f"{a}_{b}" for a, b in pairwise(content)]
    return content + pairs + ["opioid" for stem in content if stem in _opioids()]


def _grams(text: str) -> list[str]:
    words = [word for word in _tokens(text) if word not in _STOP] or _tokens(text)
    padded = [f" {word} " for word in words]
    return [word[i : i + n] for word in padded for n in _GRAMS for i in range(max(1, len(word) - n + 1))]


def _tokens(text: str) -> list[str]:
    plain = normalise(text, spelling())
    plain = re.sub(r"\b(?:low dose naltrexone|naltrexone|naltrexon|low dose nal\w+)\b", "ldn", plain)
    plain = re.sub(r"(?<=\d)(?=[a-z])", " ", plain)
    return [_SAME.get(word, word) for word in re.findall(r"[a-z]+|\d+(?:\.\d+)?", plain)]


def _fold(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text.replace("\u2019", "'")).casefold()
    return "".join(c for c in plain if not unicodedata.combining(c)).replace("-", " ")


def _stem(word: str) -> str:
    for ending in ("ings", "ing", "ies", "ed", "es", "s", "ly"):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word[: -len(ending)] + ("y" if ending == "ies" else "")
    return word


@cache
def _opioids() -> frozenset[str]:
    lists, _ = named_lists("en")
    return frozenset(_stem(name) for name in lists["opioid"] if " " not in name and name != "lean")


def _group(words: str) -> Iterable[tuple[str, str]]:
    first, *others = words.split()
    return ((other, first) for other in others)


_SAME = dict(
    pair
    for words in (
        "pill pills tablet tablets capsule capsules cap caps tab tabs",
        "doctor doc dr gp physician prescriber clinician doctors",
        "medicine medication meds med drug drugs",
        "increase raise up higher bump upping raising increasing",
        "lower reduce decrease reducing lowering",
        "forgot forget forgotten forgetting missed miss missing",
        "pharmacy chemist chemists pharmacies pharmacist drugstore",
        "usually typical typically normal normally usual average standard common",
        "night bedtime evening bed",
        "painkiller painkillers analgesic analgesics",
        "buy purchase order ordering buying",
        "food meal meals eat eating eaten breakfast dinner lunch",
        "start begin starting beginning started",
        "work works working kick effect",
        "whats what",
        "hows how",
        "read info information learn sources source",
    )
    for pair in _group(words)
)
_STOP = frozenset(
    {"a", "an", "the", "is", "it", "to", "of", "i", "my", "me", "you", "in", "on", "for", "and", "do", "does"}
    | {
        "can",
        "this",
        "that",
        "be",
        "am",
        "are",
        "was",
        "if",
        "at",
        "with",
        "have",
        "has",
        "or",
        "so",
        "as",
        "its",
    }
    | {"just", "please", "im", "ive", "there", "any", "ldn"}
)
