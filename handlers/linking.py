"""A patient who enrolled alone opens a clinic's link: both plans are shown, then sharing is asked."""

import json

from clinical.amount import format_mg
from handlers import format as fmt
from handlers.callbacks import Tap
from handlers.prescription import label_words
from handlers.reply import Button, Row, Screen
from handlers.screens import plan as plan_screens
from handlers.turn import Turn
from services import clinics
from services.clinics import InvitedPlan
from services.errors import InviteExpired, InviteUnknown, InviteUsed
from services.planning import dose_day_now
from storage import people
from storage.records import Invite

FLOW = "link"
_REFUSALS: dict[type[Exception], str] = {
    InviteUnknown: "invite-unknown",
    InviteUsed: "invite-used",
    InviteExpired: "invite-expired",
}


def _button(turn: Turn, action: str) -> Button:
    return Button(turn.words(f"link-{action}"), Tap("h", action).pack())


async def offer(turn: Turn, token: str, invite: Invite) -> None:
    """Show both plans; nothing changes before it is confirmed."""
    patient = turn.treated
    if patient.clinician_id is not None or not patient.active:
        turn.say(Screen(turn.words("already-enrolled")))
        return
    clinic = await people.clinic(turn.tx, invite.clinic_id)
    steps = await people.steps(turn.tx, patient.id)
    today = dose_day_now(turn.someone, patient, turn.now)
    own = "\n".join(plan_screens.lines(turn.texts, patient, steps, today))
    theirs = _described(turn, InvitedPlan.unpack(invite.plan)) if invite.plan else turn.words("link-no-plan")
    await turn.go_to(FLOW, "plan", {"token": token})
    text = turn.words("link-plans", clinic=clinic.name, theirs=theirs)
    rows: tuple[Row, ...] = ((_button(turn, "yes"),), (_button(turn, "no"),))
    turn.say(Screen(f"{text}\n\n{turn.words('link-yours')}\n{own}", rows))


def _described(turn: Turn, plan: InvitedPlan) -> str:
    label = label_words(turn.texts, plan.form, plan.units, plan.strength_ug)
    return turn.words(
        "link-plan",
        amount=format_mg(plan.amount_ug),
        form=label or turn.words(f"form-{plan.form}").lower(),
        start=fmt.day(plan.starts_on),
        review=fmt.day(plan.review_on) if plan.review_on else turn.words("none-day"),
    )


async def tap(turn: Turn, tap: Tap) -> None:
    """The plan, then sharing."""
    conversation = await turn.conversation()
    if turn.patient is None or conversation is None or conversation.flow != FLOW:
        turn.show(Screen(turn.words("stale-button")))
        return
    if conversation.step == "plan" and tap.action == "no":
        await turn.finish()
        turn.show(Screen(turn.words("stop-kept")))
    elif conversation.step == "plan" and tap.action == "yes":
        await turn.go_to(FLOW, "sharing", json.loads(conversation.data))
        row = (_button(turn, "share"), _button(turn, "keep"))
        turn.show(Screen(turn.words("link-sharing"), (row,)))
    elif conversation.step == "sharing" and tap.action in ("share", "keep"):
        await _link(turn, json.loads(conversation.data)["token"], sharing=tap.action == "share")
    else:
        turn.show(Screen(turn.words("stale-button")))


async def _link(turn: Turn, token: str, *, sharing: bool) -> None:
    await turn.finish()
    try:
        turn.patient = await clinics.link_patient(turn.tx, turn.treated, token, turn.now, sharing=sharing)
    except tuple(_REFUSALS) as refusal:
        turn.show(Screen(turn.words(_REFUSALS[type(refusal)])))
        return
    turn.show(Screen(turn.words("link-done", sharing="yes" if sharing else "no")))
