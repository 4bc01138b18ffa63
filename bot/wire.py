"""Calls of the Bot API without PTB's objects around them, for what is sent thousands of times.

PTB builds an object for every button that goes out and every field that comes back: a quarter of a
millisecond a message. Here the parameters are a dictionary and the answer is read for its message id.
"""

import json
from typing import Any

from telegram import Bot
from telegram.request import RequestData
from telegram.request._requestparameter import RequestParameter

_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


async def call(bot: Bot, method: str, values: dict[str, Any]) -> Any:
    """The `result` of a Bot API method; nested values are written as JSON.

    Raises:
        TelegramError: as PTB's own methods do.
    """
    # Written here, once: PTB does it twice, each time it is asked for a parameter that is not a string.
    written = {name: value if isinstance(value, str) else _json(value) for name, value in values.items()}
    data = RequestData([RequestParameter(name, value, None) for name, value in written.items()])
    return await bot.request.post(url=f"{bot.base_url}/{method}", request_data=data)
