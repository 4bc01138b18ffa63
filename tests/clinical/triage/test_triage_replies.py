"""The fixed replies say what they must and claim only what was done, in every country."""

import re

import pytest

from clinical.numbers import lines, numbers_for
from clinical.triage import STOP_LINE, Flag, Severity, Told, Triage, reply
from clinical.triage.rules import common, rule_files

COUNTRIES = [None, "PT", "BR", *sorted({line.country for line in lines()})]
TABLES = {table["id"]: table for table in rule_files("en")}
BLOCKS = [(category, severity) for category, table in TABLES.items() for severity in table["reply"]]
SEVERITY = {s.word: s for s in Severity}
CLINIC = Told.by_clinic("Monday 9:00", paused=True)


def flag(category: str, severity: str, **k: object) -> Flag:
    concept = "want-to-die" if category == "RF03" else "any"
    return Flag(category, SEVERITY[severity], concept, above_plan=True, **k)  # type: ignore[arg-type]


def plain(text: str) -> str:
    return re.sub(r"<[^>]+>", "", text)


@pytest.mark.parametrize("country", COUNTRIES)
@pytest.mark.parametrize(("category", "severity"), BLOCKS)
def test_must_and_must_not(category: str, severity: str, country: str | None) -> None:
    numbers = numbers_for(country)
    said = plain(reply(flag(category, severity), numbers, told=CLINIC))
    must = TABLES[category].get("must", {}).get(severity, [])
    crisis = numbers.crisis_words() or "no local crisis line on file"
    words = {"emergency": numbers.emergency, "poison": numbers.poison_words, "crisis": crisis}
    missing = [one for one in must if one.format(**words) not in said]
    body = said
    for line in (*common().values(), *words.values(), numbers.urgent_words):
        body = body.replace(str(line).replace("{opens}", "Monday 9:00"), " ")
    told = [
        one
        for one in TABLES[category].get("must_not", {}).get(severity, [])
        if one.casefold() in body.casefold()
    ]
    assert (missing, told) == ([], [])


@pytest.mark.parametrize("country", COUNTRIES)
@pytest.mark.parametrize(("category", "severity"), BLOCKS)
def test_at_most_eighty_words_before_any_extra(category: str, severity: str, country: str | None) -> None:
    said = plain(reply(flag(category, severity), numbers_for(country), told=CLINIC)).split("\n\n")[0]
    as_one = re.sub(r"[\d*+(][\d ()+-]*\d", "N", said)  # a number to dial counts once
    assert len(as_one.split()) <= 80, said


@pytest.mark.parametrize(("category", "severity"), [b for b in BLOCKS if b[0] <= "RF07"])
def test_every_urgent_category_has_must_and_must_not(category: str, severity: str) -> None:
    assert TABLES[category]["must"][severity]
    assert TABLES[category]["must_not"][severity]


@pytest.mark.parametrize(("category", "severity"), BLOCKS)
def test_the_stop_line_stands_only_where_it_is_approved(category: str, severity: str) -> None:
    said = reply(flag(category, severity), numbers_for("US"), told=Told.nobody())
    approved = category in STOP_LINE and (category, severity) != ("RF02", "same-day")
    assert ("Do not take another dose" in said) is approved


def test_no_stop_line_for_a_wrong_tablet_while_well() -> None:
    wrong = Flag("RF06", Severity.SAME_DAY, "wrong-thing")
    assert "Do not take another dose" not in reply(wrong, numbers_for("US"), told=Told.nobody())


def test_the_reply_claims_only_what_was_done() -> None:
    opioid = Flag("RF04", Severity.SAME_DAY, "taken")
    nobody = reply(opioid, numbers_for("US"), told=Told.nobody())
    assert "Nobody has been alerted: I am a program." in nobody
    assert "sending" not in nobody
    assert "paused" not in nobody
    told = reply(opioid, numbers_for("US"), told=Told.by_clinic("Monday 9:00", paused=True))
    assert "I am sending this to your clinic. They open Monday 9:00. Do not wait for them." in told
    assert (
        "I have paused dose prompts until you have spoken to them. Whether to take it is for them to say."
        in told
    )
    assert "Nobody has been alerted" not in told


def test_a_crisis_in_a_country_without_a_line_says_so() -> None:
    said = reply(Flag("RF03", Severity.SAME_DAY, "want-to-die"), numbers_for("PT"), told=Told.nobody())
    assert "I have no local crisis line on file for Portugal." in said
    assert "<b>112</b>" in said


def test_a_crisis_names_phone_and_text_and_no_question() -> None:
    said = reply(Flag("RF03", Severity.EMERGENCY, "intent"), numbers_for("GB"), told=Told.nobody())
    assert said.startswith("I am so sorry it hurts so much that you think of ending your life.")
    assert "116 123 (Samaritans), or text 85258" in said
    assert "?" not in said


def test_a_crisis_from_a_ticked_box_has_a_whole_sentence() -> None:
    said = reply(Flag("RF03", Severity.SAME_DAY, "screen self_harm"), numbers_for("US"), told=Told.nobody())
    assert said.startswith("I am so sorry it hurts so much that you have thoughts of harming yourself.")


def test_pills_taken_with_intent_bring_poison_and_stop_line() -> None:
    both = Triage(
        (
            Flag("RF06", Severity.EMERGENCY, "very-many", above_plan=True),
            Flag("RF03", Severity.EMERGENCY, "acted"),
        )
    )
    said = reply(both, numbers_for("US"), told=Told.by_clinic(paused=True))
    assert said.index("so sorry") < said.index("Call <b>911</b> now. Poison advice")
    assert "1-800-222-1222" in said
    assert "Do not take another dose until a health professional tells you it is OK." in said
    assert "I have paused dose prompts." in said


def test_replies_are_telegram_html_without_loose_braces() -> None:
    for category, severity in BLOCKS:
        said = reply(flag(category, severity), numbers_for(None), told=Told.nobody())
        assert re.findall(r"<(?!/?b>)", said) == []
        assert "{" not in said


def test_a_triage_without_flags_has_no_reply() -> None:
    with pytest.raises(ValueError, match="no flag"):
        reply(Triage(), numbers_for("US"), told=Told.nobody())
