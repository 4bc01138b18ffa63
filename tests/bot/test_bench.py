"""`bench` at a fiftieth of its size: its figures keep the agreed form, and become a page."""

import json

import pytest

from bot import bench
from bot.bench import table
from bot.bench.figures import Figure, percentile

KEYS = ["case", "what", "value", "unit", "target", "met", "peer"]


async def test_two_cheap_cases_give_figures_in_the_agreed_form(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("LDN_BENCH_SCALE", "0.02")

    assert await bench.run(["tap", "ask"], as_json=True) == 0

    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert {line["case"] for line in lines} == {"machine", "tap", "ask"}
    for line in lines:
        assert list(line) == KEYS
        assert isinstance(line["value"], int | float)
        assert (line["target"] is None) == (line["met"] is None)
        assert all(isinstance(value, int | float) for value in line["peer"].values())
    assert any(line["target"] == 25 and line["unit"] == "ms" for line in lines)
    assert "raw sqlite3, one durable commit each" in lines[5]["peer"]


async def test_no_seeded_emergency_is_missed_and_illness_alone_is_not_pushed(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("LDN_BENCH_SCALE", "0.2")
    assert await bench.run(["alerts"], as_json=True) == 0
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    figures = {line["what"].split(",")[0]: line for line in lines if line["case"] == "alerts"}
    assert figures["pushed per 100 patients a week"]["value"] <= 5
    (missed,) = (line for what, line in figures.items() if what.startswith("seeded emergencies"))
    assert missed["value"] == 0


def test_every_case_of_the_design_is_there() -> None:
    assert set(bench.CASES) == {
        *("capacity", "burst", "memory", "growth", "history", "tap", "ask", "alerts", "peers", "processes")
    }


def test_a_target_that_is_not_met_says_so_on_the_page() -> None:
    figures = [
        Figure("machine", "scale", 0.1, "of full"),
        Figure("tap", "one after the other, p99", 31.0, "ms", 25, False, {"floor": 2.0}),
        Figure("tap", "one after the other, median", 3.0, "ms"),
    ]
    page = table.written_into(f"before\n{table.BEGIN}\nold\n{table.END}\nafter\n", table.render(figures))

    assert "| one after the other, p99 | 31.0 ms | 25: **not met** | floor: 2.00 |" in page
    assert "| one after the other, median | 3.00 ms |  |  |" in page
    assert "not figures to quote" in page
    assert "old" not in page
    assert page.startswith("before\n")
    assert page.endswith("\nafter\n")


def test_a_page_without_markers_is_left_alone() -> None:
    with pytest.raises(ValueError, match="no markers"):
        table.written_into("a page", "tables")


def test_percentiles_are_values_that_were_measured() -> None:
    assert percentile([3.0, 1.0, 2.0], 0.5) == 2.0
    assert percentile([3.0, 1.0, 2.0], 0.99) == 3.0
    assert percentile([], 0.99) == 0.0
