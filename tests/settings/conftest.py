"""A manager at the console, and the business's world behind it."""

from tests.console import console, manager
from tests.journeys.world import world

__all__ = ["console", "manager", "world"]
