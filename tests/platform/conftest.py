"""Over real HTTP, what stands before the routes."""

from tests.console import console

__all__ = ["console"]
