"""The console, over real HTTP, and a business that people write to."""

from tests.console import console, manager
from tests.journeys.world import world

__all__ = ["console", "manager", "world"]
