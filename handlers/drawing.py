"""From what is owed to the screen that says it."""

from datetime import datetime

from clinical.dose import QUIET_AFTER
from clinical.localtime import load_zone, part_of_day
from handlers import format as fmt
from handlers.reply import Outgoing, Screen, quietly
from handlers.screens import checkin, clinic, dose, notice
from handlers.texts import Texts
from services import kinds
from services.delivering import (
    AboutCheckIn,
    AboutDigest,
    AboutDose,
    AboutDuty,
    AboutFlag,
    AboutPatient,
    Packed,
    Prepared,
)
from services.worklist import Read


def draw(prepared: Prepared, now: datetime) -> Outgoing:
    """The screen for a row that is about to be sent."""
    if isinstance(prepared, Packed):
        return Outgoing.unpack(prepared.payload)
    texts = Texts(prepared.person.language)
    fmt.speak(texts.language)
    if isinstance(prepared, AboutDose):
        return Outgoing(_about_dose(texts, prepared, now))
    if isinstance(prepared, AboutCheckIn):
        return Outgoing(quietly(_checkin(texts, prepared)))
    if isinstance(prepared, AboutPatient):
        return Outgoing(quietly(notice.DRAWN[prepared.kind](texts, prepared.patient, prepared.supply)))
    if isinstance(prepared, AboutDuty):
        if prepared.kind == kinds.TEST_ALERT:
            return Outgoing(clinic.test_alert(texts, prepared.clinician.id))
        return Outgoing(clinic.opening_list(texts, prepared.waiting, prepared.person.zone))
    if isinstance(prepared, Read):
        return Outgoing(quietly(notice.read(texts, prepared)))
    if isinstance(prepared, AboutFlag):
        return Outgoing(_about_flag(texts, prepared))
    assert isinstance(prepared, AboutDigest)
    return Outgoing(quietly(clinic.digest(texts, prepared.digest)))


def _checkin(texts: Texts, about: AboutCheckIn) -> Screen:
    return checkin.opening(texts, about.sitting, about.open_dose, about.person, about.patient)


def _about_dose(texts: Texts, about: AboutDose, now: datetime) -> Screen:
    if about.kind == kinds.SAFETY_QUESTION:
        return dose.safety_question(texts, restart=about.patient.safety_pause_cause == "RF14")
    local = about.dose.scheduled_at.astimezone(load_zone(about.dose.zone))
    if about.kind == kinds.SCHEDULE_CHANGE:
        return dose.schedule_change(texts, about.dose, about.patient)
    if about.kind == kinds.DOSE_REMINDER:
        return quietly(dose.reminder(texts, about.dose, about.plan, part_of_day(local)))
    screen = dose.prompt(
        texts,
        about.dose,
        about.plan,
        part=part_of_day(local),
        late=about.late,
        spoken=bool(about.patient.caution),
    )
    after_bedtime = now - about.dose.scheduled_at > QUIET_AFTER
    return quietly(screen) if about.late or after_bedtime else screen


def _about_flag(texts: Texts, about: AboutFlag) -> Screen:
    if about.kind == kinds.FLAG_FOLLOW_UP:
        return quietly(dose.follow_up(texts, about.escalation.id))
    at = fmt.moment(about.escalation.updated_at, about.patient_zone)
    screen = clinic.alert(texts, about.escalation, about.patient, at)
    return quietly(screen) if about.quiet else screen
