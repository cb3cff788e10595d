"""What accounts leave behind is forgotten in time."""

from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import delete

from proli.accounts.models import SecurityEvent
from proli.accounts.sign_ins import forget_old_devices
from proli.accounts.tries import forget_old_tries
from proli.platform.jobs import every
from proli.platform.runtime import Runtime

EVENTS_KEPT: Final = timedelta(days=180)


@every("23 3 * * *")
async def forget(runtime: Runtime, now: datetime) -> None:
    """Tries and devices of long ago, and events of half a year ago, are gone."""
    async with runtime.db.begin_operator() as session:
        await forget_old_tries(session, now=now)
        await forget_old_devices(session, now=now)
        await session.execute(delete(SecurityEvent).where(SecurityEvent.at < now - EVENTS_KEPT))
