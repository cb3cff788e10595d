"""What is true of computed availability, by example and against a naive reference that walks the clock."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

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
