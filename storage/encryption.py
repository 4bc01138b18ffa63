"""Encryption at rest: one keyring for every encrypted column, and a look-up key derived apart from it.

The keyring is process-wide because column types are declared before any settings are read; one process
serves one database. Names, Telegram ids and free text pass through `seal` and `unseal`; nothing else may.
"""

import hashlib
import hmac
from collections.abc import Sequence

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from storage.errors import WrongKeys

_keyring: MultiFernet | None = None


def new_key() -> str:
    """A fresh key for `DATA_KEYS`: 44 characters, URL-safe base64 of 32 random bytes."""
    return Fernet.generate_key().decode()


def use_keys(keys: Sequence[str]) -> None:
    """Make `keys` (newest first, n >= 1) the keyring: the first writes, all can read.

    Raises:
        ValueError: there is no key, or one is not 32 bytes of URL-safe base64.
    """
    global _keyring
    if not keys:
        raise ValueError("at least one key is needed")
    _keyring = MultiFernet([Fernet(key.encode()) for key in keys])


def _ring() -> MultiFernet:
    if _keyring is None:
        raise WrongKeys
    return _keyring


def seal(text: str) -> bytes:
    """`text` under the newest key."""
    return _ring().encrypt(text.encode())


def unseal(token: bytes) -> str:
    """The text of `token`, under whichever key wrote it.

    Raises:
        WrongKeys: none of the keys fits.
    """
    try:
        return _ring().decrypt(token).decode()
    except InvalidToken:
        raise WrongKeys from None


class LookUp:
    """Finds a person by Telegram id without storing the id in the clear.

    The secret is random, made once per database and kept there sealed, so that data keys can be changed
    without losing anybody (ADR-0003).
    """

    def __init__(self, secret: str) -> None:
        self._key = HKDF(
            algorithm=hashes.SHA256(), length=32, salt=None, info=b"ldn-companion telegram id"
        ).derive(secret.encode())

    def hash(self, telegram_id: int) -> bytes:
        """32 bytes, the same for the same id, useless without the key."""
        return hmac.new(self._key, str(telegram_id).encode(), hashlib.sha256).digest()
