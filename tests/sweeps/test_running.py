"""When a sweep runs, through which businesses, and how often, on a real database with several workers."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select, text, update

from proli.accounts.actions import create_business
from proli.accounts.models import Business
from proli.platform.db import BusinessSession, Database
from proli.platform.runtime import Runtime
from proli.sweeps.models import SweepRun
from proli.sweeps.plans import PLANS, Plan, Sweep
from proli.sweeps.running import WORKS, Work, run_due
from tests.conftest import ManualClock


@dataclass
class Spy:
    """A sweep that finds the rows it is given in each business and remembers what it saw to."""

    rows: Sequence[int] = (1,)
    bad: int | None = None
    seen: list[tuple[int, int]] = field(default_factory=list[tuple[int, int]])

    async def finds(self, _: BusinessSession, businesses: Sequence[int], __: datetime) -> Sequence[tuple[int, int]]:
        return [(business_id, row) for business_id in businesses for row in self.rows]

    async def sees_to(self, _: Runtime, session: BusinessSession, row: int, __: datetime) -> None:
        if row == self.bad:
            await session.execute(text("SELECT 1 / 0"))
        self.seen.append((session.require_business(), row))


def install(monkeypatch: pytest.MonkeyPatch, spy: Spy, **plan: Any) -> None:
    """The spy is the only sweep, under the name of one of ours."""
    monkeypatch.setattr("proli.sweeps.running.WORKS", {Sweep.sends: Work(spy.finds, spy.sees_to)})
    usual = Plan("", "", minutes=10, least=1, most=60)
    monkeypatch.setattr("proli.sweeps.running.PLANS", {Sweep.sends: replace(usual, **plan)})


async def chosen(runtime: Runtime, business_id: int, **own: Any) -> None:
    async with runtime.db.begin_operator() as session:
        stored = {Sweep.sends.value: own}
        await session.execute(update(Business).where(Business.id == business_id).values(sweeps=stored))


async def last_run(runtime: Runtime) -> SweepRun:
    async with runtime.db.begin_operator() as session:
        return (await session.scalars(select(SweepRun))).one()


def test_every_sweep_that_is_planned_has_its_work_and_no_other() -> None:
    assert set(WORKS) == set(PLANS) == set(Sweep)


@pytest.mark.parametrize("sweep", list(Sweep))
def test_what_is_usual_lies_within_the_bounds(sweep: Sweep) -> None:
    assert PLANS[sweep].least <= PLANS[sweep].minutes <= PLANS[sweep].most


async def test_three_workers_that_look_at_once_sweep_each_business_once(
    runtime: Runtime, business_id: int, monkeypatch: pytest.MonkeyPatch, clock: ManualClock
) -> None:
    async with runtime.db.begin_operator() as session:
        other = await create_business(session, slug="other", name="אחר")
        await session.flush()
        other_id = other.id
    spy = Spy()
    install(monkeypatch, spy)
    databases = [Database(runtime.db.url, pool_size=4) for _ in range(3)]
    workers = [replace(runtime, db=db) for db in databases]
    for _ in range(5):
        await asyncio.gather(*(run_due(worker) for worker in workers))
        clock.advance(minutes=10)
    for db in databases:
        await db.close()
    assert sorted(spy.seen) == sorted([(business_id, 1), (other_id, 1)] * 5)


async def test_ticks_of_two_minutes_that_run_side_by_side_sweep_once(
    runtime: Runtime, business_id: int, monkeypatch: pytest.MonkeyPatch, clock: ManualClock
) -> None:
    spy = Spy()
    install(monkeypatch, spy)
    later = replace(runtime, clock=ManualClock(clock.at + timedelta(minutes=1)))
    await asyncio.gather(run_due(runtime), run_due(later))
    assert spy.seen == [(business_id, 1)]


async def test_a_sweep_runs_again_when_its_time_has_passed_and_not_before(
    runtime: Runtime, business_id: int, monkeypatch: pytest.MonkeyPatch, clock: ManualClock
) -> None:
    spy = Spy()
    install(monkeypatch, spy)
    clock.advance(seconds=59)
    await run_due(runtime)
    clock.advance(minutes=9)
    await run_due(runtime)
    assert len(spy.seen) == 1
    clock.advance(seconds=1)
    await run_due(runtime)
    assert len(spy.seen) == 2


async def test_a_business_has_its_own_time_between_runs(
    runtime: Runtime, business_id: int, monkeypatch: pytest.MonkeyPatch, clock: ManualClock
) -> None:
    spy = Spy()
    install(monkeypatch, spy)
    await chosen(runtime, business_id, minutes=30)
    for _ in range(3):
        await run_due(runtime)
        clock.advance(minutes=10)
    assert len(spy.seen) == 1
    await run_due(runtime)
    assert len(spy.seen) == 2


@pytest.mark.parametrize(("essential", "runs"), [(False, 0), (True, 1)])
async def test_what_is_switched_off_does_not_run_unless_people_would_wait(
    runtime: Runtime, business_id: int, monkeypatch: pytest.MonkeyPatch, essential: bool, runs: int
) -> None:
    spy = Spy()
    install(monkeypatch, spy, essential=essential)
    await chosen(runtime, business_id, on=False)
    await run_due(runtime)
    assert len(spy.seen) == runs


async def test_a_bad_row_among_good_ones_is_counted_and_starves_nobody(
    runtime: Runtime, business_id: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    spy = Spy(rows=(1, 2, 3), bad=2)
    install(monkeypatch, spy)
    await run_due(runtime)
    assert [row for _, row in spy.seen] == [1, 3]
    run = await last_run(runtime)
    assert (run.found, run.failed, run.found_ever, run.failed_ever) == (3, 1, 3, 1)
    assert run.ended_at is not None


async def test_a_run_that_was_cut_off_is_begun_again(
    runtime: Runtime, business_id: int, monkeypatch: pytest.MonkeyPatch, clock: ManualClock
) -> None:
    class Killed(BaseException):
        """What no code of ours may catch."""

    async def dies(*_: Any) -> Sequence[tuple[int, int]]:
        raise Killed

    spy = Spy()
    install(monkeypatch, spy, minutes=60)
    monkeypatch.setattr("proli.sweeps.running.WORKS", {Sweep.sends: Work(dies, spy.sees_to)})
    with pytest.raises(Killed):
        await run_due(runtime)
    install(monkeypatch, spy, minutes=60)
    clock.advance(minutes=14)
    await run_due(runtime)
    assert spy.seen == []
    clock.advance(minutes=1)
    await run_due(runtime)
    assert spy.seen == [(business_id, 1)]


AT_0830 = {"daily": True, "minutes": 8 * 60 + 30}


async def test_a_daily_sweep_runs_once_a_day_at_its_hour_of_the_business(
    runtime: Runtime, business_id: int, monkeypatch: pytest.MonkeyPatch, clock: ManualClock
) -> None:
    """Also on the day in between whose clocks go forward."""
    spy, ran = Spy(), list[datetime]()
    install(monkeypatch, spy, **AT_0830)
    clock.at = datetime(2027, 3, 25, 0, 0, tzinfo=UTC)
    while clock.at < datetime(2027, 3, 28, 0, 0, tzinfo=UTC):
        before = len(spy.seen)
        await run_due(runtime)
        ran += [clock.at] * (len(spy.seen) - before)
        clock.advance(minutes=15)
    assert ran == [datetime(2027, 3, 25, 6, 30, tzinfo=UTC)] + [
        datetime(2027, 3, day, 5, 30, tzinfo=UTC) for day in (26, 27)
    ]


async def test_a_daily_sweep_whose_hour_has_long_passed_waits_for_the_next_day(
    runtime: Runtime, business_id: int, monkeypatch: pytest.MonkeyPatch, clock: ManualClock
) -> None:
    spy = Spy()
    install(monkeypatch, spy, **AT_0830)
    clock.at = datetime(2027, 3, 22, 9, 31, tzinfo=UTC)  # 11:31
    await run_due(runtime)
    assert spy.seen == []
    clock.at = datetime(2027, 3, 23, 9, 29, tzinfo=UTC)  # 11:29
    await run_due(runtime)
    assert spy.seen == [(business_id, 1)]
