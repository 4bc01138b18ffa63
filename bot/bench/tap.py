"""`tap` and `ask`: one person waits for an answer."""

import asyncio
import json
import sqlite3
import time
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Any

from telegram import Update

from bot.app import Companion
from bot.bench.figures import Figure, at_least, below, percentile, progress, scaled
from bot.bench.line import NoLine
from bot.bench.world import EVENING, GROUPS_AFTER, bedtimes, bot_on, folder, people
from bot.clock import SetClock

_SIDE_BY_SIDE = 16
_TEXTS = (
    "what is LDN?",
    "booze?",
    "I took codeine an hour ago",
    "can i take it in the morning",
    "hello",
    "took it at 10",
    "pain 6, slept badly, a bit of nausea",
    "skipped last night, I forgot",
    "how long until it works?",
    "I want to die",
    "should I take 3 mg tonight instead",
    "can I take it with paracetamol and thyroid tablets",
    "I have vivid dreams and I can not sleep since I started, is that normal and will it pass",
    "mi duele mucho",
    "👍",
    "surgery next week what do I do about the anaesthetic",
    "lost my capsules on a trip, where do I get a refill",
    "x" * 400,
)


async def tap() -> list[Figure]:
    """One tap: update in, recorded durably, screen out; one after the other, and 16 chats side by side."""
    count = scaled(1_500, 40)
    path = folder() / "tap.db"
    await people(path, EVENING, bedtimes(EVENING, [count, count], 0, checkins_every=0))
    clock = SetClock(EVENING)
    line = NoLine(keep=True)
    async with bot_on(path, clock, request=line) as bot:
        alone = await _round(bot, line, clock, 0, 1)
        together = await _round(bot, line, clock, 1, _SIDE_BY_SIDE)
    floor = await asyncio.to_thread(_commits, folder() / "commits.db", scaled(1_500, 40))
    peer = {"raw sqlite3, one durable commit each": floor}
    figures = []
    for way, (latencies, seconds) in (("one after the other", alone), ("16 chats side by side", together)):
        p99, rate = percentile(latencies, 0.99), len(latencies) / seconds
        figures += [
            below("tap", f"{way}, p99", p99, "ms", 25),
            Figure("tap", f"{way}, median", percentile(latencies, 0.5), "ms"),
            at_least("tap", way, rate, "taps/s", 300, **peer),
        ]
    return figures


async def _round(
    bot: Companion, line: NoLine, clock: SetClock, group: int, width: int
) -> tuple[list[float], float]:
    """Prompt a group and let it tap: milliseconds for each tap, seconds for all. The first ones warm up."""
    line.keyboards.clear()
    clock.at = EVENING + timedelta(minutes=GROUPS_AFTER[group], seconds=1)
    await bot.run_once()
    raw = [
        json.dumps(line.tap(chat, number)) for number, chat in enumerate(line.keyboards, group * 10**6 + 1)
    ]
    warm = len(raw) // 10
    await _tap_all(bot, raw[:warm], width)
    began = time.perf_counter()
    latencies = await _tap_all(bot, raw[warm:], width)
    return latencies, time.perf_counter() - began


async def _tap_all(bot: Companion, raw: list[str], width: int) -> list[float]:
    latencies: list[float] = []
    left = iter(raw)

    async def worker() -> None:
        for one in left:
            began = time.perf_counter()
            found: dict[str, Any] = json.loads(one)
            update = Update.de_json(found, bot.application.bot)
            await bot.application.process_update(update)
            latencies.append((time.perf_counter() - began) * 1000)
            if not len(latencies) % 100:
                progress(f"tap: {len(latencies)} of {len(raw)}, {width} at a time")

    async with asyncio.TaskGroup() as group:
        for _ in range(width):
            group.create_task(worker())
    return latencies


def _commits(path: Path, count: int) -> float:
    """Transactions a second of plain sqlite3 that change a row, add one and are durable: the disk's floor."""
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        for pragma in ("journal_mode=WAL", "synchronous=FULL"):
            db.execute(f"PRAGMA {pragma}")
        db.execute("CREATE TABLE dose (id INTEGER PRIMARY KEY, status TEXT)")
        db.execute("CREATE TABLE event (id INTEGER PRIMARY KEY, dose INT, move TEXT)")
        db.executemany("INSERT INTO dose VALUES (?, 'prompted')", [(number,) for number in range(count)])
        began = time.perf_counter()
        for number in range(count):
            db.execute("BEGIN IMMEDIATE")
            db.execute("UPDATE dose SET status = 'taken' WHERE id = ?", (number,))
            db.execute("INSERT INTO event (dose, move) VALUES (?, 'record_taken')", (number,))
            db.execute("COMMIT")
        return count / (time.perf_counter() - began)


async def ask() -> list[Figure]:
    """Judging a text, warm; and the first one of a process, which reads everything."""
    from bot.ask import judge

    began = time.perf_counter()
    judge(_TEXTS[0])
    first = (time.perf_counter() - began) * 1000
    for text in _TEXTS:
        judge(text)
    latencies = []
    for number in range(scaled(60, 2)):
        for text in _TEXTS:
            # Never the same text twice: a memory of answers would not help a patient.
            varied = f"{text} {number}"
            began = time.perf_counter()
            judge(varied)
            latencies.append((time.perf_counter() - began) * 1000)
    return [
        below("ask", f"one text, warm, p99 of {len(latencies)}", percentile(latencies, 0.99), "ms", 60),
        Figure("ask", "one text, warm, median", percentile(latencies, 0.5), "ms"),
        Figure("ask", "the first text of a process", first, "ms"),
    ]
