"""Work on many rows of which none may keep the others from theirs."""

from collections import Counter
from collections.abc import Awaitable, Callable, Iterable

from loguru import logger

from proli.platform.db import BusinessSession
from proli.platform.errors import ProliError
from proli.platform.faults import is_away
from proli.platform.runtime import Runtime


async def for_each[T](
    runtime: Runtime, rows: Iterable[tuple[int, T]], do: Callable[[BusinessSession, T], Awaitable[object]], *, what: str
) -> Counter[int]:
    """`do` was done for each (business, row) in a transaction of its own.

    One that raises is reported, changes nothing, and starves no other; when the database is away, so are all. Returns
    how many failed of each business.
    """
    failed = Counter[int]()
    for business_id, row in rows:
        try:
            async with runtime.db.begin(business_id) as session:
                await do(session, row)
        except ProliError as refusal:
            logger.info("{} of {} ended: {} {}", what, row, refusal.code, refusal)
        except Exception as fault:
            if is_away(fault):
                raise
            logger.exception("{} of {} failed", what, row)
            failed[business_id] += 1
    return failed
