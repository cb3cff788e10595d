"""The second factor: a code that a phone shows, or one of ten that were written down."""

import hmac
import secrets
from datetime import datetime
from typing import Final

from pyotp import random_base32
from pyotp.totp import TOTP

from proli.accounts.errors import WrongCode
from proli.accounts.models import User
from proli.platform.security import Vault, digest

ISSUER: Final = "Proli"
STEP_S: Final = 30
RECOVERY_CODES: Final = 10
LETTERS: Final = "abcdefghjkmnpqrstuvwxyz23456789"
"""Without what looks alike."""


def new_secret() -> str:
    return random_base32()


def address_of(secret: str, *, email: str) -> str:
    """What the QR code says."""
    return TOTP(secret).provisioning_uri(name=email, issuer_name=ISSUER)


def turn_on(user: User, secret: str, code: str, *, vault: Vault, now: datetime) -> list[str]:
    """The second factor is on; returns the recovery codes, which are shown this once.

    Raises:
        WrongCode: the phone does not show the codes of this secret.
    """
    step = step_of(secret, code, now=now)
    if step is None:
        raise WrongCode
    codes = [new_recovery_code() for _ in range(RECOVERY_CODES)]
    user.totp, user.totp_step = vault.seal({"secret": secret}), step
    user.recovery = [kept(one) for one in codes]
    return codes


def turn_off(user: User) -> None:
    user.totp, user.totp_step, user.recovery = None, 0, []


def use_code(user: User, code: str, *, vault: Vault, now: datetime) -> None:
    """The code was right and is used up.

    Raises:
        WrongCode: it is wrong, or was used before.
    """
    plain = code.strip().lower().replace("-", "").replace(" ", "")
    if plain.isdecimal() and user.totp is not None:
        step = step_of(vault.unseal(user.totp)["secret"], plain, now=now)
        if step is not None and step > user.totp_step:
            user.totp_step = step
            return
    elif kept(plain) in user.recovery:
        user.recovery = [one for one in user.recovery if one != kept(plain)]
        return
    raise WrongCode


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


def kept(code: str) -> str:
    """What is stored of a recovery code."""
    return digest(code.replace("-", "")).hex()
