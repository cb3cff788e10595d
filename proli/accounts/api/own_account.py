"""One's own account: name, password, second factor, the devices that are signed in, and what has happened."""

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from proli.accounts.api.signing_in import Code, Password
from proli.accounts.http import Now, SignedInUser, TheOrigin, TheRuntime, drop_cookies
from proli.accounts.own_account import Language, Me, change_password, describe, turn_factor_off, turn_factor_on
from proli.accounts.proving import Claim, get_user_locked
from proli.accounts.rules import Happening
from proli.accounts.second_factor import offer_secret
from proli.accounts.security_log import list_own_events, note
from proli.accounts.sign_ins import end_device, list_devices, sign_out_everywhere
from proli.platform.doors.fields import Body

router = APIRouter(prefix="/api/me", tags=["account"])


@router.get("")
async def get_me(access: SignedInUser, runtime: TheRuntime) -> Me:
    """Who is signed in, and where they may go."""
    return await describe(runtime, access.user_id, access.sign_in_id)


class Changes(Body):
    name: Annotated[str | None, Field(min_length=1, max_length=120)] = None
    language: Language | None = None


@router.patch("")
async def patch_me(body: Changes, access: SignedInUser, runtime: TheRuntime) -> Me:
    """Change one's name or language."""
    async with runtime.db.begin_operator() as session:
        user = await get_user_locked(session, access.user_id)
        user.name, user.language = body.name or user.name, body.language or user.language
    return await describe(runtime, access.user_id, access.sign_in_id)


class NewPassword(Body):
    current: Annotated[Password | None, Field(description="None for whoever has none yet.")] = None
    password: Password
    code: Code = None


@router.post("/password", status_code=204)
async def post_password(
    body: NewPassword, access: SignedInUser, runtime: TheRuntime, now: Now, origin: TheOrigin
) -> None:
    """Change one's password; every other device is signed out, and links made before are worth nothing."""
    claim = Claim("again", str(access.user_id), body.current, body.code, origin)
    await change_password(runtime, claim, access, body.password, now=now)


class Setup(BaseModel):
    secret: str
    address: Annotated[str, Field(description="What the QR code says.")]


@router.post("/second-factor/secret")
async def post_second_factor_secret(access: SignedInUser, runtime: TheRuntime) -> Setup:
    """A new secret to put into a phone; nothing is on until its code is confirmed."""
    async with runtime.db.begin_operator() as session:
        user = await get_user_locked(session, access.user_id)
        secret, address = offer_secret(user, vault=runtime.vault)
    return Setup(secret=secret, address=address)


class Confirmation(Body):
    password: Password | None = None
    code: Annotated[str, Field(max_length=20, description="Of the secret that was shown last.")]
    former_code: Annotated[str | None, Field(max_length=20, description="Of the factor that is replaced.")] = None


class RecoveryCodes(BaseModel):
    codes: Annotated[list[str], Field(description="Each signs in once; they are not shown again.")]


@router.post("/second-factor")
async def post_second_factor(
    body: Confirmation, access: SignedInUser, runtime: TheRuntime, now: Now, origin: TheOrigin
) -> RecoveryCodes:
    """Turn the second factor on with a code that the phone shows; every other device is signed out."""
    claim = Claim("again", str(access.user_id), body.password, body.former_code, origin)
    return RecoveryCodes(codes=await turn_factor_on(runtime, claim, access, body.code, now=now))


class Removal(Body):
    password: Password | None = None
    code: Code = None


@router.delete("/second-factor", status_code=204)
async def delete_second_factor(
    body: Removal, access: SignedInUser, runtime: TheRuntime, now: Now, origin: TheOrigin
) -> None:
    """Turn the second factor off, with a code of it."""
    claim = Claim("again", str(access.user_id), body.password, body.code, origin)
    await turn_factor_off(runtime, claim, now=now)


class Device(BaseModel):
    model_config = ConfigDict(from_attributes=True)

    id: int
    device: Annotated[str, Field(description="What the browser calls itself.")]
    source: Annotated[str, Field(description="The address it was last seen at.")]
    began_at: datetime
    seen_at: Annotated[datetime, Field(validation_alias="rotated_at", description="To a quarter of an hour.")]
    here: Annotated[bool, Field(description="The one that asks.")] = False


@router.get("/devices")
async def get_devices(access: SignedInUser, runtime: TheRuntime, now: Now) -> list[Device]:
    """Where one is signed in, the one seen last first."""
    async with runtime.db.begin_operator() as session:
        found = [Device.model_validate(one) for one in await list_devices(session, access.user_id, now=now)]
    return [one.model_copy(update={"here": one.id == access.sign_in_id}) for one in found]


@router.delete("/devices/{device_id}", status_code=204)
async def delete_device(device_id: int, access: SignedInUser, runtime: TheRuntime, now: Now, origin: TheOrigin) -> None:
    """Sign one of one's devices out, at once."""
    async with runtime.db.begin_operator() as session:
        await end_device(session, access.user_id, device_id, now=now)
        note(session, Happening.device_out, origin=origin, now=now, user_id=access.user_id)


@router.delete("/devices", status_code=204)
async def delete_devices(
    request: Request, response: Response, access: SignedInUser, runtime: TheRuntime, now: Now, origin: TheOrigin,
    here: Annotated[bool, Query(description="This device too.")] = False,
) -> None:  # fmt: skip
    """Sign out everywhere else, or everywhere."""
    async with runtime.db.begin_operator() as session:
        but = None if here else access.sign_in_id
        await sign_out_everywhere(session, access.user_id, now=now, but=but)
        note(session, Happening.everywhere_out, origin=origin, now=now, user_id=access.user_id)
    if here:
        drop_cookies(request, response)


class SecurityEventOut(BaseModel):
    model_config = ConfigDict(from_attributes=True)

    id: int
    kind: Happening
    at: datetime
    source: Annotated[str, Field(description="The address it came from.")]
    device: str


@router.get("/activity")
async def get_activity(
    access: SignedInUser, runtime: TheRuntime, limit: Annotated[int, Query(ge=1, le=100)] = 20
) -> list[SecurityEventOut]:
    """What has happened to one's account, newest first."""
    async with runtime.db.begin_operator() as session:
        found = await list_own_events(session, access.user_id, limit=limit)
    return [SecurityEventOut.model_validate(one) for one in found]
