"""Formatted text: Telegram's subset of HTML, and the links and commands it finds by itself.

Offsets and lengths are counted in UTF-16 units, as everywhere in the Bot API.
"""

import html
import re
from typing import Any, NamedTuple

from sandbox.errors import ApiError, bad_request

Entity = dict[str, Any]

_TYPES = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "tg-spoiler": "spoiler",
    "span": "spoiler",
    "a": "text_link",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
}
_ATTRIBUTE = re.compile(r"""([a-zA-Z-]+)(?:\s*=\s*("[^"]*"|'[^']*'|[A-Za-z0-9.\-]+))?""")
_START = re.compile(
    r"""<([a-zA-Z][a-zA-Z0-9-]*)((?:\s+[a-zA-Z-]+(?:\s*=\s*(?:"[^"]*"|'[^']*'|[\w.\-]+))?)*)\s*>"""
)
_END = re.compile(r"</([a-zA-Z0-9-]*)\s*>")
_CHARACTER = re.compile(r"&(lt|gt|amp|quot|#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6});")
_FOUND = re.compile(
    r"(?P<url>(?:https?://|(?<![\w./@])t\.me/)[^\s<>\"]*[^\s<>\".,;:!?)\]'])"
    r"|(?<![\w/@<>])(?P<bot_command>/[A-Za-z0-9_]{1,32}(?:@[A-Za-z0-9_]{3,32})?)(?![\w/@])"
    r"|(?<![\w/@])(?P<mention>@[A-Za-z][A-Za-z0-9_]{3,31})(?!\w)"
)


class _Open(NamedTuple):
    tag: str
    attributes: dict[str, str]
    start: int


def utf16(text: str) -> int:
    """Length of a text in UTF-16 units."""
    return len(text) + sum(ord(letter) > 0xFFFF for letter in text)


def piece(text: str, entity: Entity) -> str:
    """The part of a text that an entity covers."""
    units = text.encode("utf-16-le")
    start = 2 * int(entity["offset"])
    return units[start : start + 2 * int(entity["length"])].decode("utf-16-le")


def parse_html(source: str) -> tuple[str, list[Entity]]:
    """Read Telegram's HTML.

    Returns:
        The plain text, not yet trimmed, and its entities, outer before inner.

    Raises:
        ApiError: 400 "can't parse entities: ..." for an unknown, unclosed or misplaced tag.
    """
    text: list[str] = []
    entities: list[Entity] = []
    opened: list[_Open] = []
    at = length = 0
    while at < len(source):
        if source[at] != "<":
            piece_of_text, at = _character(source, at)
            text.append(piece_of_text)
            length += utf16(piece_of_text)
        elif source.startswith("</", at):
            if not opened:
                raise _unparsable(f"Unexpected end tag at byte offset {_bytes(source, at)}")
            end = _END.match(source, at)
            if end is None:
                raise _unparsable(f"Unclosed end tag at byte offset {_bytes(source, at)}")
            if end[1] and end[1].lower() != opened[-1].tag:
                where = f"at byte offset {_bytes(source, at)}"
                raise _unparsable(
                    f'Unmatched end tag {where}, expected "</{opened[-1].tag}>", found "</{end[1].lower()}>"'
                )
            entities += _close(opened.pop(), length, "".join(text))
            at = end.end()
        else:
            opening, at = _open(source, at, length)
            opened.append(opening)
    if opened:
        raise _unparsable(f'Can\'t find end tag corresponding to start tag "{opened[-1].tag}"')
    # Inner tags close first: of two that cover the same words, the outer one goes ahead.
    entities.reverse()
    entities.sort(key=lambda e: (e["offset"], -e["length"]))
    return "".join(text), _merge_code(entities)


def trim(text: str, entities: list[Entity]) -> tuple[str, list[Entity]]:
    """Drop white space around a text, as Telegram does, and move its entities along."""
    trimmed = text.strip(" \t\r\n\v\f\u00a0\u200b")
    cut = utf16(text[: text.index(trimmed)]) if trimmed else 0
    end = utf16(trimmed)
    kept = []
    for entity in entities:
        start = max(entity["offset"] - cut, 0)
        stop = min(entity["offset"] + entity["length"] - cut, end)
        if stop > start:
            kept.append({**entity, "offset": start, "length": stop - start})
    return trimmed, kept


def read_entities(given: list[Any]) -> list[Entity]:
    """Entities that come with a call instead of a parse_mode; raises ApiError 400 for malformed ones."""
    for entity in given:
        if not isinstance(entity, dict) or not isinstance(entity.get("type"), str):
            raise bad_request("can't parse MessageEntity: expected an Object with a type")
        if not all(isinstance(entity.get(key), int) and entity[key] >= 0 for key in ("offset", "length")):
            raise bad_request("can't parse MessageEntity: offset and length must be non-negative Numbers")
    return [dict(entity) for entity in given]


def with_found(text: str, entities: list[Entity]) -> list[Entity]:
    """Add the links, commands and mentions that Telegram finds outside links and code."""
    closed = [e for e in entities if e["type"] in {"text_link", "text_mention", "code", "pre"}]
    found = list(entities)
    for match in _FOUND.finditer(text):
        offset, length = utf16(text[: match.start()]), utf16(match[0])
        if all(offset + length <= e["offset"] or e["offset"] + e["length"] <= offset for e in closed):
            found.append({"type": match.lastgroup, "offset": offset, "length": length})
    return sorted(found, key=lambda e: (e["offset"], -e["length"]))


def _character(source: str, at: int) -> tuple[str, int]:
    if source[at] == "&" and (match := _CHARACTER.match(source, at)):
        return html.unescape(match[0]), match.end()
    stop = min(
        (place for place in (source.find("<", at), source.find("&", at + 1)) if place > 0),
        default=len(source),
    )
    return source[at:stop], stop


def _open(source: str, at: int, length: int) -> tuple[_Open, int]:
    name = (re.match(r"<([^\s>]*)", source[at:]) or [""])[1].lower()
    if name not in _TYPES:
        raise _unparsable(f'Unsupported start tag "{name}" at byte offset {_bytes(source, at)}')
    start = _START.match(source, at)
    if start is None:
        raise _unparsable(f"Unclosed start tag at byte offset {_bytes(source, at)}")
    attributes = {
        key.lower(): html.unescape(value.strip("\"'")) for key, value in _ATTRIBUTE.findall(start[2])
    }
    if name == "span" and attributes.get("class") != "tg-spoiler":
        raise _unparsable(f'Tag "span" must have class "tg-spoiler" at byte offset {_bytes(source, at)}')
    return _Open(name, attributes, length), start.end()


def _close(opened: _Open, length: int, text: str) -> list[Entity]:
    entity: Entity = {"type": _TYPES[opened.tag], "offset": opened.start, "length": length - opened.start}
    if entity["length"] == 0:
        return []
    if opened.tag == "a":
        url = opened.attributes.get("href") or piece(text, entity)
        if person := re.fullmatch(r"tg://user\?id=(\d{1,15})", url):
            return [entity | {"type": "text_mention", "mentioned": int(person[1])}]
        # Telegram drops a link it cannot read, and keeps its words.
        return [entity | {"url": url}] if re.match(r"(https?|tg|ton|mailto|tel):\S+$", url) else []
    if opened.tag == "blockquote" and "expandable" in opened.attributes:
        entity["type"] = "expandable_blockquote"
    if opened.tag == "code" and opened.attributes.get("class", "").startswith("language-"):
        entity["language"] = opened.attributes["class"].removeprefix("language-")
    return [entity]


def _merge_code(entities: list[Entity]) -> list[Entity]:
    """<pre><code class="language-x"> is one entity; a language outside <pre> means nothing."""
    blocks = {(e["offset"], e["length"]): e for e in entities if e["type"] == "pre"}
    kept = []
    for entity in entities:
        block = blocks.get((entity["offset"], entity["length"]))
        language = entity.pop("language", None)
        if entity["type"] == "code" and block is not None:
            if language:
                block["language"] = language
        else:
            kept.append(entity)
    return kept


def _bytes(source: str, at: int) -> int:
    return len(source[:at].encode())


def _unparsable(reason: str) -> ApiError:
    return bad_request(f"can't parse entities: {reason}")
