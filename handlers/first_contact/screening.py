"""The safety screen, and the end of first contact."""

from handlers import format as fmt
from handlers import safety
from handlers.callbacks import Tap
from handlers.first_contact.parts import FLOW, choice, stacked
from handlers.reply import Button, Screen
from handlers.turn import Turn
from services import checkins, enrolment
from services.enrolment import SAFETY_SCREEN, Answers
from services.errors import InviteUsed
from storage import people


def _screen(turn: Turn, answers: Answers) -> Screen:
    buttons = [
        Button(
            ("✅ " if item.name in answers.ticked else "") + turn.words(f"screen-{item.name}"),
            Tap("n", "screen", 0, item.name).pack(),
        )
        for item in SAFETY_SCREEN
    ]
    last = (
        choice(turn, "done", "screen", "done")
        if answers.ticked
        else choice(turn, "screen-none", "screen", "none")
    )
    text = f"{turn.words('screen-ask')}\n\n{turn.words('screen-opioids-names')}"
    return Screen(text, stacked(*buttons, last))


async def ask_screen(turn: Turn, answers: Answers) -> None:
    await turn.go_to(FLOW, "screen", answers.pack())
    turn.show(_screen(turn, answers))


async def screened(turn: Turn, answers: Answers, tap: Tap) -> None:
    if tap.value in enrolment.SCREEN_ITEMS:
        ticked = set(answers.ticked) ^ {tap.value}
        answers.ticked = [item.name for item in SAFETY_SCREEN if item.name in ticked]
        await ask_screen(turn, answers)
    elif "self_harm" in answers.ticked:
        await turn.go_to(FLOW, "harm", answers.pack())
        turn.show(
            Screen(
                turn.words("screen-self-harm-now"),
                ((choice(turn, "screen-now", "harm", "now"), choice(turn, "screen-past", "harm", "past")),),
            )
        )
    else:
        await _finish(turn, answers)


async def harm(turn: Turn, answers: Answers, tap: Tap) -> None:
    answers.harm_now = tap.value == "now"
    await _finish(turn, answers)


async def _finish(turn: Turn, answers: Answers) -> None:
    try:
        patient = await enrolment.enrol(turn.tx, turn.someone, answers, turn.now)
    except InviteUsed:
        await turn.finish()
        turn.show(Screen(turn.words("invite-used")))
        return
    await turn.finish()
    raised = await enrolment.raise_screen_flags(turn.tx, patient, answers, turn.now)
    turn.person = await people.person(turn.tx, turn.someone.id)
    turn.patient = patient = await people.patient(turn.tx, patient.id)
    told = "yes" if raised is not None and patient.consent_sharing else "no"
    if "self_harm" in answers.ticked:
        # What danger asks for comes first, and stands alone.
        safety.show_self_harm(turn, told=raised is not None and raised.told)
    if answers.differs:
        turn.show(Screen(turn.words("plan-differs-told", told=told)))
    items = [enrolment.SCREEN_ITEMS[name] for name in answers.ticked if name != "self_harm"]
    for paused in (True, False):
        named = ", ".join(turn.words(f"screen-{item.name}").lower() for item in items if item.pause is paused)
        if named:
            key = "screen-told-pause" if paused else "screen-told-mention"
            turn.show(Screen(f"{turn.words(key, items=named)} {turn.words('screen-told-clinic', told=told)}"))
    dose = await enrolment.next_prompt(turn.tx, patient, turn.now)
    if patient.safety_pause_at is not None:
        state = "paused"
    elif patient.start_on is None:
        state = "waiting"
    else:
        state = "prompts" if dose is not None else "off"
    following = fmt.moment(dose.scheduled_at, turn.someone.zone) if dose else "none"
    turn.show(Screen(turn.words("enrolled", code=patient.code, state=state, next=following)))
    await checkins.owe_baseline(turn.tx, patient, turn.now)
