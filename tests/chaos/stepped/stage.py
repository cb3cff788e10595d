"""Those who take turns: tasks that stop at marked points until they are told to go on."""

import asyncio
import random
from collections.abc import AsyncGenerator, Awaitable, Mapping, Sequence
from contextlib import asynccontextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

from proli.platform.db import BusinessSession, Database, Statement

ACTOR: ContextVar["Actor"] = ContextVar("ACTOR")


@dataclass(eq=False)
class Actor:
    """One worker with one job. Where it stops it has no transaction open: rule of the house."""

    number: int
    job_id: int
    worker_id: int
    task: asyncio.Task[None]
    stops_at: str = ""
    goes_on: asyncio.Future[None] | None = None
    claimed_at: int = 0
    """At which step of the game it last began a transaction in which it may have passed the gate."""
    asks: bool = False
    """It has passed the gate and asks the provider before it sends."""
    slow: bool = False
    """It is taken for dead and is not."""


class Stage:
    """Who is at work, and the tape of what was drawn: two games are alike when their tapes are."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)
        self.tape: list[str] = []
        self.actors: list[Actor] = []
        self._moved = asyncio.Event()
        self._count = 0

    def note(self, what: str) -> None:
        self.tape.append(what)

    async def enter(self, work: Awaitable[None], *, job_id: int, worker_id: int) -> Actor:
        """A new actor, which has come to its first stop."""
        self._count += 1
        ready = asyncio.Event()

        async def act() -> None:
            await ready.wait()
            ACTOR.set(actor)
            try:
                await work
            finally:
                self._moved.set()

        actor = Actor(self._count, job_id, worker_id, asyncio.create_task(act()))
        self.actors.append(actor)
        self._moved.clear()
        ready.set()
        await self._moved.wait()
        return actor

    async def stop(self, where: str) -> None:
        """The one that calls this waits here until it is told to go on; somebody who is no actor does not."""
        actor = ACTOR.get(None)
        if actor is None:
            return
        actor.stops_at, actor.goes_on = where, asyncio.get_running_loop().create_future()
        self._moved.set()
        await actor.goes_on
        actor.goes_on = None

    async def step(self, actor: Actor) -> bool:
        """The actor goes on to its next stop; True when it has come to its end instead."""
        assert actor.goes_on is not None
        self._moved.clear()
        actor.goes_on.set_result(None)
        await self._moved.wait()
        if self._stands(actor):
            return False
        await actor.task
        self.actors.remove(actor)
        return True

    def _stands(self, actor: Actor) -> bool:
        return actor.goes_on is not None and not actor.goes_on.done()

    async def kill(self, actor: Actor) -> None:
        """It is gone, where it stands."""
        actor.task.cancel()
        await asyncio.gather(actor.task, return_exceptions=True)
        self.actors.remove(actor)


class SteppedDatabase(Database):
    """The database, before each transaction of which an actor stops."""

    def __init__(self, url: str, stage: Stage) -> None:
        super().__init__(url, pool_size=8)
        self._stage = stage

    @asynccontextmanager
    async def begin(self, business_id: int | None) -> AsyncGenerator[BusinessSession]:
        await self._stage.stop("transaction")
        async with super().begin(business_id) as session:
            yield session

    async def run(self, statement: str, parameters: Mapping[str, Any]) -> tuple[Any, ...] | None:
        await self._stage.stop("statement")
        return await super().run(statement, parameters)

    async def act(
        self, business_id: int, *steps: tuple[Statement, Mapping[str, Any]]
    ) -> Sequence[tuple[Any, ...] | None]:
        await self._stage.stop("transaction")
        return await super().act(business_id, *steps)
