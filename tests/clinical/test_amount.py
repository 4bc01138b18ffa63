from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clinical.amount import (
    LARGEST_UG,
    SMALLEST_UG,
    AmbiguousAmount,
    AmountError,
    AmountOutOfRange,
    AmountTooFine,
    NotAnAmount,
    format_mg,
    in_words,
    needs_second_confirmation,
    parse_amount_ug,
)


@pytest.mark.parametrize(
    ("typed", "amount_ug"),
    [
        ("1.5", 1500),
        ("1,5 mg", 1500),
        ("0.01mg", 10),
        ("0.001", 1),
        ("100 mg", 100_000),
        ("3 milligrams", 3000),
        ("3 Milligramm", 3000),
        ("500 mcg", 500),
        ("500 ug", 500),
        ("500 \u00b5g", 500),  # micro sign
        ("500 \u03bcg", 500),  # Greek mu
        ("500 micrograms", 500),
        ("1500mcg", 1500),
        ("0,125", 125),
        ("0.500", 500),
        ("1.125 mg", 1125),
        (".5", 500),
        ("  4.5 MG. ", 4500),
        ("+3", 3000),
    ],
)
def test_an_amount_is_read_as_people_type_it(typed: str, amount_ug: int) -> None:
    assert parse_amount_ug(typed) == amount_ug


@pytest.mark.parametrize(
    ("typed", "error"),
    [
        ("", NotAnAmount),
        ("half", NotAnAmount),
        ("½", NotAnAmount),
        ("1²", NotAnAmount),
        ("1e9", NotAnAmount),
        ("nan", NotAnAmount),
        ("inf", NotAnAmount),
        ("5 g", NotAnAmount),
        ("3 mg 2", NotAnAmount),
        ("4 50", NotAnAmount),
        ("1..5", NotAnAmount),
        ("3" * 1000, NotAnAmount),
        ("1,500", AmbiguousAmount),
        ("1,500 mg", AmbiguousAmount),
        ("1.500 mcg", AmbiguousAmount),
        ("1 500", AmbiguousAmount),
        ("1 500 mcg", AmbiguousAmount),
        ("1'500 mcg", AmbiguousAmount),
        ("0", AmountOutOfRange),
        ("-1", AmountOutOfRange),
        ("1000000000", AmountOutOfRange),
        ("100.001", AmountOutOfRange),
        ("0.0009", AmountOutOfRange),
        ("1.0005", AmountTooFine),
        ("1.5 mcg", AmountTooFine),
        ("1.50000000000000000000000000000001", AmountTooFine),
    ],
)
def test_what_is_not_one_safe_amount_is_refused_with_its_own_sentence(
    typed: str, error: type[AmountError]
) -> None:
    with pytest.raises(AmountError) as refused:
        parse_amount_ug(typed)
    assert type(refused.value) is error
    assert str(refused.value) == error.__doc__


@given(st.text())
def test_any_text_is_an_amount_in_range_or_an_amount_error(typed: str) -> None:
    with suppress(AmountError):
        assert SMALLEST_UG <= parse_amount_ug(typed) <= LARGEST_UG


@pytest.mark.parametrize(
    ("amount_ug", "shown", "spoken"),
    [
        (1, "0.001 mg", "zero point zero zero one milligrams"),
        (10, "0.01 mg", "zero point zero one milligrams"),
        (1000, "1 mg", "one milligram"),
        (1500, "1.5 mg", "one point five milligrams"),
        (3000, "3 mg", "three milligrams"),
        (12_050, "12.05 mg", "twelve point zero five milligrams"),
        (45_000, "45 mg", "forty-five milligrams"),
        (100_000, "100 mg", "one hundred milligrams"),
    ],
)
def test_an_amount_is_shown_and_spoken_exactly(amount_ug: int, shown: str, spoken: str) -> None:
    assert format_mg(amount_ug) == shown
    assert in_words(amount_ug) == spoken


@given(st.integers(SMALLEST_UG, LARGEST_UG))
def test_what_is_shown_reads_back_as_the_same_amount(amount_ug: int) -> None:
    assert parse_amount_ug(format_mg(amount_ug)) == amount_ug


@pytest.mark.parametrize(
    ("amount_ug", "last_ug", "asks"),
    [
        (4500, None, False),
        (10_000, None, False),
        (10_001, None, True),
        (45_000, 50_000, True),
        (4500, 1500, False),
        (4501, 1500, True),
        (500, 4500, False),
    ],
)
def test_a_large_amount_or_a_large_jump_is_asked_twice(
    amount_ug: int, last_ug: int | None, asks: bool
) -> None:
    assert needs_second_confirmation(amount_ug, last_ug) is asks
