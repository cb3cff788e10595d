"""The console, over real HTTP."""

from tests.console import console, manager

__all__ = ["console", "manager"]
