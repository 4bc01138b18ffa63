"""Breaks a question into the numbered features on which the trained matcher decides; training uses the same.

Three blocks: words with their neighbours, groups of letters within words, and the sense of the words.
"""

import math
import re
import unicodedata
import zlib
from array import array
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from importlib.resources import files
from itertools import pairwise

from clinical.triage.normal import normalise
from clinical.triage.rules import named_lists, spelling

BUCKETS = 1 << 16
LONGEST = 300  # letters read of a question; what is longer is a story
DIMENSIONS = 64
_GRAMS = (2, 3, 4, 5)
_SENSE_SHARE = 0.5  # beside 1 for words and 1 for letters


def tokens(text: str) -> list[str]:
    """Plain words of a text: slips mended, names of the medicine `ldn`."""
    plain = normalise(text[:LONGEST], spelling())
    plain = re.sub(r"\b(?:low dose naltrexone|naltrexone|naltrexon|low dose nal\w+)\b", "ldn", plain)
    plain = re.sub(r"(?<=\d)(?=[a-z])", " ", plain)
    return re.findall(r"[a-z]+|\d+(?:\.\d+)?", plain)


def words(said: Sequence[str]) -> list[int]:
    """Buckets of the words, of pairs of neighbours, and of what a word is one of: an opioid, a tablet ..."""
    found = [*said, *(f"{a} {b}" for a, b in pairwise(said))]
    found += [f"={_SAME[word]}" for word in said if word in _SAME]
    found += ["=opioid" for word in said if word in _opioids()]
    return [_bucket("w" + one) for one in found]


def letters(said: Iterable[str]) -> list[int]:
    """Buckets of the groups of two to five letters, the gap before and after a word being one."""
    return [bucket for word in said for bucket in _letters(word)]


@lru_cache(maxsize=8192)
def _letters(word: str) -> tuple[int, ...]:
    wide = f" {word} "
    return tuple(
        _bucket("c" + wide[at : at + size]) for size in _GRAMS for at in range(max(1, len(wide) - size + 1))
    )


def weighted(buckets: Iterable[int], rarity: bytes) -> dict[int, float]:
    """The buckets with their weight, TF-IDF, of length 1; `rarity` holds 25 times the IDF of each bucket."""
    found = {at: (1 + math.log(n)) * rarity[at] for at, n in Counter(buckets).items()}
    length = math.sqrt(sum(weight * weight for weight in found.values()))
    return {at: weight / length for at, weight in found.items()} if length else {}


def sense(text: str) -> list[float]:
    """The mean of the senses of the words, as `DIMENSIONS` numbers 0.5 long; zeros where none is known."""
    known, senses = _vectors()
    total = [0] * DIMENSIONS
    for piece in pieces(text[:LONGEST], known):
        one = senses[piece * DIMENSIONS : (piece + 1) * DIMENSIONS]
        total = [a + b for a, b in zip(total, one, strict=True)]
    length = math.sqrt(sum(one * one for one in total))
    return [_SENSE_SHARE * one / length for one in total] if length else [0.0] * DIMENSIONS


def pieces(text: str, known: dict[str, int]) -> list[int]:
    """The longest known pieces from the left of each word; a word with an unknown piece is left out."""
    found: list[int] = []
    for word in re.findall(r"[a-z0-9]+", fold(text)):
        at = 0
        parts: list[int] = []
        while at < len(word):
            mark = "##" if at else ""
            end = next((e for e in range(len(word), at, -1) if mark + word[at:e] in known), 0)
            if not end:
                parts = []
                break
            parts.append(known[mark + word[at:end]])
            at = end
        found += parts
    return found


def fold(text: str) -> str:
    """Lower case without accents; a hyphen is a gap."""
    plain = unicodedata.normalize("NFKD", text.replace("\u2019", "'")).casefold()
    return "".join(c for c in plain if not unicodedata.combining(c)).replace("-", " ")


def _bucket(term: str) -> int:
    return zlib.crc32(term.encode()) % BUCKETS


@cache
def _vectors() -> tuple[dict[str, int], "array[int]"]:
    packed = files("services").joinpath("faq_senses.bin").read_bytes()
    names, _, rest = zlib.decompress(packed).partition(b"\n\n")
    return {name: at for at, name in enumerate(names.decode().split("\n"))}, array("b", rest)


@cache
def _opioids() -> frozenset[str]:
    return frozenset(
        name for language in ("en", "es") for name in named_lists(language)[0]["opioid"] if name != "lean"
    )


_SAME = {
    word: group.split()[0]
    for group in (
        "pill pills tablet tablets capsule capsules cap caps tab tabs pastilla pastillas capsula capsulas",
        "doctor doc dr gp physician prescriber clinician doctors medico medica doctora consulta",
        "medicine medicines medication medications meds med drug drugs medicamento medicamentos medicina",
        "increase raise up higher bump upping raising increasing more subir aumentar mas",
        "lower reduce decrease reducing lowering less down bajar reducir menos",
        "forgot forget forgotten forgetting missed miss missing skipped olvide olvido olvida salte",
        "pharmacy chemist chemists pharmacies pharmacist drugstore farmacia farmacias farmaceutico",
        "usually typical typically normal normally usual average standard common suele suelen",
        "night nights bedtime evening bed noche noches cama",
        "morning mornings am breakfast manana mananas",
        "painkiller painkillers analgesic analgesics analgesico analgesicos calmante calmantes",
        "buy purchase order ordering buying comprar pedir",
        "food meal meals eat eating eaten dinner lunch comida comidas comer cena desayuno",
        "start begin starting beginning started starts empezar empece empiezo",
        "stop quit stopping quitting stopped end dejar dejo parar",
        "work works working kick effect funciona hace efecto",
        "remind reminder reminders alert alerts ping pings notification notifications "
        "recordatorio avisos aviso",
        "cost costs price prices expensive pay cuesta precio caro pagar",
        "delete erase wipe remove borrar borra eliminar",
        "pregnant pregnancy expecting trying embarazada embarazo",
        "tired exhausted fatigue drowsy sleepy cansancio cansada cansado sueno",
        "dream dreams dreaming nightmare nightmares suenos pesadilla pesadillas",
        "alcohol beer wine drink drinking drinks booze vodka cerveza vino beber copa copas",
        "surgery operation op surgical operacion cirugia operar",
        "kid kids child children toddler baby son daughter nino nina hijo hija bebe",
        "nausea nauseous sick queasy vomit nauseas vomito",
    )
    for word in group.split()
}
