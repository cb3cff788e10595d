"""Waiting for a condition rather than for a time: the machine may be slow."""

import asyncio
import time
from collections.abc import Awaitable, Callable


async def until(holds: Callable[[], Awaitable[bool]], otherwise: str, *, within_s: float = 60) -> None:
    """Return as soon as the condition holds; it is a failure when it does not in time."""
    end = time.monotonic() + within_s
    while not await holds():
        assert time.monotonic() < end, otherwise
        await asyncio.sleep(0.05)
