"""Recording one titration step: for an invite, for a patient on record, or as a patient's label says."""

from collections.abc import Awaitable, Callable
from datetime import date, timedelta

from clinical.amount import format_mg, in_words, needs_second_confirmation
from clinical.label import LIQUID, LabelDisagrees, NotALabel, read_label
from clinical.localtime import load_zone, local_day
from handlers import format as fmt
from handlers.callbacks import Tap
from handlers.prescribed import FINISH, Draft
from handlers.prescription import FORMS, label_words, read_amount
from handlers.reply import Button, Row, Screen
from handlers.turn import Turn
from handlers.typed import read_day
from services.planning import dose_day_now

FLOW = "invite"
_REVIEW_WEEKS = (2, 4, 6)


def _button(turn: Turn, label: str, action: str, value: str = "") -> Button:
    return Button(label, Tap("i", action, 0, value).pack())


async def begin(turn: Turn, draft: Draft) -> None:
    """Ask for the amount."""
    await turn.go_to(FLOW, "amount", draft.pack())
    turn.show(Screen(turn.words(f"{draft.purpose}-amount", code=draft.code or "")))


async def _first_day(turn: Turn, draft: Draft) -> date:
    """The earliest day that may be named: today where the asker is, tonight's dose day of a patient."""
    if draft.purpose == "own":
        return dose_day_now(turn.someone, turn.treated, turn.now)
    return local_day(turn.now, load_zone(turn.someone.zone or "UTC"))


async def text(turn: Turn, step: str, draft: Draft, words: str) -> None:
    """What is typed on the way: the amount, the label, a date."""
    if step == "amount":
        amount_ug = read_amount(turn, words)
        if amount_ug is not None:
            draft.amount_ug = amount_ug
            await _sure_or_form(turn, draft)
    elif step == "label":
        await _label_typed(turn, draft, words)
    elif step in ("start", "review"):
        day = read_day(turn, words)
        if day is not None:
            await _day(turn, step, draft, day)
    else:
        turn.say(Screen(turn.words("enrol-unfinished")))


async def _sure_or_form(turn: Turn, draft: Draft) -> None:
    assert draft.amount_ug is not None
    if needs_second_confirmation(draft.amount_ug, draft.last_ug):
        await turn.go_to(FLOW, "amount", draft.pack())
        amount = format_mg(draft.amount_ug)
        sure = turn.words("amount-sure", amount=amount, words=in_words(draft.amount_ug))
        buttons: tuple[Row, ...] = (
            (_button(turn, turn.words("amount-is", amount=amount), "amount", "yes"),),
            (_button(turn, turn.words("amount-again"), "amount", "no"),),
        )
        turn.say(Screen(sure, buttons))
        return
    await _form(turn, draft)


async def _form(turn: Turn, draft: Draft) -> None:
    assert draft.amount_ug is not None
    await turn.go_to(FLOW, "form", draft.pack())
    buttons = [_button(turn, turn.words(f"form-{form}"), "form", form) for form in FORMS]
    text = turn.words("invite-form", amount=format_mg(draft.amount_ug))
    turn.show(Screen(text, (tuple(buttons[:2]), tuple(buttons[2:]))))


async def _ask_label(turn: Turn, draft: Draft) -> None:
    await turn.go_to(FLOW, "label", draft.pack())
    liquid = draft.form == LIQUID
    # Of a liquid all three are needed: mg alone does not say how much to draw up.
    rows: tuple[Row, ...] = () if liquid else ((_button(turn, turn.words("label-none"), "label", "none"),),)
    turn.show(Screen(turn.words("label-ask", liquid="yes" if liquid else "no"), rows))


async def _label_typed(turn: Turn, draft: Draft, words: str) -> None:
    assert draft.amount_ug is not None
    try:
        label = read_label(words, form=draft.form, amount_ug=draft.amount_ug)
    except NotALabel:
        turn.say(Screen(turn.words("label-unreadable", liquid="yes" if draft.form == LIQUID else "no")))
    except LabelDisagrees:
        turn.say(Screen(turn.words("label-disagrees", amount=format_mg(draft.amount_ug))))
    else:
        draft.units, draft.strength_ug = label.units, label.strength_ug
        await _ask_start(turn, draft)


async def _ask_start(turn: Turn, draft: Draft) -> None:
    await turn.go_to(FLOW, "start", draft.pack())
    today = await _first_day(turn, draft)
    rows: list[Row] = [
        (_button(turn, f"{label}: {fmt.day(day)}", "start", day.isoformat()),)
        for label, day in (
            (turn.words("start-tonight"), today),
            (turn.words("start-tomorrow"), today + timedelta(days=1)),
        )
    ]
    if draft.purpose == "clinic":
        rows.append((_button(turn, turn.words("start-after-review"), "start", "review"),))
    turn.show(Screen(f"{turn.words('invite-start')} {turn.words('date-type')}", tuple(rows)))


async def _day(turn: Turn, step: str, draft: Draft, day: date) -> None:
    if step == "start":
        if day < await _first_day(turn, draft):
            turn.say(Screen(turn.words("date-past")))
            return
        draft.start = day.isoformat()
        await _ask_review(turn, draft)
        return
    assert draft.start is not None
    if day <= date.fromisoformat(draft.start):
        turn.say(Screen(turn.words("date-review-early")))
        return
    draft.review = day.isoformat()
    await _confirm(turn, draft)


async def _ask_review(turn: Turn, draft: Draft) -> None:
    assert draft.start is not None
    if draft.purpose == "own":
        # Reviews are the clinic's to set; the patient is asked for what stands on the label alone.
        await _confirm(turn, draft)
        return
    day = date.fromisoformat(draft.start)
    await turn.go_to(FLOW, "review", draft.pack())
    rows = [
        (
            _button(
                turn,
                turn.words("review-weeks", weeks=weeks, day=fmt.day(day + timedelta(weeks=weeks))),
                "review",
                (day + timedelta(weeks=weeks)).isoformat(),
            ),
        )
        for weeks in _REVIEW_WEEKS
    ]
    rows.append((_button(turn, turn.words("review-none"), "review", "none"),))
    turn.show(Screen(f"{turn.words('invite-review')} {turn.words('date-type')}", tuple(rows)))


def _summary(turn: Turn, draft: Draft) -> str:
    assert draft.amount_ug is not None
    assert draft.start is not None
    return turn.words(
        "invite-confirm",
        amount=format_mg(draft.amount_ug),
        form=turn.words(f"form-{draft.form}").lower(),
        label=label_words(turn.texts, draft.form, draft.units, draft.strength_ug) or "none",
        start="review" if draft.after_review else fmt.day(date.fromisoformat(draft.start)),
        review=fmt.day(date.fromisoformat(draft.review)) if draft.review else turn.words("none-day"),
    )


async def _confirm(turn: Turn, draft: Draft) -> None:
    await turn.go_to(FLOW, "confirm", draft.pack())
    turn.show(
        Screen(
            f"{_summary(turn, draft)} {turn.words(f'{draft.purpose}-sure')}",
            (
                (_button(turn, turn.words(f"{draft.purpose}-make"), "confirm", "yes"),),
                (_button(turn, turn.words("cancel"), "confirm", "no"),),
            ),
        )
    )


async def tap(turn: Turn, tap: Tap) -> None:
    """A button on the way; one that does not fit the step is an old one and changes nothing."""
    conversation = await turn.conversation()
    if conversation is None or conversation.flow != FLOW or conversation.step != tap.action:
        turn.say(Screen(turn.words("stale-button")))
        return
    draft = Draft.unpack(conversation.data)
    if (turn.patient if draft.purpose == "own" else turn.clinician) is None:
        turn.say(Screen(turn.words("stale-button")))
        return
    await _TAPS[tap.action](turn, draft, tap.value)


async def _amount_tapped(turn: Turn, draft: Draft, value: str) -> None:
    if value == "yes" and draft.amount_ug is not None:
        await _form(turn, draft)
    else:
        await begin(turn, draft)


async def _form_tapped(turn: Turn, draft: Draft, value: str) -> None:
    draft.form = value if value in FORMS else "other"
    await _ask_label(turn, draft)


async def _label_tapped(turn: Turn, draft: Draft, _value: str) -> None:
    await _ask_start(turn, draft)


async def _start_tapped(turn: Turn, draft: Draft, value: str) -> None:
    if value == "review":
        draft.after_review = True
        draft.start = (await _first_day(turn, draft)).isoformat()
        await _confirm(turn, draft)
    else:
        await _day(turn, "start", draft, date.fromisoformat(value))


async def _review_tapped(turn: Turn, draft: Draft, value: str) -> None:
    if value == "none":
        await _confirm(turn, draft)
    else:
        await _day(turn, "review", draft, date.fromisoformat(value))


async def _confirm_tapped(turn: Turn, draft: Draft, value: str) -> None:
    await turn.finish()
    if value != "yes":
        turn.show(Screen(turn.words("invite-cancelled")))
        return
    turn.show(Screen(_summary(turn, draft)))
    await FINISH[draft.purpose](turn, draft)


_TAPS: dict[str, Callable[[Turn, Draft, str], Awaitable[None]]] = {
    "amount": _amount_tapped,
    "form": _form_tapped,
    "label": _label_tapped,
    "start": _start_tapped,
    "review": _review_tapped,
    "confirm": _confirm_tapped,
}
