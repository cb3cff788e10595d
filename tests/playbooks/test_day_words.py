"""Near days are called as their reader calls them, in texts of ours and in what a model wrote."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from proli.knowledge.text import isolate, without_marks
from proli.playbooks.day_words import as_read
from proli.playbooks.words import say_times, say_when

ZONE = ZoneInfo("Asia/Jerusalem")
EVENING = datetime(2027, 3, 25, 23, 57, tzinfo=ZONE)
"""A Thursday; in the night after it the clocks go forward."""


def read(text: str, *, days: int, free: bool = False) -> str:
    now = EVENING + timedelta(minutes=5) + timedelta(days=days - 1)
    return without_marks(as_read(text, written_at=EVENING, now=now, zone=ZONE, free=free))


@pytest.mark.parametrize(
    ("language", "days", "said"),
    [
        ("he", 0, "מחר בשעה 9:00"),
        ("he", 1, "היום בשעה 9:00"),
        ("he", 2, "יום ו׳ 26.3 בשעה 9:00"),
        ("en", 1, "today at 9:00"),
        ("en", 3, "Fri 26.3 at 9:00"),
    ],
)
def test_a_time_of_ours_is_told_by_the_day_on_which_it_is_read(language: str, days: int, said: str) -> None:
    visit = datetime(2027, 3, 26, 9, tzinfo=ZONE)
    assert read(say_when(visit, now=EVENING, zone=ZONE, language=language), days=days) == said


def test_of_times_to_choose_from_each_has_its_day() -> None:
    visits = [datetime(2027, 3, day, 9, tzinfo=ZONE) for day in (26, 27)]
    assert read(say_times(visits, now=EVENING, zone=ZONE, language="he"), days=1) == (
        "היום בשעה 9:00 או בשבת 27.3 בשעה 9:00"
    )


def test_what_people_wrote_and_words_that_name_no_day_stay_in_a_text_of_ours() -> None:
    text = f"יום חופש מחר, או: חולה היום\n״{isolate('נזילה, צריך מחר')}״"
    assert as_read(text, written_at=EVENING, now=EVENING + timedelta(hours=1), zone=ZONE, free=False) == text


@pytest.mark.parametrize(
    ("written", "as_it_is_read"),
    [
        ("נקבע למחר ב-10:00", "נקבע להיום ב-10:00"),
        ("אפשר היום או מחרתיים", "אפשר יום ה׳ 25.3 או מחר"),
        ("The visit is tomorrow, not today.", "The visit is today, not Thu 25.3."),
        ("Визит завтра в 10:00", "Визит сегодня в 10:00"),
        ("الزيارة غدا", "الزيارة اليوم"),
        ('כתבת "מחר", נכון?', 'כתבת "מחר", נכון?'),
        ("היום בשבוע והתאריך אינם תואמים", "היום בשבוע והתאריך אינם תואמים"),
    ],
)
def test_what_a_model_wrote_is_put_right_as_well(written: str, as_it_is_read: str) -> None:
    assert read(written, days=1, free=True) == as_it_is_read


def test_nothing_changes_within_the_day() -> None:
    text = say_when(EVENING + timedelta(hours=9), now=EVENING, zone=ZONE, language="he")
    assert as_read(text, written_at=EVENING, now=EVENING + timedelta(minutes=2), zone=ZONE, free=True) == text
