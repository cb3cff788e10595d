"""The connections to PostgreSQL, and the address that its driver reads."""

from typing import Any

from psycopg.pq import TransactionStatus
from sqlalchemy import event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.pool import PoolResetState

from proli.platform.errors import ConfigurationError

BAD_URL = "PROLI_DATABASE_URL is not usable: it looks like postgresql://user:password@host:5432/proli."


def make_engine(url: str, pool_size: int) -> AsyncEngine:
    engine = create_async_engine(
        url,
        pool_size=pool_size,
        max_overflow=0,
        pool_timeout=30,
        pool_use_lifo=True,  # few connections with everything at hand rather than many that begin anew
        pool_reset_on_return=None,  # `leave_clean` does
        hide_parameters=True,  # a fault must not tell what customers wrote
        isolation_level="AUTOCOMMIT",  # transactions are begun by `begin`, whose BEGIN carries the business
    )
    event.listen(engine.sync_engine, "reset", leave_clean)
    return engine


def leave_clean(connection: Any, _: Any, state: PoolResetState) -> None:
    """A connection that comes back has nothing open; one whose transaction has ended is not asked for it again."""
    if not state.terminate_only and connection.info.transaction_status != TransactionStatus.IDLE:
        connection.rollback()


def driver_url(url: str | URL) -> str:
    try:
        parsed = make_url(url)
    except ArgumentError as error:
        raise ConfigurationError(BAD_URL) from error
    if parsed.get_backend_name() not in {"postgresql", "postgres"}:
        raise ConfigurationError(BAD_URL)
    return parsed.set(drivername="postgresql+psycopg").render_as_string(hide_password=False)
