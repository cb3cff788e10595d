"""Signing in and out: the password, the second factor, and a refresh token that is new at every use."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import delete, func, select, update

from proli.accounts.errors import (
    LinkExpired,
    LockedOut,
    SecondFactorNeeded,
    Unauthenticated,
    WrongCode,
    WrongCredentials,
)
from proli.accounts.models import SignIn, UsedLink, User
from proli.accounts.passwords import verify_password
from proli.accounts.rules import wait_after
from proli.accounts.second_factor import use_code
from proli.accounts.tokens import Link
from proli.platform.db import BusinessSession, Database, locked
from proli.platform.security import Vault, digest, new_token

LASTS: Final = timedelta(days=30)
GRACE: Final = timedelta(seconds=20)
"""Two tabs may bring the same token; later than this the second has no business having it."""


@dataclass(frozen=True, slots=True)
class SignedIn:
    user_id: int
    sign_in_id: int
    token: str | None
    """The refresh token to keep; None where another tab has just been given it."""


async def sign_in(
    db: Database, vault: Vault, *, email: str, password: str, code: str | None, device: str, now: datetime
) -> SignedIn:
    """The user is signed in on this device.

    Between the two transactions the password is compared, which takes its time. A wrong one is counted before the
    refusal, so that it stays counted.

    Raises:
        WrongCredentials: no such user, or another password.
        LockedOut: too many wrong ones.
        SecondFactorNeeded: the password is right and a code is needed.
        WrongCode: the code is wrong or was used before.
    """
    async with db.begin_operator() as session:
        user = await session.scalar(select(User).where(User.email == email.strip().lower()))
    if user is not None and user.locked_until is not None and user.locked_until > now:
        raise LockedOut(until=user.locked_until.isoformat())
    right, newer = await verify_password(password, user.password_hash if user else None)
    if user is None or not right:
        if user is not None:
            await count_failure(db, user.id, now=now)
        raise WrongCredentials
    user_id = user.id
    try:
        async with db.begin_operator() as session:
            user = await get_user_locked(session, user_id)
            if user.totp is not None:
                if code is None:
                    raise SecondFactorNeeded
                use_code(user, code, vault=vault, now=now)
            if newer is not None:
                user.password_hash = newer
            user.failures, user.locked_until = 0, None
            return await open_sign_in(session, user_id, device=device, now=now)
    except WrongCode:
        await count_failure(db, user_id, now=now)
        raise


async def get_user_locked(session: BusinessSession, user_id: int) -> User:
    found = await session.scalar(locked(select(User).where(User.id == user_id)))
    if found is None:
        raise Unauthenticated
    return found


async def count_failure(db: Database, user_id: int, *, now: datetime) -> None:
    """One more wrong answer; from the fifth on nobody may try for a while."""
    async with db.begin_operator() as session:
        user = await get_user_locked(session, user_id)
        user.failures += 1
        wait = wait_after(user.failures)
        user.locked_until = now + wait if wait else None


async def open_sign_in(session: BusinessSession, user_id: int, *, device: str, now: datetime) -> SignedIn:
    token = new_token()
    made = SignIn(user_id=user_id, token=digest(token), rotated_at=now, expires_at=now + LASTS, device=device[:200])
    session.add(made)
    await session.flush()
    return SignedIn(user_id, made.id, token)


async def refresh(db: Database, token: str, *, now: datetime) -> SignedIn:
    """The device stays signed in, with a new token in place of the one it brought.

    A token that was replaced before is somebody's copy: the device is signed out, whoever brought it.

    Raises:
        Unauthenticated: unknown, ended, expired, or brought twice.
    """
    presented = digest(token)
    async with db.begin_operator() as session:
        found = await session.scalar(
            locked(select(SignIn).where((SignIn.token == presented) | (SignIn.former == presented)))
        )
        if found is None or found.ended_at is not None or found.expires_at <= now:
            raise Unauthenticated(reason="signed_out")
        if found.token == presented:
            fresh = new_token()
            found.former, found.token = presented, digest(fresh)
            found.rotated_at, found.expires_at = now, now + LASTS
            return SignedIn(found.user_id, found.id, fresh)
        if now - found.rotated_at <= GRACE:
            return SignedIn(found.user_id, found.id, None)
        found.ended_at = now
    raise Unauthenticated(reason="token_reused")


async def sign_out(session: BusinessSession, sign_in_id: int, *, now: datetime) -> None:
    await session.execute(update(SignIn).where(SignIn.id == sign_in_id, SignIn.ended_at.is_(None)).values(ended_at=now))


async def sign_out_everywhere(session: BusinessSession, user_id: int, *, now: datetime, but: int | None = None) -> None:
    """Every device of the user is signed out, `but` one."""
    await session.execute(
        update(SignIn)
        .where(SignIn.user_id == user_id, SignIn.ended_at.is_(None), SignIn.id != (but or 0))
        .values(ended_at=now)
    )


async def use_link(session: BusinessSession, link: Link, *, now: datetime) -> None:
    """The link is used up; of two who use it at once one is refused.

    Raises:
        LinkExpired: it has been used.
    """
    await session.execute(delete(UsedLink).where(UsedLink.expires_at < now))
    await session.execute(select(func.pg_advisory_xact_lock(func.hashtext(link.nonce))))
    if await session.scalar(select(UsedLink.id).where(UsedLink.nonce == link.nonce)) is not None:
        raise LinkExpired
    session.add(UsedLink(nonce=link.nonce, expires_at=link.expires_at))
