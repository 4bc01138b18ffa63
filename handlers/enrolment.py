"""First contact: one question at a time, everything kept with the conversation."""

from datetime import date, time

from clinical import numbers
from clinical.amount import (
    AmbiguousAmount,
    AmountError,
    AmountOutOfRange,
    AmountTooFine,
    format_mg,
    in_words,
    needs_second_confirmation,
    parse_amount_ug,
)
from clinical.localtime import AmbiguousTime, NotATime, load_zone, next_wall, parse_wall
from handlers import format as fmt
from handlers import safety
from handlers.callbacks import Tap
from handlers.reply import Button, Row, Screen
from handlers.turn import Turn
from services import clinics, enrolment, places
from services.enrolment import SAFETY_SCREEN, Answers
from services.errors import InviteExpired, InviteUnknown, InviteUsed
from storage import people

FLOW = "enrol"
FORMS = ("capsule", "tablet", "liquid", "other")
_BEDTIMES = ("21:00", "21:30", "22:00", "22:30", "23:00", "23:30")
_SINCE = ("week", "month", "quarter", "longer")


def _tap(turn: Turn, key: str, action: str, value: str = "", **values: str | int) -> Button:
    return Button(turn.words(key, **values), Tap("n", action, 0, value).pack())


def _list(*buttons: Button) -> tuple[Row, ...]:
    return tuple((button,) for button in buttons)


def _pairs(buttons: list[Button], width: int = 2) -> tuple[Row, ...]:
    return tuple(tuple(buttons[start : start + width]) for start in range(0, len(buttons), width))


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
            await _join(turn, token)
            return
        if turn.patient is not None:
            turn.say(Screen(turn.words("already-enrolled")))
            return
        if invite.used_at is not None:
            turn.say(Screen(turn.words("invite-used")))
            return
        answers.clinic = (await people.clinic(turn.tx, invite.clinic_id)).name
        if invite.plan is not None:
            plan = clinics.InvitedPlan.unpack(invite.plan)
            answers.amount_ug, answers.form = plan.amount_ug, plan.form
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
            _list(
                _tap(turn, "age-adult", "age", "adult"),
                _tap(turn, "age-helper", "age", "helper"),
                _tap(turn, "age-minor", "age", "minor"),
            ),
        )
    )


async def _join(turn: Turn, token: str) -> None:
    if turn.person is None:
        turn.person = await people.add_person(
            turn.tx, turn.incoming.user_id, turn.incoming.name, turn.incoming.language, turn.now
        )
    invite = await clinics.open_invite(turn.tx, token, turn.now, person_id=turn.person.id)
    clinician = await clinics.join_as_clinician(turn.tx, invite, turn.person, turn.now)
    from handlers import clinician as desk

    turn.clinician = await desk.schedule_digest(turn, clinician)
    clinic = await people.clinic(turn.tx, clinician.clinic_id)
    turn.say(
        Screen(
            turn.words(
                "clinician-welcome",
                clinic=clinic.name,
                weekday=fmt.weekday(clinician.digest_weekday),
                hour=fmt.wall(clinician.digest_wall),
                zone=clinic.zone,
            )
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
            ((_tap(turn, "resume-yes", "resume", "yes"), _tap(turn, "resume-no", "resume", "no")),),
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
        await _typed_place(turn, answers, words)
    elif step == "time":
        await _typed_time(turn, answers, words)
    elif step == "amount":
        await _typed_amount(turn, answers, words)
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
        return _tap(turn, f"consent-{name}", "toggle", name, state=turn.words("on" if on else "off"))

    buttons = [switch("reminders", answers.reminders), switch("checkins", answers.checkins)]
    if answers.clinic is not None:
        buttons.append(switch("sharing", answers.sharing))
    buttons.append(_tap(turn, "continue", "consent", "done"))
    return Screen(turn.words("consent", clinic=answers.clinic or "none"), _list(*buttons))


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


async def _typed_place(turn: Turn, answers: Answers, words: str) -> None:
    found = places.find_places(words)
    if not found:
        turn.say(Screen(turn.words("place-unknown")))
    elif len(found) == 1:
        await place_known(turn, answers, found[0])
    else:
        answers.offered = [[place.name, place.country, place.zone] for place in found]
        await turn.go_to(FLOW, "place", answers.pack())
        buttons = [
            Button(place.label, Tap("n", "place", 0, str(number)).pack())
            for number, place in enumerate(found)
        ]
        turn.say(Screen(turn.words("place-which"), _list(*buttons)))


async def shared_place(turn: Turn, latitude: float, longitude: float) -> None:
    """A shared location: only first contact asks for one; it is not kept."""
    conversation = await turn.conversation()
    if conversation is None or conversation.flow != FLOW or conversation.step != "place":
        turn.say(Screen(turn.words("nothing-running")))
        return
    place = places.place_at(latitude, longitude)
    if place is None:
        turn.say(Screen(turn.words("place-unknown")))
        return
    await place_known(turn, Answers.unpack(conversation.data), place)


async def _picked_place(turn: Turn, answers: Answers, tap: Tap) -> None:
    if not tap.value.isdecimal() or int(tap.value) >= len(answers.offered):
        turn.say(Screen(turn.words("stale-button")))
        return
    name, country, zone = answers.offered[int(tap.value)]
    await place_known(turn, answers, places.Place(name or "", country, zone or "UTC"))


async def place_known(turn: Turn, answers: Answers, place: places.Place) -> None:
    country = places.country_name(place.country)
    answers.place = ", ".join(part for part in (place.name, country) if part) or place.zone
    answers.country, answers.zone, answers.offered = place.country, place.zone, []
    await turn.go_to(FLOW, "time", answers.pack())
    turn.say(Screen(f"📍 {answers.place}", clear_keyboard=True))
    buttons = [Button(one, Tap("n", "time", 0, one).pack()) for one in _BEDTIMES]
    turn.say(Screen(turn.words("ask-time"), _pairs(buttons, 3)))


async def _typed_time(turn: Turn, answers: Answers, words: str) -> None:
    try:
        wall = parse_wall(words)
    except AmbiguousTime:
        turn.say(Screen(turn.words("time-ambiguous")))
    except NotATime:
        turn.say(Screen(turn.words("time-unknown")))
    else:
        await _time_known(turn, answers, wall)


async def _picked_time(turn: Turn, answers: Answers, tap: Tap) -> None:
    if tap.value not in _BEDTIMES:
        turn.say(Screen(turn.words("stale-button")))
        return
    await _time_known(turn, answers, time.fromisoformat(tap.value))


async def _time_known(turn: Turn, answers: Answers, wall: time) -> None:
    assert answers.zone is not None
    zone = load_zone(answers.zone)
    answers.wall = wall.strftime("%H:%M")
    known = numbers.numbers_for(answers.country)
    await turn.go_to(FLOW, "confirm", answers.pack())
    turn.show(
        Screen(
            turn.words(
                "place-confirm",
                place=answers.place or answers.zone,
                known="yes" if known.known else "no",
                emergency=known.emergency,
                clock=fmt.clock(turn.now, answers.zone),
                wall=fmt.wall(wall),
                next=fmt.moment(next_wall(turn.now, wall, zone), answers.zone),
            ),
            ((_tap(turn, "right", "confirm", "yes"), _tap(turn, "wrong", "confirm", "no")),),
        )
    )


async def _confirmed(turn: Turn, answers: Answers, tap: Tap) -> None:
    if tap.value != "yes":
        await turn.go_to(FLOW, "place", answers.pack())
        turn.say(Screen(turn.words("ask-place"), ask_place=turn.words("share-place")))
        return
    if answers.amount_ug is not None and answers.plan_start is not None:
        await turn.go_to(FLOW, "plan", answers.pack())
        turn.show(
            Screen(
                turn.words(
                    "invited-plan",
                    amount=format_mg(answers.amount_ug),
                    form=turn.words(f"form-{answers.form}").lower(),
                    start=fmt.day(date.fromisoformat(answers.plan_start)),
                    review=fmt.day(date.fromisoformat(answers.review)) if answers.review else "none",
                ),
                _list(_tap(turn, "plan-yes", "plan", "yes"), _tap(turn, "plan-differs", "plan", "no")),
            )
        )
        return
    await turn.go_to(FLOW, "amount", answers.pack())
    turn.show(Screen(turn.words("ask-amount")))


async def _plan(turn: Turn, answers: Answers, tap: Tap) -> None:
    answers.differs = tap.value != "yes"
    await _ask_standing(turn, answers)


AMOUNT_REFUSALS: tuple[tuple[type[AmountError], str], ...] = (
    (AmbiguousAmount, "amount-ambiguous"),
    (AmountOutOfRange, "amount-range"),
    (AmountTooFine, "amount-fine"),
    (AmountError, "amount-unreadable"),
)


def read_amount(turn: Turn, words: str) -> int | None:
    """The amount in micrograms, or None after saying what is wrong with it."""
    try:
        return parse_amount_ug(words)
    except AmountError as error:
        key = next(key for kind, key in AMOUNT_REFUSALS if isinstance(error, kind))
        turn.say(Screen(turn.words(key)))
        return None


async def _typed_amount(turn: Turn, answers: Answers, words: str) -> None:
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
                _list(
                    _tap(turn, "amount-is", "amount", "yes", amount=amount),
                    _tap(turn, "amount-again", "amount", "no"),
                ),
            )
        )
        return
    await _ask_form(turn, answers)


async def _sure_amount(turn: Turn, answers: Answers, tap: Tap) -> None:
    if tap.value == "yes" and answers.amount_ug is not None:
        await _ask_form(turn, answers)
    else:
        turn.show(Screen(turn.words("ask-amount")))


async def _ask_form(turn: Turn, answers: Answers) -> None:
    assert answers.amount_ug is not None
    await turn.go_to(FLOW, "form", answers.pack())
    buttons = [_tap(turn, f"form-{form}", "form", form) for form in FORMS]
    turn.show(Screen(turn.words("ask-form", amount=format_mg(answers.amount_ug)), _pairs(buttons)))


async def _form(turn: Turn, answers: Answers, tap: Tap) -> None:
    answers.form = tap.value if tap.value in FORMS else "other"
    await _ask_standing(turn, answers)


async def _ask_standing(turn: Turn, answers: Answers) -> None:
    await turn.go_to(FLOW, "standing", answers.pack())
    turn.show(
        Screen(
            turn.words("ask-standing"),
            _list(
                *(
                    _tap(turn, f"standing-{one}", "standing", one)
                    for one in ("taking", "waiting", "undecided")
                )
            ),
        )
    )


async def _standing(turn: Turn, answers: Answers, tap: Tap) -> None:
    assert answers.zone is not None
    assert answers.wall is not None
    answers.standing = tap.value
    tonight, tomorrow = enrolment.start_nights(answers.zone, time.fromisoformat(answers.wall), turn.now)
    if tap.value == "taking":
        answers.start = tonight.isoformat()
        await turn.go_to(FLOW, "since", answers.pack())
        turn.show(
            Screen(
                turn.words("ask-since"), _list(*(_tap(turn, f"since-{one}", "since", one) for one in _SINCE))
            )
        )
    elif tap.value == "waiting":
        await turn.go_to(FLOW, "start", answers.pack())
        buttons = []
        planned = date.fromisoformat(answers.plan_start) if answers.plan_start else None
        if planned is not None and planned >= tonight:
            buttons.append(_tap(turn, "start-plan", "start", planned.isoformat(), day=fmt.day(planned)))
        if planned is None or planned < tonight:
            buttons.append(_tap(turn, "start-tonight", "start", tonight.isoformat()))
            buttons.append(_tap(turn, "start-tomorrow", "start", tomorrow.isoformat()))
        buttons.append(_tap(turn, "start-unknown", "start", "unknown"))
        turn.show(Screen(turn.words("ask-start"), _list(*buttons)))
    else:
        answers.start = None
        await _ask_screen(turn, answers)


async def _since(turn: Turn, answers: Answers, tap: Tap) -> None:
    answers.since = tap.value if tap.value in _SINCE else None
    await _ask_screen(turn, answers)


async def _start_night(turn: Turn, answers: Answers, tap: Tap) -> None:
    answers.start = None if tap.value == "unknown" else date.fromisoformat(tap.value).isoformat()
    await _ask_screen(turn, answers)


def _screen(turn: Turn, answers: Answers) -> Screen:
    buttons = [
        Button(
            ("✅ " if item.name in answers.ticked else "") + turn.words(f"screen-{item.name}"),
            Tap("n", "screen", 0, item.name).pack(),
        )
        for item in SAFETY_SCREEN
    ]
    last = (
        _tap(turn, "done", "screen", "done")
        if answers.ticked
        else _tap(turn, "screen-none", "screen", "none")
    )
    text = f"{turn.words('screen-ask')}\n\n{turn.words('screen-opioids-names')}"
    return Screen(text, _list(*buttons, last))


async def _ask_screen(turn: Turn, answers: Answers) -> None:
    await turn.go_to(FLOW, "screen", answers.pack())
    turn.show(_screen(turn, answers))


async def _screened(turn: Turn, answers: Answers, tap: Tap) -> None:
    if tap.value in enrolment.SCREEN_ITEMS:
        ticked = set(answers.ticked) ^ {tap.value}
        answers.ticked = [item.name for item in SAFETY_SCREEN if item.name in ticked]
        await _ask_screen(turn, answers)
    elif "self_harm" in answers.ticked:
        await turn.go_to(FLOW, "harm", answers.pack())
        turn.show(
            Screen(
                turn.words("screen-self-harm-now"),
                ((_tap(turn, "screen-now", "harm", "now"), _tap(turn, "screen-past", "harm", "past")),),
            )
        )
    else:
        await _finish(turn, answers)


async def _harm(turn: Turn, answers: Answers, tap: Tap) -> None:
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


_STEPS = {
    "age": _age,
    "consent": _consents,
    "place": _picked_place,
    "time": _picked_time,
    "confirm": _confirmed,
    "plan": _plan,
    "amount": _sure_amount,
    "form": _form,
    "standing": _standing,
    "since": _since,
    "start": _start_night,
    "screen": _screened,
    "harm": _harm,
}
