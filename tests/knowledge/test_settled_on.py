"""Of two things named one after the other, the one that is settled on counts: days, hours, towns, trades, houses."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from proli.knowledge.address import find_address
from proli.knowledge.times import find_time
from proli.knowledge.trades import find_trades
from proli.knowledge.where import read_where

NOW = datetime(2070, 11, 23, 9, 0, tzinfo=ZoneInfo("Asia/Jerusalem"))
"""A Sunday."""


@pytest.mark.parametrize("asked", [True, False])
@pytest.mark.parametrize(
    ("text", "start"),
    [
        ("נזילה, ביום שני בצהריים עזוב תעשה רביעי", "26 12:00"),
        ("יש לי נזילה, ביום שני בעצם רביעי", "26 00:00"),
        ("סתימה ביום שני, או יודע מה רביעי", "26 00:00"),
        ("נזילה ברמת גן ביום ראשון, לא תעשה שלישי ב-10", "25 10:00"),
        ("יום שני אתה יודע מה יום רביעי", "26 00:00"),
        ("יום שני יודעת מה תרשמי חמישי בבוקר", "27 07:00"),
        ("נזילה מחר ב-10 עזוב תעשה 11", "24 11:00"),
        ("נזילה ביום שני ב-4 בעצם 5", "24 17:00"),
        ("נזילה מחר ב-10 תרשום 12", "24 12:00"),
        ("מחר ב10 עזבו תעשו ב12", "24 12:00"),
        ("מחר ב-10 או יודע מה ב-12", "24 12:00"),
        ("tomorrow at 10, actually make it 12", "24 12:00"),
    ],
)
def test_the_later_day_or_hour_is_wished_for_alone(text: str, start: str, *, asked: bool) -> None:
    wish = find_time(text, now=NOW, asked=asked, homes=False)
    assert wish is not None
    assert wish.start is not None
    assert f"{wish.start:%d %H:%M}" == start
    assert not wish.alternatives


@pytest.mark.parametrize(
    ("text", "start", "others"),
    [
        ("מחר תעשו ב-10", "24 10:00", 0),
        ("מחר תעשה בבוקר", "24 07:00", 0),
        ("ביום שני בבוקר ותעשה לי גם בדיקה של הדוד", "24 07:00", 0),
        ("מחר ב-10 או ב-12", "24 10:00", 1),
        ("עזוב, מחר ב-10 מצוין", "24 10:00", 0),
        ("יום רביעי ב-12 ואם לא אז חמישי", "26 12:00", 1),
    ],
)
def test_what_replaces_nothing_leaves_the_first(text: str, start: str, others: int) -> None:
    wish = find_time(text, now=NOW, asked=True)
    assert wish is not None
    assert wish.start is not None
    assert (f"{wish.start:%d %H:%M}", len(wish.alternatives)) == (start, others)


@pytest.mark.parametrize(
    ("text", "city"),
    [
        ("נזילה ברמת גן עזוב תעשה גבעתיים", "גבעתיים"),
        ("נזילה ברמת גן או יודע מה בגבעתיים", "גבעתיים"),
        ("נזילה בחולון עזבו תבואו לבת ים", "בת ים"),
        ("אני בחולון, בעצם תעשו בבת ים", "בת ים"),
        ("פתח תקווה, לא, תעשה ראש העין", "ראש העין"),
        ("in Holon, actually make it Bat Yam", "בת ים"),
    ],
)
def test_the_later_town_is_meant(text: str, city: str) -> None:
    where = read_where(text, asked=None, homes=False, role=None)
    assert where.city is not None
    assert (where.city.name, where.candidates) == (city, ())


@pytest.mark.parametrize(
    ("text", "trades"),
    [
        ("צריך חשמלאי עזוב תביאו אינסטלטור", ["plumber"]),
        ("צריך חשמלאי בעצם אינסטלטור", ["plumber"]),
        ("חשמלאי, לא, תעשה אינסטלטור", ["plumber"]),
        ("אינסטלטור או יודע מה חשמלאי", ["electrician"]),
        ("צריך אינסטלטור סליחה חשמלאי", ["electrician"]),
        ("צריך מנעולן עזבו תשלחו חשמלאי", ["electrician"]),
        ("צריך חשמלאי וגם אינסטלטור", ["electrician", "plumber"]),
    ],
)
def test_the_later_professional_is_wanted_and_of_two_that_are_joined_both(text: str, trades: list[str]) -> None:
    assert [one.trade for one in find_trades(text)] == trades


@pytest.mark.parametrize("text", ["הרצל 5 עזוב 7", "הרצל 5 בעצם 7", "הרצל 5 או יודע מה 7", "הרצל 5, לא, תעשה 7"])
def test_the_later_house_is_meant(text: str) -> None:
    address = find_address(text, asked=True)
    assert address is not None
    assert (address.street, address.number) == ("הרצל", 7)


def test_the_later_floor_is_meant() -> None:
    address = find_address("הרצל 5 קומה 2 עזוב קומה 3", asked=True)
    assert address is not None
    assert (address.number, address.floor) == (5, 3)
