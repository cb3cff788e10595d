"""The console, over real HTTP, on a business with people in it."""

import pytest

from proli.accounts.permissions import Role
from proli.platform.queue import Queue
from proli.platform.runtime import Runtime
from tests.console import Browser, Console, console
from tests.journeys.world import World, populate

__all__ = ["console"]


@pytest.fixture
async def world(runtime: Runtime, queue: Queue, business_id: int) -> World:
    await populate(runtime, business_id)
    return World(runtime, queue, business_id)


@pytest.fixture
async def agent(console: Console, world: World) -> Browser:
    await console.add_person("dana@example.com", role=Role.manager)
    return await console.signed_in("dana@example.com")
