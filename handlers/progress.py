"""`/progress`, the patient's own weeks as a picture, and `/card`, what to show in an emergency."""

from clinical.dose import Reason
from clinical.regimen import step_on
from handlers.callbacks import Tap
from handlers.reply import Screen
from handlers.screens import card as card_screens
from handlers.screens import progress as screens
from handlers.turn import Turn
from services.planning import dose_day_now, regimen_of, why_not_expected
from services.progress import progress_of
from storage import doses, people

# Then the card says to ask whether it is taken now. Reminders switched off say nothing about that.
_MAY_NOT_TAKE_IT = frozenset({Reason.BEFORE_START, Reason.HOLD, Reason.PAUSE, Reason.SAFETY_PAUSE})


async def show(turn: Turn) -> None:
    """The last eight weeks."""
    await _show(turn, screens.DEFAULT, dark=False)


async def tap(turn: Turn, tap: Tap) -> None:
    """Another span or other colours: what the button says, as the record stands now, in a new picture."""
    if turn.patient is None or not turn.patient.active:
        turn.say(Screen(turn.words("not-yours")))
    elif tap.action not in ("light", "dark") or tap.subject not in screens.WEEKS:
        turn.say(Screen(turn.words("stale-button")))
    else:
        await _show(turn, tap.subject, dark=tap.action == "dark")


async def _show(turn: Turn, weeks: int, *, dark: bool) -> None:
    view = await progress_of(turn.tx, turn.someone, turn.treated, weeks, turn.now)
    turn.say(screens.picture(turn.texts, view, dark=dark))


async def card(turn: Turn) -> None:
    """The emergency card; it names the medicine, because the patient asks for it."""
    patient = turn.treated
    regimen = await regimen_of(turn.tx, patient)
    today = dose_day_now(turn.someone, patient, turn.now)
    steps = [step for slot in regimen.slots if (step := step_on(regimen, today, slot)) is not None]
    clinic = None
    if patient.clinician_id is not None and patient.consent_sharing:
        clinician = await people.clinician(turn.tx, patient.clinician_id)
        clinic = (await people.clinic(turn.tx, clinician.clinic_id)).name
    turn.say(
        card_screens.card(
            turn.texts,
            [step.amount_ug for step in steps],
            await doses.last_taken(turn.tx, patient.id),
            clinic,
            resting=why_not_expected(patient, today) in _MAY_NOT_TAKE_IT,
        )
    )
