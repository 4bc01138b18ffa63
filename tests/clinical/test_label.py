"""Units per dose as on the label."""

import pytest

from clinical.label import Label, LabelDisagrees, NotALabel, read_label


@pytest.mark.parametrize(
    ("text", "form", "amount_ug", "units", "strength_ug"),
    [
        ("2 x 1.5 mg", "capsule", 3_000, "2", 1_500),
        ("2 capsules of 1.5 mg", "capsule", 3_000, "2", 1_500),
        ("1 capsule 4.5mg", "capsule", 4_500, "1", 4_500),
        ("one tablet of 3 mg", "tablet", 3_000, "1", 3_000),
        ("half a tablet of 3 mg", "tablet", 1_500, "0.5", 3_000),
        ("½ x 3 mg", "tablet", 1_500, "0.5", 3_000),
        ("3 × 500 mcg", "other", 1_500, "3", 500),
        ("0.5 mL of 3 mg/mL", "liquid", 1_500, "0.5", 3_000),
        ("0,5 ml 3 mg/ml", "liquid", 1_500, "0.5", 3_000),
        ("1 mL of 0.01 mg/mL", "liquid", 10, "1", 10),
        ("0.25 ml of 1 mg per ml", "liquid", 250, "0.25", 1_000),
        ("2.50 mL of 1 mg/mL", "liquid", 2_500, "2.5", 1_000),
    ],
)
def test_a_label_is_read_as_it_stands(
    text: str, form: str, amount_ug: int, units: str, strength_ug: int
) -> None:
    assert read_label(text, form=form, amount_ug=amount_ug) == Label(units, strength_ug)


@pytest.mark.parametrize(
    ("text", "form", "amount_ug"),
    [
        ("2 x 1.5 mg", "capsule", 1_500),
        ("0.5 mL of 3 mg/mL", "liquid", 3_000),
        ("0.333 mL of 3 mg/mL", "liquid", 1_000),
        ("3 x 1.499 mg", "capsule", 4_500),
    ],
)
def test_a_label_that_disagrees_with_the_amount_is_refused(text: str, form: str, amount_ug: int) -> None:
    with pytest.raises(LabelDisagrees):
        read_label(text, form=form, amount_ug=amount_ug)


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("two", "capsule"),
        ("1.5 mg", "capsule"),
        ("0 x 1.5 mg", "capsule"),
        ("2 x a few mg", "capsule"),
        ("0.5 mL of 3 mg/mL", "capsule"),
        ("2 x 1.5 mg", "liquid"),
        ("0.5 mL of 3 mg", "liquid"),
        ("", "tablet"),
        ("9" * 80, "tablet"),
        ("-2 x 1.5 mg", "tablet"),
    ],
)
def test_what_is_no_label_is_refused(text: str, form: str) -> None:
    with pytest.raises(NotALabel):
        read_label(text, form=form, amount_ug=1_500)
