"""Wall-clock time of a zone, whose days may have 23, 24 or 25 hours.

When the clock jumps forward, a wall time that does not exist means the moment of the jump; when it is set back, a time
that exists twice opens at its first occurrence and closes at its second. A day ends where the next one begins.
"""

from bisect import bisect_left
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

MINUTES_PER_DAY = 1440


def utc(moment: datetime) -> datetime:
    """The same moment in UTC; a naive one is a fault."""
    if moment.utcoffset() is None:
        raise ValueError(f"a naive datetime is no moment: {moment}")
    return moment.astimezone(UTC)


def date_of(moment: datetime, zone: ZoneInfo) -> date:
    """The date the zone's calendar shows then."""
    return moment.astimezone(zone).date()


def wall(day: date, minute: int) -> datetime:
    """The naive wall time so many minutes after that midnight."""
    return datetime.combine(day, time()) + timedelta(minutes=minute)


def opens_at(day: date, minute: int, zone: ZoneInfo) -> datetime:
    """When the zone's clock first shows that minute of the day, or the moment it jumps over it."""
    shown = wall(day, minute)
    return next(iter(occurrences(shown, zone)), None) or _jump_over(shown, zone)


def closes_at(day: date, minute: int, zone: ZoneInfo) -> datetime:
    """When the zone's clock last shows that minute of the day, or the moment it jumps over it."""
    if minute == MINUTES_PER_DAY:
        return opens_at(day, minute, zone)
    shown = wall(day, minute)
    return next(reversed(occurrences(shown, zone)), None) or _jump_over(shown, zone)


def occurrences(shown: datetime, zone: ZoneInfo) -> list[datetime]:
    """Return the moments, in UTC and sorted, at which the zone's clock shows this: none, one or two."""
    moments = {shown.replace(tzinfo=zone, fold=fold).astimezone(UTC) for fold in (0, 1)}
    return sorted(each for each in moments if each.astimezone(zone).replace(tzinfo=None) == shown)


def _jump_over(shown: datetime, zone: ZoneInfo) -> datetime:
    """Return the moment the zone's clock jumps over a wall time that does not exist."""
    # Inside a gap, fold 1 reads the wall time with the later offset and so lands before the jump, fold 0 after it.
    before, after = (shown.replace(tzinfo=zone, fold=fold).astimezone(UTC) for fold in (1, 0))

    def has_jumped(seconds: int) -> bool:
        return (before + timedelta(seconds=seconds)).astimezone(zone).replace(tzinfo=None) > shown

    gap_s = int((after - before).total_seconds())
    return before + timedelta(seconds=bisect_left(range(gap_s), True, key=has_jumped))
