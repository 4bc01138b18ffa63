"""Measure the matcher on the development or held-out questions, for docs/faq-evaluation.md."""

import argparse
import json
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from services.faqhead import Head
from services.matching import ANSWER_FROM, LEAD, SUGGEST_FROM, Match, Matcher

DATA = Path(__file__).parent.parent / "tests" / "data"


@dataclass(frozen=True)
class Asked:
    """A question with the topic meant (None: no topic is about it) and those that may be accepted as well."""

    text: str
    topic: str | None
    also: tuple[str, ...]

    def right(self, name: str) -> bool:
        return name == self.topic or name in self.also


def questions(name: str) -> list[Asked]:
    """`dev_en`, `held_out` and so on."""
    rows = map(json.loads, (DATA / f"faq_{name}.jsonl").read_text(encoding="utf-8").splitlines())
    return [Asked(row["text"], row["topic"], tuple(row["also"])) for row in rows]


def share(of: Sequence[bool]) -> str:
    return f"{100 * sum(of) / len(of):.1f}" if of else "-"


def figures(asked: Sequence[Asked], found: Sequence[Match]) -> list[str]:
    """Top-1, top-3, answered, wrong of all and of the answered, right in suggested, suggested, none."""
    pairs = list(zip(asked, found, strict=True))
    answered = [(one, match) for one, match in pairs if match.route == "answer"]
    suggested = [(one, match) for one, match in pairs if match.route == "suggest"]
    return [
        share([one.right(match.topics[0]) for one, match in pairs]),
        share([any(map(one.right, match.topics[:3])) for one, match in pairs]),
        share([match.route == "answer" for _, match in pairs]),
        share([match.route == "answer" and not one.right(match.topics[0]) for one, match in pairs]),
        share([not one.right(match.topics[0]) for one, match in answered]),
        share([any(map(one.right, match.topics[:3])) for one, match in suggested]),
        share([match.route == "suggest" for _, match in pairs]),
        share([match.route in ("fallback", "smalltalk") for _, match in pairs]),
    ]


def outside(found: Sequence[Match]) -> list[str]:
    """Of questions that no topic is about: answered with a topic, topics suggested, none."""
    return [share([match.route == route for match in found]) for route in ("answer", "suggest")] + [
        share([match.route in ("fallback", "smalltalk") for match in found])
    ]


def tables(which: str, match: Callable[[str], Match]) -> list[str]:
    lines = [
        "| set | n | top-1 | top-3 | answered | wrong, of all | wrong, of answered "
        "| right in suggested | suggested | fallback |",
        "|---|---|---|---|---|---|---|---|---|---|",
    ]
    for language in ("en", "es"):
        asked = questions(f"{which}_{language}")
        row = figures(asked, [match(one.text) for one in asked])
        lines.append(f"| {which} {language} | {len(asked)} | {' | '.join(row)} |")
    out = questions(f"{which}_out")
    answered, suggested, none = outside([match(one.text) for one in out])
    lines.append(
        f"\nOutside all topics ({which}, n = {len(out)}): "
        f"answered {answered} %, suggested {suggested} %, none {none} %."
    )
    return lines


def thresholds(match: Callable[[str], Match]) -> None:
    """The rule: the most direct answers, wrong to <= 2 % of all questions and to <= 3 % outside."""
    inside = questions("dev_en") + questions("dev_es")
    asked = [*inside, *questions("dev_out")]
    scored = [(one, match(one.text)) for one in asked]
    best = (-1.0, 0.0, 0.0, 0.0, 0.0)
    for answer_from in (step / 100 for step in range(20, 96)):
        for lead in (step / 100 for step in range(0, 42, 2)):
            sure = [
                (one, m)
                for one, m in scored
                if m.smalltalk is None and m.scores[0] >= answer_from and m.scores[0] - m.scores[1] >= lead
            ]
            hits = [(one, m) for one, m in sure if one.topic]
            wrong = sum(not one.right(m.topics[0]) for one, m in hits) / len(inside)
            out = (len(sure) - len(hits)) / (len(asked) - len(inside))
            if wrong <= 0.02 and out <= 0.03:
                best = max(best, (len(hits) / len(inside), -wrong, -out, answer_from, lead))
    print(
        f"Best: ANSWER_FROM {best[3]}, LEAD {best[4]}: "
        f"answered {best[0]:.3f}, wrong {-best[1]:.3f}, outside {-best[2]:.3f}"
    )
    for suggest_from in (0.05, 0.08, 0.1, 0.12, 0.15, 0.2, 0.25, 0.3):
        kept = sum(m.scores[0] >= suggest_from for one, m in scored if one.topic) / len(inside)
        out = sum(m.scores[0] >= suggest_from for one, m in scored if not one.topic)
        print(
            f"SUGGEST_FROM {suggest_from}: {kept:.3f} inside, {out / (len(asked) - len(inside)):.3f} outside"
        )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--held", action="store_true", help="the held-out questions: at the very end only")
    parser.add_argument("--errors", action="store_true", help="list the errors on the development questions")
    parser.add_argument("--thresholds", action="store_true")
    parser.add_argument("--weights", type=Path)
    args = parser.parse_args()
    matcher = Matcher(Head(args.weights.read_bytes())) if args.weights else Matcher()
    matcher.match("warm")
    if args.thresholds:
        thresholds(matcher.match)
        return
    print(f"ANSWER_FROM {ANSWER_FROM}, LEAD {LEAD}, SUGGEST_FROM {SUGGEST_FROM}")
    print("\n".join(tables("held" if args.held else "dev", matcher.match)))
    if args.errors:
        for name in ("dev_en", "dev_es"):
            for one in questions(name):
                match = matcher.match(one.text)
                if not one.right(match.topics[0]):
                    print(f"{one.topic} {match.route} {match.topics[0]} {match.scores[0]:.2f} | {one.text}")
        for one in questions("dev_out"):
            match = matcher.match(one.text)
            if match.route == "answer":
                print(f"- {match.route} {match.topics[0]} {match.scores[0]:.2f} | {one.text}")
    times = []
    for one in questions("dev_en"):
        start = time.thread_time()
        matcher.match(one.text)
        times.append(time.thread_time() - start)
    times.sort()
    print(f"{1000 * times[len(times) // 2]:.2f} ms median, {1000 * times[int(0.99 * len(times))]:.2f} ms p99")


if __name__ == "__main__":
    main()
