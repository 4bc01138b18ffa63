"""Recognises a text that is a greeting, thanks, a goodbye or an "ok" and nothing else."""

import re
from functools import cache

from services.faqwords import fold

_SAID = {
    "hello": (
        "hi, hello, hey, hiya, hola, buenas, hallo, yo, howdy, good morning, good evening, good "
        "afternoon, good day, hi there, hello there, hey there, morning, evening, hi bot, hello "
        "bot, hey bot, how are you, how are you today, how is it going, hows it going, whats up, "
        "buenos dias, buenas tardes, que tal, como estas, como andas, hey you"
    ),
    "thanks": (
        "thanks, thank you, thx, ty, cheers, thanks a lot, thank you so much, many thanks, tysm, "
        "great thanks, gracias, muchas gracias, mil gracias, thank you very much, perfect thanks, "
        "thanks so much, much appreciated, ta, thank u, thanks bot, thanks a bunch, appreciate "
        "it, that helps, that helped, very helpful, muy amable, te lo agradezco"
    ),
    "bye": (
        "bye, goodbye, good night, goodnight, night, see you, see you tomorrow, bye bye, cya, "
        "adios, later, see ya, talk later, buenas noches, hasta luego, hasta manana, chao, night "
        "night, gn, sleep well, nos vemos, take care, bye now"
    ),
    "ok": (
        "ok, okay, k, kk, fine, great, cool, got it, alright, all right, perfect, nice, vale, "
        "lol, haha, sure, understood, i see, good to know, makes sense, de acuerdo, entendido, "
        "perfecto, genial, listo, bueno"
    ),
}
_COUNTS = {"thanks": 3, "bye": 3, "hello": 2, "ok": 1}


def small_talk(text: str) -> str | None:
    """The kind: hello, thanks, bye or ok; None for every other text. "Hi there, thanks a lot" is thanks."""
    said = " ".join(re.findall(r"[a-z]+|\d", fold(text).replace("'", "")))
    kinds: list[str] = []
    while said:
        nearest = next((one for one in _phrases() if f"{said} ".startswith(f"{one[0]} ")), None)
        if nearest is None:
            return None
        kinds.append(nearest[1])
        said = said[len(nearest[0]) :].strip()
    return max(kinds, key=_COUNTS.__getitem__, default=None)


@cache
def _phrases() -> tuple[tuple[str, str], ...]:
    """Every phrase with its kind, the longest first."""
    every = [(phrase, kind) for kind, phrases in _SAID.items() for phrase in phrases.split(", ")]
    return tuple(sorted(every, key=lambda one: (-len(one[0]), one[0])))
