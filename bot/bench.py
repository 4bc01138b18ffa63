"""`bench`: what one machine does with the real parts; each figure against a peer in the same run."""

import contextlib
import json
import statistics
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from pydantic import SecretStr

from bot.app import Companion, companion
from bot.clock import SetClock
from bot.settings import Settings
from sandbox import Person, Telegram
from sandbox.inprocess import SandboxRequest
from services import enrolment
from services.enrolment import Answers
from storage import people
from storage.encryption import new_key, use_keys
from storage.store import Store

EVENING = datetime(2026, 3, 2, 19, 0, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured number; `met` is None where there is no target."""

    case: str
    what: str
    value: float
    unit: str
    target: float | None = None
    met: bool | None = None
    peer: dict[str, float] = field(default_factory=dict)


@contextlib.asynccontextmanager
async def _bench_bot() -> AsyncIterator[tuple[Companion, Telegram, SetClock]]:
    use_keys([new_key()])
    clock = SetClock(EVENING)
    telegram = Telegram(clock.now, callback_ttl=timedelta(days=365))
    settings = Settings(
        telegram_bot_token=SecretStr(telegram.token),
        data_keys=new_key(),
        enrolment="open",
        unreviewed_content="serve",
        send_rate=1000,
    )
    with tempfile.TemporaryDirectory(prefix="ldn-bench-") as folder:
        store = await Store.open(f"sqlite:///{Path(folder) / 'bench.db'}")
        request = SandboxRequest(telegram)
        try:
            async with companion(settings, store, clock, request=request, updates_request=request) as bot:
                yield bot, telegram, clock
        finally:
            await store.close()


async def _enrol_many(bot: Companion, telegram: Telegram, count: int) -> list[Person]:
    """Patients who take 1.5 mg at 22:00 in Lisbon, written through the use case, not tap by tap."""
    phones = []
    for start in range(0, count, 200):
        async with bot.store.write() as tx:
            for number in range(start, min(start + 200, count)):
                phone = telegram.person(10_000 + number, "Invented")
                phone.start()
                phones.append(phone)
                person = await people.add_person(tx, phone.id, "Invented", "en", EVENING)
                answers = Answers(
                    reminders=True,
                    zone="Europe/Lisbon",
                    country="PT",
                    wall="22:00",
                    amount_ug=1_500,
                    form="capsule",
                    standing="taking",
                    since="month",
                    start="2026-03-02",
                )
                await enrolment.enrol(tx, person, answers, EVENING)
        _progress(f"enrolled {min(start + 200, count)} of {count}")
    telegram.updates.clear()
    return phones


def _progress(text: str) -> None:
    if sys.stderr.isatty():
        sys.stderr.write(f"\r{text:60}")
        sys.stderr.flush()


async def dispatch() -> list[Figure]:
    """Prompts that fall due in the same second: leased, drawn, sent (no network), recorded."""
    count = 1_000
    async with _bench_bot() as (bot, telegram, clock):
        await _enrol_many(bot, telegram, count)
        clock.at = EVENING + timedelta(hours=3)
        began = time.perf_counter()
        await bot.run_once()
        took = time.perf_counter() - began
        sent = sum(len(person.received) for person in telegram.people.values())
        began = time.perf_counter()
        chats = [person.id for person in telegram.people.values()][:count]
        for chat in chats:
            telegram.call("sendMessage", {"chat_id": chat, "text": "floor"})
        floor = count / (time.perf_counter() - began)
    return [
        Figure(
            "dispatch",
            f"{sent} prompts due together",
            sent / took,
            "prompts/s",
            peer={"sandbox alone": floor},
        )
    ]


async def tap() -> list[Figure]:
    """One tap end to end inside the process: update in, recorded durably, screen out."""
    count = 300
    async with _bench_bot() as (bot, telegram, clock):
        phones = await _enrol_many(bot, telegram, count)
        clock.at = EVENING + timedelta(hours=3)
        await bot.run_once()
        latencies = []
        for number, phone in enumerate(phones):
            phone.tap("Taken")
            began = time.perf_counter()
            await bot.poller.run_once()
            latencies.append((time.perf_counter() - began) * 1000)
            if number % 50 == 0:
                _progress(f"tapped {number} of {count}")
    p99 = statistics.quantiles(latencies, n=100)[98]
    rate = 1000 / statistics.mean(latencies)
    return [
        Figure("tap", "one tap, p99", p99, "ms", 25, p99 < 25),
        Figure("tap", "taps one after the other", rate, "taps/s", 300, rate >= 300),
    ]


async def ask() -> list[Figure]:
    """Judging a text, warm."""
    from bot.ask import judge

    texts = [
        "what is LDN?",
        "booze?",
        "I took codeine an hour ago",
        "can i take it in the morning",
        "hello",
    ] * 40
    judge(texts[0])
    latencies = []
    for text in texts:
        began = time.perf_counter()
        judge(text)
        latencies.append((time.perf_counter() - began) * 1000)
    p99 = statistics.quantiles(latencies, n=100)[98]
    return [Figure("ask", "one text, p99", p99, "ms", 5, p99 < 5)]


CASES: dict[str, Callable[[], Awaitable[list[Figure]]]] = {"dispatch": dispatch, "tap": tap, "ask": ask}


async def run(cases: list[str], *, as_json: bool) -> int:
    """Run the cases one after the other and print a table, or the figures as JSON lines."""
    for name in cases:
        for figure in await CASES[name]():
            _progress("")
            if as_json:
                line = json.dumps(asdict(figure))
            else:
                verdict = "met" if figure.met else "NOT MET"
                target = "" if figure.target is None else f"  target {figure.target:g}: {verdict}"
                peers = "".join(f"  ({peer}: {value:,.0f})" for peer, value in figure.peer.items())
                line = f"{figure.case:10} {figure.what:32} {figure.value:10,.1f} {figure.unit}{target}{peers}"
            sys.stdout.write(line + "\n")
            sys.stdout.flush()
    return 0
