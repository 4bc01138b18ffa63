"""Measure other ways to find a topic, and the learning curve, on the development questions (ten minutes).

Each way gets its own threshold by the rule of `docs/evaluate_faq.py`: the most direct answers with
wrong ones to at most 2 % of the questions and answers to at most 3 % of those that no topic is about.
"""

from collections.abc import Sequence

import numpy as np
import scipy.sparse as sp
from evaluate_faq import Asked, questions
from train_faq import Text, known_texts, machine, rarity_of, read, table

from services import faqhead, faqwords

SETS = ("en", "es", "out")


def main() -> None:
    asked = {name: questions(f"dev_{name}") for name in SETS}
    dev = {name: [read(one.text) for one in rows] for name, rows in asked.items()}
    texts = known_texts()
    print("| way | top-1 en | top-3 en | top-1 es | top-3 es | answered | wrong | outside answered |")
    print("|---|---|---|---|---|---|---|---|")
    ways = {"words": (True, False, False), "letters": (False, True, False), "senses": (False, False, True)}
    for name, blocks in ways.items():
        known = [only(text, *blocks) for text in texts]
        asked_now = {one: [only(text, *blocks) for text in dev[one]] for one in SETS}
        if name != "senses":
            show(f"nearest phrasing, {name} TF-IDF", asked, *nearest(known, asked_now))
        show(f"trained on {name} alone", asked, *trained(known, asked_now))
    known = [only(text, True, True, False) for text in texts]
    both = {one: [only(text, True, True, False) for text in dev[one]] for one in SETS}
    show("nearest phrasing, words and letters", asked, *nearest(known, both))
    show("trained on words and letters", asked, *trained(known, both))
    classes, alone = trained(texts, dev)
    show("trained on all three", asked, classes, alone)
    _, near = nearest(known, both)
    show(
        "trained on all three + nearest", asked, classes, {one: alone[one] + 0.5 * near[one] for one in SETS}
    )
    print()
    print("| phrasings | top-1 en | top-3 en | top-1 es | top-3 es | answered | wrong | outside |")
    print("|---|---|---|---|---|---|---|---|")
    for most in (10, 20, 30, 40, None):
        show(str(most or "all"), asked, *trained(known_texts(most), dev))


def only(text: Text, words: bool, letters: bool, senses: bool) -> Text:
    """The text with some blocks of features left empty."""
    empty = (0.0,) * faqwords.DIMENSIONS
    return Text(
        text.words if words else (),
        text.letters if letters else (),
        text.sense if senses else empty,
        text.topic,
    )


def trained(known: Sequence[Text], dev: dict[str, list[Text]]) -> tuple[list[str], dict[str, np.ndarray]]:
    rarity = rarity_of(known)
    made = machine(table(known, rarity), [text.topic for text in known])
    return list(made.classes_), {
        one: made.decision_function(table(rows, rarity)) for one, rows in dev.items()
    }


def nearest(known: Sequence[Text], dev: dict[str, list[Text]]) -> tuple[list[str], dict[str, np.ndarray]]:
    """The best cosine with any phrasing of each topic."""
    rarity = rarity_of(known)
    phrasings = unit(table(known, rarity))
    topics = np.array([text.topic for text in known])
    classes = sorted(set(topics))
    found = {}
    for one, rows in dev.items():
        cosine = (unit(table(rows, rarity)) @ phrasings.T).toarray()
        found[one] = np.stack([cosine[:, topics == name].max(1) for name in classes], axis=1)
    return classes, found


def unit(features: sp.csr_matrix) -> sp.csr_matrix:
    length = np.sqrt(np.asarray(features.multiply(features).sum(1)).ravel())
    return sp.diags(1 / np.maximum(length, 1e-9)) @ features


def show(name: str, asked: dict[str, list[Asked]], classes: list[str], found: dict[str, np.ndarray]) -> None:
    """One row; the probability is that of the shipped sharpness, other texts take their share."""
    other = classes.index(faqhead.OTHER)
    cells, scored = [], []
    for one in SETS:
        powers = np.exp(4 * (found[one] - found[one].max(1, keepdims=True)))
        share = powers / powers.sum(1, keepdims=True)
        share[:, other] = -1
        order = np.argsort(-share, axis=1)[:, :3]
        hits = [[row.right(classes[at]) for at in best] for row, best in zip(asked[one], order, strict=True)]
        if one != "out":
            cells += [100 * np.mean([hit[0] for hit in hits]), 100 * np.mean([any(hit) for hit in hits])]
        scored += [(-top, one == "out", hit[0]) for top, hit in zip(share.max(1), hits, strict=True)]
    inside, outside = len(asked["en"]) + len(asked["es"]), len(asked["out"])
    answered = wrong = out = 0
    best = (0.0, 0.0, 0.0)
    for _, is_out, right in sorted(scored):
        out += is_out
        answered += not is_out
        wrong += not is_out and not right
        if wrong <= 0.02 * inside and out <= 0.03 * outside:
            best = (answered / inside, wrong / inside, out / outside)
    row = [f"{one:.1f}" for one in (*cells, *(100 * one for one in best))]
    print(f"| {name} | {' | '.join(row)} |", flush=True)


if __name__ == "__main__":
    main()
