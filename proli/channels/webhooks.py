"""How a provider's webhook is answered: with 200 once what it says is committed, and else so that it is said again."""

from collections.abc import Awaitable
from typing import Final

import psycopg
from fastapi.responses import JSONResponse, Response
from loguru import logger
from psycopg_pool import PoolTimeout as NoConnection
from sqlalchemy.exc import InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from proli.platform.errors import ProliError

DATABASE_AWAY: Final = (OperationalError, InterfaceError, PoolTimeout, psycopg.OperationalError, NoConnection, OSError)
OK: Final = b'{"status":"ok"}'


class DatabaseAway(ProliError):
    """What was said could not be stored now and must be said again."""

    status = 503


async def answered(taking: Awaitable[None], *, provider: str) -> Response:
    """The answer once the webhook is taken, or why it is not."""
    try:
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
