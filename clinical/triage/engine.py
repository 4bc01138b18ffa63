"""Deterministic triage: finds the red flags of one message, in every supported language."""

from dataclasses import dataclass

from clinical.triage.model import Flag, Severity, Triage, order
from clinical.triage.normal import normalise
from clinical.triage.rules import Concept, Rulebook, rulebooks, spelling

LONGEST = 8000  # characters read; Telegram's longest text is 4096, captions and joined texts may be longer


@dataclass(frozen=True)
class _Hit:
    owner: str
    start: int
    end: int
    about: str
    planned: bool
    asked: bool
    denied: bool
    past: bool
    told: bool


def triage(text: str, *, context: frozenset[str] = frozenset(), wide: bool = True) -> Triage:
    """Find every red flag in a message.

    Args:
        text: One message as typed, any language, any length; joined texts count as one message.
        context: What the record already says: `pregnant`, `opioid` (took one in the last 14 days) and
            `units:N` (the plan says N units a dose, so that "took 2 capsules" is no extra dose).
        wide: Whether phrasings count that harmless sentences hold too ("double" in "double shift"). False
            where something that understands sentences is sure that this one is harmless.

    Returns:
        The flags, most urgent first, one per category. Empty where nothing was found; that never means
        that the person is well.

    Source: red-flag categories RF01-RF16; rules and replies are data in the folder of each language.
    """
    said = normalise(text[:LONGEST], spelling())
    hits = {book.language: _hits(said, book, wide=wide) for book in rulebooks()}
    signals = context.union(hit.owner for each in hits.values() for hit in each if _counts(hit, frozenset()))
    found: dict[str, Flag] = {}
    for book in rulebooks():
        for flag in _flags(hits[book.language], book, signals):
            best = found.get(flag.category)
            if best is None or flag.severity > best.severity:
                found[flag.category] = flag
    return Triage(tuple(sorted(found.values(), key=order)))


def matches(text: str, owner_prefix: str) -> bool:
    """Whether a phrasing whose owner begins so stands in the text undenied; for rules outside triage."""
    said = normalise(text[:LONGEST], spelling())
    return any(
        hit.owner.startswith(owner_prefix) and not hit.denied
        for book in rulebooks()
        for hit in _hits(said, book)
    )


def _flags(hits: list[_Hit], book: Rulebook, signals: frozenset[str]) -> list[Flag]:
    flags = []
    for hit in hits:
        concept = book.concepts.get(hit.owner)
        if concept and _counts(hit, concept.keep) and _fits(concept, signals):
            flags.append(_flag(concept, hit, signals))
    for concept in book.concepts.values() if hits else ():
        if concept.bare and _fits(concept, signals):
            carrying = [hit for hit in hits if _carries(hit, concept)]
            flags.extend(_flag(concept, hit, signals) for hit in carrying[-1:])
    return flags


def _carries(hit: _Hit, concept: Concept) -> bool:
    """Whether a concept without phrasings of its own rests on this signal."""
    named = any(hit.owner in alternatives for alternatives in concept.needs)
    return named or any(hit.owner.startswith(group) for group, _ in concept.count)


def _hits(said: str, book: Rulebook, *, wide: bool = True) -> list[_Hit]:
    words = said.split()
    hits = []
    for owner, pattern in book.index.candidates(dict.fromkeys(words)):
        if pattern.wide and not wide:
            continue
        for match in pattern.regex.finditer(said):
            start = said.count(" ", 0, match.start()) - 1
            end = start + match[0].count(" ")
            grammar = book.grammar
            hits.append(
                _Hit(
                    owner,
                    start,
                    end,
                    about=grammar.about(words, end),
                    planned=grammar.is_planned(words, start, end),
                    asked=grammar.hypothetical(words, start, end),
                    denied=grammar.denied(words, start, end),
                    past=any(b.grammar.long_past(words, start, end) for b in rulebooks()),
                    told=grammar.told(words, start, end),
                )
            )
    return _without_false_friends(hits)


def _without_false_friends(hits: list[_Hit]) -> list[_Hit]:
    """Drops what overlaps a false friend ("dying for a good night's sleep", "took two nights ago")."""
    friends = [hit for hit in hits if hit.owner.startswith("friend")]
    return [
        hit
        for hit in hits
        if hit in friends
        or not any(
            friend.start < hit.end
            and hit.start < friend.end
            and (friend.owner == "friend" or hit.owner.startswith(friend.owner.removeprefix("friend.")))
            for friend in friends
        )
    ]


def _counts(hit: _Hit, keep: frozenset[str]) -> bool:
    return (
        ("negation" in keep or not hit.denied)
        and ("hypothetical" in keep or not hit.asked)
        and ("history" in keep or not hit.past)
        and not hit.told
    )


def _fits(concept: Concept, signals: frozenset[str]) -> bool:
    return (
        all(alternatives & signals for alternatives in concept.needs)
        and all(sum(s.startswith(group) for s in signals) >= least for group, least in concept.count)
        and not concept.unless & signals
    )


def _flag(concept: Concept, hit: _Hit, signals: frozenset[str]) -> Flag:
    severity = Severity.EMERGENCY if concept.raise_if & signals else concept.severity
    return Flag(
        category=concept.category,
        severity=severity,
        concept=concept.id,
        about=hit.about,
        certainty="planned" if hit.planned and concept.certainty != "done" else concept.certainty,
        above_plan=concept.above_plan,
    )
