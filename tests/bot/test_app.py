"""Putting a bot together, where that fails."""

import gc
import warnings

import pytest

from bot.app import companion
from bot.clock import SetClock
from bot.http import AiohttpRequest, NotSent
from tests.bot.test_web import given
from tests.world import T0


async def test_connections_are_closed_where_telegram_does_not_answer(sqlite_store):
    lines = AiohttpRequest(), AiohttpRequest()
    settings = given(telegram_api_url="http://127.0.0.1:9")
    with pytest.raises(NotSent):
        async with companion(
            settings, sqlite_store, SetClock(T0), request=lines[0], updates_request=lines[1]
        ):
            pass
    for line in lines:
        with pytest.raises(NotSent, match="not initialized"):
            await line.post("http://127.0.0.1:9")
    with warnings.catch_warnings(record=True) as said:
        warnings.simplefilter("always")
        del lines, line
        gc.collect()
    assert not [one for one in said if "Unclosed" in str(one.message)]
