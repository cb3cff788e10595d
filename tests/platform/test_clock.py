"""One time for all processes: the database's, whatever the machine's own clock says."""

import time
from datetime import UTC, datetime, timedelta

import pytest
from pydantic import SecretStr

from proli.platform import clock as clocks
from proli.platform.clock import SharedClock, SystemClock
from proli.platform.db import Database
from proli.platform.runtime import open_runtime
from proli.platform.security import new_key
from proli.platform.settings import CoreSettings, Settings

CLOSE = timedelta(seconds=30)


@pytest.fixture
def wrong_machine(monkeypatch: pytest.MonkeyPatch) -> timedelta:
    """The machine's clock is three hours ahead."""
    right, ahead = time.time, timedelta(hours=3)
    monkeypatch.setattr(time, "time", lambda: right() + ahead.total_seconds())
    return ahead


async def test_a_machine_whose_clock_is_wrong_goes_by_the_databases(
    db: Database, settings: Settings, wrong_machine: timedelta
) -> None:
    settings.core = CoreSettings(home=settings.core.home, database_url=db.url, secret_key=SecretStr(new_key()))
    async with open_runtime(settings) as runtime:
        assert abs(runtime.clock.now() - await db.time()) < CLOSE
        assert abs(SystemClock().now() - await db.time()) > wrong_machine - CLOSE


async def test_a_clock_that_jumps_later_changes_nothing(db: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    shared = SharedClock()
    await shared.look(db.check)
    right = time.time
    for jump_s in (-7200, 7200):
        monkeypatch.setattr(time, "time", lambda: right() + jump_s)  # noqa: B023 - as long as the round goes
        assert abs(shared.now() - await db.time()) < CLOSE


async def test_the_databases_time_is_followed_and_a_slow_look_is_passed_over(monkeypatch: pytest.MonkeyPatch) -> None:
    passed = 100.0
    monkeypatch.setattr(clocks, "elapsed", lambda: passed)
    there, took = datetime(2030, 1, 1, 9, 0, tzinfo=UTC), 0.0

    async def read() -> datetime:
        nonlocal passed
        passed += took
        return there

    shared = SharedClock()
    await shared.look(read)
    passed += 60
    assert shared.now() == there + timedelta(seconds=60)
    there, took = there + timedelta(seconds=64), 0.5
    await shared.look(read)
    assert shared.now() == there + timedelta(seconds=0.25)
    there, took = there + timedelta(hours=1), 5.0
    await shared.look(read)
    assert shared.now() < there - timedelta(minutes=59)


def test_before_the_first_look_the_machines_time_holds() -> None:
    assert abs(SharedClock().now() - SystemClock().now()) < CLOSE
