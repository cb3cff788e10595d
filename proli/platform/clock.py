"""The only place that knows what time it is."""

import time
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from typing import Final, Protocol

PRECISE_S: Final = 1.0
"""A look at another's clock that takes longer says too little."""


class Clock(Protocol):
    def now(self) -> datetime:
        """The present instant, aware, in UTC."""
        ...


class SystemClock:
    def now(self) -> datetime:
        return datetime.fromtimestamp(time.time(), UTC)


class SharedClock:
    """The database's time, which all processes of an installation have in common.

    Between two looks at it goes on a clock that nobody sets, and that a machine which sleeps does not stop where it can
    be had. So a machine whose own time is wrong, or jumps, makes nobody wait and nothing happen too early.
    """

    def __init__(self) -> None:
        self._ahead: float | None = None

    def now(self) -> datetime:
        """Before the first look, the machine's own time."""
        if self._ahead is None:
            return SystemClock().now()
        return datetime.fromtimestamp(elapsed() + self._ahead, UTC)

    async def look(self, read: Callable[[], Awaitable[datetime]]) -> None:
        """From now on it goes by what `read` has told, unless that took too long to be worth more than what it had."""
        begun = elapsed()
        told = await read()
        took = elapsed() - begun
        if self._ahead is None or took < PRECISE_S:
            self._ahead = told.timestamp() - begun - took / 2


def elapsed() -> float:
    """Seconds since some moment, whatever becomes of the machine's time."""
    boot = getattr(time, "CLOCK_BOOTTIME", None)
    return time.monotonic() if boot is None else time.clock_gettime(boot)


class TravellingClock:
    """The clock of a demonstration: the system's, put forward at will and never back."""

    def __init__(self) -> None:
        self.ahead = timedelta()

    def now(self) -> datetime:
        return SystemClock().now() + self.ahead

    def travel(self, by: timedelta) -> None:
        if by < timedelta():
            raise ValueError("a clock cannot be put back: what is due is done")
        self.ahead += by
