"""Why somebody cannot come, and that it is only now: read where it is all they say, and of nobody else."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from proli.desk.day_words import days_in
from proli.knowledge.for_a_while import While, find_while
from proli.knowledge.hindered import is_hindered, is_of_later
from proli.knowledge.workday import read_workday

TUESDAY = datetime(2026, 12, 1, 8, 0, tzinfo=ZoneInfo("Asia/Jerusalem"))


@pytest.mark.parametrize(
    "text",
    [
        "קראו לי למילואים",
        "קראולי למילואים",
        "קיבלתי צו 8",
        "שבוע במילואים",
        "הילד חולה",
        "הבן שלי חולה",
        "הילדה עם חום אין לי עם מי להשאיר אותה",
        "אשתי בבית חולים",
        "לא מרגיש טוב",
        "אני לא מרגישה טוב היום",
        "הרכב במוסך",
        "האוטו במוסך אחי",
        "נתקעתי בלי רכב",
        "יש לי לוויה",
        "לויה של סבתא",
        "יש לי קורונה",
        "my kid is sick",
        "got called up for reserve duty",
        "funeral today",
        "car's in the garage",
        "i don't have a car",
    ],
)
def test_a_reason_alone_is_read(text: str) -> None:
    assert is_hindered(text)
    assert not read_workday(text).kinds


@pytest.mark.parametrize(
    "text",
    [
        "הלקוחה חולה",
        "הבן של דנה חולה",
        "הבן של דנה לא מרגיש טוב",
        "הילד שלה חולה",
        "ללקוח יש לוויה",
        "הילד חולה אבל אני מגיע",
        "הילד חולה, אאחר",
        "לא במילואים",
        "הרכב חזר מהמוסך",
        "המילואים בוטלו",
        "יש מילואים?",
        "אם הילד חולה",
        "אולי מילואים",
        "לוויתן",
        "המזגן במוסך",
        "the customer's car is in the shop",
    ],
)
def test_what_is_of_others_denied_or_doubted_is_no_reason(text: str) -> None:
    assert not is_hindered(text)


@pytest.mark.parametrize("text", ["יש לי 39 חום", "חום 39", "קודח מחום"])
def test_a_fever_is_being_ill(text: str) -> None:
    assert read_workday(text).kinds == {"ill"}


def test_a_time_to_come_that_is_no_day_is_told_from_now() -> None:
    assert is_of_later("צו 8 משבוע הבא")
    assert not is_of_later("קראו לי למילואים")


@pytest.mark.parametrize(
    ("text", "first", "count"),
    [
        ("שבוע במילואים", 1, 7),
        ("אני בחופש שבועיים", 1, 14),
        ("במילואים שלושה ימים", 1, 3),
        ("חופש יומיים ממחר", 2, 2),
        ("day off for 3 days", 1, 3),
        ("קראו לי למילואים עד יום חמישי", 1, 3),
        ("חולה, חוזר ביום ראשון", 1, 5),
        ("אני בחופש, אחזור מחר", 1, 1),
        ("חופש מחר", 2, 1),
        ("שבוע הבא במילואים", 6, 7),
    ],
)
def test_how_many_days_are_off_is_told_by_length_or_by_the_way_back(text: str, first: int, count: int) -> None:
    assert days_in(text, now=TUESDAY) == [date(2026, 12, first + at) for at in range(count)]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("לא יכול עכשיו", While(None, now=True)),
        ("כרגע לא יכול", While(None, now=True)),
        ("לא עכשיו", While(None, now=True)),
        ("can't right now", While(None, now=True)),
        ("תפוס", While(None, now=False)),
        ("לא פנוי אחי", While(None, now=False)),
        ("לא בשעתיים הקרובות", While(120, now=True)),
        ("לא ב3 שעות הקרובות", While(180, now=True)),
        ("עסוק בחצי שעה הקרובה", While(30, now=True)),
        ("לא אגיע בשעה הקרובה", While(60, now=True)),
        ("not in the next two hours", While(120, now=True)),
        ("לא יכול לדבר עכשיו", None),
        ("לא יכול להגיע", None),
        ("אגיע בשעה הקרובה", None),
        ("עכשיו סיימתי", None),
    ],
)
def test_that_somebody_cannot_come_for_a_while_is_read(text: str, told: While | None) -> None:
    assert find_while(text) == told
