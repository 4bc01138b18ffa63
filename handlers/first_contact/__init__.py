"""First contact: one question at a time, everything kept with the conversation."""

from clinical import numbers
from handlers import clinician, linking
from handlers import format as fmt
from handlers.callbacks import Tap
from handlers.first_contact import place, plan, screening
from handlers.first_contact.parts import FLOW, choice, stacked
from handlers.first_contact.place import shared_place
from handlers.reply import Button, Screen
from handlers.turn import Turn
from services import clinics, enrolment
from services.enrolment import Answers
from services.errors import InviteExpired, InviteUnknown, InviteUsed
from storage import people

__all__ = ["FLOW", "shared_place", "start", "tap", "text"]


async def start(turn: Turn, token: str | None) -> None:
    """`/start`: a first contact, a clinician joining, or somebody coming back."""
    if turn.clinician is not None and token is None:
        turn.say(Screen(turn.words("help-clinician")))
        return
    if turn.patient is not None and token is None:
        await _again(turn)
        return
    answers = Answers(token=token)
    if token is not None:
        try:
            known = turn.person.id if turn.person else None
            invite = await clinics.open_invite(turn.tx, token, turn.now, person_id=known)
        except InviteUnknown:
            turn.say(Screen(turn.words("invite-unknown")))
            return
        except InviteUsed:
            turn.say(Screen(turn.words("invite-used")))
            return
        except InviteExpired:
            turn.say(Screen(turn.words("invite-expired")))
            return
        if invite.kind == "clinician":
            await clinician.join(turn, token)
            return
        if turn.patient is not None:
            await linking.offer(turn, token, invite)
            return
        if invite.used_at is not None:
            turn.say(Screen(turn.words("invite-used")))
            return
        answers.clinic = (await people.clinic(turn.tx, invite.clinic_id)).name
        if invite.plan is not None:
            plan = clinics.InvitedPlan.unpack(invite.plan)
            answers.amount_ug, answers.form = plan.amount_ug, plan.form
            answers.units, answers.strength_ug = plan.units, plan.strength_ug
            answers.plan_start = plan.starts_on.isoformat()
            answers.review = plan.review_on.isoformat() if plan.review_on else None
    elif not turn.house.open_enrolment:
        turn.say(Screen(turn.words("enrol-by-invite")))
        return
    if turn.person is None:
        turn.person = await people.add_person(
            turn.tx, turn.incoming.user_id, turn.incoming.name, turn.incoming.language, turn.now
        )
    await turn.go_to(FLOW, "age", answers.pack())
    turn.say(
        Screen(
            turn.words(
                "welcome",
                name=turn.incoming.name,
                clinic=answers.clinic or "none",
                emergency=numbers.numbers_for(turn.house.country).emergency,
            ),
            stacked(
                choice(turn, "age-adult", "age", "adult"),
                choice(turn, "age-helper", "age", "helper"),
                choice(turn, "age-minor", "age", "minor"),
            ),
        )
    )


async def _again(turn: Turn) -> None:
    if turn.treated.active and turn.someone.unreachable_at is None:
        turn.say(Screen(turn.words("already-enrolled")))
        return
    # Asked before anything is sent again, also to somebody who had blocked the bot.
    turn.say(
        Screen(
            turn.words("welcome-back"),
            ((choice(turn, "resume-yes", "resume", "yes"), choice(turn, "resume-no", "resume", "no")),),
        )
    )


async def tap(turn: Turn, tap: Tap) -> None:
    """A button of the first contact. One that does not fit the step is an old one and changes nothing."""
    if tap.action == "resume":
        await _resume(turn, tap.value)
        return
    conversation = await turn.conversation()
    if conversation is None or conversation.flow != FLOW:
        turn.say(Screen(turn.words("stale-button")))
        return
    answers = Answers.unpack(conversation.data)
    step = "consent" if tap.action == "toggle" else tap.action
    if step != conversation.step:
        turn.say(Screen(turn.words("stale-button")))
        return
    await _STEPS[step](turn, answers, tap)


async def _resume(turn: Turn, value: str) -> None:
    if turn.patient is None:
        turn.show(Screen(turn.words("stale-button")))
        return
    if value != "yes":
        turn.show(Screen(turn.words("stayed-off")))
        return
    turn.patient = await enrolment.come_back(turn.tx, turn.patient, turn.now)
    dose = await enrolment.next_prompt(turn.tx, turn.patient, turn.now)
    following = fmt.moment(dose.scheduled_at, turn.someone.zone) if dose else "none"
    turn.show(Screen(turn.words("resumed", next=following)))


async def text(turn: Turn, step: str, answers: Answers, words: str) -> None:
    """Typed words during first contact: a place, a time, an amount; else the question is shown again."""
    if step == "place":
        await place.typed_place(turn, answers, words)
    elif step == "time":
        await place.typed_time(turn, answers, words)
    elif step == "amount":
        await plan.typed_amount(turn, answers, words)
    else:
        turn.say(Screen(turn.words("enrol-unfinished")))


async def _age(turn: Turn, answers: Answers, tap: Tap) -> None:
    if tap.value == "minor":
        turn.show(Screen(turn.words("minor")))
        await turn.finish()
        if turn.clinician is None:
            await people.forget_person(turn.tx, turn.someone.id)
            turn.person = None
        return
    answers.helper = tap.value == "helper"
    await turn.go_to(FLOW, "consent", answers.pack())
    turn.show(_consent(turn, answers))


def _consent(turn: Turn, answers: Answers) -> Screen:
    def switch(name: str, on: bool) -> Button:
        return choice(turn, f"consent-{name}", "toggle", name, state=turn.words("on" if on else "off"))

    buttons = [switch("reminders", answers.reminders), switch("checkins", answers.checkins)]
    if answers.clinic is not None:
        buttons.append(switch("sharing", answers.sharing))
    buttons.append(choice(turn, "continue", "consent", "done"))
    return Screen(turn.words("consent", clinic=answers.clinic or "none"), stacked(*buttons))


async def _consents(turn: Turn, answers: Answers, tap: Tap) -> None:
    if tap.action == "toggle":
        if tap.value in ("reminders", "checkins", "sharing"):
            setattr(answers, tap.value, not getattr(answers, tap.value))
        await turn.go_to(FLOW, "consent", answers.pack())
        turn.show(_consent(turn, answers))
        return
    await turn.go_to(FLOW, "place", answers.pack())
    turn.show(Screen(_kept_consent(turn, answers)))
    turn.say(Screen(turn.words("ask-place"), ask_place=turn.words("share-place")))


def _kept_consent(turn: Turn, answers: Answers) -> str:
    names = ("reminders", "checkins", "sharing") if answers.clinic else ("reminders", "checkins")
    return "\n".join(
        turn.words(f"consent-{name}", state=turn.words("on" if getattr(answers, name) else "off"))
        for name in names
    )


_STEPS = {
    "age": _age,
    "consent": _consents,
    "place": place.picked_place,
    "time": place.picked_time,
    "confirm": place.confirmed,
    "plan": plan.told,
    "amount": plan.sure_amount,
    "form": plan.form_known,
    "standing": plan.standing,
    "since": plan.since,
    "start": plan.start_night,
    "screen": screening.screened,
    "harm": screening.harm,
}
