"""What professionals write of their own day is read, and what they write of others is not."""

import pytest

from proli.knowledge.workday import find_instead, find_minutes, is_free, read_workday


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("מתעכב חצי שעה", 30),
        ("אאחר 20 דקות", 20),
        ("running 30 late", 30),
        ("sorry, 15 min late", 15),
        ("i'll be 20 min late", 20),
        ("אאחר בשעה וחצי", 90),
        ("אתעכב שעתיים וחצי", 150),
        ("אאחר עשרים דקות", 20),
        ("אני מאחר בחצי שעה", 30),
        ("I'm late half an hour", 30),
        ("תגיד ללקוח שאאחר בשעה", 60),
        ("מתעכב", None),
        ("אאחר 20 דקות או 40 דקות", None),
        ("מתעכב, אגיע ב-10:30", None),
        ("אאחר בשעה 16", None),
        ("אאחר ב20", 20),
        ("אאחר ב-10", 10),
        ("אאחר ב 15", 15),
        ("אאחר לדנה ב20", 20),
        ("מתעכבת היום ב-40, מצטערת", 40),
        ("אגיע באיחור של 10", 10),
        ("אאחר ב-20 דקות", 20),
        ("אאחר ב2 שעות", 120),
        ("אאחר ב-16:30", None),
        ("אאחר ב8 בערב", None),
        ("אאחר ב-17", None),
        ("מאחר, אגיע ב-17", None),
        ("אאחר לביקור ב-12", None),
        ("אגיע ב-16:30 במקום 16", None),
        ("אגיע ב-17 ולא ב-16:00", None),
        ("I'll be there at 16:30 instead of 16", None),
        ("יש פקק אגיע עוד 40 דקות", 40),
        ("stuck in traffic, i'll be there in 40 minutes", 40),
    ],
)
def test_being_late_is_read_with_how_long(text: str, minutes: int | None) -> None:
    read = read_workday(text)
    assert "late" in read.kinds
    assert read.minutes == minutes


@pytest.mark.parametrize(
    ("text", "from_now"),
    [
        ("יש פקק אגיע עוד 40 דקות", True),
        ("מתעכב, אגיע בעוד חצי שעה", True),
        ("stuck in traffic, i'll be there in 40 minutes", True),
        ("אאחר עוד 20 דקות", False),
        ("אאחר 40 דקות", False),
        ("אגיע באיחור של 40 דקות", False),
    ],
)
def test_minutes_until_somebody_comes_are_told_from_those_of_a_delay(text: str, from_now: bool) -> None:
    assert read_workday(text).from_now is from_now


@pytest.mark.parametrize(
    ("text", "hour"),
    [
        ("אגיע ב-16:30 במקום 16", (16, 0)),
        ("אגיע ב-17 במקום ב-16:15", (16, 15)),
        ("I'll come at 17 instead of 16", (16, 0)),
        ("אגיע ב-16:30", None),
        ("אגיע מחר במקום היום", None),
        ("אגיע " * 2000 + "במקום", None),
    ],
)
def test_the_hour_that_another_one_replaces_is_read(text: str, hour: tuple[int, int] | None) -> None:
    assert find_instead(text) == hour


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("חולה היום", "ill"),
        ("אני לא מגיע היום, חולה", "ill"),
        ("calling in sick", "ill"),
        ("מחר אני לא עובד", "off"),
        ("היום לא עובדת", "off"),
        ("יום חופש ב-3.12", "off"),
        ("I'm off tomorrow", "off"),
        ("תפוס עד 15:00", "busy"),
        ("busy until 4pm", "busy"),
        ("לא פנוי ביום שלישי מ9 עד 12", "busy"),
        ("not available tomorrow", "busy"),
        ("אני חולה, לא זמין היום", "ill"),
        ("אאחר 20 דקות, לא זמין לשיחות", "late"),
        ("מחר", "tomorrow"),
        ("מה יש לי מחר", "tomorrow"),
        ("סיימתי, החלפתי ברז, 450 שח", "done"),
        ("done, replaced tap 450", "done"),
        ("עזרה", "help"),
        ("תבטל את יום החופש ב-10.12", "works"),
        ("לא צריך את יום החופש", "works"),
        ("אני לא בחופש מחר", "works"),
        ("cancel my day off tomorrow", "works"),
        ("לא עובד מחר, תבטל לי את הביקורים", "off"),
    ],
)
def test_words_of_the_day_are_read(text: str, kind: str) -> None:
    assert kind in read_workday(text).kinds


@pytest.mark.parametrize(
    "text",
    [
        "הלקוח מאחר",
        "the customer is late",
        "הבן שלי חולה",
        "המזגן לא עובד",
        "המזגן היום לא עובד",
        "לא מאחר",
        "אני לא חולה",
        "מאחר שהלקוח לא ענה",
        "יש פקק בכיור",
        "עוד לא סיימתי את הקודמת",
        "אפשר יום חופש מחר?",
        "מאחר " * 200,
        "",
    ],
)
def test_what_is_denied_asked_or_of_others_is_not_read(text: str) -> None:
    assert not read_workday(text).kinds


def test_long_words_and_digits_without_end_are_read_in_no_time() -> None:
    assert find_minutes("9" * 5000) is None
    assert not read_workday("אני " * 4000 + "מאחר").kinds


def test_work_for_nothing_is_told() -> None:
    assert is_free("סיימתי, בלי תשלום")
    assert not is_free("סיימתי, 450 שח")


@pytest.mark.parametrize(
    "text",
    [
        "עוד לא סיימתי, צריך עוד שעה",
        "עדיין לא סיימתי צריך עוד חצי שעה",
        "עוד לא סיימתי",
        "לא סיימתי עדיין, עוד 20 דקות",
        "עדיין לא גמרתי אצל דנה",
        "not done yet",
    ],
)
def test_not_done_yet_is_unfinished(text: str) -> None:
    assert read_workday(text).kinds == {"unfinished"}


@pytest.mark.parametrize(
    "text",
    [
        "לא סיימתי",
        "אופס עוד לא סיימתי, לחצתי בטעות",
        "עוד לא סיימתי, חסר לי חלק",
        "עוד לא סיימתי לדבר",
        "אם עוד לא סיימתי",
        "הלקוח עוד לא סיים",
        "עוד לא סיימתי?",
    ],
)
def test_more_than_not_done_yet_is_not_swallowed(text: str) -> None:
    assert read_workday(text).kinds == frozenset()


@pytest.mark.parametrize("text", ["עוד לא סיימתי, אאחר לרות 20 דקות", "עוד לא סיימתי אצל דנה, אגיע לרות בעוד חצי שעה"])
def test_not_done_yet_and_late_is_late(text: str) -> None:
    assert read_workday(text).kinds == {"late"}
