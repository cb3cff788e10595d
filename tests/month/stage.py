"""Three workers on one database that all go by one clock: that of the game, in the program and in PostgreSQL alike."""

import asyncio
from collections.abc import AsyncGenerator, Iterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import cycle

import psycopg
from procrastinate.jobs import DeleteJobCondition
from psycopg import sql

from proli.platform.db import Database
from proli.platform.queue import Queue
from proli.platform.runtime import Runtime
from proli.sweeps.running import run_due
from tests.conftest import ManualClock

WORKERS = 3
CLOCK = """
    CREATE SCHEMA game;
    CREATE TABLE game.clock (at timestamptz NOT NULL);
    CREATE FUNCTION game.now() RETURNS timestamptz LANGUAGE sql STABLE AS 'SELECT at FROM game.clock';
    CREATE TABLE game.visits (n bigint GENERATED ALWAYS AS IDENTITY, at timestamptz DEFAULT game.now(), booking jsonb);
    CREATE TABLE game.days_off (n bigint GENERATED ALWAYS AS IDENTITY, at timestamptz DEFAULT game.now(),
        professional_id bigint, exceptions jsonb);
    CREATE TABLE game.runs (n bigint GENERATED ALWAYS AS IDENTITY, business_id bigint, sweep text,
        began_at timestamptz);
    CREATE FUNCTION game.note_visit() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
        BEGIN INSERT INTO game.visits (booking) VALUES (to_jsonb(NEW)); RETURN NULL; END $$;
    CREATE FUNCTION game.note_day_off() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
        BEGIN INSERT INTO game.days_off (professional_id, exceptions) VALUES (NEW.id, NEW.exceptions);
        RETURN NULL; END $$;
    CREATE FUNCTION game.note_run() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
        BEGIN INSERT INTO game.runs (business_id, sweep, began_at)
        VALUES (NEW.business_id, NEW.sweep, NEW.began_at);
        RETURN NULL; END $$;
    CREATE TRIGGER game_visits AFTER INSERT OR UPDATE ON public.bookings
        FOR EACH ROW EXECUTE FUNCTION game.note_visit();
    CREATE TRIGGER game_days_off AFTER UPDATE OF exceptions ON public.professionals
        FOR EACH ROW EXECUTE FUNCTION game.note_day_off();
    CREATE TRIGGER game_runs AFTER UPDATE OF began_at ON public.sweep_runs
        FOR EACH ROW EXECUTE FUNCTION game.note_run();
    GRANT USAGE ON SCHEMA game TO PUBLIC;
    GRANT SELECT ON game.clock TO PUBLIC;
"""
DEFAULTS = """
    SELECT table_name, column_name FROM information_schema.columns
    WHERE table_schema = 'public' AND lower(column_default) = 'now()'
"""
NEXT = """
    SELECT min(coalesce(scheduled_at, '1970-01-01')), count(*) FILTER (WHERE coalesce(scheduled_at, now()) <= now())
    FROM procrastinate_jobs WHERE status = 'todo'
"""


def set_the_stage(url: str, at: datetime) -> None:
    """`now()` is the clock of the game in every statement, function and column of the database; what becomes of visits,
    days off and sweeps is written down by triggers."""
    plain = url.replace("postgresql+psycopg", "postgresql")
    with psycopg.connect(plain, autocommit=True) as connection:
        connection.execute(CLOCK)
        connection.execute("INSERT INTO game.clock VALUES (%s)", (at,))
        for table, column in connection.execute(DEFAULTS).fetchall():
            connection.execute(
                sql.SQL("ALTER TABLE {} ALTER COLUMN {} SET DEFAULT game.now()").format(
                    sql.Identifier(table), sql.Identifier(column)
                )
            )
        name = connection.info.dbname
        connection.execute(
            sql.SQL("ALTER DATABASE {} SET search_path = game, pg_catalog, public").format(sql.Identifier(name))
        )


@dataclass
class Stage:
    """The workers, and the one clock by which all of them, the database and the provider go."""

    workers: Sequence[Runtime]
    queues: Sequence[Queue]
    clock: ManualClock
    watcher: psycopg.AsyncConnection
    turns: Iterator[Queue]

    async def move_to(self, at: datetime) -> None:
        assert at >= self.clock.at, "time goes on"
        self.clock.at = at
        await self.watcher.execute("UPDATE game.clock SET at = %s", (at,))

    async def look(self) -> tuple[datetime | None, int]:
        """When the next job is due, an instant in the past for one that is due now, and how many are."""
        found = await (await self.watcher.execute(NEXT.encode())).fetchone()
        assert found is not None
        return found[0], found[1]

    async def work(self, until: datetime) -> None:
        """All jobs that come due up to the moment are done, each at its own; several that are due, by all workers."""
        while True:
            due, many = await self.look()
            if due is None or due > until:
                break
            if not many:
                await self.move_to(due)
            elif many == 1:
                await run_jobs(next(self.turns))
            else:
                await asyncio.gather(*(run_jobs(queue) for queue in self.queues))
        await self.move_to(until)

    async def tick(self) -> None:
        """Every worker looks which sweeps are due, all at once."""
        await asyncio.gather(*(run_due(worker) for worker in self.workers))


async def run_jobs(queue: Queue) -> None:
    """A worker runs what is due, and ends when nothing is."""
    await queue.app.run_worker_async(
        wait=False,
        concurrency=queue.runtime.settings.worker.concurrency,
        listen_notify=False,
        install_signal_handlers=False,
        delete_jobs=DeleteJobCondition.SUCCESSFUL,
    )


@asynccontextmanager
async def on_stage(runtime: Runtime, clock: ManualClock, at: datetime) -> AsyncGenerator[Stage]:
    set_the_stage(runtime.db.url, at)
    clock.at = at
    databases = [Database(runtime.db.url, pool_size=10) for _ in range(WORKERS)]
    workers = [replace(runtime, db=db) for db in databases]
    plain = runtime.db.url.replace("postgresql+psycopg", "postgresql")
    try:
        async with AsyncExitStack() as stack:
            watcher = await stack.enter_async_context(await psycopg.AsyncConnection.connect(plain, autocommit=True))
            queues = [Queue(one) for one in workers]
            for queue in queues:
                await stack.enter_async_context(queue.open())
            yield Stage(workers, queues, clock, watcher, cycle(queues))
    finally:
        for db in databases:
            await db.close()
