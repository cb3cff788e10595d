"""The tables of the queue stay as small as what is to be done, however much has been done."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import text

from proli.demo.player import Player
from proli.monitoring.jobs import KEPT, forget
from proli.platform.clock import SystemClock
from proli.platform.queue import Queue
from proli.platform.runtime import Runtime

SIZES = text("""
    SELECT (SELECT count(*) FROM procrastinate_jobs), (SELECT count(*) FROM procrastinate_events),
           (SELECT count(*) FROM procrastinate_workers), (SELECT count(*) FROM procrastinate_periodic_defers)
""")
TICK = text("SELECT procrastinate_defer_periodic_job_v2('default', NULL, NULL, 'tests.tick', 0, '', :at, '{}')")


@pytest.fixture
def runtime(runtime: Runtime) -> Runtime:
    """By the machine's clock, as the queue."""
    return Runtime(
        settings=runtime.settings, db=runtime.db, clock=SystemClock(), vault=runtime.vault, http=runtime.http
    )


async def sizes(runtime: Runtime) -> tuple[int, ...]:
    async with runtime.db.begin_operator() as session:
        return tuple((await session.execute(SIZES)).one())


async def test_what_is_done_leaves_nothing_in_the_queue(runtime: Runtime, business_id: int) -> None:
    player = Player(runtime, business_id, "+972500000001", "דנה")
    after: list[tuple[int, ...]] = []
    for _ in range(4):
        await player.say("תודה")
        await Queue(runtime).drain()
        after.append(await sizes(runtime))
    assert after[1] == after[-1]
    assert after[-1][2] == 0
    jobs, events, *_ = after[-1]
    assert events <= 2 * jobs


async def test_ticks_of_the_clock_are_kept_one_for_each_task(runtime: Runtime) -> None:
    async with runtime.db.begin_operator() as session:
        for at in range(50):
            await session.execute(TICK, {"at": at})
    assert (await sizes(runtime))[3] == 1


@pytest.mark.parametrize("status", ["failed", "todo"])
async def test_only_jobs_that_failed_long_ago_are_forgotten(runtime: Runtime, status: str) -> None:
    async with runtime.db.begin_operator() as session:
        for days in (KEPT.days + 1, KEPT.days - 1):
            await session.execute(
                text("""
                    WITH job AS (INSERT INTO procrastinate_jobs (queue_name, task_name, status)
                                 VALUES ('default', :task, CAST(:status AS procrastinate_job_status)) RETURNING id)
                    INSERT INTO procrastinate_events (job_id, type, at)
                    SELECT id, 'failed', now() - make_interval(days => :days) FROM job
                """),
                {"task": f"of {days} days", "days": days, "status": status},
            )
    await forget(runtime, datetime.now(UTC))
    async with runtime.db.begin_operator() as session:
        left = (await session.scalars(text("SELECT task_name FROM procrastinate_jobs ORDER BY 1"))).all()
    assert left == ["of 89 days"] if status == "failed" else len(left) == 2


async def test_a_job_that_is_set_aside_has_the_date_of_it(runtime: Runtime) -> None:
    async with runtime.db.begin_operator() as session:
        await session.execute(
            text("""
                INSERT INTO procrastinate_jobs (queue_name, task_name, status, attempts)
                VALUES ('default', 'nobody.knows', 'doing', 200000)
            """)
        )
    assert await Queue(runtime).rescue() == 1
    await forget(runtime, datetime.now(UTC))
    assert (await sizes(runtime))[0] == 1
    await forget(runtime, datetime.now(UTC) + KEPT + timedelta(days=1))
    assert (await sizes(runtime))[0] == 0
