"""The key with which credentials are encrypted: `proli secret`, and `proli secret rotate` when it is replaced."""

import typer

from proli.platform.security import new_key

secret = typer.Typer(invoke_without_command=True, help="The key with which credentials are encrypted.")


@secret.callback()
def make(context: typer.Context) -> None:
    """Print a new PROLI_SECRET_KEY. Keep it: credentials cannot be read without it."""
    if context.invoked_subcommand is None:
        typer.echo(new_key())


@secret.command("rotate")
def rotate() -> None:
    """Write everything that is encrypted anew with the first key of PROLI_SECRET_KEY="NEW,OLD"; then OLD can go."""
    from proli.cli.run import with_runtime  # only here: making a key waits for nothing
    from proli.cli.upkeep import reseal_everything

    count = with_runtime(reseal_everything)
    typer.echo(f"{count} secrets are written with the first key.")
