from tests.journeys.world import world

__all__ = ["world"]
