"""The command line."""

from proli.cli.main import main

__all__ = ["main"]
