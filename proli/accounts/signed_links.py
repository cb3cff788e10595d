"""Links of a user: a new password, or signing in without one. Each does its thing once, and only the newest is good.

A link says how the account was when it was made: with another password or in other businesses it is worth nothing. On
whose behalf it was made is asked again when it is used.
"""

import hashlib
import hmac
from datetime import datetime

from sqlalchemy import select

from proli.accounts.errors import LinkExpired
from proli.accounts.members import home_ids, is_only_here, may_invite
from proli.accounts.models import User
from proli.accounts.origin import Origin
from proli.accounts.passwords import hash_new
from proli.accounts.proving import Claim, get_user_locked, proven
from proli.accounts.rules import Happening
from proli.accounts.security_log import note, note_change
from proli.accounts.sign_ins import SignedIn, open_sign_in, sign_out_everywhere
from proli.accounts.tokens import Behalf, Link, Purpose, Signer
from proli.accounts.tries import forgive
from proli.platform.db import BusinessSession
from proli.platform.runtime import Runtime
from proli.platform.security import Vault


async def make_link(
    session: BusinessSession, vault: Vault, purpose: Purpose, user_id: int, *, now: datetime, behalf: Behalf | None
) -> str:
    """A link of the user; those made before are worth nothing. Needs the operator's session.

    With `behalf` it is good while that owner owns that business and the user belongs to it alone.
    """
    user = await get_user_locked(session, user_id)
    user.links += 1
    fingerprint = await fingerprint_of(session, vault, user)
    return Signer(vault).link(purpose, user_id=user.id, fingerprint=fingerprint, behalf=behalf, now=now)


async def fingerprint_of(session: BusinessSession, vault: Vault, user: User) -> str:
    """What differs as soon as the password, the businesses or the newest link are others."""
    homes = ",".join(str(one) for one in await home_ids(session, user.id))
    said = f"{user.id} {user.email} {user.password_hash} {user.operator} {user.links} {homes}"
    return hmac.new(vault.derive("fingerprint"), said.encode(), hashlib.sha256).hexdigest()[:32]


async def use_link(
    runtime: Runtime, token: str, purpose: Purpose, *, password: str | None, code: str | None, origin: Origin,
    now: datetime,
) -> SignedIn:  # fmt: skip
    """The user has a new password, or just enters; the second factor is asked for as at the front door.

    Raises:
        LinkExpired: not ours, too old, used, or the account is another by now.
        WeakPassword: it will not do; the link is still good.
    """
    link = Signer(runtime.vault).read_link(token, purpose, now=now)
    async with runtime.db.begin_operator() as session:
        user = await session.scalar(select(User).where(User.id == link.user_id))
        await require_good(session, runtime.vault, link, user)
    kept = await hash_new(password or "", email=user.email if user else "") if purpose == "reset" else None
    claim = Claim("link", str(link.user_id), None, code, origin)
    async with proven(runtime.db, runtime.vault, claim, now=now) as (session, user):
        await require_good(session, runtime.vault, link, user)
        user.links += 1
        note(session, Happening.link_used, origin=origin, now=now, user_id=user.id)
        if kept is not None:
            await keep_password(session, user, kept, origin=origin, now=now)
        return await open_sign_in(session, user.id, origin=origin, now=now)


async def require_good(session: BusinessSession, vault: Vault, link: Link, user: User | None) -> None:
    if user is None or not hmac.compare_digest(link.fingerprint, await fingerprint_of(session, vault, user)):
        raise LinkExpired
    behalf = link.behalf
    if behalf is None:
        return
    if not await is_only_here(session, user, behalf.business_id) or not await may_invite(session, behalf):
        raise LinkExpired


async def keep_password(
    session: BusinessSession, user: User, kept: str, *, origin: Origin, now: datetime, but: int | None = None
) -> None:
    """The user signs in with this from now on; every device is signed out, `but` one. Needs the operator's session."""
    user.password_hash = kept
    await forgive(session, user.email)
    await sign_out_everywhere(session, user.id, now=now, but=but)
    await note_change(session, user, Happening.password_changed, "password.changed", origin=origin, now=now)
