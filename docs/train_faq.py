"""Write services/faq_weights.bin: the matcher trained on the phrasings of all topics in both languages.

A linear support vector machine per topic over words, letter groups and senses (`services/faqwords.py`), one
more that tells whether any topic is meant, and one for what no topic is about (`docs/faq/other_*.txt` and the
sentences of `docs/faq_other.py`). The same phrasings give the same bytes.
"""

import json
import zlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import scipy.sparse as sp
from faq_other import other_texts
from sklearn.model_selection import StratifiedKFold
from sklearn.svm import LinearSVC

from clinical import faq
from services import faqhead, faqwords

TARGET = Path(__file__).parent.parent / "services" / "faq_weights.bin"
COST = 1.0
WIDTH = faqwords.BUCKETS + faqwords.DIMENSIONS


@dataclass(frozen=True)
class Text:
    """A text with the topic it means (or `other`)."""

    words: tuple[int, ...]
    letters: tuple[int, ...]
    sense: tuple[float, ...]
    topic: str
    number: int = 0


def read(text: str, topic: str = "") -> Text:
    """A text as features."""
    said = faqwords.tokens(text)
    return Text(
        tuple(faqwords.words(said)),
        tuple(faqwords.letters(said)),
        tuple(faqwords.sense(text)),
        topic,
        faqhead.phrasing_number(said),
    )


def known_texts(most: int | None = None) -> list[Text]:
    """Question and phrasings (at most `most` a topic and language) and what no topic is about."""
    texts = [
        read(text, topic.id)
        for language in faq.LANGUAGES
        for topic in faq.topics(language)
        for text in (topic.question, *topic.examples[:most])
    ]
    return texts + [read(text, faqhead.OTHER) for text in other_texts()]


def rarity_of(texts: Sequence[Text]) -> bytes:
    """25 times the inverse document frequency of every bucket."""
    found: Counter[int] = Counter()
    for text in texts:
        found.update(set(text.words) | set(text.letters))
    counts = np.array([found[at] for at in range(faqwords.BUCKETS)])
    return np.round(25 * (np.log((1 + len(texts)) / (1 + counts)) + 1)).astype(np.uint8).tobytes()


def table(texts: Sequence[Text], rarity: bytes) -> sp.csr_matrix:
    """The features of texts as the product weighs them."""
    at, cells, ends = [], [], [0]
    for text in texts:
        row = [
            *faqwords.weighted(text.words, rarity).items(),
            *faqwords.weighted(text.letters, rarity).items(),
            *enumerate(text.sense, faqwords.BUCKETS),
        ]
        at += [bucket for bucket, _ in row]
        cells += [weight for _, weight in row]
        ends.append(len(at))
    made = sp.csr_matrix((cells, at, ends), shape=(len(texts), WIDTH))
    made.sum_duplicates()
    return made


def machine(features: sp.csr_matrix, topics: Sequence[str]) -> LinearSVC:
    """The trained machine."""
    return LinearSVC(C=COST, random_state=0, tol=1e-4).fit(features, topics)


def detector(features: sp.csr_matrix, topics: np.ndarray) -> LinearSVC:
    """Whether any topic is meant."""
    inside = topics != faqhead.OTHER
    return LinearSVC(C=0.3, random_state=0, tol=1e-4, class_weight="balanced").fit(features, inside)


def sharpness(features: sp.csr_matrix, topics: np.ndarray) -> float:
    """By how much a margin counts for the probability to be right, found on texts left out of training."""
    margins = np.zeros((len(topics), len(set(topics))))
    for train, left in StratifiedKFold(5, shuffle=True, random_state=0).split(features, topics):
        margins[left] = machine(features[train], topics[train]).decision_function(features[left])
    right = np.searchsorted(sorted(set(topics)), topics)

    def surprise(sharp: float) -> float:
        scaled = sharp * (margins - margins.max(1, keepdims=True))
        return float(np.mean(np.log(np.exp(scaled).sum(1)) - scaled[np.arange(len(right)), right]))

    return min((round(0.25 * step, 2) for step in range(4, 41)), key=surprise)


def pack(texts: Sequence[Text], *, sharp: float | None = None) -> bytes:
    """Train on the texts and pack the weights."""
    rarity = rarity_of(texts)
    features, topics = table(texts, rarity), np.array([text.topic for text in texts])
    made, inside = machine(features, topics), detector(features, topics)
    slopes = np.vstack([made.coef_, inside.coef_])
    scales = np.abs(slopes).max(1) / 127
    rows = np.round(slopes / scales[:, None]).astype(np.int16) + 128
    about = {
        "form": faqhead.FORM,
        "buckets": faqwords.BUCKETS,
        "fingerprint": faqhead.fingerprint(),
        "classes": [*made.classes_, faqhead.INSIDE],
        "scales": [round(float(one), 7) for one in scales],
        "bias": [round(float(one), 5) for one in (*made.intercept_, *inside.intercept_)],
        "phrasings": sorted({text.number for text in texts if text.topic != faqhead.OTHER}),
        "sharpness": sharp or sharpness(features, topics),
    }
    body = rarity + np.ascontiguousarray(rows.T.astype(np.uint8)).tobytes()
    return zlib.compress(json.dumps(about).encode() + b"\n" + body, 9)


def main() -> None:
    packed = pack(known_texts())
    TARGET.write_bytes(packed)
    print(f"{len(faqhead.Head(packed).classes)} classes in {TARGET.name}, {len(packed) / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
