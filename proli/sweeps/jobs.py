"""The clock looks every minute which sweeps are due."""

from datetime import datetime

from proli.platform.jobs import every
from proli.platform.runtime import Runtime
from proli.sweeps.running import run_due


@every("* * * * *")
async def tick(runtime: Runtime, _: datetime) -> None:
    await run_due(runtime)
