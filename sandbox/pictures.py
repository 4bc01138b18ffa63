"""Looks at a picture's first bytes: what it is and how large, without a picture library."""

import mimetypes
import struct
from pathlib import PurePosixPath
from typing import NamedTuple


class Looks(NamedTuple):
    """Kind ("png", "jpeg", "gif", "webp") and size in pixels."""

    kind: str
    width: int
    height: int


def look_at(data: bytes) -> Looks | None:
    """None if the bytes are no picture that Telegram would take as a photo."""
    if data[:8] == b"\x89PNG\r\n\x1a\n" and len(data) >= 24:
        return Looks("png", *struct.unpack(">II", data[16:24]))
    if data[:6] in (b"GIF87a", b"GIF89a") and len(data) >= 10:
        return Looks("gif", *struct.unpack("<HH", data[6:10]))
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return Looks("webp", 512, 512)
    return _jpeg(data) if data[:3] == b"\xff\xd8\xff" else None


def mime_of(name: str, looks: Looks | None) -> str:
    if looks:
        return f"image/{looks.kind}"
    return mimetypes.guess_type(name)[0] or "application/octet-stream"


def suffix_of(name: str, looks: Looks | None) -> str:
    return f".{looks.kind}" if looks else PurePosixPath(name).suffix


def _jpeg(data: bytes) -> Looks | None:
    at = 2
    while at + 9 < len(data) and data[at] == 0xFF:
        marker, length = data[at + 1], struct.unpack(">H", data[at + 2 : at + 4])[0]
        # SOF0..SOF15 hold the size, except the three markers among them that are tables.
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            height, width = struct.unpack(">HH", data[at + 5 : at + 9])
            return Looks("jpeg", width, height)
        at += 2 + length
    return None
