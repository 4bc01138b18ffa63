"""The draft of one titration step, and what becomes of it once it is confirmed."""

import json
from collections.abc import Awaitable, Callable
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from clinical.localtime import load_zone, local_day
from handlers import format as fmt
from handlers.reply import Screen
from handlers.turn import Turn
from services import clinics, regimens
from services.clinics import PATIENT_INVITE_LASTS, InvitedPlan
from services.regimens import Prescribed


@dataclass(slots=True)
class Draft:
    """What has been answered so far, kept with the conversation. `purpose`: invite, clinic, own."""

    purpose: str
    patient_id: int | None = None
    code: str | None = None
    last_ug: int | None = None
    amount_ug: int | None = None
    form: str = "other"
    units: str | None = None
    strength_ug: int | None = None
    start: str | None = None
    after_review: bool = False
    review: str | None = None

    def pack(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def unpack(cls, packed: str) -> "Draft":
        return cls(**json.loads(packed))

    @property
    def prescribed(self) -> Prescribed:
        assert self.amount_ug is not None
        assert self.start is not None
        return Prescribed(
            self.amount_ug,
            self.form,
            self.units,
            self.strength_ug,
            date.fromisoformat(self.start),
            date.fromisoformat(self.review) if self.review else None,
            self.after_review,
        )


def link(turn: Turn, token: str) -> str:
    return f"https://t.me/{turn.house.username}?start={token}"


async def _make_invite(turn: Turn, draft: Draft) -> None:
    assert turn.clinician is not None
    wanted = draft.prescribed
    plan = InvitedPlan(
        wanted.amount_ug,
        wanted.form,
        wanted.starts_on,
        wanted.review_on,
        units=wanted.units,
        strength_ug=wanted.strength_ug,
    )
    token = await clinics.invite_patient(turn.tx, turn.clinician, plan, turn.now)
    until = fmt.day(local_day(turn.now + PATIENT_INVITE_LASTS, load_zone(turn.someone.zone or "UTC")))
    address = link(turn, token)
    turn.say(Screen(turn.words("invite-caption", until=until, link=address), qr=address))


async def _record_by_clinic(turn: Turn, draft: Draft) -> None:
    assert turn.clinician is not None
    assert draft.patient_id is not None
    patient = await clinics.reads_for(turn.tx, turn.clinician, draft.patient_id)
    if patient is None:
        turn.say(Screen(turn.words("not-yours")))
        return
    await regimens.record_by_clinic(turn.tx, patient, draft.prescribed, turn.clinician, turn.now)
    turn.say(Screen(turn.words("clinic-recorded", code=patient.code)))


async def _record_own(turn: Turn, draft: Draft) -> None:
    step = await regimens.record_by_patient(turn.tx, turn.treated, draft.prescribed, turn.now)
    reported = step.state == regimens.REPORTED
    turn.say(Screen(turn.words("own-reported" if reported else "own-recorded")))


FINISH: dict[str, Callable[[Turn, Draft], Awaitable[None]]] = {
    "invite": _make_invite,
    "clinic": _record_by_clinic,
    "own": _record_own,
}
