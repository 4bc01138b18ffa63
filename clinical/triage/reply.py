"""Puts together the fixed reply to a red flag: what to do, the numbers, and only what was really done."""

from dataclasses import dataclass
from functools import cache
from html import escape
from string import Formatter
from typing import Any

from clinical.numbers import Numbers, in_language
from clinical.triage.model import STOP_LINE, Flag, Severity, Triage, order, pauses
from clinical.triage.rules import common, languages, rule_files


@dataclass(frozen=True)
class Told:
    """What was done about a flag before the reply is sent; the reply claims nothing else.

    `clinic`: it goes to the patient's clinic. `opens`: when the clinic opens, such as "Monday 9:00", where it
    is closed now. `paused`: dose prompts rest from the same transaction on.
    """

    clinic: bool = False
    opens: str | None = None
    paused: bool = False

    @classmethod
    def by_clinic(cls, opens: str | None = None, *, paused: bool = False) -> "Told":
        """The clinic is being told; `opens` where it is closed now."""
        return cls(clinic=True, opens=opens, paused=paused)

    @classmethod
    def nobody(cls, *, paused: bool = False) -> "Told":
        """Sharing is off, there is no clinician, or the person is not enrolled."""
        return cls(paused=paused)


def reply(found: Flag | Triage, numbers: Numbers, *, told: Told, language: str = "en") -> str:
    """The reviewed text for a flag, or for all flags of a message, as Telegram HTML.

    Args:
        found: One flag, or a triage with at least one; its most urgent flag leads, the others add a line.
        numbers: The numbers of where the person is now.
        told: What was done; decides the lines on the clinic and on the pause.
        language: Of the text, and of the crisis lines that are named; English where a text is not there.

    Raises:
        ValueError: The triage holds no flag.

    Source: the must-contain and must-not-contain lists of each category, kept beside its text.
    """
    flags = (found,) if isinstance(found, Flag) else tuple(sorted(found.flags, key=order))
    if not flags:
        raise ValueError("There is no flag to reply to.")
    first, rest = flags[0], flags[1:]
    slots = _slots(flags, numbers, language)
    lines = [_fill(_text(first, language), slots | {"stop": _stop(first, language)})]
    if pause := _pause(first, told, language):
        lines.append(pause)
    lines.append(_doing(flags, told, language))
    later = [_fill(extra, slots)] if (extra := str(_block(first, language).get("extra", ""))) else []
    later += [
        _fill(also, slots | {"stop": _stop(flag, language)})
        for flag in rest
        if (also := _also(flag, language))
    ]
    if not pause:
        later += [line for flag in rest if (line := _pause(flag, told, language))][:1]
    return "\n".join(_tidy(line) for line in lines) + "".join(f"\n\n{_tidy(line)}" for line in later)


def _text(flag: Flag, language: str) -> str:
    block = _block(flag, language)
    if flag.about == "other" and "other" in block:
        return str(block["other"])
    return str(block.get(flag.concept, block["text"]))


def _also(flag: Flag, language: str) -> str:
    return str(_block(flag, language).get("also", ""))


def _block(flag: Flag, language: str) -> dict[str, Any]:
    replies: dict[str, dict[str, Any]] = _category(flag.category, language)["reply"]
    return replies.get(flag.severity.word) or next(iter(replies.values()))


def _stop(flag: Flag, language: str) -> str:
    """The stop-line where it is approved: RF06 only when unwell or above the plan, no mild rash."""
    mild = flag.category == "RF02" and flag.severity is not Severity.EMERGENCY
    if flag.category not in STOP_LINE or mild or not pauses(flag):
        return ""
    return str(_phrases(language)["stop"])


def _pause(flag: Flag, told: Told, language: str) -> str:
    if not told.paused or not pauses(flag):
        return ""
    return str(_phrases(language)["paused_stop" if _stop(flag, language) else "paused"])


def _doing(flags: tuple[Flag, ...], told: Told, language: str) -> str:
    say = _phrases(language)
    if all(flag.severity is Severity.MENTION for flag in flags):
        return str(say["noted" if told.clinic else "nobody"])
    key = "told" if told.clinic else "nobody"
    key += "_crisis" if any(flag.category == "RF03" for flag in flags) else ""
    key += "_opens" if told.clinic and told.opens else ""
    return str(say[key]).format(opens=_safe(told.opens or ""))


def _slots(flags: tuple[Flag, ...], numbers: Numbers, language: str) -> dict[str, str]:
    say = _phrases(language)
    crisis = in_language(numbers.crisis_words(language), language)
    lines = {
        "crisis": say["crisis"].format(crisis=_bold(crisis)),
        "none": say["no_crisis" if numbers.known else "no_crisis_unknown"].format(
            country=_safe(numbers.country_name)
        ),
    }
    swallowed = any(flag.category in ("RF06", "RF07") or flag.concept == "acted" for flag in flags)
    named = _category("RF03", language)["named"]
    return {
        "emergency": _bold(in_language(numbers.emergency, language)),
        "urgent": _bold(in_language(numbers.urgent_words, language)),
        "poison": _bold(in_language(numbers.poison_words, language)),
        "crisis_line": lines["crisis" if numbers.local_line else "none"],
        "poison_line": say["poison"].format(poison=_bold(in_language(numbers.poison_words, language)))
        if swallowed
        else "",
        "named": next((named.get(f.concept, named["default"]) for f in flags if f.category == "RF03"), ""),
    }


def _bold(words: str) -> str:
    has_digit = any(c.isdigit() for c in words)
    return f"<b>{_safe(words)}</b>" if has_digit else _safe(words)


def _safe(words: str) -> str:
    return escape(words, quote=False)


def _fill(text: str, slots: dict[str, str]) -> str:
    return Formatter().vformat(text, (), slots)


def _tidy(text: str) -> str:
    return "\n".join(line.rstrip() for line in text.splitlines() if line.strip())


@cache
def _category(category: str, language: str) -> dict[str, Any]:
    """The table of a category that holds its replies: in the language, else in English."""
    for spoken in (language, "en"):
        for table in rule_files(spoken) if spoken in languages() else ():
            if table["id"] == category and table.get("reply"):
                return table
    raise KeyError(category)


@cache
def _phrases(language: str) -> dict[str, Any]:
    """The sentences that several replies share: in the language, else in English."""
    own = common(language) if language in languages() else {}
    return common("en") | own
