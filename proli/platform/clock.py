"""The only place that knows what time it is."""

from datetime import UTC, datetime, timedelta
from typing import Protocol


class Clock(Protocol):
    def now(self) -> datetime:
        """The present instant, aware, in UTC."""
        ...


class SystemClock:
    def now(self) -> datetime:
        return datetime.now(UTC)


class TravellingClock:
    """The clock of a demonstration: the system's, put forward at will and never back."""

    def __init__(self) -> None:
        self.ahead = timedelta()

    def now(self) -> datetime:
        return datetime.now(UTC) + self.ahead

    def travel(self, by: timedelta) -> None:
        if by < timedelta():
            raise ValueError("a clock cannot be put back: what is due is done")
        self.ahead += by
