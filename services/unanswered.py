"""Questions without an answer and thumbs under answers: shown to a clinic in groups, with counts."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from clinical.likeness import Group, groups, without_names
from storage import people, unanswered
from storage.records import Clinician, Patient
from storage.store import Tx

SINCE = timedelta(days=90)


@dataclass(frozen=True, slots=True)
class Unanswered:
    """What a clinic's patients asked in vain, and the answers that got thumbs: (topic, up, down)."""

    groups: tuple[Group, ...]
    thumbs: tuple[tuple[str, int, int], ...]


async def keep_question(tx: Tx, patient: Patient, text: str, now: datetime) -> None:
    """Keep a question that got no answer; only of who shares with a clinic, and without who asked."""
    clinic_id = await _clinic_of(tx, patient)
    if clinic_id is not None:
        await unanswered.keep(tx, clinic_id, unanswered.QUESTION, now, text=without_names(text))


async def keep_thumb(tx: Tx, patient: Patient, topic: str, now: datetime, *, up: bool) -> None:
    """Keep what somebody thought of an answer; only of who shares with a clinic."""
    clinic_id = await _clinic_of(tx, patient)
    if clinic_id is not None:
        kind = unanswered.UP if up else unanswered.DOWN
        await unanswered.keep(tx, clinic_id, kind, now, topic=topic)


async def _clinic_of(tx: Tx, patient: Patient) -> int | None:
    if not patient.active or not patient.consent_sharing or patient.clinician_id is None:
        return None
    return (await people.clinician(tx, patient.clinician_id)).clinic_id


async def of_clinic(tx: Tx, clinician: Clinician, now: datetime) -> Unanswered:
    """The last three months of the clinician's clinic."""
    since = now - SINCE
    counted = await unanswered.thumbs(tx, clinician.clinic_id, since)
    topics = sorted({topic for topic, _ in counted})
    thumbs = tuple((one, counted.get((one, "up"), 0), counted.get((one, "down"), 0)) for one in topics)
    return Unanswered(
        groups(await unanswered.questions(tx, clinician.clinic_id, since)),
        tuple(sorted(thumbs, key=lambda one: (-one[2], one[0]))),
    )
