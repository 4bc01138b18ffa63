"""Promises of the outbox: due, leased, settled; never twice, never forgotten."""

from datetime import UTC, datetime, timedelta

import pytest

from storage import outbox, people
from storage.errors import LostLease
from storage.store import Store, Tx

T0 = datetime(2026, 3, 1, 21, 30, tzinfo=UTC)
LEASE = timedelta(seconds=60)


def t(seconds: float) -> datetime:
    return T0 + timedelta(seconds=seconds)


@pytest.fixture
async def person_id(store: Store) -> int:
    async with store.write() as tx:
        return (await people.add_person(tx, 7, "Ana", "en", T0)).id


async def owe(tx: Tx, person_id: int, key: str, **values: object) -> bool:
    row: dict[str, object] = {
        "kind": "dose_prompt",
        "person_id": person_id,
        "subject_id": 1,
        "key": key,
        "due_at": T0,
        "expires_at": T0 + timedelta(hours=3),
        "priority": 2,
    }
    return await outbox.owe(tx, **(row | values))


async def test_the_same_message_is_owed_once(store: Store, person_id: int) -> None:
    async with store.write() as tx:
        assert await owe(tx, person_id, "dose:1:prompt")
        assert not await owe(tx, person_id, "dose:1:prompt")
        assert len(await outbox.lease(tx, t(0), t(60), 10)) == 1


async def test_what_is_due_is_leased_by_priority_then_time(store: Store, person_id: int) -> None:
    async with store.write() as tx:
        await owe(tx, person_id, "digest", priority=5, due_at=t(-50))
        await owe(tx, person_id, "late", due_at=t(-10))
        await owe(tx, person_id, "later", due_at=t(-5))
        await owe(tx, person_id, "alert", priority=0, due_at=t(-1))
        await owe(tx, person_id, "tomorrow", due_at=t(86_400), expires_at=t(90_000))
        got = await outbox.lease(tx, t(0), t(60), 10)
    assert [item.key for item in got] == ["alert", "late", "later", "digest"]


async def test_a_leased_message_is_not_leased_again_until_its_lease_runs_out(
    store: Store, person_id: int
) -> None:
    async with store.write() as tx:
        await owe(tx, person_id, "a")
        (first,) = await outbox.lease(tx, t(0), t(60), 10)
        assert await outbox.lease(tx, t(59), t(119), 10) == []
        await outbox.recover(tx, t(60), [], everything=False)
        (again,) = await outbox.lease(tx, t(60), t(120), 10)
        assert again.fence == first.fence + 1
        with pytest.raises(LostLease):
            await outbox.settle(tx, first, "sent")
        await outbox.settle(tx, again, "sent", message_id=9, sent_at=t(61))
        assert await outbox.lease(tx, t(500), t(560), 10) == []


async def test_a_passing_failure_is_due_again_later(store: Store, person_id: int) -> None:
    async with store.write() as tx:
        await owe(tx, person_id, "a")
        (item,) = await outbox.lease(tx, t(0), t(60), 10)
        await outbox.settle(tx, item, "due", due_at=t(30), last_error="429")
        assert await outbox.lease(tx, t(29), t(90), 10) == []
        assert len(await outbox.lease(tx, t(30), t(90), 10)) == 1


async def test_what_was_not_sent_in_time_expires_and_is_reported(store: Store, person_id: int) -> None:
    async with store.write() as tx:
        await owe(tx, person_id, "a", expires_at=t(10))
        assert await outbox.expire(tx, t(9)) == []
        assert await outbox.lease(tx, t(10), t(70), 10) == []
        assert [item.key for item in await outbox.expire(tx, t(10))] == ["a"]
        assert await outbox.expire(tx, t(10)) == []


async def test_after_a_crash_prompts_are_sent_again_and_reminders_are_not(
    store: Store, person_id: int
) -> None:
    async with store.write() as tx:
        await owe(tx, person_id, "prompt")
        await owe(tx, person_id, "reminder", kind="dose_reminder", priority=3)
        assert len(await outbox.lease(tx, t(0), t(60), 10)) == 2
    async with store.write() as tx:
        assert await outbox.recover(tx, t(1), ["dose_reminder"], everything=False) == 0
        assert await outbox.recover(tx, t(1), ["dose_reminder"], everything=True) == 1
        assert [item.key for item in await outbox.lease(tx, t(1), t(61), 10)] == ["prompt"]


async def test_a_withdrawn_message_is_not_sent(store: Store, person_id: int) -> None:
    async with store.write() as tx:
        await owe(tx, person_id, "a")
        await outbox.withdraw(tx, ["dose_prompt"], 1, "answered")
        assert await outbox.lease(tx, t(0), t(60), 10) == []
        assert await outbox.next_due_at(tx) is None


async def test_the_text_of_a_reply_is_gone_once_it_is_sent(store: Store, person_id: int) -> None:
    async with store.write() as tx:
        await owe(tx, person_id, "reply:1", kind="reply", payload="words")
        (item,) = await outbox.lease(tx, t(0), t(60), 10)
        assert item.payload == "words"
        await outbox.settle(tx, item, "sent", message_id=3, sent_at=t(1))
        kept = await outbox.by_key(tx, "reply:1")
    assert kept is not None
    assert (kept.state, kept.payload, kept.message_id) == ("sent", None, 3)


async def test_settled_rows_can_be_cleared_and_open_ones_stay(store: Store, person_id: int) -> None:
    async with store.write() as tx:
        await owe(tx, person_id, "old")
        (item,) = await outbox.lease(tx, t(0), t(60), 10)
        await outbox.settle(tx, item, "sent")
        await owe(tx, person_id, "open")
        assert await outbox.clear_settled(tx, t(100)) == 1
        assert await outbox.by_key(tx, "open") is not None
