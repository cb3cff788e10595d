"""The second factor: a code that a phone shows, or one of ten that were written down."""

import hmac
import secrets
import unicodedata
from datetime import datetime
from typing import Final

from pyotp import random_base32
from pyotp.totp import TOTP

from proli.accounts.errors import WrongCode
from proli.accounts.models import User
from proli.accounts.passwords import in_line, slow_digest
from proli.platform.security import Vault, digest

ISSUER: Final = "Proli"
STEP_S: Final = 30
RECOVERY_CODES: Final = 10
LETTERS: Final = "abcdefghjkmnpqrstuvwxyz23456789"
"""Without what looks alike."""


def offer_secret(user: User, *, vault: Vault) -> tuple[str, str]:
    """A new secret to be put into a phone, and what the QR code says; nothing is on until a code confirms it.

    It is kept here and not by the page: nobody else chooses it.
    """
    secret = random_base32()
    user.totp_offered = vault.seal({"secret": secret})
    return secret, TOTP(secret).provisioning_uri(name=user.email, issuer_name=ISSUER)


async def new_recovery_codes() -> tuple[list[str], list[str]]:
    """Codes to be shown this once, and what is kept of them."""
    codes = [new_recovery_code() for _ in range(RECOVERY_CODES)]
    salt = secrets.token_hex(16)
    return codes, await in_line(lambda: [kept(code, salt) for code in codes])


def turn_on(user: User, code: str, recovery: list[str], *, vault: Vault, now: datetime) -> None:
    """The second factor is on, by the secret that was shown last, in place of the one before.

    Raises:
        WrongCode: the phone does not show the codes of this secret, or none was shown.
    """
    offered, plain = user.totp_offered, digits(code)
    step = step_of(vault.unseal(offered)["secret"], plain, now=now) if offered and plain else None
    if step is None:
        raise WrongCode
    user.totp, user.totp_offered, user.totp_step, user.recovery = offered, None, step, recovery


def turn_off(user: User) -> None:
    user.totp, user.totp_offered, user.totp_step, user.recovery = None, None, 0, []


async def read_recovery(user: User, code: str) -> str | None:
    """What is kept of the code if it is one to recover by; None for what a phone shows. It takes its time."""
    if digits(code) is not None or not user.recovery:
        return None
    salt = user.recovery[0].partition("$")[0]
    return await in_line(lambda: kept(bare(code), salt))


def use_code(user: User, code: str, recovery: str | None, *, vault: Vault, now: datetime) -> bool:
    """The code was right and is used up; whether it was one to recover by, of which `recovery` is what is kept.

    Raises:
        WrongCode: it is wrong, or was used before.
    """
    plain = digits(code)
    if plain is not None and user.totp is not None:
        step = step_of(vault.unseal(user.totp)["secret"], plain, now=now)
        if step is not None and step > user.totp_step:
            user.totp_step = step
            return False
    elif recovery is not None and recovery in user.recovery:
        user.recovery = [one for one in user.recovery if one != recovery]
        return True
    raise WrongCode


def bare(code: str) -> str:
    return code.strip().lower().replace("-", "").replace(" ", "")


def digits(code: str) -> str | None:
    """The digits of a code, whichever script they are of; None when it is made of other things."""
    plain = bare(code)
    return "".join(str(unicodedata.decimal(one)) for one in plain) if plain.isdecimal() else None


def step_of(secret: str, code: str, *, now: datetime) -> int | None:
    """The half minute whose code this is: the present one, or one on either side for clocks that differ."""
    totp = TOTP(secret)
    present = int(now.timestamp()) // STEP_S
    for step in (present, present - 1, present + 1):
        if hmac.compare_digest(totp.at(step * STEP_S), code):
            return step
    return None


def new_recovery_code() -> str:
    return "-".join("".join(secrets.choice(LETTERS) for _ in range(5)) for _ in range(2))


def kept(code: str, salt: str) -> str:
    """What is stored of a recovery code. Those of before were stored as the inner digest alone, and wrapped later."""
    return f"{salt}${slow_digest(digest(bare(code)).hex(), salt)}"
