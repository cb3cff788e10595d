"""What is older than a business wants to keep it ends every night."""

from datetime import datetime
from typing import Final

from loguru import logger

from proli.accounts.queries import list_businesses
from proli.platform.faults import is_away
from proli.platform.jobs import every
from proli.platform.runtime import Runtime
from proli.privacy.models import Deleted
from proli.privacy.retention import ENDS, end_batch, retention_of

MOST_BATCHES: Final = 100
"""Of one kind and business in a night; the rest waits for the next."""


@every("41 3 * * *")
async def end_what_is_old(runtime: Runtime, now: datetime) -> None:
    async with runtime.db.begin_operator() as session:
        wanted = [(one.id, retention_of(one.retention)) for one in await list_businesses(session)]
    for business_id, retention in wanted:
        for kind in ENDS:
            try:
                await end_kind(runtime, business_id, kind, days=retention.days_of(kind), now=now)
            except Exception as fault:
                if is_away(fault):
                    raise
                logger.exception("Old {} of business {} could not be ended", kind, business_id)


async def end_kind(runtime: Runtime, business_id: int, kind: Deleted, *, days: int, now: datetime) -> None:
    """Everything of the kind that is too old is gone, batch by batch, each in a transaction of its own."""
    for _ in range(MOST_BATCHES):
        async with runtime.db.begin_operator() as session:
            if not await end_batch(session, business_id, kind, days=days, now=now):
                return
