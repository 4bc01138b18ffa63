"""Pictures are drawn as described: real, of the promised size, and told apart without colour."""

import asyncio
import itertools
import json
import re
import struct
import subprocess
import sys
import zlib
from datetime import date, timedelta

import pytest

from clinical.dose import Status
from clinical.progress import Mark, Reading, progress
from handlers.screens import progress as screens
from handlers.texts import Texts
from services import render
from services.render import ink, png
from services.render.progress import svg
from services.render.shapes import shape

TODAY = date(2026, 3, 12)
KINDS = [
    *(Mark(TODAY, 1, status) for status in Status if status not in (Status.PLANNED, Status.SNOOZED)),
    Mark(TODAY, 1, Status.TAKEN, corrected=True),
    Mark(TODAY, 1, Status.NOT_EXPECTED, by_hand=True),
]


def described(weeks: int = 8, *, dark: bool = False, slots: int = 1, step_days: int = 14) -> str:
    """The picture of somebody who answered everything, each dose in another way than the one before."""
    days = [TODAY - timedelta(days=number) for number in range(weeks * 7 - 4)]
    kinds = itertools.cycle(KINDS)
    marks = []
    for day in days:
        for slot in range(1, slots + 1):
            kind = next(kinds)
            marks.append(Mark(day, slot, kind.status, kind.corrected, kind.by_hand))
    readings = [Reading(day, number % 11) for number, day in enumerate(days) if number % 5]
    steps = [(day, 1, 500 + number) for number, day in enumerate(reversed(days[::step_days]))]
    view = progress(TODAY, weeks, marks=marks, pain=readings, sleep=readings[:3], steps=steps)
    chart = screens.picture(Texts("en"), view, dark=dark).chart
    assert chart is not None
    return chart


def pixels(picture: bytes) -> tuple[int, int, bytes]:
    """Width, height and the unpacked rows: what no broken PNG has."""
    assert picture.startswith(b"\x89PNG\r\n\x1a\n")
    at, data, size = 8, b"", (0, 0)
    while at < len(picture):
        length, kind = struct.unpack(">I4s", picture[at : at + 8])
        body = picture[at + 8 : at + 8 + length]
        assert zlib.crc32(kind + body) == struct.unpack(">I", picture[at + 8 + length : at + 12 + length])[0]
        size = struct.unpack(">II", body[:8]) if kind == b"IHDR" else size
        data += body if kind == b"IDAT" else b""
        at += 12 + length
    return *size, zlib.decompress(data)


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize(("weeks", "slots"), [(4, 1), (8, 1), (26, 2)])
def test_a_picture_is_a_real_png_that_telegram_takes(weeks, slots, dark):
    wide, tall, rows = pixels(render.draw(described(weeks, dark=dark, slots=slots)))
    assert wide == 1080
    assert 1500 < tall < 2500
    assert len(set(rows)) > 20
    # A row starts with its filter; the pixels of the paper come first.
    paper = bytes.fromhex((ink.DARK if dark else ink.LIGHT).paper.removeprefix("#"))
    assert rows[1:4] == paper


def test_the_same_description_gives_the_same_bytes_and_light_is_not_dark():
    assert render.draw(described()) == render.draw(described())
    assert render.draw(described()) != render.draw(described(dark=True))


@pytest.mark.parametrize("size", [40, 30, 28], ids=str)
def test_no_two_kinds_of_dose_are_drawn_alike_even_without_colour(size):
    grey = ink.Palette(*["#000000"] * 10, band=("#000000", "#000000"))
    drawn = []
    for kind in KINDS:
        page = ink.page(60, 60, "#ffffff", [shape(kind, 30, 30, size, grey)])
        drawn.append(pixels(png.from_svg(page))[2])
    for one, other in itertools.combinations(drawn, 2):
        assert sum(a != b for a, b in zip(one, other, strict=True)) > 60


@pytest.mark.parametrize(("weeks", "step_days"), [(4, 3), (8, 14), (8, 2), (26, 7), (26, 3)])
def test_no_words_run_over_the_edge_or_over_each_other(weeks, step_days):
    raw = json.loads(described(weeks, step_days=step_days))
    drawn = svg(render.view_of(raw["view"]), raw["words"], dark=False)
    upright = re.sub(r"<g transform.*?</g>", "", drawn)
    element = r'<text x="([\d.]+)" y="([\d.]+)".*?font-size="([\d.]+)".*?anchor="(\w+)".*?>(.*?)<'
    found = re.findall(element, upright)
    boxes = []
    for x, y, size, anchor, words in found:
        if words == "?":
            continue
        wide = ink.width_of(words, float(size))
        left = float(x) - {"start": 0, "middle": wide / 2, "end": wide}[anchor]
        assert left >= 0
        assert left + wide <= png.WIDTH, words
        boxes.append((left, float(y) - float(size) * 0.75, left + wide, float(y), words))
    for one, other in itertools.combinations(boxes, 2):
        apart = one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1]
        assert apart, (one, other)


def test_words_go_into_a_picture_as_words():
    page = ink.page(600, 100, "#ffffff", [ink.text(10, 60, '</text><rect/> & "quoted"', 30, "#000000")])
    assert len(set(pixels(png.from_svg(page))[2])) > 2


async def test_drawing_does_not_hold_up_the_event_loop():
    beats = 0

    async def beat() -> None:
        nonlocal beats
        while True:
            await asyncio.sleep(0.002)
            beats += 1

    async with asyncio.TaskGroup() as group:
        beating = group.create_task(beat())
        chart = described(26)
        before = beats
        await asyncio.to_thread(render.draw, chart)
        during = beats - before
        beating.cancel()
    assert during >= 5


def test_the_typesetter_is_not_loaded_with_the_bot():
    asked = "import sys, bot.app, bot.__main__, bot.transport; print('typst' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
