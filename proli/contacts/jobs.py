"""What was used on days that are over is forgotten."""

from datetime import datetime, timedelta

from sqlalchemy import delete

from proli.contacts.models import Spending
from proli.platform.jobs import every
from proli.platform.runtime import Runtime

KEPT = timedelta(days=7)


@every("23 3 * * *")
async def forget_spendings(runtime: Runtime, _: datetime) -> None:
    async with runtime.db.begin_operator() as session:
        oldest = (runtime.clock.now() - KEPT).date()
        await session.execute(delete(Spending).where(Spending.day < oldest))
