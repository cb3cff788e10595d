"""How a webhook is read and answered: with 200 once what it says is committed, else so that it comes again."""

import json
from collections.abc import Awaitable
from typing import Any, Final, NoReturn, cast

import psycopg
from fastapi.responses import JSONResponse, Response
from loguru import logger
from opentelemetry.trace import SpanKind
from psycopg_pool import PoolTimeout as NoConnection
from sqlalchemy.exc import InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from proli.platform.body import BodyUnreadable
from proli.platform.errors import ProliError
from proli.platform.tracing import span

DATABASE_AWAY: Final = (OperationalError, InterfaceError, PoolTimeout, psycopg.OperationalError, NoConnection, OSError)
OK: Final = b'{"status":"ok"}'


class DatabaseAway(ProliError):
    """What was said could not be stored now and must be said again."""

    status = 503


async def answered(taking: Awaitable[object], *, provider: str) -> Response:
    """The answer once the webhook is taken, or why it is not."""
    try:
        with span(f"webhook {provider}", kind=SpanKind.SERVER):
            await taking
    except DATABASE_AWAY as error:
        logger.error("{} webhook not stored, the database is away: {}", provider, type(error).__name__)
        return problem(DatabaseAway())
    except ProliError as refusal:
        logger.warning("{} webhook refused: {} {}", provider, refusal.code, refusal)
        return problem(refusal)
    return Response(OK, media_type="application/json")


def problem(refusal: ProliError) -> Response:
    body = {"code": refusal.code, "detail": str(refusal)}
    return JSONResponse(body, status_code=refusal.status, media_type="application/problem+json")


def parse_object(body: bytes) -> dict[str, Any]:
    """The object in the body.

    Raises:
        BodyUnreadable: not JSON, nested too deep, numbers too long, or not an object.
    """
    try:
        payload: object = json.loads(body, parse_constant=refuse_constant)
    except (ValueError, RecursionError) as error:
        raise BodyUnreadable(reason="not JSON") from error
    if not isinstance(payload, dict):
        raise BodyUnreadable(reason="not an object")
    return cast(dict[str, Any], payload)


def refuse_constant(name: str) -> NoReturn:
    """Python reads NaN and Infinity, which JSON does not have."""
    raise ValueError(name)
