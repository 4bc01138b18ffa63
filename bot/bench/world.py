"""Databases full of invented patients, and a bot on one of them: in this process or as its own."""

import asyncio
import contextlib
import os
import shutil
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

from pydantic import SecretStr
from telegram.request import BaseRequest

from bot import memory
from bot.app import Companion, companion
from bot.bench.figures import SEED, progress
from bot.bench.line import TOKEN, NoLine
from bot.clock import Clock, SystemClock
from bot.settings import Settings
from clinical.localtime import waking_wall
from storage import seed
from storage.encryption import new_key, use_keys
from storage.store import Store

ROOT = Path(__file__).parents[2]
EVENING = datetime(2026, 3, 2, 19, 0, tzinfo=UTC)
ZONE = "Atlantic/Reykjavik"  # UTC all year: the same figures on every day
NO_LIMIT = 10_000.0
GROUPS_AFTER = (60, 70, 80)  # minutes from the base to the bedtimes of the groups that are measured
_REST_FROM, _REST_TO = 150, 1_380
_TEMPLATES = 2_000  # so many of a crowd are planned by the bot itself, the others like one of them
_CHUNK = 10_000


@dataclass(slots=True)
class _Shared:
    folder: Path
    key: str
    base: datetime
    files: dict[str, Path] = field(default_factory=dict)


_run: list[_Shared] = []


@contextlib.contextmanager
def shared() -> Iterator[None]:
    """One folder and one key for all cases of a run; a database made for one case serves the next."""
    with tempfile.TemporaryDirectory(prefix="ldn-bench-") as folder:
        _run.append(_Shared(Path(folder), new_key(), this_minute()))
        use_keys([_run[-1].key])
        try:
            yield
        finally:
            _run.pop()


def folder() -> Path:
    """The folder of this run."""
    return _run[-1].folder


def this_minute() -> datetime:
    """The minute that is going on, really."""
    return SystemClock().now().replace(second=0, microsecond=0)


def base() -> datetime:
    """When the crowds of this run were planned: a real minute, so that a real bot finds nothing overdue."""
    return _run[-1].base


class Clockwork:
    """A clock that starts where it is put and goes on at its own pace."""

    def __init__(self, at: datetime) -> None:
        self._at = at
        self._since = time.monotonic()

    def now(self) -> datetime:
        return self._at + timedelta(seconds=time.monotonic() - self._since)


def settings(url: str = "http://127.0.0.1:9", rate: float = NO_LIMIT) -> Settings:
    """Settings of a bot of the bench; a rate beyond what may be set means no limit."""
    made = Settings(
        _env_file=None,
        telegram_bot_token=SecretStr(TOKEN),
        telegram_api_url=url,
        data_keys=_run[-1].key,
        enrolment="open",
        unreviewed_content="serve",
    )
    return made.model_copy(update={"send_rate": rate})


@contextlib.asynccontextmanager
async def bot_at(
    database: str, clock: Clock, *, url: str | None = None, request: BaseRequest | None = None
) -> AsyncIterator[Companion]:
    """A bot in this process: over the line to `url`, or through `request`, or without a line."""
    store = await Store.open(database)
    line = (request or NoLine()) if url is None else None
    try:
        made = settings(url or "http://127.0.0.1:9")
        async with companion(made, store, clock, request=line, updates_request=line) as bot:
            memory.settle()  # as `run` does
            yield bot
    finally:
        await store.close()


def bot_on(
    path: Path, clock: Clock, *, url: str | None = None, request: BaseRequest | None = None
) -> AbstractAsyncContextManager[Companion]:
    """The same on the SQLite file at `path`."""
    return bot_at(f"sqlite:///{path}", clock, url=url, request=request)


def bedtimes(
    base: datetime, groups: Sequence[int], rest: int, *, checkins_every: int = 2
) -> list[seed.Bedtime]:
    """So many people in each group, at `GROUPS_AFTER`; the others at any other time, from the next night on.

    One in `checkins_every` has a check-in in the morning; 0: nobody.
    """
    chance = Random(SEED)
    night = (base - timedelta(hours=12)).date()
    minutes = [minute for minute, count in zip(GROUPS_AFTER, groups, strict=False) for _ in range(count)]
    starts = [night] * len(minutes) + [night + timedelta(days=1)] * rest
    minutes += [chance.randrange(_REST_FROM, _REST_TO) for _ in range(rest)]
    made = []
    for number, (minute, start_on) in enumerate(zip(minutes, starts, strict=True)):
        wall = (base + timedelta(minutes=minute)).time().replace(second=0, microsecond=0)
        checkins = bool(checkins_every) and number % checkins_every == 0
        waking = waking_wall(wall)
        if number >= sum(groups):
            # The others' mornings would fall among the nights of the groups: they come after those instead.
            waking = (base + timedelta(minutes=95 + number % 50)).time().replace(second=0, microsecond=0)
        made.append(seed.Bedtime(wall, waking, start_on, checkins))
    return made


async def people(path: Path, planned_at: datetime, who: Sequence[seed.Bedtime]) -> range:
    """A database at `path` with these patients, planned at that instant; the ids of the patients."""
    store = await Store.open(f"sqlite:///{path}")
    ids = range(0)
    for start in range(0, len(who), _CHUNK):
        async with store.write() as tx:
            added = await seed.add_patients(tx, who[start : start + _CHUNK], zone=ZONE, now=planned_at)
        ids = range(ids.start or added.start, added.stop)
        progress(f"wrote {start + len(added)} of {len(who)} patients")
    await store.close()
    progress(f"planning {len(who)} patients")
    async with bot_on(path, SystemClock()) as bot:
        await bot.plan_once(planned_at)
    return ids


async def crowd(size: int, due: int) -> Path:
    """A copy of a database with so many patients, `due` of them in three groups; it is made once a run."""
    files = _run[-1].files
    name = f"crowd-{size}-{due}"
    if name not in files:
        path = folder() / f"{name}.db"
        grouped = due // 3 * 3
        rest = min(size - grouped, _TEMPLATES)
        who = bedtimes(base(), [due // 3] * 3, rest)
        ids = await people(path, base(), who)
        await _copies(path, who[grouped:], ids[grouped:], size - grouped - rest)
        files[name] = path
    target = folder() / f"{name}-{time.monotonic_ns()}.db"
    await asyncio.to_thread(shutil.copyfile, files[name], target)
    return target


async def _copies(path: Path, who: Sequence[seed.Bedtime], templates: range, count: int) -> None:
    """So many more patients, each with the bedtime and the plan of one of the templates."""
    store = await Store.open(f"sqlite:///{path}")
    for start in range(0, count, _CHUNK):
        part = min(_CHUNK, count - start)
        async with store.write() as tx:
            added = await seed.add_patients(
                tx, [who[number % len(who)] for number in range(part)], zone=ZONE, now=base()
            )
            await seed.copy_plans(tx, added, templates)
        progress(f"wrote {start + part} of {count} more patients")
    await store.close()


class Child:
    """`python -m bot run` as a process of its own; what it says on standard error is kept in `log`."""

    def __init__(self, process: asyncio.subprocess.Process, log: Path) -> None:
        self.process = process
        self.log = log
        self.began = time.monotonic()

    def resident_mb(self) -> float:
        """Resident memory now."""
        for line in Path(f"/proc/{self.process.pid}/status").read_text(encoding="ascii").splitlines():
            if line.startswith("VmRSS:"):
                return int(line.split()[1]) / 1024
        return 0.0

    def cpu_seconds(self) -> float:
        """CPU time so far, in user and kernel mode."""
        words = Path(f"/proc/{self.process.pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
        return (int(words[11]) + int(words[12])) / os.sysconf("SC_CLK_TCK")

    async def stop(self) -> None:
        """End it in order."""
        if self.process.returncode is None:
            self.process.terminate()
        try:
            await asyncio.wait_for(self.process.wait(), 15)
        except TimeoutError:
            self.process.kill()
            await self.process.wait()


@contextlib.asynccontextmanager
async def child(database: str, url: str, *, rate: float = 30) -> AsyncIterator[Child]:
    """The bot as a process of its own, on a database and the local server."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    env = {
        **kept,
        "PYTHONPATH": str(ROOT),
        "DATABASE_URL": database,
        "DATA_KEYS": _run[-1].key,
        "TELEGRAM_API_URL": url,
        "TELEGRAM_BOT_TOKEN": TOKEN,
        "ENROLMENT": "open",
        "UNREVIEWED_CONTENT": "serve",
        "SEND_RATE": str(rate),
        "LOG_LEVEL": "WARNING",
    }
    log = folder() / f"child-{time.monotonic_ns()}.log"
    with open(log, "wb") as err:  # noqa: ASYNC230
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "bot", "run"), env=env, cwd=folder(), stderr=err, stdout=err
        )
    running = Child(process, log)
    try:
        yield running
    finally:
        await running.stop()
