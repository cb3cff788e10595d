"""Users: the first ones are made here; the rest are invited in the console."""

from typing import Annotated, Literal

import typer

from proli.accounts.invitations import Invited, find_name_of, invite
from proli.accounts.members import add_member, ensure_user, get_user_by_email
from proli.accounts.origin import Origin
from proli.accounts.permissions import Role
from proli.accounts.proving import get_user_locked
from proli.accounts.queries import get_business_by_slug
from proli.accounts.rules import Happening
from proli.accounts.second_factor import turn_off
from proli.accounts.security_log import note_change
from proli.accounts.signed_links import make_link
from proli.accounts.tokens import Purpose
from proli.cli.run import show, with_runtime
from proli.cli.setup import Json
from proli.platform.db import BusinessSession
from proli.platform.errors import ConfigurationError
from proli.platform.runtime import Runtime

user = typer.Typer(no_args_is_help=True, help="People who sign in to the console.")
Where = Annotated[str | None, typer.Option("--business", help="A business of theirs, if several have the address.")]
COMMAND_LINE = Origin(device="proli")
Email = Annotated[str, typer.Option(help="What they sign in with.")]


def address(runtime: Runtime, purpose: Purpose | Literal["invitation"], token: str) -> str:
    """Where the link leads, in the console of this installation."""
    http = runtime.settings.http
    base = http.public_url or f"http://{http.host}:{http.port}"
    return f"{base}/link/{purpose}?token={token}"


@user.command("create")
def user_create(
    email: Email,
    name: Annotated[str | None, typer.Option(help="As colleagues know them; as they are known, if they are.")] = None,
    business: Annotated[str | None, typer.Option(help="The business's short name.")] = None,
    role: Annotated[Role, typer.Option(help="What they may do there.")] = Role.owner,
    operator: Annotated[bool, typer.Option("--operator", help="Above all businesses.")] = False,
    as_json: Json = False,
) -> None:
    """Invite somebody, or make an operator, and print the link by which they choose a password."""
    if business is None and not operator:
        raise typer.BadParameter("name a --business, or make them an --operator")

    async def run(runtime: Runtime) -> str:
        known = name or await find_name(runtime, email)
        if operator:
            return await make_operator(runtime, email, known, business, role)
        return await invite_to(runtime, business or "", Invited(email, known, role))

    link = with_runtime(run)
    show({"email": email, "link": link}, as_json=as_json, words=f"{email} chooses a password here: {link}")


async def find_name(runtime: Runtime, email: str) -> str:
    """What somebody of this address was called, who has an account or an invitation."""
    async with runtime.db.begin_operator() as session:
        found = await find_name_of(session, email)
    if found is None:
        raise ConfigurationError(f"Nobody is known as {email} yet: give their --name too.")
    return found


async def invite_to(runtime: Runtime, slug: str, invited: Invited) -> str:
    """Where somebody accepts to become a member; they are none before."""
    async with runtime.db.begin_operator() as session:
        business_id = (await get_business_by_slug(session, slug)).id
    async with runtime.db.begin(business_id) as session:
        _, token = await invite(session, invited, by=None, now=runtime.clock.now())
    return address(runtime, "invitation", token)


async def make_operator(runtime: Runtime, email: str, name: str, business: str | None, role: Role) -> str:
    """Where somebody who is an operator from now on chooses a password."""
    async with runtime.db.begin_operator() as session:
        made = await ensure_user(session, email=email, name=name)
        made.operator = True
        if business is not None:
            found = await get_business_by_slug(session, business)
            await add_member(session, user_id=made.id, business_id=found.id, role=role)
        await session.flush()
        return address(runtime, "reset", await new_link(runtime, session, "reset", made.id))


async def new_link(runtime: Runtime, session: BusinessSession, purpose: Purpose, user_id: int) -> str:
    return await make_link(session, runtime.vault, purpose, user_id, now=runtime.clock.now(), behalf=None)


@user.command("link")
def user_link(
    email: Email,
    purpose: Annotated[Purpose, typer.Option(help="What the link is for.")] = "reset",
    business: Where = None,
    as_json: Json = False,
) -> None:
    """Print a link that works once: to set a new password, or to sign in."""

    async def run(runtime: Runtime) -> str:
        async with runtime.db.begin_operator() as session:
            found = await get_user_by_email(session, email, business=business)
            return address(runtime, purpose, await new_link(runtime, session, purpose, found.id))

    link = with_runtime(run)
    show({"link": link}, as_json=as_json, words=link)


@user.command("drop-factor")
def user_drop_factor(email: Email, business: Where = None, as_json: Json = False) -> None:
    """Turn somebody's second factor off, who has neither the phone nor a recovery code any more."""

    async def run(runtime: Runtime) -> None:
        async with runtime.db.begin_operator() as session:
            named = await get_user_by_email(session, email, business=business)
            found = await get_user_locked(session, named.id)
            turn_off(found)
            now = runtime.clock.now()
            await note_change(session, found, Happening.factor_off, "factor.off", origin=COMMAND_LINE, now=now)

    with_runtime(run)
    show({"email": email}, as_json=as_json, words=f"{email} signs in with the password alone.")
