"""/healthz, /readyz and /metrics, asked over HTTP."""

import contextlib
import socket
from collections.abc import AsyncIterator

import aiohttp
import pytest
from sqlalchemy import text

from bot.clock import SetClock
from bot.metrics import Counted, Metrics
from bot.schedule import Ticks
from bot.settings import Settings, SettingsError, load
from bot.web import CannotListen, serving
from sandbox import Telegram
from services import kinds
from tests.world import T0, a_world


class Passing:
    """Seconds that pass when told."""

    def __init__(self) -> None:
        self.seconds = 100.0

    def __call__(self) -> float:
        return self.seconds


@contextlib.asynccontextmanager
async def asked(store, metrics: Metrics, clock=None) -> AsyncIterator[aiohttp.ClientSession]:
    async with (
        serving(("127.0.0.1", 0), store, clock or SetClock(T0), metrics) as port,
        aiohttp.ClientSession(f"http://127.0.0.1:{port}") as client,
    ):
        yield client


async def look(client: aiohttp.ClientSession, path: str) -> tuple[int, dict[str, object]]:
    async with client.get(path) as answer:
        return answer.status, await answer.json()


async def numbers(client: aiohttp.ClientSession) -> dict[str, float]:
    """Name with labels -> value."""
    async with client.get("/metrics") as answer:
        assert answer.status == 200
        assert answer.headers["Content-Type"].startswith("text/plain; version=0.0.4")
        rows = [row.rsplit(" ", 1) for row in (await answer.text()).splitlines() if not row.startswith("#")]
    return {name: float(value) for name, value in rows}


async def test_alive_says_nothing_but_that(sqlite_store):
    async with asked(sqlite_store, Metrics()) as client, client.get("/healthz") as answer:
        assert (answer.status, await answer.text()) == (200, "alive\n")
        async with client.get("/") as other:
            assert other.status == 404


async def test_ready_only_with_database_tables_ticks_and_telegram(store):
    time = Passing()
    metrics = Counted(time)
    async with asked(store, metrics) as client:
        fine = {"database": "ok", "migrations": "ok"}
        assert await look(client, "/readyz") == (
            503,
            {"ready": False, "checks": {**fine, "ticks": "not yet", "telegram": "not yet"}},
        )
        metrics.tick("plan")
        metrics.telegram_answered()
        everything = {**fine, "ticks": "ok", "telegram": "ok"}
        assert await look(client, "/readyz") == (200, {"ready": True, "checks": everything})
        time.seconds += 29.9
        assert (await look(client, "/readyz"))[0] == 200
        time.seconds += 0.1
        assert await look(client, "/readyz") == (
            503,
            {"ready": False, "checks": {**everything, "ticks": "30 s ago"}},
        )
        metrics.tick("deliver")
        assert (await look(client, "/readyz"))[0] == 200
        time.seconds += 29.9
        metrics.tick("deliver")
        time.seconds += 0.1
        assert (await look(client, "/readyz"))[1]["checks"]["telegram"] == "60 s ago"

        metrics.standing_by = True
        status, body = await look(client, "/readyz")
        assert (status, body["checks"]["ticks"]) == (200, "standing by")

        async with store.write() as tx:
            await tx.run(text("UPDATE alembic_version SET version_num = 'older'"))
        status, body = await look(client, "/readyz")
        assert (status, body["checks"]["migrations"]) == (503, "other than this version's")


async def test_not_ready_without_a_database(sqlite_store, monkeypatch):
    from storage.errors import Unavailable

    @contextlib.asynccontextmanager
    async def away():
        raise Unavailable
        yield

    monkeypatch.setattr(sqlite_store, "read", away)
    metrics = Counted()
    async with asked(sqlite_store, metrics) as client:
        status, body = await look(client, "/readyz")
        assert status == 503
        assert body["checks"]["database"] == "not reachable"
        assert (await numbers(client))["ldn_due_backlog"] == 0


async def test_what_is_counted(sqlite_store):
    time = Passing()
    metrics = Counted(time)
    metrics.sent(kinds.DOSE_PROMPT, "sent", 3.0)
    metrics.sent(kinds.DOSE_PROMPT, "sent", -1.0)
    metrics.sent(kinds.DIGEST, "in doubt")
    metrics.flood(everybodys=True)
    metrics.lease_lost(2)
    metrics.update(0.02)
    metrics.tick("plan")
    metrics.telegram_answered()
    time.seconds += 7
    async with asked(sqlite_store, metrics) as client:
        found = await numbers(client)
    expected = {
        'ldn_messages_total{kind="dose_prompt",outcome="sent"}': 2,
        'ldn_messages_total{kind="digest",outcome="in doubt"}': 1,
        'ldn_dose_prompt_lateness_seconds_bucket{le="1.0"}': 1,
        'ldn_dose_prompt_lateness_seconds_bucket{le="5.0"}': 2,
        'ldn_floods_total{of="everybody"}': 1,
        'ldn_floods_total{of="chat"}': 0,
        "ldn_leases_lost_total": 2,
        'ldn_update_handling_seconds_bucket{le="0.025"}': 1,
        "ldn_update_handling_seconds_count": 1,
        'ldn_tick_age_seconds{tick="plan"}': 7,
        "ldn_telegram_age_seconds": 7,
        "ldn_due_backlog": 0,
    }
    assert {name: found.get(name) for name in expected} == expected
    assert found["process_resident_memory_bytes"] > 0


async def test_the_bot_counts_while_it_runs_and_names_nobody(sqlite_store):
    metrics = Counted()
    async with a_world(sqlite_store, metrics=metrics) as world:
        ana = await world.patient("Anastasia", checkins=False)
        world.clock.at = world.clock.at.replace(hour=22, minute=0)
        await world.bot.plan_once(world.clock.at)
        async with asked(sqlite_store, metrics, world.clock) as client:
            found = await numbers(client)
            assert found["ldn_due_backlog"] == 1
            assert found["ldn_update_handling_seconds_count"] > 10
            assert found["ldn_telegram_age_seconds"] < 60
            await world.settle()
            ana.sees("Time for tonight's dose")
            assert (await numbers(client))["ldn_due_backlog"] == 0
            assert not [name for name in found if "Anastasia" in name or str(ana.phone.id) in name]


async def test_a_tick_is_counted_only_when_it_ran_to_its_end(sqlite_world):
    metrics = Metrics()
    queue = sqlite_world.bot.application.job_queue
    ticks = Ticks(queue, sqlite_world.clock, metrics)

    async def breaks(_now):
        raise ValueError

    async def works(_now):
        pass

    ticks.add("breaks", 60, breaks)
    ticks.add("works", 60, works)
    for job in queue.jobs():
        with contextlib.suppress(ValueError):
            await job.callback(None)
    assert metrics.tick_age("breaks") is None
    assert metrics.tick_age("works") is not None
    assert metrics.tick_age() == pytest.approx(metrics.tick_age("works"), abs=1)


async def test_without_counting_there_is_no_page_of_numbers_and_without_listen_no_server(sqlite_store):
    async with asked(sqlite_store, Metrics()) as client, client.get("/metrics") as answer:
        assert answer.status == 404
    async with serving(None, sqlite_store, SetClock(T0), Metrics()) as port:
        assert port is None


async def test_an_address_that_is_taken_is_said(sqlite_store):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with pytest.raises(CannotListen, match="LISTEN"):
            async with serving(taken.getsockname(), sqlite_store, SetClock(T0), Metrics()):
                pass


def given(**settings: str) -> Settings:
    token = Telegram(lambda: T0).token
    keys = "0" * 42 + "A="
    return load(Settings, _env_file=None, telegram_bot_token=token, data_keys=keys, **settings)


@pytest.mark.parametrize(
    ("listen", "at"),
    [("127.0.0.1:8080", ("127.0.0.1", 8080)), ("[::1]:80", ("::1", 80)), ("0.0.0.0:0", ("0.0.0.0", 0))],
)
def test_listen_is_host_and_port(listen, at):
    assert given(listen=listen).listen_at == at


@pytest.mark.parametrize("listen", ["8080", ":8080", "localhost", "localhost:http", "h:65536", "h:-1", "h:²"])
def test_anything_else_is_refused_in_one_sentence(listen):
    with pytest.raises(SettingsError, match=r"^LISTEN must be host:port, such as 127.0.0.1:8080\.$"):
        given(listen=listen)


def test_paying_raises_the_rate_unless_it_is_given(monkeypatch):
    for name in ("SEND_RATE", "ALLOW_PAID_BROADCAST", "LISTEN"):
        monkeypatch.delenv(name, raising=False)
    assert given().send_rate == 30
    assert given(allow_paid_broadcast="true").send_rate == 1000
    assert given(allow_paid_broadcast="true", send_rate="200").send_rate == 200
    assert given().listen_at is None
