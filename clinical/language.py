"""Which of the bot's languages a text is written in, by its small words and endings."""

import re
import unicodedata

_SPANISH = frozenset(
    "el la los las un una unos unas de del al y o que en con por para sin es son esta estoy estan tengo "
    "tiene hay me mi mis te tu tus se su lo le les no si ya muy mas como cuando donde cual cuanto "
    "cuanta porque pero hace hacer puedo puede puedes debo tomar tomo tome pastilla pastillas dosis "
    "dolor sueno dormir noche dia semana meses ayer hoy anoche manana gracias hola ola buenas medico "
    "doctor doctora bebida vino embarazo embarazada bebe nada algo esto eso este ese q xq pq tb tmb soy "
    "era fue ser sera nunca siempre tambien solo asi aqui otra otro estoi olvide salte mejor peor mal "
    "bien sirve cuesta cuanto efecto efectos cabeza estomago receta farmacia".split()
)
_ENGLISH = frozenset(
    "the a an of to and or in on with for from is are was were be been am i im ive my me you your it "
    "its this that do does did dont doesnt didnt can cant could would should will wont not no yes what "
    "when where which who how why if but so because take taking took taken dose pill pills pain sleep "
    "night day week weeks month months today yesterday tonight thanks hello hi doctor get got have has "
    "had any some about after before while than too just really still ok okay feel feeling felt bad "
    "good worse better help meds wine drink pregnant baby headache sick tired cost price pharmacy u r".split()
)
_SPANISH_ENDING = re.compile(
    r"(?:cion|ciones|mente|ando|iendo|aba|ado|ada|ados|adas|ito|ita|ero|era|arme|irme|erme)$"
)
_ENGLISH_ENDING = re.compile(r"(?:ing|tion|ness|ly|ed|ght|ck|sh|th|ous|ful)$")


def language_of(text: str, default: str = "en") -> str:
    """ "en" or "es"; `default` where the text shows neither more than the other."""
    lowered = text.casefold()
    plain = unicodedata.normalize("NFKD", lowered)
    plain = "".join(one for one in plain if not unicodedata.combining(one)).replace("'", "").replace("’", "")
    words = re.findall(r"[a-z]+", plain)
    spanish: float = sum(3 if one in "ñ¿¡" else 1 for one in lowered if one in "áéíóúñ¿¡")
    english = 0.0
    spanish += sum(2.0 for word in words if word in _SPANISH and word not in _ENGLISH)
    english += sum(2.0 for word in words if word in _ENGLISH and word not in _SPANISH)
    spanish += sum(0.7 for word in words if len(word) > 4 and _SPANISH_ENDING.search(word))
    english += sum(0.7 for word in words if len(word) > 4 and _ENGLISH_ENDING.search(word))
    english += sum(0.5 for word in words if re.search(r"w|k|oo|ee|wh|gh", word))
    spanish += sum(0.3 for word in words if len(word) > 3 and word[-1] in "ao")
    if spanish == english:
        return default
    return "es" if spanish > english else "en"
