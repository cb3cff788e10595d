"""Bells that ring as events, and handlers that note when they ran."""

import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

import pytest
from sqlalchemy import text

from proli.platform import jobs
from proli.platform.db import Database
from proli.platform.errors import ProliError
from proli.platform.jobs import Event, Handler, emit
from proli.platform.runtime import Runtime
from tests.chaos.waiting import until


class Rang(Event):
    """A bell has rung; `bell` is what jobs are keyed by."""

    bell: int


class DoorClosed(ProliError):
    """A refusal."""


type Does = Callable[[int], Awaitable[None]]
"""What a handler does in its first, second ... run."""


@dataclass
class Spy:
    """A handler that notes when it ran, and does what a test wants."""

    does: Does
    runs: list[tuple[int, float, float]] = field(default_factory=list[tuple[int, float, float]])
    begun: int = 0

    async def handle(self, _: Runtime, event: Rang) -> None:
        self.begun += 1
        start = time.monotonic()
        try:
            await self.does(self.begun)
        finally:
            self.runs.append((event.bell, start, time.monotonic()))


async def nothing(_: int) -> None:
    pass


@pytest.fixture
def install(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Spy]:
    """Makes a spy the only handler there is."""

    def installed(does: Does = nothing, *, key: str | None = "bell", attempts: int = 3) -> Spy:
        spy = Spy(does)
        handler = Handler("tests.spy", Rang, spy.handle, "default", key, attempts)
        handlers = {"tests.spy": handler}
        monkeypatch.setattr(jobs, "HANDLERS", handlers)
        monkeypatch.setattr("proli.platform.queue.HANDLERS", handlers)
        monkeypatch.setattr("proli.platform.queue.PERIODICS", {})
        return spy

    return installed


@pytest.fixture
def mourned(install: Callable[..., Spy], monkeypatch: pytest.MonkeyPatch) -> Callable[[], list[Event]]:
    """Installs whoever sees to the dead jobs of the spy; the events of those."""
    seen: list[Event] = []

    async def see(_: Runtime, event: Rang) -> None:
        seen.append(event)

    def watching() -> list[Event]:
        handler = Handler("tests.bury", Rang, see, "default", "bell", 3, buries="tests.spy")
        monkeypatch.setitem(jobs.HANDLERS, "tests.bury", handler)
        return seen

    return watching


async def ring(runtime: Runtime, business_id: int, bell: int = 1, **when: Any) -> None:
    async with runtime.db.begin(business_id) as session:
        await emit(session, Rang(business_id=business_id, bell=bell), **when)


async def rows(db: Database, statement: str = "SELECT * FROM procrastinate_jobs ORDER BY id") -> Sequence[Any]:
    async with db.begin_operator() as session:
        return (await session.execute(text(statement))).all()


async def change(db: Database, statement: str) -> None:
    async with db.begin_operator() as session:
        await session.execute(text(statement))


async def until_empty(db: Database) -> None:
    async def empty() -> bool:
        return not await rows(db)

    await until(empty, "jobs are left")
