"""What a running process hands to whoever does the work: values, so that a test can bring its own."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Final

import httpx2
from loguru import logger

from proli.platform.apart import Apart
from proli.platform.clock import Clock, SharedClock
from proli.platform.db import Database
from proli.platform.embedded import keep_embedded
from proli.platform.faults import is_away
from proli.platform.http import make_http
from proli.platform.security import Vault
from proli.platform.settings import Settings


@dataclass(frozen=True, eq=False)
class Runtime:
    settings: Settings
    db: Database
    clock: Clock
    vault: Vault
    http: httpx2.AsyncClient
    apart: Apart = field(default_factory=Apart)


LOOKS_EVERY_S: Final = 10


@asynccontextmanager
async def open_runtime(settings: Settings, *, clock: Clock | None = None) -> AsyncGenerator[Runtime]:
    """A runtime on the configured database, closed at the end.

    Raises:
        ConfigurationError: something is missing or out of reach, with what to do.
    """
    vault = Vault.open(settings.core)
    db = Database.open(settings.core)
    shared = SharedClock()
    try:
        await shared.look(db.check)
        async with make_http() as http:
            runtime = Runtime(settings=settings, db=db, clock=clock or shared, vault=vault, http=http)
            async with runtime.apart:
                beside = [asyncio.create_task(follow(shared, db))]
                if settings.core.database_url is None:
                    beside.append(asyncio.create_task(keep_embedded(settings.core.home)))
                try:
                    yield runtime
                finally:
                    for one in beside:
                        one.cancel()
    finally:
        await db.close()


async def follow(clock: SharedClock, db: Database) -> None:
    """The clock goes by the database's, until cancelled; while the database is away, it goes on by itself."""
    while True:
        await asyncio.sleep(LOOKS_EVERY_S)
        try:
            await clock.look(db.time)
        except Exception as fault:  # noqa: BLE001 - the next look may succeed, and meanwhile the clock goes on
            logger.log("DEBUG" if is_away(fault) else "ERROR", "The database's time cannot be read: {}", fault)
