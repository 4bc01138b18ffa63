"""Amounts of medicine: read from what a person types, shown as milligrams, held as whole micrograms."""

import re
from decimal import Decimal, localcontext

SMALLEST_UG = 1  # 0.001 mg; design section 5, change of plan
LARGEST_UG = 100_000  # 100 mg; design section 5, change of plan
CONFIRM_ABOVE_UG = 10_000  # 10 mg; design section 5, change of plan
CONFIRM_ABOVE_TIMES = 3  # the last step; design section 5, change of plan

_LONGEST_TEXT = 60

_MILLI = r"mgs?|mill?igram\w*"
_MICRO = r"mcgs?|[uµμ]gs?|mi[ck]rogram\w*"
_NUMBER = r"\d[\d.,' \u00a0\u202f]*|[.,]\d+"
_AMOUNT = re.compile(
    rf"(?P<sign>[+\-−]?)(?P<number>{_NUMBER})\s*(?:(?P<milli>{_MILLI})|(?P<micro>{_MICRO}))?"
)
_PLAIN = re.compile(r"\d+|\d*[.,]\d+")
_GROUPED = re.compile(r"\d{1,3}(?:[.,' \u00a0\u202f]\d{3})+(?:[.,]\d+)?")
_COMMA_OF_THREE = re.compile(r"[1-9]\d{0,2},\d{3}")
_DOT_OF_THREE = re.compile(r"[1-9]\d{0,2}\.\d{3}")

_DIGITS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_TEENS = ("ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen")
_UNITS = (*_DIGITS, *_TEENS, "nineteen")
_TENS = ("", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")


class AmountError(ValueError):
    """This amount cannot be used."""

    def __init__(self) -> None:
        super().__init__(type(self).__doc__)


class NotAnAmount(AmountError):
    """This is not an amount; write a number in milligrams, for example 1.5 mg."""


class AmbiguousAmount(AmountError):
    """This can be read in two ways; write it without a separator of thousands, as 1.5 mg or 1500 mcg."""


class AmountOutOfRange(AmountError):
    """Amounts are from 0.001 mg to 100 mg."""


class AmountTooFine(AmountError):
    """Amounts are whole micrograms, so at most three places after the point of the milligrams."""


def parse_amount_ug(text: str) -> int:
    """Read one amount as a person types it.

    Args:
        text: A number with point or comma and, if any, its unit: "1.5", "1,5 mg", "500 mcg", "500 µg",
            "3 milligrams". Without a unit it is milligrams.

    Returns:
        Whole micrograms, 1 to 100,000.

    Raises:
        NotAnAmount: there is no plain number with a known unit ("half", "1e9", "3 g", "3 mg 2").
        AmbiguousAmount: a separator may mean thousands: "1,500", "1 500 mcg" (or one of 500?),
            "1.500 mcg". "1.500" in milligrams is read as 1.5, since 1,500 mg is never an amount.
        AmountOutOfRange: below 0.001 mg or above 100 mg; also zero and negative numbers.
        AmountTooFine: not a whole number of micrograms.

    Source: range and unit from design section 5 (change of plan).
    """
    found = (
        _AMOUNT.fullmatch(text.strip().removesuffix(".").casefold()) if len(text) <= _LONGEST_TEXT else None
    )
    if found is None:
        raise NotAnAmount
    number = found["number"].strip(" \u00a0\u202f")
    is_micro = found["micro"] is not None
    if _COMMA_OF_THREE.fullmatch(number) or (is_micro and _DOT_OF_THREE.fullmatch(number)):
        raise AmbiguousAmount
    if not _PLAIN.fullmatch(number):
        raise AmbiguousAmount if _GROUPED.fullmatch(number) else NotAnAmount
    with localcontext() as context:
        context.prec = 2 * _LONGEST_TEXT  # exact for any text of the length allowed
        amount = Decimal(number.replace(",", ".")) * (1 if is_micro else 1000)
        if found["sign"] in ("-", "−") or not SMALLEST_UG <= amount <= LARGEST_UG:
            raise AmountOutOfRange
        if amount != amount.to_integral_value():
            raise AmountTooFine
    return int(amount)


def _digits_of_mg(amount_ug: int) -> tuple[int, str]:
    if amount_ug < 0:
        raise ValueError("An amount is never below zero.")
    whole, rest = divmod(amount_ug, 1000)
    return whole, f"{rest:03d}".rstrip("0")


def format_mg(amount_ug: int) -> str:
    """Show whole micrograms as exact milligrams, without rounding: 1500 -> "1.5 mg", 10 -> "0.01 mg"."""
    whole, fraction = _digits_of_mg(amount_ug)
    return f"{whole}.{fraction} mg" if fraction else f"{whole} mg"


def _whole_in_words(whole: int) -> str:
    if whole < 20:
        return _UNITS[whole]
    if whole < 100:
        tens, units = divmod(whole, 10)
        return f"{_TENS[tens]}-{_UNITS[units]}" if units else _TENS[tens]
    if whole == 100:
        return "one hundred"
    return " ".join(_UNITS[int(digit)] for digit in str(whole))


def in_words(amount_ug: int) -> str:
    """Spell an amount for the second confirmation: 4500 -> "four point five milligrams"."""
    whole, fraction = _digits_of_mg(amount_ug)
    words = [_whole_in_words(whole)]
    if fraction:
        words += ["point", *(_UNITS[int(digit)] for digit in fraction)]
    words.append("milligram" if amount_ug == 1000 else "milligrams")
    return " ".join(words)


def needs_second_confirmation(amount_ug: int, last_ug: int | None) -> bool:
    """Whether the number must be repeated in words before it is stored.

    Args:
        amount_ug: The new amount, whole micrograms.
        last_ug: The amount of the step before it, whole micrograms; None when there is none.

    Returns:
        True above 10 mg, or above three times the last step.

    Source: design section 5 (change of plan).
    """
    return amount_ug > CONFIRM_ABOVE_UG or (last_ug is not None and amount_ug > CONFIRM_ABOVE_TIMES * last_ug)
