"""Health, readiness and metrics."""

import hmac
from contextlib import suppress
from typing import ClassVar, Final

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, Response
from loguru import logger
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from prometheus_client.registry import REGISTRY
from sqlalchemy.exc import SQLAlchemyError

from proli.monitoring.metrics import measure
from proli.monitoring.queries import count_live_workers
from proli.platform.errors import ConfigurationError, ProliError
from proli.platform.migrations import DatabaseIsNewer, require_current
from proli.platform.runtime import Runtime
from proli.platform.settings import HttpSettings

router = APIRouter(tags=["monitoring"])
LOOPBACK: Final = frozenset({"127.0.0.1", "::1"})


@router.head("/healthz", include_in_schema=False)
@router.get("/healthz")
async def healthz() -> dict[str, str]:
    """This process answers."""
    return {"status": "ok"}


@router.head("/readyz", include_in_schema=False)
@router.get("/readyz")
async def readyz(request: Request) -> JSONResponse:
    """Whether the installation can do its work: database reachable, migrated, and a worker alive; 503 when not."""
    checks = await check(request.app.state.runtime)
    ready = all(found == "ok" for found in checks.values())
    body = {"status": "ok" if ready else "not ready", "checks": checks}
    return JSONResponse(body, status_code=200 if ready else 503)


async def check(runtime: Runtime) -> dict[str, str]:
    try:
        with suppress(DatabaseIsNewer):  # an update is under way, and this process goes on until it is its turn
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


@router.head("/metrics", include_in_schema=False)
@router.get("/metrics")
async def metrics(request: Request) -> Response:
    """Prometheus text: this process, and the queues, outbox and workers of the whole installation."""
    runtime: Runtime = request.app.state.runtime
    if not may_measure(request, runtime.settings.http):
        raise MetricsRefused
    body = generate_latest(await measure(runtime)) + generate_latest(REGISTRY)
    return Response(body, media_type=CONTENT_TYPE_LATEST)
