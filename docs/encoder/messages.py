"""The texts the encoder learns from: messages with their red flag, questions with their topic.

`messages/*.tsv` hold flags, severity and text, written for this project by hand, as are the sets in
`tests/clinical/triage`; `blind_*`, `later_*`, `unseen_*` and `apart_held` are never learned from, nor are
the questions in `tests/data`.
"""

import json
import re
import tomllib
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path

from faq_other import other_texts

from clinical import faq
from clinical.triage import Severity
from services.faqhead import OTHER
from services.hearing import QUIET

HERE = Path(__file__).parent
TESTS = HERE.parents[1] / "tests" / "clinical" / "triage"
DANGERS = (QUIET, *(f"RF{number:02d}" for number in range(1, 17)))
SEVERITIES = tuple(severity.word for severity in Severity)
# Phrasings of these topics may tell of danger themselves, so that they say nothing of "quiet".
_MAY_TELL = frozenset(
    "addiction-tolerance allergic-reaction antidiarrheals breastfeeding change-my-dose child-swallowed "
    "children-teens compounding-pharmacy cough-cold-medicine cut-crush-dissolve did-i-take-it double-dose "
    "emergency-care headache how-long-stay-on insomnia kratom-supplements late-dose liquid-measuring "
    "liver-or-kidney looks-different methadone-buprenorphine missed-dose mood-anxiety not-working-yet "
    "opioid-free-interval opioid-painkillers other-naltrexone-products precipitated-withdrawal pregnancy "
    "refill-running-out report-side-effect restart-after-gap side-effects-overview stomach-bowel "
    "stopped-working stopping-ldn storage-expiry surgery-dental switch-to-morning time-of-day tired-dizzy "
    "took-too-much travel-packing ultra-low-dose usual-dose-range vivid-dreams who-can-get-it "
    "who-should-not-take worse-at-start".split()
)


@dataclass(frozen=True)
class Message:
    """A text; `danger`, `severity` and `topic` are None where the text says nothing of it."""

    text: str
    language: str
    danger: str | None = None
    severity: str | None = None
    topic: str | None = None


def all_messages(without: Collection[str] = ()) -> list[Message]:
    """Everything there is to learn from, in a fixed order; `without` names files that are left out."""
    return [*_flagged_or_quiet(without), *_questions()]


def _flagged_or_quiet(without: Collection[str]) -> Iterator[Message]:
    for path in sorted((HERE / "messages").glob("*.tsv")):
        if path.stem in without:
            continue
        for line in path.read_text(encoding="utf-8").splitlines():
            flags, severity, text = line.split("\t")
            yield Message(text, path.name[:2], _first(flags), severity)
    for name in ("apart_dev", "apart_more"):
        for line in (TESTS / f"{name}.jsonl").read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            yield Message(row["text"], row["lang"], _first(",".join(row["expect"])), row["severity"])
    cases = TESTS / "cases"
    for line in (cases / "harmless.txt").read_text(encoding="utf-8").splitlines():
        if line.strip():
            yield Message(line.strip(), _language(line), QUIET, "none")
    for name in ("more", "lighter", "quiet"):
        for line in (cases / f"{name}.tsv").read_text(encoding="utf-8").splitlines():
            flag, *_, text = line.split("\t")
            quiet = name == "quiet"
            yield Message(text, _language(text), QUIET if quiet else flag, "none" if quiet else None)
    for path in sorted(cases.glob("rf0?.toml")):
        for text in tomllib.loads(path.read_text(encoding="utf-8"))["triggers"]:
            yield Message(text, _language(text), path.stem.upper())


def _questions() -> Iterator[Message]:
    for language in faq.LANGUAGES:
        for topic in faq.topics(language):
            quiet = None if topic.id in _MAY_TELL else (QUIET, "none")
            for text in (topic.question, *topic.examples):
                yield Message(text, language, *(quiet or (None, None)), topic=topic.id)
    for text in other_texts():
        yield Message(text, _language(text), topic=OTHER)


def _first(flags: str) -> str:
    return flags.split(",")[0].strip() if flags.strip() not in ("", "-") else QUIET


def _language(text: str) -> str:
    return "es" if re.search("[áéíóúñ¿¡]", text) else "en"
