"""What the queue leaves behind is forgotten in time: done jobs at once, by the queue itself; dead ones here."""

from datetime import datetime, timedelta
from typing import Final

from proli.platform.dead_jobs import forget_dead_jobs
from proli.platform.jobs import every
from proli.platform.runtime import Runtime

KEPT: Final = timedelta(days=90)


@every("41 3 * * *")
async def forget(runtime: Runtime, now: datetime) -> None:
    """Nobody has run them again in a quarter of a year: what they were about is long over."""
    async with runtime.db.begin_operator() as session:
        await forget_dead_jobs(session, before=now - KEPT)
