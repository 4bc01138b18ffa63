"""Screens as values, and what is to be done with them."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any


@dataclass(frozen=True, slots=True)
class Button:
    """`label` as drawn; `data` (1-64 bytes) comes back when it is tapped, `url` opens instead."""

    label: str
    data: str | None = None
    url: str | None = None


Row = tuple[Button, ...]


def pairs(buttons: Sequence[Button], width: int = 2) -> tuple[Row, ...]:
    """So many to a row."""
    return tuple(tuple(buttons[start : start + width]) for start in range(0, len(buttons), width))


@dataclass(frozen=True, slots=True)
class Screen:
    """One message: Telegram HTML and its buttons.

    With `qr` or `chart` it is a picture with the text as caption (at most 1,024 characters): `qr` is what a
    QR code holds, `chart` a description by `services.render`. It is drawn only when it is sent.
    """

    text: str
    buttons: tuple[Row, ...] = ()
    qr: str | None = None
    chart: str | None = None
    ask_place: str | None = None
    clear_keyboard: bool = False
    silent: bool = False

    def under(self, above: str) -> "Screen":
        """The same screen below a line that comes first; unchanged where there is none."""
        return replace(self, text=f"{above}\n\n{self.text}") if above else self


_OF_SCREEN = tuple(Screen.__dataclass_fields__)


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A screen to send as a new message, or to draw into the message `edit`."""

    screen: Screen
    edit: int | None = None

    def pack(self) -> str:
        # Much cheaper than `asdict`, which copies every value on the way.
        screen = {name: getattr(self.screen, name) for name in _OF_SCREEN}
        screen["buttons"] = [
            [{"label": one.label, "data": one.data, "url": one.url} for one in row]
            for row in self.screen.buttons
        ]
        return json.dumps({"screen": screen, "edit": self.edit}, ensure_ascii=False)

    @classmethod
    def unpack(cls, packed: str) -> "Outgoing":
        raw: dict[str, Any] = json.loads(packed)
        screen = raw["screen"]
        rows = tuple(tuple(Button(**button) for button in row) for row in screen.pop("buttons"))
        return cls(Screen(**screen, buttons=rows), raw["edit"])


def quietly(screen: Screen) -> Screen:
    """The same screen, delivered without sound."""
    return replace(screen, silent=True)
