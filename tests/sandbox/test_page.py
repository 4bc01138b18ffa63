import asyncio
import json
from pathlib import Path

import aiohttp
import pytest

from sandbox import Upload
from sandbox.http import bot_api
from sandbox.page import Page, Shown
from sandbox.serving import serve
from tests.conftest import missing

CHROMIUM = Path("/usr/bin/chromium")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"]
FLAGS += ["--disable-background-networking", "--disable-component-update"]


class Steps:
    """Clock controls that a test can look into."""

    def __init__(self, clock):
        self.clock = clock
        self.page = None
        self.done = []

    async def describe(self):
        return {"detail": "next: tonight's dose"}

    async def step(self, command):
        self.done.append(command)
        if command == "day":
            raise RuntimeError("the bot is not running")
        self.clock.passes(hours=1)
        self.page.progress(1, 2, "Day 1 of 2")


@pytest.fixture
def steps(clock):
    return Steps(clock)


@pytest.fixture
async def server(telegram, ana, steps):
    ruiz = telegram.person(2002, "Dr. Ruiz", "es")
    shown = [Shown(ana, "Patient", "America/New_York", "inv1"), Shown(ruiz, "Clinician", "Europe/Madrid")]
    steps.page = Page(telegram, shown, clock=steps)
    app = bot_api(telegram)
    steps.page.attach(app)
    server = await serve(app, port=0)
    yield server
    await server.stop()


@pytest.fixture
async def client(server):
    async with aiohttp.ClientSession(server.url) as client:
        yield client


async def heard(response, wanted):
    """The data of the next event of this name."""
    async with asyncio.timeout(5):
        name = ""
        async for line in response.content:
            if line.startswith(b"event: "):
                name = line.decode().removeprefix("event: ").strip()
            elif line.startswith(b"data: ") and name == wanted:
                return json.loads(line.removeprefix(b"data: "))
    raise AssertionError(f"the stream ended without {wanted}")


async def test_the_stream_begins_with_everything_and_goes_on_with_each_change(telegram, ana, client):
    async with client.get("/events") as response:
        first = await heard(response, "snapshot")
        assert [chat["name"] for chat in first["chats"]] == ["Ana", "Dr. Ruiz"]
        shown = first["chats"][0]["messages"][0]
        assert (shown["text"], shown["time"], shown["day"]) == ("/start", "15:30", "Saturday, 1 March 2025")
        assert first["clock"]["times"] == {"1001": "15:30, New York", "2002": "21:30, Madrid"}
        assert first["clock"]["detail"] == "next: tonight's dose"
        telegram.call("sendMessage", {"chat_id": 1001, "text": "unprompted", "disable_notification": True})
        event = await heard(response, "message")
        assert (event["chat"], event["message"]["text"], event["message"]["silent"]) == (
            1001,
            "unprompted",
            True,
        )
        ana.block()
        assert (await heard(response, "chat"))["blocked"]


async def test_what_people_do_on_the_page_reaches_the_bot(telegram, client):
    row = [{"text": "Taken", "callback_data": "t"}]
    telegram.call(
        "sendMessage", {"chat_id": 1001, "text": "Dose?", "reply_markup": {"inline_keyboard": [row]}}
    )
    for action in (
        {"kind": "text", "text": "hello"},
        {"kind": "tap", "message": 2, "data": "t"},
        {"kind": "start"},
        {"kind": "location", "latitude": 52.5, "longitude": 13.4},
        {"kind": "block"},
    ):
        async with client.post("/act", json={"person": 1001, **action}) as response:
            assert response.status == 200
    message, tap, start, location, block = list(telegram.updates)[-5:]
    assert message["message"]["text"] == "hello"
    assert tap["callback_query"]["data"] == "t"
    assert start["message"]["text"] == "/start inv1"
    assert location["message"]["location"]["latitude"] == 52.5
    assert "my_chat_member" in block


@pytest.mark.parametrize(
    "action",
    [
        {"person": 1001, "kind": "dance"},
        {"person": 5, "kind": "start"},
        {"person": 1001, "kind": "start", "payload": "not a payload"},
        {"person": 1001, "kind": "tap", "message": 99, "data": "t"},
        {"kind": "start"},
        [],
    ],
)
async def test_an_action_that_cannot_be_is_refused_with_a_sentence(client, action):
    async with client.post("/act", json=action) as response:
        assert response.status == 400
        assert (await response.json())["error"].startswith("That did not work: ")


async def test_the_clock_steps_and_tells_how_far_it_is(client, steps):
    async with client.get("/events") as events:
        await heard(events, "snapshot")
        async with client.post("/clock", json={"command": "hour"}) as response:
            assert response.status == 200
        assert (await heard(events, "clock"))["busy"]
        half = await heard(events, "clock")
        assert (half["done"], half["total"], half["label"]) == (1, 2, "Day 1 of 2")
        end = await heard(events, "clock")
        assert (end["busy"], end["text"]) == (False, "Saturday, 1 March 2025, 16:30")
    async with client.post("/clock", json={"command": "day"}) as response:
        assert (await response.json())["error"] == "That did not work: the bot is not running"
    async with client.post("/clock", json={"command": "year"}) as response:
        assert response.status == 400
    assert steps.done == ["hour", "day"]


async def test_the_page_loads_nothing_from_elsewhere_and_is_for_this_machine_only(client):
    async with client.get("/") as response:
        assert response.headers["Content-Security-Policy"].startswith("default-src 'self';")
        text = await response.text()
    assert "http://" not in text
    assert "https://" not in text
    for path, headers in (("/", {"Host": "evil.example"}), ("/events", {"Host": "192.168.1.5:80"})):
        async with client.get(path, headers=headers) as response:
            assert response.status == 403
    action = {"person": 1001, "kind": "text", "text": "forged"}
    async with client.post("/act", json=action, headers={"Origin": "http://evil.example"}) as response:
        assert response.status == 403


async def test_a_document_is_downloaded_and_never_shown_as_a_page(telegram, client):
    upload = Upload("räport.html", b"<script>1</script>")
    telegram.call("sendDocument", {"chat_id": 1001}, {"document": upload})
    async with client.get(f"/files/{next(iter(telegram.files))}") as response:
        assert response.headers["Content-Disposition"] == "attachment; filename*=UTF-8''r%C3%A4port.html"
        assert await response.read() == upload.data
    async with client.get("/files/none") as response:
        assert response.status == 404


@pytest.mark.browser
async def test_a_person_chats_and_taps_in_a_browser(telegram, ana, server):
    if not CHROMIUM.exists():
        missing("Chromium is missing: install Debian's `chromium`.")
    from playwright.async_api import async_playwright, expect

    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        page = await browser.new_page()
        problems = []
        page.on("pageerror", lambda error: problems.append(str(error)))
        page.on("console", lambda message: problems.append(message.text) if message.type == "error" else None)
        await page.goto(server.url)
        box = page.get_by_label("Message as Ana")
        await box.fill("<img src=x onerror=alert(1)>")
        await box.press("Enter")
        await expect(page.get_by_role("log").first).to_contain_text("<img src=x onerror=alert(1)>")
        row = [{"text": "Taken", "callback_data": "t"}]
        link = "https://t.me/ldn_companion_bot?start=inv2"
        text = f"Time for <b>1.5 mg</b>, see {link}"
        markup = {"inline_keyboard": [row]}
        telegram.call(
            "sendMessage", {"chat_id": 1001, "text": text, "parse_mode": "HTML", "reply_markup": markup}
        )
        await expect(page.locator("strong", has_text="1.5 mg")).to_be_visible()
        await page.get_by_role("button", name="Taken").click()
        await expect(page.locator(".inline.waiting")).to_have_count(1)
        telegram.call(
            "answerCallbackQuery", {"callback_query_id": telegram.unanswered[-1].id, "text": "Noted"}
        )
        await expect(page.get_by_text("Noted")).to_be_visible()
        telegram.call("editMessageText", {"chat_id": 1001, "message_id": ana.last.message_id, "text": link})
        await expect(page.get_by_text("edited")).to_be_visible()
        await page.get_by_role("link", name=link).click()
        await page.get_by_role("button", name="Clinician: Dr. Ruiz").click()
        await expect(page.get_by_role("log").nth(1)).to_contain_text("/start inv2")
        assert problems == []
        await browser.close()
