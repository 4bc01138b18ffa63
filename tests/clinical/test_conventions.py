"""Which files of conventions are read, and what is said of the others."""

from collections.abc import Callable
from dataclasses import replace
from importlib.resources import files

import pytest

from clinical.conventions import NOT_REVIEWED, SHIPPED, ConventionError, read_conventions

SHIPPED_TEXT = files("clinical").joinpath("conventions.toml").read_text(encoding="utf-8")


def test_the_shipped_numbers_are_all_open_to_review() -> None:
    assert "substantial_percent" in SHIPPED.unreviewed
    reviewed = SHIPPED_TEXT.replace(f'reviewed = "{NOT_REVIEWED}"', 'reviewed = "Dr Example, 2025-03-01"')
    assert read_conventions(reviewed) == replace(SHIPPED, unreviewed=())


def changed(name: str, value: str) -> Callable[[str], str]:
    return lambda text: "\n".join(
        f"value = {value}" if before == f"[{name}]" else line
        for before, line in zip(["", *text.splitlines()], text.splitlines(), strict=False)
    )


def test_a_clinic_may_ask_for_every_day_of_a_week() -> None:
    assert read_conventions(changed("enough_entries", "7")(SHIPPED_TEXT)).enough_entries == 7


@pytest.mark.parametrize(
    ("edit", "said"),
    [
        (lambda text: text + "\n[", "The file is not TOML"),
        (lambda text: text + '\n[placebo]\nvalue = 1\nnote = "x"\nreviewed = "y"', "called placebo"),
        (lambda text: text.replace("[smallest_cell]", "[late_hours.x]"), "smallest_cell is missing"),
        (lambda text: text.replace('reviewed = "not yet reviewed"', "", 1), "baseline_days needs a reviewed"),
        (changed("baseline_days", "true"), "baseline_days must be a whole number"),
        (changed("baseline_days", "6.5"), "baseline_days must be a whole number"),
        (changed("worse_percent", '"ten"'), "worse_percent must be a number"),
        (changed("worse_percent", "nan"), "worse_percent must be from 0.1 to 100, not nan"),
        (changed("baseline_days", "0"), "baseline_days must be from 1 to 1000, not 0"),
        (changed("responder_pgic", "8"), "responder_pgic must be from 1 to 7, not 8"),
        (changed("smallest_cell", "1"), "smallest_cell must be from 2 to 1000, not 1"),
        (changed("moderate_percent", "60"), r"moderate_percent \(60\) may not be above substantial_percent"),
        (changed("enough_entries", "8"), r"enough_entries \(8\) may not be above baseline_days \(7\)"),
    ],
)
def test_a_file_of_conventions_that_cannot_be_used_says_why(edit: Callable[[str], str], said: str) -> None:
    with pytest.raises(ConventionError, match=said):
        read_conventions(edit(SHIPPED_TEXT))
