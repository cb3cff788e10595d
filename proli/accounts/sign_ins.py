"""Devices that are signed in: a refresh token that is new at every use, and an end to all of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import delete, or_, select, update

from proli.accounts.errors import DeviceNotFound, Unauthenticated
from proli.accounts.models import SignIn
from proli.accounts.origin import LONGEST_DEVICE, Origin
from proli.accounts.proving import Claim, proven
from proli.accounts.rules import IDLE, LONGEST_SIGN_IN, Happening
from proli.accounts.security_log import note
from proli.platform.db import BusinessSession, Database, locked
from proli.platform.security import Vault, digest, matches, new_token

GRACE: Final = timedelta(seconds=20)
"""Two tabs may bring the same token; later than this the second has no business having it."""
KEPT_AFTER_THE_END: Final = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class SignedIn:
    user_id: int
    sign_in_id: int
    token: str | None
    """The refresh token to keep; None where another tab has just been given it."""


async def sign_in(db: Database, vault: Vault, claim: Claim, *, now: datetime) -> SignedIn:
    """The user is signed in on this device. What `proven` refuses is refused."""
    async with proven(db, vault, claim, now=now) as (session, user):
        note(session, Happening.signed_in, origin=claim.origin, now=now, user_id=user.id)
        return await open_sign_in(session, user.id, origin=claim.origin, now=now)


async def open_sign_in(session: BusinessSession, user_id: int, *, origin: Origin, now: datetime) -> SignedIn:
    """A device of the user, who has just shown who they are."""
    family = new_token()
    token = successor(family)
    made = SignIn(
        user_id=user_id, family=digest(family), token=digest(token), rotated_at=now, began_at=now, proved_at=now,
        expires_at=now + IDLE, device=origin.device[:LONGEST_DEVICE], source=origin.source[:64],
    )  # fmt: skip
    session.add(made)
    await session.flush()
    return SignedIn(user_id, made.id, token)


def successor(family: str) -> str:
    """A new token of the family. Whoever brings another of it must have seen one: nobody can think one up."""
    return f"{family}.{new_token()}"


async def refresh(db: Database, token: str, *, origin: Origin, now: datetime) -> SignedIn:
    """The device stays signed in, with a new token in place of the one it brought.

    Any token that was replaced before is somebody's copy: the device is signed out, whoever brought it.

    Raises:
        Unauthenticated: unknown, ended, expired, or replaced before.
    """
    family = token.partition(".")[0]
    async with db.begin_operator() as session:
        found = await session.scalar(locked(select(SignIn).where(SignIn.family == digest(family))))
        if found is None or not is_live(found, now=now):
            raise Unauthenticated(reason="signed_out")
        if matches(token, found.token):
            fresh = successor(family)
            found.former, found.token, found.rotated_at = found.token, digest(fresh), now
            found.expires_at = min(now + IDLE, found.began_at + LONGEST_SIGN_IN)
            found.source = origin.source[:64]
            return SignedIn(found.user_id, found.id, fresh)
        if found.former is not None and matches(token, found.former) and now - found.rotated_at <= GRACE:
            return SignedIn(found.user_id, found.id, None)
        found.ended_at = now
        note(session, Happening.token_reused, origin=origin, now=now, user_id=found.user_id)
    raise Unauthenticated(reason="token_reused")


def is_live(device: SignIn, *, now: datetime) -> bool:
    return device.ended_at is None and device.expires_at > now


async def end_device_said(session: BusinessSession, sign_in_id: int | None, token: str, *, now: datetime) -> None:
    """The device of that number, and the one whose refresh token this is or was, are signed out."""
    family = digest(token.partition(".")[0])
    said = or_(SignIn.id == (sign_in_id or 0), SignIn.family == family)
    await session.execute(update(SignIn).where(said, SignIn.ended_at.is_(None)).values(ended_at=now))


async def sign_out_everywhere(session: BusinessSession, user_id: int, *, now: datetime, but: int | None = None) -> None:
    """Every device of the user is signed out, `but` one."""
    await session.execute(
        update(SignIn)
        .where(SignIn.user_id == user_id, SignIn.ended_at.is_(None), SignIn.id != (but or 0))
        .values(ended_at=now)
    )


async def list_devices(session: BusinessSession, user_id: int, *, now: datetime) -> Sequence[SignIn]:
    """The devices on which the user is signed in, the one seen last first."""
    mine = select(SignIn).where(SignIn.user_id == user_id, SignIn.ended_at.is_(None), SignIn.expires_at > now)
    return (await session.scalars(mine.order_by(SignIn.rotated_at.desc(), SignIn.id.desc()))).all()


async def end_device(session: BusinessSession, user_id: int, device_id: int, *, now: datetime) -> None:
    """One device of the user is signed out.

    Raises:
        DeviceNotFound: not theirs, or signed out already.
    """
    device = await session.scalar(locked(select(SignIn).where(SignIn.id == device_id, SignIn.user_id == user_id)))
    if device is None or not is_live(device, now=now):
        raise DeviceNotFound(device_id=device_id)
    device.ended_at = now


async def forget_old_devices(session: BusinessSession, *, now: datetime) -> None:
    await session.execute(delete(SignIn).where(SignIn.expires_at < now - KEPT_AFTER_THE_END))
