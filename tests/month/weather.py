"""When the machine sleeps, and when the provider takes nothing."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Weather:
    """When the machine sleeps, and when the provider takes nothing: from and to."""

    sleeps: Sequence[tuple[datetime, datetime]]
    breaks: Sequence[tuple[datetime, datetime]]

    def awake(self, at: datetime) -> datetime:
        """The moment itself, or when the machine wakes up after it."""
        return next((end for start, end in self.sleeps if start <= at < end), at)
