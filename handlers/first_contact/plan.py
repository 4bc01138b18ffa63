"""The plan: from the invite, or as the patient's own prescription says; where they stand; the first night."""

from datetime import date, time

from clinical.amount import format_mg, in_words, needs_second_confirmation
from handlers import format as fmt
from handlers.callbacks import Tap
from handlers.first_contact.parts import FLOW, choice, stacked
from handlers.first_contact.screening import ask_screen
from handlers.prescription import FORMS, label_words, read_amount
from handlers.reply import Screen, pairs
from handlers.turn import Turn
from services import enrolment
from services.enrolment import Answers

_SINCE = ("week", "month", "quarter", "longer")


async def ask(turn: Turn, answers: Answers) -> None:
    """Show the plan of the invite, or ask what the prescription says."""
    if answers.amount_ug is not None and answers.plan_start is not None:
        await turn.go_to(FLOW, "plan", answers.pack())
        turn.show(
            Screen(
                turn.words(
                    "invited-plan",
                    amount=format_mg(answers.amount_ug),
                    form=label_words(turn.texts, answers.form or "other", answers.units, answers.strength_ug)
                    or turn.words(f"form-{answers.form}").lower(),
                    start=fmt.day(date.fromisoformat(answers.plan_start)),
                    review=fmt.day(date.fromisoformat(answers.review)) if answers.review else "none",
                ),
                stacked(choice(turn, "plan-yes", "plan", "yes"), choice(turn, "plan-differs", "plan", "no")),
            )
        )
        return
    await turn.go_to(FLOW, "amount", answers.pack())
    turn.show(Screen(turn.words("ask-amount")))


async def told(turn: Turn, answers: Answers, tap: Tap) -> None:
    answers.differs = tap.value != "yes"
    await _ask_standing(turn, answers)


async def typed_amount(turn: Turn, answers: Answers, words: str) -> None:
    amount_ug = read_amount(turn, words)
    if amount_ug is None:
        return
    answers.amount_ug = amount_ug
    if needs_second_confirmation(amount_ug, None):
        await turn.go_to(FLOW, "amount", answers.pack())
        amount = format_mg(amount_ug)
        turn.say(
            Screen(
                turn.words("amount-sure", amount=amount, words=in_words(amount_ug)),
                stacked(
                    choice(turn, "amount-is", "amount", "yes", amount=amount),
                    choice(turn, "amount-again", "amount", "no"),
                ),
            )
        )
        return
    await _ask_form(turn, answers)


async def sure_amount(turn: Turn, answers: Answers, tap: Tap) -> None:
    if tap.value == "yes" and answers.amount_ug is not None:
        await _ask_form(turn, answers)
    else:
        turn.show(Screen(turn.words("ask-amount")))


async def _ask_form(turn: Turn, answers: Answers) -> None:
    assert answers.amount_ug is not None
    await turn.go_to(FLOW, "form", answers.pack())
    buttons = [choice(turn, f"form-{form}", "form", form) for form in FORMS]
    turn.show(Screen(turn.words("ask-form", amount=format_mg(answers.amount_ug)), pairs(buttons)))


async def form_known(turn: Turn, answers: Answers, tap: Tap) -> None:
    answers.form = tap.value if tap.value in FORMS else "other"
    await _ask_standing(turn, answers)


async def _ask_standing(turn: Turn, answers: Answers) -> None:
    await turn.go_to(FLOW, "standing", answers.pack())
    turn.show(
        Screen(
            turn.words("ask-standing"),
            stacked(
                *(
                    choice(turn, f"standing-{one}", "standing", one)
                    for one in ("taking", "waiting", "undecided")
                )
            ),
        )
    )


async def standing(turn: Turn, answers: Answers, tap: Tap) -> None:
    assert answers.zone is not None
    assert answers.wall is not None
    answers.standing = tap.value
    tonight, tomorrow = enrolment.start_nights(answers.zone, time.fromisoformat(answers.wall), turn.now)
    if tap.value == "taking":
        answers.start = tonight.isoformat()
        await turn.go_to(FLOW, "since", answers.pack())
        turn.show(
            Screen(
                turn.words("ask-since"),
                stacked(*(choice(turn, f"since-{one}", "since", one) for one in _SINCE)),
            )
        )
    elif tap.value == "waiting":
        await turn.go_to(FLOW, "start", answers.pack())
        buttons = []
        planned = date.fromisoformat(answers.plan_start) if answers.plan_start else None
        if planned is not None and planned >= tonight:
            buttons.append(choice(turn, "start-plan", "start", planned.isoformat(), day=fmt.day(planned)))
        if planned is None or planned < tonight:
            buttons.append(choice(turn, "start-tonight", "start", tonight.isoformat()))
            buttons.append(choice(turn, "start-tomorrow", "start", tomorrow.isoformat()))
        buttons.append(choice(turn, "start-unknown", "start", "unknown"))
        turn.show(Screen(turn.words("ask-start"), stacked(*buttons)))
    else:
        answers.start = None
        await ask_screen(turn, answers)


async def since(turn: Turn, answers: Answers, tap: Tap) -> None:
    answers.since = tap.value if tap.value in _SINCE else None
    await ask_screen(turn, answers)


async def start_night(turn: Turn, answers: Answers, tap: Tap) -> None:
    answers.start = None if tap.value == "unknown" else date.fromisoformat(tap.value).isoformat()
    await ask_screen(turn, answers)
