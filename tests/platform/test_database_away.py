"""That the database was away is no fault of a job."""

import asyncio
from collections.abc import Callable
from contextlib import suppress

import psycopg
from sqlalchemy import make_url
from sqlalchemy.exc import OperationalError

from proli.platform.jobs import MOST_AWAY, Setbacks
from proli.platform.queue import Queue
from proli.platform.runtime import Runtime
from tests.chaos.waiting import until, working
from tests.platform.bells import Spy, change, install, ring, rows

__all__ = ["install"]


def away() -> OperationalError:
    """What is raised when the server goes down in the midst of a statement."""
    return OperationalError("SELECT 1", None, psycopg.errors.AdminShutdown("terminating connection"))


async def test_that_the_database_was_away_is_no_try(
    runtime: Runtime, business_id: int, install: Callable[..., Spy]
) -> None:
    async def away_six_times(run: int) -> None:
        if run <= 6:
            raise away()

    spy = install(away_six_times, attempts=2)
    await ring(runtime, business_id)
    for _ in range(7):
        await Queue(runtime).drain()
        await change(runtime.db, "UPDATE procrastinate_jobs SET scheduled_at = now()")
    assert len(spy.runs) == 7
    assert await rows(runtime.db) == []


async def test_a_database_that_is_away_for_one_job_alone_does_not_keep_it_for_ever(
    runtime: Runtime, business_id: int, install: Callable[..., Spy]
) -> None:
    async def always(_: int) -> None:
        raise away()

    spy = install(always, attempts=1)
    await ring(runtime, business_id)
    await change(runtime.db, f"UPDATE procrastinate_jobs SET attempts = {MOST_AWAY}")
    await Queue(runtime).drain()
    (job,) = await rows(runtime.db)
    assert (job.status, len(spy.runs)) == ("failed", 1)


async def test_a_fault_while_the_database_goes_away_waits_for_it_and_is_tried_again(
    runtime: Runtime, business_id: int, install: Callable[..., Spy], server: str
) -> None:
    """A job whose next try could not be written down would be lost with all its tries ahead."""
    name = make_url(runtime.db.url).database
    shut = asyncio.Event()

    async def shuts_the_database(run: int) -> None:
        if run > 1:
            return
        async with await psycopg.AsyncConnection.connect(server, autocommit=True) as other:
            await other.execute(f"ALTER DATABASE {name} ALLOW_CONNECTIONS false")  # type: ignore[arg-type]
            await other.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [name])
        shut.set()
        raise ValueError("broken meanwhile")

    spy = install(shuts_the_database)
    await ring(runtime, business_id)
    async with working(runtime):
        await shut.wait()
        await asyncio.sleep(2)
        async with await psycopg.AsyncConnection.connect(server, autocommit=True) as other:
            await other.execute(f"ALTER DATABASE {name} ALLOW_CONNECTIONS true")  # type: ignore[arg-type]

        async def ended() -> bool:
            with suppress(OperationalError):
                return len(spy.runs) >= 2 and not await rows(runtime.db)
            return False

        await until(ended, "the job is lost")


async def test_what_joins_a_job_in_its_last_try_has_all_tries_ahead(
    runtime: Runtime, business_id: int, install: Callable[..., Spy]
) -> None:
    async def fails(_: int) -> None:
        raise ValueError("broken")

    spy = install(fails, attempts=3)
    await ring(runtime, business_id)
    await Queue(runtime).drain()
    await change(runtime.db, "UPDATE procrastinate_jobs SET scheduled_at = now()")
    await Queue(runtime).drain()
    assert len(spy.runs) == 2
    await ring(runtime, business_id)
    await Queue(runtime).drain()
    (job,) = await rows(runtime.db)
    assert (job.status, Setbacks.of(job.attempts)) == ("todo", Setbacks(faults=1))
