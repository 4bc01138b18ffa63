"""A wish to be told a dose is recognised; questions about facts are not."""

import pytest

from clinical.triage import asks_dose_advice


@pytest.mark.parametrize(
    "text",
    [
        "can I take more",
        "can I raise my dose?",
        "should I increase to 3 mg",
        "can I go to 4.5",
        "can I switch to 4.5 mg",
        "is it ok to skip tonight",
        "can I split the capsule",
        "I want to lower my dose",
        "how much should I take tonight",
        "what dose should I be on",
        "should I take two tonight to catch up",
        "when can I go up",
        "is 3 mg enough for me",
        "could I take it twice a day",
        "can I restart at 1.5?",
        "how long after codeine should I wait before LDN",
        "can i take a bit extra",
        "thinking of going up to 4.5, ok?",
        "can I take every other night instead",
        "puedo subir la dosis?",
        "cuánto debo tomar",
    ],
)
def test_dose_advice_is_recognised(text: str) -> None:
    assert asks_dose_advice(text)


@pytest.mark.parametrize(
    "text",
    [
        "What doses do people usually take?",
        "what is the usual dose",
        "what time should I take it",
        "can I take it with food",
        "can I take it in the morning",
        "can I take ibuprofen",
        "my doctor raised my dose to 3 mg",
        "can I change my reminder time",
        "I took it at 10",
        "I forgot my dose, what now",
        "can I take codeine",
        "why is my dose so low",
        "what is the highest dose in studies",
        "does it lower inflammation",
        "how do I take it",
        "what happens if I miss a dose",
        "pain went up to 7",
        "",
    ],
)
def test_other_questions_are_not(text: str) -> None:
    assert not asks_dose_advice(text)
