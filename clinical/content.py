"""Which clinical texts wait for a clinician's signature, and how hard a text is to read."""

import re
from importlib.resources import files

NOT_REVIEWED = "not yet reviewed"
MARK = "Not yet reviewed by a clinician."

# Names that have no shorter word; each counts as a word of two syllables.
_NAMES = frozenset(
    {"naltrexone", "ldn", "opioid", "opioids", "codeine", "tramadol", "tapentadol", "oxycodone", "morphine"}
    | {"fentanyl", "endorphins", "receptor", "receptors", "fibromyalgia", "compounding", "compounded", "fda"}
    | {"pharmacy", "pharmacies", "pharmacist", "prescription", "prescriber", "prescribed", "clinician"}
    | {"clinicians", "microgram", "micrograms", "milligram", "withdrawal", "overdose"}
)
_NAMES_ES = frozenset(
    {"naltrexona", "ldn", "opioide", "opioides", "codeína", "tramadol", "tapentadol", "oxicodona", "morfina"}
    | {"fentanilo", "endorfinas", "receptor", "receptores", "fibromialgia", "farmacia", "farmacias", "receta"}
    | {"farmacéutico", "magistral", "magistrales", "microgramos", "miligramos", "abstinencia", "sobredosis"}
    | {"medicamento", "medicamentos", "metadona", "buprenorfina", "loperamida", "paracetamol", "ibuprofeno"}
    | {"toxicología", "emergencias"}
)
_TAG = re.compile(r"<[^>]*>")


def unreviewed() -> tuple[str, ...]:
    """Every clinical text nobody has signed, such as `faq/<id>`, `triage/en/RF03`, `numbers`.

    Used by the gate that refuses to serve such texts to real people without the operator's explicit setting.
    """
    from clinical import faq, numbers
    from clinical.triage.rules import common, languages, rule_files

    waiting = [f"faq/{topic.id}" for topic in faq.topics() if not topic.reviewed]
    for language in faq.LANGUAGES[1:]:
        waiting += [f"faq/{language}/{topic.id}" for topic in faq.topics(language) if not topic.reviewed]
    for language in languages():
        tables = [(table["id"], table) for table in rule_files(language)] + [("common", common(language))]
        waiting += [
            f"triage/{language}/{name}"
            for name, table in tables
            if table.get("reviewer", NOT_REVIEWED) == NOT_REVIEWED
        ]
    if numbers.reviewer() == NOT_REVIEWED:
        waiting.append("numbers")
    if f'reviewer = "{NOT_REVIEWED}"' in files("clinical.triage").joinpath("dose_advice.toml").read_text(
        "utf-8"
    ):
        waiting.append("dose-advice")
    return tuple(waiting)


def reading_grade(text: str) -> float:
    """School grade a text asks for (Flesch-Kincaid); names of medicines count as easy words.

    Args:
        text: Plain text or Telegram HTML with at least one word; an empty text is grade 0.

    Source: Kincaid et al. 1975, 0.39 words per sentence + 11.8 syllables per word - 15.59.
    """
    plain = _TAG.sub("", text)
    words = re.findall(r"[A-Za-z][A-Za-z'-]*", plain)
    sentences = [part for part in re.split(r"(?<=[.!?:])\s+", plain) if re.search(r"[A-Za-z]", part)]
    if not words or not sentences:
        return 0.0
    syllables = sum(_syllables(word) for word in words)
    return 0.39 * len(words) / len(sentences) + 11.8 * syllables / len(words) - 15.59


def reading_ease_es(text: str) -> float:
    """How easy a Spanish text is, about 0 to 100, higher is easier; names of medicines count as easy words.

    Args:
        text: Plain text or Telegram HTML with at least one word; an empty text is 100.

    Source: Szigriszt-Pazos 1993, 206.835 - 62.3 syllables per word - words per sentence (INFLESZ scale,
    Barrio-Cantalejo 2008: from 65 "quite easy", from 55 "normal").
    """
    plain = _TAG.sub("", text)
    words = re.findall(r"[^\W\d_]+", plain)
    sentences = [part for part in re.split(r"(?<=[.!?:;])\s+", plain) if re.search(r"[^\W\d_]", part)]
    if not words or not sentences:
        return 100.0
    syllables = sum(_syllables_es(word) for word in words)
    return 206.835 - 62.3 * syllables / len(words) - len(words) / len(sentences)


def _syllables_es(word: str) -> int:
    word = word.casefold()
    if word in _NAMES_ES:
        return 2
    core = re.sub(r"qu|gu(?=[eéií])", "c", word)
    core = re.sub(r"y$", "i", core)
    # Two weak vowels, or a weak beside a strong one, are one syllable; a stressed weak vowel stands alone.
    return max(1, len(re.findall(r"[iuü]?[aeoáéó][iuü]?(?![íú])|[íú]|[iuü]+", core)))


def _syllables(word: str) -> int:
    word = word.casefold()
    if word in _NAMES:
        return 2
    core = re.sub(r"(?:[^laeiouy]es|[^aeiouytd]ed|[^aeiouyl]e)$", "", word)
    return max(1, len(re.findall(r"[aeiouy]+", core)))
