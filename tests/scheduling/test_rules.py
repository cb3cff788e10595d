"""What is true of computed availability, by example and against a naive reference that walks the clock."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from proli.scheduling.quiet import in_quiet_hours, quiet_until
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
from proli.scheduling.spreading import spread

JERUSALEM = ZoneInfo("Asia/Jerusalem")
AUTUMN = date(2026, 10, 25)  # 02:00 becomes 01:00
SPRING = date(2027, 3, 26)  # 02:00 becomes 03:00
SUNDAY = date(2026, 6, 7)
PLAIN = SlotPolicy(buffer_after_minutes=0, notice_minutes=0)
STEP = timedelta(minutes=5)


def at(day: date, hour: int, minute: int = 0, *, fold: int = 0, zone: ZoneInfo = JERUSALEM) -> datetime:
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=zone, fold=fold).astimezone(UTC)


def whole(day: date, *, days: int = 1) -> Interval:
    return Interval(at(day, 0), at(day + timedelta(days=days), 0))


def calendar(
    *spans: tuple[int, int], policy: SlotPolicy = PLAIN, busy: tuple[Interval, ...] = (), zone: ZoneInfo = JERUSALEM
) -> Calendar:
    """A calendar with the same hours every day."""
    hours = tuple(Span(start, end) for start, end in spans)
    return Calendar(zone, WeeklyHours(dict.fromkeys(range(7), hours)), (), busy, policy)


def starts(slots: list[Interval], zone: ZoneInfo = JERUSALEM) -> list[str]:
    return [f"{slot.start.astimezone(zone):%H:%M}" for slot in slots]


# Values


def test_an_interval_must_end_after_it_starts() -> None:
    with pytest.raises(ValueError, match="must end after"):
        Interval(at(SUNDAY, 9), at(SUNDAY, 9))


def test_an_interval_of_naive_datetimes_is_refused() -> None:
    naive = at(SUNDAY, 9).replace(tzinfo=None)
    with pytest.raises(ValueError, match="naive"):
        Interval(naive, naive + STEP)


def test_an_interval_in_local_time_is_kept_in_utc_and_measured_across_the_clock_change() -> None:
    first, second = (datetime(2026, 10, 25, 1, 30, tzinfo=JERUSALEM, fold=fold) for fold in (0, 1))
    interval = Interval(first, second)
    assert interval.start.tzinfo is UTC
    assert interval.end - interval.start == timedelta(hours=1)


def test_touching_intervals_do_not_overlap() -> None:
    morning, noon = Interval(at(SUNDAY, 8), at(SUNDAY, 12)), Interval(at(SUNDAY, 12), at(SUNDAY, 14))
    assert not morning.overlaps(noon)
    assert morning.padded(before_minutes=0, after_minutes=1).overlaps(noon)
    assert morning.contains(Interval(at(SUNDAY, 11), at(SUNDAY, 12)))
    assert not noon.contains(Interval(at(SUNDAY, 11), at(SUNDAY, 13)))


@pytest.mark.parametrize(("start", "end"), [(-1, 60), (60, 60), (90, 60), (0, 1441)])
def test_a_span_outside_the_day_or_empty_is_refused(start: int, end: int) -> None:
    with pytest.raises(ValueError, match="opening hours"):
        Span(start, end)


def test_weekdays_and_policies_that_mean_nothing_are_refused() -> None:
    with pytest.raises(ValueError, match="weekdays"):
        WeeklyHours({7: ()})
    with pytest.raises(ValueError, match="positive"):
        SlotPolicy(step_minutes=0)
    with pytest.raises(ValueError, match="negative"):
        SlotPolicy(per_day_limit=-1)


# Opening hours


def test_weekday_zero_is_sunday() -> None:
    only_sunday = replace(calendar(), weekly=WeeklyHours({0: (Span(480, 960),)}))
    assert open_intervals(only_sunday, whole(SUNDAY, days=7)) == [Interval(at(SUNDAY, 8), at(SUNDAY, 16))]


def test_overlapping_and_touching_spans_are_one_interval_even_across_midnight() -> None:
    late = calendar((600, 720), (660, 780), (1320, 1440), (0, 60))
    assert open_intervals(late, Interval(at(SUNDAY, 9), at(SUNDAY + timedelta(days=1), 12))) == [
        Interval(at(SUNDAY, 10), at(SUNDAY, 13)),
        Interval(at(SUNDAY, 22), at(SUNDAY + timedelta(days=1), 1)),
        Interval(at(SUNDAY + timedelta(days=1), 10), at(SUNDAY + timedelta(days=1), 12)),
    ]


def test_an_exception_replaces_the_weekly_hours_of_its_date_only() -> None:
    off, short = DayException(SUNDAY, ()), DayException(SUNDAY + timedelta(days=1), (Span(480, 540),))
    changed = replace(calendar((480, 960)), exceptions=(off, short))
    monday, tuesday = SUNDAY + timedelta(days=1), SUNDAY + timedelta(days=2)
    assert open_intervals(changed, whole(SUNDAY, days=3)) == [
        Interval(at(monday, 8), at(monday, 9)),
        Interval(at(tuesday, 8), at(tuesday, 16)),
    ]


@pytest.mark.parametrize(("day", "hours"), [(AUTUMN, 25), (SPRING, 23), (SUNDAY, 24)])
def test_a_full_day_has_the_hours_the_clock_gives_it(day: date, hours: int) -> None:
    (full,) = open_intervals(calendar((0, 1440)), whole(day))
    assert full.end - full.start == timedelta(hours=hours)


@pytest.mark.parametrize("day", [AUTUMN, SPRING])
def test_opening_hours_follow_the_wall_clock_around_a_clock_change(day: date) -> None:
    for each in (day - timedelta(days=1), day, day + timedelta(days=1)):
        assert open_intervals(calendar((480, 960)), whole(each)) == [Interval(at(each, 8), at(each, 16))]


def test_hours_that_exist_twice_open_at_the_first_and_close_at_the_second() -> None:
    (opened,) = open_intervals(calendar((75, 105)), whole(AUTUMN))
    assert opened == Interval(at(AUTUMN, 1, 15), at(AUTUMN, 1, 45, fold=1))
    assert opened.end - opened.start == timedelta(minutes=90)


def test_hours_that_do_not_exist_move_to_the_jump() -> None:
    jump = at(SPRING, 3)
    assert open_intervals(calendar((150, 360)), whole(SPRING)) == [Interval(jump, at(SPRING, 6))]
    assert open_intervals(calendar((60, 150)), whole(SPRING)) == [Interval(at(SPRING, 1), jump)]
    assert open_intervals(calendar((125, 175)), whole(SPRING)) == []


def test_a_day_the_zone_skipped_has_no_hours() -> None:
    apia = ZoneInfo("Pacific/Apia")
    around = Interval(at(date(2011, 12, 29), 0, zone=apia), at(date(2012, 1, 1), 0, zone=apia))
    (opened,) = open_intervals(calendar((0, 1440), zone=apia), around)
    assert opened.end - opened.start == timedelta(days=2)


def test_a_day_ends_at_the_first_midnight_when_there_are_two() -> None:
    havana, day = ZoneInfo("America/Havana"), date(2026, 10, 31)  # the next day's 01:00 becomes 00:00
    window = Interval(at(day, 12, zone=havana), at(day, 23, zone=havana) + timedelta(hours=6))
    evening = replace(calendar(zone=havana), exceptions=(DayException(day, (Span(1200, 1440),)),))
    assert open_intervals(evening, window) == [Interval(at(day, 20, zone=havana), at(day, 20, zone=havana) + 48 * STEP)]


# Slots


def test_slots_start_on_steps_from_the_start_of_each_span() -> None:
    free = free_slots(calendar((490, 610), (720, 780)), within=whole(SUNDAY), now=at(SUNDAY, 0))
    assert starts(free) == ["08:10", "08:40", "09:10", "12:00"]


def test_a_slot_keeps_its_buffers_clear_of_the_busy_and_touching_is_clear() -> None:
    buffered = replace(PLAIN, buffer_before_minutes=30, buffer_after_minutes=30)
    busy = (Interval(at(SUNDAY, 10), at(SUNDAY, 11)),)
    free = free_slots(calendar((480, 840), policy=buffered, busy=busy), within=whole(SUNDAY), now=at(SUNDAY, 0))
    assert starts(free) == ["08:00", "08:30", "11:30", "12:00", "12:30", "13:00"]


def test_a_long_busy_time_blocks_also_where_shorter_ones_lie_within_it() -> None:
    busy = (Interval(at(SUNDAY, 8), at(SUNDAY, 14)), *(Interval(at(SUNDAY, h), at(SUNDAY, h, 30)) for h in (9, 10, 11)))
    free = free_slots(calendar((480, 960), busy=busy), within=whole(SUNDAY), now=at(SUNDAY, 0))
    assert starts(free) == ["14:00", "14:30", "15:00"]


def test_buffers_may_lie_outside_opening_hours() -> None:
    buffered = replace(PLAIN, buffer_before_minutes=60, buffer_after_minutes=60)
    free = free_slots(calendar((480, 540), policy=buffered), within=whole(SUNDAY), now=at(SUNDAY, 0))
    assert starts(free) == ["08:00"]


def test_a_slot_starts_inside_the_wish_and_may_end_after_it() -> None:
    wish = Interval(at(SUNDAY, 9, 30), at(SUNDAY, 10, 30))
    assert starts(free_slots(calendar((480, 960)), within=wish, now=at(SUNDAY, 0))) == ["09:30", "10:00"]


def test_a_slot_on_the_notice_is_offered_and_one_on_the_horizon_is_not() -> None:
    policy = replace(PLAIN, notice_minutes=60, horizon_days=1)
    free = free_slots(calendar((480, 600), policy=policy), within=whole(SUNDAY, days=3), now=at(SUNDAY, 8))
    assert starts(free) == ["09:00"]
    free = free_slots(calendar((480, 600), policy=policy), within=whole(SUNDAY, days=3), now=at(SUNDAY, 8, 31))
    assert starts(free) == ["08:00", "08:30"]


def test_a_notice_longer_than_the_horizon_leaves_nothing() -> None:
    policy = replace(PLAIN, notice_minutes=2880, horizon_days=1)
    closed = calendar((0, 1440), policy=policy)
    assert free_slots(closed, within=whole(SUNDAY, days=5), now=at(SUNDAY, 0)) == []
    assert not is_free(closed, Interval(at(SUNDAY, 9), at(SUNDAY, 10)), now=at(SUNDAY, 0))


def test_a_day_at_its_limit_gives_nothing_and_the_next_day_still_does() -> None:
    visit = Interval(at(SUNDAY, 8), at(SUNDAY, 9))
    full = calendar((480, 600), policy=replace(PLAIN, per_day_limit=1), busy=(visit,))
    (first, *_) = free_slots(full, within=whole(SUNDAY, days=2), now=at(SUNDAY, 0))
    assert first.start == at(SUNDAY + timedelta(days=1), 8)
    assert not is_free(full, Interval(at(SUNDAY, 9), at(SUNDAY, 10)), now=at(SUNDAY, 0))


def test_only_as_many_slots_as_asked_for_are_returned() -> None:
    open_all_day = calendar((0, 1440))
    everything = free_slots(open_all_day, within=whole(SUNDAY, days=3), now=at(SUNDAY, 0))
    assert free_slots(open_all_day, within=whole(SUNDAY, days=3), now=at(SUNDAY, 0), limit=5) == everything[:5]
    assert free_slots(open_all_day, within=whole(SUNDAY, days=3), now=at(SUNDAY, 0), limit=0) == []


def test_a_wall_time_shown_twice_is_offered_twice_and_a_skipped_one_never() -> None:
    night = calendar((0, 240))
    autumn = free_slots(night, within=whole(AUTUMN), now=at(AUTUMN, 0))
    assert starts(autumn) == ["00:00", "00:30", "01:00", "01:30", "01:00", "01:30", "02:00", "02:30", "03:00"]
    spring = free_slots(night, within=whole(SPRING), now=at(SPRING, 0))
    assert starts(spring) == ["00:00", "00:30", "01:00", "01:30", "03:00"]


def test_a_time_between_the_steps_is_free_when_nothing_else_speaks_against_it() -> None:
    busy = (Interval(at(SUNDAY, 10), at(SUNDAY, 11)),)
    day = calendar((480, 1080), busy=busy)
    now = at(SUNDAY, 0)
    assert is_free(day, Interval(at(SUNDAY, 16, 10), at(SUNDAY, 17, 10)), now=now)
    assert not is_free(day, Interval(at(SUNDAY, 17, 10), at(SUNDAY, 18, 10)), now=now)
    assert not is_free(day, Interval(at(SUNDAY, 9, 10), at(SUNDAY, 10, 10)), now=now)
    assert not is_free(day, Interval(at(SUNDAY, 16, 10), at(SUNDAY, 17, 10)), now=at(SUNDAY, 16, 11))


def test_a_naive_now_is_refused() -> None:
    with pytest.raises(ValueError, match="naive"):
        free_slots(calendar((0, 1440)), within=whole(SUNDAY), now=at(SUNDAY, 0).replace(tzinfo=None))


# Offers a person would propose


def spread_starts(slots: list[Interval], count: int) -> list[str]:
    return [f"{s.start.astimezone(JERUSALEM):%d %H:%M}" for s in spread(slots, count=count, zone=JERUSALEM)]


def test_offers_start_with_the_first_and_take_other_days_and_other_parts_of_the_day() -> None:
    week = free_slots(calendar((480, 1200)), within=whole(SUNDAY, days=5), now=at(SUNDAY, 0))
    assert spread_starts(week, 3) == ["07 08:00", "08 12:00", "09 17:00"]


def test_offers_on_one_day_take_other_parts_of_it_or_stay_apart() -> None:
    day = free_slots(calendar((480, 1200)), within=whole(SUNDAY), now=at(SUNDAY, 0))
    assert spread_starts(day, 3) == ["07 08:00", "07 12:00", "07 17:00"]
    morning = free_slots(calendar((540, 720)), within=whole(SUNDAY), now=at(SUNDAY, 0))
    assert spread_starts(morning, 3) == ["07 09:00", "07 10:00", "07 11:00"]


def test_no_offers_are_made_of_nothing_or_when_none_are_wanted() -> None:
    assert spread([], count=3, zone=JERUSALEM) == []
    assert spread([Interval(at(SUNDAY, 9), at(SUNDAY, 10))], count=0, zone=JERUSALEM) == []


@given(st.lists(st.integers(0, 500), max_size=30), st.integers(0, 8))
@settings(deadline=None)
def test_offers_are_sorted_distinct_slots_and_as_many_as_possible(hours: list[int], count: int) -> None:
    slots = [Interval(at(SUNDAY, 0) + timedelta(hours=h), at(SUNDAY, 1) + timedelta(hours=h)) for h in hours]
    offers = spread(slots, count=count, zone=JERUSALEM)
    assert offers == sorted(set(offers))
    assert set(offers) <= set(slots)
    assert len(offers) == min(count, len(set(slots)))
    assert not offers or offers[0] == min(slots)


# Quiet hours


def quiet(now: datetime, start: int, end: int) -> bool:
    return in_quiet_hours(now, zone=JERUSALEM, start_minute=start, end_minute=end)


def until(now: datetime, start: int, end: int) -> datetime:
    return quiet_until(now, zone=JERUSALEM, start_minute=start, end_minute=end)


def test_quiet_hours_that_wrap_midnight_hold_on_both_sides_of_it() -> None:
    monday = SUNDAY + timedelta(days=1)
    assert not quiet(at(SUNDAY, 21, 59), 1320, 420)
    assert until(at(SUNDAY, 22), 1320, 420) == at(monday, 7)
    assert until(at(monday, 6, 59), 1320, 420) == at(monday, 7)
    assert not quiet(at(monday, 7), 1320, 420)
    assert until(at(monday, 7), 1320, 420) == at(monday, 7)


def test_quiet_hours_within_a_day_hold_only_then() -> None:
    assert until(at(SUNDAY, 14, 30), 840, 960) == at(SUNDAY, 16)
    assert not quiet(at(SUNDAY, 2), 840, 960)


def test_equal_minutes_are_no_quiet_hours_and_the_whole_day_is_always_quiet() -> None:
    assert not quiet(at(SUNDAY, 8), 480, 480)
    assert until(at(SUNDAY, 8), 0, 1440) == at(SUNDAY + timedelta(days=1), 0)


def test_minutes_beyond_the_day_are_refused() -> None:
    with pytest.raises(ValueError, match="minutes of a day"):
        quiet(at(SUNDAY, 8), 0, 1441)


@pytest.mark.parametrize(("day", "hours"), [(AUTUMN, 10), (SPRING, 8), (SUNDAY, 9)])
def test_quiet_nights_end_by_the_wall_clock_when_it_changes(day: date, hours: int) -> None:
    evening = at(day - timedelta(days=1), 22)
    assert until(evening, 1320, 420) == evening + timedelta(hours=hours) == at(day, 7)


@given(st.integers(0, 4320), st.integers(0, 1440), st.integers(0, 1440), st.sampled_from([AUTUMN, SPRING, SUNDAY]))
@settings(deadline=None)
def test_quiet_hours_are_over_when_they_end(minutes: int, start: int, end: int, day: date) -> None:
    assume((start - end) % 1440 > 60)
    now = at(day, 0) + timedelta(minutes=minutes - 1440)
    finished = until(now, start, end)
    assert (finished > now) == quiet(now, start, end)
    assert not quiet(finished, start, end)


# Against a reference that walks the clock in five-minute steps

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
