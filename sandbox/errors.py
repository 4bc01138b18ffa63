"""How the pretend Telegram refuses: with Telegram's own codes and sentences."""

from typing import Any


class ApiError(Exception):
    """The Bot API refused a call.

    Attributes:
        code: HTTP status and `error_code`, such as 400, 403, 429.
        description: Telegram's sentence, such as "Bad Request: chat not found".
        parameters: Telegram's hints, such as {"retry_after": 3} (seconds); empty mostly.
    """

    def __init__(self, code: int, description: str, parameters: dict[str, Any] | None = None) -> None:
        super().__init__(f"{code} {description}")
        self.code = code
        self.description = description
        self.parameters = parameters or {}

    def as_json(self) -> dict[str, Any]:
        """The body of the answer, as Telegram writes it."""
        body: dict[str, Any] = {"ok": False, "error_code": self.code, "description": self.description}
        if self.parameters:
            body["parameters"] = self.parameters
        return body


class ConnectionLost(Exception):
    """A planned fault: the line drops. `executed` says whether Telegram had already done what was asked."""

    def __init__(self, executed: bool) -> None:
        super().__init__("the answer was lost" if executed else "the connection was reset")
        self.executed = executed


def bad_request(text: str) -> ApiError:
    return ApiError(400, f"Bad Request: {text}")


def forbidden(text: str) -> ApiError:
    return ApiError(403, f"Forbidden: {text}")


def too_many_requests(retry_after: int) -> ApiError:
    return ApiError(429, f"Too Many Requests: retry after {retry_after}", {"retry_after": retry_after})
