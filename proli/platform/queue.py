"""Runs jobs: a Procrastinate worker, retries that keep their place, and rescue of what a dead worker left."""

import asyncio
from collections.abc import AsyncGenerator, Mapping
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Any

import procrastinate
from loguru import logger
from opentelemetry.trace import SpanKind
from procrastinate.exceptions import ConnectorException
from procrastinate.job_context import JobContext
from procrastinate.jobs import DeleteJobCondition
from psycopg import AsyncConnection
from psycopg_pool import AsyncConnectionPool
from sqlalchemy import text

from proli.platform.db import BusinessSession
from proli.platform.errors import ProliError
from proli.platform.faults import is_away
from proli.platform.jobs import (
    ALONE,
    BLAME,
    HANDLERS,
    MOST_BLAME,
    PERIODICS,
    Event,
    Handler,
    Periodic,
    Setbacks,
    backoff_s,
    ids_of,
    insert_jobs,
    wake_on_dead,
)
from proli.platform.runtime import Runtime
from proli.platform.tracing import span

RESCUE = text(f"""
    WITH stalled AS (
        SELECT job.id, job.status = 'doing' AS silent FROM procrastinate_jobs AS job
        LEFT JOIN procrastinate_workers AS worker ON worker.id = job.worker_id
        WHERE job.status = 'aborted' OR job.status = 'doing'
          AND (worker.id IS NULL OR worker.last_heartbeat < now() - make_interval(secs => :silence))
        FOR UPDATE OF job SKIP LOCKED),
    taken AS (
        DELETE FROM procrastinate_jobs AS job USING stalled WHERE job.id = stalled.id
        RETURNING coalesce(job.queueing_lock, 'job ' || job.id) AS one, job.queue_name, job.task_name, job.priority,
                  job.lock, job.queueing_lock, job.args, job.attempts AS before, job.worker_id, stalled.silent),
    blamed AS (
        SELECT *, before + CASE WHEN silent THEN
            {BLAME} * ({ALONE} / least(count(*) OVER (PARTITION BY worker_id, silent), {ALONE})) ELSE 0 END AS attempts
        FROM taken),
    again AS (
        INSERT INTO procrastinate_jobs
            (queue_name, task_name, priority, lock, queueing_lock, args, attempts, scheduled_at)
        SELECT queue_name, task_name, priority, lock, queueing_lock, args, attempts,
               CASE WHEN before >= {BLAME}
                    THEN now() + (row_number() OVER (ORDER BY random()) - 1) * interval '0.5 s' END
        FROM (SELECT DISTINCT ON (one) * FROM blamed WHERE attempts < :dead ORDER BY one, attempts DESC) AS each_once
        ON CONFLICT (queueing_lock) WHERE status = 'todo' DO UPDATE
        SET scheduled_at = excluded.scheduled_at, attempts = greatest(procrastinate_jobs.attempts, excluded.attempts)
        RETURNING id, task_name, args, false AS dead),
    buried AS (
        INSERT INTO procrastinate_jobs (queue_name, task_name, priority, lock, queueing_lock, args, attempts, status)
        SELECT queue_name, task_name, priority, lock, queueing_lock, args, attempts,
               CAST('failed' AS procrastinate_job_status)
        FROM blamed WHERE attempts >= :dead
        RETURNING id, task_name, args, true AS dead, queueing_lock),
    dated AS (INSERT INTO procrastinate_events (job_id, type) SELECT id, 'failed' FROM buried),
    later AS (
        UPDATE procrastinate_jobs AS job SET scheduled_at = now() + interval '5 s' FROM buried
        WHERE job.status = 'todo' AND job.queueing_lock = buried.queueing_lock)
    SELECT id, task_name, args, dead FROM again UNION ALL SELECT id, task_name, args, dead FROM buried
""")  # noqa: S608 - numbers of ours
"""A stalled job goes back in line under another id: should its worker only have been slow, what that worker says of the
old id at the end touches nobody. With a job of its key that waits already it becomes one, which is due now.

A job that is there when a worker dies may have killed it, the more likely the fewer were there. Those that were there
before go back one after another, so that the guilty one is soon alone; with enough blame it is kept as failed, and what
waits under its key waits a little, for whoever sees to the dead. A job that a worker which was told to stop did not
finish has killed nobody.
"""

BRING_FORWARD = text(
    "UPDATE procrastinate_jobs SET scheduled_at = now() WHERE status = 'todo' AND scheduled_at <= :until"
)
STILL_ALIVE = text("""
    UPDATE procrastinate_workers SET last_heartbeat = now()
    WHERE id IN (SELECT worker_id FROM procrastinate_jobs WHERE id = ANY(:ids))
""")
RESTART_AFTER_S = 1
DUE = text(
    "SELECT EXISTS (SELECT FROM procrastinate_jobs WHERE status = 'todo' AND coalesce(scheduled_at, now()) <= now())"
)


def lean_pool(**settings: Any) -> AsyncConnectionPool:
    """A pool for single statements: no transaction around each, no question beforehand whether the database is there.

    A broken connection fails the worker's run, and `work` starts the next one.
    """
    lean: dict[str, Any] = settings | {"check": None, "configure": set_autocommit}
    return AsyncConnectionPool(**lean)


async def set_autocommit(connection: AsyncConnection[Any]) -> None:
    await connection.set_autocommit(True)


async def bring_forward(runtime: Runtime, *, until: datetime) -> None:
    """Jobs that come due by `until`, an instant of the runtime's clock, are due now."""
    async with runtime.db.begin_operator() as session:
        await session.execute(BRING_FORWARD, {"until": until})


class Queue:
    """The job queue of one process: its worker and its upkeep."""

    def __init__(self, runtime: Runtime) -> None:
        self.runtime = runtime
        connector = procrastinate.PsycopgConnector(
            conninfo=runtime.db.conninfo, min_size=1, max_size=6, pool_factory=lean_pool
        )
        self.app = procrastinate.App(connector=connector)
        self._running: set[int] = set()
        for handler in HANDLERS.values():
            self.app.task(name=handler.name, queue=handler.queue, pass_context=True)(self._job(handler))
        self._ticks = [
            (periodic.cron, self.app.task(name=periodic.name, queue="default")(self._tick(periodic)))
            for periodic in PERIODICS.values()
        ]

    def _job(self, handler: Handler) -> Any:
        async def run(
            context: JobContext, event: dict[str, Any], trace: Mapping[str, str] | None = None, **_: Any
        ) -> None:
            assert context.job.id is not None
            self._running.add(context.job.id)
            try:
                with span(f"job {handler.name}", kind=SpanKind.CONSUMER, carried=trace, about=ids_of(event)):
                    await self._run(handler, event, Setbacks.of(context.job.attempts))
            finally:
                self._running.discard(context.job.id)

        return run

    def _tick(self, periodic: Periodic) -> Any:
        async def run(timestamp: int) -> None:
            await periodic.run(self.runtime, datetime.fromtimestamp(timestamp, UTC))

        return run

    async def _run(self, handler: Handler, payload: dict[str, Any], so_far: Setbacks) -> None:
        """A refusal ends the job; a fault is tried again later, and after the last try kept as failed.

        That the database was away is no try.
        """
        event = handler.event.model_validate(payload)
        try:
            await handler.handle(self.runtime, event)
        except ProliError as refusal:
            logger.info("{} ended: {} {}", handler.name, refusal.code, refusal)
        except Exception as fault:
            setbacks = so_far.with_away() if is_away(fault) else so_far.with_fault()
            logger.opt(exception=fault).warning("{} failed: {}", handler.name, setbacks)
            await self._insist(handler, event, setbacks)
            if setbacks.faults >= handler.attempts:
                raise

    async def _insist(self, handler: Handler, event: Event, setbacks: Setbacks) -> None:
        """The job is in line again, or mourned, however long the database stays away: it would be lost otherwise."""

        async def write(session: BusinessSession) -> None:
            if setbacks.faults >= handler.attempts:
                await wake_on_dead(session, handler, event)
            else:
                wait_s = backoff_s(setbacks.faults or 1)
                await insert_jobs(session, [handler], event, setbacks=setbacks, after_s=wait_s)

        while True:
            try:
                async with self.runtime.db.begin(event.business_id) as session:
                    await write(session)
            except Exception as error:
                if not is_away(error):
                    raise
                await asyncio.sleep(RESTART_AFTER_S)
            else:
                return

    @asynccontextmanager
    async def open(self) -> AsyncGenerator["Queue"]:
        async with self.app.open_async():
            yield self

    async def work(self) -> None:
        """Run jobs until cancelled. A database that goes away is waited for.

        Once cancelled no job begins any more. Those in flight get `grace_s` to end, and are back in line after it.
        """
        while self._ticks:
            cron, task = self._ticks.pop()
            self.app.periodic(cron=cron)(task)
        rescue = asyncio.create_task(self._rescue_forever())
        life = asyncio.create_task(self._stay_alive_while_stopping(asyncio.current_task()))
        try:
            while True:
                try:
                    await self._work_once()
                except Exception as error:
                    if not (isinstance(error, (ConnectorException, OSError)) or is_away(error)):
                        raise
                    logger.error("The worker lost the database and starts again: {}", error)
                await asyncio.sleep(RESTART_AFTER_S)
        finally:
            rescue.cancel()
            life.cancel()
            await self._hand_back()

    async def _hand_back(self) -> None:
        """What did not end in time is in line again; with the database away it waits for another worker's rescue."""
        try:
            await self.rescue()
        except Exception as error:
            if not is_away(error):
                raise
            logger.warning("What did not end in time is left to others: {}", error)

    async def _stay_alive_while_stopping(self, working: asyncio.Task[Any] | None) -> None:
        """A worker that stops gives no sign of life of its own any more; others would take what it is still about."""
        while True:
            await asyncio.sleep(self.runtime.settings.worker.heartbeat_s)
            if working is not None and working.cancelling() and self._running:
                async with self.runtime.db.begin_operator() as session:
                    await session.execute(STILL_ALIVE, {"ids": sorted(self._running)})

    async def _work_once(self) -> None:
        settings = self.runtime.settings.worker
        async with self.open():
            await self.app.run_worker_async(
                concurrency=settings.concurrency,
                fetch_job_polling_interval=settings.poll_s,
                update_heartbeat_interval=settings.heartbeat_s,
                stalled_worker_timeout=settings.stalled_after_s,
                shutdown_graceful_timeout=settings.grace_s,
                delete_jobs=DeleteJobCondition.SUCCESSFUL,
                install_signal_handlers=False,
            )

    async def drain(self, *, until: datetime | None = None) -> None:
        """Run all jobs that are due, and those they bring about, in this task; for tests and the command line.

        No periodic work begins: that goes by the machine's clock, and would fall into the midst of it now and then.

        `until` is an instant of the runtime's clock up to which scheduled jobs are due as well.
        """
        async with self.open():
            while await self._due(until):
                await self.app.run_worker_async(
                    wait=False,
                    concurrency=self.runtime.settings.worker.concurrency,
                    listen_notify=False,
                    install_signal_handlers=False,
                    delete_jobs=DeleteJobCondition.SUCCESSFUL,
                )

    async def _due(self, until: datetime | None) -> bool:
        if until is not None:
            await bring_forward(self.runtime, until=until)
        async with self.runtime.db.begin_operator() as session:
            return bool((await session.execute(DUE)).scalar())

    async def rescue(self) -> int:
        """Put the jobs of silent workers back in line, and bury those that killed too many; returns how many."""
        limits = {"silence": self.runtime.settings.worker.stalled_after_s, "dead": MOST_BLAME * BLAME}
        async with self.runtime.db.begin_operator() as session:
            rescued = (await session.execute(RESCUE, limits)).all()
            for job in rescued:
                handler = HANDLERS.get(job.task_name)
                if job.dead and handler is not None:
                    await wake_on_dead(session, handler, handler.event.model_validate(job.args["event"]))
        for job in rescued:
            if job.dead:
                logger.error("Job {} ({}) has killed too many workers and is set aside", job.id, job.task_name)
            else:
                logger.warning("Job {} ({}) of a silent worker goes back in line", job.id, job.task_name)
        return len(rescued)

    async def _rescue_forever(self) -> None:
        while True:
            try:
                await self.rescue()
            except Exception:  # noqa: BLE001 - the next round tries again; a worker must outlive a database restart
                logger.exception("Rescue of stalled jobs failed")
            await asyncio.sleep(self.runtime.settings.worker.stalled_after_s / 3)
