"""Who belongs to a business: people are invited, given a role, and leave."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select

from proli.accounts.errors import EmailTaken, LastOwner, SeveralUsers, UserNotFound
from proli.accounts.models import Business, Membership, User
from proli.accounts.permissions import Role
from proli.accounts.queries import list_users
from proli.accounts.tokens import Behalf
from proli.platform.db import BusinessSession


@dataclass(frozen=True, slots=True)
class Member:
    """A user within one business, as every request carries it."""

    user_id: int
    business_id: int
    role: Role
    professional_id: int | None
    name: str


async def ensure_user(session: BusinessSession, *, email: str, name: str, operator: bool = False) -> User:
    """A user of this e-mail, the first where there are several; a new one has no password. Operator's session."""
    await lock_address(session, email)
    for known in await list_users(session, email):
        return known
    return await add_user(session, email=email, name=name, operator=operator)


async def add_user(session: BusinessSession, *, email: str, name: str, operator: bool = False) -> User:
    """A new user of this e-mail, whoever has it besides, without a password yet. Needs the operator's session."""
    made = User(email=email.strip().lower(), name=name.strip(), operator=operator)
    session.add(made)
    await session.flush()
    return made


async def lock_address(session: BusinessSession, email: str) -> None:
    """Nobody else decides meanwhile who there is of this e-mail."""
    key = func.hashtextextended(f"users {email.strip().lower()}", 0)
    await session.execute(select(func.pg_advisory_xact_lock(key)))


async def get_user_by_email(session: BusinessSession, email: str, *, business: str | None = None) -> User:
    """The one user of this e-mail, or of it in that business; needs the operator's session.

    Raises:
        UserNotFound: there is none.
        SeveralUsers: there is more than one.
    """
    found = await list_users(session, email)
    if business is not None:
        found = [one for one in found if await find_member(session, user_id=one.id, slug=business)]
    if not found:
        raise UserNotFound(email=email)
    if len(found) > 1:
        raise SeveralUsers(email=email)
    return found[0]


async def add_member(
    session: BusinessSession, *, user_id: int, business_id: int, role: Role, professional_id: int | None = None
) -> Membership:
    """The user belongs to the business. Needs the operator's session.

    Raises:
        EmailTaken: they are a member already.
    """
    known = await session.scalar(
        select(Membership).where(Membership.user_id == user_id, Membership.business_id == business_id)
    )
    if known is not None:
        raise EmailTaken
    made = Membership(user_id=user_id, business_id=business_id, role=role, professional_id=professional_id)
    session.add(made)
    await session.flush()
    return made


async def is_only_here(session: BusinessSession, user: User, business_id: int) -> bool:
    """Whether the user belongs to this business and to nothing else. Needs the operator's session."""
    homes = await session.scalars(select(Membership.business_id).where(Membership.user_id == user.id))
    return not user.operator and set(homes) == {business_id}


async def home_ids(session: BusinessSession, user_id: int) -> Sequence[int]:
    """The user's memberships by number: one who left and came back has another. Needs the operator's session."""
    mine = select(Membership.id).where(Membership.user_id == user_id).order_by(Membership.id)
    return (await session.scalars(mine)).all()


async def opens_anything(session: BusinessSession, user: User) -> bool:
    """Whether the account leads anywhere. Needs the operator's session."""
    return user.operator or bool(await home_ids(session, user.id))


async def may_invite(session: BusinessSession, behalf: Behalf) -> bool:
    """Whether whoever made a link or an invitation owns that business still. Needs the operator's session."""
    user = await session.get(User, behalf.user_id)
    owns = await session.scalar(
        select(Membership.role).where(
            Membership.user_id == behalf.user_id, Membership.business_id == behalf.business_id
        )
    )
    return user is not None and (user.operator or owns is Role.owner)


async def change_role(session: BusinessSession, *, user_id: int, role: Role) -> None:
    """The member has another role.

    Raises:
        UserNotFound: not of this business.
        LastOwner: nobody would own the business.
    """
    membership = await get_membership(session, user_id)
    if membership.role is Role.owner and role is not Role.owner:
        await require_another_owner(session, user_id)
    membership.role = role


async def remove_member(session: BusinessSession, *, user_id: int) -> None:
    """The user is no member any more; what they did stays.

    Raises:
        UserNotFound: not of this business.
        LastOwner: nobody would own the business.
    """
    membership = await get_membership(session, user_id)
    if membership.role is Role.owner:
        await require_another_owner(session, user_id)
    await session.delete(membership)


async def get_membership(session: BusinessSession, user_id: int) -> Membership:
    found = await session.scalar(select(Membership).where(Membership.user_id == user_id).with_for_update())
    if found is None:
        raise UserNotFound(user_id=user_id)
    return found


async def require_another_owner(session: BusinessSession, user_id: int) -> None:
    await session.execute(select(func.pg_advisory_xact_lock(session.require_business())))
    others = await session.scalar(
        select(func.count()).where(Membership.role == Role.owner, Membership.user_id != user_id)
    )
    if not others:
        raise LastOwner


async def list_members(session: BusinessSession) -> Sequence[tuple[Membership, str, str]]:
    """Memberships of the business with name and e-mail."""
    rows = await session.execute(
        select(Membership, User.name, User.email).join(User, User.id == Membership.user_id).order_by(User.name)
    )
    return [(membership, name, email) for membership, name, email in rows]


async def say_member(session: BusinessSession, user_id: int) -> dict[str, str]:
    """Name and e-mail of a member, for the record: they are in it still once they are none any more."""
    row = (await session.execute(select(User.name, User.email).where(User.id == user_id))).one()
    return {"name": row.name, "email": row.email}


async def find_member(session: BusinessSession, *, user_id: int, slug: str) -> Member | None:
    """The user within the business of that short name; an operator is an owner of every one. Operator's session."""
    user = await session.get(User, user_id)
    business_id = await session.scalar(select(Business.id).where(Business.slug == slug))
    if user is None or business_id is None:
        return None
    membership = await session.scalar(
        select(Membership).where(Membership.user_id == user_id, Membership.business_id == business_id)
    )
    if membership is not None:
        return Member(user_id, business_id, membership.role, membership.professional_id, user.name)
    return Member(user_id, business_id, Role.owner, None, user.name) if user.operator else None


async def list_businesses_of(session: BusinessSession, user: User) -> Sequence[tuple[Business, Role]]:
    """Every business the user may enter, by name. Needs the operator's session."""
    if user.operator:
        everything = (await session.scalars(select(Business).order_by(Business.name))).all()
        return [(business, Role.owner) for business in everything]
    rows = await session.execute(
        select(Business, Membership.role)
        .join(Membership, Membership.business_id == Business.id)
        .where(Membership.user_id == user.id)
        .order_by(Business.name)
    )
    return [(business, role) for business, role in rows]
