"""What a text says, English or Spanish, as probabilities: of each red flag and of each topic of the FAQ.

Six layers of multilingual-e5-small (MIT; `docs/encoder`), trained further on the messages and phrasings of
this project, kept as whole numbers of eight bits in `encoder.npz`. Optional: without the file or numpy,
`read` gives None, one log line says so, and the rules and the n-grams work alone.
"""

import logging
import math
import os
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import as_file, files
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np

    Array = np.ndarray[Any, Any]

log = logging.getLogger(__name__)

FILE = "encoder.npz"
LONGEST = 8000  # characters read, as triage does
WINDOW = 160  # pieces looked at together; what is longer is read in windows that overlap
STEP = 110
_GAP = "\u2581"  # how the pieces write the gap before a word
_BEGIN, _UNKNOWN, _END = 0, 3, 2
_EPS = 1e-12
_HEADS = 12


@dataclass(frozen=True, slots=True)
class Reading:
    """What the encoder makes of one text.

    `danger` holds the probability of each red-flag category and of `quiet`, `severity` of none, mention,
    same-day and emergency, both of the window that sounds worst; `topics` of each topic and of `other`, of
    the first window. Each sums to 1.
    """

    danger: Mapping[str, float]
    severity: tuple[float, float, float, float]
    topics: Mapping[str, float]


class Encoder:
    """The weights, read once; keeps no state."""

    def __init__(self, kept: "Mapping[str, Array]") -> None:
        """Take the arrays of the file, by name."""
        import numpy as np

        self._np = np
        names = bytes(kept["pieces"].tobytes()).decode().split("\n")
        self._scores: list[float] = kept["scores"].tolist()
        self._known = {name: at for at, name in enumerate(names) if at > _UNKNOWN}
        self._longest = max(map(len, self._known))
        self._rarest = self._scores[_UNKNOWN]
        self._words, self._word_scales = kept["words"], kept["words.scale"]
        # Matrices stay whole numbers of eight bits in memory: a fourth of the room for some milliseconds.
        self._kept = {
            name: table for name, table in kept.items() if name not in ("words", "scores", "pieces")
        }
        self._layers = sum(name.endswith(".q.w") for name in kept)
        self._classes = {
            head: tuple(bytes(kept[f"{head}.classes"].tobytes()).decode().split("\n"))
            for head in ("danger", "topics")
        }

    def read(self, text: str) -> Reading:
        """Read a text of any length."""
        said = self.pieces(text)
        starts = range(0, max(len(said) - (WINDOW - STEP), 1), STEP)
        vectors = [self._vector(said[start : start + WINDOW]) for start in starts]
        dangers = [self._share("danger", vector) for vector in vectors]
        worst = min(range(len(vectors)), key=lambda at: float(dangers[at][0]))
        none, mention, same_day, emergency = map(float, self._share("severity", vectors[worst]))
        return Reading(
            self._named("danger", dangers[worst]),
            (none, mention, same_day, emergency),
            self._named("topics", self._share("topics", vectors[0])),
        )

    def _named(self, head: str, shares: "Array") -> dict[str, float]:
        return dict(zip(self._classes[head], map(float, shares), strict=True))

    def _share(self, head: str, vector: "Array") -> "Array":
        return self._softmax(self._kept[f"{head}.w"] @ vector + self._kept[f"{head}.b"])

    def _softmax(self, values: "Array") -> "Array":
        powers = self._np.exp(values - values.max(-1, keepdims=True))
        shares: Array = powers / powers.sum(-1, keepdims=True)
        return shares

    def pieces(self, text: str) -> list[int]:
        """The most probable cut of a text into known pieces (unigram model, Viterbi)."""
        said = _GAP + plain(text).replace(" ", _GAP)
        best = [0.0] + [-1e30] * len(said)
        cut = [(0, _UNKNOWN)] * (len(said) + 1)
        for start in range(len(said)):
            here = best[start]
            for end in range(start + 1, min(len(said), start + self._longest) + 1):
                at = self._known.get(said[start:end])
                if at is not None and here + self._scores[at] > best[end]:
                    best[end], cut[end] = here + self._scores[at], (start, at)
            if here + self._rarest > best[start + 1]:
                best[start + 1], cut[start + 1] = here + self._rarest, (start, _UNKNOWN)
        found: list[int] = []
        end = len(said)
        while end:
            end, at = cut[end]
            found.append(at)
        return found[::-1]

    def _vector(self, said: list[int]) -> "Array":
        """The mean of what the last layer makes of the pieces."""
        np, kept = self._np, self._kept
        ids = [_BEGIN, *said, _END]
        x = self._words[ids].astype(np.float32) * self._word_scales[ids][:, None]
        x = self._even(x + kept["places"][: len(ids)], "start")
        for layer in range(self._layers):
            x = self._even(x + self._attention(x, f"{layer}."), f"{layer}.attention")
            inner = self._linear(x, f"{layer}.up")
            x = self._even(x + self._linear(self._gelu(inner), f"{layer}.down"), f"{layer}.out")
        mean: Array = x.mean(0)
        return mean

    def _attention(self, x: "Array", layer: str) -> "Array":
        asks, keys, values = (self._by_head(self._linear(x, layer + one)) for one in "qkv")
        looks = self._softmax(asks @ keys.transpose(0, 2, 1) / math.sqrt(asks.shape[-1]))
        return self._linear((looks @ values).transpose(1, 0, 2).reshape(x.shape), layer + "o")

    def _by_head(self, x: "Array") -> "Array":
        return x.reshape(len(x), _HEADS, -1).transpose(1, 0, 2)

    def _linear(self, x: "Array", name: str) -> "Array":
        rows = self._kept[f"{name}.w"].astype(x.dtype)
        made: Array = (x @ rows.T) * self._kept[f"{name}.w.scale"] + self._kept[f"{name}.b"]
        return made

    def _gelu(self, x: "Array") -> "Array":
        """GELU by its usual formula with tanh, in place where it can be."""
        turned = x * x
        turned *= 0.044715
        turned += 1.0
        turned *= x
        turned *= 0.7978845608
        self._np.tanh(turned, out=turned)
        turned += 1.0
        turned *= 0.5
        turned *= x
        return turned

    def _even(self, x: "Array", name: str) -> "Array":
        centred = x - x.mean(-1, keepdims=True)
        spread = self._np.sqrt((centred**2).mean(-1, keepdims=True) + _EPS)
        made: Array = centred / spread * self._kept[f"{name}.scale"] + self._kept[f"{name}.shift"]
        return made


def plain(text: str) -> str:
    """Lower case, one gap between words, compatible forms made one; accents stay."""
    folded = unicodedata.normalize("NFKC", text[:LONGEST].replace("\u2019", "'")).lower()
    return re.sub(r"\s+", " ", folded).strip()


@cache
def encoder() -> Encoder | None:
    """The encoder that ships with the product; None where it cannot be had."""
    # One thread: the work is small, and the event loop needs the other core.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    try:
        import numpy as np

        with as_file(files("services").joinpath(FILE)) as path, np.load(path, allow_pickle=False) as kept:
            return Encoder({name: kept[name] for name in kept.files})
    except (ImportError, OSError) as error:
        log.warning("no sentence encoder (%s): rules and n-grams alone", type(error).__name__)
        return None


@lru_cache(maxsize=64)
def read(text: str) -> Reading | None:
    """What a text says; kept for a moment, because triage and the FAQ ask one after the other."""
    found = encoder()
    return None if found is None else found.read(text)
