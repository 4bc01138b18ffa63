"""How a clinic's patients came out, by dose step: counts, never a patient."""

from datetime import datetime

from clinical.cohort import Row, cohort
from services.view import view_of
from storage import people
from storage.records import Clinician
from storage.store import Tx


async def cohort_of(tx: Tx, clinician: Clinician, now: datetime) -> tuple[Row, ...]:
    """The patients of all the clinic's clinicians who share, also those who have stopped."""
    colleagues = [one for one in await people.clinicians(tx) if one.clinic_id == clinician.clinic_id]
    outcomes = []
    for colleague in colleagues:
        for patient in await people.patients_of(tx, colleague.id):
            view = await view_of(tx, patient, now)
            outcomes.append(view.outcome)
    return cohort(outcomes)
