"""Which numbers are shown where, and which never."""

from datetime import date

import pytest

from clinical.numbers import Numbers, country_name, lines, numbers_for, open_checks


def shown(numbers: Numbers) -> set[str]:
    """Every digit string a person of that country could be shown."""
    found = (*numbers.crisis, *numbers.crisis_text, *numbers.poison, *numbers.urgent)
    return {line.digits for line in found}


@pytest.mark.parametrize(
    ("country", "emergency"),
    [
        ("US", "911"),
        ("GB", "999"),
        ("IE", "112 or 999"),
        ("CA", "911"),
        ("AU", "000"),
        ("NZ", "111"),
        ("IN", "112, or 108 for an ambulance"),
        ("ZA", "112 from a mobile, or 10177"),
        ("MX", "911"),
        ("AR", "107"),
        ("CO", "123"),
        ("CL", "131"),
        ("ES", "112"),
        ("DE", "112"),
        ("FR", "15 or 112 (by SMS 114)"),
        ("NL", "112"),
        ("NO", "113"),
        ("PT", "112"),
    ],
)
def test_the_emergency_number_of_a_country(country: str, emergency: str) -> None:
    assert numbers_for(country).emergency == emergency


def test_an_unknown_country_gets_words_only() -> None:
    for country in (None, "", "BR", "ZZ"):
        numbers = numbers_for(country)
        assert numbers.emergency == "your local emergency number, such as 112 or 911"
        assert not numbers.known
        assert not numbers.local_line
        assert shown(numbers) == set()


def test_a_european_country_without_lines_says_so() -> None:
    numbers = numbers_for("pt")
    assert (numbers.country_name, numbers.known, numbers.local_line) == ("Portugal", True, False)
    assert numbers.poison_words == "your pharmacist, doctor or local emergency department"


def test_conflicting_and_professional_numbers_are_never_shown() -> None:
    everywhere = {d for c in {line.country for line in lines()} for d in shown(numbers_for(c))}
    assert everywhere.isdisjoint({"1800 022 222", "01 45 42 59 59", "135", "101", "0900-0113", "061"})
    assert not {line.digits for line in lines()} & {"01 809 2566", "01 837 9964", "088 755 8000"}


def test_a_number_of_an_area_needs_the_area() -> None:
    assert "0808 808 8000" not in shown(numbers_for("GB"))
    assert numbers_for("GB", area="Northern Ireland").crisis[0].digits == "0808 808 8000"
    assert numbers_for("DE").poison == ()
    assert numbers_for("DE", area="berlin").poison_words == "030 19240 (Giftnotruf)"


def test_limits_are_said_with_the_number() -> None:
    assert "8 am to 10 pm" in numbers_for("IE").poison_words
    assert "Quebec or Nunavut" in numbers_for("CA").poison_words


def test_spanish_options_are_shown_to_spanish_speakers_only() -> None:
    assert numbers_for("US").crisis_words() == "988 (988 Lifeline), or text 988"
    assert "988 then 2" in numbers_for("US").crisis_words("es")
    assert "text AYUDA to 988" in numbers_for("US").crisis_words("es")


def test_the_same_digits_mean_different_things() -> None:
    assert "113" not in shown(numbers_for("NO"))
    assert numbers_for("NL").crisis[0].digits == "113"


def test_every_line_has_a_grade_and_a_source() -> None:
    assert {line.grade for line in lines()} == {"O", "S"}
    assert all(line.source for line in lines())


def test_open_checks_name_what_must_be_settled_before_release() -> None:
    found = " ".join(open_checks(date(2027, 3, 1)))
    assert "IE crisis 116 123" in found
    assert "held back" in found
    assert "No owner" in found
    assert "was due on 2027-02-20" in found
    assert "was due" not in " ".join(open_checks(date(2026, 12, 1)))


def test_country_names() -> None:
    assert (country_name("pt"), country_name("XX"), country_name(None)) == (
        "Portugal",
        "your country",
        "your country",
    )
