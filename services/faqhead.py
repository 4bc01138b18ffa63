"""The trained matcher: how near a question is to each topic, and to what none of them is about.

`docs/train_faq.py` writes the weights from the phrasings in `clinical/faq`; the first question reads them.
"""

import hashlib
import json
import math
import zlib
from array import array
from collections.abc import Iterable
from functools import cache
from importlib.resources import files

from clinical import faq
from services import faqwords

OTHER = "other"  # the class of what no topic is about
INSIDE = "inside"  # the column that only tells whether any topic is meant
FORM = 2
_LANE = 4  # bytes a topic has in a sum; 400 letters cannot overflow them
_FINE = 1024  # steps of a feature's weight


class Head:
    """The weights, read once; `score` keeps no state and calculates in whole numbers, the same everywhere."""

    def __init__(self, packed: bytes) -> None:
        """Read the weights.

        Raises:
            ValueError: They are of another form than this code reads.
        """
        first, _, rest = zlib.decompress(packed).partition(b"\n")
        about = json.loads(first)
        if about["form"] != FORM or about["buckets"] != faqwords.BUCKETS:
            raise ValueError("The weights of the questions are of another form: run `make faq`.")
        self.fingerprint: str = about["fingerprint"]
        self.classes: tuple[str, ...] = tuple(about["classes"])
        self._scales: list[float] = about["scales"]
        self._bias: list[float] = about["bias"]
        self._sharpness: float = about["sharpness"]
        self._phrasings = frozenset(about["phrasings"])
        self._rarity, self._rows = rest[: faqwords.BUCKETS], rest[faqwords.BUCKETS :]

    def score(self, text: str) -> dict[str, float]:
        """How probable it is that a text means each topic, or `OTHER`; the sum is 1."""
        said = faqwords.tokens(text)
        features = [
            *faqwords.weighted(faqwords.words(said), self._rarity).items(),
            *faqwords.weighted(faqwords.letters(said), self._rarity).items(),
            *enumerate(faqwords.sense(text), faqwords.BUCKETS),
        ]
        sums = self._sum(features)
        margins = {
            name: bias + scale * one / _FINE
            for name, bias, scale, one in zip(self.classes, self._bias, self._scales, sums, strict=True)
        }
        inside = 1.0 if phrasing_number(said) in self._phrasings else min(margins[INSIDE], 1.0)
        doubt = math.exp(inside - 1.0)  # 1 where some topic is surely meant, as by a phrasing of ours
        del margins[INSIDE]
        most = max(margins.values())
        powers = {name: math.exp(self._sharpness * (one - most)) for name, one in margins.items()}
        total = sum(powers.values())
        found = {name: doubt * power / total for name, power in powers.items()}
        found[OTHER] = 0.0
        return {**found, OTHER: 1.0 - sum(found.values())}

    def _sum(self, features: Iterable[tuple[int, float]]) -> list[int]:
        """The rows of the features times their weights: one long integer holds the sums of all topics."""
        wide = len(self.classes)
        plus = minus = shift = 0
        lanes = bytearray(_LANE * wide)
        for at, weight in features:
            times = round(_FINE * weight)
            lanes[::_LANE] = self._rows[at * wide : (at + 1) * wide]
            if times > 0:
                plus += times * int.from_bytes(lanes, "little")
            else:
                minus -= times * int.from_bytes(lanes, "little")
            shift += times * 128  # a row is kept 128 higher than it is, so that no lane borrows
        above, below = (array("I", one.to_bytes(_LANE * wide, "little")) for one in (plus, minus))
        return [a - b - shift for a, b in zip(above, below, strict=True)]


def phrasing_number(said: Iterable[str]) -> int:
    """By which a phrasing is known again."""
    return zlib.crc32(" ".join(said).encode())


@cache
def head() -> Head:
    """The weights that ship with the product."""
    return Head(files("services").joinpath("faq_weights.bin").read_bytes())


def fingerprint() -> str:
    """Of every phrasing of every language: the weights carry that of the phrasings they were trained on."""
    said = hashlib.sha256()
    for language in faq.LANGUAGES:
        for topic in faq.topics(language):
            said.update("\x1f".join((language, topic.id, topic.question, *topic.examples, "")).encode())
    return said.hexdigest()[:16]
