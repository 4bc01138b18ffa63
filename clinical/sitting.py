"""The order of one check-in: which item comes next, from what was answered so far."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from clinical.checkin_days import Ask, Kind
from clinical.instruments import CHECKLIST, HIGHEST, LOWEST, Grade, Pgic

Answers = Mapping[str, int | None]
EFFECT = "effect:"


class Item(StrEnum):
    """What is asked; an answer is kept under this name, those of the list under `effect:` and their id."""

    SLEEP = "sleep"
    PAIN = "pain"
    PEG_PAIN = "peg-p"
    PEG_ENJOYMENT = "peg-e"
    PEG_ACTIVITY = "peg-g"
    FADED = "faded"  # those of earlier that are gone: a list; 1 once it is done
    NEW = "new"  # anything new or worse: 1 yes, 0 no
    SWELLING = "ask:swelling"  # with a rash
    TIMING = "ask:timing"  # with sweats: within hours of a dose
    ALSO = "ask:also"  # with sweats after a dose: shaking, cramps and the like
    EFFECTS = "effects"  # the list; 1 once it is done
    TARGET = "target:1"
    SECOND_TARGET = "target:2"
    WORK = "work"  # days of the last four weeks
    PGIC = "pgic"
    NAME = "name"  # the symptom that the patient names; 1 once named
    WAIT = "wait"  # 1: it cannot wait


PEG = (Item.PEG_PAIN, Item.PEG_ENJOYMENT, Item.PEG_ACTIVITY)
LEVELS = frozenset({Item.SLEEP, Item.PAIN, *PEG, Item.TARGET, Item.SECOND_TARGET})
YES_OR_NO = frozenset({Item.NEW, Item.SWELLING, Item.TIMING, Item.ALSO, Item.WAIT})
MARKS = frozenset({Item.FADED, Item.EFFECTS, Item.NAME})
MOST_WORK_DAYS = 28
_USUAL = {
    Kind.DAILY: (Item.SLEEP, Item.PAIN),
    Kind.WEEKLY: PEG,
    Kind.BASELINE: PEG,
    Kind.TOLD: (),
}


@dataclass(frozen=True, slots=True)
class Plan:
    """What one check-in is made of before anything is answered.

    Attributes:
        kind, asks: As planned.
        targets: How many symptoms the patient has named, 0-2.
        had: Effects told of earlier and not gone, by their checklist ids.
        peg_worse: The PEG of this check-in is worse than what it is compared with; known once it is complete.
    """

    kind: Kind
    asks: tuple[Ask, ...] = ()
    targets: int = 0
    had: tuple[str, ...] = ()
    peg_worse: bool = False


def script(plan: Plan, answers: Answers) -> tuple[Item, ...]:
    """All items of the check-in as it stands, in the order in which they are asked.

    What an answer opens stands behind it: the list only after "Yes", questions about a rash or sweats
    before the rest of the list, "can it wait?" at the end and only where something is new or got worse.

    Source: design 5 (weekly order), 6 (sweats alone ask two questions before RF05); instruments 3.
    """
    beside = (Ask.SLEEP, Ask.PAIN) if plan.kind is Kind.WEEKLY else ()
    items = [Item(one) for one in beside if one in plan.asks] + list(_USUAL[plan.kind])
    if plan.kind is Kind.WEEKLY and plan.had:
        items.append(Item.FADED)
    asks_new = plan.kind is Kind.WEEKLY or Ask.NEW in plan.asks
    if asks_new:
        items.append(Item.NEW)
    if plan.kind is Kind.BASELINE or (asks_new and answers.get(Item.NEW) == 1):
        items += [*follow_ups(plan.kind, answers), Item.EFFECTS]
    if plan.kind is Kind.WEEKLY:
        items += [Item.TARGET, Item.SECOND_TARGET][: plan.targets]
        items += [item for ask, item in ((Ask.WORK, Item.WORK), (Ask.PGIC, Item.PGIC)) if ask in plan.asks]
    if plan.kind is Kind.BASELINE:
        items.append(Item.NAME)
    elif asks_new and (_told_worse(plan, answers) or plan.peg_worse):
        items.append(Item.WAIT)
    return tuple(items)


def _told_worse(plan: Plan, answers: Answers) -> bool:
    return answers.get(Item.NEW) == 1 and bool(grades(answers))


def follow_ups(kind: Kind, answers: Answers) -> tuple[Item, ...]:
    """What an effect that was ticked asks at once; before the first dose nothing of sweats after one."""
    found = []
    if (answers.get(f"{EFFECT}rash") or 0) > 0:
        found.append(Item.SWELLING)
    if kind is not Kind.BASELINE and (answers.get(f"{EFFECT}sweats") or 0) > 0:
        found.append(Item.TIMING)
        if answers.get(Item.TIMING) == 1:
            found.append(Item.ALSO)
    return tuple(found)


def next_item(plan: Plan, answers: Answers) -> Item | None:
    """The first item without an answer (passed over counts as one); None where all is answered."""
    return next((item for item in script(plan, answers) if item not in answers), None)


def grades(answers: Answers) -> dict[str, Grade]:
    """The effects of a check-in that were ticked as there, by their checklist ids."""
    return {
        item: Grade(value)
        for item in CHECKLIST
        if (value := answers.get(EFFECT + item)) is not None and value > 0
    }


def accepts(item: str, value: int | None) -> bool:
    """Whether a value may be the answer to an item; None is "passed over", which a list never is."""
    if item.startswith(EFFECT):
        return item.removeprefix(EFFECT) in CHECKLIST and (value is None or value in list(Grade))
    if item not in list(Item):
        return False
    one = Item(item)
    if value is None:
        return one not in MARKS
    if one in LEVELS:
        return LOWEST <= value <= HIGHEST
    if one in YES_OR_NO:
        return value in (0, 1)
    if one is Item.WORK:
        return 0 <= value <= MOST_WORK_DAYS
    return value in list(Pgic) if one is Item.PGIC else value == 1
