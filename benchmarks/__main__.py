"""`make bench`: webhooks, jobs, turns and memory, each next to what it is measured against."""

import asyncio
import platform as machine
import time
from collections.abc import Iterator

from sqlalchemy import text

from benchmarks.calls.measuring import measure_calls, measure_speed
from benchmarks.lists import measure_lists
from benchmarks.load import Load, fire, request_bytes
from benchmarks.replanning import measure_replanning
from benchmarks.soak import measure_soak
from benchmarks.stage import Stage, memory_mb, set_stage, table
from benchmarks.thinking import measure_hearing, measure_thinking
from benchmarks.turn_ends.figures import measure_turn_ends
from benchmarks.turns import FIRST, clear, measure_statements, measure_turns, webhook
from tests.ports import free_port

ROUNDS = 3
REQUESTS = 3000
JOBS = 2000


async def best(port: int, requests: list[list[bytes]]) -> Load:
    """The fastest of several rounds, so that another program's moment does not count."""
    loads = [await fire(port, batch) for batch in requests]
    assert all(set(load.statuses) == {200} for load in loads), [load.statuses for load in loads]
    return max(loads, key=lambda load: load.per_second)


async def measure_webhooks(stage: Stage) -> Iterator[list[str]]:
    port = free_port()
    body = webhook(0, FIRST, run="B").partition(b"\r\n\r\n")[2]
    batches = {
        "empty FastAPI route": [[request_bytes("/bench/empty", body)] * REQUESTS] * ROUNDS,
        "one bare INSERT": [[request_bytes("/bench/insert", body)] * REQUESTS] * ROUNDS,
        "webhook acknowledged": [
            [webhook(number, FIRST, run=f"R{round_}") for number in range(REQUESTS)] for round_ in range(ROUNDS)
        ],
    }
    rows: list[list[str]] = [["what", "per second", "p50 ms", "p99 ms", "of the INSERT"]]
    async with stage.process("benchmarks.server", str(port), ready=port) as process:
        loads = {name: await best(port, requests) for name, requests in batches.items()}
        base = loads["one bare INSERT"].per_second
        for name, load in loads.items():
            ratio = f"{load.per_second / base:.2f}"
            half, last = load.percentile_ms(0.5), load.percentile_ms(0.99)
            rows.append([name, f"{load.per_second:,.0f}", f"{half:.1f}", f"{last:.1f}", ratio])
        rows.append(["memory of the API process", f"{memory_mb(process):.0f} MB", "", "", ""])
    return iter(rows)


async def scalar(stage: Stage, sql: str) -> int:
    async with stage.runtime.db.begin_operator() as session:
        return (await session.execute(text(sql))).scalar_one()


async def until_zero(stage: Stage, sql: str, *, limit_s: float = 300) -> None:
    end = time.monotonic() + limit_s
    while await scalar(stage, sql):
        if time.monotonic() > end:
            raise RuntimeError(f"still not done: {sql}")
        await asyncio.sleep(0.05)


async def measure_jobs(stage: Stage) -> list[str]:
    """Jobs that find nothing to do: the queue's own cost."""
    await clear(stage)
    async with stage.runtime.db.begin_operator() as session:
        await session.execute(
            text("""
                INSERT INTO procrastinate_jobs (queue_name, task_name, args)
                SELECT 'default', 'dispatch.jobs.expire',
                       jsonb_build_object('attempt', 0, 'event',
                                          jsonb_build_object('business_id', :business_id, 'offer_id', -number))
                FROM generate_series(1, :jobs) AS number
            """),
            {"business_id": stage.business_id, "jobs": JOBS},
        )
    began = time.perf_counter()
    async with stage.process("proli.cli", "worker"):
        await until_zero(stage, f"SELECT greatest(count(*) - {JOBS * 9 // 10}, 0) FROM procrastinate_jobs")
        began, done = time.perf_counter(), JOBS - await scalar(stage, "SELECT count(*) FROM procrastinate_jobs")
        await until_zero(stage, "SELECT count(*) FROM procrastinate_jobs WHERE task_name = 'dispatch.jobs.expire'")
        seconds = time.perf_counter() - began
    return ["jobs (one query each)", f"{(JOBS - done) / seconds:,.0f}", ""]


async def main() -> None:
    async with set_stage() as stage:
        print(f"Python {machine.python_version()}, {machine.machine()}, {machine.system()}\n")
        print(table(list(await measure_webhooks(stage))), flush=True)
        rows = [
            ["what", "per second", "memory"],
            await measure_jobs(stage),
            measure_hearing(),
            await measure_thinking(),
        ]
        print("\n" + table(rows), flush=True)
        print("\n" + table(await measure_turns(stage)), flush=True)
        print("\n" + table(await measure_statements(stage)), flush=True)
        print("\n" + table(await measure_soak(stage)), flush=True)
        print("\n" + table(await measure_lists(stage)), flush=True)
        print("\n" + table(measure_replanning()), flush=True)
        print("\n" + table(measure_turn_ends()), flush=True)
        print("\n" + table(await measure_speed(stage)), flush=True)
        print("\n" + table(await measure_calls(stage)), flush=True)


if __name__ == "__main__":
    asyncio.run(main())
