"""Signing in, and one's own account."""

from typing import Annotated, Literal

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, Field

from proli.accounts.errors import Unauthenticated, WrongCredentials
from proli.accounts.http import REFRESH_COOKIE, Now, SignedInUser, TheRuntime, drop_cookies, keep_cookies
from proli.accounts.members import list_businesses_of, set_password
from proli.accounts.models import User
from proli.accounts.passwords import verify_password
from proli.accounts.rules import LONGEST, Role
from proli.accounts.second_factor import address_of, new_secret, turn_off, turn_on
from proli.accounts.sign_ins import (
    SignedIn,
    get_user_locked,
    open_sign_in,
    refresh,
    sign_in,
    sign_out,
    sign_out_everywhere,
    use_link,
)
from proli.accounts.tokens import Purpose, Signer
from proli.platform.db import BusinessSession
from proli.platform.runtime import Runtime

router = APIRouter(prefix="/api", tags=["account"])
Password = Annotated[str, Field(min_length=1, max_length=LONGEST)]
Language = Literal["he", "en"]


class Body(BaseModel):
    """What a page sends; fields it does not know are refused."""

    model_config = {"extra": "forbid"}


class Credentials(Body):
    email: Annotated[str, Field(max_length=254, examples=["dana@example.com"])]
    password: Password
    code: Annotated[str | None, Field(max_length=20, description="Of the second factor, where there is one.")] = None


class Place(BaseModel):
    """A business that the user may enter."""

    slug: str
    name: str
    playbook: str
    zone: str
    role: Role


class Me(BaseModel):
    email: str
    name: str
    language: Language
    operator: bool
    second_factor: bool
    businesses: list[Place]
    token: Annotated[str, Field(description="To be sent as x-proli-token with every write.")]


@router.post("/auth/sign-in")
async def post_sign_in(body: Credentials, request: Request, response: Response, runtime: TheRuntime, now: Now) -> Me:
    """Sign in on this device."""
    made = await sign_in(
        runtime.db, runtime.vault, email=body.email, password=body.password, code=body.code,
        device=request.headers.get("user-agent", ""), now=now,
    )  # fmt: skip
    return await welcome(request, response, made, runtime, now)


@router.post("/auth/refresh")
async def post_refresh(request: Request, response: Response, runtime: TheRuntime, now: Now) -> Me:
    """Stay signed in: a new access token for a quarter of an hour, and a new refresh token."""
    made = await refresh(runtime.db, request.cookies.get(REFRESH_COOKIE, ""), now=now)
    return await welcome(request, response, made, runtime, now)


class LinkUse(Body):
    token: Annotated[str, Field(max_length=2000)]
    name: Annotated[str | None, Field(max_length=120)] = None
    password: Password | None = None


@router.post("/auth/links/{purpose}")
async def post_link(
    purpose: Purpose, body: LinkUse, request: Request, response: Response, runtime: TheRuntime, now: Now
) -> Me:
    """Use a signed link, once: take up an invitation, set a new password, or just sign in."""
    link = Signer(runtime.vault).read_link(body.token, purpose, now=now)
    async with runtime.db.begin_operator() as session:
        await use_link(session, link, now=now)
        user = await get_user_locked(session, link.user_id)
        if purpose != "sign_in":
            await set_password(session, user, body.password or "", now=now)
        if body.name and body.name.strip():
            user.name = body.name.strip()
        made = await open_sign_in(session, user.id, device=request.headers.get("user-agent", ""), now=now)
    return await welcome(request, response, made, runtime, now)


@router.post("/auth/sign-out", status_code=204)
async def post_sign_out(response: Response, access: SignedInUser, runtime: TheRuntime, now: Now) -> None:
    """This device is signed out."""
    async with runtime.db.begin_operator() as session:
        await sign_out(session, access.sign_in_id, now=now)
    drop_cookies(response)


@router.get("/me")
async def get_me(access: SignedInUser, runtime: TheRuntime) -> Me:
    """Who is signed in, and where they may go."""
    return await describe(runtime, SignedIn(access.user_id, access.sign_in_id, None))


class Changes(Body):
    name: Annotated[str | None, Field(min_length=1, max_length=120)] = None
    language: Language | None = None


@router.patch("/me")
async def patch_me(body: Changes, access: SignedInUser, runtime: TheRuntime) -> Me:
    """Change one's name or language."""
    async with runtime.db.begin_operator() as session:
        user = await get_user_locked(session, access.user_id)
        user.name, user.language = body.name or user.name, body.language or user.language
    return await describe(runtime, SignedIn(access.user_id, access.sign_in_id, None))


class NewPassword(Body):
    current: Password
    password: Password


@router.post("/me/password", status_code=204)
async def post_password(body: NewPassword, access: SignedInUser, runtime: TheRuntime, now: Now) -> None:
    """Change one's password; every other device is signed out."""
    async with runtime.db.begin_operator() as session:
        user = await require_password(session, access.user_id, body.current)
        await set_password(session, user, body.password, now=now, but=access.sign_in_id)


class Setup(BaseModel):
    secret: str
    address: Annotated[str, Field(description="What the QR code says.")]


@router.get("/me/second-factor")
async def get_second_factor(access: SignedInUser, runtime: TheRuntime) -> Setup:
    """A new secret to put into a phone; nothing is on until its code is confirmed."""
    secret = new_secret()
    async with runtime.db.begin_operator() as session:
        user = await get_user_locked(session, access.user_id)
        return Setup(secret=secret, address=address_of(secret, email=user.email))


class Confirmation(Body):
    password: Password
    secret: Annotated[str, Field(min_length=16, max_length=64, pattern="^[A-Z2-7]+$")]
    code: Annotated[str, Field(max_length=20)]


class RecoveryCodes(BaseModel):
    codes: Annotated[list[str], Field(description="Each signs in once; they are not shown again.")]


@router.post("/me/second-factor")
async def post_second_factor(body: Confirmation, access: SignedInUser, runtime: TheRuntime, now: Now) -> RecoveryCodes:
    """Turn the second factor on with a code that the phone shows."""
    async with runtime.db.begin_operator() as session:
        user = await require_password(session, access.user_id, body.password)
        codes = turn_on(user, body.secret, body.code.replace(" ", ""), vault=runtime.vault, now=now)
        await sign_out_everywhere(session, user.id, now=now, but=access.sign_in_id)
    return RecoveryCodes(codes=codes)


class PasswordOnly(Body):
    password: Password


@router.delete("/me/second-factor", status_code=204)
async def delete_second_factor(body: PasswordOnly, access: SignedInUser, runtime: TheRuntime) -> None:
    """Turn the second factor off."""
    async with runtime.db.begin_operator() as session:
        turn_off(await require_password(session, access.user_id, body.password))


async def require_password(session: BusinessSession, user_id: int, password: str) -> User:
    """The user, who has just shown that it is still them.

    Raises:
        WrongCredentials: another password.
    """
    user = await get_user_locked(session, user_id)
    right, _ = await verify_password(password, user.password_hash)
    if not right:
        raise WrongCredentials
    return user


async def welcome(request: Request, response: Response, made: SignedIn, runtime: Runtime, now: Now) -> Me:
    keep_cookies(request, response, made, runtime=runtime, now=now)
    return await describe(runtime, made)


async def describe(runtime: Runtime, made: SignedIn) -> Me:
    async with runtime.db.begin_operator() as session:
        user = await session.get(User, made.user_id)
        if user is None:
            raise Unauthenticated(reason="signed_out")
        places = [
            Place(slug=one.slug, name=one.name, playbook=one.playbook, zone=one.zone, role=role)
            for one, role in await list_businesses_of(session, user)
        ]
    return Me(
        email=user.email,
        name=user.name,
        language="en" if user.language == "en" else "he",
        operator=user.operator,
        second_factor=user.totp is not None,
        businesses=places,
        token=Signer(runtime.vault).forgery_token(made.sign_in_id),
    )
