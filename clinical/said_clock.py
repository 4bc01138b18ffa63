"""Times as people write them, found in a text and marked there."""

import re

_EN = "one two three four five six seven eight nine ten eleven twelve".split()
_ES = "una dos tres cuatro cinco seis siete ocho nueve diez once doce".split()
_HOURS = {word: hour for words in (_EN, _ES) for hour, word in enumerate(words, 1)}
_SPOKEN_MINUTES = {
    "five": 5, "ten": 10, "twenty": 20, "twenty five": 25, "quarter": 15, "a quarter": 15, "half": 30,
    "cinco": 5, "diez": 10, "cuarto": 15, "un cuarto": 15, "veinte": 20, "veinticinco": 25, "media": 30,
    "5": 5, "10": 10, "20": 20, "25": 25,
}  # fmt: skip
_TENS = {"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50}
_ONES = {word: value for value, word in enumerate(_EN[:9], 1)}
_AFTER_HOUR = (
    {"ten": 10, "fifteen": 15}
    | {f"oh {word}": value for word, value in _ONES.items()}
    | _TENS
    | {f"{ten} {one}": tens + ones for ten, tens in _TENS.items() for one, ones in _ONES.items()}
)

_WORD = "|".join(_HOURS)
_H = rf"(?P<h>1[0-2]|0?[1-9]|{_WORD})"
_H24 = rf"(?P<h>2[0-3]|[01]?[0-9]|{_WORD})"
_PAST = "five|ten|twenty five|twenty|a quarter|quarter|5|10|20|25"
_ONE_TO_NINE = "|".join(_ONES)
_MINUTES = (
    rf"(?P<after>oh (?:{_ONE_TO_NINE})|ten|fifteen|(?:twenty|thirty|forty|fifty)(?: (?:{_ONE_TO_NINE}))?)"
)
_HALF = (
    r"(?:\s*(?P<half>[ap])(?:\.\s?m\b\.?|\s?m\b)|\s+(?:at|in the|de la|por la)\s+"
    r"(?P<part>night|morning|evening|afternoon|noche|manana|tarde|madrugada)\b)"
)
_LEADS = (
    "at|around|about|round|roughly|a eso de las?|a las?|sobre las?|como las?|las|it|taken|dosed|mine|"
    "tomad[oa]"
)
_LEAD = rf"\b(?P<lead>{_LEADS})\s+"
_NOT_A_TIME = (
    r"(?!\s*[0-9:/%+·]|[.,][0-9]|\s*-\s*[0-9]|\s*(?:mg|ml|mcg|out|over|de 10|of|hours?|hrs?|h\b|horas?|"
    r"minut\w*|mins?|days?|dias?|nights?|noches|weeks?|months?|years?|times|pills?|tablets?|capsules?|"
    r"capsulas?|pastillas?|drops|people|percent|or|to|past|fifteen|twenty|thirty|forty|fifty)\b)"
)
# The order counts: what an earlier one has read is no longer there for a later one.
_WRITTEN = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?<![0-9:./,])(?P<h>2[0-4]|[01]?[0-9])[:h](?P<m>[0-5][0-9])(?![0-9:]|\s*(?:mg|ml)){_HALF}?",
        rf"(?<![0-9:./,])(?P<h>1[0-2]|0?[1-9])\.(?P<m>[0-5][0-9])(?![0-9]){_HALF}",
        r"(?<![0-9:./,])(?P<h>1[0-2]|0?[1-9])(?P<m>[0-5][0-9])\s?(?P<half>[ap])\.?\s?m\b",
        rf"{_LEAD}(?P<h>2[0-3]|[01]?[0-9])(?:\.|\s)(?P<m>[0-5][0-9])(?![0-9.]|\s*(?:mg|ml|/|out|pills|min))",
        r"\b(?P<lead>a las) (?P<h>1[3-9]|2[0-3])\s?(?:horas?|hrs?|hs|h)\b",
        rf"\b(?P<lead>{_LEADS}|dose|ldn|dosis)\s+(?P<h>2[0-3]|[01][0-9])(?P<m>[0-5][0-9])(?![0-9.]|\s*(?:mg|ml))(?:\s*h(?:rs|ours)?\b|{_HALF})?",
        r"@\s?(?P<h>2[0-3]|[01][0-9])(?P<m>[0-5][0-9])\b",
        r"(?:^|(?<=[.,;]\s))(?P<h>1[3-8]|2[1-3])(?P<m>[0-5][0-9])(?=\s*(?:[.,;!]|$))",
        r"\b(?P<lead>tome|tomad[oa]|tome,|tomad[oa],)\s+(?P<h>1[3-9]|2[0-3])\s?(?:hs|h)\b",
        rf"(?<![0-9:.])\b{_H}[\s-]+{_MINUTES}{_HALF}",
        rf"{_LEAD}{_H24}\s+y\s+(?P<m>[0-5][05])\b{_HALF}?",
        rf"\b(?P<lead>{_LEADS}|tipo)\s+{_H24}\s+(?P<es>y|menos)\s+(?P<spoken>cinco|diez|cuarto|veinte|veinticinco|media){_HALF}?",
        rf"\b(?P<to>un cuarto|cuarto|cinco|diez|veinte|veinticinco)\s+para\s+las?\s+{_H}\b{_HALF}?",
        rf"(?<![0-9:./])\b(?P<spoken>half|{_PAST})\s+past\s+{_H}\b{_HALF}?",
        rf"(?<![0-9:./])\b(?P<to>a quarter|quarter)\s+(?:to|till|of)\s+{_H}\b{_HALF}?",
        rf"{_LEAD}(?P<to>five|twenty five|ten|twenty|5|20|25)\s+(?:to|till)\s+{_H}\b{_HALF}?{_NOT_A_TIME}",
        rf"\b(?P<to>five|twenty five|ten|twenty)\s+to\s+{_H}\b{_HALF}",
        rf"\b(?P<spoken>half)\s+{_H}\b{_HALF}?{_NOT_A_TIME}",
        rf"(?<![0-9:.]){_H}{_HALF}",
        rf"(?<![0-9:.])\b{_H}[\s-]+(?P<after>thirty|fifteen|forty five)\b{_HALF}?",
        rf"\b(?P<lead>at|around|about|took it|had it|taken|dosed)\s+{_H}[\s-]+{_MINUTES}\b{_NOT_A_TIME}",
        rf"(?<![0-9:.])\b{_H}\s?-?ish\b",
        rf"(?<![0-9:.])\b{_H}\s+o'?\s?clock\b{_HALF}?",
        r"\b(?P<named>midnight|medianoche|midday|noon|mediodia)\b",
        r"\b(?P<lead>tipo)\s+(?P<h>[3-9]|1[0-2])\b(?=\s+(?:la|me)\b|\s*[.,;]|\s*$)",
        rf"(?<![a-z] is )(?<!was )(?<!still )(?<!its )(?<!it's )(?<!hovering )(?<!sitting )(?<!holding )"
        rf"(?<!steady )(?<!sat )(?<!stuck )(?<!pain )(?<!pain's )"
        r"\b(?P<lead>at(?: about| around| roughly)?|(?:last night|tonight) (?:about|around)|a eso de las?|"
        r"(?:cerca|por ahi|alrededor) de las?|a las?|sobre las?|@)\s*"
        rf"{_H24}\b{_NOT_A_TIME}",
        rf"(?<=, )(?P<lead>around|about)\s+{_H}\b{_NOT_A_TIME}",
        rf"\b(?P<lead>(?:took|taken|had|take|pill|dose|ldn|tablet|capsule|meds)(?: it| mine)? "
        rf"(?:around|about|round|roughly))\s+{_H24}\b{_NOT_A_TIME}",
        rf"\b(?P<lead>took it|took mine|tomado|tome)\s+{_H}\b(?=\s*(?:[,.;!]|$|last night|tonight|yesterday|"
        r"pain (?:[0-9]|is|was)|anoche|dolor [0-9]))",
    )
)
_OPEN_ENDED = r"(?:before|after|by|until|til|till|since|from|past|between|antes de|despues de|hasta|desde)"
_AGO = re.compile(
    r"(?P<range>\b(?:[0-9]{1,3}|two|three|ten|five)\s*(?:to|or|-|o|a)\s*)?"
    r"(?:\b(?:like|about|roughly|around)\s+)?"
    r"\b(?P<n>an|one|a|half an|half a|half|about an|"
    r"[0-9]{1,3}|two|three|four|five|ten|fifteen|twenty|thirty|forty)\s+"
    r"(?P<u>hours?|hrs?|h|minutes?|mins?|min)\s+ago\b|"
    r"\bhace\s+(?:como\s+|unos\s+)?(?P<n2>una|media|[0-9]{1,3}|dos|tres|cinco|diez|quince|veinte)\s+(?P<u2>horas?|hrs?|minutos?|mins?)\b"
)
_VAGUE = re.compile(
    r"\b(?:a )?(?:few|couple of|some) (?:hours?|minutes|mins) ago\b|\bhace (?:un rato|unas horas)\b"
)
_BARE = rf"1[0-2]|[1-9]|{_WORD}"
_CLOCK_WORDS = r"(?!(?:five|ten|twenty|twenty five|5|20|25) (?:to|till) )"  # "at ten to nine" is 08:50
_EITHER = re.compile(
    rf"\b(?:between|entre(?: las)?)\s+(?:{_BARE})\s+(?:and|y)\s+(?:las )?(?:{_BARE})\b"
    rf"|\b(?:at|around|a las)\s+{_CLOCK_WORDS}(?:{_BARE})\s*(?:or|to|-|o)\s*(?:{_BARE})\b(?!:)"
    r"|(?<![0-9:./-])\b(?:1[0-2]|[1-9])\s?-\s?[0-9]{1,2}:[0-5][0-9](?:\s?[ap]m)?"
    rf"|(?<=\bit ){_OPEN_ENDED}\s+(?:{_BARE})\b{_NOT_A_TIME}"
)
_AMOUNT = {
    "half a": 0.5, "half": 0.5,
    "an": 1, "a": 1, "one": 1, "about an": 1, "half an": 0.5, "two": 2, "three": 3, "four": 4, "five": 5,
    "ten": 10, "fifteen": 15, "twenty": 20, "thirty": 30, "forty": 40, "una": 1, "media": 0.5, "dos": 2,
    "tres": 3, "cinco": 5, "diez": 10, "quince": 15, "veinte": 20,
}  # fmt: skip
_UNSAID_LEADS = (None, "@", "at", "a las", "a la", "las", "tipo", "round", "roughly", "around", "about")

TOKEN = r"[tun][0-9]{4}"  # t: morning or evening; u: one of the two; n: a time that is no answer to "when"
AGO_TOKEN = r"m[0-9]{4}"
# Two times with a word of choice or correction between them are no time.
_TAKEN_BACK = (
    r"(?:or maybe|or|o|to|-|no,? wait|no,? sorry|no,? perdon|nope|no|sorry,? no|sorry|oops|ups|wait,? no|"
    r"wait|i mean|i meant|rather|make that|scratch that|actually|digo|perdon|mejor dicho|quiero decir|"
    r"mas bien)"
)
_TWO_TIMES = re.compile(
    rf"{TOKEN}[\s,.]*\b{_TAKEN_BACK}[\s,.]*(?:(?:it was|at|around|a las?|las)\s+)?(?:{TOKEN}|[0-9]+\b)"
    rf"|{TOKEN}\s*-\s*(?:{TOKEN}|[0-9]+)"
    rf"|{TOKEN}\s*,?\s*no,?\s+(?:{_WORD})\b"
)


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
    return _TWO_TIMES.sub(" n0000 ", plain)


def _minutes_ago(found: re.Match[str]) -> str:
    if found["range"]:
        return " n0000 "
    typed, unit = found["n"] or found["n2"], found["u"] or found["u2"]
    amount = float(typed) if typed.isdecimal() else _AMOUNT[typed]
    minutes = round(amount * 60 if unit.startswith("h") else amount)
    return f" m{minutes:04} " if minutes < 10_000 else " n0000 "


def _token(found: re.Match[str]) -> str:
    part = found.groupdict()
    lead = (
        ""
        if part.get("lead") in _UNSAID_LEADS or part["lead"].startswith("at ") or " de las" in part["lead"]
        else f"{part['lead']} "
    )
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
