"""One game, from a fresh installation to the auditor's findings."""

import asyncio
import json
import time
from collections.abc import AsyncGenerator, Callable, Coroutine, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

from tests.chaos.game import plan, scripts
from tests.chaos.game.audit import Findings, audit
from tests.chaos.game.people import Streets, answer_offers, converse
from tests.chaos.game.wrecking import Wrecker
from tests.chaos.postgres import OwnPostgres, own_postgres
from tests.chaos.town import Town, Ways, running_town
from tests.chaos.waiting import until

STAFF = "+972540000001"
SETTLES_WITHIN_S = 900
JOURNAL_LAG_S = 30
"""Longer than any request of a worker can be under way to the provider, however busy the machine."""
TEMPER = {
    "rates": {"drop": 0.01, "drop_before": 0.006, "slow": 0.03, "slow_before": 0.01, "bad": 0.004, "garbage": 0.003,
              "busy": 0.001},
    "repeated": 0.1, "reordered": 0.2, "shown": 0.3,
}  # fmt: skip


@dataclass(frozen=True)
class Game:
    seed: int
    conversations: int
    kills: int
    restarts: int

    @property
    def at_once(self) -> int:
        """How many conversations are going on at any time."""
        return max(1, min(40, self.conversations // 6))

    def scripts(self) -> list[scripts.Script]:
        today = datetime.now(UTC).date()
        return [scripts.draw(self.seed, number, today=today) for number in range(self.conversations)]

    def faults(self) -> Sequence[plan.Fault]:
        messages = sum(len(script.said) for script in self.scripts())
        return plan.draw(self.seed, messages=messages, kills=self.kills, restarts=self.restarts)


@dataclass
class Played:
    findings: Findings
    broken: dict[str, int]
    fallen: int
    took_s: float
    settled_s: float
    spent_s: float
    """What the program's processes took of a processor, those that were killed too."""
    logs: str = field(repr=False)


async def play(game: Game, folder: Path, *, tell: Callable[[str], object] = lambda _: None) -> Played:
    """The town has lived through everything, has come to rest and been audited."""
    async with own_postgres() as postgres:
        return await play_on(postgres, game, folder, tell)


async def play_on(postgres: OwnPostgres, game: Game, folder: Path, tell: Callable[[str], object]) -> Played:
    begun = time.monotonic()
    async with running_town(postgres.url, folder, ways_of(game)) as town:
        await until(partial(works, town), "the workers never began")
        streets = Streets(town)
        wrecker = Wrecker(streets, postgres, folder)
        standing = [streets.look_at_phones(), answer_offers(streets, game.seed), wrecker.supervise()]
        async with in_background(*standing, report(streets, wrecker, tell)):
            async with asyncio.TaskGroup() as group:
                group.create_task(wrecker.wreck(game.faults()))
                group.create_task(everybody_speaks(streets, game))
            ended = time.monotonic()
            await town.settle(within_s=SETTLES_WITHIN_S)
            await until(lambda: has_told(streets), "the provider never ended telling", within_s=SETTLES_WITHIN_S)
            await town.settle(within_s=SETTLES_WITHIN_S)
            settled = time.monotonic()
        journal = await town.journal()
        (folder / "journal.json").write_text(json.dumps(journal, ensure_ascii=False))
        streets.write_down(folder / "said.json")
        said = [vars(word) for word in streets.words]
        findings = await asyncio.to_thread(audit, postgres.url, journal=journal, said=said)
        programs = (town.api, *town.workers)
        for process in programs:
            process.kill()
        return Played(
            findings=findings,
            broken=dict(wrecker.done),
            fallen=wrecker.fallen,
            took_s=settled - begun,
            settled_s=settled - ended,
            spent_s=sum(process.spent_s for process in programs),
            logs="".join(process.said for process in programs),
        )


def ways_of(game: Game) -> Ways:
    budget = {"PROLI_BUDGET_BUSINESS_TURNS": "100000", "PROLI_BUDGET_BUSINESS_MESSAGES": "200000"}
    return Ways(
        workers=plan.WORKERS,
        temper={**TEMPER, "seed": game.seed},
        echoes=True,
        journal_lag_s=JOURNAL_LAG_S,
        professionals=max(12, game.conversations // 45),
        bases=scripts.TOWNS,
        staff=STAFF,
        clocks=True,
        environment=budget | {"PROLI_BUDGET_BUSINESS_OFFERS": "100000", "PROLI_LOG_LEVEL": "WARNING"},
    )


async def works(town: Town) -> bool:
    ((workers,),) = await town.rows("SELECT count(*) FROM procrastinate_workers")
    return workers >= len(town.workers)


async def everybody_speaks(streets: Streets, game: Game) -> None:
    room = asyncio.Semaphore(game.at_once)

    async def speak(number: int, script: scripts.Script) -> None:
        async with room:
            await converse(streets, number, script)

    async with asyncio.TaskGroup() as group:
        for number, script in enumerate(game.scripts()):
            group.create_task(speak(number, script))


async def has_told(streets: Streets) -> bool:
    answer = await streets.town.client.get(f"{streets.town.double_url}/__journal", params={"after": 10**9})
    return answer.json()["telling"] == 0


async def report(streets: Streets, wrecker: Wrecker, tell: Callable[[str], object]) -> None:
    while True:
        await asyncio.sleep(15)
        delivered = sum(map(len, streets.phones.values()))
        tell(f"{streets.said} said, {delivered} delivered, {sum(wrecker.done.values())} faults")


@asynccontextmanager
async def in_background(*work: Coroutine[Any, Any, None]) -> AsyncGenerator[None]:
    """The work goes on during the block; what fails in it, fails the block."""
    running = [asyncio.create_task(one) for one in work]
    try:
        yield
        for task in running:
            if task.done():
                task.result()
    finally:
        for task in running:
            task.cancel()
        await asyncio.gather(*running, return_exceptions=True)
