import pytest

from proli.platform.queue import Queue
from proli.platform.runtime import Runtime
from tests.journeys.world import World, populate


@pytest.fixture
async def world(runtime: Runtime, queue: Queue, business_id: int) -> World:
    await populate(runtime, business_id)
    return World(runtime, queue, business_id)
