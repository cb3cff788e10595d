"""One job of a key at a time, nothing lost by a fault or a dead worker, nothing run before its fact holds."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any

import psycopg
import pytest
from sqlalchemy import make_url, text
from sqlalchemy.exc import OperationalError

from proli.platform import jobs
from proli.platform.db import Database
from proli.platform.errors import ProliError
from proli.platform.jobs import ALONE, MOST_AWAY, Event, Handler, JobDied, Periodic, Setbacks, emit
from proli.platform.queue import Queue
from proli.platform.runtime import Runtime
from tests.chaos.waiting import until, working


class Rang(Event):
    """A bell has rung; `bell` is what jobs are keyed by."""

    bell: int


class DoorClosed(ProliError):
    """A refusal."""


type Does = Callable[[int], Awaitable[None]]
"""What a handler does in its first, second ... run."""


@dataclass
class Spy:
    """A handler that notes when it ran, and does what a test wants."""

    does: Does
    runs: list[tuple[int, float, float]] = field(default_factory=list[tuple[int, float, float]])
    begun: int = 0

    async def handle(self, _: Runtime, event: Rang) -> None:
        self.begun += 1
        start = time.monotonic()
        try:
            await self.does(self.begun)
        finally:
            self.runs.append((event.bell, start, time.monotonic()))


async def nothing(_: int) -> None:
    pass


@pytest.fixture
def install(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Spy]:
    """Makes a spy the only handler there is."""

    def installed(does: Does = nothing, *, key: str | None = "bell", attempts: int = 3) -> Spy:
        spy = Spy(does)
        handler = Handler("tests.spy", Rang, spy.handle, "default", key, attempts)
        handlers = {"tests.spy": handler}
        monkeypatch.setattr(jobs, "HANDLERS", handlers)
        monkeypatch.setattr("proli.platform.queue.HANDLERS", handlers)
        monkeypatch.setattr("proli.platform.queue.PERIODICS", {})
        return spy

    return installed


@pytest.fixture
def mourned(install: Callable[..., Spy], monkeypatch: pytest.MonkeyPatch) -> Callable[[], list[Event]]:
    """Installs whoever sees to the dead jobs of the spy; the events of those."""
    seen: list[Event] = []

    async def see(_: Runtime, event: Rang) -> None:
        seen.append(event)

    def watching() -> list[Event]:
        handler = Handler("tests.bury", Rang, see, "default", "bell", 3, buries="tests.spy")
        monkeypatch.setitem(jobs.HANDLERS, "tests.bury", handler)
        return seen

    return watching


async def ring(runtime: Runtime, business_id: int, bell: int = 1, **when: Any) -> None:
    async with runtime.db.begin(business_id) as session:
        await emit(session, Rang(business_id=business_id, bell=bell), **when)


async def rows(db: Database, statement: str = "SELECT * FROM procrastinate_jobs ORDER BY id") -> Sequence[Any]:
    async with db.begin_operator() as session:
        return (await session.execute(text(statement))).all()


async def change(db: Database, statement: str) -> None:
    async with db.begin_operator() as session:
        await session.execute(text(statement))


async def until_empty(db: Database) -> None:
    async def empty() -> bool:
        return not await rows(db)

    await until(empty, "jobs are left")


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
