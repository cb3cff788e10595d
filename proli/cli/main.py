"""All commands, and how they end: 0 done, 1 refused, 2 not configured to work."""

import sys
from importlib import import_module
from typing import Any

import typer
from rich.console import Console
from typer.core import TyperGroup
from typer.main import get_command, get_group

from proli.platform.errors import ConfigurationError, ProliError

COMMANDS = {
    "serve": "serve:serve",
    "worker": "serve:worker",
    "voice": "serve:voice",
    "migrate": "serve:migrate",
    "backup": "backup:backup",
    "restore": "backup:restore",
    "secret": "secret:secret",
    "chat": "chat:chat",
    "demo": "demo:demo",
    "eval": "evals:evaluate",
    "doctor": "doctor:doctor",
    "hand-back": "upkeep:hand_back",
    "replay": "upkeep:replay",
    "business": "setup:business",
    "professional": "setup:professional",
    "price": "setup:price",
    "channel": "channels:channel",
    "phone": "phones:phone",
    "call": "call:call",
    "words": "words:words",
    "user": "users:user",
}


class Commands(TyperGroup):
    """A command is imported when it is named: whoever asks for a secret does not wait for the server's routes."""

    def list_commands(self, ctx: Any) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        if cmd_name not in COMMANDS:
            return None
        module, name = COMMANDS[cmd_name].split(":")
        found = getattr(import_module(f"proli.cli.{module}"), name)
        if isinstance(found, typer.Typer):
            command = get_group(found)
        else:
            single = typer.Typer(add_completion=False)
            single.command(cmd_name)(found)
            command = get_command(single)
        command.name = cmd_name
        return command


app = typer.Typer(cls=Commands, no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)


@app.callback()
def proli() -> None:
    """Proli, the front desk."""


def main() -> None:
    errors = Console(stderr=True, highlight=False, soft_wrap=True)
    try:
        app()
    except ConfigurationError as error:
        errors.print(str(error), style="red", markup=False)
        sys.exit(2)
    except ProliError as refusal:
        errors.print(f"{refusal.code}: {refusal}" if str(refusal) else refusal.code, style="red", markup=False)
        sys.exit(1)
    except Exception as fault:
        if not (missing := missing_right(fault)):
            raise
        errors.print(f"{missing}. Which login may what: docs/operations.md, who logs in to the database", style="red",
                     markup=False)  # fmt: skip
        sys.exit(2)


def missing_right(fault: BaseException | None) -> str:
    """What the database does not let this login do, in its words; empty when it is not that."""
    from psycopg.errors import InsufficientPrivilege

    while fault is not None:
        if isinstance(fault, InsufficientPrivilege):
            return str(fault).strip().splitlines()[0]
        fault = getattr(fault, "orig", None) or fault.__cause__
    return ""
