"""Users: the first ones are made here; the rest are invited in the console."""

from datetime import datetime
from typing import Annotated

import typer

from proli.accounts.members import add_member, ensure_user, get_user_by_email
from proli.accounts.models import User
from proli.accounts.queries import get_business_by_slug
from proli.accounts.rules import Role
from proli.accounts.tokens import Purpose, Signer
from proli.cli.run import show, with_runtime
from proli.cli.setup import Json
from proli.platform.runtime import Runtime

user = typer.Typer(no_args_is_help=True, help="People who sign in to the console.")
Email = Annotated[str, typer.Option(help="What they sign in with.")]


def address(runtime: Runtime, purpose: Purpose, token: str) -> str:
    """Where the link leads, in the console of this installation."""
    http = runtime.settings.http
    base = http.public_url or f"http://{http.host}:{http.port}"
    return f"{base}/link/{purpose}?token={token}"


@user.command("create")
def user_create(
    email: Email,
    name: Annotated[str, typer.Option(help="As colleagues know them.")],
    business: Annotated[str | None, typer.Option(help="The business's short name.")] = None,
    role: Annotated[Role, typer.Option(help="What they may do there.")] = Role.owner,
    operator: Annotated[bool, typer.Option("--operator", help="Above all businesses.")] = False,
    as_json: Json = False,
) -> None:
    """Create a user and print the link by which they choose a password."""
    if business is None and not operator:
        raise typer.BadParameter("name a --business, or make them an --operator")

    async def run(runtime: Runtime) -> tuple[int, str]:
        now = runtime.clock.now()
        async with runtime.db.begin_operator() as session:
            made = await ensure_user(session, email=email, name=name, operator=operator)
            if business is not None:
                found = await get_business_by_slug(session, business)
                await add_member(session, user_id=made.id, business_id=found.id, role=role)
            return made.id, address(runtime, "invitation", invite(runtime, made, now))

    user_id, link = with_runtime(run)
    show({"id": user_id, "link": link}, as_json=as_json, words=f"User {email} exists. To choose a password: {link}")


def invite(runtime: Runtime, made: User, now: datetime) -> str:
    return Signer(runtime.vault).link("invitation", user_id=made.id, now=now)


@user.command("link")
def user_link(
    email: Email,
    purpose: Annotated[Purpose, typer.Option(help="What the link is for.")] = "reset",
    as_json: Json = False,
) -> None:
    """Print a link that works once: to set a new password, or to sign in."""

    async def run(runtime: Runtime) -> str:
        async with runtime.db.begin_operator() as session:
            found = await get_user_by_email(session, email)
            return address(
                runtime, purpose, Signer(runtime.vault).link(purpose, user_id=found.id, now=runtime.clock.now())
            )

    link = with_runtime(run)
    show({"link": link}, as_json=as_json, words=link)
