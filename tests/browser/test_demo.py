"""The demo page in a real browser: enrol, move to bedtime, tap Taken, see the digest count it."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.async_api import Locator, Page, async_playwright, expect

from bot.demo import stage
from tests.conftest import missing

CHROMIUM = Path("/usr/bin/chromium")
ARGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
EVENING = datetime(2026, 3, 2, 19, 0, tzinfo=UTC)

pytestmark = pytest.mark.browser


@pytest.fixture
async def page() -> AsyncIterator[Page]:
    if not CHROMIUM.exists():
        missing("Chromium is missing: install Debian's `chromium`.")
    async with stage(0, EVENING) as up, async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=str(CHROMIUM), args=ARGS)
        page = await browser.new_page(viewport={"width": 1280, "height": 860})
        page.set_default_timeout(15_000)
        await page.goto(up.url)
        yield page
        await browser.close()


def chat(page: Page, who: str) -> Locator:
    return page.get_by_role("region", name=who)


async def types(page: Page, who: str, text: str) -> None:
    box = chat(page, who).get_by_role("textbox")
    await box.fill(text)
    await box.press("Enter")


async def taps(page: Page, who: str, label: str) -> None:
    await chat(page, who).get_by_role("button", name=label, exact=True).last.click()


async def sees(page: Page, who: str, text: str) -> None:
    await expect(chat(page, who).get_by_text(text).last).to_be_visible(timeout=15_000)


async def enrols(page: Page) -> None:
    """The clinician invites, the patient goes through first contact."""
    await taps(page, "Clinician", "Start")
    await sees(page, "Clinician", "You now read for")
    await types(page, "Clinician", "/invite")
    await types(page, "Clinician", "1.5 mg")
    for label in (
        "Capsule",
        "The label does not say",
        "Tonight: Mon 2 Mar",
        "In 4 weeks: Mon 30 Mar",
        "Make the link",
    ):
        await taps(page, "Clinician", label)
    await sees(page, "Clinician", "For one patient")
    await chat(page, "Clinician").get_by_role("link", name="https://t.me/").last.click()
    await page.get_by_role("button", name="Ana").first.click()

    await sees(page, "Patient", "Are you 18 or over?")
    for label in ("I am 18 or over", "Reminders: off", "Check-ins: off", "Sharing: off", "Continue"):
        await taps(page, "Patient", label)
    await sees(page, "Patient", "Where are you now?")
    await types(page, "Patient", "Lisbon")
    for label in ("22:00", "Right", "Yes", "I already take it", "1 to 4 weeks", "None of these"):
        await taps(page, "Patient", label)
    await sees(page, "Patient", "Your first prompt comes Mon 22:00")


async def test_a_first_night_in_the_browser(page: Page) -> None:
    await enrols(page)
    for who, part in (
        ("Patient", "A few questions once"),
        ("Clinician", "This is a test alert."),
        ("Patient", "Time for tonight's dose: 1.5 mg."),
    ):
        await page.get_by_role("button", name="Next event").click()
        await sees(page, who, part)
    await taps(page, "Patient", "Taken")
    await sees(page, "Patient", "Recorded as taken at 22:00.")

    await page.get_by_role("button", name="+1 day").click()
    await types(page, "Clinician", "/digest")
    await sees(page, "Clinician", "taken 1, skipped 0, unanswered 0, undelivered 0 of 1 expected")


async def test_twelve_weeks_leave_a_digest_worth_reading(page: Page) -> None:
    await page.get_by_role("button", name="Run twelve weeks").click()
    await expect(page.get_by_role("progressbar")).to_be_visible()
    await expect(page.get_by_role("button", name="Run twelve weeks")).to_be_enabled(timeout=400_000)
    await types(page, "Clinician", "/digest")
    await sees(page, "Clinician", "6 patients:")


async def test_living_with_a_titration_in_the_browser(page: Page) -> None:
    await enrols(page)
    for who, part in (
        ("Patient", "A few questions once"),
        ("Clinician", "This is a test alert."),
        ("Patient", "Time for tonight's dose: 1.5 mg."),
    ):
        await page.get_by_role("button", name="Next event").click()
        await sees(page, who, part)
    await taps(page, "Patient", "Taken")
    await sees(page, "Patient", "Recorded as taken at 22:00.")

    await types(page, "Clinician", "/patients")
    await chat(page, "Clinician").get_by_role("button").filter(has_text="P-").last.click()
    await taps(page, "Clinician", "Record a step")
    await types(page, "Clinician", "3 mg")
    await taps(page, "Clinician", "Capsule")
    await types(page, "Clinician", "2 x 1.5 mg")
    for label in ("Tomorrow: Tue 3 Mar", "No review day", "Record it"):
        await taps(page, "Clinician", label)
    await sees(page, "Clinician", "Recorded for P-")
    await sees(page, "Patient", "Your clinic has updated your plan.")

    await types(page, "Patient", "/timezone")
    await types(page, "Patient", "Madrid")
    for label in ("Right", "Local bedtime: next Tue 22:00"):
        await taps(page, "Patient", label)
    await sees(page, "Patient", "Emergency number here: 112.")
    await page.get_by_role("button", name="+1 day").click()
    await sees(page, "Patient", "Your plan changed. Please open the change first.")
    await taps(page, "Patient", "Open the change")
    await taps(page, "Patient", "Yes, I have it")
    await sees(page, "Patient", "Time for tonight's dose: 3 mg (2 capsules of 1.5 mg).")
    await taps(page, "Patient", "Taken")

    await types(page, "Patient", "/refill")
    await taps(page, "Patient", "Count doses")
    await types(page, "Patient", "30")
    await sees(page, "Patient", "30 doses left by your count.")
    await types(page, "Patient", "/pause")
    for label in ("Yes, I take it without prompts", "3 days, until Fri 6 Mar"):
        await taps(page, "Patient", label)
    await sees(page, "Patient", "Prompts begin again on Fri 6 Mar")
    await types(page, "Patient", "/pause")
    await sees(page, "Patient", "Prompts are paused until Fri 6 Mar.")
