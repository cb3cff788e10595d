"""`make bench`: webhooks, jobs, turns and memory, each next to what it is measured against."""

import asyncio
import json
import platform as machine
import time
from collections.abc import Iterator

from sqlalchemy import text

from benchmarks.lists import measure_lists
from benchmarks.load import Load, fire, request_bytes
from benchmarks.replanning import measure_replanning
from benchmarks.stage import INSTANCE, TOKEN, Stage, memory_mb, set_stage, table
from benchmarks.thinking import measure_hearing, measure_thinking
from tests.ports import free_port

WEBHOOK = "/webhooks/green-api"
ROUNDS = 3
REQUESTS = 3000
TURNS = 400
JOBS = 2000
FIRST = "שלום, יש לי נזילה מתחת לכיור במטבח, ברמת גן"


def webhook(number: int, words: str, *, run: str) -> bytes:
    """A customer's text as Green API tells it."""
    chat = f"9725{number:08}@c.us"
    payload = {
        "typeWebhook": "incomingMessageReceived",
        "instanceData": {"idInstance": int(INSTANCE), "wid": "972500000000@c.us", "typeInstance": "whatsapp"},
        "timestamp": int(time.time()),
        "idMessage": f"{run}{number:08}",
        "senderData": {"chatId": chat, "chatName": "דנה", "sender": chat, "senderName": "דנה"},
        "messageData": {"typeMessage": "textMessage", "textMessageData": {"textMessage": words}},
    }
    return request_bytes(WEBHOOK, json.dumps(payload, ensure_ascii=False).encode(), token=TOKEN)


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


async def clear(stage: Stage) -> None:
    async with stage.runtime.db.owner() as connection:
        await connection.execute(text("TRUNCATE contacts, conversations, messages, leads, procrastinate_jobs CASCADE"))


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


async def measure_turns(stage: Stage, *, workers: int) -> list[str]:
    """From the webhook to the outgoing HTTP call, through the rules agent."""
    await clear(stage)
    port = free_port()
    sent = "SELECT count(*) FROM messages WHERE direction = 'out' AND delivery = 'sent'"
    async with (
        stage.process("tests.doubles.green_api", "--port", str(stage.double_port), ready=stage.double_port),
        stage.process("benchmarks.server", str(port), ready=port),
        stage.process("proli.cli", "worker") as worker,
    ):
        others = [stage.process("proli.cli", "worker") for _ in range(workers - 1)]
        for other in others:
            await other.__aenter__()
        await warm_up(stage, port, sent)
        before, began = await scalar(stage, sent), time.perf_counter()
        await fire(port, [webhook(number, FIRST, run="T") for number in range(1000, 1000 + TURNS)], connections=8)
        await until_zero(stage, sent.replace("count(*)", f"greatest({before + TURNS} - count(*), 0)"))
        seconds, megabytes = time.perf_counter() - began, memory_mb(worker)
        for other in others:
            await other.__aexit__(None, None, None)
    return [f"turns, {workers} worker{'s' * (workers > 1)}", f"{TURNS / seconds:,.1f}", f"{megabytes:.0f} MB a worker"]


async def warm_up(stage: Stage, port: int, sent: str) -> None:
    await fire(port, [webhook(number, FIRST, run="W") for number in range(20)], connections=4)
    await until_zero(stage, sent.replace("count(*)", "greatest(20 - count(*), 0)"))


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
        rows += [await measure_turns(stage, workers=workers) for workers in (1, 2)]
        print("\n" + table(rows), flush=True)
        print("\n" + table(await measure_lists(stage)), flush=True)
        print("\n" + table(measure_replanning()), flush=True)


if __name__ == "__main__":
    asyncio.run(main())
