"""The doctor's word on workers and backups."""

from datetime import UTC, datetime, timedelta

import pytest

from proli.cli.doctor import look_at_backup, look_at_workers
from proli.monitoring.queries import Jobs


@pytest.mark.parametrize(
    ("alive", "status", "waits_s", "level"),
    [(2, "todo", 900, "ok"), (0, "todo", 0, "note"), (0, "failed", 900, "note"), (0, "todo", 900, "bad")],
)
def test_no_worker_is_bad_once_work_waits_for_one(alive: int, status: str, waits_s: float, level: str) -> None:
    found = look_at_workers(alive, [Jobs("default", status, 1, waits_s)])
    assert found.level == level
    assert (found.todo == "") == (level == "ok")


@pytest.mark.parametrize(("hours", "level"), [(None, "note"), (1, "ok"), (25, "ok"), (27, "bad")])
def test_a_backup_that_grows_old_is_bad_and_one_that_was_never_made_is_noted(hours: int | None, level: str) -> None:
    now = datetime(2026, 12, 10, 9, tzinfo=UTC)
    found = look_at_backup(None if hours is None else now - timedelta(hours=hours), now=now)
    assert found.level == level
    assert (found.todo == "") == (level == "ok")
