"""The people of a business: who belongs, who is invited, who leaves."""

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field

from proli.accounts.audit import record
from proli.accounts.errors import Forbidden
from proli.accounts.http import Inside, inside
from proli.accounts.invitations import Invited, invite, list_open, take_back_invitation
from proli.accounts.members import (
    change_role,
    get_membership,
    is_only_here,
    list_members,
    remove_member,
    say_member,
)
from proli.accounts.models import User
from proli.accounts.permissions import Role
from proli.accounts.security_log import say_whom
from proli.accounts.signed_links import make_link
from proli.accounts.tokens import Behalf
from proli.platform.doors.fields import Body

router = APIRouter(prefix="/api/businesses/{slug}/members", tags=["members"])
Manager = Annotated[Inside, inside(Role.manager)]
Owner = Annotated[Inside, inside(Role.owner)]
ProvenOwner = Annotated[Inside, inside(Role.owner, proof=True)]


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
    professional_id: Annotated[int | None, Field(ge=1, lt=2**63)] = None


class InvitationOut(BaseModel):
    model_config = ConfigDict(from_attributes=True)

    id: int
    email: str
    name: str
    role: Role
    professional_id: int | None
    expires_at: datetime


class NewInvitation(InvitationOut):
    token: Annotated[str, Field(description="What the link holds. It is handed over, and shown this once.")]


class LinkOut(BaseModel):
    """A link to hand over; it works once."""

    user_id: int
    token: str


@router.get("")
async def get_members(inside: Manager) -> list[MemberOut]:
    """Everybody of the business, by name."""
    return [
        MemberOut(user_id=one.user_id, name=name, email=email, role=one.role, professional_id=one.professional_id)
        for one, name, email in await list_members(inside.session)
    ]


@router.post("", status_code=201)
async def post_member(body: Invitation, inside: ProvenOwner) -> NewInvitation:
    """Invite somebody, who is a member once they accept; a former invitation of theirs is over."""
    invited = Invited(body.email, body.name, body.role, body.professional_id)
    made, token = await invite(inside.session, invited, by=inside.member.user_id, now=inside.now)
    record(
        inside, "member.invited", f"invitation:{made.id}", {"name": made.name, "email": made.email, "role": made.role}
    )
    return NewInvitation(**InvitationOut.model_validate(made).model_dump(), token=token)


@router.get("/invitations")
async def get_invitations(inside: Manager) -> list[InvitationOut]:
    """Invitations that nobody has answered, newest first."""
    return [InvitationOut.model_validate(one) for one in await list_open(inside.session, now=inside.now)]


@router.delete("/invitations/{invitation_id}", status_code=204)
async def delete_invitation(invitation_id: int, inside: Owner) -> None:
    """Take an invitation back: its link is worth nothing."""
    taken = await take_back_invitation(inside.session, invitation_id, now=inside.now)
    record(inside, "invitation.taken_back", f"invitation:{taken.id}", {"name": taken.name, "email": taken.email})


@router.post("/{user_id}/reset", status_code=201)
async def post_reset(user_id: int, inside: ProvenOwner) -> LinkOut:
    """A link with which a member chooses a new password; for those who belong to this business alone.

    Whether they do is asked once more when it is used, and so is their second factor.
    """
    await get_membership(inside.session, user_id)
    business_id = inside.member.business_id
    async with inside.runtime.db.begin_operator() as session:
        user = await session.get(User, user_id)
        if user is None or not await is_only_here(session, user, business_id):
            raise Forbidden(reason="belongs_elsewhere_too")
        behalf = Behalf(business_id, inside.member.user_id)
        token = await make_link(session, inside.runtime.vault, "reset", user_id, now=inside.now, behalf=behalf)
        who = say_whom(user)
    record(inside, "member.reset", f"member:{user_id}", who)
    return LinkOut(user_id=user_id, token=token)


class NewRole(Body):
    role: Role


@router.patch("/{user_id}", status_code=204)
async def patch_member(user_id: int, body: NewRole, inside: ProvenOwner) -> None:
    """Give a member another role."""
    was = (await get_membership(inside.session, user_id)).role
    await change_role(inside.session, user_id=user_id, role=body.role)
    if was != body.role:
        who = await say_member(inside.session, user_id)
        details = {**who, "role": {"was": was, "is": body.role}}
        record(inside, "member.role_changed", f"member:{user_id}", details)


@router.delete("/{user_id}", status_code=204)
async def delete_member(user_id: int, inside: ProvenOwner) -> None:
    """Take a member out of the business."""
    was = (await get_membership(inside.session, user_id)).role
    who = await say_member(inside.session, user_id)
    await remove_member(inside.session, user_id=user_id)
    record(inside, "member.removed", f"member:{user_id}", {**who, "role": was})
