"""The calendar of the land against published figures and against what is easily got wrong."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from proli.knowledge.calendar import (
    HOLIDAY_NAMES,
    ZONE,
    DayKind,
    Rest,
    candle_lighting,
    day_of,
    havdalah,
    is_rest,
    next_eve,
    next_holiday,
    next_shabbat,
    rest_at,
    rest_periods,
)
from proli.knowledge.errors import UnknownHoliday
from proli.knowledge.places import Locality, get_locality
from proli.knowledge.reading.sun import night_at, sunset_at

TEL_AVIV, JERUSALEM, HAIFA = get_locality("תל אביב"), get_locality("ירושלים"), get_locality("חיפה")
EILAT, KIRYAT_SHMONA = get_locality("אילת"), get_locality("קריית שמונה")
DAY = timedelta(days=1)


def local(year: int, month: int, day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=ZONE)


def shown(moment: datetime | None) -> str:
    assert moment is not None
    return f"{moment:%H:%M}"


def whole(first: date, last: date) -> list[Rest]:
    start = datetime(first.year, first.month, first.day, tzinfo=ZONE)
    return rest_periods(start, datetime(last.year, last.month, last.day, tzinfo=ZONE) + DAY, TEL_AVIV)


def test_candles_and_havdalah_are_those_of_the_published_tables() -> None:
    assert "16:17" <= shown(candle_lighting(date(2026, 12, 4), TEL_AVIV)) <= "16:19"
    assert "17:15" <= shown(havdalah(date(2026, 12, 5), TEL_AVIV)) <= "17:17"
    assert shown(candle_lighting(date(2027, 4, 21), TEL_AVIV)) == "18:55"
    assert shown(havdalah(date(2027, 4, 22), TEL_AVIV)) == "19:52"


def test_the_place_decides_and_no_place_is_tel_aviv() -> None:
    friday = date(2026, 12, 4)
    assert candle_lighting(friday) == candle_lighting(friday, TEL_AVIV)
    assert shown(candle_lighting(friday, JERUSALEM)) == "15:54"
    haifa, tel_aviv = candle_lighting(friday, HAIFA), candle_lighting(friday, TEL_AVIV)
    assert haifa and tel_aviv and timedelta(minutes=11) < tel_aviv - haifa < timedelta(minutes=16)
    summer = date(2026, 6, 27)
    north, south = havdalah(summer, KIRYAT_SHMONA), havdalah(summer, EILAT)
    assert north and south and timedelta(minutes=8) < north - south < timedelta(minutes=25)


def test_the_custom_can_be_set() -> None:
    friday = date(2026, 12, 4)
    early, usual = candle_lighting(friday, TEL_AVIV, candle_minutes=40), candle_lighting(friday, TEL_AVIV)
    assert early and usual and usual - early == timedelta(minutes=22)


def test_candles_of_a_second_day_are_lit_after_nightfall_but_before_shabbat_by_day() -> None:
    assert (
        shown(candle_lighting(date(2026, 9, 12), TEL_AVIV)) == "19:27"
    )  # Shabbat and Rosh Hashanah into its second day
    assert shown(candle_lighting(date(2028, 9, 22), TEL_AVIV)) == "18:18", "out of it into Shabbat"
    assert candle_lighting(date(2026, 12, 2)) is None


def test_a_rest_that_goes_on_has_no_havdalah_in_between() -> None:
    assert havdalah(date(2026, 9, 12)) is None
    assert havdalah(date(2026, 9, 13)) is not None
    assert havdalah(date(2026, 9, 14)) is None


def test_shabbat_and_a_holiday_beside_it_are_one_rest() -> None:
    (rest,) = whole(date(2028, 9, 19), date(2028, 9, 24))
    assert (rest.first, rest.last) == (date(2028, 9, 21), date(2028, 9, 23))
    assert [day.he for day in rest.days] == ["ראש השנה", "ראש השנה", "שבת"]
    assert (shown(rest.start), shown(rest.end)) == ("18:21", "19:12")
    (rest,) = whole(date(2026, 5, 20), date(2026, 5, 24))
    assert (rest.first, rest.last) == (date(2026, 5, 22), date(2026, 5, 23)), "Shavuot on a Friday"


def test_whoever_keeps_only_one_of_the_two_rests_only_on_it() -> None:
    window = local(2028, 9, 19, 0), local(2028, 9, 25, 0)
    (rest,) = rest_periods(*window, TEL_AVIV, yom_tov=False)
    assert (rest.first, rest.last) == (date(2028, 9, 23), date(2028, 9, 23))
    (rest,) = rest_periods(*window, TEL_AVIV, shabbat=False)
    assert (rest.first, rest.last) == (date(2028, 9, 21), date(2028, 9, 22))
    assert rest_periods(*window, TEL_AVIV, shabbat=False, yom_tov=False) == []


def test_a_window_that_only_touches_a_rest_does_not_have_it() -> None:
    (rest,) = whole(date(2026, 12, 4), date(2026, 12, 5))
    assert rest_periods(rest.start - DAY, rest.start, TEL_AVIV) == []
    assert rest_periods(rest.end, rest.end + DAY, TEL_AVIV) == []
    assert rest_periods(rest.end - timedelta(seconds=1), rest.end + DAY, TEL_AVIV) == [rest]
    assert rest_at(rest.start, TEL_AVIV) == rest
    assert rest_at(rest.end, TEL_AVIV) is None


@pytest.mark.parametrize(
    ("on", "kind", "he", "en"),
    [
        (date(2026, 11, 24), DayKind.workday, "יום שלישי", "Tuesday"),
        (date(2026, 11, 27), DayKind.friday, "יום שישי", "Friday"),
        (date(2026, 11, 28), DayKind.shabbat, "שבת", "Shabbat"),
        (date(2027, 4, 21), DayKind.eve, "ערב פסח", "Eve of Passover"),
        (date(2027, 4, 22), DayKind.yom_tov, "פסח", "Passover"),
        (date(2027, 4, 25), DayKind.chol_hamoed, "חול המועד פסח", "Chol HaMoed Pesach"),
        (date(2027, 4, 27), DayKind.eve, "ערב שביעי של פסח", "Eve of Seventh day of Passover"),
        (date(2027, 4, 28), DayKind.yom_tov, "שביעי של פסח", "Seventh day of Passover"),
        (date(2027, 4, 29), DayKind.workday, "מימונה", "Mimouna"),
        (date(2027, 5, 3), DayKind.memorial_eve, "ערב יום השואה", "Eve of Holocaust Remembrance Day"),
        (date(2027, 5, 4), DayKind.memorial, "יום השואה", "Holocaust Remembrance Day"),
        (date(2027, 5, 11), DayKind.memorial, "יום הזיכרון", "Memorial Day"),
        (date(2027, 5, 12), DayKind.national, "יום העצמאות", "Independence Day"),
        (date(2027, 8, 12), DayKind.fast, "תשעה באב", "Tisha B'Av"),
        (date(2026, 9, 21), DayKind.yom_tov, "יום כיפור", "Yom Kippur"),
        (date(2026, 12, 7), DayKind.workday, "חנוכה", "Hanukkah"),
    ],
)
def test_what_a_date_is(on: date, kind: DayKind, he: str, en: str) -> None:
    day = day_of(on)
    assert (day.kind, day.he, day.en) == (kind, he, en)


def test_a_day_may_be_several_things() -> None:
    assert day_of(date(2027, 4, 27)).kinds == {DayKind.eve, DayKind.chol_hamoed}
    assert day_of(date(2027, 4, 23)).kinds == {DayKind.friday, DayKind.chol_hamoed}
    assert day_of(date(2026, 9, 26)).kinds == {DayKind.shabbat, DayKind.yom_tov}


def test_there_is_one_day_of_yom_tov_in_the_land() -> None:
    assert not is_rest(date(2027, 4, 23))
    assert day_of(date(2027, 6, 12)).kinds == {DayKind.shabbat}


@pytest.mark.parametrize(
    ("year", "kept"),
    [(2024, (5, 14)), (2025, (5, 1)), (2026, (4, 22)), (2027, (5, 12)), (2028, (5, 2)), (2029, (4, 19))],
)
def test_independence_day_is_on_the_date_it_is_kept(year: int, kept: tuple[int, int]) -> None:
    found = next_holiday("יום העצמאות", date(year, 1, 1))
    assert found.first == date(year, *kept)
    assert next_holiday("יום הזיכרון", date(year, 1, 1)).last == found.first - DAY


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("יום השואה", date(2024, 5, 6)),  # 27 Nisan was a Sunday's eve: moved to Monday
        ("תשעה באב", date(2022, 8, 7)),  # on Shabbat: kept on Sunday
        ("תענית אסתר", date(2024, 3, 21)),  # on Shabbat: kept on Thursday
        ("פורים", date(2024, 3, 24)),  # a leap year: the second Adar
    ],
)
def test_what_falls_on_shabbat_is_kept_on_another_day(name: str, kept: date) -> None:
    assert next_holiday(name, date(kept.year, 1, 1)).first == kept


def test_after_the_holiday_is_after_all_of_it() -> None:
    found = next_holiday("פסח", date(2027, 4, 1), TEL_AVIV)
    assert (found.first, found.last) == (date(2027, 4, 22), date(2027, 4, 28))
    assert (shown(found.start), shown(found.end)) == ("18:55", "19:57")
    assert found.end.date() == date(2027, 4, 28)
    assert next_holiday("סוכות", date(2026, 9, 1)).last == date(2026, 10, 3), "with Simchat Torah"


def test_said_in_the_middle_of_a_holiday_it_is_that_one() -> None:
    assert next_holiday("החג", date(2027, 4, 25)).first == date(2027, 4, 22)
    assert next_holiday("חול המועד", date(2027, 4, 25)).first == date(2027, 4, 23)
    assert next_holiday("פסח", date(2027, 4, 29)).first == date(2028, 4, 11)


def test_shabbat_right_after_a_holiday_is_not_after_it() -> None:
    found = next_holiday("ראש השנה", date(2028, 9, 1))
    assert found.last == date(2028, 9, 22)
    assert found.end.date() == date(2028, 9, 23)


def test_the_holidays_are_those_of_autumn_together() -> None:
    found = next_holiday("החגים", date(2026, 9, 1))
    assert (found.first, found.last) == (date(2026, 9, 12), date(2026, 10, 3))


def test_a_minor_fast_begins_in_the_morning_and_the_great_one_in_the_evening() -> None:
    assert next_holiday("צום גדליה", date(2026, 9, 1)).start.date() == date(2026, 9, 14)
    assert next_holiday("תשעה באב", date(2026, 7, 1)).start.date() == date(2026, 7, 22)


def test_spelling_marks_do_not_matter() -> None:
    for name in ('ט"ו בשבט', "ט״ו בשבט", "PASSOVER", "ל'ג בעומר".replace("'", '"')):
        assert next_holiday(name, date(2026, 1, 1)).first.year == 2026
    with pytest.raises(UnknownHoliday):
        next_holiday("חג המולד", date(2026, 1, 1))


def test_every_name_is_found_from_any_day() -> None:
    for name in HOLIDAY_NAMES:
        found = next_holiday(name, date(2026, 10, 4))
        assert date(2026, 10, 4) <= found.last < date(2027, 11, 1)
        assert found.start < found.end


def test_the_next_eve_and_the_next_shabbat_may_be_today() -> None:
    assert next_eve(date(2027, 4, 22)) == date(2027, 4, 27)
    assert next_eve(date(2027, 4, 27)) == date(2027, 4, 27)
    assert next_shabbat(date(2026, 11, 28)) == date(2026, 11, 28)
    assert next_shabbat(date(2026, 11, 29)) == date(2026, 12, 5)


@given(st.dates(date(2024, 1, 1), date(2090, 1, 1)), st.sampled_from([TEL_AVIV, JERUSALEM, HAIFA, EILAT]))
def test_rests_are_apart_and_hold_every_day_of_rest(first: date, place: Locality) -> None:
    start = datetime(first.year, first.month, first.day, tzinfo=UTC)
    found = rest_periods(start, start + 30 * DAY, place)
    assert found == sorted(found, key=lambda rest: rest.start)
    assert all(earlier.end < later.start for earlier, later in pairwise(found))
    for offset in range(1, 29):
        noon = start + offset * DAY + timedelta(hours=10)
        inside = any(rest.start <= noon < rest.end for rest in found)
        assert inside == is_rest(first + offset * DAY)


def test_the_sun_is_computed_once_per_place_and_day() -> None:
    start = local(2026, 9, 1, 9)
    rest_periods(start, start + 14 * DAY, JERUSALEM)
    before = sunset_at.cache_info().misses, night_at.cache_info().misses
    rest_periods(start + timedelta(hours=1), start + 14 * DAY, JERUSALEM)
    assert (sunset_at.cache_info().misses, night_at.cache_info().misses) == before
