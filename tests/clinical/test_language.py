"""Which language a text is in."""

import pytest

from clinical.language import language_of


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("can i drink wine with this", "en"),
        ("cant sleep since i started", "en"),
        ("headache!!", "en"),
        ("can u take it w food", "en"),
        ("¿puedo tomar vino?", "es"),
        ("me duele la cabeza desde q empece", "es"),
        ("no pude dormir", "es"),
        ("olvide la pastilla", "es"),
        ("q pasa si bebo", "es"),
    ],
)
def test_a_text_shows_its_language(text: str, language: str) -> None:
    other = "es" if language == "en" else "en"
    assert language_of(text, other) == language


@pytest.mark.parametrize("text", ["", "ldn", "tramadol", "123", "no"])
def test_what_could_be_either_is_the_default(text: str) -> None:
    assert language_of(text, "es") == "es"
    assert language_of(text, "en") == "en"
