"""The doctor's word on workers."""

import pytest

from proli.cli.doctor import look_at_workers
from proli.monitoring.queries import Jobs


@pytest.mark.parametrize(
    ("alive", "status", "waits_s", "level"),
    [(2, "todo", 900, "ok"), (0, "todo", 0, "note"), (0, "failed", 900, "note"), (0, "todo", 900, "bad")],
)
def test_no_worker_is_bad_once_work_waits_for_one(alive: int, status: str, waits_s: float, level: str) -> None:
    found = look_at_workers(alive, [Jobs("default", status, 1, waits_s)])
    assert found.level == level
    assert (found.todo == "") == (level == "ok")
