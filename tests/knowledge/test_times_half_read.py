"""Dates cut short, half understood or at odds with their weekday, limits of a day, and initials of towns and units."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from proli.knowledge.address import find_address
from proli.knowledge.places import find_places
from proli.knowledge.times import find_time
from proli.knowledge.where import read_where

ISRAEL = ZoneInfo("Asia/Jerusalem")
SUNDAY = datetime(2026, 11, 29, 10, 0, tzinfo=ISRAEL)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ISRAEL)


@pytest.mark.parametrize(
    ("text", "start"),
    [
        ("תגיעו ב-1 בדצמ׳ בשעה 10", "2026-12-01 10:00"),
        ("אפשר ב-3 בדצמ' ב-16:00?", "2026-12-03 16:00"),
        ("ב-5 בינו׳ ב-9", "2027-01-05 09:00"),
        ("ל-15 בפבר' בשעה 12", "2027-02-15 12:00"),
        ("3 מר׳ בשעה 12", "2027-03-03 12:00"),
        ("ב-4 באפר׳ ב-16:00", "2027-04-04 16:00"),
        ("ב-4 ביונ׳ ב-16:00", "2027-06-04 16:00"),
        ("ב-4 ביול. ב-16:00", "2027-07-04 16:00"),
        ("ב-4 באוג״ ב-16:00", "2027-08-04 16:00"),
        ("ב-4 בספט' ב-16:00", "2027-09-04 16:00"),
        ("ב-4 באוק׳ 2027 ב-16:00", "2027-10-04 16:00"),
        ("ב-30 בנוב׳ ב-16:00", "2026-11-30 16:00"),
        ("1 דצמ 16:00", "2026-12-01 16:00"),
        ("ב-3 לדצ׳ בשעה 16:00", "2026-12-03 16:00"),
        ("3 Dec. at 4pm", "2026-12-03 16:00"),
        ("on Dec. 3 at 4pm", "2026-12-03 16:00"),
        ("3 дек. в 16:00", "2026-12-03 16:00"),
        ("3 ديسمبر الساعة 16:00", "2026-12-03 16:00"),
        ("מחרתים ב-16:00", "2026-12-01 16:00"),
        ("sat at 10am", "2026-12-05 10:00"),
        ("в пн в 16:00", "2026-11-30 16:00"),
    ],
)
def test_a_month_or_a_day_cut_short_is_read(text: str, start: str) -> None:
    wish = find_time(text, now=SUNDAY, homes=False)
    assert wish is not None
    assert (wish.kind, wish.start) == ("exact", at(start))
    assert not wish.alternatives


def test_a_month_cut_short_without_an_hour_is_a_day() -> None:
    wish = find_time("31 באוג׳", now=SUNDAY)
    assert wish is not None
    assert (wish.kind, wish.start) == ("day", at("2027-08-31 00:00"))


@pytest.mark.parametrize("asked", [False, True])
@pytest.mark.parametrize(
    "text",
    [
        "ב-3 בדצמבער ב-16:00", "3rd of Dcember at 4pm", "ב-31.11 ב-10", "32.12 ב-10", "30.2 ב-10", "3/13 ב-10",
        "3-12 ב-10", "ב-3 ל-12 בשעה 10", "3\\12 ב-10", "ט״ו בכסלו ב-10", "ב-15 בטבת בשעה 10", "ביום שליש ב-10",
        "wensday at 10", "Thrusday at 10am", "tomorow3 tomorrwo at 10", "בעוד כמה ימים ב-10", "in a few days at 10",
        "ב-28 בנובמבר ב-10", "ב-31 בנובמבר ב-10", "ב-28.11 בשעה 10", "ב-3 בדצמבער בבוקר",
    ],
)  # fmt: skip
def test_beside_a_date_that_is_not_understood_an_hour_is_of_no_day(text: str, asked: bool) -> None:
    wish = find_time(text, now=SUNDAY, asked=asked, homes=False)
    assert wish is None or (wish.start is None and not wish.alternatives)


@pytest.mark.parametrize(
    ("text", "start"),
    [
        ("ב-16:00 אולי", "2026-11-29 16:00"),
        ("מחר ב-16:00, דוד 1.5 כוח", "2026-11-30 16:00"),
        ("ביאליק 12/34, מחר ב-16:00", "2026-11-30 16:00"),
        ("יום טוב, אפשר ב-17:00?", "2026-11-29 17:00"),
        ("לפני 3 ימים התחיל. אפשר ב-17:00?", "2026-11-29 17:00"),
        ("היום 3 אנשים בבית, אפשר ב-17:00?", "2026-11-29 17:00"),
    ],
)
def test_what_only_resembles_a_date_leaves_the_hour(text: str, start: str) -> None:
    wish = find_time(text, now=SUNDAY, homes=False)
    assert wish is not None
    assert wish.start == at(start)


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("ביום שני 6.12 בשעה 10", ("2026-12-06", "2026-12-07")),
        ("6.12 ביום שני ב-10", ("2026-12-06", "2026-12-07")),
        ("יום ב' 6.12", ("2026-12-06", "2026-12-07")),
        ("יום ב 6.12 ב-10", ("2026-12-06", "2026-12-07")),
        ("ביום שני ה-6 לחודש ב-10", ("2026-12-06", "2026-12-07")),
        ("Monday 6.12 at 10", ("2026-12-06", "2026-12-07")),
        ("Monday, December 6 at 10am", ("2026-12-06", "2026-12-07")),
        ("в понедельник 6 декабря в 10:00", ("2026-12-06", "2026-12-07")),
        ("היום 5.12 ב-17:00", ("2026-11-29", "2026-12-05")),
        ("today 5.12", ("2026-11-29", "2026-12-05")),
        ("tomorrow, Tuesday at 10", ("2026-11-30", "2026-12-01")),
        ("מחר יום שלישי ב-10", ("2026-11-30", "2026-12-01")),
    ],
)
def test_a_weekday_at_odds_with_its_date_leaves_both_days_open(text: str, days: tuple[str, ...]) -> None:
    wish = find_time(text, now=SUNDAY, homes=False)
    assert wish is not None
    assert wish.days == tuple(map(date.fromisoformat, days))


@pytest.mark.parametrize(
    "text",
    ["ביום שני 7.12 ב-10:00", "יום א' 6.12", "מחר יום שני 30.11", "tomorrow, Monday at 10am", "מחר, שלישי או רביעי",
     "שני או שלישי", "5.12 או 6.12"],
)  # fmt: skip
def test_a_weekday_that_agrees_and_days_to_choose_from_are_not_at_odds(text: str) -> None:
    wish = find_time(text, now=SUNDAY, asked=True, homes=False)
    assert wish is not None
    assert wish.days == ()


@pytest.mark.parametrize("text", ["בעוד 24 שעות", "in 24 hours", "עוד 24 שעות", "בעוד יממה", "через сутки"])
def test_a_day_from_now_is_this_hour_tomorrow(text: str) -> None:
    wish = find_time(text, now=SUNDAY, asked=True)
    assert wish is not None
    assert (wish.kind, wish.start) == ("exact", at("2026-11-30 10:00"))


@pytest.mark.parametrize(
    ("text", "end"),
    [
        ("תוך 24 שעות", "2026-11-30 10:00"),
        ("בתוך 24 שעות", "2026-11-30 10:00"),
        ("within 24 hours", "2026-11-30 10:00"),
        ("in the next 24 hours", "2026-11-30 10:00"),
        ("ביממה הקרובה", "2026-11-30 10:00"),
        ("ב-24 השעות הקרובות", "2026-11-30 10:00"),
        ("תוך יממה", "2026-11-30 10:00"),
        ("תוך עשרים וארבע שעות", "2026-11-30 10:00"),
        ("в течение суток", "2026-11-30 10:00"),
        ("خلال 24 ساعة", "2026-11-30 10:00"),
        ("תוך שעה", "2026-11-29 11:00"),
        ("within the hour", "2026-11-29 11:00"),
    ],
)
def test_within_a_day_is_as_soon_as_possible_until_then(text: str, end: str) -> None:
    wish = find_time(text, now=SUNDAY, asked=True)
    assert wish is not None
    assert (wish.kind, wish.start, wish.end) == ("asap", None, at(end))


@pytest.mark.parametrize(
    ("text", "end"),
    [("עד מחר בערב", "2026-11-30 20:00"), ("תוך יום", "2026-12-01 00:00"), ("within two days", "2026-12-02 00:00")],
)
def test_a_limit_further_off_is_a_limit(text: str, end: str) -> None:
    wish = find_time(text, now=SUNDAY, asked=True)
    assert wish is not None
    assert (wish.kind, wish.end) == ("before", at(end))


@pytest.mark.parametrize("text", ["שירות 24 שעות", "יש לכם שירות 24 שעות ביממה?", "אין לי מים כבר 24 שעות", "24/7"])
def test_round_the_clock_is_no_time(text: str) -> None:
    assert find_time(text, now=SUNDAY) is None


@pytest.mark.parametrize(
    ("text", "town", "line"),
    [
        ('הרצל 5 ת"א', "תל אביב", "הרצל 5"),
        ("הרצל 5 ת״א", "תל אביב", "הרצל 5"),
        ("הרצל 5 ת''א", "תל אביב", "הרצל 5"),
        ("הרצל 5 ת“א", "תל אביב", "הרצל 5"),
        ("ז'בוטינסקי 155 ר\"ג", "רמת גן", "ז'בוטינסקי 155"),
        ('הרצל 5 ב"ש', "באר שבע", "הרצל 5"),
        ('הרב קוק 12 פ"ת', "פתח תקווה", "הרב קוק 12"),
        ('הרצל 5 ראשל"צ', "ראשון לציון", "הרצל 5"),
        ('הרצל 5 כפ"ס', "כפר סבא", "הרצל 5"),
        ('הרצל 35 כ"ס', "כפר סבא", "הרצל 35"),
        ('רחוב הרצל 5 כ"ס', "כפר סבא", "הרצל 5"),
        ('הרצל 5 ב"ב', "בני ברק", "הרצל 5"),
        ('הרצל 5 י"ם', "ירושלים", "הרצל 5"),
        ('הרצל 5 ק"ש', "קריית שמונה", "הרצל 5"),
        ('הרצל 5 רמה"ש', "רמת השרון", "הרצל 5"),
        ('הרצל 5 נס"צ', "נס ציונה", "הרצל 5"),
        ('הרצל 5 רה"ע', "ראש העין", "הרצל 5"),
        ('הרצל 5 פ"ת קומה 2', "פתח תקווה", "הרצל 5, קומה 2"),
    ],
)
def test_initials_after_a_house_number_are_the_town(text: str, town: str, line: str) -> None:
    where = read_where(text, asked=None, homes=False)
    assert where.city is not None
    assert where.city.name == town
    address = find_address(text)
    assert address is not None
    assert address.line() == line


@pytest.mark.parametrize(
    "text", ['2.5 כ"ס', 'מזגן 2 כ"ס', "מזגן אלקטרה 1.5 כ״ס", '80 מ"ר', '3 ק"ג', '15 ס"מ', '12 ק"מ', '300 ש"ח']
)
def test_initials_of_a_unit_are_no_town(text: str) -> None:
    assert find_places(text, asked=True) == []
