"""Waiting for a condition rather than for a time: the machine may be slow."""

import asyncio
import time
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import replace

from proli.platform.db import Database
from proli.platform.queue import Queue
from proli.platform.runtime import Runtime
from tests.patience import PATIENCE_S


async def until(holds: Callable[[], Awaitable[bool]], otherwise: str, *, within_s: float = PATIENCE_S) -> None:
    """Return as soon as the condition holds; it is a failure when it does not in time."""
    end = time.monotonic() + within_s
    while not await holds():
        assert time.monotonic() < end, otherwise
        await asyncio.sleep(0.05)


@asynccontextmanager
async def working(runtime: Runtime, *, workers: int = 1) -> AsyncGenerator[None]:
    """Workers at work during the block, each with connections of its own."""
    databases = [Database(runtime.db.url, pool_size=6) for _ in range(workers)]
    running = [asyncio.create_task(Queue(replace(runtime, db=db)).work()) for db in databases]
    try:
        yield
    finally:
        for task in running:
            task.cancel()
        await asyncio.gather(*running, return_exceptions=True)
        for db in databases:
            await db.close()
