"""Passwords as they are kept: Argon2id; a bcrypt hash from an older system is accepted once and replaced.

Hashing takes long, by intention. It is done by a few threads of its own, so that however many sign in at once the pages
of others go on; who would have to stand in line for too long is asked to come again. Never within a transaction.
"""

import asyncio
import os
import unicodedata
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from hashlib import scrypt
from typing import Final

from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher
from pwdlib.hashers.bcrypt import BcryptHasher

from proli.accounts.errors import Busy
from proli.accounts.rules import check_password

HASHER: Final = PasswordHash((Argon2Hasher(), BcryptHasher()))
THREADS: Final = max(1, (os.cpu_count() or 1) // 2)
LONGEST_LINE: Final = 100
SCRYPT_N: Final = 2**14
_at_work = ThreadPoolExecutor(THREADS, thread_name_prefix="hashing")
_in_line: set[object] = set()


async def in_line[T](work: Callable[[], T]) -> T:
    """What `work` gives, once it was its turn.

    Raises:
        Busy: so many stand in line that it is no use to wait.
    """
    if waiting() >= LONGEST_LINE:
        raise Busy
    place = object()
    _in_line.add(place)
    try:
        return await asyncio.get_running_loop().run_in_executor(_at_work, work)
    finally:
        _in_line.discard(place)


def waiting() -> int:
    """How many stand in line, those whose turn it is among them."""
    return len(_in_line)


def hash_password(password: str) -> str:
    return HASHER.hash(unicodedata.normalize("NFKC", password))


async def hash_new(password: str, *, email: str) -> str:
    """What is kept of a password that is chosen.

    Raises:
        WeakPassword: it will not do.
    """

    def work() -> str:
        check_password(password, email=email)
        return hash_password(password)

    return await in_line(work)


@cache
def nobodys() -> str:
    """Compared when there is no user, so that a stranger cannot tell by the time it takes."""
    return hash_password("nobody's password")


async def verify_password(password: str, stored: str | None) -> tuple[bool, str | None]:
    """Whether it is the password, and a newer hash to keep where the stored one is of an older kind."""
    plain = unicodedata.normalize("NFKC", password)
    right, newer = await in_line(lambda: HASHER.verify_and_update(plain, stored or nobodys()))
    return right and stored is not None, newer


def slow_digest(code: str, salt: str) -> str:
    """What is kept of a recovery code: too short to be hashed fast."""
    return scrypt(code.encode(), salt=bytes.fromhex(salt), n=SCRYPT_N, r=8, p=1).hex()
