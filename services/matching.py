"""Finds the FAQ topics a typed question means, and whether to answer, to ask back or to give none."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from services import hearing
from services.faqhead import OTHER, Head, head
from services.faqwords import fold, tokens
from services.smalltalk import small_talk

# Set on the development questions (`docs/evaluate_faq.py --thresholds`) with a margin: the most direct
# answers, wrong to at most 2 in 100 questions, and given to at most 3 in 100 that no topic is about.
ANSWER_FROM = 0.60  # a direct answer from this probability on, where the next topic is clearly behind
LEAD = 0.10
SUGGEST_FROM = 0.15  # "did you mean" from here on; below, "I don't have an answer to that"
MOST_TOPICS = 5

_ENCODER_SHARE = 0.3  # how much the sentence encoder counts beside the n-grams
_PART_FROM = 0.20  # each part of a two-part question must be this sure,
_PART_LEAD = 3  # and so many times as sure as of its next topic
_ONE_FROM = 0.995  # a text as sure as this is one question
_PARTS_WITHIN = 160  # letters; what is longer is a story, not two questions
_AFTER_SHARE = 0.35  # how much the text before counts where a question goes on from it
_GOES_ON = re.compile(
    r"(?:and|or|but|also|what about|how about|what if|same for|y|o|pero|tambien|que tal|que pasa con|y si)\b"
)
_PARTS = re.compile(r"[?.;]+|,? (?:and also|and|also|plus|y tambien|tambien|ademas|y) ")


@dataclass(frozen=True)
class Match:
    """What a question means.

    `route` is answer (the first topic is sure), suggest ("did you mean"), fallback (nothing near) or
    smalltalk, where `smalltalk` is hello, thanks, bye or ok. `topics` holds up to five ids, best first, with
    their probabilities beside them in `scores`, on every route.
    """

    route: str
    topics: tuple[str, ...]
    scores: tuple[float, ...]
    smalltalk: str | None = None


class Matcher:
    """Deterministic, without any state; the trained weights are read at the first question."""

    def __init__(self, weights: Head | None = None) -> None:
        """Take other weights than those that ship with the product, for measuring."""
        self._weights = weights

    def match(self, text: str, before: str | None = None) -> Match:
        """Find the topics a text may mean, in whatever language it is.

        Args:
            text: One message as typed; triage has read it before.
            before: What the same person asked just before; counts where the text goes on from it
                ("and in the morning?").

        Returns:
            The route with up to five topics.
        """
        alone = self._score(text)
        if before and _goes_on(text):
            alone = _after(alone, self._score(f"{before} {text}"))
        topics, scores = _best(alone)
        if talk := small_talk(text):
            return Match("smalltalk", topics, scores, talk)
        if not tokens(text):
            return Match("fallback", topics, scores)
        if scores[0] < _ONE_FROM and (both := self._two_parts(text)):
            rest = [(name, score) for name, score in zip(topics, scores, strict=True) if name not in both]
            named = [*both.items(), *rest][:MOST_TOPICS]
            return Match("suggest", tuple(name for name, _ in named), tuple(score for _, score in named))
        return Match(_route(scores), topics, scores)

    def _score(self, text: str) -> dict[str, float]:
        alone = self._by_words(text)
        reading = hearing.understood(text)
        return alone if reading is None else _mixed(alone, reading.topics)

    def _by_words(self, text: str) -> dict[str, float]:
        return (self._weights or head()).score(text)

    def _two_parts(self, text: str) -> dict[str, float]:
        """The two topics of "can I drink and will it make me fat"; empty where the question is one."""
        if len(text) > _PARTS_WITHIN:
            return {}
        parts = [part for part in _PARTS.split(fold(text)) if len(part.split()) >= 3]
        if len(parts) != 2:
            return {}
        found: dict[str, float] = {}
        for part in parts:
            topics, scores = _best(self._by_words(part))
            if scores[0] < max(_PART_FROM, _PART_LEAD * (*scores, 0.0)[1]):
                return {}
            found[topics[0]] = scores[0]
        return dict(sorted(found.items(), key=lambda pair: -pair[1])) if len(found) == 2 else {}


@cache
def matcher() -> Matcher:
    """The one matcher; it knows all languages at once."""
    return Matcher()


def _mixed(alone: dict[str, float], topics: Mapping[str, float]) -> dict[str, float]:
    """Both opinions, multiplied; a topic that the encoder has not learned yet has the n-grams' alone."""
    mixed = {
        name: value ** (1 - _ENCODER_SHARE) * topics.get(name, value) ** _ENCODER_SHARE
        for name, value in alone.items()
    }
    total = sum(mixed.values())
    return {name: value / total for name, value in mixed.items()}


def _best(score: dict[str, float]) -> tuple[tuple[str, ...], tuple[float, ...]]:
    best = sorted(
        ((name, value) for name, value in score.items() if name != OTHER),
        key=lambda pair: (-pair[1], pair[0]),
    )[:MOST_TOPICS]
    return tuple(name for name, _ in best), tuple(round(value, 4) for _, value in best)


def _route(scores: tuple[float, ...]) -> str:
    first, second = (*scores, 0.0)[:2]
    if first >= ANSWER_FROM and first - second >= LEAD:
        return "answer"
    return "suggest" if first >= SUGGEST_FROM else "fallback"


def _goes_on(text: str) -> bool:
    return len(tokens(text)) <= 8 and bool(_GOES_ON.match(fold(text).lstrip(" ¿¡.,-")))


def _after(alone: dict[str, float], joined: dict[str, float]) -> dict[str, float]:
    mixed = {name: alone[name] ** (1 - _AFTER_SHARE) * joined[name] ** _AFTER_SHARE for name in alone}
    total = sum(mixed.values())
    return {name: value / total for name, value in mixed.items()}
