"""The order of a check-in, worked by hand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clinical.checkin_days import Ask, Kind
from clinical.instruments import CHECKLIST
from clinical.sitting import Item, Plan, accepts, grades, next_item, script

PEG = ["peg-p", "peg-e", "peg-g"]
WEEKLY = Plan(Kind.WEEKLY)


@pytest.mark.parametrize(
    ("plan", "answers", "expected"),
    [
        (Plan(Kind.DAILY), {}, ["sleep", "pain"]),
        (Plan(Kind.DAILY, (Ask.NEW,)), {}, ["sleep", "pain", "new"]),
        (Plan(Kind.DAILY, (Ask.NEW,)), {"new": 0}, ["sleep", "pain", "new"]),
        (Plan(Kind.DAILY, (Ask.NEW,)), {"new": 1}, ["sleep", "pain", "new", "effects"]),
        (
            Plan(Kind.DAILY, (Ask.NEW,)),
            {"new": 1, "effect:nausea": 2},
            ["sleep", "pain", "new", "effects", "wait"],
        ),
        (WEEKLY, {}, [*PEG, "new"]),
        (Plan(Kind.WEEKLY, (Ask.SLEEP, Ask.PAIN)), {}, ["sleep", "pain", *PEG, "new"]),
        (Plan(Kind.WEEKLY, targets=2), {"new": 0}, [*PEG, "new", "target:1", "target:2"]),
        (Plan(Kind.WEEKLY, (Ask.WORK, Ask.PGIC)), {}, [*PEG, "new", "work", "pgic"]),
        (Plan(Kind.WEEKLY, had=("dreams",)), {}, [*PEG, "faded", "new"]),
        (WEEKLY, {"new": 1, "effect:rash": 1}, [*PEG, "new", "ask:swelling", "effects", "wait"]),
        (WEEKLY, {"new": 1, "effect:sweats": 2}, [*PEG, "new", "ask:timing", "effects", "wait"]),
        (
            WEEKLY,
            {"new": 1, "effect:sweats": 2, "ask:timing": 1},
            [*PEG, "new", "ask:timing", "ask:also", "effects", "wait"],
        ),
        (
            WEEKLY,
            {"new": 1, "effect:sweats": 2, "ask:timing": 0},
            [*PEG, "new", "ask:timing", "effects", "wait"],
        ),
        # "Yes" with nothing ticked: nothing got worse that could wait.
        (WEEKLY, {"new": 1, "effects": 1}, [*PEG, "new", "effects"]),
        (Plan(Kind.WEEKLY, peg_worse=True), {"new": 0}, [*PEG, "new", "wait"]),
        (Plan(Kind.BASELINE), {}, [*PEG, "effects", "name"]),
        (Plan(Kind.BASELINE), {"effect:rash": 3}, [*PEG, "ask:swelling", "effects", "name"]),
    ],
)
def test_what_is_asked_and_in_which_order(plan: Plan, answers: dict[str, int], expected: list[str]) -> None:
    assert list(script(plan, answers)) == expected


def test_a_follow_up_comes_before_the_rest_of_the_list() -> None:
    answers: dict[str, int | None] = dict.fromkeys([*PEG, "new"], 1)
    assert next_item(WEEKLY, answers) is Item.EFFECTS
    answers["effect:rash"] = 1
    assert next_item(WEEKLY, answers) is Item.SWELLING
    answers["ask:swelling"] = 0
    assert next_item(WEEKLY, answers) is Item.EFFECTS
    answers["effects"] = 1
    assert next_item(WEEKLY, answers) is Item.WAIT
    answers["wait"] = None
    assert next_item(WEEKLY, answers) is None


def test_only_what_is_there_has_a_grade() -> None:
    assert grades({"effect:dreams": 2, "effect:nausea": 0, "effect:rash": None, "pain": 7}) == {"dreams": 2}


@pytest.mark.parametrize(
    ("item", "value", "may"),
    [
        ("pain", 10, True),
        ("pain", 11, False),
        ("pain", None, True),
        ("new", 1, True),
        ("new", 2, False),
        ("pgic", 7, True),
        ("pgic", 0, False),
        ("work", 28, True),
        ("work", 29, False),
        ("effects", 1, True),
        ("effects", None, False),
        ("effect:dreams", 3, True),
        ("effect:dreams", 4, False),
        ("effect:unheard", 1, False),
        ("unheard", 1, False),
    ],
)
def test_which_values_are_answers(item: str, value: int | None, may: bool) -> None:
    assert accepts(item, value) is may


@given(
    st.sampled_from([Kind.DAILY, Kind.WEEKLY, Kind.BASELINE]),
    st.lists(st.sampled_from(list(Ask)), unique=True),
    st.integers(0, 2),
    st.lists(st.sampled_from(CHECKLIST), unique=True, max_size=3),
    st.randoms(use_true_random=False),
)
def test_every_check_in_comes_to_an_end(kind, asks, targets, had, chance) -> None:
    plan = Plan(kind, tuple(asks), targets, tuple(had), chance.random() < 0.5)
    answers: dict[str, int | None] = {}
    for _ in range(30):
        item = next_item(plan, answers)
        if item is None:
            break
        if item is Item.EFFECTS and chance.random() < 0.5:
            answers[f"effect:{chance.choice(CHECKLIST)}"] = chance.randint(1, 3)
            continue
        answers[item] = next(value for value in chance.sample([0, 1, 3], 3) if accepts(item, value))
    else:
        answers["effects"] = 1
    assert len(script(plan, answers)) == len(set(script(plan, answers)))
