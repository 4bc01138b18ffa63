"""Calls of the Bot API without PTB's objects around them, for what is sent thousands of times.

PTB builds an object for every button that goes out and every field that comes back: a quarter of a
millisecond a message. Here the parameters are a dictionary and the answer is read for its message id.
"""

import json
from typing import Any

from telegram import Bot
from telegram.request import RequestData


class JsonData(RequestData):
    """Parameters that are already what Telegram takes; nested ones are written as JSON."""

    __slots__ = ("_values",)

    def __init__(self, values: dict[str, Any]) -> None:
        super().__init__([])
        self._values = values

    @property
    def parameters(self) -> dict[str, Any]:
        return self._values

    @property
    def json_parameters(self) -> dict[str, str]:
        return {
            name: value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
            for name, value in self._values.items()
        }

    @property
    def json_payload(self) -> bytes:
        return json.dumps(self.json_parameters).encode()


async def call(bot: Bot, method: str, values: dict[str, Any]) -> Any:
    """The `result` of a Bot API method.

    Raises:
        TelegramError: as PTB's own methods do.
    """
    return await bot.request.post(url=f"{bot.base_url}/{method}", request_data=JsonData(values))
