"""Quiet hours: on both sides of midnight, by the wall clock, and over when they end."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from proli.scheduling.quiet import in_quiet_hours, quiet_until
from tests.scheduling.test_rules import AUTUMN, JERUSALEM, SPRING, SUNDAY, at


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
