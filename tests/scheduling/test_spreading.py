"""A few hours to choose from, spread as a person would propose them."""

from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from proli.scheduling.rules import (
    Interval,
    free_slots,
)
from proli.scheduling.spreading import spread
from tests.scheduling.test_rules import JERUSALEM, SUNDAY, at, calendar, whole


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
