"""The clinician's side: inviting, the digest, alerts."""

from datetime import time

from clinical.localtime import load_zone, local_day
from handlers import format as fmt
from handlers import prescribing
from handlers import worklist as work
from handlers.callbacks import Tap
from handlers.prescribed import Draft, link
from handlers.reply import Button, Screen
from handlers.screens import clinic as screens
from handlers.turn import Turn
from services import clinics, digests, duty, flags, worklist
from services import unanswered as asking
from services.clinics import CLINICIAN_INVITE_LASTS
from storage import people
from storage.records import Clinician

_HOURS = ("07:00", "08:00", "09:00", "12:00", "17:00")


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
    await duty.owe_test(turn.tx, clinician, turn.now, after=duty.TEST_AFTER_JOINING)
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


async def invite(turn: Turn) -> None:
    """`/invite`: amount, form, label, first night, day of review; then one link."""
    await prescribing.begin(turn, Draft("invite"))


async def colleague(turn: Turn, clinician: Clinician) -> None:
    token = await clinics.invite_clinician(
        turn.tx, clinician.clinic_id, turn.now, by=f"clinician:{clinician.id}"
    )
    until = fmt.day(local_day(turn.now + CLINICIAN_INVITE_LASTS, load_zone(turn.someone.zone or "UTC")))
    turn.say(Screen(turn.words("colleague", until=until, link=link(turn, token))))


async def digest(turn: Turn, clinician: Clinician) -> None:
    turn.say(screens.digest(turn.texts, await digests.digest_of(turn.tx, clinician, turn.now)))


async def unanswered(turn: Turn, clinician: Clinician) -> None:
    """`/unanswered`: what the clinic's patients asked in vain, in groups, and thumbs under answers."""
    turn.say(screens.unanswered(turn.texts, await asking.of_clinic(turn.tx, clinician, turn.now)))


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
    """ "I have this", "Resume dose prompts" and "Not useful" under an alert."""
    clinician = turn.clinician
    found = None if clinician is None else await worklist.alert(turn.tx, clinician, tap.subject, turn.now)
    if clinician is None or found is None:
        turn.show(Screen(turn.words("not-yours" if clinician is None else "inbox-gone")))
        return
    if found.flag.acknowledged_at is None:
        found = await worklist.take_alert(turn.tx, clinician, tap.subject, turn.now) or found
    if tap.action == "have":
        turn.show(await work.alert_page(turn, found))
        return
    patient, by = found.patient, f"clinician:{clinician.id}"
    if tap.action == "resume":
        patient = await flags.end_safety_pause(turn.tx, patient, turn.now, by=by)
        await flags.close(turn.tx, found.flag.id, by, flags.Outcome.RESUMED, turn.now)
        said = turn.words("resumed-prompts", at=fmt.moment(turn.now, turn.someone.zone))
    elif tap.action == "useless":
        await flags.not_useful(turn.tx, found.flag, by, turn.now)
        said = turn.words("not-useful-said")
    else:
        turn.show(Screen(turn.words("stale-button")))
        return
    zone = (await people.person(turn.tx, patient.person_id)).zone
    screen = screens.alert(turn.texts, found.flag, patient, fmt.moment(found.flag.updated_at, zone))
    turn.show(Screen(f"{screen.text}\n{said}"))
