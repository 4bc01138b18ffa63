"""Checks the wording of an answer: what must never be said, and what Telegram can draw."""

import re

# Never said: an amount or interval as advice, a verdict, a promise, a recipe, a price.
_FORBIDDEN = (
    (r"\b(?:you are|you're|you will be) (?:fine|ok|okay|safe)\b", "says that the person is fine"),
    (r"\bthat'?s normal\b|\bthat is normal\b", "calls something normal"),
    (r"\bnothing to worry about\b|\bdon't worry\b|\bdo not worry\b", "tells the person not to worry"),
    (r"\bprobably\b", 'says "probably"'),
    (r"\bcures?\b|\bmiracle\b", "speaks of a cure"),
    (r"\bworks for (?:most|many|everyone)\b|\bwill (?:help|work)\b", "promises an effect"),
    (r"\bno side effects\b|\bnatural\b|\bnon-?toxic\b|\bharmless\b", "plays down risk"),
    (r"(?<!not )\btake (?:two|2|it now|double)\b|\bgo back to your old dose\b", "tells a dose"),
    (r"\bskip (?:it|tonight|the)\b", "tells to skip"),
    (r"\bwait (?:\d|a few|some|two|three) ?(?:hours?|days?)?\b", "tells an interval"),
    (r"\bdissolve\b|\bcrush\b", "comes near a recipe"),
    (r"[$€£]\s?\d|\b(?:usd|eur|gbp|dollars?|euros?)\b", "names a price"),
    (r"\brelief (?:of )?(?:over|more than) 50\b|>\s?50\s?%", "repeats the 50 % claim"),
)
_FORBIDDEN_ES = (
    (r"\best[aá]s (?:bien|fuera de peligro|a salvo)\b", "says that the person is fine"),
    (r"\bes (?:algo )?normal\b", "calls something normal"),
    (r"\bno te preocupes\b|\bnada de qué preocuparse\b", "tells the person not to worry"),
    (r"\bprobablemente\b", 'says "probably"'),
    (r"\bcura\b|\bmilagro", "speaks of a cure"),
    (
        r"\bfunciona (?:en|para) (?:la mayoría|muchos|todos)\b|\bte (?:ayudará|va a ayudar)\b",
        "promises an effect",
    ),
    (r"\bsin efectos secundarios\b|\bnatural\b|\binofensiv", "plays down risk"),
    (r"(?<!no )\btoma (?:dos|2|el doble)\b|\bvuelve a tu dosis anterior\b", "tells a dose"),
    (r"(?<!no )(?<!no te )\bs[aá]lta(?:te|la|tela)\b", "tells to skip"),
    (r"\bespera (?:\d|unas?|unos|dos|tres) ?(?:horas?|días?)\b", "tells an interval"),
    (r"(?<!no )\b(?:disuelve|tritura|machaca)(?:la|las)?\b", "comes near a recipe"),
    (r"[$€£]\s?\d|\b(?:usd|eur|dólares|euros)\b", "names a price"),
)
_NUMBER = re.compile(
    r"\b\d+(?:\.\d+)?\s?(?:mg|ml|micrograms?|microgramos?|days?|weeks?|months?|hours?|días?|semanas?|mes(?:es)?|horas?)\b",
    re.IGNORECASE,
)
_SOURCED = re.compile(
    r"\b(?:study|studies|trials?|studied|clinics?|label|leaflets?|tablets?|people|micrograms|estudios?|ensayos?|"
    r"estudiad\w+|clínicas?|etiquetas?|ficha|prospectos?|placebo|control|tabletas?|pastillas?|comprimidos?|personas|gente|microgramos)\b",
    re.IGNORECASE,
)
_TAG = re.compile(r"<[^>]*>")
_ALLOWED_TAG = re.compile(r"</?(?:b|i)>")


def plain(answer: str) -> str:
    """The answer without its tags."""
    return _TAG.sub("", answer)


def problems(answer: str, language: str = "en") -> list[str]:
    """What an answer must not hold, one plain sentence each."""
    text = plain(answer).casefold()
    found = [
        f"it {what}."
        for pattern, what in (_FORBIDDEN_ES if language == "es" else _FORBIDDEN)
        if re.search(pattern, text)
    ]
    for sentence in re.split(r"(?<=[.!?])\s+", plain(answer)):
        if _NUMBER.search(sentence) and not _SOURCED.search(sentence):
            found.append(f"a number has no study or clinic beside it: {sentence!r}.")
    tags = _TAG.findall(answer)
    if any(not _ALLOWED_TAG.fullmatch(tag) for tag in tags) or answer.count("<b>") != answer.count("</b>"):
        found.append("it holds a tag that Telegram cannot draw.")
    if "&" in _TAG.sub("", answer).replace("&amp;", "").replace("&lt;", "").replace("&gt;", ""):
        found.append("it holds a bare &.")
    return found
