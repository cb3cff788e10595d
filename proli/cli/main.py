"""All commands, and how they end: 0 done, 1 refused, 2 not configured to work."""

import sys

import typer
from rich.console import Console

from proli.cli import chat, demo, doctor, evals, serve, setup, upkeep, users, words
from proli.platform.errors import ConfigurationError, ProliError

app = typer.Typer(
    no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False, help="Proli, the front desk."
)
app.command("serve")(serve.serve)
app.command("worker")(serve.worker)
app.command("migrate")(serve.migrate)
app.command("secret")(setup.secret)
app.command("chat")(chat.chat)
app.command("demo")(demo.demo)
app.command("eval")(evals.evaluate)
app.command("doctor")(doctor.doctor)
app.command("hand-back")(upkeep.hand_back)
app.command("replay")(upkeep.replay)
app.add_typer(setup.business, name="business")
app.add_typer(setup.professional, name="professional")
app.add_typer(setup.price, name="price")
app.add_typer(setup.channel, name="channel")
app.add_typer(words.words, name="words")
app.add_typer(users.user, name="user")


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
