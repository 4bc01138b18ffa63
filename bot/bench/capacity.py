"""`capacity`: prompts leased, drawn, sent and recorded a second, over HTTP, without Telegram's limits."""

import asyncio
import sqlite3
import time
from collections.abc import Awaitable, Callable
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import aiohttp
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup
from telegram.request import HTTPXRequest

from bot.bench.figures import Figure, at_least, progress, scaled
from bot.bench.line import TOKEN, NoLine, server
from bot.bench.world import EVENING, GROUPS_AFTER, bedtimes, bot_on, folder, people
from bot.clock import SetClock

_IN_FLIGHT = 64
_TEXT = "Time for tonight's dose: 1.5 mg."
_MARKUP = {
    "inline_keyboard": [
        [{"text": text, "callback_data": f"d1|{text}|42"} for text in ("Taken", "Snooze", "Skip")]
    ]
}


async def capacity() -> list[Figure]:
    """Prompts a second against a server that answers at once and one that takes 50 ms."""
    count = scaled(4_000, 100)
    path = folder() / "capacity.db"
    await people(path, EVENING, bedtimes(EVENING, [count, count, count], 0, checkins_every=0))
    clock = SetClock(EVENING)
    figures = []
    for group, delay in enumerate((0.0, 0.05)):
        clock.at = EVENING + timedelta(minutes=GROUPS_AFTER[group], seconds=1)
        async with server(delay=delay) as line:
            progress(f"sending {count} prompts, answers after {delay * 1000:.0f} ms")
            async with bot_on(path, clock, url=line.url) as bot:
                rate, cpu_ms, taken = await _timed(bot.deliver_once(clock.at))
            arrived = (await line.stats())["sent"]
            ptb = await _ptb(line.url, scaled(600, 50))
            floor = await _raw(line.url, scaled(6_000, 200))
        what = "answers at once" if not delay else "answers after 50 ms"
        peer = {"PTB HTTPXRequest, 64 in flight, sends/s": ptb, "raw aiohttp, 64 in flight, posts/s": floor}
        if delay:
            figures.append(at_least("capacity", f"prompts, {what}", rate, "prompts/s", 1_000, **peer))
        else:
            figures.append(Figure("capacity", f"prompts, {what}", rate, "prompts/s", None, None, peer))
        figures.append(Figure("capacity", f"CPU, {what}", cpu_ms, "ms/prompt"))
        figures.append(at_least("capacity", f"arrived, {what}", arrived / taken * 100, "%", 100))
    clock.at = EVENING + timedelta(minutes=GROUPS_AFTER[2], seconds=1)
    async with bot_on(path, clock, request=NoLine()) as bot:
        rate, _, _ = await _timed(bot.deliver_once(clock.at))
    floor = await asyncio.to_thread(raw_sql, folder() / "floor.db", scaled(10_000, 200))
    peer = {"raw sqlite3, lease and record by 64, rows/s": floor}
    figures.append(Figure("capacity", "prompts without a line", rate, "prompts/s", None, None, peer))
    return figures


async def _timed(work: Awaitable[int]) -> tuple[float, float, int]:
    """How many a second, CPU milliseconds for each, how many."""
    began, cpu = time.perf_counter(), time.process_time()
    taken = await work
    return (
        taken / (time.perf_counter() - began),
        (time.process_time() - cpu) / max(taken, 1) * 1000,
        max(taken, 1),
    )


async def _rate(count: int, one: Callable[[], Awaitable[object]]) -> float:
    """Calls of `one` a second with `_IN_FLIGHT` at a time."""
    left = iter(range(count))

    async def worker() -> None:
        for _ in left:
            await one()

    began = time.perf_counter()
    async with asyncio.TaskGroup() as group:
        for _ in range(_IN_FLIGHT):
            group.create_task(worker())
    return count / (time.perf_counter() - began)


async def _ptb(url: str, count: int) -> float:
    """What PTB sends a second through its own transport, nothing recorded."""
    progress("peer: PTB HTTPXRequest")
    keyboard = InlineKeyboardMarkup(
        [
            [
                InlineKeyboardButton(key["text"], callback_data=key["callback_data"])
                for key in _MARKUP["inline_keyboard"][0]
            ]
        ]
    )
    request = HTTPXRequest(
        connection_pool_size=_IN_FLIGHT, pool_timeout=60, read_timeout=60, httpx_kwargs={"trust_env": False}
    )
    async with Bot(TOKEN, f"{url}/bot", request=request) as bot:
        return await _rate(count, lambda: bot.send_message(1, _TEXT, reply_markup=keyboard))


async def _raw(url: str, count: int) -> float:
    """What aiohttp posts a second: the floor of any Python client."""
    progress("peer: raw aiohttp")
    body = b"chat_id=1000001&text=Time+for+tonight&parse_mode=HTML&reply_markup=" + b"x" * 300
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    connector = aiohttp.TCPConnector(limit=0)
    async with aiohttp.ClientSession(connector=connector) as session:

        async def post() -> None:
            async with session.post(f"{url}/bot{TOKEN}/sendMessage", data=body, headers=headers) as answer:
                await answer.read()

        return await _rate(count, post)


def raw_sql(path: Path, count: int, batch: int = 64) -> float:
    """Rows a second that plain sqlite3 leases and records, with the same durability and the same writes."""
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        for pragma in ("journal_mode=WAL", "synchronous=FULL"):
            db.execute(f"PRAGMA {pragma}")
        db.executescript(
            """
            CREATE TABLE box (id INTEGER PRIMARY KEY, state TEXT, due INT, key TEXT UNIQUE, sent INT);
            CREATE INDEX box_due ON box (state, due);
            CREATE TABLE dose (id INTEGER PRIMARY KEY, status TEXT, closes INT, prompted INT);
            CREATE INDEX dose_open ON dose (status, closes);
            CREATE TABLE event (id INTEGER PRIMARY KEY, dose INT, at INT, move TEXT);
            CREATE INDEX event_dose ON event (dose);
            """
        )
        numbers = [(number, str(number)) for number in range(1, count + 1)]
        db.execute("BEGIN")
        db.executemany("INSERT INTO box (id, state, due, key) VALUES (?, 'due', 0, ?)", numbers)
        db.executemany("INSERT INTO dose (id, status, closes) VALUES (?, 'planned', ?)", numbers)
        db.execute("COMMIT")
        began = time.perf_counter()
        while True:
            db.execute("BEGIN IMMEDIATE")
            rows = db.execute(
                "UPDATE box SET state = 'leased' WHERE id IN"
                " (SELECT id FROM box WHERE state = 'due' AND due <= 1 ORDER BY due LIMIT ?) RETURNING id",
                (batch,),
            ).fetchall()
            db.execute("COMMIT")
            if not rows:
                return count / (time.perf_counter() - began)
            db.execute("BEGIN IMMEDIATE")
            db.executemany("UPDATE box SET state = 'sent', sent = 1 WHERE id = ?", rows)
            db.executemany("UPDATE dose SET status = 'prompted', prompted = 1 WHERE id = ?", rows)
            db.executemany("INSERT INTO event (dose, at, move) VALUES (?, 1, 'prompted')", rows)
            db.executemany("INSERT INTO box (state, due, key) VALUES ('due', 9, 'r' || ?)", rows)
            db.execute("COMMIT")
