"""Availability, computed and never stored: opening hours, minus rest and what is busy, within what the policy allows.

Opening hours are wall-clock hours of the calendar's zone, read as `wall` says.
"""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import islice
from operator import attrgetter
from typing import Self
from zoneinfo import ZoneInfo

from proli.scheduling.wall import MINUTES_PER_DAY, closes_at, date_of, occurrences, opens_at, utc, wall

_START, _END = attrgetter("start"), attrgetter("end")


@dataclass(frozen=True, slots=True, order=True)
class Interval:
    """A half-open stretch of time in UTC; aware datetimes of another zone are converted."""

    start: datetime
    end: datetime

    def __post_init__(self) -> None:
        object.__setattr__(self, "start", utc(self.start))
        object.__setattr__(self, "end", utc(self.end))
        if self.end <= self.start:
            raise ValueError(f"an interval must end after it starts: {self.start} to {self.end}")

    def overlaps(self, other: Self) -> bool:
        """Tell whether the two share an instant; touching is not overlapping."""
        return self.start < other.end and other.start < self.end

    def contains(self, other: Self) -> bool:
        """Tell whether all of `other` lies in this interval."""
        return self.start <= other.start and other.end <= self.end

    def padded(self, *, before_minutes: int, after_minutes: int) -> "Interval":
        """Return the interval with its buffers."""
        return Interval(self.start - timedelta(minutes=before_minutes), self.end + timedelta(minutes=after_minutes))


@dataclass(frozen=True, slots=True)
class Span:
    """Opening hours within one day, in minutes from local midnight, half-open."""

    start_minute: int
    end_minute: int

    def __post_init__(self) -> None:
        if not 0 <= self.start_minute < self.end_minute <= MINUTES_PER_DAY:
            raise ValueError(f"not opening hours: {self.start_minute} to {self.end_minute}")


@dataclass(frozen=True, slots=True)
class WeeklyHours:
    """The usual week: weekday to its spans, 0 is Sunday and 6 Saturday; a missing weekday is closed."""

    days: Mapping[int, tuple[Span, ...]]

    def __post_init__(self) -> None:
        if not set(self.days) <= set(range(7)):
            raise ValueError(f"weekdays are 0 (Sunday) to 6 (Saturday): {sorted(self.days)}")


@dataclass(frozen=True, slots=True)
class DayException:
    """What replaces the weekly hours on one date; no spans is a day off."""

    on_date: date
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class SlotPolicy:
    """How visits may be booked: how long, how close together, how soon, how far ahead, how many a day."""

    length_minutes: int = 60
    step_minutes: int = 30
    buffer_before_minutes: int = 0
    buffer_after_minutes: int = 30
    notice_minutes: int = 60
    horizon_days: int = 14
    per_day_limit: int | None = None

    def __post_init__(self) -> None:
        if self.length_minutes <= 0 or self.step_minutes <= 0:
            raise ValueError("the length and the step of slots must be positive")
        rest = (self.buffer_before_minutes, self.buffer_after_minutes, self.notice_minutes, self.horizon_days)
        if min(*rest, self.per_day_limit or 0) < 0:
            raise ValueError("buffers, notice, horizon and the limit per day cannot be negative")


@dataclass(frozen=True, slots=True)
class Calendar:
    """Everything that decides one professional's availability.

    Of two exceptions for one date the later in the tuple counts. `busy` includes the buffers, as stored, in any order.
    `closed` is when no visit may be, Shabbat above all, whatever the hours say; buffers may reach into it.
    """

    zone: ZoneInfo
    weekly: WeeklyHours
    exceptions: tuple[DayException, ...]
    busy: tuple[Interval, ...]
    policy: SlotPolicy
    closed: tuple[Interval, ...] = ()


def open_intervals(calendar: Calendar, window: Interval) -> list[Interval]:
    """Return when the professional works within the window: sorted, apart from each other, clipped to it."""
    found: list[Interval] = []
    for day, spans in _hours_by_day(calendar, window):
        for span in spans:
            start = max(window.start, opens_at(day, span.start_minute, calendar.zone))
            end = min(window.end, closes_at(day, span.end_minute, calendar.zone))
            if start < end:
                found.append(Interval(start, end))
    return _without(_merged(found), _merged(calendar.closed))


def free_slots(calendar: Calendar, *, within: Interval, now: datetime, limit: int | None = None) -> list[Interval]:
    """Return the visits, without buffers, that can be offered, sorted and distinct, at most `limit` of them.

    A slot starts in `within` and may end after it. Starts are whole steps of the wall clock from a span's start: one
    the clock skips is not offered, one it shows twice is offered twice.
    """
    first, end = _bookable(calendar.policy, now)
    first, end = max(first, within.start), min(end, within.end)
    if end <= first:
        return []
    length = timedelta(minutes=calendar.policy.length_minutes)
    free = _Free.within(calendar, Interval(first, end + length))
    slots = (Interval(start, start + length) for start in _grid(calendar, Interval(first, end)))
    return list(islice(filter(free.allows, slots), limit))


def is_free(calendar: Calendar, slot: Interval, *, now: datetime) -> bool:
    """Tell whether a visit of any length may be booked at exactly this time; it need not start on a step."""
    first, end = _bookable(calendar.policy, now)
    return first <= slot.start < end and _Free.within(calendar, slot).allows(slot)


@dataclass(frozen=True, slots=True)
class _Free:
    """A calendar prepared for many questions, each answered by binary search."""

    calendar: Calendar
    opened: list[Interval]
    busy: list[Interval]
    visits: Counter[date]

    @classmethod
    def within(cls, calendar: Calendar, window: Interval) -> Self:
        limited = calendar.policy.per_day_limit is not None
        visits = Counter(date_of(each.start, calendar.zone) for each in calendar.busy) if limited else Counter[date]()
        return cls(calendar, open_intervals(calendar, window), _merged(calendar.busy), visits)

    def allows(self, slot: Interval) -> bool:
        """Tell whether the slot lies in open hours, its buffers meet nothing busy and its day is not full."""
        at = bisect_right(self.opened, slot.start, key=_START) - 1
        if at < 0 or not self.opened[at].contains(slot):
            return False
        policy = self.calendar.policy
        padded = slot.padded(before_minutes=policy.buffer_before_minutes, after_minutes=policy.buffer_after_minutes)
        at = bisect_right(self.busy, padded.start, key=_END)
        if at < len(self.busy) and self.busy[at].overlaps(padded):
            return False
        full = policy.per_day_limit
        return full is None or self.visits[date_of(slot.start, self.calendar.zone)] < full


def _bookable(policy: SlotPolicy, now: datetime) -> tuple[datetime, datetime]:
    """Return the first moment a visit may start and the one from which it may not."""
    return utc(now) + timedelta(minutes=policy.notice_minutes), utc(now) + timedelta(days=policy.horizon_days)


def _merged(intervals: Iterable[Interval]) -> list[Interval]:
    """Return the union, sorted, with touching intervals joined."""
    union: list[Interval] = []
    for each in sorted(intervals):
        if union and each.start <= union[-1].end:
            union[-1] = Interval(union[-1].start, max(union[-1].end, each.end))
        else:
            union.append(each)
    return union


def _without(intervals: list[Interval], closed: list[Interval]) -> list[Interval]:
    """Return what is left of sorted disjoint intervals outside of sorted disjoint closed ones."""
    left: list[Interval] = []
    for each in intervals:
        start = each.start
        for gap in closed[bisect_right(closed, each.start, key=_END) :]:
            if gap.start >= each.end:
                break
            if start < gap.start:
                left.append(Interval(start, gap.start))
            start = gap.end
        if start < each.end:
            left.append(Interval(start, each.end))
    return left


def _grid(calendar: Calendar, window: Interval) -> Iterator[datetime]:
    """Yield the instants in the window at which the calendar's steps fall, sorted and distinct."""
    step = calendar.policy.step_minutes
    for day, spans in _hours_by_day(calendar, window):
        minutes = {minute for span in spans for minute in range(span.start_minute, span.end_minute, step)}
        instants = (at for minute in minutes for at in occurrences(wall(day, minute), calendar.zone))
        yield from sorted(at for at in instants if window.start <= at < window.end)


def _hours_by_day(calendar: Calendar, window: Interval) -> Iterator[tuple[date, tuple[Span, ...]]]:
    exceptions = {each.on_date: each.spans for each in calendar.exceptions}
    first, last = date_of(window.start, calendar.zone), date_of(window.end, calendar.zone)
    for ordinal in range(first.toordinal(), last.toordinal() + 1):
        day = date.fromordinal(ordinal)
        usual = calendar.weekly.days.get(day.isoweekday() % 7, ())
        yield day, exceptions.get(day, usual)
