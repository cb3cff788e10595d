"""Which faults pass by themselves: the database was away, or somebody else was in the way."""

from collections.abc import Iterator
from typing import Any, cast

import psycopg
from psycopg_pool import PoolTimeout as NoConnection
from sqlalchemy.exc import DataError, DBAPIError, NotSupportedError, PendingRollbackError, ProgrammingError
from sqlalchemy.exc import TimeoutError as PoolTimeout

NO_ROOM = ("53300", "57P01", "57P02", "57P03", "57P05")
"""Too many connections; shutting down, crashed, starting; a connection that idled too long."""
CONNECTION = "08"
OF_DATABASE = (DBAPIError, psycopg.Error)
OURS = (
    DataError, NotSupportedError, ProgrammingError,
    psycopg.DataError, psycopg.NotSupportedError, psycopg.ProgrammingError,
)  # fmt: skip
"""Of these the program is at fault."""


def is_away(fault: BaseException) -> bool:
    """Whether the database was out of reach: nothing is wrong with what was tried."""
    return any(_says_away(one) for one in _within(fault))


def is_passing(fault: BaseException) -> bool:
    """Whether trying again is all that is needed: the database was away, or somebody else wrote at the same time."""
    return is_away(fault) or any(isinstance(one, OF_DATABASE) and not isinstance(one, OURS) for one in _within(fault))


def _within(fault: BaseException) -> Iterator[BaseException]:
    """The fault and what it was raised from; of a group, those of all of its members."""
    if isinstance(fault, BaseExceptionGroup):
        for one in cast(BaseExceptionGroup[BaseException], fault).exceptions:
            yield from _within(one)
        return
    yield fault
    if fault.__cause__ is not None:
        yield from _within(fault.__cause__)


def _says_away(fault: BaseException) -> bool:
    if isinstance(fault, DBAPIError):
        return fault.connection_invalidated or _lost(fault.orig)
    if isinstance(fault, psycopg.Error):
        return _lost(fault)
    return isinstance(fault, (PoolTimeout, NoConnection, PendingRollbackError))


def _lost(error: Any) -> bool:
    if not isinstance(error, (psycopg.OperationalError, psycopg.InterfaceError)):
        return False
    state = error.sqlstate
    return state is None or state in NO_ROOM or state.startswith(CONNECTION)
