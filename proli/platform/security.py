"""Secrets at rest, tokens compared in constant time, personal data masked."""

import hashlib
import hmac
import json
import re
import secrets
from collections.abc import Mapping
from pathlib import Path

from cryptography.fernet import Fernet, InvalidToken, MultiFernet

from proli.platform.errors import ConfigurationError
from proli.platform.settings import CoreSettings

PHONE = re.compile(
    r"(?:(?<![\w.])|(?<=%2[Bb]))(?:\+?\d(?:[\d\-\s\u2010-\u2015]|%20){6,16}\d"
    r"|\(?\+?\d{2,3}\)?[.\-/\s]{1,2}\d{2,3}[.\-/\s]?\d{3,4}(?:[.\-/\s]?\d{4})?)(?=@|\b)"
)
"""In every spelling: with a plus that an address escapes, with dots, brackets or dashes, in any digits."""
SECRET_PATH = re.compile(r"(/waInstance\d+/\w+/)[^\s/?'\"]+")
UNREADABLE = "Stored credentials cannot be read: PROLI_SECRET_KEY is not the key they were written with."


class Vault:
    """Encrypts small mappings of credentials with a key that never enters the database.

    Of several keys, with commas between them, the first one writes and all of them read, so that a key can be replaced.
    """

    def __init__(self, keys: str) -> None:
        each = [key.strip() for key in keys.split(",")]
        try:
            self._fernet = MultiFernet([Fernet(key) for key in each])
            self._keys = [key.encode() for key in each]
        except ValueError as error:
            raise ConfigurationError(
                "PROLI_SECRET_KEY is not a key: make one with `proli secret` and keep it safe."
            ) from error

    @classmethod
    def open(cls, settings: CoreSettings) -> "Vault":
        """The vault of this installation; with the embedded database its key is made on first use.

        Raises:
            ConfigurationError: an own database without PROLI_SECRET_KEY, or a value that is no key.
        """
        if settings.secret_key is not None:
            return cls(settings.secret_key.get_secret_value())
        if settings.database_url is not None:
            raise ConfigurationError(
                "PROLI_SECRET_KEY is missing: your own database needs it. Make one with `proli secret` and keep it."
            )
        return cls(kept_key(settings.home / "secret.key"))

    def derive(self, purpose: str) -> bytes:
        """A key of its own for one purpose, the same as long as the installation's key is."""
        return self.derive_all(purpose)[0]

    def derive_all(self, purpose: str) -> list[bytes]:
        """The keys for one purpose with which something may have been signed, the one that signs now first."""
        return [hmac.new(key, purpose.encode(), hashlib.sha256).digest() for key in self._keys]

    def reseal(self, sealed: bytes) -> bytes:
        """What was sealed, sealed anew with the first key."""
        try:
            return self._fernet.rotate(sealed)
        except InvalidToken as error:
            raise ConfigurationError(UNREADABLE) from error

    def seal(self, values: Mapping[str, str]) -> bytes:
        return self._fernet.encrypt(json.dumps(dict(values)).encode())

    def unseal(self, sealed: bytes) -> dict[str, str]:
        try:
            return json.loads(self._fernet.decrypt(sealed))
        except InvalidToken as error:
            raise ConfigurationError(UNREADABLE) from error


def new_key() -> str:
    return Fernet.generate_key().decode()


def kept_key(path: Path) -> str:
    """The key in `path`, readable by its owner alone; made when absent, once even if two processes start together."""
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        with path.open("x") as file:
            path.chmod(0o600)
            file.write(new_key())
    except FileExistsError:
        pass
    return path.read_text().strip()


def digest(token: str) -> bytes:
    """What is stored of a high-entropy token that is only ever compared."""
    return hashlib.sha256(token.encode()).digest()


def matches(token: str, stored: bytes) -> bool:
    return hmac.compare_digest(digest(token), stored)


def new_token() -> str:
    return secrets.token_urlsafe(32)


def mask(text: str) -> str:
    """`text` fit for a log: phones keep their last two digits, tokens in provider paths vanish."""
    return PHONE.sub(lambda found: "***" + found.group()[-2:], SECRET_PATH.sub(r"\1***", text))
