"""Signing in and out: at the front door, by a link, by an invitation."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response
from pydantic import BaseModel, Field

from proli.accounts.http import (
    REFRESH_COOKIE,
    DeviceSaid,
    Now,
    ProvenUser,
    SignedInUser,
    TheOrigin,
    TheRuntime,
    cookie,
    drop_cookies,
    keep_cookies,
    of_this_site,
)
from proli.accounts.invitations import Answer, accept, look_at_invitation
from proli.accounts.models import SignIn
from proli.accounts.own_account import Me, describe
from proli.accounts.permissions import Role
from proli.accounts.proving import Claim, proven
from proli.accounts.rules import LONGEST, Happening
from proli.accounts.security_log import note
from proli.accounts.sign_ins import SignedIn, end_device_said, refresh, sign_in
from proli.accounts.signed_links import use_link
from proli.accounts.tokens import Purpose
from proli.platform.doors.fields import Body
from proli.platform.runtime import Runtime

router = APIRouter(prefix="/api", tags=["account"])
Password = Annotated[str, Field(min_length=1, max_length=LONGEST)]
Code = Annotated[str | None, Field(max_length=20, description="Of the second factor, where there is one.")]
Token = Annotated[str, Field(max_length=2000, description="What the link holds.")]
Name = Annotated[str | None, Field(max_length=120)]


class Credentials(Body):
    email: Annotated[str, Field(max_length=254, examples=["dana@example.com"])]
    password: Password
    code: Code = None


@router.post("/auth/sign-in")
async def post_sign_in(
    body: Credentials, request: Request, response: Response, runtime: TheRuntime, now: Now, origin: TheOrigin
) -> Me:
    """Sign in on this device."""
    claim = Claim("password", body.email.strip().lower(), body.password, body.code, origin)
    made = await sign_in(runtime.db, runtime.vault, claim, now=now)
    return await welcome(request, response, made, runtime, now)


@router.post("/auth/refresh")
async def post_refresh(request: Request, response: Response, runtime: TheRuntime, now: Now, origin: TheOrigin) -> Me:
    """Stay signed in: a new access token for a quarter of an hour, and a new refresh token."""
    made = await refresh(runtime.db, request.cookies.get(cookie(REFRESH_COOKIE, request), ""), origin=origin, now=now)
    return await welcome(request, response, made, runtime, now)


class LinkUse(Body):
    token: Token
    password: Annotated[Password | None, Field(description="The new one, for a link of that purpose.")] = None
    code: Code = None


@router.post("/auth/links/{purpose}")
async def post_link(
    purpose: Purpose, body: LinkUse, request: Request, response: Response, runtime: TheRuntime, now: Now,
    origin: TheOrigin,
) -> Me:  # fmt: skip
    """Use a signed link, once: set a new password, or just sign in."""
    made = await use_link(runtime, body.token, purpose, password=body.password, code=body.code, origin=origin, now=now)
    return await welcome(request, response, made, runtime, now)


class InvitationLook(Body):
    token: Token


class InvitationSeen(BaseModel):
    """What an invitation is to. With the password of an account of its address that joins; else a new one."""

    business: str
    email: str
    name: str
    role: Role
    has_account: bool


@router.post("/auth/invitations/look")
async def post_invitation_look(body: InvitationLook, runtime: TheRuntime, now: Now) -> InvitationSeen:
    """What the link invites to."""
    async with runtime.db.begin_operator() as session:
        seen = await look_at_invitation(session, body.token, now=now)
    invited = seen.invitation
    return InvitationSeen(
        business=seen.business.name, email=invited.email, name=invited.name, role=invited.role,
        has_account=seen.has_account,
    )  # fmt: skip


class Acceptance(Body):
    token: Token
    password: Annotated[Password, Field(description="The new one.")]
    name: Name = None
    current: Annotated[Password | None, Field(description="Of an account that there is; without, a new one.")] = None
    code: Code = None


@router.post("/auth/invitations")
async def post_invitation(
    body: Acceptance, request: Request, response: Response, runtime: TheRuntime, now: Now, origin: TheOrigin
) -> Me:
    """Accept an invitation: whoever does is a member from then on, with a new password."""
    answer = Answer(body.password, body.name, body.current, body.code, origin)
    made = await accept(runtime, body.token, answer, now=now)
    return await welcome(request, response, made, runtime, now)


class Proof(Body):
    password: Password | None = None
    code: Code = None


@router.post("/auth/proof", status_code=204)
async def post_proof(body: Proof, access: SignedInUser, runtime: TheRuntime, now: Now, origin: TheOrigin) -> None:
    """Show again who one is; for half an hour the graver things can be done on this device."""
    claim = Claim("again", str(access.user_id), body.password, body.code, origin)
    async with proven(runtime.db, runtime.vault, claim, now=now) as (session, user):
        (await session.get_one(SignIn, access.sign_in_id)).proved_at = now
        note(session, Happening.proved, origin=origin, now=now, user_id=user.id)


@router.get("/auth/proof", status_code=204)
async def get_proof(access: ProvenUser) -> None:
    """Whether it was shown lately who sits here: asked before a file is fetched, which cannot ask by itself."""


@router.post("/auth/sign-out", status_code=204, dependencies=[Depends(of_this_site)])
async def post_sign_out(request: Request, response: Response, said: DeviceSaid, runtime: TheRuntime, now: Now) -> None:
    """This device is signed out, whichever of its cookies is left. It needs no token: a page that has an old one, of
    another tab's sign-in, signs out as well, and whoever is out already is so still."""
    async with runtime.db.begin_operator() as session:
        await end_device_said(session, *said, now=now)
    drop_cookies(request, response)


async def welcome(request: Request, response: Response, made: SignedIn, runtime: Runtime, now: Now) -> Me:
    keep_cookies(request, response, made, runtime=runtime, now=now)
    return await describe(runtime, made.user_id, made.sign_in_id)
