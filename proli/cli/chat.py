"""Play the customer, or with --as anybody else, against the running system."""

import asyncio
import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Annotated

import typer

from proli.accounts.queries import get_business_by_slug, list_businesses
from proli.cli.run import console, with_runtime
from proli.conversations.models import Message
from proli.demo.player import Player
from proli.knowledge.people import parse_phone
from proli.monitoring.queries import count_live_workers
from proli.platform.errors import ConfigurationError
from proli.platform.runtime import Runtime
from proli.professionals.queries import find_by_phone

CUSTOMER = "+972500000001"


def chat(
    slug: Annotated[
        str | None, typer.Option("--business", help="Which business; needed when there are several.")
    ] = None,
    as_phone: Annotated[
        str, typer.Option("--as", help="The phone to write from, such as a professional's.")
    ] = CUSTOMER,
    script: Annotated[Path | None, typer.Option(help="A file of lines to say, one after the other's answer.")] = None,
    timeout_s: Annotated[float, typer.Option(help="How long to wait for an answer.")] = 60,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a message.")] = False,
) -> None:
    """Write to a business as a customer would. Needs a running `proli serve`."""
    phone = parse_phone(as_phone)
    lines = read_script(script) if script else None

    async def run(runtime: Runtime) -> bool:
        player = await make_player(runtime, slug, phone)
        if lines is not None:
            return await play_script(player, lines, timeout_s=timeout_s, as_json=as_json)
        await play_keyboard(player, as_json=as_json)
        return True

    if not with_runtime(run, events=True):
        console.print("No answer came in time.", style="red")
        raise typer.Exit(1)


def read_script(path: Path) -> list[str]:
    """Its lines without empty ones and those that begin with #."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise typer.BadParameter(f"{path} cannot be read: {error}") from error
    return [line.strip() for line in lines if line.strip() and not line.startswith("#")]


async def make_player(runtime: Runtime, slug: str | None, phone: str) -> Player:
    async with runtime.db.begin_operator() as session:
        if not await count_live_workers(session, within_s=runtime.settings.worker.stalled_after_s):
            raise ConfigurationError("No worker is running: start `proli serve` in another terminal.")
        if slug is None:
            businesses = await list_businesses(session)
            if len(businesses) != 1:
                known = ", ".join(one.slug for one in businesses) or "none; make one with `proli business create`"
                raise ConfigurationError(f"Say which business with --business: {known}.")
            slug = businesses[0].slug
        business = await get_business_by_slug(session, slug)
    async with runtime.db.begin(business.id) as session:
        professional = await find_by_phone(session, phone)
    player = Player(runtime, business.id, phone, professional.name if professional else "")
    await player.catch_up()
    return player


async def play_script(player: Player, lines: Sequence[str], *, timeout_s: float, as_json: bool) -> bool:
    """Whether every line was answered in time."""
    for line in lines:
        show_mine(line, as_json=as_json)
        await player.say(line)
        answers = await player.wait_for_reply(timeout_s=timeout_s)
        if not answers:
            return False
        show_theirs(answers, as_json=as_json)
    return True


async def play_keyboard(player: Player, *, as_json: bool) -> None:
    """Lines are sent as they are typed, and what comes is shown as it comes, until the input ends."""
    if sys.stdin.isatty():
        console.print(f"Writing as {player.phone_e164}. A number taps a button; Ctrl-D ends.", style="dim")
    last: list[Message] = []

    async def show_all() -> None:
        while True:
            answers = await player.wait_for_reply(timeout_s=3600)
            last[:] = answers
            show_theirs(answers, as_json=as_json)

    showing = asyncio.create_task(show_all())
    try:
        while (line := await asyncio.to_thread(sys.stdin.readline)) != "":
            if line.strip():
                await say_or_tap(player, line.strip(), last)
    finally:
        showing.cancel()


async def say_or_tap(player: Player, line: str, last: Sequence[Message]) -> None:
    asked = next((message for message in reversed(last) if message.buttons), None)
    buttons = asked.buttons if asked else []
    if line.isdecimal() and 1 <= int(line) <= len(buttons):
        button = buttons[int(line) - 1]
        await player.say(button["text"], button_id=button["id"])
    else:
        await player.say(line)


def show_mine(line: str, *, as_json: bool) -> None:
    if as_json:
        typer.echo(json.dumps({"from": "me", "text": line}, ensure_ascii=False))
    else:
        console.print(f"> {line}", style="bold", markup=False)


def show_theirs(messages: Sequence[Message], *, as_json: bool) -> None:
    for message in messages:
        if as_json:
            body = {"from": "proli", "text": message.text, "buttons": message.buttons}
            typer.echo(json.dumps(body, ensure_ascii=False))
        else:
            console.print("\n".join(lines_of(message)), style="green", markup=False)


def lines_of(message: Message) -> Iterator[str]:
    yield from (f"< {line}" for line in message.text.splitlines())
    for number, button in enumerate(message.buttons, start=1):
        yield f"  [{number}] {button['text']}"
