"""Jobs that failed after their last try and are kept: which, of which business, and once more.

The queue is no business's: all of this needs the operator's session, and asks for one business's jobs itself.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import text

from proli.platform.db import BusinessSession
from proli.platform.errors import NotFound
from proli.platform.jobs import ALONE, MOST_BLAME, Setbacks

OF_BUSINESS = "status = 'failed' AND args -> 'event' -> 'business_id' = to_jsonb(CAST(:business_id AS bigint))"
LIST = text(f"""
    SELECT id, queue_name, task_name, scheduled_at, args, attempts, count(*) OVER () AS total
    FROM procrastinate_jobs WHERE {OF_BUSINESS} ORDER BY id DESC LIMIT :limit
""")  # noqa: S608 - a constant of ours
AGAIN = text(f"""
    WITH dead AS (
        DELETE FROM procrastinate_jobs WHERE id = :job_id AND {OF_BUSINESS}
        RETURNING queue_name, task_name, priority, lock, queueing_lock, args)
    INSERT INTO procrastinate_jobs (queue_name, task_name, priority, lock, queueing_lock, args)
    SELECT queue_name, task_name, priority, lock, queueing_lock, jsonb_set(args, '{{attempt}}', '0') FROM dead
    ON CONFLICT (queueing_lock) WHERE status = 'todo' DO UPDATE SET scheduled_at = NULL
    RETURNING id
""")  # noqa: S608 - a constant of ours
"""It goes in line under another id with all its tries ahead; with a job of its key that waits already it becomes
one."""

FORGET = text("""
    DELETE FROM procrastinate_jobs WHERE status = 'failed' AND id IN (
        SELECT job_id FROM procrastinate_events WHERE type = 'failed' AND at < :before)
""")


class DeadJobNotFound(NotFound):
    """No such failed job of this business."""


@dataclass(frozen=True, slots=True)
class DeadJob:
    id: int
    queue: str
    task: str
    due_at: datetime | None
    """When its last try was due; None when it had but one, at once."""
    attempts: int
    event: Mapping[str, Any]
    """Ids only."""


async def list_dead_jobs(session: BusinessSession, *, business_id: int, limit: int) -> tuple[Sequence[DeadJob], int]:
    """The newest of a business's failed jobs, and how many there are."""
    rows = (await session.execute(LIST, {"business_id": business_id, "limit": limit})).all()
    jobs = [
        DeadJob(row.id, row.queue_name, row.task_name, row.scheduled_at, tries_of(row), row.args["event"])
        for row in rows
    ]
    return jobs, rows[0].total if rows else 0


def tries_of(row: Any) -> int:
    """How often it was tried, workers that it killed included."""
    blame = Setbacks.of(row.attempts).blame
    return row.args["attempt"] + blame // ALONE + (blame < MOST_BLAME)


async def run_again(session: BusinessSession, *, business_id: int, job_id: int) -> None:
    """The job is in line again.

    Raises:
        DeadJobNotFound: it is no failed job of the business.
    """
    again = await session.execute(AGAIN, {"business_id": business_id, "job_id": job_id})
    if again.first() is None:
        raise DeadJobNotFound(job_id=job_id)


async def forget_dead_jobs(session: BusinessSession, *, before: datetime) -> None:
    """Jobs that failed for good before then are gone, with their events."""
    await session.execute(FORGET, {"before": before})
