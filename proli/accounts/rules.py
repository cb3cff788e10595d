"""Which passwords will do, how long a guesser waits, and how long a sign-in lasts."""

import enum
import re
import unicodedata
from datetime import timedelta
from typing import Final

from zxcvbn import zxcvbn

from proli.accounts.errors import WeakPassword


class Happening(enum.StrEnum):
    """What is kept of an account's life."""

    signed_in = "signed_in"
    refused = "refused"
    locked_out = "locked_out"
    token_reused = "token_reused"  # noqa: S105 - a name
    """A refresh token was brought that had been replaced: somebody has a copy."""
    proved = "proved"
    link_used = "link_used"
    joined = "joined"
    password_changed = "password_changed"  # noqa: S105 - a name
    factor_on = "factor_on"
    factor_off = "factor_off"
    recovery_used = "recovery_used"
    device_out = "device_out"
    everywhere_out = "everywhere_out"
    exported = "exported"


SHORTEST: Final = 10
LONGEST: Final = 200
TRIES: Final = 5
"""Wrong passwords before the first wait; each further one doubles it."""
FIRST_WAIT: Final = timedelta(minutes=1)
LONGEST_WAIT: Final = timedelta(hours=1)
SOURCE_TRIES: Final = 60
"""Wrong answers from one address within `SOURCE_SPAN`; whoever gets in does not count."""
SOURCE_SPAN: Final = timedelta(minutes=15)
FORGIVEN_AFTER: Final = timedelta(days=1)
"""Tries so long ago say nothing any more."""
IDLE: Final = timedelta(days=30)
"""A device that is not seen for so long is signed out."""
LONGEST_SIGN_IN: Final = timedelta(days=90)
"""Then everybody signs in anew."""
PROOF_LASTS: Final = timedelta(minutes=30)
"""How long after showing who one is the graver things may be done."""
JUDGED: Final = 16
"""Of a password so many characters are looked at: they suffice, and what takes long is bounded."""
ENOUGH_GUESSES: Final = 8.0
"""Decimal digits of the number of guesses."""
HEBREW_WORDS: Final = ("סיסמה", "סיסמא", "שלום", "ישראל", "ירושלים", "אהבה", "אבגדהוזחטי")


def check_password(password: str, *, email: str) -> None:
    """Return when the password will do.

    Raises:
        WeakPassword: too short, too long, or easily guessed; `reason` says which.
    """
    plain = unicodedata.normalize("NFKC", password).lower()
    if len(plain) < SHORTEST:
        raise WeakPassword(reason="short", least=SHORTEST)
    if len(plain) > LONGEST:
        raise WeakPassword(reason="long", most=LONGEST)
    about = [part for part in re.split(r"[^\w]+", email) if part] + [email, "proli", *HEBREW_WORDS]
    judged = zxcvbn(plain[:JUDGED], user_inputs=about)
    if float(judged["guesses_log10"]) < ENOUGH_GUESSES or email in plain:
        raise WeakPassword(reason="guessable")


def wait_after(failures: int) -> timedelta | None:
    """How long nobody may try after so many wrong passwords in a row; None while the next may be tried at once."""
    if failures < TRIES:
        return None
    return min(FIRST_WAIT * 2 ** min(failures - TRIES, 10), LONGEST_WAIT)
