"""Somebody shows who they are: with a password, and a code where there is a second factor.

It is the one way for signing in, for using a link, and for doing again what is grave. Every try is counted before
anything is looked at (`tries`), and what takes long is done between the transactions.
"""

from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from proli.accounts.errors import Busy, SecondFactorNeeded, Unauthenticated, WrongCode, WrongCredentials
from proli.accounts.models import User
from proli.accounts.origin import Origin
from proli.accounts.passwords import verify_password
from proli.accounts.queries import list_users
from proli.accounts.rules import Happening
from proli.accounts.second_factor import read_recovery, use_code
from proli.accounts.security_log import note
from proli.accounts.tries import Door, begin_try, keys_of, take_back, undo_try
from proli.platform.db import BusinessSession, Database, locked
from proli.platform.security import Vault


@dataclass(frozen=True, slots=True)
class Claim:
    """What somebody says and brings: at the front door an e-mail address, inside and with a link the user's number."""

    door: Door
    whom: str
    password: str | None
    code: str | None
    origin: Origin


@dataclass(frozen=True, slots=True)
class Looked:
    """What was found out before the user was locked."""

    user_id: int
    password_hash: str | None
    newer: str | None
    recovery: str | None


@asynccontextmanager
async def proven(
    db: Database, vault: Vault, claim: Claim, *, now: datetime
) -> AsyncGenerator[tuple[BusinessSession, User]]:
    """Within the block: a transaction of the operator's in which the user is locked and has shown who they are.

    Raises:
        LockedOut: too many tries before this one, which is not looked at.
        WrongCredentials: no such user, or another password; which of them is not told.
        SecondFactorNeeded: all is right, and a code is needed besides.
        WrongCode: the code is wrong or was used before.
        Busy: too many at once.
    """
    keys = keys_of(claim.door, claim.whom, claim.origin)
    closing = await begin_try(db, keys, now=now)
    found = await find_claimed(db, claim)
    whose = found[0].id if len(found) == 1 else None
    try:
        looked = await look_at(found, claim)
        whose = looked.user_id
        async with db.begin_operator() as session:
            user = await get_user_locked(session, looked.user_id)
            use_up(session, user, claim, looked, vault=vault, now=now)
            await take_back(session, keys)
            yield session, user
    except (SecondFactorNeeded, Busy):
        await undo_try(db, keys, closing=closing)
        raise
    except (WrongCredentials, WrongCode):
        async with db.begin_operator() as session:
            kind = Happening.locked_out if closing else Happening.refused
            note(session, kind, origin=claim.origin, now=now, user_id=whose)
        raise


async def find_claimed(db: Database, claim: Claim) -> Sequence[User]:
    """Whom it can be, the one who came last first: an address may be of several."""
    async with db.begin_operator() as session:
        if claim.door == "password":
            return list(reversed(await list_users(session, claim.whom)))
        user = await session.get(User, int(claim.whom))
        return [user] if user is not None else []


async def look_at(found: Sequence[User], claim: Claim) -> Looked:
    """What takes its time: whose password it is, and what is kept of a code to recover by."""
    user, newer = await recognise(found, claim)
    if user.totp is not None and not claim.code:
        raise SecondFactorNeeded
    recovery = await read_recovery(user, claim.code) if claim.code else None
    return Looked(user.id, user.password_hash, newer, recovery)


async def recognise(found: Sequence[User], claim: Claim) -> tuple[User, str | None]:
    """The user whose password it is, and a better hash of it if there is one to be kept."""
    for user in found:
        if not asks_for_password(user, claim):
            return user, None
        right, newer = await verify_password(claim.password or "", user.password_hash)
        if right:
            return user, newer
    if not found and claim.door == "password":
        await verify_password(claim.password or "", None)
    raise WrongCredentials


def asks_for_password(user: User, claim: Claim) -> bool:
    """A link stands for it; and who is inside without ever having had one cannot be asked."""
    return claim.door == "password" or (claim.door == "again" and user.password_hash is not None)


def use_up(session: BusinessSession, user: User, claim: Claim, looked: Looked, *, vault: Vault, now: datetime) -> None:
    """The locked user is still as they were when they were looked at, and the code is used up."""
    if user.password_hash != looked.password_hash:
        raise WrongCredentials
    if user.totp is not None:
        if not claim.code:
            raise SecondFactorNeeded
        if use_code(user, claim.code, looked.recovery, vault=vault, now=now):
            note(session, Happening.recovery_used, origin=claim.origin, now=now, user_id=user.id)
    if looked.newer is not None:
        user.password_hash = looked.newer


async def get_user_locked(session: BusinessSession, user_id: int) -> User:
    found = await session.scalar(locked(select(User).where(User.id == user_id)))
    if found is None:
        raise Unauthenticated
    return found
