"""Sweeps that are due are run, each by one worker, however many look."""

import time
from collections import Counter
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from loguru import logger
from sqlalchemy import text

from proli.platform.db import BusinessSession
from proli.platform.faults import is_away
from proli.platform.runtime import Runtime
from proli.platform.sweeping import for_each
from proli.sweeps.plans import PLANS, Sweep

MOST: Final = 500
"""Rows that a sweep takes at once; it takes them in no order, so that some that cannot be helped hold up no others."""
CUT_OFF: Final = timedelta(minutes=15)
"""A run that has not ended by then ended with its worker, and is begun again."""
ON_TIME: Final = 3 * 60
"""Minutes after its hour in which a daily sweep still runs: later it would come as if at the wrong hour."""

type Finds = Callable[[BusinessSession, Sequence[int], datetime], Awaitable[Sequence[tuple[int, int]]]]
type SeesTo = Callable[[Runtime, BusinessSession, int, datetime], Awaitable[object]]


@dataclass(frozen=True, slots=True)
class Work:
    """`finds` the (business, row) there are in some businesses, in the operator's session; `sees_to` one of them in a
    transaction of its business."""

    finds: Finds
    sees_to: SeesTo


WORKS: dict[Sweep, Work] = {}


def sweeps(sweep: Sweep, *, finds: Finds) -> Callable[[SeesTo], SeesTo]:
    """Register what sees to the rows that the sweep finds. It may be run again on the same row."""

    def register(sees_to: SeesTo) -> SeesTo:
        WORKS[sweep] = Work(finds, sees_to)
        return sees_to

    return register


WRITE_DOWN = text("""
    INSERT INTO sweep_runs (business_id, sweep)
    SELECT business.id, named.sweep
    FROM businesses AS business CROSS JOIN unnest(CAST(:names AS text[])) AS named (sweep)
    WHERE NOT EXISTS (SELECT FROM sweep_runs AS run WHERE run.business_id = business.id AND run.sweep = named.sweep)
    ON CONFLICT DO NOTHING
""")
CLAIM = """
    UPDATE sweep_runs AS run SET began_at = :at, ended_at = NULL FROM businesses AS business
    WHERE run.business_id = business.id AND run.sweep = :sweep
      AND (:essential OR coalesce((business.sweeps -> :sweep ->> 'on')::boolean, true))
      AND ({due} OR run.ended_at IS NULL AND run.began_at <= :cut_off)
    RETURNING run.business_id
"""
"""Whoever comes second waits for the row and then finds it claimed: the condition is looked at again."""
CHOSEN: Final = "coalesce((business.sweeps -> :sweep ->> 'minutes')::int, :minutes)"
LOCAL: Final = "(CAST(:at AS timestamptz) AT TIME ZONE business.zone)"
CLAIM_REPEATED = text(
    CLAIM.format(due=f"run.began_at IS NULL OR run.began_at <= :at - make_interval(mins => {CHOSEN})")
)
CLAIM_DAILY = text(
    CLAIM.format(
        due=f"extract(hour FROM {LOCAL}) * 60 + extract(minute FROM {LOCAL}) BETWEEN {CHOSEN} AND {CHOSEN} + {ON_TIME}"
        f" AND (run.began_at IS NULL OR (run.began_at AT TIME ZONE business.zone)::date < {LOCAL}::date)"
    )
)
NOTE = text("""
    UPDATE sweep_runs SET ended_at = :ended_at, took_ms = :took_ms, found = :found, failed = :failed,
        found_ever = found_ever + :found, failed_ever = failed_ever + :failed
    WHERE business_id = :business_id AND sweep = :sweep AND began_at = :at
""")


async def run_due(runtime: Runtime) -> None:
    """Every sweep that is due in some business has gone through it; one that fails keeps no other from running."""
    async with runtime.db.begin_operator() as session:
        await session.execute(WRITE_DOWN, {"names": [sweep.value for sweep in WORKS]})
    for sweep, work in WORKS.items():
        try:
            await run(runtime, sweep, work)
        except Exception as fault:
            if is_away(fault):
                raise
            logger.exception("Sweep {} failed", sweep)


async def run(runtime: Runtime, sweep: Sweep, work: Work) -> None:
    now = runtime.clock.now()
    minute = now.replace(second=0, microsecond=0)
    async with runtime.db.begin_operator() as session:
        claimed = await claim(session, sweep, at=minute)
    if not claimed:
        return
    begun = time.perf_counter()
    async with runtime.db.begin_operator() as session:
        rows = await work.finds(session, claimed, now)

    async def see_to(session: BusinessSession, row: int) -> None:
        await work.sees_to(runtime, session, row, now)

    failed = await for_each(runtime, rows, see_to, what=f"Sweep {sweep}")
    found = Counter(business_id for business_id, _ in rows)
    took_ms = round((time.perf_counter() - begun) * 1000)
    told: list[dict[str, Any]] = [
        {"business_id": one, "sweep": sweep.value, "at": minute, "ended_at": runtime.clock.now(), "took_ms": took_ms,
         "found": found[one], "failed": failed[one]}
        for one in claimed
    ]  # fmt: skip
    async with runtime.db.begin_operator() as session:
        await session.execute(NOTE, told)


async def claim(session: BusinessSession, sweep: Sweep, *, at: datetime) -> list[int]:
    """The businesses in which the sweep is due at this minute, which are the caller's to go through."""
    plan = PLANS[sweep]
    values = {
        "sweep": sweep.value, "at": at, "minutes": plan.minutes, "essential": plan.essential, "cut_off": at - CUT_OFF,
    }  # fmt: skip
    found = await session.scalars(CLAIM_DAILY if plan.daily else CLAIM_REPEATED, values)
    return list(found)
