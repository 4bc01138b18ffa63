"""python-telegram-bot's network, replaced: its calls are answered by a `Telegram` in this process.

Usage:

    request = SandboxRequest(telegram)
    Application.builder().token(telegram.token).request(request).get_updates_request(request)
"""

import json
from typing import Any
from urllib.parse import unquote, urlsplit

from telegram.error import NetworkError, TimedOut
from telegram.request import BaseRequest, RequestData

from sandbox.core import Telegram
from sandbox.errors import ApiError, ConnectionLost
from sandbox.model import Upload


class SandboxRequest(BaseRequest):
    """A `BaseRequest` without network. getUpdates never waits: it answers at once, often with nothing.

    Planned faults arrive as PTB's own: a reset as NetworkError, a lost response as TimedOut.
    """

    def __init__(self, telegram: Telegram) -> None:
        self.telegram = telegram

    @property
    def read_timeout(self) -> float | None:
        return 5.0

    async def initialize(self) -> None:
        """Nothing to open."""

    async def shutdown(self) -> None:
        """Nothing to close."""

    async def do_request(
        self, url: str, method: str, request_data: RequestData | None = None, *timeouts: Any, **more: Any
    ) -> tuple[int, bytes]:
        """See `BaseRequest.do_request`."""
        folder, _, rest = unquote(urlsplit(url).path).lstrip("/").partition(f"bot{self.telegram.token}/")
        if not rest:
            return _refusal(ApiError(401, "Unauthorized"))
        if folder == "file/":
            return self._download(rest)
        params = request_data.json_parameters if request_data else {}
        files = (
            {name: _upload(part) for name, part in request_data.multipart_data.items()}
            if request_data
            else {}
        )
        try:
            result = self.telegram.call(rest, params, files)
        except ApiError as error:
            return _refusal(error)
        except ConnectionLost as lost:
            raise (TimedOut(str(lost)) if lost.executed else NetworkError(str(lost))) from lost
        return 200, json.dumps({"ok": True, "result": result}).encode()

    def _download(self, path: str) -> tuple[int, bytes]:
        for file in self.telegram.files.values():
            if file.path == path:
                return 200, file.data
        return _refusal(ApiError(404, "Not Found"))


def _upload(part: tuple[str, Any, str]) -> Upload:
    name, content, _ = part
    return Upload(name, content if isinstance(content, bytes) else content.read())


def _refusal(error: ApiError) -> tuple[int, bytes]:
    return error.code, json.dumps(error.as_json()).encode()
