"""An even stream of messages for minutes: how soon each is answered, and whether anything grows that should not.

`python -m benchmarks.soak --minutes 10 --per-second 20`; `make bench` plays a short one. Bursts are given time to end,
as in earnest, and every customer writes four messages, each long enough after the last. None of them books: twelve
professionals have no room for twenty visits a second, and would be waited for.
"""

import asyncio
import contextlib
import json
import os
import time
from argparse import ArgumentParser
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from itertools import pairwise

import psutil
from sqlalchemy import text
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from benchmarks.load import Load, fire
from benchmarks.stage import Stage, memory_mb, set_stage, table
from benchmarks.turns import FIRST, clear, webhook
from tests.doubles.serving import served
from tests.ports import free_port

PER_SECOND, MINUTES = 20, 0.5
TALK = (FIRST, "ביאליק 30", "הדירה בקומה 3", "תודה")
COMPLETE = "ביאליק 30"
"""What wholly answers the question just asked, so that nothing more is waited for, as after a tap."""
APART_S = 10
"""How long after each other a customer's messages come."""
LINGERS_S = 30
FLAT = ("procrastinate_jobs", "procrastinate_workers", "procrastinate_events", "send_gates", "early_news")
"""What holds nothing that lasts."""


@dataclass
class Provider:
    """Takes every message, and remembers when the first one after a question came to each chat."""

    waiting: dict[str, tuple[float, str]] = field(default_factory=dict[str, tuple[float, str]])
    """By chat when it was written to us, and what."""
    latencies: list[float] = field(default_factory=list[float])
    complete: list[float] = field(default_factory=list[float])
    """The latencies of complete answers alone."""
    taken: int = 0
    news: asyncio.Condition = field(default_factory=asyncio.Condition)

    async def take(self, request: Request) -> JSONResponse:
        chat_id = json.loads(await request.body()).get("chatId", "")
        asked = self.waiting.pop(chat_id, None)
        if asked is not None:
            at, words = asked
            self.latencies.append(time.perf_counter() - at)
            if words == COMPLETE:
                self.complete.append(self.latencies[-1])
        self.taken += 1
        async with self.news:
            self.news.notify_all()
        return JSONResponse({"idMessage": f"soak{self.taken}"})

    async def until(self, enough: Callable[[], bool]) -> None:
        async with self.news:
            await self.news.wait_for(enough)

    def app(self) -> Starlette:
        path = "/waInstance{instance}/{method}/{token}"
        return Starlette(routes=[Route(path, self.take, methods=["POST"]), Route("/healthz", self.take)])


@dataclass(frozen=True)
class Sizes:
    """How large everything is at one moment."""

    worker_mb: float
    server_mb: float
    flat_kb: int

    @classmethod
    async def take(cls, stage: Stage, worker: psutil.Process, server: psutil.Process) -> "Sizes":
        sizes = " + ".join(f"pg_total_relation_size('{name}')" for name in FLAT)
        async with stage.runtime.db.begin_operator() as session:
            flat = (await session.execute(text(f"SELECT {sizes}"))).scalar_one()
        return cls(memory_mb(worker), memory_mb(server), flat // 1024)


async def measure_soak(stage: Stage, *, minutes: float = MINUTES, per_second: float = PER_SECOND) -> list[list[str]]:
    """A row for each of four quarters of the time."""
    await clear(stage)
    number = int(minutes * 60 * per_second)
    rows = [["quarter", "answered", "p50 s", "p95 s", "worker", "server", "queue and gates", "load"]]
    async with scene(stage) as (provider, port, worker, server):
        began = time.perf_counter()
        edges = [number * quarter // 4 for quarter in range(5)]
        for quarter, (first, last) in enumerate(pairwise(edges), 1):
            provider.latencies.clear()
            for place in range(first, last):
                await asyncio.sleep(max(0, began + place / per_second - time.perf_counter()))
                asyncio.get_running_loop().create_task(say(provider, port, place, per_second=per_second))
            rows.append(row_of(quarter, provider, await Sizes.take(stage, worker, server), last - first))
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(provider.until(lambda: not provider.waiting), LINGERS_S)
        half, most = seconds_of(provider.complete)
        rows.append(["complete answers of all", f"{len(provider.complete)}", half, most, "", "", "", ""])
        rows.append(["left without an answer", f"{len(provider.waiting)}", "", "", "", "", "", ""])
    return rows


def seconds_of(latencies: list[float]) -> tuple[str, str]:
    """The median and the 95th of a hundred, in seconds."""
    load = Load(seconds=1, latencies=list(latencies), statuses={})
    half, most = (f"{load.percentile_ms(share) / 1000:.2f}" if latencies else "" for share in (0.5, 0.95))
    return half, most


def row_of(quarter: int, provider: Provider, sizes: Sizes, said: int) -> list[str]:
    half, most = seconds_of(provider.latencies)
    return [
        f"{quarter}", f"{len(provider.latencies)} of {said}", half, most,
        f"{sizes.worker_mb:.0f} MB", f"{sizes.server_mb:.0f} MB", f"{sizes.flat_kb:,} KB", f"{os.getloadavg()[0]:.1f}",
    ]  # fmt: skip


async def say(provider: Provider, port: int, place: int, *, per_second: float) -> None:
    """The message at this place of the stream is said: everybody writes in turn, four times, and then others do."""
    people = int(per_second * APART_S)
    round_, person = divmod(place, people)
    customer = 1000 + person + people * (round_ // len(TALK))
    words = TALK[round_ % len(TALK)]
    provider.waiting[f"9725{customer:08}@c.us"] = time.perf_counter(), words
    await fire(port, [webhook(customer, words, run=f"K{round_:04}")], connections=1)


@asynccontextmanager
async def scene(stage: Stage) -> AsyncGenerator[tuple[Provider, int, psutil.Process, psutil.Process]]:
    """A provider in this process, a server and two workers."""
    provider, port = Provider(), free_port()
    earnest = {name: value for name, value in stage.environment.items() if name != "PROLI_AGENT_SETTLE_S"}
    playing = Stage(stage.runtime, stage.business_id, earnest, stage.double_port)
    async with (
        served(provider.app(), port=stage.double_port),
        playing.process("benchmarks.server", str(port), ready=port) as server,
        playing.process("proli.cli", "worker") as worker,
        playing.process("proli.cli", "worker"),
    ):
        await fire(port, [webhook(number, TALK[0], run="W") for number in range(1, 21)], connections=4)
        await provider.until(lambda: provider.taken >= 20)
        yield provider, port, worker, server


async def main() -> None:
    options = ArgumentParser(description=__doc__)
    options.add_argument("--minutes", type=float, default=10)
    options.add_argument("--per-second", type=float, default=PER_SECOND)
    chosen = options.parse_args()
    async with set_stage() as stage:
        print(table(await measure_soak(stage, minutes=chosen.minutes, per_second=chosen.per_second)), flush=True)


if __name__ == "__main__":
    asyncio.run(main())
