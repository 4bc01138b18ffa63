"""Telegram takes a call and never answers, or answers too late: over HTTP, with short patience."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import timedelta

import pytest
from aiohttp import web
from pydantic import SecretStr

from bot.app import companion
from bot.clock import SetClock
from bot.http import AiohttpRequest
from bot.settings import Settings
from sandbox import Telegram
from sandbox.http import bot_api
from sandbox.serving import serve
from services import kinds
from storage.store import Store
from tests.faults.conftest import House, Unhurried
from tests.faults.crowd import copies, doses_of, moves_of, prompts, rows_of
from tests.world import T0

BEDTIME = "2026-03-02T22:00"
PATIENCE_S = 0.3
Call = tuple[str, str]


class Line:
    """Between bot and Telegram. `hang` says of a (method, chat) whether nothing comes, before or after."""

    def __init__(self) -> None:
        self.hang: dict[Call, str] = {}
        self.hung: list[Call] = []

    @web.middleware
    async def middleware(
        self, request: web.Request, handler: Callable[[web.Request], Awaitable[web.StreamResponse]]
    ) -> web.StreamResponse:
        method = request.match_info.get("method", "")
        chat = str((await request.post()).get("chat_id", "")) if method != "getUpdates" else ""
        how = self.hang.pop((method, chat), None) or self.hang.pop((method, "any"), None)
        if how is None:
            return await handler(request)
        self.hung.append((method, chat))
        answer = await handler(request) if how == "after" else web.Response(status=500)
        await asyncio.sleep(PATIENCE_S * 3)
        return answer


@pytest.fixture
def line() -> Line:
    return Line()


@pytest.fixture
async def remote(sqlite_url: str, line: Line) -> AsyncIterator[House]:
    """A house whose bot talks HTTP, and gives up on an answer after 0.3 s."""
    store = await Store.open(sqlite_url)
    clock = SetClock(T0)
    telegram = Telegram(clock.now, callback_ttl=timedelta(days=365))
    app = bot_api(telegram)
    app.middlewares.append(line.middleware)
    server = await serve(app, port=0)
    settings = Settings.model_construct(
        **{name: field.default for name, field in Settings.model_fields.items()}
        | {
            "telegram_bot_token": SecretStr(telegram.token),
            "telegram_api_url": server.url,
            "enrolment": "open",
            "send_rate": 1000,
        }
    )
    request = AiohttpRequest(64, read_timeout=PATIENCE_S)
    try:
        async with companion(settings, store, clock, request=request) as bot:
            bot.delivery._pace = Unhurried(1000)
            yield House(bot, telegram, clock)
    finally:
        await server.stop()
        await store.close()


async def test_a_call_that_hangs_holds_up_nobody_else(remote: House, line: Line) -> None:
    """One chat hangs and nothing was executed: the others have theirs meanwhile, that one gets one prompt."""
    crowd = await remote.patients(20)
    slow = crowd[7]
    line.hang["sendMessage", str(slow.phone.id)] = "before"
    burst = asyncio.ensure_future(remote.at(BEDTIME))
    await asyncio.sleep(0)
    async with asyncio.timeout(3):
        while sum(copies([one.phone for one in crowd])) < 19:
            await asyncio.sleep(0.005)
    assert not burst.done(), "the others had to wait for it"
    await burst
    await remote.later(minutes=1)

    assert line.hung == [("sendMessage", str(slow.phone.id))]
    assert copies([one.phone for one in crowd]) == [1] * 20


async def test_a_prompt_that_was_taken_and_never_confirmed_is_sent_again(remote: House, line: Line) -> None:
    """Executed, but the answer hangs: in doubt, so it comes a second time, and counts once."""
    (ana,) = await remote.patients(1)
    line.hang["sendMessage", str(ana.phone.id)] = "after"
    await remote.at(BEDTIME)
    await remote.later(minutes=1)

    assert prompts(ana.phone) == 2
    await ana.taps("Taken")
    (dose, *_) = await doses_of(remote.store, ana.phone.id)
    assert await moves_of(remote.store, dose.id) == ["prompt_accepted", "record_taken"]


async def test_a_reminder_that_was_never_confirmed_is_not_sent_again(remote: House, line: Line) -> None:
    """In doubt in the same way, but a reminder: one, and no more."""
    (ana,) = await remote.patients(1)
    await remote.at("2026-03-02T22:44")
    before = len(ana.phone.received)
    line.hang["sendMessage", str(ana.phone.id)] = "after"
    await remote.later(hours=1)
    assert len(ana.phone.received) == before + 1
    assert [row.state for row in await rows_of(remote.store, kinds.DOSE_REMINDER)] == ["dropped"]


async def test_a_tap_is_recorded_and_shown_though_its_own_answer_hangs(remote: House, line: Line) -> None:
    """answerCallbackQuery hangs, then the edit: the record stands, the screen comes."""
    (ana,) = await remote.patients(1)
    await remote.at(BEDTIME)
    line.hang["answerCallbackQuery", ""] = "before"
    line.hang["editMessageText", str(ana.phone.id)] = "before"
    await ana.taps("Taken")
    (dose, *_) = await doses_of(remote.store, ana.phone.id)
    assert dose.status == "taken"
    await remote.later(minutes=1)
    ana.sees("Recorded as taken at 22:00.")
    assert len(line.hung) == 2


async def test_everything_hangs_for_a_while_and_nothing_is_lost(remote: House, line: Line) -> None:
    """Every chat once, half of them executed: all prompted, those twice that Telegram had taken."""
    crowd = await remote.patients(40)
    for number, one in enumerate(crowd):
        line.hang["sendMessage", str(one.phone.id)] = "after" if number % 2 else "before"
    await remote.at(BEDTIME)
    await remote.later(minutes=1)
    assert copies([one.phone for one in crowd]) == [1, 2] * 20
    assert {row.state for row in await rows_of(remote.store, kinds.DOSE_PROMPT)} == {"sent", "due"}
