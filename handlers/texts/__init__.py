"""Every text a person reads, by key and language, from the Fluent files beside this module."""

import html
from collections.abc import Mapping
from functools import cache, lru_cache
from pathlib import Path

from fluent.runtime import FluentBundle, FluentResource

LANGUAGES = ("en", "es")
_AMOUNT = "\ue000"


class MissingText(KeyError):
    """A text was asked for by a key that no file has, or could not be filled in."""


@cache
def _bundle(language: str) -> FluentBundle:
    bundle = FluentBundle([language], use_isolating=False)
    for path in sorted((Path(__file__).parent / language).glob("*.ftl")):
        bundle.add_resource(FluentResource(path.read_text(encoding="utf-8")))
    return bundle


@cache
def keys(language: str) -> frozenset[str]:
    """Every key of a language."""
    return frozenset(_bundle(language)._messages)


class Texts:
    """The texts of one language. Amounts and dates go in as strings, already drawn."""

    def __init__(self, language: str) -> None:
        self.language = language if language in LANGUAGES else "en"

    def say(self, key: str, values: Mapping[str, str | int] | None = None, **more: str | int) -> str:
        """The text `key` as Telegram HTML, its values escaped.

        Raises:
            MissingText: there is no such key, or a value it needs was not given.
        """
        return _say(self.language, key, tuple({**(values or {}), **more}.items()))

    def markup(self, key: str, *, amount: str, **values: str | int) -> str:
        """The text `key` whose `amount` is markup that another text has made: it is not escaped again."""
        # A stand-in that no markup holds keeps its place while the rest is escaped.
        return self.say(key, {**values, "amount": _AMOUNT}).replace(_AMOUNT, amount)


# At bedtime thousands of people get the same few sentences.
@lru_cache(maxsize=1024)
def _say(language: str, key: str, values: tuple[tuple[str, str | int], ...]) -> str:
    bundle = _bundle(language)
    if not bundle.has_message(key):
        raise MissingText(key)
    pattern = bundle.get_message(key).value
    assert pattern is not None, key
    given = {
        name: html.escape(value, quote=False) if isinstance(value, str) else value for name, value in values
    }
    text, errors = bundle.format_pattern(pattern, given)
    if errors:
        raise MissingText(f"{key}: {errors[0]}")
    return str(text)
