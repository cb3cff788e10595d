"""The console, over real HTTP."""

from tests.console import console

__all__ = ["console"]
