"""Numbers, connected by whatever their channel says it needs."""

import sys
from collections.abc import Callable
from inspect import Parameter, Signature, signature
from typing import Annotated

import typer

from proli.channels.base import Channel, Credential, CredentialsRefused
from proli.channels.registry import CHANNELS
from proli.cli.run import show, with_runtime
from proli.cli.setup import Json, Slug, id_of
from proli.conversations.accounts import add_channel_account, remove_channel_account
from proli.platform.runtime import Runtime

UNSEEN = "Better left out: then it is asked for, or read from a line of standard input."
channel = typer.Typer(no_args_is_help=True, help="Numbers and how they are reached.")
add_number = typer.Typer(
    no_args_is_help=True, help="Connect a number to a business. Said again, it replaces the credentials."
)
channel.add_typer(add_number, name="add")


def secret_word(given: str | None, name: str) -> str:
    """A word that nobody else on the machine should see, as they would among the arguments of a command.

    Raises:
        typer.BadParameter: it is empty.
    """
    if given is not None:
        typer.echo(f"{name} stood among the arguments, where others can see it; leave it out to be asked.", err=True)
    elif sys.stdin.isatty():
        given = typer.prompt(name, hide_input=True)
    else:
        given = sys.stdin.readline()
    if not (word := (given or "").strip()):
        raise typer.BadParameter(f"{name} is empty: it is read from a line of standard input")
    return word


def adder(provider: str, one: Channel) -> Callable[..., None]:
    """The command that connects a number of this provider; its options are what the channel says it needs."""

    def add(slug: str, *, as_json: bool, **given: str | None) -> None:
        told = {
            need.name: secret_word(given[need.name], need.name) if need.secret else str(given[need.name])
            for need in one.needs
        }
        try:
            number = one.number_of(told)
        except CredentialsRefused as refusal:
            raise typer.BadParameter(str(refusal)) from refusal

        async def run(runtime: Runtime) -> int:
            async with runtime.db.begin(await id_of(runtime, slug)) as session:
                return await add_channel_account(
                    session,
                    runtime.vault,
                    provider=provider,
                    external_id=number.external_id,
                    credentials=number.credentials,
                    webhook_token=number.webhook_token,
                )

        made = with_runtime(run)
        words = (
            f"Number {number.external_id} is connected. "
            f"Set its webhook to https://<your host>/webhooks/{command_of(provider)}."
        )
        show({"id": made, "number": number.external_id}, as_json=as_json, words=words)

    add.__signature__ = Signature(  # type: ignore[attr-defined]
        [
            Parameter("slug", Parameter.POSITIONAL_OR_KEYWORD, annotation=Slug),
            *(option_of(need) for need in one.needs),
            Parameter("as_json", Parameter.KEYWORD_ONLY, annotation=Json, default=False),
        ]
    )
    add.__annotations__ = {name: one.annotation for name, one in signature(add).parameters.items()}
    return add


def option_of(need: Credential) -> Parameter:
    about = f"{need.about} {UNSEEN}" if need.secret else need.about
    kind = Annotated[str | None if need.secret else str, typer.Option(help=about)]
    default = None if need.secret else need.default if need.default is not None else Parameter.empty
    return Parameter(need.name, Parameter.KEYWORD_ONLY, annotation=kind, default=default)


def command_of(provider: str) -> str:
    """A provider as it is written on the command line and in addresses."""
    return provider.replace("_", "-")


@channel.command("remove")
def remove_number(
    slug: Slug,
    number: Annotated[str, typer.Option(help="As it was given: at Green API the instance.")],
    as_json: Json = False,
) -> None:
    """Take a number out that was mistyped. One with which anybody has spoken stays."""

    async def run(runtime: Runtime) -> None:
        async with runtime.db.begin(await id_of(runtime, slug)) as session:
            await remove_channel_account(session, number)

    with_runtime(run)
    show({"number": number}, as_json=as_json, words=f"Number {number} is not connected any more.")


for provider, one in CHANNELS.items():
    if one.needs:
        add_number.command(command_of(provider), help=f"Connect a number of {command_of(provider)}.")(
            adder(provider, one)
        )
