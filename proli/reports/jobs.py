"""The day's digest."""

from datetime import datetime

from proli.platform.db import BusinessSession
from proli.platform.runtime import Runtime
from proli.reports.digest import find_with_staff, send_digest
from proli.sweeps.plans import Sweep
from proli.sweeps.running import sweeps


@sweeps(Sweep.digest, finds=find_with_staff)
async def tell_what_waits(runtime: Runtime, session: BusinessSession, _: int, now: datetime) -> None:
    await send_digest(session, public_url=runtime.settings.http.public_url, now=now)
