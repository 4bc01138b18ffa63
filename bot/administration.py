"""The operator's commands: clinics, invites, a digest or a ledger on paper."""

import argparse
from typing import Any

from bot.command import Refused, link, say, with_store


def clinic_add(args: argparse.Namespace) -> int:
    from bot.clock import SystemClock
    from clinical.localtime import UnknownZone
    from services import clinics

    async def work(store: Any) -> int:
        try:
            async with store.write() as tx:
                clinic = await clinics.add_clinic(tx, args.name, args.timezone, SystemClock().now())
        except clinics.ClinicExists:
            raise Refused(f"There is already a clinic called {args.name!r}.") from None
        except UnknownZone:
            raise Refused(f"{args.timezone!r} is not a time zone; one looks like Europe/Lisbon.") from None
        say(f"Clinic {clinic.id}: {clinic.name} ({clinic.zone})")
        return 0

    return with_store(work)


def clinician_invite(args: argparse.Namespace) -> int:
    from bot.clock import SystemClock
    from services import clinics

    async def work(store: Any) -> int:
        try:
            async with store.write() as tx:
                clinic = await clinics.clinic_named(tx, args.clinic)
                token = await clinics.invite_clinician(tx, clinic.id, SystemClock().now(), by="cli")
        except clinics.NoSuchClinic:
            raise Refused(f"There is no clinic called {args.clinic!r}; `clinic add` makes one.") from None
        say(await link(token))
        return 0

    return with_store(work)


def patient_invite(args: argparse.Namespace) -> int:
    from bot.clock import SystemClock
    from services import clinics
    from storage import people

    async def work(store: Any) -> int:
        async with store.write() as tx:
            found = next((one for one in await people.clinicians(tx) if one.id == args.clinician), None)
            if found is None:
                raise Refused(f"There is no clinician {args.clinician}.")
            token = await clinics.invite_patient(tx, found, None, SystemClock().now())
        say(await link(token))
        return 0

    return with_store(work)


def digest(args: argparse.Namespace) -> int:
    from bot.clock import SystemClock
    from handlers.screens.clinic import digest as drawn
    from handlers.texts import Texts
    from services import digests
    from storage import people

    async def work(store: Any) -> int:
        async with store.read() as tx:
            found = next((one for one in await people.clinicians(tx) if one.id == args.clinician), None)
            if found is None:
                raise Refused(f"There is no clinician {args.clinician}.")
            week = await digests.digest_of(tx, found, SystemClock().now())
        say(_plain(drawn(Texts("en"), week).text))
        return 0

    return with_store(work)


def ledger(args: argparse.Namespace) -> int:
    from bot.clock import SystemClock
    from bot.ledger import draw
    from services import ledger

    if args.first and args.last and args.last < args.first:
        raise Refused("--to is before --from.")

    async def work(store: Any) -> int:
        now = SystemClock().now()
        try:
            async with store.read() as tx:
                found = await ledger.ledger_of(tx, args.patient, now, args.first, args.last)
        except ledger.NoSuchPatient:
            raise Refused(f"There is no patient {args.patient!r}.") from None
        for line in draw(found, now):
            say(line)
        return 0

    return with_store(work)


def export(args: argparse.Namespace) -> int:
    import json

    from bot.clock import SystemClock
    from services import exporting
    from services.view import view_of
    from storage import people

    async def work(store: Any) -> int:
        async with store.read() as tx:
            patient = await people.patient_by_code(tx, args.patient)
            if patient is None:
                raise Refused(f"There is no patient {args.patient!r}.")
            view = await view_of(tx, patient, SystemClock().now())
            steps = await people.steps(tx, patient.id)
        if args.format == "json":
            say(json.dumps(exporting.as_json(view, steps), ensure_ascii=False, indent=2))
        else:
            say(exporting.as_csv(view, steps).rstrip("\n"))
        return 0

    return with_store(work)


def _plain(markup: str) -> str:
    import html
    import re

    return html.unescape(re.sub(r"</?[a-z][^>]*>", "", markup))
