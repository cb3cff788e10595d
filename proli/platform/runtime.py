"""What a running process hands to whoever does the work: values, so that a test can bring its own."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import httpx2

from proli.platform.apart import Apart
from proli.platform.clock import Clock, SystemClock
from proli.platform.db import Database
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


@asynccontextmanager
async def open_runtime(settings: Settings, *, clock: Clock | None = None) -> AsyncGenerator[Runtime]:
    """A runtime on the configured database, closed at the end.

    Raises:
        ConfigurationError: something is missing or out of reach, with what to do.
    """
    vault = Vault.open(settings.core)
    db = Database.open(settings.core)
    try:
        await db.check()
        async with make_http() as http:
            runtime = Runtime(settings=settings, db=db, clock=clock or SystemClock(), vault=vault, http=http)
            async with runtime.apart:
                yield runtime
    finally:
        await db.close()
