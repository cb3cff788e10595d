"""The rules of hours and slots against a walk through the clock, minute by minute."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from hypothesis import example, given, settings
from hypothesis import strategies as st

from proli.scheduling.rules import (
    Calendar,
    DayException,
    Interval,
    SlotPolicy,
    Span,
    WeeklyHours,
    free_slots,
    is_free,
    open_intervals,
)
from tests.scheduling.test_rules import AUTUMN, SPRING, STEP, SUNDAY, at, calendar

# A zone and a date on which its clock changes, if ever: by an hour, by half an hour, at midnight, back over midnight.
CHANGES = [
    ("Asia/Jerusalem", AUTUMN),
    ("Asia/Jerusalem", SPRING),
    ("Asia/Jerusalem", SUNDAY),
    ("Australia/Lord_Howe", date(2026, 4, 5)),
    ("Australia/Lord_Howe", date(2026, 10, 4)),
    ("America/Havana", date(2026, 11, 1)),
    ("America/Havana", date(2026, 3, 8)),
    ("Africa/Cairo", date(2026, 10, 30)),
    ("Africa/Cairo", date(2026, 4, 24)),
]


@st.composite
def spans(draw: st.DrawFn) -> Span:
    start = draw(st.integers(0, 287))
    return Span(start * 5, draw(st.integers(start + 1, 288)) * 5)


@st.composite
def policies(draw: st.DrawFn) -> SlotPolicy:
    return SlotPolicy(
        length_minutes=draw(st.sampled_from([15, 60, 90, 400])),
        step_minutes=draw(st.sampled_from([15, 20, 30, 60])),
        buffer_before_minutes=draw(st.sampled_from([0, 15])),
        buffer_after_minutes=draw(st.sampled_from([0, 30])),
        notice_minutes=draw(st.sampled_from([0, 60, 600])),
        horizon_days=draw(st.sampled_from([3, 2, 1, 0])),
        per_day_limit=draw(st.sampled_from([None, None, None, 2, 1, 0])),
    )


@st.composite
def intervals(draw: st.DrawFn, origin: datetime) -> Interval:
    start = draw(st.integers(-50, 600))
    return Interval(origin + start * STEP, origin + (start + draw(st.integers(1, 50))) * STEP)


@st.composite
def questions(draw: st.DrawFn) -> tuple[Calendar, Interval, datetime]:
    """A calendar near a change of its clock, a window and a now; all on whole five minutes."""
    name, day = draw(st.sampled_from(CHANGES))
    zone = ZoneInfo(name)
    origin = at(day, 0, zone=zone) - timedelta(hours=12)
    hours = st.lists(spans(), min_size=1, max_size=3).map(tuple)
    weekly = WeeklyHours({weekday: draw(hours) for weekday in range(7)})
    days = st.sampled_from([day + timedelta(days=offset) for offset in (-1, 0, 1)])
    exceptions = draw(st.lists(st.builds(DayException, days, hours | st.just(())), max_size=1))
    busy = draw(st.lists(intervals(origin), max_size=5))
    window = Interval(origin, origin + draw(st.integers(100, 500)) * STEP)
    now = origin + draw(st.integers(-200, 100)) * STEP
    closed = draw(st.lists(intervals(origin), max_size=2))
    return Calendar(zone, weekly, tuple(exceptions), tuple(busy), draw(policies()), tuple(closed)), window, now


class Walk:
    """The naive reference: every five minutes of some days, each asked on its own."""

    def __init__(self, calendar: Calendar, window: Interval) -> None:
        self.calendar = calendar
        first = window.start - timedelta(days=2)
        cells = int((window.end - first + timedelta(days=3)) / STEP)
        self.walls = {
            moment: moment.astimezone(calendar.zone).replace(tzinfo=None)
            for moment in (first + index * STEP for index in range(cells))
        }
        self.by_day: dict[date, list[datetime]] = {}
        for moment, wall in self.walls.items():
            self.by_day.setdefault(wall.date(), []).append(moment)
        hours = {moment for day in self.by_day for span in self.spans(day) for moment in self.opened(day, span)}
        self.open = {m for m in hours if not any(each.start <= m < each.end for each in calendar.closed)}

    def spans(self, day: date) -> tuple[Span, ...]:
        for exception in self.calendar.exceptions:
            if exception.on_date == day:
                return exception.spans
        return self.calendar.weekly.days[(day.weekday() + 1) % 7]

    def minute(self, moment: datetime) -> int:
        return self.walls[moment].hour * 60 + self.walls[moment].minute

    def opened(self, day: date, span: Span) -> list[datetime]:
        moments = self.by_day[day]
        begun = [m for m in moments if self.minute(m) >= span.start_minute]
        shown = [m for m in moments if self.minute(m) == span.end_minute]
        later = [m for m in moments if self.minute(m) > span.end_minute]
        end = max(shown, default=min(later, default=moments[-1] + STEP))
        return [m for m in moments if begun and begun[0] <= m < end]

    def on_grid(self, moment: datetime) -> bool:
        step = self.calendar.policy.step_minutes
        return any(
            self.minute(moment) in range(span.start_minute, span.end_minute, step)
            for span in self.spans(self.walls[moment].date())
        )

    def allows(self, slot: Interval, now: datetime) -> bool:
        policy = self.calendar.policy
        too_soon = slot.start < now + timedelta(minutes=policy.notice_minutes)
        too_far = slot.start >= now + timedelta(days=policy.horizon_days)
        cells = int((slot.end - slot.start) / STEP)
        closed = any(slot.start + index * STEP not in self.open for index in range(cells))
        padded = slot.padded(before_minutes=policy.buffer_before_minutes, after_minutes=policy.buffer_after_minutes)
        taken = any(padded.overlaps(busy) for busy in self.calendar.busy)
        return not (too_soon or too_far or closed or taken or self.full(slot))

    def full(self, slot: Interval) -> bool:
        limit, zone = self.calendar.policy.per_day_limit, self.calendar.zone
        day = self.walls[slot.start].date()
        visits = [busy for busy in self.calendar.busy if busy.start.astimezone(zone).date() == day]
        return limit is not None and len(visits) >= limit

    def slots(self, window: Interval, now: datetime) -> list[Interval]:
        length = timedelta(minutes=self.calendar.policy.length_minutes)
        moments = [moment for moment in self.walls if window.start <= moment < window.end and self.on_grid(moment)]
        return [slot for slot in (Interval(moment, moment + length) for moment in moments) if self.allows(slot, now)]


Question = tuple[Calendar, Interval, datetime]


@given(questions())
@settings(max_examples=50, deadline=None)
def test_open_intervals_are_what_walking_the_clock_finds(question: Question) -> None:
    calendar, window, _ = question
    found = open_intervals(calendar, window)
    assert all(one.end < other.start for one, other in pairwise(found))
    cells = {each.start + index * STEP for each in found for index in range(int((each.end - each.start) / STEP))}
    assert cells == {moment for moment in Walk(calendar, window).open if window.start <= moment < window.end}


@given(questions())
@settings(max_examples=80, deadline=None)
def test_free_slots_are_what_walking_the_clock_finds(question: Question) -> None:
    calendar, window, now = question
    assert free_slots(calendar, within=window, now=now) == Walk(calendar, window).slots(window, now)


@given(questions(), st.integers(0, 500), st.integers(1, 30))
@settings(max_examples=50, deadline=None)
def test_any_time_is_free_exactly_when_walking_the_clock_says_so(question: Question, offset: int, cells: int) -> None:
    calendar, window, now = question
    start = window.start + offset * STEP
    slot = Interval(start, start + cells * STEP)
    assert is_free(calendar, slot, now=now) == Walk(calendar, slot).allows(slot, now)


@given(questions())
@settings(max_examples=50, deadline=None)
def test_every_slot_is_open_clear_of_the_busy_in_time_and_free_to_ask_for(question: Question) -> None:
    calendar, window, now = question
    policy = calendar.policy
    slots = free_slots(calendar, within=window, now=now)
    opened = open_intervals(calendar, Interval(window.start, window.end + timedelta(days=1)))
    assert slots == sorted(set(slots))
    for slot in slots:
        padded = slot.padded(before_minutes=policy.buffer_before_minutes, after_minutes=policy.buffer_after_minutes)
        assert not any(padded.overlaps(busy) for busy in calendar.busy)
        assert any(each.contains(slot) for each in opened)
        assert now + timedelta(minutes=policy.notice_minutes) <= slot.start < now + timedelta(days=policy.horizon_days)
        assert window.start <= slot.start < window.end
        assert is_free(calendar, slot, now=now)


@given(questions(), st.data())
@settings(max_examples=50, deadline=None)
def test_something_more_that_is_busy_never_adds_a_slot(question: Question, data: st.DataObject) -> None:
    calendar, window, now = question
    busier = replace(calendar, busy=(*calendar.busy, data.draw(intervals(window.start))))
    assert set(free_slots(busier, within=window, now=now)) <= set(free_slots(calendar, within=window, now=now))


@given(questions(), st.integers(0, 6), st.data())
@settings(max_examples=50, deadline=None)
def test_fewer_hours_never_add_a_slot(question: Question, weekday: int, data: st.DataObject) -> None:
    calendar, window, now = question
    days = dict(calendar.weekly.days)
    kept = [
        replace(span, end_minute=data.draw(st.integers(span.start_minute + 1, span.end_minute)))
        for span in days[weekday]
    ]
    days[weekday] = tuple(kept[:-1])
    shorter = replace(calendar, weekly=WeeklyHours(days))
    assert set(free_slots(shorter, within=window, now=now)) <= set(free_slots(calendar, within=window, now=now))


@given(st.sampled_from(CHANGES), st.lists(st.integers(0, 1440), min_size=4, max_size=4, unique=True).map(sorted))
@example(("Asia/Jerusalem", SPRING), [120, 150, 180, 360])
@settings(deadline=None)
def test_hours_inside_other_hours_are_never_open_outside_them(change: tuple[str, date], minutes: list[int]) -> None:
    opens, starts, ends, closes = minutes
    zone = ZoneInfo(change[0])
    noon = at(change[1], 12, zone=zone)
    window = Interval(noon - timedelta(days=2), noon + timedelta(days=2))
    around = open_intervals(calendar((opens, closes), zone=zone), window)
    for inner in open_intervals(calendar((starts, ends), zone=zone), window):
        assert any(outer.contains(inner) for outer in around)
