"""Periods of whole days, and cells that no spreadsheet takes for formulas."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from proli.reports.errors import BadPeriod
from proli.scheduling.wall import opens_at

MOST_DAYS: Final = 400
FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True)
class Period:
    """Days of the business's calendar, the first and the last included."""

    first: date
    last: date
    zone: ZoneInfo

    @property
    def start(self) -> datetime:
        return opens_at(self.first, 0, self.zone)

    @property
    def end(self) -> datetime:
        """The moment from which on it is over."""
        return opens_at(self.last + timedelta(days=1), 0, self.zone)

    @property
    def days(self) -> list[date]:
        return [self.first + timedelta(days=number) for number in range((self.last - self.first).days + 1)]

    @property
    def former(self) -> "Period":
        """As many days right before it."""
        before = self.first - timedelta(days=1)
        return Period(before - (self.last - self.first), before, self.zone)


def period_of(first: date | None, last: date | None, *, zone: ZoneInfo, now: datetime) -> Period:
    """The days asked for; without them the thirty that end today.

    Raises:
        BadPeriod: backwards or too long.
    """
    last = last or now.astimezone(zone).date()
    if not all(2000 <= day.year <= 2200 for day in (first, last) if day is not None):
        raise BadPeriod(reason="out_of_time")
    first = first or last - timedelta(days=29)
    if first > last:
        raise BadPeriod(reason="backwards")
    if (last - first).days >= MOST_DAYS:
        raise BadPeriod(reason="too_long", most=MOST_DAYS)
    return Period(first, last, zone)


def plain(cell: object) -> object:
    """The cell as a spreadsheet shows it and does not run it."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA) else cell
