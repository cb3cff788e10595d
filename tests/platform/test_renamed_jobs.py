"""A job that waits while its handler moves to another module is done under the new name."""

import importlib.util
from pathlib import Path

import pytest
from alembic.migration import MigrationContext
from alembic.operations import Operations
from sqlalchemy import Connection, text

from proli.platform.runtime import Runtime

VERSIONS = Path(__file__).parents[2] / "migrations/versions"
PUT = """
    INSERT INTO procrastinate_jobs (queue_name, task_name, lock, queueing_lock)
    VALUES ('agent', 'agent.jobs.answer', 'agent.jobs.answer:7', 'agent.jobs.answer:7'),
           ('agent', 'dispatch.jobs.expire', NULL, NULL)
"""


def upgrade(connection: Connection, revision: str) -> None:
    spec = importlib.util.spec_from_file_location(revision, VERSIONS / f"{revision}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    with Operations.context(MigrationContext.configure(connection)):
        module.upgrade()


@pytest.mark.parametrize("times", [1, 2])
async def test_a_waiting_turn_is_found_under_its_new_name_and_no_other_job_is_touched(
    runtime: Runtime, times: int
) -> None:
    async with runtime.db.owner() as connection:
        await connection.execute(text(PUT))
        for _ in range(times):
            await connection.run_sync(upgrade, "0048_rooms")
        found = await connection.execute(
            text("SELECT task_name, lock, queueing_lock FROM procrastinate_jobs ORDER BY id")
        )
        assert [tuple(row) for row in found] == [
            ("chat.jobs.answer", "chat.jobs.answer:7", "chat.jobs.answer:7"),
            ("dispatch.jobs.expire", None, None),
        ]
