"""Who asks: the cookies of a browser that is signed in, and what a route needs of them."""

from collections.abc import AsyncGenerator, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Annotated, Any, Final, Literal

from fastapi import Depends, Path, Request, Response

from proli.accounts.actor import Actor, ActorKind
from proli.accounts.deeds import find_deed
from proli.accounts.errors import BusinessNotFound, Forbidden, ProofNeeded, Unauthenticated
from proli.accounts.members import Member, find_member
from proli.accounts.models import SignIn, User
from proli.accounts.origin import Origin
from proli.accounts.permissions import Role, may
from proli.accounts.rules import IDLE, PROOF_LASTS
from proli.accounts.sign_ins import SignedIn, is_live
from proli.accounts.tokens import ACCESS_LASTS, Access, Signer
from proli.accounts.trail import keep
from proli.platform.db import BusinessSession
from proli.platform.runtime import Runtime

ACCESS_COOKIE: Final = "proli_access"
REFRESH_COOKIE: Final = "proli_refresh"
FORGERY_HEADER: Final = "x-proli-token"
READS: Final = frozenset({"GET", "HEAD", "OPTIONS"})


def secure(request: Request) -> bool:
    """Whether this browser came by https, or should have."""
    return request.url.scheme == "https" or runtime_of(request).settings.http.secure


def cookie(name: str, request: Request) -> str:
    """What the cookie is called: by https so that no other host, and no page without it, can have set it."""
    return f"__Host-{name}" if secure(request) else name


def runtime_of(request: Request) -> Runtime:
    return request.app.state.runtime


def now_of(request: Request) -> datetime:
    return runtime_of(request).clock.now()


TheRuntime = Annotated[Runtime, Depends(runtime_of)]
Now = Annotated[datetime, Depends(now_of)]


def origin_of(request: Request) -> Origin:
    """Where a request comes from: the one place that says which client is counted and kept."""
    source = request.client.host if request.client else ""
    return Origin(source=source, device=request.headers.get("user-agent", ""))


TheOrigin = Annotated[Origin, Depends(origin_of)]


def of_this_site(request: Request) -> None:
    """Return unless a page of another site has sent this. What cookies are kept for this site does the rest: a browser
    that does not say where a request began sends none of them from elsewhere.

    Raises:
        Forbidden: it has.
    """
    if request.headers.get("sec-fetch-site", "same-origin") not in {"same-origin", "none"}:
        raise Forbidden(reason="other_site")


def device_said(request: Request, runtime: TheRuntime, now: Now) -> tuple[int | None, str]:
    """The device and the refresh token that the cookies name, as far as they are there and good."""
    refresh = request.cookies.get(cookie(REFRESH_COOKIE, request), "")
    try:
        access = Signer(runtime.vault).read_access(request.cookies.get(cookie(ACCESS_COOKIE, request), ""), now=now)
    except Unauthenticated:
        return None, refresh
    return access.sign_in_id, refresh


DeviceSaid = Annotated[tuple[int | None, str], Depends(device_said)]


async def carried(request: Request, runtime: TheRuntime, now: Now) -> Access:
    """Who the cookie says is signed in; whether they still are, the database says (`require_device`).

    A write must also bring the page's own token, which other sites cannot know.

    Raises:
        Unauthenticated: nobody, or no more.
        Forbidden: a write without the token.
    """
    signer = Signer(runtime.vault)
    access = signer.read_access(request.cookies.get(cookie(ACCESS_COOKIE, request), ""), now=now)
    if request.method not in READS and request.headers.get(FORGERY_HEADER) != signer.forgery_token(access.sign_in_id):
        raise Forbidden(reason="forgery_token")
    return access


Carried = Annotated[Access, Depends(carried)]


async def signed_in(access: Carried, runtime: TheRuntime, now: Now) -> Access:
    """Who is signed in, on a device that is so still."""
    async with runtime.db.begin_operator() as session:
        await require_device(session, access, now=now)
    return access


async def proven_lately(access: Carried, runtime: TheRuntime, now: Now) -> Access:
    """Who is signed in and has shown not long ago who they are."""
    async with runtime.db.begin_operator() as session:
        require_proof(await require_device(session, access, now=now), now=now)
    return access


SignedInUser = Annotated[Access, Depends(signed_in)]
ProvenUser = Annotated[Access, Depends(proven_lately)]
Slug = Annotated[str, Path(description="The business's short name.", max_length=80)]


@dataclass(frozen=True, slots=True)
class Inside:
    """A request within one business: its open transaction and who asks."""

    session: BusinessSession
    member: Member
    runtime: Runtime
    now: datetime
    access: Access
    origin: Origin

    @property
    def actor(self) -> Actor:
        """Whoever asks, as timelines, bookings and the audit trail keep them."""
        kind = ActorKind.professional if self.member.role is Role.professional else ActorKind.staff
        return Actor(kind, self.member.name)


def inside(needed: Role, *, proof: bool = False) -> Any:
    """Dependency: somebody who may do what `needed` may, and a transaction of that business, open until the answer.

    A business one does not belong to is as one that does not exist. With `proof` they must have shown lately who they
    are.
    """

    async def enter(
        request: Request, slug: Slug, access: Carried, runtime: TheRuntime, now: Now, origin: TheOrigin
    ) -> AsyncGenerator[Inside]:
        member, device = await enter_business(runtime, access, slug, now=now)
        require_role(member, needed)
        if proof:
            require_proof(device, now=now)
        async with runtime.db.begin(member.business_id) as session:
            entered = Inside(session, member, runtime, now, access, origin)
            yield entered
            keep_deed(request, entered)

    enter.needed = needed  # type: ignore[attr-defined]
    return Depends(enter, scope="function")


def require_role(member: Member, needed: Role) -> None:
    """Return when the member may do what `needed` may.

    Raises:
        Forbidden: they may not.
    """
    if not may(member.role, needed):
        raise Forbidden(needs=needed.value)


def keep_deed(request: Request, entered: Inside) -> None:
    """What the route is kept as is in the record, unless it sees to that itself."""
    deed = find_deed(request.scope["route"].endpoint)
    if deed is not None and deed.action:
        keep(
            entered.session, deed.action, deed.subject_of(request.path_params), actor=entered.actor, now=entered.now,
            user_id=entered.member.user_id,
        )  # fmt: skip


async def enter_business(runtime: Runtime, access: Access, slug: str, *, now: datetime) -> tuple[Member, SignIn]:
    """The user within that business, and the device they are at.

    Raises:
        Unauthenticated: signed out meanwhile.
        BusinessNotFound: no such business, or not theirs.
    """
    async with runtime.db.begin_operator() as session:
        device = await require_device(session, access, now=now)
        member = await find_member(session, user_id=access.user_id, slug=slug)
    if member is None:
        raise BusinessNotFound(slug=slug)
    return member, device


async def require_device(session: BusinessSession, access: Access, *, now: datetime) -> SignIn:
    """The device, which is still signed in. Needs the operator's session.

    Raises:
        Unauthenticated: signed out meanwhile.
    """
    device = await session.get(SignIn, access.sign_in_id)
    if device is None or not is_live(device, now=now):
        raise Unauthenticated(reason="signed_out")
    return device


def require_proof(device: SignIn, *, now: datetime) -> None:
    """
    Raises:
        ProofNeeded: it is too long ago that whoever sits there showed who they are.
    """
    if now - device.proved_at > PROOF_LASTS:
        raise ProofNeeded


@dataclass(frozen=True, slots=True)
class Operating:
    """A request of the operator, above all businesses, and its open transaction."""

    session: BusinessSession
    user: User
    runtime: Runtime
    now: datetime


def operating() -> Any:
    """Dependency: an operator who has shown lately who they are, and a transaction that sees every business."""

    async def enter(access: Carried, runtime: TheRuntime, now: Now) -> AsyncGenerator[Operating]:
        async with runtime.db.begin_operator() as session:
            device = await require_device(session, access, now=now)
            user = await session.get(User, access.user_id)
            if user is None or not user.operator:
                raise Forbidden(needs="operator")
            require_proof(device, now=now)
            yield Operating(session, user, runtime, now)

    return Depends(enter, scope="function")


def needed_role(dependency: Callable[..., Any] | None) -> Role | None:
    """The role that a route's dependency asks for; None when it is another kind of dependency."""
    return getattr(dependency, "needed", None)


def keep_cookies(request: Request, response: Response, made: SignedIn, *, runtime: Runtime, now: datetime) -> None:
    """The browser keeps who is signed in where no script can read it."""
    access = Signer(runtime.vault).access(Access(made.user_id, made.sign_in_id), now=now)
    keep_cookie(request, response, ACCESS_COOKIE, access, lasts=ACCESS_LASTS, samesite="lax")
    if made.token is not None:
        keep_cookie(request, response, REFRESH_COOKIE, made.token, lasts=IDLE, samesite="strict")


def keep_cookie(
    request: Request, response: Response, name: str, value: str, *, lasts: timedelta, samesite: Literal["lax", "strict"]
) -> None:
    response.set_cookie(
        cookie(name, request), value, max_age=int(lasts.total_seconds()), httponly=True, secure=secure(request),
        samesite=samesite,
    )  # fmt: skip


def drop_cookies(request: Request, response: Response) -> None:
    for name in (ACCESS_COOKIE, REFRESH_COOKIE):
        response.delete_cookie(cookie(name, request), httponly=True, secure=secure(request))
