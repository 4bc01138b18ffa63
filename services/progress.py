"""A patient's own weeks, gathered from the record: doses, daily ratings, steps of the plan."""

from datetime import datetime

from clinical.dose import Status
from clinical.localtime import load_zone, local_day
from clinical.progress import Mark, Progress, Reading, first_day, progress
from services.checkins import RATINGS
from services.planning import dose_day_now
from services.regimens import ACTIVE
from services.view import view_of
from storage import doses, people
from storage.records import Dose, Patient, Person
from storage.store import Tx


async def progress_of(tx: Tx, person: Person, patient: Patient, weeks: int, now: datetime) -> Progress:
    """The calendar weeks up to today, where the patient is.

    A dose stands under its dose day and a rating under the day of its check-in, whatever the zone was then.
    """
    # After a flight west over the date line the dose day is already tomorrow's date.
    today = max(local_day(now, load_zone(person.zone or "UTC")), dose_day_now(person, patient, now))
    first = first_day(today, weeks)
    given = await doses.ratings(tx, patient.id, RATINGS, first, today)
    ratings = {item: {day: value for one, day, value in given if one == item} for item in RATINGS}
    steps = await people.steps(tx, patient.id)
    return progress(
        today,
        weeks,
        marks=[_mark(dose) for dose in await doses.doses(tx, patient.id, first, today)],
        pain=[Reading(day, value) for day, value in ratings["pain"].items()],
        sleep=[Reading(day, value) for day, value in ratings["sleep"].items()],
        pegs=[Reading(day, value) for day, value in (await view_of(tx, patient, now)).pegs],
        # A change that has not been read yet is not named here either.
        steps=[
            (step.starts_on, step.slot, None if step.seen_at is None else step.amount_ug)
            for step in sorted(steps, key=lambda step: step.id)
            if step.state == ACTIVE
        ],
    )


def _mark(dose: Dose) -> Mark:
    status = Status(dose.status)
    by_hand = status is Status.NOT_EXPECTED and dose.taken_at is not None
    return Mark(dose.dose_day, dose.slot, status, dose.corrected, by_hand)
