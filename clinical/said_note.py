"""A text as typed, brought into the clauses that state something."""

import re
import unicodedata
from dataclasses import replace
from functools import cache

from clinical import said_clock, said_level
from clinical.said_words import vocabulary
from clinical.triage.normal import Spelling, normalise
from clinical.triage.rules import spelling

_QUOTES = str.maketrans(dict.fromkeys("’‘ʼ`´′‛", "'"))
_CLAUSE = re.compile(
    r"(?: (?:[.,?]|and|but|then|y|pero|asi que|so(?= (?:i|skipped|missed|no|didnt|took|forgot) )))+ "
)
# "The 9 pm dose" says when it is due, not when it was taken.
_SCHEDULED = re.compile(
    r"(?P<of> (?:dosis|pastilla|capsula) de las?)? [tu][0-9]{4}"
    r"(?(of)(?= )|(?= (?:dose|pill|tablet|capsule|meds|one)(?! (?:taken|in|done)) ))"
)
_BEFORE_LEVEL = re.compile(r"( [tu][0-9]{4})(?= (?:pain|sleep|slept|dolor|sueno|dormi) )")
_LONGEST = 80  # words; a longer clause is a story without commas, in which nothing is plain
_AND_A_HALF = r"\b(?<!las )([0-9]+) (?:and a half|y medio)\b"
_QUOTED = r'["“«][^"“”«»]{3,400}["”»]'  # what somebody else said, or the bot
_MOST = 200  # clauses; so many are no note
_WHEN_UNKNOWN = (
    r"\b(?:not sure|don'?t (?:know|remember)|can'?t remember|unsure|no se|no recuerdo) "
    r"(?:exactly )?(?:when|what time|of the time|a que hora|cuando)\b"
)
_GREETING = (
    r"^\W*(?:hi|hello|hey|good (?:morning|evening|afternoon|night)|hola|buen[oa]s (?:dias|noches|tardes))"
    r"[\s,]+(?:doctora?|doc|dr|nurse|team|all|everyone|love|dear)\b"
)
# "Dose: yes. Time: 11 pm", as one fills in a form.
_DOSE_LABEL = r"\b(?:dose|ldn|meds|pill|capsule|dosis|pastilla)"
_FORM = (
    (rf"(?:{_DOSE_LABEL}|\b(?:taken|tomada))\s?[:=]\s?(?:no|not|nope|n|aun no|todavia no)\b", " . "),
    (r"\b(pain|sleep|dolor|sueno)\s?[:=]\s?(?=[0-9])", r" , \1 "),
    (rf"{_DOSE_LABEL}\s?:?\s([0-9:.]+\s?(?:[ap]m)?)\s?[✅✔☑👍]\ufe0f?", r" , dose taken at \1 , "),
    (rf"{_DOSE_LABEL}\s?[✅✔☑👍]\ufe0f?", " , dose taken , "),
    (
        rf"{_DOSE_LABEL}\s?[:=]\s?(?:yes|y|si|done|taken|tomada|ok)\b\s?[.,;]?\s?(?:time|hora|when)\s?[:=]",
        " , dose taken at ",
    ),
    (rf"{_DOSE_LABEL}\s?[:=]\s?(?:yes|y|si|done|taken|tomada|ok)\b(?!\s?\?)", " , dose taken "),
)


def brought_in(text: str) -> str:
    """The text in the words of the rules, its times marked."""
    return _SCHEDULED.sub(r"\g<of> n0000", normalise(said_clock.mark(_plain(text)), _spelling()))


@cache
def _spelling() -> Spelling:
    """The spelling of the rules, which leaves the words of this reader as they are."""
    own = frozenset(
        ending
        for word in re.findall(r"[a-z]{4,}", str(vocabulary()))
        for ending in (word, f"{word}s", f"{word}a", f"{word}o", f"{word}as", f"{word}os")
    )
    known = spelling()
    # What the rules shorten for themselves ("me la tome" to "me tome") would take this reader's words away.
    spaced = tuple(pair for pair in known.phrases if own.isdisjoint(pair[0].split()))
    same = {word: instead for word, instead in known.same.items() if word not in own}
    return replace(known, guard=known.guard | own, phrases=spaced, same=same)


def _plain(text: str) -> str:
    """Lower case without accents; "sí" becomes "yes", for without its accent it means "if"."""
    text = re.sub(_QUOTED, " , ", text.translate(_QUOTES))
    text = re.sub(r"\bs[íÍ]\b", "yes", text.casefold())
    plain = unicodedata.normalize("NFKD", text)
    plain = "".join(one for one in plain if not unicodedata.combining(one))
    plain = re.sub(r"^si,", "yes,", plain)
    plain = re.sub(r"(?<=[a-z]{4})(?=[0-9]{1,2}(?![0-9a-z]))", " ", plain)
    plain = re.sub(r"(?<=[0-9])\s?\+", " plus ", plain)
    plain = re.sub(_GREETING, " ", plain)
    for written, meant in _FORM:
        plain = re.sub(written, meant, plain)
    plain = re.sub(r"\b(head|appetite|tummy|stomach|belly|mood|skin|body|sleep|room)'s\b", r"\1 is", plain)
    plain = re.sub(_AND_A_HALF, r"\1.5", plain)
    plain = re.sub(_WHEN_UNKNOWN, " n0000 ", plain)
    for wrong, right in vocabulary()["spelling"].items():
        plain = re.sub(rf"\b{wrong}\b", right, plain)
    return plain


class Note:
    """A text in clauses, without questions, what-ifs, plans and what was only thought.

    Attributes:
        clauses: Each starts with a space and ends with " , ".
        mine: Those that are not about somebody else; `own` is the same in one string, `said` all of them.
        partly: A question, a what-if or a plan was left out.
        old: A story of another time stands in the text.
    """

    def __init__(self, text: str) -> None:
        said = _BEFORE_LEVEL.sub(r"\1 ,", brought_in(text))
        self.clauses: list[str] = []
        self.partly = False
        sentences = re.findall(r"(?:[^.?]|\.(?=[0-9]))+ [.?]", said) if not has("in_jest", said) else []
        for sentence in sentences:
            plain = f" {sentence.strip()} "
            if plain.endswith("? ") or has("asks", plain) or has("what_if", plain):
                self.partly = True
                continue
            parts = (f" {part.strip()} , " for part in _CLAUSE.split(plain) if part.strip())
            for part in parts:
                if has("plan", part) or part.count(" ") > _LONGEST:
                    self.partly = True
                else:
                    self.clauses.append(_known(part))
        if len(self.clauses) > _MOST:
            self.clauses = []
        self.said = f" {' '.join(part.strip() for part in self.clauses)} "
        # An old story ("last week was awful, pain 8") ages all that does not say "today".
        self.old = any(
            has("other_time", part) and not said_level.has_number(part) and not is_dose(part)
            for part in self.clauses
        )

        self.mine: list[str] = []
        theirs = False
        for part in self.clauses:
            theirs = about_others(part) or (theirs and " i " not in part and " my " not in part)
            if not theirs:
                self.mine.append(part)
        self.own = f" {' '.join(part.strip() for part in self.mine)} "

    def current(self, clause: str) -> bool:
        """Whether a clause speaks of now: the last night, today."""
        if has("other_time", clause):
            return False
        return not self.old or has("now", clause)


def _known(clause: str) -> str:
    """Of "thought I'd skipped last night" only the night: what follows says how it was."""
    if not has("thought", clause):
        return clause
    nights = [row["words"] for row in vocabulary()["night"]]
    named = [found[0] for words in nights for found in re.finditer(rf"(?<= )(?:{words})(?= )", clause)]
    return f" {named[0]} , " if named else " so , "


def is_dose(clause: str) -> bool:
    return any(dose_match(clause))


def dose_match(clause: str) -> tuple[re.Match[str] | None, re.Match[str] | None]:
    """(taken, skipped): where a clause says the one or the other."""
    words = vocabulary()["dose"]
    clause = re.sub(words["undone"], lambda found: " -" * len(found[0].split()), clause)
    skipped = re.search(
        rf" {words['skipped']} {words['object']}(?= )(?! n[0-9]{{4}})"
        rf"{words['not_skipped']}{words['not_object']}"
        rf"|{words['skipped_alone']}",
        clause,
    )
    without = re.sub(rf" {words['skipped']} ", lambda found: " " + "-" * (len(found[0]) - 2) + " ", clause)
    taken = re.search(
        rf" {words['taken']} (?:{words['object']}|{words['amount']})(?= ){words['not_object']}"
        rf"|{words['taken_alone']}",
        without,
    ) or re.search(
        rf" (?:{words['had']})(?: (?:{words['vocative']}))?(?= (?:[.,]|{words['after_had']}) )"
        rf"| {words['had_it']}(?: (?:{words['vocative']}))?(?= (?:{words['after_had']}) )"
        rf"|(?:{words['taken_short']})(?= (?:[.,]|{words['after_had']}) )",
        without,
    )
    if taken and re.search(words["not_done"], f"{without[: taken.start()]} "):
        taken = None
    return taken, skipped


def about_others(clause: str) -> bool:
    """Whether a clause is about what somebody else did; what they told the person is not."""
    about = re.search(rf"^ (?:my |the |our |a )?{vocabulary()['dose']['someone_else']} ", clause)
    return bool(about) and not has("to_me", clause)


def somebody_else(before: str, *, theirs: bool) -> bool:
    """Whether the subject in front of a verb is somebody else; `theirs`: so was that of the clause before."""
    before += " "
    mine = before.rfind(" i ")
    other = max(
        (found.start() for found in re.finditer(rf" {vocabulary()['dose']['someone_else']}(?= )", before)),
        default=-1,
    )
    if other >= 0:
        return other > mine
    return theirs and mine < 0


def has(name: str, said: str) -> bool:
    words = vocabulary()
    return bool(re.search(words["sentence"].get(name) or words["effect_context"][name], said))
