"""Nobody is sent out on Shabbat or a holiday who does not work then, and nobody is written to."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from proli.knowledge.calendar import ZONE, day_of
from proli.knowledge.places import Locality, get_locality
from proli.scheduling.errors import BadRest
from proli.scheduling.observance import OPEN_ALWAYS, RestPolicy, Work, closed_for, free_to_tell, last_to_tell, policy_of
from proli.scheduling.observance_words import EXAMPLE, parse_rest
from proli.scheduling.quiet import in_quiet_hours
from proli.scheduling.rules import Calendar, Interval, SlotPolicy, Span, WeeklyHours, free_slots, is_free

TEL_AVIV, JERUSALEM, HAIFA = get_locality("תל אביב"), get_locality("ירושלים"), get_locality("חיפה")
DAY = timedelta(days=1)
FRIDAY = date(2026, 12, 4)
"""In Tel Aviv candles are lit at 16:17 and Shabbat is out at 17:15."""
ROSH_HASHANA = date(2028, 9, 21)
"""A Thursday: it and Shabbat are one rest of three days."""
PASSOVER = date(2027, 4, 22)
NIGHT = (1320, 420)


def at(day: date, hour: int, minute: int = 0) -> datetime:
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=ZONE).astimezone(UTC)


def whole(day: date, *, days: int = 1) -> Interval:
    return Interval(at(day, 0), at(day + days * DAY, 0))


def slots(
    policy: RestPolicy, day: date, *, days: int = 1, emergency: bool = False, place: Locality = TEL_AVIV
) -> list[str]:
    """Every hour of the days on which a visit of an hour can begin for somebody whose hours are round the clock."""
    closed = closed_for(policy, whole(day, days=days), place, emergency=emergency)
    hours = WeeklyHours(dict.fromkeys(range(7), (Span(0, 1440),)))
    rules = SlotPolicy(step_minutes=60, buffer_after_minutes=30, notice_minutes=0)
    calendar = Calendar(ZONE, hours, (), (), rules, closed)
    return [
        f"{slot.start.astimezone(ZONE):%a %H}"
        for slot in free_slots(calendar, within=whole(day, days=days), now=at(day, 0))
    ]


def hours_of(name: str, first: int, last: int) -> list[str]:
    return [f"{name} {hour:02}" for hour in range(first, last + 1)]


# Visits


def test_on_friday_every_visit_ends_before_candle_lighting() -> None:
    assert slots(RestPolicy(), FRIDAY) == hours_of("Fri", 0, 15)
    assert slots(RestPolicy(), FRIDAY, place=JERUSALEM) == hours_of("Fri", 0, 14), "candles at 15:54"


def test_on_shabbat_there_are_visits_only_after_nightfall() -> None:
    assert slots(RestPolicy(), FRIDAY + DAY) == hours_of("Sat", 18, 23)


def test_between_two_days_of_a_holiday_and_shabbat_there_is_no_gap() -> None:
    found = slots(RestPolicy(), ROSH_HASHANA - DAY, days=4)
    assert found == hours_of("Wed", 0, 17) + hours_of("Sat", 20, 23)


def test_whoever_works_on_shabbat_may_still_keep_holidays() -> None:
    assert slots(RestPolicy(shabbat=True), FRIDAY, days=2) == hours_of("Fri", 0, 23) + hours_of("Sat", 0, 23)
    assert "Thu 12" not in slots(RestPolicy(shabbat=True), ROSH_HASHANA)
    assert "Thu 12" in slots(RestPolicy(yom_tov=True), ROSH_HASHANA)


def test_a_custom_of_candles_is_the_businesss_own() -> None:
    assert slots(RestPolicy(candle_minutes=40), FRIDAY)[-1] == "Fri 14"


def test_work_on_an_eve_may_end_by_the_clock_or_before_candles_whichever_is_earlier() -> None:
    assert slots(RestPolicy(eve_end_minute=13 * 60), FRIDAY)[-1] == "Fri 12"
    assert slots(RestPolicy(eve_margin_minutes=120), FRIDAY)[-1] == "Fri 13"
    assert slots(RestPolicy(eve_end_minute=20 * 60), FRIDAY)[-1] == "Fri 15"
    assert slots(RestPolicy(eve_end_minute=13 * 60), PASSOVER - DAY)[-1] == "Wed 12"
    assert slots(RestPolicy(eve_end_minute=13 * 60), FRIDAY - DAY)[-1] == "Thu 23", "a Thursday is no eve"
    works = RestPolicy(eve_end_minute=13 * 60, shabbat=True)
    assert slots(works, FRIDAY)[-1] == "Fri 23", "whoever works on Shabbat has no eve of it"


def test_an_eve_ends_early_even_when_only_the_eve_is_looked_at() -> None:
    policy = RestPolicy(eve_end_minute=13 * 60)
    calendar = Calendar(
        ZONE,
        WeeklyHours(dict.fromkeys(range(7), (Span(0, 1440),))),
        (),
        (),
        SlotPolicy(notice_minutes=0),
        closed_for(policy, Interval(at(FRIDAY, 14), at(FRIDAY, 14, 1)), TEL_AVIV),
    )
    assert not is_free(calendar, Interval(at(FRIDAY, 14), at(FRIDAY, 15)), now=at(FRIDAY, 9))


@pytest.mark.parametrize(
    ("entry", "day"),
    [
        ("chol_hamoed", PASSOVER + 3 * DAY),
        ("fasts", date(2027, 8, 12)),
        ("national", date(2027, 5, 12)),
        ("memorial", date(2027, 5, 11)),
    ],
)
def test_special_days_are_normal_unless_switched(entry: str, day: date) -> None:
    assert len(slots(RestPolicy(), day)) == 24
    assert slots(policy_of({entry: "none"}), day) == []
    assert len(slots(policy_of({entry: "short"}), day)) == 13
    assert len(slots(policy_of({entry: "short", "short_end_minute": 600}), day)) == 10


def test_an_emergency_opens_rest_only_to_those_who_opted_in() -> None:
    opted = RestPolicy(emergencies=True)
    assert len(slots(opted, FRIDAY + DAY, emergency=True)) == 24
    assert slots(opted, FRIDAY + DAY) == hours_of("Sat", 18, 23), "not to other visits"
    assert slots(RestPolicy(), FRIDAY + DAY, emergency=True) == hours_of("Sat", 18, 23)


def test_where_nothing_is_kept_nothing_is_closed() -> None:
    assert closed_for(policy_of(OPEN_ALWAYS), whole(ROSH_HASHANA, days=30), TEL_AVIV) == ()


def test_a_professional_overrides_the_business_entry_by_entry() -> None:
    business = {"chol_hamoed": "none", "candle_minutes": 40}
    policy = policy_of(business, {"shabbat": True, "chol_hamoed": "full"})
    assert policy == RestPolicy(shabbat=True, chol_hamoed=Work.full, candle_minutes=40)
    assert policy_of(business, None) == policy_of(business, {})


@given(st.dates(date(2025, 1, 1), date(2060, 1, 1)), st.integers(0, 23), st.sampled_from([TEL_AVIV, JERUSALEM, HAIFA]))
@settings(deadline=None)
def test_no_visit_ever_meets_the_middle_of_a_day_of_rest(day: date, hour: int, place: Locality) -> None:
    window = Interval(at(day, hour), at(day, hour) + timedelta(hours=1))
    closed = closed_for(RestPolicy(), window, place)
    resting = any(each.overlaps(window) for each in closed)
    if day_of(day).is_rest and hour <= 15:
        assert resting
    if not day_of(day).is_rest and not day_of(day + DAY).is_rest and hour >= 1:
        assert not resting


# Messages


def tells(moment: datetime, *, policy: RestPolicy | None = None, quiet: tuple[int, int] = NIGHT) -> datetime:
    return free_to_tell(moment, policy=policy or RestPolicy(), place=TEL_AVIV, zone=ZONE, quiet=quiet)


def told_by(moment: datetime, *, quiet: tuple[int, int] = NIGHT) -> datetime:
    return last_to_tell(moment, policy=RestPolicy(), place=TEL_AVIV, zone=ZONE, quiet=quiet)


def test_what_falls_on_shabbat_waits_for_its_end_and_not_for_the_morning() -> None:
    assert tells(at(FRIDAY, 16)) == at(FRIDAY, 16)
    assert tells(at(FRIDAY, 17)).astimezone(ZONE).strftime("%a %H:%M") == "Sat 17:15"
    assert tells(at(FRIDAY, 23)).astimezone(ZONE).strftime("%a %H:%M") == "Sat 17:15"


def test_when_rest_ends_in_quiet_hours_it_waits_for_the_end_of_both() -> None:
    assert tells(at(FRIDAY + DAY, 12), quiet=(1020, 420)) == at(FRIDAY + 2 * DAY, 7)
    assert tells(at(ROSH_HASHANA - DAY, 23)).astimezone(ZONE).strftime("%a %H:%M") == "Sat 19:12"


def test_whoever_works_on_shabbat_is_told_on_shabbat() -> None:
    assert tells(at(FRIDAY + DAY, 12), policy=RestPolicy(shabbat=True)) == at(FRIDAY + DAY, 12)


def test_what_must_be_said_before_rest_is_said_a_little_before_it_begins() -> None:
    assert told_by(at(FRIDAY + DAY, 12)).astimezone(ZONE).strftime("%a %H:%M") == "Fri 16:02"
    assert told_by(at(FRIDAY, 12)) == at(FRIDAY, 12)
    assert told_by(at(FRIDAY, 3)) == at(FRIDAY - DAY, 21, 45)
    assert told_by(at(FRIDAY, 22)).astimezone(ZONE).strftime("%a %H:%M") == "Fri 16:02"


def test_quiet_hours_before_a_rest_that_began_in_them_count_too() -> None:
    assert told_by(at(FRIDAY + DAY, 12), quiet=(900, 420)) == at(FRIDAY, 14, 45)


@pytest.mark.parametrize("quiet", [(0, 1440), (0, 0)])
def test_it_ends_even_when_there_is_no_moment_at_all(quiet: tuple[int, int]) -> None:
    assert tells(at(FRIDAY, 17), quiet=quiet) > at(FRIDAY, 17)
    assert told_by(at(FRIDAY, 17), quiet=quiet) < at(FRIDAY, 17)


@given(st.integers(0, 4 * 365 * 1440), st.integers(0, 23), st.integers(0, 10))
@settings(deadline=None)
def test_what_is_said_is_never_said_in_quiet_hours_or_rest(minutes: int, start: int, length: int) -> None:
    quiet = (start * 60, (start + length) % 24 * 60)
    asked = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
    later, earlier = tells(asked, quiet=quiet), told_by(asked, quiet=quiet)
    assert earlier <= asked <= later
    for found in (later, earlier):
        assert not in_quiet_hours(found, zone=ZONE, start_minute=quiet[0], end_minute=quiet[1])
        instant = Interval(found, found + timedelta(seconds=1))
        assert not any(each.contains(instant) for each in closed_for(RestPolicy(), instant, TEL_AVIV))


# As people write it


def test_a_policy_is_read_from_words() -> None:
    assert parse_rest(EXAMPLE) == {"shabbat": True, "chol_hamoed": "short", "eve_end_minute": 780}
    assert parse_rest("Eve_Margin=60;candle=40;") == {
        "eve_margin_minutes": 60,
        "candle_minutes": 40,
    }
    assert parse_rest(" ") == {}


@pytest.mark.parametrize("words", ["shabbat", "shabat=yes", "chol_hamoed=half", "eve_end=25:00", "shabbat=maybe"])
def test_a_policy_that_cannot_be_is_refused(words: str) -> None:
    with pytest.raises(BadRest):
        parse_rest(words)
