"""The console, over real HTTP."""

from tests.console import console, manager
from tests.journeys.world import world

__all__ = ["console", "manager", "world"]
