"""How the installation is doing, read from the database: no process knows more than another."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select, text

from proli.conversations.models import UNANSWERED, WAITING_SQL
from proli.monitoring.models import BackupMade
from proli.platform.db import BusinessSession

WORKERS = text("SELECT count(*) FROM procrastinate_workers WHERE last_heartbeat > now() - make_interval(secs => :s)")
HEARTBEATS = text("""
    SELECT id, last_heartbeat, last_heartbeat > now() - make_interval(secs => :s) AS alive
    FROM procrastinate_workers ORDER BY last_heartbeat DESC LIMIT 200
""")
JOBS = text("""
    SELECT queue_name, status::text, count(*),
           coalesce(max(extract(epoch FROM now() - coalesce(scheduled_at, now())))
                    FILTER (WHERE status = 'todo'), 0)
    FROM procrastinate_jobs WHERE status IN ('todo', 'doing', 'failed') GROUP BY 1, 2
""")
OUTBOX = text(f"SELECT delivery, count(*) FROM messages WHERE {WAITING_SQL} GROUP BY 1")  # noqa: S608
DEAD = text("SELECT count(*) FROM messages WHERE delivery = 'failed'")
NOT_ANSWERED = text(f"SELECT count(*) FROM messages WHERE {UNANSWERED}")  # noqa: S608


@dataclass(frozen=True, slots=True)
class Jobs:
    queue: str
    status: str
    count: int
    oldest_s: float


@dataclass(frozen=True, slots=True)
class Worker:
    id: int
    last_heartbeat: datetime
    alive: bool


async def find_last_backup(session: BusinessSession) -> datetime | None:
    """Of which moment the newest backup is; None where none was ever made."""
    return await session.scalar(select(func.max(BackupMade.made_at)))


async def count_live_workers(session: BusinessSession, *, within_s: float) -> int:
    """Workers that gave a sign of life lately; needs the operator's session, as does everything here."""
    return (await session.execute(WORKERS, {"s": within_s})).scalar_one()


async def list_workers(session: BusinessSession, *, within_s: float) -> list[Worker]:
    """Every worker that has not said goodbye, by its last sign of life; `within_s` ago it counts as alive."""
    return [Worker(*row) for row in await session.execute(HEARTBEATS, {"s": within_s})]


async def list_jobs(session: BusinessSession) -> list[Jobs]:
    return [Jobs(queue, status, count, float(oldest)) for queue, status, count, oldest in await session.execute(JOBS)]


async def count_outbox(session: BusinessSession) -> dict[str, int]:
    return dict((await session.execute(OUTBOX)).all())  # pyright: ignore[reportArgumentType, reportUnknownVariableType]


async def count_dead_letters(session: BusinessSession) -> int:
    return (await session.execute(DEAD)).scalar_one()


async def count_unanswered(session: BusinessSession) -> int:
    return (await session.execute(NOT_ANSWERED)).scalar_one()
