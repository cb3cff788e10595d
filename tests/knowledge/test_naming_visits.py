"""Which times told in words are those of a visit: for professionals, for customers with several, for those with one."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from proli.knowledge.times import find_named_time, find_time
from proli.knowledge.wishes import NEAR, names_visit

ZONE = ZoneInfo("Asia/Jerusalem")
NOW = datetime(2026, 11, 30, 9, 0, tzinfo=ZONE)


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 12, day, hour, minute, tzinfo=ZONE)


@pytest.mark.parametrize(
    ("words", "visit", "names"),
    [
        ("מחר בערב", at(1, 19), True),
        ("מחר בערב", at(1, 10), False),
        ("מ-14 עד 16", at(1, 10), False),
        ("מ-14 עד 16", at(3, 15), True),
        ("בבוקר", at(3, 10), True),
        ("ב-8", at(3, 20), True),
        ("ב-10", at(3, 22), True),
        ("ב-8 בבוקר", at(3, 20), False),
        ("08:00", at(3, 20), False),
        ("17:00", at(3, 5), False),
        ("מחר ב-5", at(2, 5), False),
        ("ב-5", at(2, 17, 10), True),
        ("ב-5", at(2, 17, 20), False),
        ("אחרי 14", at(2, 15), True),
        ("לפני 12", at(2, 8), True),
        ("לפני 12", at(2, 13), False),
        ("מחר", at(1, 13), True),
        ("מחר", at(2, 13), False),
    ],
)
def test_a_time_in_words_names_the_visits_that_stand_at_it(words: str, visit: datetime, names: bool) -> None:
    wish = find_time(words, now=NOW, asked=True) or find_named_time(words, now=NOW)
    assert wish is not None
    assert names_visit(wish, visit, near=NEAR) is names


def test_who_wants_another_hour_may_mean_one_a_few_minutes_from_it() -> None:
    wish = find_time("מחר ב-17:15", now=NOW)
    assert wish is not None
    assert not names_visit(wish, at(1, 17))
