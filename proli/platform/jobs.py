"""Events and the handlers they wake: rows of the job table, written in the transaction of the fact.

A job row is inserted into Procrastinate's table directly rather than through its deferrer: a second job for a key that
already waits must join the first one instead of aborting the transaction, and all handlers take one statement.
"""

import json
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final

from pydantic import BaseModel, ConfigDict
from sqlalchemy import text

from proli.platform.db import BusinessSession
from proli.platform.runtime import Runtime
from proli.platform.tracing import carrier


class Event(BaseModel):
    """A fact of one business, or a moment of its that comes due. It names rows by their ids; beside them it holds only
    what no row keeps, such as the hour that was told before."""

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
    buries: str | None = None
    """The handler whose jobs it takes over when they are dead; None for those that events wake."""


@dataclass(frozen=True)
class Periodic:
    """What runs on a cron schedule, once per tick however many workers there are."""

    name: str
    cron: str
    run: Callable[[Runtime, datetime], Awaitable[None]]


class JobDied(Event):
    """A job will not be tried again, and its task has nobody who sees to that: people should know."""

    task: str
    about: dict[str, int] = {}
    """The ids that its own event named, as `booking_id`."""


HANDLERS: dict[str, Handler] = {}
PERIODICS: dict[str, Periodic] = {}

BLAME, FAULT = 10_000, 100


@dataclass(frozen=True, slots=True)
class Setbacks:
    """What has befallen a job. It is kept in one number beside the job (`attempts`), which others may forgive without
    reading what the job is about."""

    blame: int = 0
    """For workers that died or fell silent while they ran it: ALONE for each, less where other jobs ran there too."""
    faults: int = 0
    away: int = 0
    """How often the database was away in the midst of it."""

    @classmethod
    def of(cls, number: int) -> "Setbacks":
        blame, rest = divmod(number, BLAME)
        return cls(blame, *divmod(rest, FAULT))

    @property
    def number(self) -> int:
        return self.blame * BLAME + self.faults * FAULT + self.away

    def with_fault(self) -> "Setbacks":
        return replace(self, faults=min(self.faults + 1, BLAME // FAULT - 1))

    def with_away(self) -> "Setbacks":
        """That the database was away is no try; unless it is always away for this job alone."""
        return replace(self, away=self.away + 1) if self.away < MOST_AWAY else self.with_fault()


FIRST_TRY: Final = Setbacks()
ALONE: Final = 4
MOST_BLAME: Final = 3 * ALONE
MOST_AWAY: Final = 60

INSERT = """
    INSERT INTO procrastinate_jobs (queue_name, task_name, lock, queueing_lock, args, attempts, scheduled_at)
    SELECT queue, task, key, key, CAST(args AS jsonb), CAST(:setbacks AS int),
           greatest(CAST(:at AS timestamptz), now() + make_interval(secs => CAST(:after_s AS float)))
    FROM unnest(CAST(:queues AS text[]), CAST(:tasks AS text[]), CAST(:keys AS text[]), CAST(:args AS text[]))
        AS job (queue, task, key, args)
    {condition}
    ON CONFLICT (queueing_lock) WHERE status = 'todo'
    DO UPDATE SET scheduled_at = CASE
        WHEN procrastinate_jobs.scheduled_at IS NULL OR excluded.scheduled_at IS NULL THEN NULL
        ELSE least(procrastinate_jobs.scheduled_at, excluded.scheduled_at) END
""".rstrip()
FORGIVEN = f"procrastinate_jobs.attempts - procrastinate_jobs.attempts % {BLAME}"
"""What a waiting job has against it once a new fact joins it: the workers it has killed, and no more."""
INSERT_AGAIN = text(INSERT.format(condition=""))
FRESH: Final = f"{INSERT}, attempts = {FORGIVEN}"
"""Fresh jobs as a part of a longer statement, which says on what `condition` they come to be; see `rows_of`."""
INSERT_FRESH = text(FRESH.format(condition=""))


def on[E: Event](
    event: type[E], *, queue: str = "default", key: str | None = None, attempts: int = 8
) -> Callable[[Handle[E]], Handle[E]]:
    """Register an `async def(runtime, event)` to run, at least once, after a transaction that emitted `event`."""

    def register(handle: Handle[E]) -> Handle[E]:
        name = name_of(handle)
        HANDLERS[name] = Handler(name, event, handle, queue, key, attempts)
        return handle

    return register


def on_dead[E: Event](dying: Handle[E]) -> Callable[[Handle[E]], Handle[E]]:
    """Register what runs, with the same event, once a job of the handler `dying` will not be tried again.

    That is after its last try, or when it has killed too many workers. Without one, `JobDied` tells of it.
    """
    dead = HANDLERS[name_of(dying)]

    def register(handle: Handle[E]) -> Handle[E]:
        name = name_of(handle)
        HANDLERS[name] = Handler(name, dead.event, handle, dead.queue, dead.key, attempts=8, buries=dead.name)
        return handle

    return register


def name_of(handle: Handle[Any]) -> str:
    return f"{handle.__module__.removeprefix('proli.')}.{handle.__name__}"  # type: ignore[attr-defined]


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
    return [handler for handler in HANDLERS.values() if handler.event is event and handler.buries is None]


def ids_of(event: Mapping[str, Any]) -> dict[str, int]:
    """The rows that an event names."""
    return {name: one for name, one in event.items() if name.endswith("_id") and isinstance(one, int)}


async def wake_on_dead(session: BusinessSession, dead: Handler, event: Event) -> None:
    """Once this transaction commits, whoever sees to the dead jobs of the handler will."""
    undertakers = [handler for handler in HANDLERS.values() if handler.buries == dead.name]
    if undertakers:
        await insert_jobs(session, undertakers, event)
    elif not isinstance(event, JobDied):
        about = ids_of(event.model_dump(mode="json", exclude={"business_id"}))
        await emit(session, JobDied(business_id=event.business_id, task=dead.name, about=about))


async def emit(
    session: BusinessSession, event: Event, *, at: datetime | None = None, after_s: float | None = None
) -> None:
    """Once this transaction commits, every handler of `event` will run, no sooner than `at` and `after_s` from now.

    A handler with a key joins a job of that key that still waits; the earlier of the two times holds, and the job has
    all its tries ahead.
    """
    handlers = listeners(type(event))
    if handlers:
        await insert_jobs(session, handlers, event, at=at, after_s=after_s)


async def insert_jobs(
    session: BusinessSession,
    handlers: Sequence[Handler],
    event: Event,
    *,
    setbacks: Setbacks | None = None,
    at: datetime | None = None,
    after_s: float | None = None,
) -> None:
    """A job for each handler: a fresh one, or with `setbacks` one that is tried again."""
    rows = rows_of([(handler, event) for handler in handlers], setbacks or FIRST_TRY)
    await session.execute(INSERT_FRESH if setbacks is None else INSERT_AGAIN, rows | {"at": at, "after_s": after_s})


def rows_of(jobs: Sequence[tuple[Handler, Event]], so_far: Setbacks = FIRST_TRY) -> dict[str, Any]:
    """The jobs as the parameters of their insertion: due at once, unless they are given another time."""
    trace = carrier()

    def arguments(event: Event) -> str:
        return json.dumps({"event": event.model_dump(mode="json"), "attempt": so_far.faults, "trace": trace})

    return {
        "queues": [handler.queue for handler, _ in jobs],
        "tasks": [handler.name for handler, _ in jobs],
        "keys": [f"{one.name}:{getattr(event, one.key)}" if one.key else None for one, event in jobs],
        "args": [arguments(event) for _, event in jobs],
        "setbacks": so_far.number,
        "at": None,
        "after_s": None,
    }


def wakes(*events: Event) -> dict[str, Any]:
    """What is woken by the events, as the parameters of FRESH."""
    return rows_of([(handler, event) for event in events for handler in listeners(type(event))])


def backoff_s(attempt: int) -> int:
    """How long a job waits before attempt number `attempt`: 1, 2, 4 ... seconds, ten minutes at most."""
    return min(2 ** max(attempt - 1, 0), 600)
