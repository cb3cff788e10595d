"""Which times a text will not have."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from proli.knowledge.exclusions import NOTHING, excluded_from, find_excluded

NOW = datetime(2070, 11, 23, 9, 0, tzinfo=ZoneInfo("Asia/Jerusalem"))
"""A Sunday."""


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("רק לא מחר", {"24"}),
        ("חוץ משלישי", {"25", "02", "09", "16"}),
        ("לא מחר ולא מחרתיים", {"24", "25"}),
        ("שלישי לא מתאים לי", {"25", "02", "09", "16"}),
        ("not tomorrow", {"24"}),
        ("any day but tuesday", {"25", "02", "09", "16"}),
        ("לא שלישי ורק רביעי", {"25", "02", "09", "16"}),
        ("לא שלישי אלא רביעי", {"25", "02", "09", "16"}),
        ("שלישי לא, רביעי כן", {"25", "02", "09", "16"}),
    ],
)
def test_days_that_will_not_do(text: str, days: set[str]) -> None:
    assert {first.strftime("%d") for first, _ in find_excluded(text, now=NOW).spans} == days


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("לא ב-12", (720, 750)),
        ("כל שעה חוץ מ-12", (720, 750)),
        ("לא לפני 10", (0, 600)),
        ("לא אחרי 16", (960, 1440)),
        ("לא בבוקר", (420, 720)),
        ("not before 10", (0, 600)),
    ],
)
def test_hours_that_will_not_do(text: str, minutes: tuple[int, int]) -> None:
    assert find_excluded(text, now=NOW).daily == (minutes,)


@pytest.mark.parametrize(
    "text",
    [
        "לא יודע אם מחר",
        "אם לא מחר אז מחרתיים",
        "למה לא מחר?",
        "יש לי נזילה, לא דחוף, מחר ב-10",
        "זה לא 5, זה ביאליק 30",
        "קומה 2 לא 3",
        "אין מים, לא 5 דקות",
        "לא רוצה לחכות עד מחר",
        "מחר ב-12",
        "האם מחר או לא",
        "אז מחר, לא?",
    ],
)
def test_other_words_exclude_nothing(text: str) -> None:
    assert find_excluded(text, now=NOW) == NOTHING


def test_what_was_stored_is_read_as_it_was() -> None:
    found = find_excluded("רק לא מחר, לא לפני 10", now=NOW)
    assert excluded_from(found.as_json()) == found
    assert not found.allows(NOW.replace(day=24, hour=12))
    assert not found.allows(NOW.replace(day=25, hour=9))
    assert found.allows(NOW.replace(day=25, hour=10))
    assert found.without(NOW.replace(day=24), exact=False).allows(NOW.replace(day=24, hour=12))
