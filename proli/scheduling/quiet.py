"""Quiet hours: the part of each day in which nobody is written to."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from proli.scheduling.wall import MINUTES_PER_DAY, closes_at, date_of, opens_at, utc


def in_quiet_hours(now: datetime, *, zone: ZoneInfo, start_minute: int, end_minute: int) -> bool:
    """Tell whether `now` is in the daily quiet hours, which wrap midnight when they end before they start.

    Equal minutes mean no quiet hours; 0 to 1440 means always.
    """
    return _quiet(utc(now), zone, start_minute, end_minute) is not None


def quiet_until(now: datetime, *, zone: ZoneInfo, start_minute: int, end_minute: int) -> datetime:
    """Return the end, in UTC, of the quiet hours `now` is in, else `now`."""
    found = _quiet(utc(now), zone, start_minute, end_minute)
    return found[1] if found else utc(now)


def quiet_since(now: datetime, *, zone: ZoneInfo, start_minute: int, end_minute: int) -> datetime:
    """Return the beginning, in UTC, of the quiet hours `now` is in, else `now`."""
    found = _quiet(utc(now), zone, start_minute, end_minute)
    return found[0] if found else utc(now)


def _quiet(now: datetime, zone: ZoneInfo, start_minute: int, end_minute: int) -> tuple[datetime, datetime] | None:
    if not (0 <= start_minute <= MINUTES_PER_DAY and 0 <= end_minute <= MINUTES_PER_DAY):
        raise ValueError(f"not minutes of a day: {start_minute} to {end_minute}")
    if start_minute == end_minute:
        return None
    today = date_of(now, zone)
    wraps = timedelta(days=int(end_minute < start_minute))
    for day in (today - timedelta(days=1), today):
        start, end = opens_at(day, start_minute, zone), closes_at(day + wraps, end_minute, zone)
        if start <= now < end:
            return start, end
    return None
