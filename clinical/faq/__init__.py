"""The reviewed questions and answers: one Markdown file a topic, with its sources and reviewer in front."""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from clinical.content import NOT_REVIEWED, reading_ease_es, reading_grade

GROUPS = (
    "Basics",
    "My plan",
    "Taking it",
    "Does it work",
    "Side effects",
    "Interactions",
    "Special situations",
    "Supply and cost",
    "This bot",
)
LANGUAGES = ("en", "es")
LEAST_EXAMPLES = {"en": 40, "es": 25}
LEAST_WORDS, MOST_WORDS = 40, 130
HIGHEST_GRADE = 7.0  # English
LEAST_EASE = 62.0  # Spanish: "quite easy" begins at 65, "normal" at 55
_FENCE = "+++\n"


@dataclass(frozen=True)
class Source:
    """Where a fact comes from: fact id, title, and grade A to C, or S for the project's own seed."""

    id: str
    title: str
    grade: str


@dataclass(frozen=True)
class Topic:
    """One question with its answer (Telegram HTML) and everything a reviewer needs.

    `examples` are phrasings of patients. `reads_record`: the patient's own plan is shown below the answer.
    `reviewer` is "not yet reviewed" until a clinician has signed.
    """

    id: str
    group: str
    question: str
    examples: tuple[str, ...]
    answer: str
    sources: tuple[Source, ...]
    strength: str
    reviewer: str
    reviewed_on: str
    review_by: str
    reads_record: bool
    safety: str

    @property
    def reviewed(self) -> bool:
        """Whether a clinician has signed the answer."""
        return bool(self.reviewer) and self.reviewer != NOT_REVIEWED


@cache
def topics(language: str = "en") -> tuple[Topic, ...]:
    """All topics of a language in the order of their groups; English where the language has none.

    Raises:
        ValueError: A file lacks a field or its fences; the message names the file.
    """
    folder = files("clinical.faq").joinpath(language)
    if not folder.is_dir():
        return topics("en")
    found = [_read(f.name, f.read_text(encoding="utf-8")) for f in folder.iterdir() if f.name.endswith(".md")]
    return tuple(sorted(found, key=lambda topic: (GROUPS.index(topic.group), topic.id)))


def topic(name: str, language: str = "en") -> Topic:
    """One topic by its id.

    Raises:
        KeyError: There is no such topic.
    """
    for one in topics(language):
        if one.id == name:
            return one
    raise KeyError(name)


def lint() -> list[str]:
    """What is wrong with the answers of all languages, one plain sentence each; empty when nothing is.

    A missing signature is no problem here: `clinical.content.unreviewed()` lists those.
    """
    problems: list[str] = []
    for language in LANGUAGES:
        seen: dict[str, str] = {}
        for one in topics(language):
            problems += [f"{language}/{one.id}: {problem}" for problem in _problems(one, language)]
            for example in one.examples:
                key = " ".join(re.findall(r"\w+", example.casefold()))
                if key in seen:
                    problems.append(
                        f"{language}/{one.id}: the phrasing {example!r} also stands in {seen[key]}."
                    )
                seen[key] = one.id
    return problems + _apart()


def _apart() -> list[str]:
    """Where another language differs from the English in what must be the same."""
    english = {one.id: one for one in topics("en")}
    found = []
    for language in LANGUAGES[1:]:
        other = {one.id: one for one in topics(language)}
        found += [
            f"{language}/{name}: the topic is missing." for name in sorted(english.keys() - other.keys())
        ]
        found += [
            f"{language}/{name}: there is no English." for name in sorted(other.keys() - english.keys())
        ]
        for name in sorted(english.keys() & other.keys()):
            found += [
                f"{language}/{name}: {field} is not the same as in English."
                for field in ("group", "sources", "reads_record")
                if getattr(english[name], field) != getattr(other[name], field)
            ]
    return found


def _problems(one: Topic, language: str) -> list[str]:
    from clinical.faq import slots, wording

    words = len(wording.plain(one.answer).split())
    found = []
    if not LEAST_WORDS <= words <= MOST_WORDS:
        found.append(f"the answer has {words} words; {LEAST_WORDS} to {MOST_WORDS} are wanted.")
    grade, ease = reading_grade(one.answer), reading_ease_es(one.answer)
    if language == "en" and grade > HIGHEST_GRADE:
        found.append(f"the answer reads at school grade {grade:.1f}; {HIGHEST_GRADE:.0f} is the most.")
    if language == "es" and ease < LEAST_EASE:
        found.append(f"the answer has a reading ease of {ease:.0f}; {LEAST_EASE:.0f} is the least.")
    if not one.sources:
        found.append("no source is named.")
    if any(not (source.id and source.title and source.grade) for source in one.sources):
        found.append("a source lacks its id, title or grade.")
    if not one.reviewer:
        found.append('the reviewer field is empty; write "not yet reviewed".')
    if one.reviewed and not one.reviewed_on:
        found.append("it is signed but has no date of review.")
    if len(set(one.examples)) < LEAST_EXAMPLES[language]:
        found.append(f"{len(set(one.examples))} phrasings; {LEAST_EXAMPLES[language]} are wanted.")
    found += slots.problems(one.answer) + slots.problems(one.safety) + slots.problems(one.question)
    return found + wording.problems(one.answer, language)


def _read(name: str, text: str) -> Topic:
    before, _, rest = text.partition(_FENCE)
    front, fence, answer = rest.partition("\n" + _FENCE)
    if before or not fence:
        raise ValueError(f"{name}: the front matter must stand between two lines of +++.")
    try:
        table: dict[str, Any] = tomllib.loads(front)
        sources = tuple(Source(**source) for source in table.pop("sources"))
        examples = tuple(table.pop("examples"))
        read = Topic(**table, sources=sources, examples=examples, answer=answer.strip())
    except (KeyError, TypeError, tomllib.TOMLDecodeError) as wrong:
        raise ValueError(f"{name}: {wrong}") from wrong
    if read.id + ".md" != name or read.group not in GROUPS:
        raise ValueError(f"{name}: the id is {read.id!r} and the group {read.group!r}.")
    return read
