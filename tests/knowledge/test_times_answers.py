"""Times that answer another question, and times that take the place of others."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from proli.knowledge.times import find_time
from proli.knowledge.wishes import TimeWish, with_hours_of

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=ZoneInfo("Asia/Jerusalem"))


def told(text: str, *, asked: bool = True) -> tuple[str, str] | None:
    wish = find_time(text, now=NOW, asked=asked)
    return (wish.kind, f"{wish.start:%d.%m %H:%M}") if wish and wish.start else None


@pytest.mark.parametrize("answer", ["1.2", "ב-15 לחודש", "סוף דצמבר", "מיידי", "תוך חודשיים", "с 15 января"])
def test_the_day_of_moving_in_is_no_wish_for_a_visit(answer: str) -> None:
    assert find_time(answer, now=NOW, question="move_in") is None


def test_a_visit_beside_the_day_of_moving_in_is_a_wish() -> None:
    wish = find_time("1.2, ואפשר לבוא לראות מחר ב-5?", now=NOW, question="move_in")
    assert wish is not None and wish.start is not None and wish.start.hour == 17


@pytest.mark.parametrize(("answer", "question"), [("עד 2.5", "budget"), ("3.5", "rooms"), ("לא משנה", "role")])
def test_a_number_that_was_asked_for_is_no_date(answer: str, question: str) -> None:
    assert find_time(answer, now=NOW, question=question) is None


@pytest.mark.parametrize(
    "text",
    [
        "הדירה פנויה מ-1.1, 4 חדרים להשכרה",
        "סאבלט 1.12-15.1 בתל אביב",
        "דירה למכירה, פינוי 1.6",
        "השכן מכר ב1.2 דירת 4 חדרים",
        "rent out my 2-room apartment, free immediately",
    ],
)
def test_facts_of_a_home_are_no_wish(text: str) -> None:
    assert find_time(text, now=NOW) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("יום חמישי בין 9 ל-12.\nאוי חמישי אני בעבודה, התכוונתי שישי", ("range", "27.11 09:00")),
        ("מחר בערב.\nלא רגע מחר יש לי קונצרט.\nמחרתיים בערב", ("part", "24.11 18:00")),
        ("שני ב-9.\nלא.\nשלישי.\nב-11", ("exact", "24.11 11:00")),
        ("מחר ב9 רגע לא ב10", ("exact", "23.11 10:00")),
        ("רביעי ב-4. אוי רביעי יש לי רופא, חמישי", ("exact", "26.11 16:00")),
    ],
)
def test_a_day_that_is_taken_back_gives_way_to_the_next(text: str, expected: tuple[str, str]) -> None:
    assert told(text) == expected


def test_a_day_just_over_is_not_that_of_next_year() -> None:
    assert find_time("ב-12.11 בבוקר", now=NOW, asked=True) is None


def test_spoken_digits_of_a_phone_or_a_house_are_no_hour() -> None:
    assert told("תחזרו לאפס חמש ארבע שלוש שתיים אחת שבע שמונה תשע שש", asked=False) is None
    assert told("רחוב העצמאות שלושים ושבע בבאר שבע", asked=False) is None


def test_any_day_of_a_week_is_flexible_within_it() -> None:
    wish = find_time("תבואו באיזה יום שיש לכם בשבוע הבא", now=NOW)
    assert wish is not None and (wish.kind, wish.start is None) == ("flexible", False)


def test_the_same_hours_are_those_of_the_wish_before() -> None:
    before = find_time("שישי בין 9 ל-11", now=NOW, asked=True)
    text = 'שישי אני בחו"ל. ראשון באותן שעות'
    wish = find_time(text, now=NOW, asked=True)
    assert before is not None and wish is not None
    moved: TimeWish = with_hours_of(before, wish, text)
    assert moved.kind == "range" and f"{moved.start:%d.%m %H}-{moved.end:%H}" == "29.11 09-11"
