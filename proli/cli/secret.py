"""The key with which credentials are encrypted: `proli secret`."""

import typer

from proli.platform.security import new_key


def secret() -> None:
    """Print a new PROLI_SECRET_KEY. Keep it: credentials cannot be read without it."""
    typer.echo(new_key())
