"""Events and the handlers they wake: rows of the job table, written in the transaction of the fact.

A job row is inserted into Procrastinate's table directly rather than through its deferrer: a second job for a key that
already waits must join the first one instead of aborting the transaction, and all handlers take one statement.
"""

import json
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pydantic import BaseModel, ConfigDict
from sqlalchemy import text

from proli.platform.db import BusinessSession
from proli.platform.runtime import Runtime


class Event(BaseModel):
    """A fact of one business, in the past tense, holding ids only."""

    model_config = ConfigDict(frozen=True)

    business_id: int


type Handle[E: Event] = Callable[[Runtime, E], Awaitable[None]]


@dataclass(frozen=True)
class Handler:
    """What runs because of an event. With `key`, a field of the event, one job of its value runs at a time and at most
    one waits."""

    name: str
    event: type[Event]
    handle: Handle[Any]
    queue: str
    key: str | None
    attempts: int


@dataclass(frozen=True)
class Periodic:
    """What runs on a cron schedule, once per tick however many workers there are."""

    name: str
    cron: str
    run: Callable[[Runtime, datetime], Awaitable[None]]


HANDLERS: dict[str, Handler] = {}
PERIODICS: dict[str, Periodic] = {}

INSERT = text("""
    INSERT INTO procrastinate_jobs (queue_name, task_name, lock, queueing_lock, args, scheduled_at)
    SELECT queue, task, key, key, CAST(args AS jsonb),
           greatest(CAST(:at AS timestamptz), now() + make_interval(secs => CAST(:after_s AS float)))
    FROM unnest(CAST(:queues AS text[]), CAST(:tasks AS text[]), CAST(:keys AS text[]), CAST(:args AS text[]))
        AS job (queue, task, key, args)
    ON CONFLICT (queueing_lock) WHERE status = 'todo'
    DO UPDATE SET scheduled_at = CASE
        WHEN procrastinate_jobs.scheduled_at IS NULL OR excluded.scheduled_at IS NULL THEN NULL
        ELSE least(procrastinate_jobs.scheduled_at, excluded.scheduled_at) END
""")


def on[E: Event](
    event: type[E], *, queue: str = "default", key: str | None = None, attempts: int = 8
) -> Callable[[Handle[E]], Handle[E]]:
    """Register an `async def(runtime, event)` to run, at least once, after a transaction that emitted `event`."""

    def register(handle: Handle[E]) -> Handle[E]:
        name = f"{handle.__module__.removeprefix('proli.')}.{handle.__name__}"  # type: ignore[attr-defined]
        HANDLERS[name] = Handler(name, event, handle, queue, key, attempts)
        return handle

    return register


def every(cron: str) -> Callable[[Callable[[Runtime, datetime], Awaitable[None]]], Any]:
    """Register an `async def(runtime, now)` to run on a cron schedule."""

    def register(run: Callable[[Runtime, datetime], Awaitable[None]]) -> Any:
        name = f"{run.__module__.removeprefix('proli.')}.{run.__name__}"  # type: ignore[attr-defined]
        PERIODICS[name] = Periodic(name, cron, run)
        return run

    return register


def listeners(event: type[Event]) -> Sequence[Handler]:
    """The handlers of an event. With none registered at all, the process was started wrong: events would be lost."""
    if not HANDLERS:
        raise RuntimeError("no handlers are loaded: call proli.wiring.load_handlers() first")
    return [handler for handler in HANDLERS.values() if handler.event is event]


async def emit(
    session: BusinessSession, event: Event, *, at: datetime | None = None, after_s: float | None = None
) -> None:
    """Once this transaction commits, every handler of `event` will run, no sooner than `at` and `after_s` from now.

    A handler with a key joins a job of that key that still waits; the earlier of the two times holds.
    """
    handlers = listeners(type(event))
    if handlers:
        await insert_jobs(session, handlers, event, at=at, after_s=after_s)


async def insert_jobs(
    session: BusinessSession,
    handlers: Sequence[Handler],
    event: Event,
    *,
    attempt: int = 0,
    at: datetime | None = None,
    after_s: float | None = None,
) -> None:
    arguments = json.dumps({"event": event.model_dump(mode="json"), "attempt": attempt})
    parameters = {
        "queues": [handler.queue for handler in handlers],
        "tasks": [handler.name for handler in handlers],
        "keys": [f"{handler.name}:{getattr(event, handler.key)}" if handler.key else None for handler in handlers],
        "args": [arguments] * len(handlers),
        "at": at,
        "after_s": after_s,
    }
    await session.execute(INSERT, parameters)


def backoff_s(attempt: int) -> int:
    """How long a job waits before attempt number `attempt`: 1, 2, 4 ... seconds, ten minutes at most."""
    return min(2 ** max(attempt - 1, 0), 600)
