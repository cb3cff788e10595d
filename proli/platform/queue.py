"""Runs jobs: a Procrastinate worker, retries that keep their place, and rescue of what a dead worker left."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Any

import procrastinate
from loguru import logger
from procrastinate.exceptions import ConnectorException
from procrastinate.jobs import DeleteJobCondition
from psycopg import AsyncConnection
from psycopg_pool import AsyncConnectionPool
from sqlalchemy import text

from proli.platform.errors import ProliError
from proli.platform.jobs import HANDLERS, PERIODICS, Handler, Periodic, backoff_s, insert_jobs
from proli.platform.runtime import Runtime

RESCUE = text("""
    WITH stalled AS (
        SELECT job.id FROM procrastinate_jobs AS job
        LEFT JOIN procrastinate_workers AS worker ON worker.id = job.worker_id
        WHERE job.status = 'doing'
          AND (worker.id IS NULL OR worker.last_heartbeat < now() - make_interval(secs => :silence))
        FOR UPDATE OF job SKIP LOCKED),
    taken AS (
        DELETE FROM procrastinate_jobs AS job USING stalled WHERE job.id = stalled.id
        RETURNING job.queue_name, job.task_name, job.priority, job.lock, job.queueing_lock, job.args, job.attempts)
    INSERT INTO procrastinate_jobs (queue_name, task_name, priority, lock, queueing_lock, args, attempts)
    SELECT queue_name, task_name, priority, lock, queueing_lock, args, attempts + 1 FROM taken
    ON CONFLICT (queueing_lock) WHERE status = 'todo' DO UPDATE SET scheduled_at = NULL
    RETURNING id, task_name
""")
"""A stalled job goes back in line under another id: should its worker only have been slow, what that worker says of the
old id at the end touches nobody. With a job of its key that waits already it becomes one, which is due now."""

BRING_FORWARD = text(
    "UPDATE procrastinate_jobs SET scheduled_at = now() WHERE status = 'todo' AND scheduled_at <= :until"
)
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
        for handler in HANDLERS.values():
            self.app.task(name=handler.name, queue=handler.queue)(self._job(handler))
        for periodic in PERIODICS.values():
            task = self.app.task(name=periodic.name, queue="default")(self._tick(periodic))
            self.app.periodic(cron=periodic.cron)(task)

    def _job(self, handler: Handler) -> Any:
        async def run(event: dict[str, Any], attempt: int) -> None:
            await self._run(handler, event, attempt)

        return run

    def _tick(self, periodic: Periodic) -> Any:
        async def run(timestamp: int) -> None:
            await periodic.run(self.runtime, datetime.fromtimestamp(timestamp, UTC))

        return run

    async def _run(self, handler: Handler, payload: dict[str, Any], attempt: int) -> None:
        """A refusal ends the job; a fault is tried again later, and after the last try kept as failed."""
        event = handler.event.model_validate(payload)
        try:
            await handler.handle(self.runtime, event)
        except ProliError as refusal:
            logger.info("{} ended: {} {}", handler.name, refusal.code, refusal)
        except Exception as fault:
            if attempt + 1 >= handler.attempts:
                raise
            logger.opt(exception=fault).warning("{} failed, attempt {}", handler.name, attempt + 1)
            async with self.runtime.db.begin(event.business_id) as session:
                await insert_jobs(session, [handler], event, attempt=attempt + 1, after_s=backoff_s(attempt + 1))

    @asynccontextmanager
    async def open(self) -> AsyncGenerator["Queue"]:
        async with self.app.open_async():
            yield self

    async def work(self) -> None:
        """Run jobs until cancelled; those in flight get 20 seconds to end. A database that goes away is waited for."""
        rescue = asyncio.create_task(self._rescue_forever())
        try:
            while True:
                try:
                    await self._work_once()
                except (ConnectorException, OSError) as error:
                    logger.error("The worker lost the database and starts again: {}", error)
                await asyncio.sleep(RESTART_AFTER_S)
        finally:
            rescue.cancel()

    async def _work_once(self) -> None:
        settings = self.runtime.settings.worker
        async with self.open():
            await self.app.run_worker_async(
                concurrency=settings.concurrency,
                fetch_job_polling_interval=settings.poll_s,
                update_heartbeat_interval=settings.heartbeat_s,
                stalled_worker_timeout=settings.stalled_after_s,
                shutdown_graceful_timeout=20,
                delete_jobs=DeleteJobCondition.SUCCESSFUL,
                install_signal_handlers=False,
            )

    async def drain(self, *, until: datetime | None = None) -> None:
        """Run all jobs that are due, and those they bring about, in this task; for tests and the command line.

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
        """Put the jobs of silent workers back in line; returns how many."""
        silence = self.runtime.settings.worker.stalled_after_s
        async with self.runtime.db.begin_operator() as session:
            rescued = (await session.execute(RESCUE, {"silence": silence})).all()
        for job in rescued:
            logger.warning("Job {} ({}) of a silent worker goes back in line", job.id, job.task_name)
        return len(rescued)

    async def _rescue_forever(self) -> None:
        while True:
            try:
                await self.rescue()
            except Exception:  # noqa: BLE001 - the next round tries again; a worker must outlive a database restart
                logger.exception("Rescue of stalled jobs failed")
            await asyncio.sleep(self.runtime.settings.worker.stalled_after_s / 3)
