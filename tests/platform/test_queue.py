"""One job of a key at a time, nothing lost by a fault or a dead worker, nothing run before its fact holds."""

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest

from proli.platform.jobs import Periodic, emit
from proli.platform.queue import Queue
from proli.platform.runtime import Runtime
from tests.chaos.waiting import until, working
from tests.platform.bells import DoorClosed, Rang, Spy, change, install, ring, rows, until_empty

__all__ = ["install"]


async def test_two_workers_never_run_two_jobs_of_one_key_at_once(
    runtime: Runtime, business_id: int, install: Callable[..., Spy]
) -> None:
    async def slowly(_: int) -> None:
        await asyncio.sleep(0.02)

    spy = install(slowly)
    async with working(runtime, workers=2):
        for _ in range(12):
            for bell in (1, 2, 3):
                await ring(runtime, business_id, bell)
            await asyncio.sleep(0.015)
        await until_empty(runtime.db)
    for bell in (1, 2, 3):
        times = sorted((start, end) for one, start, end in spy.runs if one == bell)
        assert len(times) > 1
        assert all(later[0] >= earlier[1] for earlier, later in pairwise(times))
    spans = sorted((start, end) for _, start, end in spy.runs)
    assert any(later[0] < earlier[1] for earlier, later in pairwise(spans)), "nothing ran side by side"


async def test_what_happens_while_a_job_runs_is_followed_by_another_run(
    runtime: Runtime, business_id: int, install: Callable[..., Spy]
) -> None:
    async def rung_again(run: int) -> None:
        if run == 1:
            for _ in range(5):
                await ring(runtime, business_id)

    spy = install(rung_again)
    await ring(runtime, business_id)
    await Queue(runtime).drain()
    assert len(spy.runs) == 2


async def test_many_facts_of_one_key_make_one_waiting_job(
    runtime: Runtime, business_id: int, install: Callable[..., Spy]
) -> None:
    spy = install()
    await asyncio.gather(*(ring(runtime, business_id) for _ in range(20)))
    assert len(await rows(runtime.db)) == 1
    await Queue(runtime).drain()
    assert len(spy.runs) == 1


async def test_the_earlier_time_holds_when_a_job_is_joined(
    runtime: Runtime, business_id: int, install: Callable[..., Spy]
) -> None:
    install()
    soon = datetime.now(UTC) + timedelta(hours=1)
    await ring(runtime, business_id, at=soon + timedelta(days=1))
    await ring(runtime, business_id, at=soon)
    await ring(runtime, business_id, at=soon + timedelta(days=2))
    (job,) = await rows(runtime.db)
    assert job.scheduled_at == soon
    await ring(runtime, business_id)
    (job,) = await rows(runtime.db)
    assert job.scheduled_at is None


async def test_a_job_waits_for_both_its_times(runtime: Runtime, business_id: int, install: Callable[..., Spy]) -> None:
    install(key=None)
    later = datetime.now(UTC) + timedelta(hours=1)
    await ring(runtime, business_id, at=later, after_s=1)
    await ring(runtime, business_id, at=datetime.now(UTC) - timedelta(hours=1), after_s=600)
    first, second = await rows(runtime.db)
    assert first.scheduled_at == later
    assert second.scheduled_at > datetime.now(UTC) + timedelta(seconds=500)


async def test_a_fault_is_tried_again_with_growing_waits_and_ends_as_failed(
    runtime: Runtime, business_id: int, install: Callable[..., Spy]
) -> None:
    async def fails(_: int) -> None:
        raise ValueError("broken")

    spy = install(fails, attempts=3)
    await ring(runtime, business_id)
    queue, waits = Queue(runtime), list[float]()
    for _ in range(2):
        await queue.drain()
        (job,) = await rows(runtime.db)
        assert job.status == "todo"
        waits.append((job.scheduled_at - datetime.now(UTC)).total_seconds())
        await change(runtime.db, "UPDATE procrastinate_jobs SET scheduled_at = now()")
    assert 0 < waits[0] <= 1
    assert 1 < waits[1] <= 2
    await queue.drain()
    (job,) = await rows(runtime.db)
    assert (job.status, len(spy.runs)) == ("failed", 3)


async def test_a_fault_once_costs_nothing_but_time(
    runtime: Runtime, business_id: int, install: Callable[..., Spy]
) -> None:
    async def fails_first(run: int) -> None:
        if run == 1:
            raise ValueError("broken")

    spy = install(fails_first)
    async with working(runtime):
        await ring(runtime, business_id)
        await until_empty(runtime.db)
    assert len(spy.runs) == 2


async def test_a_job_that_fails_while_another_of_its_key_waits_becomes_one_with_it(
    runtime: Runtime, business_id: int, install: Callable[..., Spy]
) -> None:
    async def fails_first(run: int) -> None:
        if run == 1:
            await ring(runtime, business_id)
            raise ValueError("broken")

    spy = install(fails_first)
    await ring(runtime, business_id)
    await Queue(runtime).drain()
    assert len(spy.runs) == 2
    assert await rows(runtime.db) == []


async def test_a_refusal_ends_the_job_quietly(runtime: Runtime, business_id: int, install: Callable[..., Spy]) -> None:
    async def refuses(_: int) -> None:
        raise DoorClosed

    spy = install(refuses)
    await ring(runtime, business_id)
    await Queue(runtime).drain()
    assert len(spy.runs) == 1
    assert await rows(runtime.db) == []


async def test_a_job_is_not_there_before_its_fact_and_vanishes_with_it(
    runtime: Runtime, business_id: int, install: Callable[..., Spy]
) -> None:
    spy = install()
    async with runtime.db.begin(business_id) as session:
        await emit(session, Rang(business_id=business_id, bell=1))
        await Queue(runtime).drain()
        assert spy.runs == []
    await Queue(runtime).drain()
    assert len(spy.runs) == 1
    with pytest.raises(RuntimeError, match="the fact fails"):
        async with runtime.db.begin(business_id) as session:
            await emit(session, Rang(business_id=business_id, bell=2))
            raise RuntimeError("the fact fails")
    await Queue(runtime).drain()
    assert len(spy.runs) == 1


STALL = """
    WITH silent AS (INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() - interval '1 hour') RETURNING id)
    UPDATE procrastinate_jobs SET status = 'doing', worker_id = silent.id FROM silent
"""


async def test_a_periodic_task_runs_once_a_tick_with_two_workers(
    runtime: Runtime, install: Callable[..., Spy], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A tick is a row that the database admits once; whoever comes second queues nothing."""
    install()
    ticks: list[datetime] = []

    async def tick(_: Runtime, now: datetime) -> None:
        ticks.append(now)

    every_second = {"tests.tick": Periodic("tests.tick", "* * * * * *", tick)}
    monkeypatch.setattr("proli.platform.queue.PERIODICS", every_second)

    async def thrice() -> bool:
        return len(ticks) >= 3

    async with working(runtime, workers=2):
        await until(thrice, "the clock stands")
    assert len(ticks) == len(set(ticks))


async def test_what_is_drained_is_not_joined_by_periodic_work(
    runtime: Runtime, business_id: int, install: Callable[..., Spy], monkeypatch: pytest.MonkeyPatch
) -> None:
    """However long it takes: ticks are of the machine's clock, which is not that of the runtime."""
    ticks: list[datetime] = []

    async def tick(_: Runtime, now: datetime) -> None:
        ticks.append(now)

    async def long(_: int) -> None:
        await asyncio.sleep(2.5)

    install(long)
    every_second = {"tests.tick": Periodic("tests.tick", "* * * * * *", tick)}
    monkeypatch.setattr("proli.platform.queue.PERIODICS", every_second)
    await ring(runtime, business_id)
    await Queue(runtime).drain()
    assert ticks == []


async def test_the_database_admits_a_tick_once(runtime: Runtime) -> None:
    defer = "SELECT procrastinate_defer_periodic_job_v2('default', NULL, NULL, 'tests.tick', 0, '', 7103, '{}') AS id"
    told = await asyncio.gather(*(rows(runtime.db, defer) for _ in range(8)))
    assert len([row for (row,) in told if row.id is not None]) == 1
    assert len(await rows(runtime.db)) == 1
