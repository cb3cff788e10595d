"""Health, readiness and metrics."""

import hmac
from collections.abc import Iterable
from typing import ClassVar, Final

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, Response
from loguru import logger
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Gauge, generate_latest
from prometheus_client.registry import REGISTRY
from sqlalchemy.exc import SQLAlchemyError

from proli.monitoring.queries import (
    Jobs,
    count_dead_letters,
    count_live_workers,
    count_outbox,
    count_unanswered,
    list_jobs,
)
from proli.platform.errors import ConfigurationError, ProliError
from proli.platform.migrations import require_current
from proli.platform.runtime import Runtime
from proli.platform.settings import HttpSettings
from proli.sweeps.queries import Doing, count_outages, list_doing

router = APIRouter(tags=["monitoring"])
LOOPBACK: Final = frozenset({"127.0.0.1", "::1"})


@router.get("/healthz")
async def healthz() -> dict[str, str]:
    """This process answers."""
    return {"status": "ok"}


@router.get("/readyz")
async def readyz(request: Request) -> JSONResponse:
    """Whether the installation can do its work: database reachable, migrated, and a worker alive; 503 when not."""
    checks = await check(request.app.state.runtime)
    ready = all(found == "ok" for found in checks.values())
    body = {"status": "ok" if ready else "not ready", "checks": checks}
    return JSONResponse(body, status_code=200 if ready else 503)


async def check(runtime: Runtime) -> dict[str, str]:
    try:
        await require_current(runtime.db)
        async with runtime.db.begin_operator() as session:
            workers = await count_live_workers(session, within_s=runtime.settings.worker.stalled_after_s)
    except ConfigurationError as error:
        return {"database": "ok", "migrations": str(error), "worker": "unknown"}
    except (SQLAlchemyError, OSError) as error:
        logger.error("The database does not answer: {}", error)
        return {"database": "does not answer", "migrations": "unknown", "worker": "unknown"}
    return {"database": "ok", "migrations": "ok", "worker": "ok" if workers else "no worker is alive"}


class MetricsRefused(ProliError):
    """The figures are for the operator's machines: with the token, or from this machine while there is none."""

    status: ClassVar[int] = 403


def may_measure(request: Request, http: HttpSettings) -> bool:
    """Whether whoever asks may see the figures.

    A proxy may make everybody look like this machine, so once there is a public address only the token counts.
    """
    if http.metrics_token is not None:
        shown = request.headers.get("authorization", "").encode()
        return hmac.compare_digest(shown, f"Bearer {http.metrics_token.get_secret_value()}".encode())
    return http.public_url is None and request.client is not None and request.client.host in LOOPBACK


@router.get("/metrics")
async def metrics(request: Request) -> Response:
    """Prometheus text: this process, and the queues, outbox and workers of the whole installation."""
    runtime: Runtime = request.app.state.runtime
    if not may_measure(request, runtime.settings.http):
        raise MetricsRefused
    async with runtime.db.begin_operator() as session:
        workers = await count_live_workers(session, within_s=runtime.settings.worker.stalled_after_s)
        registry = gauges(
            workers=workers,
            jobs=await list_jobs(session),
            outbox=await count_outbox(session),
            dead=await count_dead_letters(session),
            unanswered=await count_unanswered(session),
        )
        measure_sweeps(registry, await list_doing(session), await count_outages(session))
    body = generate_latest(registry) + generate_latest(REGISTRY)
    return Response(body, media_type=CONTENT_TYPE_LATEST)


def gauges(
    *, workers: int, jobs: Iterable[Jobs], outbox: dict[str, int], dead: int, unanswered: int
) -> CollectorRegistry:
    registry = CollectorRegistry()
    Gauge("proli_workers", "Workers with a recent heartbeat", registry=registry).set(workers)
    Gauge("proli_dead_letters", "Messages that will not be sent by themselves", registry=registry).set(dead)
    Gauge("proli_unanswered_messages", "Customers' messages without an answer", registry=registry).set(unanswered)
    waiting = Gauge("proli_outbox_messages", "Messages on their way out", ["delivery"], registry=registry)
    count = Gauge("proli_jobs", "Jobs by queue and status", ["queue", "status"], registry=registry)
    late = Gauge("proli_job_lag_seconds", "How long the oldest due job waits", ["queue"], registry=registry)
    for delivery, number in outbox.items():
        waiting.labels(delivery).set(number)
    for job in jobs:
        count.labels(job.queue, job.status).set(job.count)
        if job.status == "todo":
            late.labels(job.queue).set(max(job.oldest_s, 0))
    return registry


def measure_sweeps(registry: CollectorRegistry, sweeps: Iterable[Doing], outages: dict[str, int]) -> None:
    """What the sweeps have done, and what is out of order, stand beside the other figures."""
    down = Gauge("proli_outages", "Numbers and models that do not work", ["kind"], registry=registry)
    last = Gauge("proli_sweep_last_run_seconds", "When the sweep last ran to its end", ["sweep"], registry=registry)
    took = Gauge("proli_sweep_took_seconds", "The longest of the last runs", ["sweep"], registry=registry)
    found = Gauge("proli_sweep_found", "Rows that the sweep has found, ever", ["sweep"], registry=registry)
    failed = Gauge("proli_sweep_failed", "Rows that it could not see to, ever", ["sweep"], registry=registry)
    for kind, count in outages.items():
        down.labels(kind).set(count)
    for one in sweeps:
        last.labels(one.sweep).set(one.last_at.timestamp() if one.last_at else 0)
        took.labels(one.sweep).set(one.took_ms / 1000)
        found.labels(one.sweep).set(one.found_ever)
        failed.labels(one.sweep).set(one.failed_ever)
