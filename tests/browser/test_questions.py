"""Ten real-life questions in each language, asked in the demo page one after the other."""

import pytest

from tests.browser.test_demo import Page, chat, enrols, page, sees, types  # noqa: F401

pytestmark = pytest.mark.browser

ENGLISH = {
    "can i have a glass of wine with dinner": "alcohol",
    "weird dreams every night since i started, is that the ldn": "dreams",
    "how long till i feel anything": "weeks",
    "on an empty stomach or with food?": "food",
    "i missed last night, now what": "dose",
    "having ibuprofen for my knee, ok?": "ibuprofen",
    "does it make you put on weight": "weight",
    "flying to Spain on friday, do i need a letter": "plane",
    "why so tiny a dose": "dose",
    "is this stuff addictive": "addict",
}
SPANISH = {
    "¿puedo tomarme una cerveza?": "alcohol",
    "tengo pesadillas desde que empecé, ¿es normal?": "sueños",
    "¿cuánto tarda en hacer efecto?": "semanas",
    "¿con comida o en ayunas?": "comida",
    "se me olvidó anoche, ¿qué hago?": "dosis",
    "¿engorda?": "peso",
    "¿crea adicción?": "adicción",
    "¿puedo tomar ibuprofeno?": "ibuprofeno",
    "¿por qué una dosis tan baja?": "dosis",
    "¿sirve para la fibromialgia?": "fibromialgia",
}


@pytest.mark.parametrize("questions", [ENGLISH, SPANISH], ids=["english", "spanish"])
async def test_ten_questions_of_real_life(page: Page, questions: dict[str, str]) -> None:  # noqa: F811
    await enrols(page)
    for question, part in questions.items():
        before = await chat(page, "Patient").get_by_role("article").count()
        await types(page, "Patient", question)
        await sees(page, "Patient", question)
        articles = chat(page, "Patient").get_by_role("article")
        for _ in range(100):
            if await articles.count() >= before + 2:
                break
            await page.wait_for_timeout(50)
        # An answer, or the topic among those that may be meant.
        reply = await articles.last.inner_text()
        assert part in reply.lower(), f"{question}: {reply}"
