"""The patient's plan: reading it, saying that the prescription changed, opening a change at dose time."""

from clinical.regimen import step_on
from handlers import prescribing, rhythm
from handlers.callbacks import Tap
from handlers.prescribed import Draft
from handlers.reply import Screen
from handlers.screens import dose as dose_screens
from handlers.screens import plan as screens
from handlers.turn import Turn
from services import delivering, dosing, regimens
from services.planning import dose_day_now, regimen_from
from storage import inbox, people, questions
from storage.records import Dose, Step


async def show(turn: Turn) -> None:
    """`/plan`; reading it is what lets prompts name a new amount."""
    patient = turn.treated
    steps = await people.steps(turn.tx, patient.id)
    turn.say(screens.page(turn.texts, patient, steps, dose_day_now(turn.someone, patient, turn.now)))
    await regimens.mark_read(turn.tx, patient, turn.now)


async def tap(turn: Turn, tap: Tap) -> None:
    """A button of the plan, or of a prompt whose amount is new."""
    if turn.patient is None or not turn.patient.active:
        turn.show(Screen(turn.words("not-yours")))
    elif tap.action == "show":
        await show(turn)
    elif tap.action == "changed":
        await _changed(turn)
    elif tap.action == "rhythm":
        await rhythm.begin(turn, turn.patient)
    elif tap.action == "open":
        await _open(turn, await dosing.own_dose(turn.tx, turn.patient, tap.subject))
    elif tap.action in ("have-yes", "have-no"):
        await _strength(turn, await dosing.own_dose(turn.tx, turn.patient, tap.subject), tap.action)
    else:
        turn.show(Screen(turn.words("stale-button")))


async def _changed(turn: Turn) -> None:
    patient = turn.treated
    regimen = regimen_from(patient, await people.steps(turn.tx, patient.id))
    current = step_on(regimen, dose_day_now(turn.someone, patient, turn.now))
    await prescribing.begin(turn, Draft("own", last_ug=current.amount_ug if current else None))


async def _step_of(turn: Turn, dose: Dose) -> Step | None:
    plan = await delivering.plan_of(turn.tx, turn.treated, dose, turn.now)
    return await people.step(turn.tx, plan.step.step_id) if plan.step else None


async def _open(turn: Turn, dose: Dose) -> None:
    """The change, as its own message: the prompt with its buttons stays where it is."""
    step = await _step_of(turn, dose)
    if step is None:
        turn.say(Screen(turn.words("plan-none")))
        return
    turn.say(screens.new_strength(turn.texts, step, dose.id))


async def _strength(turn: Turn, dose: Dose, said: str) -> None:
    """Whether they have the new strength. Read is read; without it the amount is theirs to sort out."""
    patient = turn.treated
    await regimens.mark_read(turn.tx, patient, turn.now)
    if said == "have-no":
        await inbox.audit(turn.tx, turn.now, f"patient:{patient.id}", "no new strength", f"dose:{dose.id}")
        if patient.shared:
            text = turn.words("strength-no-question")
            await questions.add(turn.tx, patient.id, text, turn.now, kind="refill")
        turn.show(Screen(turn.words("strength-no-said", told="yes" if patient.shared else "no")))
        return
    plan = await delivering.plan_of(turn.tx, patient, dose, turn.now)
    dose = await regimens.name_amount(turn.tx, dose, plan)
    turn.show(dose_screens.named(turn.texts, dose, plan))
