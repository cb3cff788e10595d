from tests.console import console
from tests.journeys.world import world
from tests.office import log, models, office

__all__ = ["console", "log", "models", "office", "world"]
