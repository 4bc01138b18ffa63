"""The morning check-in, one message edited in place."""

from handlers import format as fmt
from handlers.callbacks import Tap
from handlers.reply import Button, Row, Screen
from handlers.texts import Texts
from services.checkins import ITEMS, Sitting
from storage.records import Dose


def opening(texts: Texts, sitting: Sitting, open_dose: Dose | None) -> Screen:
    """Last night's dose first where it has no answer; else the first item."""
    if open_dose is None:
        return question(texts, sitting)
    rows = tuple(
        (
            Button(
                texts.say(f"morning-{choice}"), Tap("m", choice, sitting.checkin.id, str(open_dose.id)).pack()
            ),
        )
        for choice in ("taken", "skipped", "unsure")
    )
    return Screen(texts.say("morning-dose"), rows)


def number_rows(topic: str, item: str, subject: int) -> tuple[Row, ...]:
    """0-5 and 6-10: two rows of at most six buttons."""
    buttons = [Button(str(value), Tap(topic, item, subject, str(value)).pack()) for value in range(11)]
    return tuple(buttons[:6]), tuple(buttons[6:])


def question(texts: Texts, sitting: Sitting, *, before: str = "") -> Screen:
    """The item that is asked next, or the end."""
    item = sitting.item
    if item is None:
        return finished(texts, sitting)
    number = ITEMS.index(item) + 1
    text = texts.say(f"{item}-ask", step=texts.say("step", number=number, all=len(ITEMS)))
    under: list[Button] = []
    if number > 1:
        under.append(
            Button(texts.say("back-item"), Tap("c", "back", sitting.checkin.id, ITEMS[number - 2]).pack())
        )
    under.append(Button(texts.say("skip-item"), Tap("c", item, sitting.checkin.id, "-").pack()))
    rows = (*number_rows("c", item, sitting.checkin.id), tuple(under))
    return Screen(f"{before}\n{text}" if before else text, rows)


def value(texts: Texts, item: str, sitting: Sitting) -> str:
    found = sitting.answers.get(item)
    return texts.say(f"no-{item}") if found is None else texts.say(f"value-{item}", value=found)


def finished(texts: Texts, sitting: Sitting) -> Screen:
    text = texts.say(
        "checkin-done",
        sleep=value(texts, "sleep", sitting),
        pain=value(texts, "pain", sitting).lower(),
        until=fmt.moment(sitting.checkin.closes_at, None),
    )
    buttons = (
        Button(texts.say("add-note"), Tap("c", "note", sitting.checkin.id).pack()),
        Button(texts.say("button-correct"), Tap("c", "back", sitting.checkin.id, ITEMS[0]).pack()),
    )
    return Screen(text, (buttons,))
