"""The log: nothing that anybody said or is called, in either format."""

import asyncio
import json
import logging
from collections.abc import Callable, Iterator

import pytest

from bot import logs

TOKEN = "123456789:AAAA-very-secret-token"


@pytest.fixture
def written(capsys) -> Iterator[Callable[[], str]]:
    """What has gone to standard error; the log as it was is put back at the end."""
    root = logging.getLogger()
    handlers, level, ldn = root.handlers[:], root.level, logging.getLogger("ldn").level
    yield lambda: capsys.readouterr().err
    root.handlers[:] = handlers
    root.setLevel(level)
    logging.getLogger("ldn").setLevel(ldn)


def objects(text: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in text.splitlines()]


def test_json_has_one_object_a_line_with_the_fields_apart(written):
    logs.set_up("DEBUG", "json")
    log = logging.getLogger("ldn.delivery")
    log.info("sent kind=%s row=%d", "dose_prompt", 42)
    log.warning("not sent kind=%s verdict=%s why=%s", "digest", "in doubt", "blocked by the user")
    log.error("not settled: rows=%d; they are sent again when their leases run out", 3)
    log.debug("ä %s", "🌙", extra={"chunk": 7, "ratio": 0.5, "thing": object(), "level": "x"})
    log.info("level=3 only")
    first, second, third, fourth, fifth = objects(written())
    assert list(first) == ["time", "level", "logger", "event", "kind", "row"]
    assert str(first.pop("time")).endswith("+00:00")
    assert first == {
        "level": "INFO",
        "logger": "ldn.delivery",
        "event": "sent",
        "kind": "dose_prompt",
        "row": 42,
    }
    assert (second["event"], second["verdict"], second["why"]) == (
        "not sent",
        "in doubt",
        "blocked by the user",
    )
    assert (third["event"], third["rows"]) == (
        "not settled; they are sent again when their leases run out",
        3,
    )
    assert (fourth["event"], fourth["chunk"], fourth["ratio"]) == ("ä 🌙", 7, 0.5)
    assert (fourth["thing"], fourth["level"]) == ("object", "DEBUG")
    assert fifth["level"] == "INFO"


@pytest.mark.parametrize("style", ["console", "json"])
async def test_errors_are_told_by_class_and_place_and_tokens_are_cut_out(written, style):
    logs.set_up("DEBUG", style)
    log = logging.getLogger("ldn.test")
    try:
        try:
            raise KeyError("I want to die")
        except KeyError as error:
            raise ValueError("Ana took 3 mg") from error
    except ValueError:
        log.exception("fault update=%d at https://api.telegram.org/bot%s/x", 5, TOKEN)
    logging.getLogger("aiohttp.server").error(
        "GET /bot%s/getMe\nbody: Ana took 3 mg", TOKEN, extra={"secret": TOKEN}
    )
    asyncio.get_running_loop().call_exception_handler(
        {"message": "Task exception was never retrieved", "exception": ValueError("Ana took 3 mg")}
    )
    text = written()
    assert "ValueError at test_logs.py" in text
    assert "caused by KeyError at test_logs.py" in text
    assert "Task exception was never retrieved" in text
    for word in (TOKEN, "Ana", "die", "3 mg"):
        assert word not in text


@pytest.mark.parametrize("style", ["console", "json"])
async def test_a_conversation_leaves_no_token_no_name_and_no_words_in_the_log(written, style, sqlite_world):
    logs.set_up("DEBUG", style)
    world = sqlite_world
    clinician = await world.clinician("Doctor Vasconcelos")
    ana = await world.patient("Anastasia", clinician=clinician)
    await world.at("2026-03-02T22:00")
    await ana.taps("Taken")
    await ana.says("purple elephants, pain 6")
    await ana.says("I took tramadol and cannot breathe")
    world.telegram.faults.add("flood", "sendMessage", retry_after=1)
    world.telegram.faults.add("server_error", "sendMessage", times=2)
    await ana.says("what is naltrexone")
    ana.phone.block()
    await world.at("2026-03-04T22:00")
    text = written()
    assert len(text.splitlines()) > 20
    for word in (
        world.telegram.token,
        "Anastasia",
        "Vasconcelos",
        "elephant",
        "tramadol",
        "naltrexone",
        str(ana.phone.id),
    ):
        assert word not in text, word
    if style == "json":
        assert {"time", "level", "logger", "event"} <= set(objects(text)[0])
