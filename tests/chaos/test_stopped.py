"""Processes that are told to stop: what is running ends, or is back in line before the process is gone."""

import asyncio
from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import httpx2
import pytest
from sqlalchemy import text

from proli.demo.player import Player
from proli.platform.clock import SystemClock
from proli.platform.jobs import Setbacks
from proli.platform.runtime import Runtime
from tests.chaos.processes import Proli, answers
from tests.chaos.town import settings_of
from tests.chaos.waiting import until
from tests.patience import PATIENCE_S
from tests.ports import free_port

NEVER = {"PROLI_WORKER_STALLED_AFTER_S": "600"}
"""No rescue by others comes into it."""
JOBS = "SELECT status, attempts FROM procrastinate_jobs WHERE task_name = 'chat.jobs.answer'"
BUSY = "SELECT FROM procrastinate_jobs WHERE task_name = 'chat.jobs.answer' AND status = 'doing'"
BLOCKED = """
    SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'
"""


@pytest.fixture
def runtime(runtime: Runtime) -> Runtime:
    """By the machine's clock, as the processes."""
    return Runtime(
        settings=runtime.settings, db=runtime.db, clock=SystemClock(), vault=runtime.vault, http=runtime.http
    )


def program(runtime: Runtime, folder: Path, *arguments: str, **environment: str) -> Proli:
    url = runtime.db.url.replace("+psycopg", "")
    kept = settings_of(url, folder, runtime.vault._keys[0].decode()) | NEVER | environment
    return Proli(arguments, kept, folder / "log")


async def ended(process: Proli) -> int | None:
    assert process.running is not None
    await asyncio.to_thread(process.running.join, PATIENCE_S)
    return process.running.exitcode


def told_to_stop(process: Proli) -> None:
    assert process.running is not None
    process.running.terminate()


@asynccontextmanager
async def running(process: Proli) -> AsyncGenerator[Proli]:
    process.start()
    try:
        yield process
    finally:
        process.kill()


@asynccontextmanager
async def held(runtime: Runtime, lock: str) -> AsyncGenerator[None]:
    """Whoever needs these rows waits until the end of the block."""
    async with runtime.db.begin_operator() as session:
        await session.execute(text(f"SET LOCAL ROLE none; {lock}"))
        yield


async def rows(runtime: Runtime, statement: str) -> Sequence[Any]:
    async with runtime.db.owner() as connection:
        return (await connection.execute(text(statement))).all()


async def until_there_is(runtime: Runtime, statement: str) -> None:
    async def there() -> bool:
        return bool(await rows(runtime, statement))

    await until(there, f"never: {statement}")


async def unanswered(runtime: Runtime) -> int:
    return len(await rows(runtime, "SELECT FROM messages WHERE direction = 'in' AND answered_at IS NULL"))


CONVERSATIONS = "SELECT FROM conversations FOR UPDATE"


@pytest.mark.parametrize("arguments", [("worker",), ("serve", "--port", "0")])
async def test_a_job_that_is_running_ends_before_its_process_does(
    runtime: Runtime, business_id: int, tmp_path: Path, arguments: tuple[str, ...]
) -> None:
    await Player(runtime, business_id, "+972500000001", "דנה").say("שלום, יש לי נזילה")
    async with running(program(runtime, tmp_path, *arguments, PROLI_WORKER_GRACE_S="600")) as process:
        async with held(runtime, CONVERSATIONS):
            await until_there_is(runtime, BUSY)
            told_to_stop(process)
        assert await ended(process) == 0
    assert await unanswered(runtime) == 0


@pytest.mark.parametrize("arguments", [("worker",), ("serve", "--port", "0")])
async def test_a_job_that_takes_too_long_is_back_in_line_when_its_process_ends(
    runtime: Runtime, business_id: int, tmp_path: Path, arguments: tuple[str, ...]
) -> None:
    await Player(runtime, business_id, "+972500000001", "דנה").say("שלום, יש לי נזילה")
    async with held(runtime, CONVERSATIONS):
        async with running(program(runtime, tmp_path, *arguments, PROLI_WORKER_GRACE_S="0.2")) as process:
            await until_there_is(runtime, BUSY)
            told_to_stop(process)
            assert await ended(process) == 0
        ((status, attempts),) = await rows(runtime, JOBS)
        assert status == "todo"
        assert (Setbacks.of(attempts).blame, Setbacks.of(attempts).faults) == (0, 0)
    async with running(program(runtime, tmp_path, "worker")):
        await until_there_is(runtime, "SELECT FROM messages WHERE direction = 'in' AND answered_at IS NOT NULL")


async def test_a_request_that_has_begun_is_answered_while_no_new_one_is_taken(runtime: Runtime, tmp_path: Path) -> None:
    address = f"http://127.0.0.1:{(port := free_port())}"
    arguments = ("serve", "--no-worker", "--port", str(port))
    async with (
        running(program(runtime, tmp_path, *arguments, PROLI_WORKER_GRACE_S="600")) as process,
        httpx2.AsyncClient(trust_env=False, base_url=address, timeout=PATIENCE_S) as client,
    ):
        await answers(f"{address}/healthz")
        async with held(runtime, "LOCK TABLE messages IN ACCESS EXCLUSIVE MODE"):
            asked = asyncio.create_task(client.get("/metrics"))
            await until_there_is(runtime, BLOCKED)
            told_to_stop(process)

            async def refused() -> bool:
                try:
                    async with httpx2.AsyncClient(trust_env=False, timeout=PATIENCE_S) as other:
                        await other.get(f"{address}/healthz")
                except httpx2.TransportError:
                    return True
                return False

            await until(refused, "new requests are still taken")
            assert not asked.done()
        assert (await asked).status_code == 200
        assert await ended(process) == 0
