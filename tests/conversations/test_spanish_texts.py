"""The Spanish texts say all that the English ones say: same keys, values and slots, and no English left."""

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from string import Formatter
from typing import Any

import pytest
from fluent.runtime import FluentBundle, FluentResource
from fluent.syntax import FluentParser, ast

from clinical.numbers import Numbers, lines, numbers_for

HEAD = "### Review: not yet reviewed."
STOP_LINE = {"RF02", "RF05", "RF06", "RF10"}
# Not "has", as in "¿has hablado?", nor "no" and "plan".
ENGLISH = frozenset(
    "about advice again alert all already amount an and answer any are ask at back been bedtime before "
    "bring but button by call cannot changed check clinic clinician confirm correct day days do does "
    "doctor done dose doses drive each emergency every for from get give given good have help hold "
    "how if in is it its label last later left less line list look medicine message more much never new "
    "next night nobody not nothing now of off on once only open or other out pain patient patients paused "
    "pharmacist pharmacy please prescriber prompt prompts question record recorded refill reminder review "
    "same send set shall should show side skip sleep snooze some start stay step stop stopped taken tap "
    "tell than thank that the their them then there these they this time to today tonight type until use "
    "wait was week weekly weeks what when where which who whom why will with without worse yes yet you "
    "your".split()
)


def _ftl(language: str) -> dict[str, str]:
    folder = files("handlers.texts").joinpath(language)
    return {
        one.name: one.read_text(encoding="utf-8") for one in folder.iterdir() if one.name.endswith(".ftl")
    }


@cache
def messages(language: str) -> dict[str, ast.Message]:
    found: dict[str, ast.Message] = {}
    for name, text in _ftl(language).items():
        for entry in FluentParser().parse(text).body:
            assert not isinstance(entry, ast.Junk), (name, entry.content)
            if isinstance(entry, ast.Message):
                assert entry.id.name not in found, entry.id.name
                found[entry.id.name] = entry
    return found


@cache
def bundle() -> FluentBundle:
    made = FluentBundle(["es"], use_isolating=False)
    for text in _ftl("es").values():
        made.add_resource(FluentResource(text))
    return made


def walk(node: Any) -> Iterator[Any]:
    yield node
    if isinstance(node, list):
        for one in node:
            yield from walk(one)
    elif isinstance(node, ast.BaseNode):
        for one in vars(node).values():
            if isinstance(one, (ast.BaseNode, list)):
                yield from walk(one)


def variables(message: ast.Message) -> set[str]:
    return {node.id.name for node in walk(message) if isinstance(node, ast.VariableReference)}


def choices(message: ast.Message) -> dict[str, set[str]]:
    """For each value that a text chooses by, the cases it knows."""
    found: dict[str, set[str]] = {}
    for node in walk(message):
        if isinstance(node, ast.SelectExpression):
            assert isinstance(node.selector, ast.VariableReference)
            cases = {_case(variant) for variant in node.variants}
            found.setdefault(node.selector.id.name, set()).update(cases)
    return found


def _case(variant: ast.Variant) -> str:
    return variant.key.value if isinstance(variant.key, ast.NumberLiteral) else variant.key.name


def said(message: ast.Message) -> str:
    return " ".join(node.value for node in walk(message) if isinstance(node, ast.TextElement))


def words(text: str) -> set[str]:
    plain = re.sub(r"<[^>]*>|\{\w*\}|/[a-z]+", " ", text)
    return {word.casefold() for word in re.findall(r"[^\W\d_]+", plain)}


def test_both_languages_have_the_same_files_keys_and_heads() -> None:
    english, spanish = _ftl("en"), _ftl("es")
    assert set(spanish) == set(english)
    assert all(text.startswith(HEAD) for text in spanish.values())
    for name, text in english.items():
        keys = re.findall(r"^([\w-]+) =", text, re.MULTILINE)
        assert re.findall(r"^([\w-]+) =", spanish[name], re.MULTILINE) == keys, name
    assert set(messages("es")) == set(messages("en"))


@pytest.mark.parametrize("key", sorted(messages("en")))
def test_a_text_takes_the_same_values_and_markup(key: str) -> None:
    english, spanish = messages("en")[key], messages("es")[key]
    assert variables(spanish) == variables(english)
    for selector, cases in choices(english).items():
        assert choices(spanish)[selector] == cases
    tags = r"</?[a-z]+>"
    assert sorted(set(re.findall(tags, said(spanish)))) == sorted(set(re.findall(tags, said(english))))
    assert re.findall(tags, said(spanish)).count("<b>") == re.findall(tags, said(spanish)).count("</b>")
    assert set(re.findall(r"/[a-z]{3,}", said(spanish))) == set(re.findall(r"/[a-z]{3,}", said(english)))


@pytest.mark.parametrize("key", sorted(messages("es")))
def test_a_text_can_be_filled_in_whatever_is_chosen(key: str) -> None:
    pattern = bundle().get_message(key).value
    assert pattern is not None
    message = messages("es")[key]
    chosen = choices(message)
    plain: dict[str, str | int] = {name: f"({name})" for name in variables(message)}
    tries = [plain]
    for name, cases in chosen.items():
        for case in sorted(cases):
            value = {"one": 1, "other": 5}.get(case, case) if cases & {"one"} else case
            tries.append(plain | {name: value})
    for values in tries:
        drawn, errors = bundle().format_pattern(pattern, values)
        assert not errors
        assert str(drawn).strip()
        assert "{" not in str(drawn)
        assert not re.search(r" [.,;:?]", str(drawn))


def test_one_thing_is_said_in_the_singular() -> None:
    def refill(left: int | str) -> str:
        pattern = bundle().get_message("refill-due").value
        assert pattern is not None
        return str(bundle().format_pattern(pattern, {"left": left, "beyond": "none"})[0])

    assert refill(1).startswith("Queda 1 dosis según")
    assert refill(4).startswith("Quedan 4 dosis según")


@pytest.mark.parametrize("key", sorted(messages("es")))
def test_no_english_is_left(key: str) -> None:
    text = said(messages("es")[key])
    if key == "hours-type":  # hours are read in English only; the examples must be what is read
        text = re.sub(r"<i>.*?</i>", "", text)
    assert words(text) & ENGLISH == set()


@pytest.mark.parametrize("key", sorted(messages("es")))
def test_clinicians_are_addressed_formally_and_patients_are_not(key: str) -> None:
    formal = words(said(messages("es")[key])) & {"usted", "ustedes"}
    familiar = words(said(messages("es")[key])) & {"tú", "tu", "tus", "te", "ti", "contigo"}
    elsewhere = ("desk-", "patients", "rhythm-", "clinic-", "help-clinician", "privacy-clinician")
    files = _ftl("es")["clinician.ftl"] + _ftl("es")["inbox.ftl"]
    to_clinicians = key.startswith(elsewhere) or f"\n{key} =" in files
    assert (familiar if to_clinicians else formal) == set()


@pytest.mark.parametrize("key", ["button-taken", "button-skip", "second-no", "grade-1", "on", "back", "done"])
def test_buttons_stay_short(key: str) -> None:
    assert len(said(messages("es")[key])) <= 12


def test_the_week_and_the_year_are_whole() -> None:
    assert len(said(messages("es")["progress-weekdays"]).split(",")) == 7
    assert len(said(messages("es")["progress-months"]).split(",")) == 12


def test_the_peg_says_that_its_wording_is_not_validated() -> None:
    assert "translation not validated" in _ftl("es")["checkin.ftl"]


# Replies to red flags.


def _toml(language: str) -> dict[str, dict[str, Any]]:
    folder = files("clinical.triage").joinpath(language)
    tables = {
        one.name: tomllib.loads(one.read_text(encoding="utf-8"))
        for one in folder.iterdir()
        if one.name.startswith("rf") or one.name == "common.toml"
    }
    return {str(table.get("id", "common")): table for table in tables.values()}


EN, ES = _toml("en"), _toml("es")
CATEGORIES = sorted(set(EN) - {"common"})
BLOCKS = [(category, level) for category in CATEGORIES for level in EN[category]["reply"]]


def slots(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


def test_the_shared_sentences_are_the_same_ones() -> None:
    assert set(ES["common"]) == set(EN["common"])
    for key, text in EN["common"].items():
        assert slots(ES["common"][key]) == slots(text), key
        assert key == "reviewer" or words(ES["common"][key]) & ENGLISH == set()


@pytest.mark.parametrize("category", CATEGORIES)
def test_every_category_has_its_reply(category: str) -> None:
    english, spanish = EN[category], ES[category]
    assert spanish["id"] == category
    assert spanish["reviewer"] == "not yet reviewed"
    assert set(spanish["reply"]) == set(english["reply"])
    assert set(spanish.get("named", {})) == set(english.get("named", {}))
    for kind in ("must", "must_not"):
        assert {level for level, said in spanish[kind].items() if said} == set(english[kind])
    named = list(spanish.get("named", {}).values())
    assert all(not words(text) & ENGLISH for text in named)


@pytest.mark.parametrize(("category", "level"), BLOCKS)
def test_every_sentence_of_a_reply_has_the_same_slots(category: str, level: str) -> None:
    english, spanish = EN[category]["reply"][level], ES[category]["reply"][level]
    assert set(spanish) == set(english)
    for key, text in english.items():
        assert slots(spanish[key]) == slots(text), key
        assert words(spanish[key]) & ENGLISH == set(), key
        assert "usted" not in words(spanish[key])


@pytest.mark.parametrize("country", [None, "PT", "BR", *sorted({line.country for line in lines()})])
@pytest.mark.parametrize(("category", "level"), BLOCKS)
def test_a_reply_says_what_it_must_in_eighty_words(category: str, level: str, country: str | None) -> None:
    numbers = numbers_for(country)
    block = ES[category]["reply"][level]
    filled = {key: _fill(category, level, text, numbers, key == "acted") for key, text in block.items()}
    whole = "\n".join((filled["text"], *_after(category, level), filled.get("extra", "")))
    values = {
        "emergency": numbers.emergency,
        "poison": numbers.poison_words,
        "crisis": numbers.crisis_words("es") or ES["common"]["no_crisis_unknown"][:-1],
    }
    must = [one.format(**values) for one in ES[category]["must"].get(level, [])]
    assert [one for one in must if one not in whole] == []
    for key, text in filled.items():
        first = "\n".join((text, *_after(category, level)))
        as_one = re.sub(r"[\d*+(][\d ()+-]*\d", "N", first)
        assert key in ("extra", "also") or len(as_one.split()) <= 80, first


@pytest.mark.parametrize(("category", "level"), BLOCKS)
def test_a_reply_says_nothing_that_it_must_not(category: str, level: str) -> None:
    own = " ".join(ES[category]["reply"][level].values()).casefold()
    own += " ".join(ES[category].get("named", {}).values()).casefold()
    assert [one for one in ES[category]["must_not"].get(level, []) if one.casefold() in own] == []


@pytest.mark.parametrize(("category", "level"), BLOCKS)
def test_the_stop_line_is_only_where_it_is_approved(category: str, level: str) -> None:
    text = " ".join(ES[category]["reply"][level].values())
    assert ES["common"]["stop"] not in text
    assert category in STOP_LINE or "{stop}" not in text


def _fill(category: str, level: str, text: str, numbers: Numbers, swallowed: bool = False) -> str:
    say = ES["common"]
    line = say["crisis"].format(crisis=numbers.crisis_words("es"))
    named = ES["RF03"]["named"]
    return text.format(
        emergency=numbers.emergency,
        urgent=numbers.urgent_words,
        poison=numbers.poison_words,
        poison_line=say["poison"].format(poison=numbers.poison_words) if swallowed else "",
        crisis_line=line if numbers.local_line else say["no_crisis_unknown"],
        named=max(named.values(), key=len),
        stop=say["stop"] if category != "RF02" or level == "emergency" else "",
    )


def _after(category: str, level: str) -> tuple[str, ...]:
    """The lines that follow a text: the pause where there is one, and what is done about it."""
    say = ES["common"]
    if level == "mention":
        return (say["noted"],)
    told = say["told_crisis_opens" if category == "RF03" else "told_opens"].format(opens="lunes 9:00")
    if category in ("RF04", "RF14", "RF15") or (category, level) == ("RF02", "same-day"):
        return say["paused"], told
    return (say["paused_stop"], told) if category in STOP_LINE else (told,)
