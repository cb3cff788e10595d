"""Who may do what, which passwords will do, and how long a guesser waits."""

import enum
import unicodedata
from datetime import timedelta
from typing import Final

from proli.accounts.errors import WeakPassword


class Role(enum.StrEnum):
    """What somebody may do in a business; each may also do what those after it may, `professional` apart."""

    owner = "owner"
    manager = "manager"
    agent = "agent"
    viewer = "viewer"
    professional = "professional"
    """Sees and changes what is their own only."""


RANK: Final = {Role.viewer: 1, Role.professional: 1, Role.agent: 2, Role.manager: 3, Role.owner: 4}
SHORTEST: Final = 10
LONGEST: Final = 200
TRIES: Final = 5
"""Wrong passwords before the first wait; each further one doubles it."""
FIRST_WAIT: Final = timedelta(minutes=1)
LONGEST_WAIT: Final = timedelta(hours=1)
COMMON: Final = frozenset(
    ("password", "qwerty", "123456", "1234567890", "letmein", "iloveyou", "welcome", "admin", "proli", "סיסמה", "סיסמא")
)


def may(role: Role, needed: Role) -> bool:
    """Whether the role includes the one that is needed; a professional's own pages need exactly that role."""
    if needed is Role.professional:
        return role is Role.professional
    return role is not Role.professional and RANK[role] >= RANK[needed]


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
    left = plain.strip("0123456789!@#$%^&*._- ")
    if left in COMMON or plain in COMMON or len(set(plain)) < 4 or plain == email or left == email.partition("@")[0]:
        raise WeakPassword(reason="guessable")


def wait_after(failures: int) -> timedelta | None:
    """How long nobody may try after so many wrong passwords in a row; None while the next may be tried at once."""
    if failures < TRIES:
        return None
    return min(FIRST_WAIT * 2 ** min(failures - TRIES, 10), LONGEST_WAIT)
