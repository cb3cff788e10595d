"""Passwords as they are kept: Argon2id; a bcrypt hash from an older system is accepted once and replaced."""

import asyncio
import unicodedata
from functools import cache
from typing import Final

from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher
from pwdlib.hashers.bcrypt import BcryptHasher

HASHER: Final = PasswordHash((Argon2Hasher(), BcryptHasher()))


def hash_password(password: str) -> str:
    return HASHER.hash(unicodedata.normalize("NFKC", password))


@cache
def nobodys() -> str:
    """Compared when there is no user, so that a stranger cannot tell by the time it takes."""
    return hash_password("nobody's password")


async def verify_password(password: str, stored: str | None) -> tuple[bool, str | None]:
    """Whether it is the password, and a newer hash to keep where the stored one is of an older kind.

    The work is done in a thread: it takes as long as it must.
    """
    plain = unicodedata.normalize("NFKC", password)
    kept = stored or await asyncio.to_thread(nobodys)
    right, newer = await asyncio.to_thread(HASHER.verify_and_update, plain, kept)
    return right and stored is not None, newer
