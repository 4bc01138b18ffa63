"""The emergency card: what staff need to know, in the patient's language and in English."""

import html
from collections.abc import Sequence

from clinical.amount import format_mg
from clinical.localtime import load_zone
from handlers import format as fmt
from handlers.reply import Screen
from handlers.texts import Texts
from services.render import card_picture
from storage.records import Dose


def card(
    texts: Texts, amounts_ug: Sequence[int], last: Dose | None, clinic: str | None, *, resting: bool
) -> Screen:
    """Picture and text. `resting`: not started or paused, so it may not be taken now."""
    both = [Texts(language) for language in dict.fromkeys((texts.language, "en"))]
    parts = []
    for one in both:
        lines = _lines(one, amounts_ug, last, clinic, resting=resting)
        parts.append({"head": one.say("card-head"), "title": one.say("card-title"), "lines": lines})
    caption = "\n\n".join(
        f"<b>{part['head']}</b>\n<b>{part['title']}</b>\n" + "\n".join(part["lines"]) for part in parts
    )
    # What is drawn is no markup.
    drawn = [
        {
            "head": html.unescape(str(part["head"])),
            "title": html.unescape(str(part["title"])),
            "lines": [html.unescape(words) for words in part["lines"]],
        }
        for part in parts
    ]
    return Screen(caption, chart=card_picture(drawn))


def _lines(
    texts: Texts, amounts_ug: Sequence[int], last: Dose | None, clinic: str | None, *, resting: bool
) -> list[str]:
    lines = [texts.say("card-warning")]
    if amounts_ug:
        amounts = format_mg(amounts_ug[0])
        if len(amounts_ug) > 1:
            amounts = texts.say("card-and", one=amounts, other=format_mg(amounts_ug[1]))
        lines.append(texts.say("card-amount", amounts=amounts))
    else:
        lines.append(texts.say("card-no-amount"))
    if last is not None and last.taken_at is not None:
        local = last.taken_at.astimezone(load_zone(last.zone))
        lines.append(
            texts.say(
                "card-last",
                day=fmt.day(local.date()),
                year=str(local.year),
                at=f"{local:%H:%M}",
                zone=last.zone,
            )
        )
    else:
        lines.append(texts.say("card-no-last"))
    if resting:
        lines.append(texts.say("card-resting"))
    lines.append(texts.say("card-clinic", clinic=clinic) if clinic else texts.say("card-no-clinic"))
    lines.append(texts.say("card-review"))
    return lines
