"""Invitations: a row until somebody accepts, and a membership only from then on.

No e-mail is sent, so an invitation is a link that whoever invites hands over. It proves that this business wants
whoever has it, and not that they are who an account of that address belongs to; nor does the account prove that the
address is its user's. So there are two ways to accept. With the password and second factor of an account that there is,
it joins, and gets a new password: whoever made the account's first link may know the one before. Without, an account of
its own begins, for this business alone: nothing of another is opened or changed by it, and nobody is kept out.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import func, select, update
from sqlalchemy.exc import IntegrityError

from proli.accounts.errors import (
    EmailTaken,
    InvitationNotFound,
    LinkExpired,
    ProfessionalElsewhere,
    SamePassword,
    TooManyInvitations,
)
from proli.accounts.members import add_member, add_user, lock_address, may_invite, opens_anything
from proli.accounts.models import Business, Invitation, Membership, User
from proli.accounts.origin import Origin
from proli.accounts.passwords import hash_new
from proli.accounts.permissions import Role
from proli.accounts.proving import Claim, get_user_locked, proven
from proli.accounts.queries import list_users
from proli.accounts.rules import Happening
from proli.accounts.second_factor import turn_off
from proli.accounts.security_log import note, own_entry
from proli.accounts.sign_ins import SignedIn, open_sign_in, sign_out_everywhere
from proli.accounts.signed_links import keep_password
from proli.accounts.tokens import Behalf
from proli.platform.db import BusinessSession, locked
from proli.platform.runtime import Runtime
from proli.platform.security import digest, new_token

LAST: Final = timedelta(days=7)
MOST_OPEN: Final = 100
"""Invitations of one business that nobody has answered."""


@dataclass(frozen=True, slots=True)
class Invited:
    """Who is invited, and to what."""

    email: str
    name: str
    role: Role
    professional_id: int | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """What somebody brings who accepts. `current` and `code` are those of an account that belongs to them already."""

    password: str
    name: str | None
    current: str | None
    code: str | None
    origin: Origin


@dataclass(frozen=True, slots=True)
class Seen:
    """An open invitation as its link shows it."""

    invitation: Invitation
    business: Business
    has_account: bool


async def invite(
    session: BusinessSession, invited: Invited, *, by: int | None, now: datetime
) -> tuple[Invitation, str]:
    """Somebody is invited to the session's business, with what the link holds; a former invitation is over.

    Raises:
        EmailTaken: they are a member already.
        ProfessionalElsewhere: no such professional in this business.
        TooManyInvitations: too many are open.
    """
    business_id, email = session.require_business(), invited.email.strip().lower()
    await session.execute(select(func.pg_advisory_xact_lock(business_id)))
    member = select(Membership.id).join(User, User.id == Membership.user_id).where(User.email == email)
    if await session.scalar(member) is not None:
        raise EmailTaken
    still = (Invitation.accepted_at.is_(None), Invitation.ended_at.is_(None))
    await session.execute(update(Invitation).where(Invitation.email == email, *still).values(ended_at=now))
    if len(await list_open(session, now=now)) >= MOST_OPEN:
        raise TooManyInvitations(most=MOST_OPEN)
    token = new_token()
    made = Invitation(
        email=email, name=invited.name.strip(), role=invited.role, professional_id=invited.professional_id,
        token=digest(token), expires_at=now + LAST, invited_by=by,
    )  # fmt: skip
    try:
        async with session.begin_nested():
            session.add(made)
    except IntegrityError as error:
        if "fk_invitations_professional" not in str(error.orig):
            raise
        raise ProfessionalElsewhere(professional_id=invited.professional_id) from error
    return made, token


async def list_open(session: BusinessSession, *, now: datetime) -> Sequence[Invitation]:
    """Invitations of the session's business that can still be accepted, newest first."""
    still = (Invitation.accepted_at.is_(None), Invitation.ended_at.is_(None), Invitation.expires_at > now)
    return (await session.scalars(select(Invitation).where(*still).order_by(Invitation.id.desc()))).all()


async def find_name_of(session: BusinessSession, email: str) -> str | None:
    """What whoever has this e-mail is called, by an account or else the newest invitation. Operator's session."""
    for known in await list_users(session, email):
        return known.name
    invited = select(Invitation.name).where(Invitation.email == email.strip().lower())
    return await session.scalar(invited.order_by(Invitation.id.desc()).limit(1))


async def take_back_invitation(session: BusinessSession, invitation_id: int, *, now: datetime) -> Invitation:
    """Nobody can accept it any more.

    Raises:
        InvitationNotFound: not of this business, or over already.
    """
    found = await session.scalar(locked(select(Invitation).where(Invitation.id == invitation_id)))
    if found is None or found.accepted_at is not None or found.ended_at is not None:
        raise InvitationNotFound(invitation_id=invitation_id)
    found.ended_at = now
    return found


async def look_at_invitation(session: BusinessSession, token: str, *, now: datetime, lock: bool = False) -> Seen:
    """What the link invites to. With `lock` nobody else answers it meanwhile. Needs the operator's session.

    Raises:
        LinkExpired: not ours, too old, answered, taken back, or whoever invited owns the business no more.
    """
    wanted = select(Invitation).where(Invitation.token == digest(token))
    found = await session.scalar(locked(wanted) if lock else wanted)
    if found is None or found.accepted_at is not None or found.ended_at is not None or found.expires_at <= now:
        raise LinkExpired
    by = found.invited_by
    if by is not None and not await may_invite(session, Behalf(found.business_id, by)):
        raise LinkExpired
    business = await session.get_one(Business, found.business_id)
    return Seen(found, business, await belongs_to_somebody(session, found.email))


async def belongs_to_somebody(session: BusinessSession, email: str) -> bool:
    """Whether an account of this address opens anything. Needs the operator's session."""
    return any([await opens_anything(session, one) for one in await list_users(session, email)])


async def accept(runtime: Runtime, token: str, answer: Answer, *, now: datetime) -> SignedIn:
    """Whoever has the link is a member, and signed in on this device.

    Raises:
        LinkExpired: as `look_at_invitation`, or the account has become another in this moment.
        WeakPassword, SamePassword: the new password will not do; the link is still good.
    """
    async with runtime.db.begin_operator() as session:
        seen = await look_at_invitation(session, token, now=now)
    kept = await hash_new(answer.password, email=seen.invitation.email)
    if not seen.has_account or answer.current is None:
        return await begin_anew(runtime, token, answer, kept, now=now)
    claim = Claim("password", seen.invitation.email, answer.current, answer.code, answer.origin)
    if answer.current == answer.password:
        raise SamePassword
    async with proven(runtime.db, runtime.vault, claim, now=now) as (session, user):
        return await join(session, user, token, answer, kept, now=now)


async def begin_anew(runtime: Runtime, token: str, answer: Answer, kept: str, *, now: datetime) -> SignedIn:
    """A new account. Those of the address that open nothing have ended: nobody holds it by having been its first, and
    whoever has it next sees nothing of them."""
    async with runtime.db.begin_operator() as session:
        invitation = (await look_at_invitation(session, token, now=now)).invitation
        await lock_address(session, invitation.email)
        for former in await list_users(session, invitation.email):
            if not await opens_anything(session, former):
                await end_account(session, await get_user_locked(session, former.id), now=now)
        user = await add_user(session, email=invitation.email, name=invitation.name)
        return await join(session, user, token, answer, kept, now=now)


async def end_account(session: BusinessSession, user: User, *, now: datetime) -> None:
    """Nobody signs in with it any more; what it did stays. Needs the operator's session."""
    user.ended_at, user.password_hash = now, None
    turn_off(user)
    await sign_out_everywhere(session, user.id, now=now)


async def join(
    session: BusinessSession, user: User, token: str, answer: Answer, kept: str, *, now: datetime
) -> SignedIn:
    """The locked user is a member by the invitation, with the new password, and signed in here alone."""
    invitation = (await look_at_invitation(session, token, now=now, lock=True)).invitation
    invitation.accepted_at = now
    user.name = (answer.name or "").strip() or user.name
    await add_member(
        session, user_id=user.id, business_id=invitation.business_id, role=invitation.role,
        professional_id=invitation.professional_id,
    )  # fmt: skip
    note(session, Happening.joined, origin=answer.origin, now=now, user_id=user.id, business_id=invitation.business_id)
    session.add(own_entry(user, invitation.business_id, "member.joined", now=now, details={"role": invitation.role}))
    await keep_password(session, user, kept, origin=answer.origin, now=now)
    return await open_sign_in(session, user.id, origin=answer.origin, now=now)
