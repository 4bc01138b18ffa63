"""The clinician's side: inviting, the digest, alerts."""

import json
from datetime import date, time, timedelta

from clinical.amount import format_mg, in_words, needs_second_confirmation
from clinical.localtime import load_zone, local_day
from handlers import format as fmt
from handlers.callbacks import Tap
from handlers.prescription import FORMS, read_amount
from handlers.reply import Button, Row, Screen
from handlers.screens import clinic as screens
from handlers.turn import Turn
from services import clinics, digests, flags
from services.clinics import CLINICIAN_INVITE_LASTS, PATIENT_INVITE_LASTS, InvitedPlan
from storage import inbox, people
from storage.records import Clinician

INVITE_FLOW = "invite"
_REVIEW_WEEKS = (2, 4, 6)
_HOURS = ("07:00", "08:00", "09:00", "12:00", "17:00")


def link(turn: Turn, token: str) -> str:
    return f"https://t.me/{turn.house.username}?start={token}"


async def join(turn: Turn, token: str) -> None:
    """A clinician has opened a link: they read for its clinic from now on, and get the first digest."""
    if turn.person is None:
        turn.person = await people.add_person(
            turn.tx, turn.incoming.user_id, turn.incoming.name, turn.incoming.language, turn.now
        )
    invite = await clinics.open_invite(turn.tx, token, turn.now, person_id=turn.person.id)
    clinician = await clinics.join_as_clinician(turn.tx, invite, turn.person, turn.now)
    if clinician.next_digest_at is None:
        clinician = await digests.schedule(turn.tx, clinician, turn.now)
    turn.clinician = clinician
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


def _button(turn: Turn, label: str, action: str, value: str = "") -> Button:
    return Button(label, Tap("i", action, 0, value).pack())


async def invite(turn: Turn) -> None:
    """`/invite`: amount, form, first night, day of review; then one link."""
    await turn.go_to(INVITE_FLOW, "amount", {})
    turn.say(Screen(turn.words("invite-amount")))


def _today(turn: Turn) -> date:
    return local_day(turn.now, load_zone(turn.someone.zone or "UTC"))


async def invite_text(turn: Turn, step: str, data: dict[str, str], words: str) -> None:
    """What a clinician types while inviting."""
    if step == "amount":
        amount_ug = read_amount(turn, words)
        if amount_ug is None:
            return
        data["amount_ug"] = str(amount_ug)
        await _sure_or_form(turn, data)
    elif step in ("start", "review"):
        day = _read_day(words)
        if day is None:
            turn.say(Screen(turn.words("date-unreadable")))
        else:
            await _day(turn, step, data, day)
    else:
        turn.say(Screen(turn.words("enrol-unfinished")))


def _read_day(words: str) -> date | None:
    try:
        return date.fromisoformat(words.strip())
    except ValueError:
        return None


async def _sure_or_form(turn: Turn, data: dict[str, str]) -> None:
    amount_ug = int(data["amount_ug"])
    if needs_second_confirmation(amount_ug, None):
        await turn.go_to(INVITE_FLOW, "amount", data)
        amount = format_mg(amount_ug)
        sure = turn.words("amount-sure", amount=amount, words=in_words(amount_ug))
        buttons: tuple[Row, ...] = (
            (_button(turn, turn.words("amount-is", amount=amount), "amount", "yes"),),
            (_button(turn, turn.words("amount-again"), "amount", "no"),),
        )
        turn.say(Screen(sure, buttons))
        return
    await _form(turn, data)


async def _form(turn: Turn, data: dict[str, str]) -> None:
    await turn.go_to(INVITE_FLOW, "form", data)
    buttons = [_button(turn, turn.words(f"form-{form}"), "form", form) for form in FORMS]
    text = turn.words("invite-form", amount=format_mg(int(data["amount_ug"])))
    turn.show(Screen(text, (tuple(buttons[:2]), tuple(buttons[2:]))))


async def _ask_start(turn: Turn, data: dict[str, str]) -> None:
    await turn.go_to(INVITE_FLOW, "start", data)
    today = _today(turn)
    rows = tuple(
        (_button(turn, f"{label}: {fmt.day(day)}", "start", day.isoformat()),)
        for label, day in (
            (turn.words("start-tonight"), today),
            (turn.words("start-tomorrow"), today + timedelta(days=1)),
        )
    )
    turn.show(Screen(f"{turn.words('invite-start')} {turn.words('date-type')}", rows))


async def _day(turn: Turn, step: str, data: dict[str, str], day: date) -> None:
    if step == "start":
        if day < _today(turn):
            turn.say(Screen(turn.words("date-past")))
            return
        data["start"] = day.isoformat()
        await turn.go_to(INVITE_FLOW, "review", data)
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
        return
    if day <= date.fromisoformat(data["start"]):
        turn.say(Screen(turn.words("date-review-early")))
        return
    data["review"] = day.isoformat()
    await _confirm(turn, data)


def _summary(turn: Turn, data: dict[str, str]) -> str:
    review = data.get("review")
    return turn.words(
        "invite-confirm",
        amount=format_mg(int(data["amount_ug"])),
        form=turn.words(f"form-{data['form']}").lower(),
        start=fmt.day(date.fromisoformat(data["start"])),
        review=fmt.day(date.fromisoformat(review)) if review else turn.words("none-day"),
    )


async def _confirm(turn: Turn, data: dict[str, str]) -> None:
    await turn.go_to(INVITE_FLOW, "confirm", data)
    turn.show(
        Screen(
            f"{_summary(turn, data)} {turn.words('invite-sure')}",
            (
                (_button(turn, turn.words("invite-make"), "confirm", "yes"),),
                (_button(turn, turn.words("cancel"), "confirm", "no"),),
            ),
        )
    )


async def invite_tap(turn: Turn, tap: Tap) -> None:
    """A button while inviting; one that does not fit the step is an old one and changes nothing."""
    conversation = await turn.conversation()
    stale = conversation is None or conversation.flow != INVITE_FLOW or conversation.step != tap.action
    if conversation is None or stale or turn.clinician is None:
        turn.say(Screen(turn.words("stale-button")))
        return
    data: dict[str, str] = json.loads(conversation.data)
    if tap.action == "amount":
        if tap.value == "yes" and "amount_ug" in data:
            await _form(turn, data)
        else:
            turn.show(Screen(turn.words("invite-amount")))
    elif tap.action == "form":
        data["form"] = tap.value if tap.value in FORMS else "other"
        await _ask_start(turn, data)
    elif tap.action == "review" and tap.value == "none":
        await _confirm(turn, data)
    elif tap.action in ("start", "review"):
        await _day(turn, tap.action, data, date.fromisoformat(tap.value))
    elif tap.value == "yes":
        await _make(turn, turn.clinician, data)
    else:
        await turn.finish()
        turn.show(Screen(turn.words("invite-cancelled")))


async def _make(turn: Turn, clinician: Clinician, data: dict[str, str]) -> None:
    review = data.get("review")
    plan = InvitedPlan(
        int(data["amount_ug"]),
        data["form"],
        date.fromisoformat(data["start"]),
        date.fromisoformat(review) if review else None,
    )
    token = await clinics.invite_patient(turn.tx, clinician, plan, turn.now)
    await turn.finish()
    until = fmt.day(local_day(turn.now + PATIENT_INVITE_LASTS, load_zone(turn.someone.zone or "UTC")))
    address = link(turn, token)
    turn.show(Screen(_summary(turn, data)))
    turn.say(Screen(turn.words("invite-caption", until=until, link=address), qr=address))


async def colleague(turn: Turn, clinician: Clinician) -> None:
    token = await clinics.invite_clinician(
        turn.tx, clinician.clinic_id, turn.now, by=f"clinician:{clinician.id}"
    )
    until = fmt.day(local_day(turn.now + CLINICIAN_INVITE_LASTS, load_zone(turn.someone.zone or "UTC")))
    turn.say(Screen(turn.words("colleague", until=until, link=link(turn, token))))


async def digest(turn: Turn, clinician: Clinician) -> None:
    turn.say(screens.digest(turn.texts, await digests.digest_of(turn.tx, clinician, turn.now)))


async def patients(turn: Turn, clinician: Clinician) -> None:
    found = [patient.code for patient in await people.patients_of(turn.tx, clinician.id) if patient.active]
    if not found:
        turn.say(Screen(turn.words("patients-none")))
        return
    turn.say(Screen(turn.words("patients", codes="\n".join(found))))


async def ask_digest_time(turn: Turn) -> None:
    rows = tuple(
        tuple(
            Button(fmt.weekday(day), Tap("w", "day", day).pack()) for day in range(start, min(start + 3, 7))
        )
        for start in (0, 3, 6)
    )
    turn.say(Screen(turn.words("digest-time-ask"), rows))


async def digest_time(turn: Turn, tap: Tap) -> None:
    """Weekday, then hour, of the weekly digest."""
    if turn.clinician is None or tap.subject > 6:
        turn.show(Screen(turn.words("stale-button")))
        return
    zone = turn.someone.zone or "UTC"
    if tap.action == "day":
        row = tuple(Button(hour, Tap("w", "hour", tap.subject, hour).pack()) for hour in _HOURS)
        text = turn.words("digest-hour-ask", weekday=fmt.weekday(tap.subject), zone=zone)
        turn.show(Screen(text, (row,)))
        return
    if tap.value not in _HOURS:
        turn.show(Screen(turn.words("stale-button")))
        return
    found = await digests.set_digest_time(
        turn.tx, turn.clinician, tap.subject, time.fromisoformat(tap.value), turn.now
    )
    assert found.next_digest_at is not None
    turn.show(
        Screen(
            turn.words(
                "digest-time-set",
                weekday=fmt.weekday(found.digest_weekday),
                hour=fmt.wall(found.digest_wall),
                zone=zone,
                next=fmt.day(found.next_digest_at.astimezone(load_zone(zone)).date()),
            )
        )
    )


async def alert_tap(turn: Turn, tap: Tap) -> None:
    """ "I have this" and "Resume dose prompts" under an alert."""
    if turn.clinician is None:
        turn.show(Screen(turn.words("not-yours")))
        return
    found = await flags.acknowledge(turn.tx, tap.subject, turn.clinician.id, turn.now)
    if found is None:
        turn.show(Screen(turn.words("not-yours")))
        return
    patient = await people.patient(turn.tx, found.patient_id)
    zone = turn.someone.zone
    assert found.acknowledged_at is not None
    said = turn.words("have-this-said", at=fmt.moment(found.acknowledged_at, zone))
    if tap.action == "resume":
        by = f"clinician:{turn.clinician.id}"
        patient = await flags.end_safety_pause(turn.tx, patient, turn.now, by=by)
        await inbox.change_escalation(turn.tx, found.id, state="closed")
        said = turn.words("resumed-prompts", at=fmt.moment(turn.now, zone))
    elif tap.action == "close":
        await flags.close(turn.tx, found.id, f"clinician:{turn.clinician.id}", "no action", turn.now)
        said = turn.words("closed-by")
    patient_zone = (await people.person(turn.tx, patient.person_id)).zone
    screen = screens.alert(turn.texts, found, patient, fmt.moment(found.updated_at, patient_zone))
    turn.show(Screen(f"{screen.text}\n{said}", screen.buttons if tap.action == "have" else ()))
