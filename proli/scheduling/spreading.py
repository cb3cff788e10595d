"""Which of many free slots a person would propose."""

from collections.abc import Sequence
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from proli.scheduling.rules import Interval

_AFTERNOON_HOUR, _EVENING_HOUR = 12, 17
_FAR_APART = timedelta(hours=3)


def spread(slots: Sequence[Interval], *, count: int, zone: ZoneInfo) -> list[Interval]:
    """Return up to `count` slots a person would propose, sorted: the first, then other days and other parts of the day.

    Each day gives one before any gives a second, sooner days first. A further one on a day is in another part of it if
    possible, else well apart from those already chosen.
    """
    left = sorted(set(slots))
    chosen: list[Interval] = []
    while left and len(chosen) < count:
        pick = min(left, key=lambda slot: _reluctance(slot, chosen, zone))
        left.remove(pick)
        chosen.append(pick)
    return sorted(chosen)


def _reluctance(slot: Interval, chosen: list[Interval], zone: ZoneInfo) -> tuple[object, ...]:
    """Return a key that is least for the slot to propose next."""
    day, part = _day_and_part(slot, zone)
    taken = [_day_and_part(each, zone) for each in chosen]
    same_day = [each for each, (its_day, _) in zip(chosen, taken, strict=True) if its_day == day]
    apart = min((abs(slot.start - each.start) for each in same_day), default=_FAR_APART)
    parts = [its_part for _, its_part in taken]
    return len(same_day), day, taken.count((day, part)), parts.count(part), -min(apart, _FAR_APART), slot


def _day_and_part(slot: Interval, zone: ZoneInfo) -> tuple[date, int]:
    local = slot.start.astimezone(zone)
    return local.date(), (local.hour >= _AFTERNOON_HOUR) + (local.hour >= _EVENING_HOUR)
