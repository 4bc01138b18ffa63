"""Promises of the database layer, on SQLite and on PostgreSQL."""

import asyncio
import sqlite3
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError
from sqlmodel import SQLModel

import storage.databases
from storage import doses, inbox, people, questions
from storage.databases import newest_version
from storage.encryption import new_key, seal, unseal, use_keys
from storage.errors import AlreadyRunning, WrongKeys
from storage.store import Store
from tests.conftest import KEYS

T0 = datetime(2026, 3, 1, 21, 30, tzinfo=UTC)


async def a_patient(store: Store, telegram_id: int = 1001, code: str = "P-AAAA") -> int:
    async with store.write() as tx:
        person = await people.add_person(tx, telegram_id, "Ana", "en", T0)
        patient = await people.add_patient(
            tx,
            person_id=person.id,
            code=code,
            state="active",
            dose_wall=time(22),
            waking_wall=time(8),
            enrolled_at=T0,
        )
    return patient.id


def a_dose(patient_id: int, **values: object) -> dict[str, object]:
    return {
        "patient_id": patient_id,
        "dose_day": T0.date(),
        "slot": 1,
        "scheduled_at": T0,
        "grace_until": T0 + timedelta(hours=3),
        "closes_at": T0 + timedelta(hours=14),
        "correct_until": T0 + timedelta(hours=48),
        "zone": "Europe/Lisbon",
        "status": "planned",
        **values,
    }


async def test_what_was_written_is_read_back_with_aware_instants(store: Store) -> None:
    patient_id = await a_patient(store)
    async with store.read() as tx:
        patient = await people.patient(tx, patient_id)
        person = await people.person_by_telegram_id(tx, 1001)
    assert patient.enrolled_at == T0
    assert patient.enrolled_at.utcoffset() == timedelta(0)
    assert patient.dose_wall == time(22)
    assert person is not None
    assert (person.telegram_id, person.name) == ("1001", "Ana")


async def test_an_instant_without_a_zone_is_refused(store: Store) -> None:
    with pytest.raises(Exception, match="aware"):
        async with store.write() as tx:
            await people.add_person(tx, 1, "Ana", "en", datetime(2026, 1, 1))  # noqa: DTZ001


async def test_a_failed_transaction_leaves_nothing(store: Store) -> None:
    async def fails() -> None:
        async with store.write() as tx:
            await people.add_person(tx, 1001, "Ana", "en", T0)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        await fails()
    async with store.read() as tx:
        assert await people.person_by_telegram_id(tx, 1001) is None


async def test_a_dose_day_and_slot_exist_once(store: Store) -> None:
    patient_id = await a_patient(store)
    async with store.write() as tx:
        await doses.add_dose(tx, **a_dose(patient_id))
        await doses.add_dose(tx, **a_dose(patient_id, slot=2))
    with pytest.raises(IntegrityError):
        async with store.write() as tx:
            await doses.add_dose(tx, **a_dose(patient_id))


async def test_a_status_changes_only_from_the_one_that_was_seen(store: Store) -> None:
    patient_id = await a_patient(store)
    async with store.write() as tx:
        dose = await doses.add_dose(tx, **a_dose(patient_id, status="prompted"))
        assert await doses.change_dose(tx, dose.id, was="prompted", status="taken")
        assert not await doses.change_dose(tx, dose.id, was="prompted", status="skipped")
        found = await doses.dose(tx, dose.id)
    assert found is not None
    assert found.status == "taken"


async def test_writers_queue_and_no_update_is_lost(store: Store) -> None:
    patient_id = await a_patient(store)
    async with store.write() as tx:
        dose = await doses.add_dose(tx, **a_dose(patient_id))

    async def snooze_once_more() -> None:
        async with store.write() as tx:
            if not store.embedded:
                await tx.run(text(f"SELECT id FROM dose WHERE id = {dose.id} FOR UPDATE"))
            seen = await doses.dose(tx, dose.id)
            assert seen is not None
            await doses.change_dose(tx, dose.id, was="planned", snoozes=seen.snoozes + 1)

    await asyncio.gather(*(snooze_once_more() for _ in range(20)))
    async with store.read() as tx:
        found = await doses.dose(tx, dose.id)
    assert found is not None
    assert found.snoozes == 20


async def test_two_stores_on_one_sqlite_file_lose_no_update(sqlite_url: str) -> None:
    first, second = await Store.open(sqlite_url), await Store.open(sqlite_url)
    patient_id = await a_patient(first)
    async with first.write() as tx:
        dose = await doses.add_dose(tx, **a_dose(patient_id))

    async def many(store: Store) -> None:
        for _ in range(25):
            async with store.write() as tx:
                seen = await doses.dose(tx, dose.id)
                assert seen is not None
                await doses.change_dose(tx, dose.id, was="planned", snoozes=seen.snoozes + 1)

    await asyncio.gather(many(first), many(second))
    async with first.read() as tx:
        found = await doses.dose(tx, dose.id)
    assert found is not None
    assert found.snoozes == 50
    await first.close()
    await second.close()


async def test_names_ids_and_words_stand_encrypted_in_the_file(sqlite_url: str) -> None:
    store = await Store.open(sqlite_url)
    patient_id = await a_patient(store, telegram_id=987654321)
    async with store.write() as tx:
        person = await people.person_by_telegram_id(tx, 987654321)
        assert person is not None
        # Long enough not to stand in what is encrypted by chance, as "Ana" does now and then.
        await people.change_person(tx, person.id, name="Anastasia Quiroga")
        await inbox.put_conversation(tx, person.id, "enrol", "place", '{"word": "Guimaraes"}', T0)
        await inbox.add_recent_text(tx, person.id, "my tongue is swollen", T0)
        await questions.add(tx, patient_id, "what about cheese", T0)
    await store.close()
    folder = Path(sqlite_url.removeprefix("sqlite:///")).parent
    raw = b"".join(path.read_bytes() for path in folder.iterdir())
    for word in (b"Anastasia", b"987654321", b"Guimaraes", b"tongue", b"cheese"):
        assert word not in raw


async def test_other_keys_do_not_open_the_database(sqlite_url: str) -> None:
    await (await Store.open(sqlite_url)).close()
    use_keys([new_key()])
    with pytest.raises(WrongKeys, match="DATA_KEYS"):
        await Store.open(sqlite_url)


async def test_a_new_key_in_front_reads_what_the_old_one_wrote(sqlite_url: str) -> None:
    store = await Store.open(sqlite_url)
    await a_patient(store)
    await store.close()
    use_keys([new_key(), *KEYS])
    store = await Store.open(sqlite_url)
    async with store.read() as tx:
        assert await people.person_by_telegram_id(tx, 1001) is not None
    await store.close()


def test_a_sealed_text_is_different_every_time() -> None:
    assert seal("Ana") != seal("Ana")
    assert unseal(seal("Ana")) == "Ana"


def test_the_newest_version_is_the_one_that_alembic_goes_to() -> None:
    from alembic.script import ScriptDirectory

    folder = Path(storage.databases.__file__).parent / "migrations"
    assert newest_version() == ScriptDirectory(str(folder)).get_current_head()


async def test_the_migrations_make_exactly_the_tables_of_the_code(database_url: str) -> None:
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext
    from sqlalchemy import create_engine
    from sqlalchemy.ext.asyncio import create_async_engine

    def differences(connection: object) -> object:
        return compare_metadata(MigrationContext.configure(connection), SQLModel.metadata)

    await (await Store.open(database_url)).close()
    if database_url.startswith("sqlite"):
        engine = create_engine(database_url)
        with engine.connect() as connection:
            assert differences(connection) == []
        engine.dispose()
        return
    server = create_async_engine(database_url)
    async with server.connect() as remote:
        assert await remote.run_sync(differences) == []
    await server.dispose()


async def test_a_second_runner_is_refused(database_url: str) -> None:
    first, second = await Store.open(database_url), await Store.open(database_url)
    async with first.sole_runner():
        with pytest.raises(AlreadyRunning, match="Another process"):
            async with second.sole_runner():
                pass
    async with second.sole_runner():
        pass
    await first.close()
    await second.close()


async def test_an_invite_is_used_once(store: Store) -> None:
    async with store.write() as tx:
        clinic = await people.add_clinic(tx, "Harbour", "Europe/Lisbon", T0)
        person = await people.add_person(tx, 5, "Eva", "en", T0)
        await people.add_invite(
            tx,
            "token",
            "clinician",
            clinic_id=clinic.id,
            clinician_id=None,
            plan=None,
            now=T0,
            expires_at=T0 + timedelta(days=1),
        )
        invite = await people.invite(tx, "token")
        assert invite is not None
        assert await people.use_invite(tx, invite.id, person.id, T0)
        assert not await people.use_invite(tx, invite.id, person.id, T0)
        assert await people.invite(tx, "tokem") is None


def test_sqlite_is_new_enough_for_returning() -> None:
    assert sqlite3.sqlite_version_info >= (3, 35)
