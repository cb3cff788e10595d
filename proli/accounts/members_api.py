"""The people of a business: who belongs, who is invited, who leaves."""

from typing import Annotated

from fastapi import APIRouter
from pydantic import BaseModel, Field

from proli.accounts.api import Body
from proli.accounts.audit import record
from proli.accounts.errors import EmailTaken, Forbidden
from proli.accounts.http import Inside, inside
from proli.accounts.members import (
    add_member,
    change_role,
    ensure_user,
    get_membership,
    is_only_here,
    list_members,
    remove_member,
)
from proli.accounts.models import User
from proli.accounts.rules import Role
from proli.accounts.tokens import Signer

router = APIRouter(prefix="/api/businesses/{slug}/members", tags=["members"])
Manager = Annotated[Inside, inside(Role.manager)]
Owner = Annotated[Inside, inside(Role.owner)]


class MemberOut(BaseModel):
    user_id: int
    name: str
    email: str
    role: Role
    professional_id: int | None


class Invitation(Body):
    email: Annotated[str, Field(max_length=254, pattern=r"^[^@\s]+@[^@\s]+\.[^@\s]+$", examples=["dana@example.com"])]
    name: Annotated[str, Field(min_length=1, max_length=120)]
    role: Role
    professional_id: int | None = None


class LinkOut(BaseModel):
    """A link to hand over; it works once. None for somebody who has a password already."""

    user_id: int
    token: str | None


@router.get("")
async def get_members(inside: Manager) -> list[MemberOut]:
    """Everybody of the business, by name."""
    return [
        MemberOut(user_id=one.user_id, name=name, email=email, role=one.role, professional_id=one.professional_id)
        for one, name, email in await list_members(inside.session)
    ]


@router.post("", status_code=201)
async def post_member(body: Invitation, inside: Owner) -> LinkOut:
    """Invite somebody; the link lets them choose a password."""
    async with inside.runtime.db.begin_operator() as session:
        user = await ensure_user(session, email=body.email, name=body.name)
        known = user.password_hash is not None
        if not known and not await is_only_here(session, user, inside.member.business_id):
            raise EmailTaken(reason="invited_elsewhere")
        await add_member(
            session, user_id=user.id, business_id=inside.member.business_id, role=body.role,
            professional_id=body.professional_id,
        )  # fmt: skip
    record(inside, "member.invited", f"member:{user.id}", {"email": user.email, "role": body.role})
    token = None if known else Signer(inside.runtime.vault).link("invitation", user_id=user.id, now=inside.now)
    return LinkOut(user_id=user.id, token=token)


@router.post("/{user_id}/reset", status_code=201)
async def post_reset(user_id: int, inside: Owner) -> LinkOut:
    """A link with which a member chooses a new password; for those who belong to this business alone."""
    await get_membership(inside.session, user_id)
    async with inside.runtime.db.begin_operator() as session:
        user = await session.get(User, user_id)
        if user is None or not await is_only_here(session, user, inside.member.business_id):
            raise Forbidden(reason="belongs_elsewhere_too")
    record(inside, "member.reset", f"member:{user_id}")
    return LinkOut(user_id=user_id, token=Signer(inside.runtime.vault).link("reset", user_id=user_id, now=inside.now))


class NewRole(Body):
    role: Role


@router.patch("/{user_id}", status_code=204)
async def patch_member(user_id: int, body: NewRole, inside: Owner) -> None:
    """Give a member another role."""
    was = (await get_membership(inside.session, user_id)).role
    await change_role(inside.session, user_id=user_id, role=body.role)
    if was != body.role:
        record(inside, "member.role_changed", f"member:{user_id}", {"role": {"was": was, "is": body.role}})


@router.delete("/{user_id}", status_code=204)
async def delete_member(user_id: int, inside: Owner) -> None:
    """Take a member out of the business."""
    await remove_member(inside.session, user_id=user_id)
    record(inside, "member.removed", f"member:{user_id}")
