"""A check-in, one message edited in place: one item at a time, the list of effects, what was answered."""

from collections.abc import Mapping

from clinical.checkin_days import Kind
from clinical.instruments import CHECKLIST, Pgic, score
from clinical.sitting import EFFECT, LEVELS, PEG, Item, grades
from handlers import format as fmt
from handlers.callbacks import Tap
from handlers.reply import Button, Row, Screen, pairs
from handlers.texts import Texts
from services.checkins import Sitting
from storage.records import Dose, Patient, Person

_WORK_DAYS = ((0, 1, 2, 3, 4, 5), (7, 10, 14, 20, 24, 28))
_QUESTIONS = {
    Item.SWELLING: "swelling-ask",
    Item.TIMING: "timing-ask",
    Item.ALSO: "also-ask",
}


def opening(
    texts: Texts, sitting: Sitting, open_dose: Dose | None, person: Person, patient: Patient
) -> Screen:
    """Last night's dose first where it has no answer; else the first item."""
    if open_dose is None:
        return question(texts, sitting, person, patient, before=intro(texts, sitting, patient))
    rows = tuple(
        (
            Button(
                texts.say(f"morning-{choice}"), Tap("m", choice, sitting.checkin.id, str(open_dose.id)).pack()
            ),
        )
        for choice in ("taken", "skipped", "unsure")
    )
    return Screen(texts.say("morning-dose"), rows)


def intro(texts: Texts, sitting: Sitting, patient: Patient) -> str:
    """What stands above the first question of a weekly check-in and of the one that comes once."""
    if sitting.plan.kind is Kind.WEEKLY:
        return texts.say("weekly-intro")
    if sitting.plan.kind is Kind.BASELINE:
        return texts.say("baseline-intro", taking="yes" if patient.already_taking else "no")
    return ""


def number_rows(topic: str, item: str, subject: int) -> tuple[Row, ...]:
    """0-5 and 6-10: two rows of at most six buttons."""
    buttons = [Button(str(value), Tap(topic, item, subject, str(value)).pack()) for value in range(11)]
    return tuple(buttons[:6]), tuple(buttons[6:])


def question(
    texts: Texts,
    sitting: Sitting,
    person: Person,
    patient: Patient,
    *,
    item: Item | None = None,
    before: str = "",
) -> Screen:
    """The item that is asked next (or the one given, to be answered again), or the end."""
    item = item or sitting.item
    if item is None:
        return finished(texts, sitting, person, before=before)
    text = _text(texts, sitting, item, patient)
    rows = (*_choices(texts, sitting, item), _under(texts, sitting, item))
    return Screen(f"{before}\n{text}" if before else text, tuple(row for row in rows if row))


def _text(texts: Texts, sitting: Sitting, item: Item, patient: Patient) -> str:
    step = _step(texts, sitting, item)
    if item in (Item.TARGET, Item.SECOND_TARGET):
        return texts.say("target-ask", step=step, name=_target(sitting, item))
    if item is Item.NEW:
        return texts.say("new-ask" if sitting.plan.kind is Kind.WEEKLY else "new-worry-ask", step=step)
    if item is Item.EFFECTS:
        once = "effects-entry-ask" if patient.already_taking else "effects-baseline-ask"
        return texts.say(once if sitting.plan.kind is Kind.BASELINE else "effects-ask", step=step)
    if item is Item.PGIC:
        since = patient.first_dose_on
        known = since is not None and not patient.already_taking
        return texts.say("pgic-ask", step=step, since=fmt.day(since) if known and since else "none")
    if item is Item.WAIT:
        return texts.say("wait-ask" if patient.shared else "wait-ask-alone", step=step)
    return texts.say(_QUESTIONS.get(item, f"{item}-ask"), step=step)


def _step(texts: Texts, sitting: Sitting, item: Item) -> str:
    script = sitting.script
    number = script.index(item) + 1 if item in script else 1
    return texts.say("step", number=number, all=len(script))


def _target(sitting: Sitting, item: Item) -> str:
    number = 1 if item is Item.TARGET else 2
    return next((one.name for one in sitting.targets if one.number == number), "")


def _choices(texts: Texts, sitting: Sitting, item: Item) -> tuple[Row, ...]:
    checkin_id = sitting.checkin.id

    def one(label: str, value: int) -> Button:
        return Button(label, Tap("c", item, checkin_id, str(value)).pack())

    if item in LEVELS:
        return number_rows("c", item, checkin_id)
    if item is Item.WORK:
        return tuple(tuple(one(str(value), value) for value in row) for row in _WORK_DAYS)
    if item is Item.PGIC:
        return tuple((one(texts.say(f"pgic-{code.value}"), code),) for code in Pgic)
    if item is Item.WAIT:
        return ((one(texts.say("wait-can"), 0), one(texts.say("wait-cannot"), 1)),)
    if item is Item.EFFECTS:
        return _effects(texts, sitting)
    if item is Item.FADED:
        return _faded(texts, sitting)
    if item is Item.NAME:
        return ()
    return ((one(texts.say("no"), 0), one(texts.say("yes"), 1)),)


def _under(texts: Texts, sitting: Sitting, item: Item) -> Row:
    """Back, Skip, or Done of a list."""
    checkin_id = sitting.checkin.id
    row = []
    script = sitting.script
    place = script.index(item) if item in script else 0
    if place > 0:
        row.append(Button(texts.say("back-item"), Tap("c", "back", checkin_id, script[place - 1]).pack()))
    if item in (Item.EFFECTS, Item.FADED):
        row.append(Button(texts.say("done"), Tap("c", item, checkin_id, "1").pack()))
    elif item is Item.NAME:
        row.append(Button(texts.say("skip-item"), Tap("c", item, checkin_id, "1").pack()))
    else:
        row.append(Button(texts.say("skip-item"), Tap("c", item, checkin_id, "-").pack()))
    return tuple(row)


def _effects(texts: Texts, sitting: Sitting) -> tuple[Row, ...]:
    ticked = grades(sitting.answers)
    buttons = []
    for name in CHECKLIST:
        label = texts.say(f"effect-{name}")
        if name in ticked:
            grade = texts.say(f"severity-{ticked[name].word}")
            label = "✅ " + texts.say("effects-mark", label=label, grade=grade)
        buttons.append(Button(label, Tap("c", "grade", sitting.checkin.id, name).pack()))
    return pairs(buttons)


def grade(texts: Texts, sitting: Sitting, name: str) -> Screen:
    """How bad one effect is."""

    def one(value: int) -> Button:
        return Button(
            texts.say(f"grade-{value}"), Tap("c", EFFECT + name, sitting.checkin.id, str(value)).pack()
        )

    return Screen(
        texts.say("grade-ask", label=texts.say(f"effect-{name}")),
        ((one(1), one(2), one(3)), (one(0),)),
    )


def _faded(texts: Texts, sitting: Sitting) -> tuple[Row, ...]:
    rows = []
    for name in sitting.had or {}:
        label = texts.say(f"effect-{name}")
        gone = sitting.answers.get(EFFECT + name) == 0
        if gone:
            label = "✅ " + texts.say("faded-gone", label=label)
        rows.append((Button(label, Tap("c", "gone", sitting.checkin.id, name).pack()),))
    return tuple(rows)


def finished(texts: Texts, sitting: Sitting, person: Person, *, before: str = "") -> Screen:
    """All is answered: what was said, until when it can be changed, and when daily questions end."""
    said = said_of(texts, sitting)
    until = fmt.moment(sitting.checkin.closes_at, person.zone)
    lines = [before] if before else []
    lines += [
        texts.say("checkin-done", said=". ".join(said) + ".", until=until)
        if said
        else texts.say("checkin-done-none", until=until)
    ]
    if sitting.last_day is not None:
        today = sitting.last_day == sitting.checkin.for_day
        lines.append(texts.say("daily-ends", day="today" if today else fmt.day(sitting.last_day)))
    first = sitting.script[0] if sitting.script else Item.PAIN
    buttons = (
        Button(texts.say("add-note"), Tap("c", "note", sitting.checkin.id).pack()),
        Button(texts.say("button-correct"), Tap("c", "back", sitting.checkin.id, first).pack()),
    )
    return Screen("\n".join(lines), (buttons,))


def said_of(texts: Texts, sitting: Sitting) -> list[str]:
    """Each answer in a few words; what was passed over is not there."""
    given = sitting.answers
    found = [
        texts.say(f"value-{item}", value=value)
        for item in (Item.SLEEP, Item.PAIN)
        if (value := given.get(item)) is not None
    ]
    peg = score(*(given.get(item) for item in PEG))
    if peg is not None:
        found.append(texts.say("value-peg", value=fmt.mean(peg) or ""))
    found += _said_effects(texts, given)
    found += [
        texts.say("value-target", name=_target(sitting, item), value=value)
        for item in (Item.TARGET, Item.SECOND_TARGET)
        if (value := given.get(item)) is not None
    ]
    if (days := given.get(Item.WORK)) is not None:
        found.append(texts.say("value-work", value=days))
    if (code := given.get(Item.PGIC)) is not None:
        found.append(texts.say(f"pgic-{code}"))
    return found


def _said_effects(texts: Texts, given: Mapping[str, int | None]) -> list[str]:
    ticked = [
        texts.say("effects-mark", label=texts.say(f"effect-{name}"), grade=texts.say(f"severity-{one.word}"))
        for name, one in grades(given).items()
    ]
    gone = [
        texts.say(f"effect-{item.removeprefix(EFFECT)}")
        for item, value in given.items()
        if item.startswith(EFFECT) and value == 0
    ]
    found = [texts.say("value-effects", effects=", ".join(ticked))] if ticked else []
    if gone:
        found.append(texts.say("value-gone", effects=", ".join(gone)))
    if given.get(Item.NEW) == 0:
        found.append(texts.say("value-nothing-new"))
    return found
