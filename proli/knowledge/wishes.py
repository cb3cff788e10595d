"""When somebody would like it: a value, and the window in which it lies."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Final, Literal

from proli.knowledge.calendar import candle_lighting
from proli.knowledge.reading.time_scan import Bound
from proli.knowledge.reading.time_words import PART, DayPart, pattern
from proli.knowledge.text import fold

WishKind = Literal["exact", "range", "part", "before", "after", "day", "asap", "flexible"]
ANYTIME: Final = timedelta(days=14)
"""How far ahead hours are looked for where no time was wished for."""
_MINUTE: Final = timedelta(minutes=1)
DAY: Final = timedelta(days=1)
_SAME_HOURS: Final = pattern(
    r"[בל]?אותה ה?שעה|[בל]?אות[ןם] ה?שעות|[בל]?אותו (?:ה?זמן|חלון)|same (?:time|hours?)|(?:в )?то же время"
    r"|نفس (?:الساعة|الوقت)"
)

_HALF_TOLD: Final = pattern(
    rf"{PART}|0\d|1[3-9]|2[0-4]|\d{{1,2}}(?::\d\d)? ?[ap]\.?m\.?|חצות|midnight|полночь|منتصف الليل"
)
"""What tells of which half of the day an hour is."""
_HALF: Final = timedelta(hours=12)
NEAR: Final = timedelta(minutes=15)
"""By how much an hour in words may differ from that of a visit of which people speak."""


@dataclass(frozen=True, slots=True)
class TimeWish:
    """A wish for a time, in now's zone; `source` is what stands at `span` in `normalise(text)`.

    exact: `start` only. range, part, day: the half-open span. before: `start` opens the day of the bound (or is now)
    and `end` is the bound, None when no hour is told ("before Shabbat comes in"). after: from the bound to the end of
    that day. asap: no start, and `end` when a limit is told ("within the hour"). flexible: neither, or the days among
    which any will do. `ambiguous` when a
    bare hour may be of the morning or of the evening, so that one question is due. `alternatives` are what else would
    do, in order of preference. `recurring` is how often: "weekly", "biweekly", "monthly" and so on.
    """

    kind: WishKind
    start: datetime | None
    end: datetime | None
    part: DayPart | None
    source: str
    ambiguous: bool = False
    bound: Bound | None = None
    recurring: str | None = None
    alternatives: tuple["TimeWish", ...] = ()
    span: tuple[int, int] = (0, 0)
    days: tuple[date, ...] = ()
    """The days that words at odds may mean ("Monday 6.12", and the sixth is a Sunday), of which one is to be chosen."""
    dated: bool = True
    """Whether the words name the day; an hour alone is of the next day on which it is still to come."""


def with_hours_of(earlier: TimeWish, wish: TimeWish, text: str) -> TimeWish:
    """ "ראשון באותן שעות": the day of the wish with the hours of an earlier one."""
    same = _SAME_HOURS.search(fold(text))
    if not same or wish.start is None or earlier.start is None or wish.kind not in ("day", "flexible"):
        return wish
    if earlier.kind not in ("exact", "range", "part", "after", "before"):
        return wish
    zone, day = wish.start.tzinfo, wish.start.date()
    old = earlier.start.astimezone(zone)
    moved = day - old.date()
    end = earlier.end.astimezone(zone) + moved if earlier.end else None
    return replace(wish, kind=earlier.kind, start=old + moved, end=end, part=earlier.part, bound=earlier.bound)


def window(wish: TimeWish, *, now: datetime) -> tuple[datetime, datetime]:
    """The half-open span in which to look for slots, never before now; it takes in a second choice on the next day."""
    if wish.kind == "asap":
        return now, max(wish.end or later_by(now, timedelta(days=2)), now, key=instant)
    if wish.start is None:
        return now, later_by(now, ANYTIME)
    start = max(wish.start, now, key=instant)
    end = _window_end(wish, start)
    if wish.kind == "before" and (wish.end is None or _is_whole_day(wish)):
        start = now
    for other in wish.alternatives:
        if wish.kind == "day" and other.kind == "day" and other.start == wish.end and other.end is not None:
            end = other.end
    return start, max(end, start, key=instant)


def names_visit(wish: TimeWish, visit: datetime, *, near: timedelta = timedelta(0)) -> bool:
    """Whether the time is that of a visit, whose start is local; an hour may be off by `near`.

    Without a day it is of any day. An hour of which it is not told whether it is before or after noon is either.
    """
    if wish.start is None:
        return False
    days = timedelta(0) if wish.dated else visit.date() - wish.start.date()
    start = wish.start + days
    if wish.kind == "exact":
        apart = abs(visit.replace(tzinfo=None) - start.replace(tzinfo=None))
        halves = (apart,) if _HALF_TOLD.search(fold(wish.source)) else (apart, abs(apart - _HALF))
        return start.date() == visit.date() and min(halves) <= near
    if wish.kind in ("before", "after", "range", "part") and wish.end is not None:
        return (start <= visit or (wish.kind == "before" and not wish.dated)) and visit < wish.end + days
    return start.date() == visit.date()


def _window_end(wish: TimeWish, start: datetime) -> datetime:
    if wish.kind == "before" and wish.end is None and wish.start is not None:
        eve = wish.start.date()
        lights = candle_lighting(eve)
        return lights.astimezone(start.tzinfo) if lights else later_by(wish.start, DAY)
    if wish.kind == "exact" or wish.end is None:
        return later_by(start, _MINUTE)
    return wish.end


def _is_whole_day(wish: TimeWish) -> bool:
    return wish.start is not None and wish.end is not None and wish.end.date() > wish.start.date()


def later_by(moment: datetime, delta: timedelta) -> datetime:
    return (moment.astimezone(UTC) + delta).astimezone(moment.tzinfo)


def instant(moment: datetime) -> datetime:
    return moment.astimezone(UTC)
