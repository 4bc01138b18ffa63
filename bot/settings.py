"""Settings from the environment or `.env`; every wrong one is named at once."""

from typing import Literal, Self, TypeVar

from cryptography.fernet import Fernet
from pydantic import Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

_ASYNC = {
    "postgresql:": "postgresql+asyncpg:",
    "postgres:": "postgresql+asyncpg:",
}

# Messages a second that Telegram lets a bot pay for.
_PAID_RATE = 1000


class SettingsError(Exception):
    """One sentence for each setting that is missing or wrong."""


class StorageSettings(BaseSettings):
    """What every command needs: where the record is and how to read it."""

    model_config = SettingsConfigDict(env_file=".env", extra="ignore", env_ignore_empty=True)

    database_url: str = "sqlite:///data/bot.db"
    data_keys: str = Field(description="encryption keys, newest first, separated by commas", repr=False)
    telegram_api_url: str = "https://api.telegram.org"
    telegram_bot_token: SecretStr | None = None
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"
    log_format: Literal["console", "json"] = "console"
    country: str | None = None

    @field_validator("log_format", mode="before")
    @classmethod
    def _format(cls, value: str) -> str:
        return value.lower()

    @field_validator("log_level", mode="before")
    @classmethod
    def _level(cls, value: str) -> str:
        return value.upper()

    @field_validator("database_url")
    @classmethod
    def _database(cls, value: str) -> str:
        for plain, driver in _ASYNC.items():
            if value.startswith(plain):
                return value.replace(plain, driver, 1)
        if not value.startswith(("sqlite:///", *_ASYNC.values())):
            raise ValueError("must start with sqlite:/// or postgresql://")
        return value

    @field_validator("data_keys")
    @classmethod
    def _keys(cls, value: str) -> str:
        try:
            keys = [Fernet(key.strip().encode()) for key in value.split(",")]
        except ValueError:
            keys = []
        if not keys:
            raise ValueError("must be keys made by `python -m bot new-key`, separated by commas")
        return value

    @field_validator("country")
    @classmethod
    def _country(cls, value: str | None) -> str | None:
        if value is not None and (len(value) != 2 or not value.isalpha()):
            raise ValueError("must be a two-letter country code such as GB")
        return value.upper() if value else None

    @property
    def keys(self) -> list[str]:
        return [key.strip() for key in self.data_keys.split(",")]


class Settings(StorageSettings):
    """What `run` needs besides."""

    telegram_bot_token: SecretStr
    enrolment: Literal["invite", "open"] = "invite"
    unreviewed_content: Literal["refuse", "serve"] = "refuse"
    webhook_url: str | None = None
    webhook_secret: SecretStr | None = None
    listen: str | None = None
    send_rate: float = Field(default=30, gt=0, le=1000)
    allow_paid_broadcast: bool = False
    operator_chat_id: int | None = None

    @property
    def listen_at(self) -> tuple[str, int] | None:
        """Host and port of LISTEN."""
        if self.listen is None:
            return None
        host, _, port = self.listen.rpartition(":")
        return host.strip("[]"), int(port)

    @field_validator("listen")
    @classmethod
    def _listen(cls, value: str | None) -> str | None:
        if value is not None:
            host, _, port = value.rpartition(":")
            if not host or not port.isascii() or not port.isdigit() or not 0 <= int(port) <= 65535:
                raise ValueError("must be host:port, such as 127.0.0.1:8080")
        return value

    @model_validator(mode="after")
    def _paid_is_fast(self) -> Self:
        if self.allow_paid_broadcast and "send_rate" not in self.model_fields_set:
            self.send_rate = _PAID_RATE
        return self

    @field_validator("webhook_url")
    @classmethod
    def _later(cls, value: str | None) -> str | None:
        if value:
            raise ValueError("is not served by this version yet: leave it empty (long polling is used)")
        return value

    @field_validator("telegram_bot_token")
    @classmethod
    def _token(cls, value: SecretStr) -> SecretStr:
        number, _, rest = value.get_secret_value().partition(":")
        if not (number.isdigit() and len(rest) >= 10):
            raise ValueError("must look like 123456789:AAAA..., as BotFather gave it")
        return value


S = TypeVar("S", bound=StorageSettings)


def load(kind: type[S], **given: object) -> S:
    """Read the settings; `given` ones stand above the environment.

    Raises:
        SettingsError: at least one is missing or wrong; the message names every one, never its value.
    """
    try:
        return kind(**given)  # type: ignore[arg-type]
    except ValidationError as error:
        lines = []
        for problem in error.errors():
            name = ".".join(str(part) for part in problem["loc"]).upper()
            what = (
                "is missing" if problem["type"] == "missing" else problem["msg"].removeprefix("Value error, ")
            )
            lines.append(f"{name} {what}.")
        raise SettingsError(" ".join(lines)) from None
