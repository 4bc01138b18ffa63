import asyncio

import aiohttp
import pytest
from telegram import Bot
from telegram.error import BadRequest, Forbidden, NetworkError, RetryAfter
from telegram.request import HTTPXRequest

from sandbox.http import bot_api
from sandbox.serving import NotLoopback, serve
from tests.sandbox.test_core import PNG


@pytest.fixture
async def server(telegram):
    server = await serve(bot_api(telegram), port=0)
    yield server
    await server.stop()


@pytest.fixture
async def bot(telegram, server):
    async with Bot(telegram.token, f"{server.url}/bot", f"{server.url}/file/bot") as bot:
        yield bot


@pytest.fixture
async def client(telegram, server):
    async with aiohttp.ClientSession(f"{server.url}/bot{telegram.token}/") as client:
        yield client


async def test_the_library_sends_edits_and_fetches_files_over_http(telegram, ana, bot):
    assert isinstance(bot.request, HTTPXRequest)
    sent = await bot.send_message(1001, "<i>Hello</i> ä🌙", parse_mode="HTML", disable_notification=True)
    await sent.edit_text("Changed ä🌙")
    assert (ana.last.text, ana.last.silent) == ("Changed ä🌙", True)
    photo = await bot.send_photo(1001, PNG, caption="Week 1")
    assert photo.photo[0].width == 640
    document = (await bot.send_document(1001, b"%PDF", filename="report.pdf")).document
    assert bytes(await (await document.get_file()).download_as_bytearray()) == b"%PDF"


async def test_refusals_and_faults_travel_over_http(telegram, ana, bot, monkeypatch):
    monkeypatch.setenv("PTB_TIMEDELTA", "1")
    with pytest.raises(BadRequest, match="Message text is empty"):
        await bot.send_message(1001, " ")
    for kind, error in (
        ("flood", RetryAfter),
        ("server_error", NetworkError),
        ("reset", NetworkError),
        ("lost_response", NetworkError),
    ):
        telegram.faults.add(kind, "sendMessage")
        with pytest.raises(error):
            await bot.send_message(1001, kind)
    assert [message.text for message in ana.received] == ["lost_response"]
    ana.block()
    with pytest.raises(Forbidden, match="bot was blocked by the user"):
        await bot.send_message(1001, "x")


async def test_another_token_is_unauthorized(client):
    for path in ("/bot1:other/getMe", "/file/bot1:other/documents/file_1.pdf"):
        async with client.get(path) as response:
            assert response.status == 401
            assert (await response.json())["description"] == "Unauthorized"


@pytest.mark.parametrize("how", ["query", "json", "form"])
async def test_parameters_may_come_in_each_of_telegrams_ways(ana, client, how):
    params = {"chat_id": 1001, "text": "hi"}
    match how:
        case "query":
            answer = client.get("sendMessage", params=params)
        case "json":
            answer = client.post("sendMessage", json=params)
        case _:
            answer = client.post("sendMessage", data={key: str(value) for key, value in params.items()})
    async with answer as response:
        assert (await response.json())["result"]["text"] == "hi"


async def test_an_error_has_telegrams_shape(telegram, client):
    telegram.faults.add("flood", "getMe", retry_after=9)
    async with client.post("getMe") as response:
        assert response.status == 429
        assert await response.json() == {
            "ok": False,
            "error_code": 429,
            "description": "Too Many Requests: retry after 9",
            "parameters": {"retry_after": 9},
        }
    async with client.post("sendMessage", data="[", headers={"Content-Type": "application/json"}) as response:
        assert response.status == 400


async def test_a_long_poll_wakes_up_when_somebody_writes(telegram, client, ana):
    telegram.updates.clear()

    async def poll():
        async with client.get("getUpdates", params={"timeout": 30}) as response:
            return (await response.json())["result"]

    async with asyncio.timeout(5), asyncio.TaskGroup() as group:
        polling = group.create_task(poll())
        await asyncio.sleep(0.1)
        assert not polling.done()
        ana.say("anybody there?")
    assert polling.result()[0]["message"]["text"] == "anybody there?"


async def test_a_long_poll_ends_empty_after_its_timeout_and_when_the_server_stops(telegram, client, server):
    async with client.get("getUpdates", params={"timeout": 1}) as response:
        assert (await response.json())["result"] == []
    async with asyncio.timeout(5), asyncio.TaskGroup() as group:
        polling = group.create_task(client.get("getUpdates", params={"timeout": 50}))
        await asyncio.sleep(0.1)
        group.create_task(server.stop())
    polling.result().close()


async def test_only_this_machine_is_served(telegram):
    with pytest.raises(NotLoopback, match="no passwords"):
        await serve(bot_api(telegram), 0, "0.0.0.0")


async def test_other_host_names_and_other_sites_are_refused(client, ana):
    params = {"chat_id": 1001, "text": "hi"}
    for headers in ({"Host": "evil.example:80"}, {"Origin": "https://evil.example"}, {"Origin": "null"}):
        async with client.post("sendMessage", json=params, headers=headers) as response:
            assert response.status == 403
    assert not ana.received
    async with client.post("sendMessage", json=params, headers={"Host": "localhost:9"}) as response:
        assert response.status == 200
