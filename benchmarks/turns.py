"""Turns from the webhook to the outgoing call: how many a second, what each takes of the processor and the database."""

import asyncio
import json
import os
import time
from collections.abc import AsyncGenerator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx2
import psutil
import psycopg
from sqlalchemy import text

from benchmarks.load import fire, request_bytes
from benchmarks.stage import INSTANCE, TOKEN, Stage, memory_mb
from proli.platform.queue import Queue
from proli.platform.runtime import open_runtime
from proli.platform.settings import Settings
from tests.doubles.counted_database import Asked, counted
from tests.doubles.serving import app_of, served
from tests.ports import free_port

WEBHOOK = "/webhooks/green-api"
TURNS, WARM, INSERTS = 1200, 300, 3000
FIRST = "שלום, יש לי נזילה מתחת לכיור במטבח, ברמת גן"
TALK = (FIRST, "ביאליק 30", "מחר בשעה 16:00", "תודה")
WRITTEN = "SELECT (pg_current_wal_lsn() - '0/0')::bigint, pg_database_size(current_database())"
SENT = "SELECT count(*) FROM messages WHERE direction = 'out' AND delivery = 'sent'"


def payload(number: int, words: str, *, run: str) -> bytes:
    """A customer's text as Green API tells it."""
    chat = f"9725{number:08}@c.us"
    told = {
        "typeWebhook": "incomingMessageReceived",
        "instanceData": {"idInstance": int(INSTANCE), "wid": "972500000000@c.us", "typeInstance": "whatsapp"},
        "timestamp": int(time.time()),
        "idMessage": f"{run}{number:08}",
        "senderData": {"chatId": chat, "chatName": "דנה", "sender": chat, "senderName": "דנה"},
        "messageData": {"typeMessage": "textMessage", "textMessageData": {"textMessage": words}},
    }
    return json.dumps(told, ensure_ascii=False).encode()


def webhook(number: int, words: str, *, run: str) -> bytes:
    return request_bytes(WEBHOOK, payload(number, words, run=run), token=TOKEN)


@dataclass
class Cast:
    """The processes of a stage, by what they do."""

    port: int
    roles: Mapping[str, list[psutil.Process]]

    def seconds(self) -> dict[str, float]:
        """How long each has had a processor."""
        return {role: sum(map(used, processes)) for role, processes in self.roles.items()}


def used(process: psutil.Process) -> float:
    """With everything that it has begun and that has ended; of those that live, the database's alone have any."""
    times = process.cpu_times()
    ended = times.children_user + times.children_system
    return times.user + times.system + ended + sum(used(child) for child in process.children())


def database_of(stage: Stage) -> psutil.Process:
    pid = Path(stage.environment["PROLI_HOME"], "postgres", "postmaster.pid").read_text().split()[0]
    return psutil.Process(int(pid))


@asynccontextmanager
async def cast(stage: Stage, *, workers: int) -> AsyncGenerator[Cast]:
    """A provider, a server and so many workers are up, and have answered so many that plans and caches are made."""
    port = free_port()
    async with AsyncExitStack() as stack:
        double = ("tests.doubles.green_api", "--port", str(stage.double_port))
        provider = await stack.enter_async_context(stage.process(*double, ready=stage.double_port))
        server = await stack.enter_async_context(stage.process("benchmarks.server", str(port), ready=port))
        hands = [await stack.enter_async_context(stage.process("proli.cli", "worker")) for _ in range(workers)]
        roles = {"workers": hands, "server": [server], "database": [database_of(stage)], "provider": [provider]}
        await fire(port, [webhook(number, FIRST, run="W") for number in range(1, WARM + 1)], connections=4)
        await until_sent(stage, WARM)
        yield Cast(port, roles)


async def count_sent(stage: Stage) -> int:
    async with stage.runtime.db.begin_operator() as session:
        return (await session.execute(text(SENT))).scalar_one()


async def written(stage: Stage) -> tuple[int, int]:
    """How many bytes of changes the database has logged in its life, and how many it fills."""
    async with stage.runtime.db.begin_operator() as session:
        log, size = (await session.execute(text(WRITTEN))).one()
    return log, size


async def until_sent(stage: Stage, number: int, *, limit_s: float = 300) -> None:
    end = time.monotonic() + limit_s
    while await count_sent(stage) < number:
        if time.monotonic() > end:
            raise RuntimeError("replies are missing")
        await asyncio.sleep(0.05)


async def clear(stage: Stage) -> None:
    async with stage.runtime.db.owner() as connection:
        await connection.execute(text("TRUNCATE contacts, conversations, messages, leads, procrastinate_jobs CASCADE"))


async def measure_turns(stage: Stage) -> list[list[str]]:
    """A row for one worker and one for two: the rate, and the processor each turn takes."""
    insert_ms = await cost_of_insert(stage)
    return [
        [
            "turns of the rules agent",
            "per second",
            "processor, ms a turn",
            "of it",
            "in bare INSERTs",
            "a worker",
            "log of changes a turn",
            "database grows a turn",
        ],
        *[await measure_with(stage, workers=workers, insert_ms=insert_ms) for workers in (1, 2)],
    ]


async def measure_with(stage: Stage, *, workers: int, insert_ms: float) -> list[str]:
    await clear(stage)
    async with cast(stage, workers=workers) as players:
        before, sent, kept = players.seconds(), await count_sent(stage), await written(stage)
        began = time.perf_counter()
        await fire(players.port, [webhook(n, FIRST, run="T") for n in range(1000, 1000 + TURNS)], connections=8)
        await until_sent(stage, sent + TURNS)
        seconds = time.perf_counter() - began
        spent = {role: (now - before[role]) * 1000 / TURNS for role, now in players.seconds().items()}
        memory = memory_mb(players.roles["workers"][0])
        log, rows = ((now - then) / TURNS / 1024 for now, then in zip(await written(stage), kept, strict=True))
    whole = sum(spent.values())
    parts = ", ".join(f"{role} {ms:.1f}" for role, ms in spent.items())
    load = f"load {os.getloadavg()[0]:.1f}"
    return [
        f"{workers} worker{'s' * (workers > 1)}, {load}", f"{TURNS / seconds:.1f}", f"{whole:.1f}", parts,
        f"{whole / insert_ms:.0f}", f"{memory:.0f} MB", f"{log:.1f} KB", f"{rows:.1f} KB",
    ]  # fmt: skip


async def cost_of_insert(stage: Stage) -> float:
    """What one row costs, in ms of the processor: a transaction of the driver's, with the database's part."""
    database, here = database_of(stage), psutil.Process()
    async with await psycopg.AsyncConnection.connect(stage.runtime.db.conninfo, autocommit=True) as connection:
        await connection.execute("CREATE TEMPORARY TABLE bench_rows (id bigserial, body text)")
        before = used(database) + used(here)
        for _ in range(INSERTS):
            await connection.execute("INSERT INTO bench_rows (body) VALUES (%s)", (FIRST,))
        return (used(database) + used(here) - before) * 1000 / INSERTS


async def measure_statements(stage: Stage) -> list[list[str]]:
    """What the turns of one conversation ask of the database, from the webhook to the note of the send."""
    await clear(stage)
    rows = [["a turn asks of the database", "statements", "round trips"]]
    async with (
        stage.process("tests.doubles.green_api", "--port", str(stage.double_port), ready=stage.double_port),
        counted(stage.environment["PROLI_DATABASE_URL"]) as database,
    ):
        settings = Settings.load()
        settings.core = settings.core.model_copy(update={"database_url": database.url})
        async with open_runtime(settings) as runtime, served(app_of(runtime)) as server:
            queue = Queue(runtime)
            for number in (1, 2):  # the first makes what there is one of, such as the gate of the number
                talk = [await ask(server.url, queue, database.asked, number, words) for words in TALK]
    kinds = ("one that opens a request", "one that adds to it", "one that books, with the offer", "courtesy alone")
    for kind, asked in zip(kinds, talk, strict=True):
        rows.append([kind, f"{len(asked.statements)}", f"{len(asked.round_trips)}"])
    return rows


async def ask(url: str, queue: Queue, asked: Asked, number: int, words: str) -> Asked:
    asked.take()
    async with httpx2.AsyncClient(trust_env=False) as client:
        body = payload(number, words, run=f"S{TALK.index(words)}")
        headers = {"authorization": f"Bearer {TOKEN}", "content-type": "application/json"}
        (await client.post(url + WEBHOOK, content=body, headers=headers)).raise_for_status()
    await queue.drain()
    return asked.take()
