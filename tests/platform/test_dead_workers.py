"""Jobs of workers that died: they go on elsewhere, and one that kills its workers is set aside."""

import asyncio
from collections.abc import Callable

import pytest

from proli.platform import jobs
from proli.platform.jobs import ALONE, Event, Handler, JobDied, Setbacks
from proli.platform.queue import Queue
from proli.platform.runtime import Runtime
from tests.chaos.waiting import until, working
from tests.platform.bells import Rang, Spy, change, install, mourned, ring, rows, until_empty
from tests.platform.test_queue import STALL

__all__ = ["install", "mourned"]


async def test_jobs_of_a_silent_worker_go_back_in_line_and_those_of_a_live_one_do_not(
    runtime: Runtime, business_id: int, install: Callable[..., Spy]
) -> None:
    spy = install()
    await ring(runtime, business_id, 1)
    await change(runtime.db, STALL)
    assert await Queue(runtime).rescue() == 1
    assert await Queue(runtime).rescue() == 0
    await Queue(runtime).drain()
    assert [bell for bell, *_ in spy.runs] == [1]
    await ring(runtime, business_id, 2)
    await change(runtime.db, STALL)
    await change(runtime.db, "UPDATE procrastinate_workers SET last_heartbeat = now()")
    assert await Queue(runtime).rescue() == 0


async def test_a_rescued_job_joins_the_one_of_its_key_that_waits(
    runtime: Runtime, business_id: int, install: Callable[..., Spy]
) -> None:
    spy = install()
    await ring(runtime, business_id)
    await change(runtime.db, STALL)
    await ring(runtime, business_id, after_s=3600)
    assert await Queue(runtime).rescue() == 1
    (job,) = await rows(runtime.db)
    assert (job.status, job.scheduled_at) == ("todo", None)
    await Queue(runtime).drain()
    assert len(spy.runs) == 1


async def test_a_worker_that_was_only_slow_does_not_take_away_what_came_after_its_rescue(
    runtime: Runtime, business_id: int, install: Callable[..., Spy]
) -> None:
    """The slow worker still says at its end that its job is done; the fact that joined the rescued job is not lost."""
    slow = asyncio.Event()

    async def waits_once(run: int) -> None:
        if run == 1:
            await slow.wait()

    spy = install(waits_once)
    await ring(runtime, business_id)
    first = asyncio.create_task(Queue(runtime).drain())

    async def begun() -> bool:
        return spy.begun == 1

    await until(begun, "the job never began")
    await change(runtime.db, "UPDATE procrastinate_workers SET last_heartbeat = now() - interval '1 hour'")
    assert await Queue(runtime).rescue() == 1
    await ring(runtime, business_id)
    slow.set()
    await first
    await Queue(runtime).drain()
    assert spy.begun == 2
    assert await rows(runtime.db) == []


async def test_a_worker_rescues_by_itself(runtime: Runtime, business_id: int, install: Callable[..., Spy]) -> None:
    spy = install()
    await ring(runtime, business_id)
    await change(runtime.db, STALL)
    async with working(runtime):
        await until_empty(runtime.db)
    assert len(spy.runs) == 1


async def test_a_job_that_kills_its_workers_is_set_aside_and_mourned(
    runtime: Runtime, business_id: int, install: Callable[..., Spy], mourned: Callable[[], list[Event]]
) -> None:
    spy, dead = install(), mourned()
    await ring(runtime, business_id)
    for _ in range(3):
        await change(runtime.db, STALL)
        assert await Queue(runtime).rescue() == 1
    assert sorted(row.status for row in await rows(runtime.db)) == ["failed", "todo"]
    await Queue(runtime).drain()
    assert dead == [Rang(business_id=business_id, bell=1)]
    assert spy.runs == []


async def test_who_writes_on_does_not_forgive_a_job_the_workers_it_has_killed(
    runtime: Runtime, business_id: int, install: Callable[..., Spy]
) -> None:
    install()
    await ring(runtime, business_id)
    for _ in range(3):
        await ring(runtime, business_id)
        await change(runtime.db, STALL)
        await ring(runtime, business_id)
        assert await Queue(runtime).rescue() == 1
    assert "failed" in [row.status for row in await rows(runtime.db)]


async def test_a_job_among_many_is_blamed_less_for_a_dead_worker(
    runtime: Runtime, business_id: int, install: Callable[..., Spy]
) -> None:
    install()
    await ring(runtime, business_id, 0)
    await change(runtime.db, STALL)
    await Queue(runtime).rescue()
    for bell in range(1, 6):
        await ring(runtime, business_id, bell)
    await change(runtime.db, STALL)
    await Queue(runtime).rescue()
    blames = [Setbacks.of(row.attempts).blame for row in await rows(runtime.db)]
    assert sorted(blames) == [1, 1, 1, 1, 1, ALONE + 1]


async def test_those_that_were_twice_beside_a_killer_go_back_one_after_another(
    runtime: Runtime, business_id: int, install: Callable[..., Spy]
) -> None:
    install()
    for bell in range(4):
        await ring(runtime, business_id, bell)
    await change(runtime.db, STALL)
    await Queue(runtime).rescue()
    assert all(row.scheduled_at is None for row in await rows(runtime.db))
    await change(runtime.db, STALL)
    await Queue(runtime).rescue()
    assert len({row.scheduled_at for row in await rows(runtime.db)}) == 4


async def test_a_job_that_a_stopping_worker_gave_up_goes_on_elsewhere(
    runtime: Runtime, business_id: int, install: Callable[..., Spy]
) -> None:
    spy = install()
    await ring(runtime, business_id)
    await change(runtime.db, "UPDATE procrastinate_jobs SET status = 'aborted'")
    assert await Queue(runtime).rescue() == 1
    await Queue(runtime).drain()
    assert len(spy.runs) == 1


async def test_a_dead_job_is_mourned_by_its_own_and_not_by_everybody(
    runtime: Runtime, business_id: int, install: Callable[..., Spy], mourned: Callable[[], list[Event]]
) -> None:
    async def fails(_: int) -> None:
        raise ValueError("broken")

    install(fails, attempts=1)
    dead = mourned()
    await ring(runtime, business_id)
    await Queue(runtime).drain()
    assert dead == [Rang(business_id=business_id, bell=1)]


async def test_of_a_dead_job_that_nobody_sees_to_people_are_told(
    runtime: Runtime, business_id: int, install: Callable[..., Spy], monkeypatch: pytest.MonkeyPatch
) -> None:
    async def fails(_: int) -> None:
        raise ValueError("broken")

    told: list[JobDied] = []

    async def hear(_: Runtime, event: JobDied) -> None:
        told.append(event)

    install(fails, attempts=1)
    monkeypatch.setitem(jobs.HANDLERS, "tests.hear", Handler("tests.hear", JobDied, hear, "default", None, 3))
    await ring(runtime, business_id)
    await Queue(runtime).drain()
    assert told == [JobDied(business_id=business_id, task="tests.spy")]
