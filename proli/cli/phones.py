"""Numbers at which a business is called."""

from typing import Annotated

import typer

from proli.cli.channels import UNSEEN, secret_word
from proli.cli.run import show, with_runtime
from proli.cli.setup import Json, Slug, id_of
from proli.knowledge.people import parse_phone
from proli.platform.runtime import Runtime
from proli.voice.numbers import add_voice_number
from proli.voice.rules import is_account
from proli.voice.twilio.signing import is_installed
from proli.voice.twilio.told import PATH, STATUS

phone = typer.Typer(no_args_is_help=True, help="Numbers at which a business is called.")


@phone.callback()
def named() -> None:
    """Numbers at which a business is called."""


@phone.command("add")
def add(
    slug: Slug,
    number: Annotated[str, typer.Option(help="The number, as it is dialled.")],
    account_sid: Annotated[str, typer.Option(help="The Account SID from the Twilio console.")],
    auth_token: Annotated[str | None, typer.Option(help=f"The account's Auth Token. {UNSEEN}")] = None,
    shared_key: Annotated[
        str | None, typer.Option(help="The secret of a shared key, where the account signs its webhooks with one.")
    ] = None,
    as_json: Json = False,
) -> None:
    """Answer the calls of a Twilio number for a business. Said again, it replaces the secrets."""
    phone_e164 = parse_phone(number)
    if not is_account(account_sid):
        raise typer.BadParameter("--account-sid is AC and 32 digits or letters from a to f")
    secrets = {"auth_token": secret_word(auth_token, "auth token"), "shared_key": shared_key or ""}

    async def run(runtime: Runtime) -> int:
        async with runtime.db.begin(await id_of(runtime, slug)) as session:
            return await add_voice_number(
                session, runtime.vault, phone_e164=phone_e164, account_sid=account_sid, secrets=secrets
            )

    made = with_runtime(run)
    words = (
        f"Number {phone_e164} is connected. In the Twilio console, set its webhook for calls to "
        f"https://<your host>{PATH} and the one for changes of status to https://<your host>{STATUS}, both POST."
    )
    if not is_installed():
        words += " The extra is missing without which calls are not answered: requirements/voice.txt."
    show({"id": made, "number": phone_e164}, as_json=as_json, words=words)
