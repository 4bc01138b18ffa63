"""Times as people write them, found in a text and marked there."""

import re

_EN = "one two three four five six seven eight nine ten eleven twelve".split()
_ES = "una dos tres cuatro cinco seis siete ocho nueve diez once doce".split()
_HOURS = {word: hour for words in (_EN, _ES) for hour, word in enumerate(words, 1)}
_SPOKEN_MINUTES = {
    "five": 5, "ten": 10, "twenty": 20, "twenty five": 25, "quarter": 15, "a quarter": 15, "half": 30,
    "cinco": 5, "diez": 10, "cuarto": 15, "veinte": 20, "veinticinco": 25, "media": 30,
}  # fmt: skip
_AFTER_HOUR = {"thirty": 30, "fifteen": 15, "forty five": 45}

_WORD = "|".join(_HOURS)
_H = rf"(?P<h>1[0-2]|0?[1-9]|{_WORD})"
_H24 = rf"(?P<h>2[0-3]|[01]?[0-9]|{_WORD})"
_PAST = "|".join(sorted((w for w in _SPOKEN_MINUTES if w not in ("cuarto", "media")), key=len, reverse=True))
_HALF = (
    r"(?:\s*(?P<half>[ap])\.?\s?m\b\.?|\s+(?:at|in the|de la|por la)\s+"
    r"(?P<part>night|morning|evening|afternoon|noche|manana|tarde|madrugada)\b)"
)
_LEAD = r"\b(?P<lead>at|around|about|a las?|sobre las?|las|it|taken)\s+"
_NOT_A_TIME = (
    r"(?!\s*[0-9:/%+·]|[.,][0-9]|\s*-\s*[0-9]|\s*(?:mg|ml|mcg|out|over|de 10|of|hours?|hrs?|h\b|horas?|"
    r"minut\w*|mins?|days?|dias?|nights?|noches|weeks?|months?|years?|times|pills?|tablets?|capsules?|"
    r"capsulas?|pastillas?|drops|people|percent|or|to)\b)"
)
# The order counts: what an earlier one has read is no longer there for a later one.
_WRITTEN = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?<![0-9:./,])(?P<h>2[0-4]|[01]?[0-9])[:h](?P<m>[0-5][0-9])(?![0-9:]|\s*(?:mg|ml)){_HALF}?",
        rf"(?<![0-9:./,])(?P<h>1[0-2]|0?[1-9])\.(?P<m>[0-5][0-9])(?![0-9]){_HALF}",
        rf"{_LEAD}(?P<h>2[0-3]|[01]?[0-9])(?:\.|\s)(?P<m>[0-5][0-9])(?![0-9.]|\s*(?:mg|ml|/|out|pills))",
        rf"{_LEAD}(?P<h>2[0-3]|[01][0-9])(?P<m>[0-5][0-9])(?![0-9.]|\s*(?:mg|ml))(?:\s*h\b|{_HALF})?",
        rf"(?<![0-9:.]){_H}{_HALF}",
        rf"{_LEAD}{_H24}\s+(?P<es>y|menos)\s+(?P<spoken>cinco|diez|cuarto|veinte|veinticinco|media){_HALF}?",
        rf"\b(?P<spoken>half|{_PAST})\s+past\s+{_H}\b{_HALF}?",
        rf"\b(?P<spoken>half)\s+{_H}\b{_HALF}?{_NOT_A_TIME}",
        rf"\b(?P<to>quarter|a quarter)\s+to\s+{_H}\b{_HALF}?",
        rf"{_LEAD}(?P<to>five|ten|twenty|twenty five)\s+to\s+{_H}\b{_HALF}?",
        rf"(?<![0-9:.])\b{_H}\s+(?P<after>thirty|fifteen|forty five)\b{_HALF}?",
        rf"(?<![0-9:.])\b{_H}\s?-?ish\b",
        rf"(?<![0-9:.])\b{_H}\s+o'?\s?clock\b{_HALF}?",
        r"\b(?P<named>midnight|medianoche|midday|noon|mediodia)\b",
        rf"(?<![a-z] is )(?<!was )(?<!still )(?<!its )(?<!it's )"
        rf"\b(?P<lead>at|a las?|sobre las?|@)\s*{_H24}\b{_NOT_A_TIME}",
        rf"(?<=, )(?P<lead>around|about)\s+{_H}\b{_NOT_A_TIME}",
        rf"\b(?P<lead>(?:took|taken|had|take|pill|dose|ldn|tablet|capsule|meds)(?: it)? (?:around|about))"
        rf"\s+{_H24}\b{_NOT_A_TIME}",
        rf"\b(?P<lead>took it|took mine|tomado|tome)\s+{_H}\b(?=\s*(?:[,.;!]|$|last night|tonight|yesterday|"
        r"pain (?:[0-9]|is|was)|anoche|dolor [0-9]))",
    )
)
_OPEN_ENDED = r"(?:before|after|by|until|til|till|since|from|past|between|antes de|despues de|hasta|desde)"
_AGO = re.compile(
    r"\b(?P<n>an|one|a|half an|about an|[0-9]{1,3}|two|three|four|five|ten|fifteen|twenty|thirty|forty)\s+"
    r"(?P<u>hours?|hrs?|h|minutes?|mins?|min)\s+ago\b|"
    r"\bhace\s+(?P<n2>una|media|[0-9]{1,3}|dos|tres|cinco|diez|quince|veinte)\s+(?P<u2>horas?|minutos?|min)\b"
)
_VAGUE = re.compile(
    r"\b(?:a )?(?:few|couple of|some) (?:hours?|minutes|mins) ago\b|\bhace (?:un rato|unas horas)\b"
)
_BARE = rf"1[0-2]|[1-9]|{_WORD}"
_EITHER = re.compile(
    rf"\b(?:between|entre(?: las)?)\s+(?:{_BARE})\s+(?:and|y)\s+(?:las )?(?:{_BARE})\b"
    rf"|\b(?:at|around|a las)\s+(?:{_BARE})\s*(?:or|to|-|o)\s*(?:{_BARE})\b(?!:)"
    rf"|(?<=\bit ){_OPEN_ENDED}\s+(?:{_BARE})\b{_NOT_A_TIME}"
)
_AMOUNT = {
    "an": 1, "a": 1, "one": 1, "about an": 1, "half an": 0.5, "two": 2, "three": 3, "four": 4, "five": 5,
    "ten": 10, "fifteen": 15, "twenty": 20, "thirty": 30, "forty": 40, "una": 1, "media": 0.5, "dos": 2,
    "tres": 3, "cinco": 5, "diez": 10, "quince": 15, "veinte": 20,
}  # fmt: skip
TOKEN = r"[tun][0-9]{4}"  # t: morning or evening; u: one of the two; n: a time that is no answer to "when"
AGO_TOKEN = r"m[0-9]{4}"


def mark(plain: str) -> str:
    """Put one word in place of every time in a text, so that no time is taken for another number.

    Args:
        plain: Lower case, without accents, apostrophes inside words kept.

    Returns:
        The text with `t1130` (11:30, morning or evening), `u2330` (certainly 23:30), `n0000` (a time, but
        open-ended: "before 11", "between 9 and 11") and `m0060` (60 minutes ago) in place of times.
    """
    plain = _AGO.sub(_minutes_ago, plain)
    plain = _VAGUE.sub(" n0000 ", plain)
    plain = _EITHER.sub(" n0000 ", plain)
    for pattern in _WRITTEN:
        plain = pattern.sub(_token, plain)
    plain = re.sub(rf"\b{_OPEN_ENDED}\s+(?:about |around |las? )?[tu][0-9]{{4}}", " n0000 ", plain)
    plain = re.sub(rf"n0000\s+(?:and|y|to|-)\s+{TOKEN}", " n0000 ", plain)
    return re.sub(
        rf"{TOKEN}\s*(?:or|o|to|-|,? or maybe|,? no,?)\s*(?:at )?(?:{TOKEN}|[0-9]+)", " n0000 ", plain
    )


def _minutes_ago(found: re.Match[str]) -> str:
    typed, unit = found["n"] or found["n2"], found["u"] or found["u2"]
    amount = float(typed) if typed.isdecimal() else _AMOUNT[typed]
    minutes = round(amount * 60 if unit.startswith("h") else amount)
    return f" m{minutes:04} " if minutes < 10_000 else " n0000 "


def _token(found: re.Match[str]) -> str:
    part = found.groupdict()
    lead = f"{part['lead']} " if part.get("lead") not in (None, "@", "at", "a las", "a la", "las") else ""
    if named := part.get("named"):
        return " u0000 " if named in ("midnight", "medianoche") else " u1200 "
    typed = part["h"]
    hour = int(typed) if typed.isdecimal() else _HOURS[typed]
    minute = int(part.get("m") or 0)
    if spoken := part.get("spoken"):
        minute = _SPOKEN_MINUTES[spoken]
    if part.get("to"):
        minute = _SPOKEN_MINUTES[part["to"]]
    if part.get("after"):
        minute = _AFTER_HOUR[part["after"]]
    if part.get("to") or part.get("es") == "menos":
        hour, minute = (hour - 2) % 12 + 1, 60 - minute
    half = _half_of_day(part.get("half") or part.get("part"), hour)
    if half is not None and hour <= 12:
        return f" {lead}u{hour % 12 + half:02}{minute:02} "
    certain = hour > 12 or hour == 0
    return f" {lead}{'u' if certain else 't'}{hour % 24:02}{minute:02} "


def _half_of_day(word: str | None, hour: int) -> int | None:
    """0 for a time before noon, 12 for one after it, None where it was not said."""
    if word is None:
        return None
    if word in ("a", "morning", "manana", "madrugada"):
        return 0
    if word in ("night", "noche") and (hour == 12 or hour < 5):
        return 0  # "two at night" is 02:00
    return 12


def read_token(token: str) -> tuple[str, bool] | None:
    """(HH:MM, whether it is certain which half of the day) of a word that `mark` wrote; None for `n`."""
    if token[0] == "n":
        return None
    return f"{token[1:3]}:{token[3:5]}", token[0] == "u"
