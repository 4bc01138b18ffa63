"""The words a typed note is read with."""

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def vocabulary() -> dict[str, Any]:
    """`freetext.toml`; where it lists alternatives, they stand joined as one expression."""
    raw = tomllib.loads(files("clinical").joinpath("freetext.toml").read_text(encoding="utf-8"))
    return {name: _joined(part) for name, part in raw.items()}


def run(words: str) -> str:
    """An expression for any number of these words in a row, read in linear time: it never gives one back."""
    return rf"(?: (?:{words})(?= ))*+"


def _joined(part: Any) -> Any:
    if isinstance(part, dict):
        return {name: _joined(one) for name, one in part.items()}
    if isinstance(part, list) and all(isinstance(one, str) for one in part):
        return "|".join(part)
    return part
