"""Fills the telephone numbers into an answer: answers carry none, they come from the one table of numbers."""

import re
from html import escape

from clinical.numbers import Numbers, in_language, lines

SLOTS = ("emergency", "poison", "urgent")
_SLOT = re.compile(r"\{([^{}]*)\}")
_PHONE = re.compile(r"\+?\d[\d\s().-]{5,}\d|\b\d{1,4}-\d{3}-[A-Z\d]")


def fill(answer: str, numbers: Numbers, language: str = "en") -> str:
    """The answer as shown to a person whose numbers these are.

    Args:
        answer: Telegram HTML with the slots {emergency}, {poison} and {urgent}, each any number of times.
        numbers: What may be shown where the person is now.
        language: Of the answer; words beside a number are said in it.

    Returns:
        Telegram HTML; words with a digit are bold, once.

    Raises:
        KeyError: The answer has a slot that does not exist; `lint` finds it before.
    """
    said = {
        "emergency": numbers.emergency,
        "poison": numbers.poison_words,
        "urgent": numbers.urgent_words,
    }

    def put(slot: re.Match[str]) -> str:
        words = escape(in_language(said[slot[1]], language), quote=False)
        before = answer[: slot.start()]
        bold = before.count("<b>") > before.count("</b>")
        return f"<b>{words}</b>" if not bold and any(c.isdigit() for c in words) else words

    return _SLOT.sub(put, answer)


def problems(text: str) -> list[str]:
    """Numbers written out and slots that cannot be filled, one plain sentence each."""
    found = [f"there is no slot {{{name}}}." for name in _SLOT.findall(text) if name not in SLOTS]
    rest = _SLOT.sub("", text)
    if "{" in rest or "}" in rest:
        found.append("a brace stands alone.")
    written = [number[0].strip() for number in _PHONE.finditer(rest)]
    written += sorted(
        {digits for digits in _short() if re.search(rf"(?<![\d.,]){digits}(?![\d.,]\d|\d)", rest)}
    )
    return found + [f"it carries the telephone number {number}; write a slot." for number in written]


def _short() -> frozenset[str]:
    """Short numbers on file; those of one or two digits could be anything."""
    return frozenset(line.digits for line in lines() if line.digits.isdigit() and 3 <= len(line.digits) <= 5)
