"""Signed words: the short access token of a browser, its token against forged writes, and links that do one thing."""

import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final, Literal

import jwt

from proli.accounts.errors import LinkExpired, Unauthenticated
from proli.platform.security import Vault

ACCESS_LASTS: Final = timedelta(minutes=15)
ALGORITHM: Final = "HS256"
Purpose = Literal["reset", "sign_in"]
LINKS_LAST: Final[Mapping[Purpose, timedelta]] = {
    "reset": timedelta(hours=1),
    "sign_in": timedelta(minutes=30),
}
VISIT_LINK_LASTS: Final = timedelta(days=1)
"""How long after a visit its link is good."""


@dataclass(frozen=True, slots=True)
class Access:
    user_id: int
    sign_in_id: int


@dataclass(frozen=True, slots=True)
class Behalf:
    """The owner who has made a link or an invitation, and of which business."""

    business_id: int
    user_id: int


@dataclass(frozen=True, slots=True)
class Link:
    """What a signed link says: for whom, how their account was, and on whose behalf; None is the command line."""

    user_id: int
    fingerprint: str
    behalf: Behalf | None


@dataclass(frozen=True, slots=True)
class VisitPass:
    """What a customer's link says: which visit they may see and change. Any number of times, by whoever has it."""

    business_id: int
    booking_id: int


@dataclass(frozen=True, slots=True)
class AgendaPass:
    """What the link to a professional's day says: whose, and which day."""

    business_id: int
    professional_id: int
    day: date


class Signer:
    """Signs and reads tokens with keys of their own for each purpose, made of the installation's key."""

    def __init__(self, vault: Vault) -> None:
        self._vault = vault

    def access(self, access: Access, *, now: datetime) -> str:
        claims = {"sub": str(access.user_id), "sid": access.sign_in_id, "exp": _seconds(now + ACCESS_LASTS)}
        return jwt.encode(claims, self._vault.derive("access"), algorithm=ALGORITHM)

    def read_access(self, token: str, *, now: datetime) -> Access:
        """Who the token says is signed in.

        Raises:
            Unauthenticated: it is not ours, or its quarter of an hour is over.
        """
        claims = self._read(token, "access", now)
        if claims is None:
            raise Unauthenticated(reason="access_expired")
        return Access(int(claims["sub"]), int(claims["sid"]))

    def forgery_token(self, sign_in_id: int) -> str:
        """What a page of ours sends with every write and a page of others cannot know."""
        return hmac.new(self._vault.derive("forgery"), str(sign_in_id).encode(), hashlib.sha256).hexdigest()

    def link(self, purpose: Purpose, *, user_id: int, fingerprint: str, behalf: Behalf | None, now: datetime) -> str:
        claims = {"sub": str(user_id), "fpr": fingerprint, "exp": _seconds(now + LINKS_LAST[purpose])}
        if behalf is not None:
            claims |= {"biz": behalf.business_id, "by": behalf.user_id}
        return jwt.encode(claims, self._vault.derive(f"link:{purpose}"), algorithm=ALGORITHM)

    def read_link(self, token: str, purpose: Purpose, *, now: datetime) -> Link:
        """What the link says; whether that still holds is in the database.

        Raises:
            LinkExpired: it is not ours, or of another purpose, or too old.
        """
        claims = self._read(token, f"link:{purpose}", now)
        if claims is None or "fpr" not in claims:
            raise LinkExpired
        behalf = Behalf(int(claims["biz"]), int(claims["by"])) if "biz" in claims else None
        return Link(int(claims["sub"]), claims["fpr"], behalf)

    def visit(self, shown: VisitPass, *, over_at: datetime) -> str:
        """The token of a visit that is over at that moment."""
        expires_at = _seconds(over_at + VISIT_LINK_LASTS)
        claims = {"sub": str(shown.booking_id), "biz": shown.business_id, "exp": expires_at}
        return jwt.encode(claims, self._vault.derive("link:visit"), algorithm=ALGORITHM)

    def read_visit(self, token: str, *, now: datetime) -> VisitPass:
        """Which visit the token is of.

        Raises:
            LinkExpired: it is not ours, or of another purpose, or the visit is long over.
        """
        claims = self._read(token, "link:visit", now)
        if claims is None:
            raise LinkExpired
        return VisitPass(business_id=int(claims["biz"]), booking_id=int(claims["sub"]))

    def agenda(self, shown: AgendaPass, *, over_at: datetime) -> str:
        """The token of a day that is over at that moment."""
        claims = {
            "sub": str(shown.professional_id),
            "biz": shown.business_id,
            "day": shown.day.isoformat(),
            "exp": _seconds(over_at + VISIT_LINK_LASTS),
        }
        return jwt.encode(claims, self._vault.derive("link:agenda"), algorithm=ALGORITHM)

    def read_agenda(self, token: str, *, now: datetime) -> AgendaPass:
        """Whose day the token is of.

        Raises:
            LinkExpired: it is not ours, or of another purpose, or the day is long over.
        """
        claims = self._read(token, "link:agenda", now)
        if claims is None:
            raise LinkExpired
        return AgendaPass(int(claims["biz"]), int(claims["sub"]), date.fromisoformat(claims["day"]))

    def _read(self, token: str, purpose: str, now: datetime) -> dict[str, Any] | None:
        claims = next((found for key in self._vault.derive_all(purpose) if (found := _decoded(token, key))), None)
        return claims if claims is not None and claims["exp"] > _seconds(now) else None


def _decoded(token: str, key: bytes) -> dict[str, Any] | None:
    options: Any = {"verify_exp": False, "require": ["sub", "exp"]}
    try:
        return jwt.decode(token, key, algorithms=[ALGORITHM], options=options)
    except jwt.InvalidTokenError:
        return None


def _seconds(moment: datetime) -> int:
    return int(moment.timestamp())
