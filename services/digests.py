"""The clinician's weekly digest: gathered from the record of linked patients who share."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from clinical import digest as rules
from clinical.bands import Measure, compare
from clinical.conventions import SHIPPED
from clinical.digest import Digest, OpenFlag, OpenStep, PatientWeek, Told
from clinical.dose import Status
from clinical.entries import days_before, level_of, standing_pain, standing_pegs
from clinical.localtime import instant_of, load_zone, local_day
from clinical.regimen import step_on
from clinical.sitting import Item
from clinical.stepping import Wait
from services import kinds
from services.planning import regimen_of
from services.view import WEEK, View, view_of
from storage import inbox, outbox, people, questions
from storage.records import Clinician, Dose, Patient
from storage.store import Store, Tx

_LASTS = timedelta(hours=12)
_FURTHEST = timedelta(days=8)


async def digest_of(tx: Tx, clinician: Clinician, now: datetime) -> Digest:
    """The clinician's week up to `now`: the doses of the seven days before today, local to each patient."""
    reader = await people.person(tx, clinician.person_id)
    today = local_day(now, load_zone(reader.zone or "UTC"))
    patients = [
        patient for patient in await people.patients_of(tx, clinician.id) if patient.state == "active"
    ]
    return rules.digest([await week_of(tx, patient, now) for patient in patients], today)


async def week_of(tx: Tx, patient: Patient, now: datetime) -> PatientWeek:
    """What the record says about one patient in the seven days before `now`."""
    view = await view_of(tx, patient, now)
    zone = load_zone(view.person.zone or "UTC")
    regimen = await regimen_of(tx, patient)
    step = step_on(regimen, view.today)
    reviews = [one.review_on for one in regimen.steps if one.review_on is not None]
    answered = [dose.answered_at for dose in view.doses if dose.answered_at is not None]
    contact = max([*answered, *(one.answered_at for one in view.history)], default=None)
    alerts = await inbox.escalations(tx, patient.id, open_only=False)
    asked = await questions.waiting(tx, [patient.id])
    return PatientWeek(
        code=patient.code,
        counts=view.counts,
        pain=view.rated(Item.PAIN, now - WEEK),
        sleep=view.rated(Item.SLEEP, now - WEEK),
        pain_before=_pain_before(view),
        open_flags=tuple(
            OpenFlag(flag.category, flag.severity)
            for flag in alerts
            if flag.state != "closed" and flag.severity in kinds.PUSHED_AT_ONCE
        ),
        last_contact=local_day(contact, zone) if contact else None,
        safety_pause=patient.safety_pause_at is not None,
        hold=patient.hold_at is not None,
        review_on=max(reviews, default=None),
        step_amount_ug=step.amount_ug if step else None,
        nights_on_step=max((view.today - max(step.starts_on, patient.start_on or step.starts_on)).days, 0)
        if step
        else 0,
        corrected=sum(dose.corrected for dose in view.week),
        started=patient.first_dose_on is not None or patient.standing == "taking",
        unreachable=view.person.unreachable_at is not None,
        nights_silent=_silent_nights(view.doses),
        safety_pause_since=local_day(patient.safety_pause_at, zone) if patient.safety_pause_at else None,
        hold_since=local_day(patient.hold_at, zone) if patient.hold_at else None,
        joined_on=local_day(patient.enrolled_at, zone),
        questions=tuple(one.text for one in asked),
        asked_on=local_day(asked[0].asked_at, zone) if asked else None,
        steps=tuple(
            OpenStep(one.amount_ug, one.waits_for or one.state, min(one.starts_on, view.today))
            for one in await people.steps(tx, patient.id)
            if one.state in ("waiting", "reported") and one.waits_for != Wait.REVIEW
        ),
        told=told_of(view) if patient.consent_checkins else None,
        not_useful=sum(
            one.not_useful_at is not None and now - WEEK <= one.not_useful_at <= now for one in alerts
        ),
    )


def told_of(view: View) -> Told:
    """What the weekly check-ins say, for a line of the digest and for the card."""
    before = view.outcome.before
    peg = None
    latest = view.latest_peg
    if before.peg is not None and latest is not None and latest[0] > before.peg.last_on:
        level = level_of(standing_pegs(view.treatment.pegs)[latest[0]])
        assert level is not None
        peg = compare(before.peg, level, Measure.PEG)
        peg = peg.trend if peg is not None and before.entry else peg
    pgic = max(view.treatment.impressions, key=lambda one: (one.day, one.entered_at), default=None)
    return Told(
        peg=peg,
        peg_now=latest,
        entry=before.entry,
        pgic=pgic.code if pgic else None,
        effects=tuple(one for one in view.effects if one.new or one.worse),
        heard=view.heard,
        much_worse=view.much_worse,
        first_on={
            one.item: step.amount_ug for one in view.effects if (step := view.step_of(one)) is not None
        },
    )


def _pain_before(view: View) -> tuple[int, ...]:
    """Daily pain of the seven days before the first dose. Already on it at sign-up: no baseline."""
    first = view.treatment.first_dose_on
    if first is None:
        return ()
    window = days_before(first, SHIPPED.baseline_days)
    return tuple(one.value for day, one in standing_pain(view.treatment.pain).items() if day in window)


def _silent_nights(all_doses: Sequence[Dose]) -> int:
    """Latest expected nights in a row without an answer, those still open left out."""
    nights = 0
    for dose in reversed(all_doses):
        if dose.status in (Status.TAKEN, Status.SKIPPED):
            break
        if dose.status == Status.UNANSWERED:
            nights += 1
    return nights


def next_digest(clinician: Clinician, zone: str, now: datetime) -> datetime:
    """The next instant strictly after `now` at the clinician's weekday and hour."""
    place = load_zone(zone)
    day: date = local_day(now, place)
    while True:
        if day.weekday() == clinician.digest_weekday:
            at = instant_of(day, clinician.digest_wall, place)
            if at > now:
                return at
        day += timedelta(days=1)


async def schedule(tx: Tx, clinician: Clinician, now: datetime) -> Clinician:
    """Set when the clinician's next digest comes."""
    reader = await people.person(tx, clinician.person_id)
    await people.change_clinician(
        tx, clinician.id, next_digest_at=next_digest(clinician, reader.zone or "UTC", now)
    )
    return await people.clinician(tx, clinician.id)


async def set_digest_time(tx: Tx, clinician: Clinician, weekday: int, wall: time, now: datetime) -> Clinician:
    await people.change_clinician(tx, clinician.id, digest_weekday=weekday, digest_wall=wall)
    return await schedule(tx, await people.clinician(tx, clinician.id), now)


async def owe_due(store: Store, now: datetime) -> int:
    """Owe the digests whose hour has come; how many. A week is owed once, however late the tick is."""
    owed = 0
    async with store.read() as tx:
        first = await people.next_digest_at(tx)
        astray = await people.digests_beyond(tx, now + _FURTHEST)
    if not astray and (first is None or first > now):
        return 0
    async with store.write() as tx:
        for clinician in astray:
            # Scheduled under a clock that ran ahead.
            await schedule(tx, clinician, now)
        for clinician in await people.clinicians_with_digest_due(tx, now):
            assert clinician.next_digest_at is not None
            due_at = clinician.next_digest_at
            # After an outage only the newest week is sent: it reports the last seven days anyway.
            while due_at + WEEK <= now:
                due_at += WEEK
            owed += await outbox.owe(
                tx,
                kind=kinds.DIGEST,
                person_id=clinician.person_id,
                subject_id=clinician.id,
                key=f"digest:{clinician.id}:{due_at.date().isoformat()}",
                due_at=due_at,
                expires_at=now + _LASTS,
                priority=kinds.PRIORITY[kinds.DIGEST],
            )
            await schedule(tx, clinician, now)
    return owed
