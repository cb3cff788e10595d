"""Numbers in words become digits where they surely are numbers, and nowhere else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from proli.knowledge.numbers import with_digits


@pytest.mark.parametrize(
    ("told", "written"),
    [
        ("ארבעה חדרים", "4 חדרים"), ("דירת ארבע חדרים", "דירת 4 חדרים"), ("שלוש וחצי חדרים", "3.5 חדרים"),
        ("שלושה-ארבעה חדרים", "3-4 חדרים"), ("בין שלוש לארבע חדרים", "בין 3 ל-4 חדרים"),
        ("שלוש או ארבע חדרים", "3 או 4 חדרים"), ("שני מזגנים", "2 מזגנים"), ("לעשרים איש", "ל-20 איש"),
        ("שלוש ארבע חדרים", "3-4 חדרים"), ("מאה עשרים ושלוש", "123"), ("הרב קוק ארבעים וחמש", "הרב קוק 45"),
        ("אלף חמש מאות", "1500"), ("חמשת אלפים וחמש מאות שקל", "5500 שקל"), ("שבעים וחמישה מטר", "75 מטר"),
        ("שלוש מאות וחמישים אלף", "350000"), ("עד ששת אלפים וחצי", "עד 6500"), ("אחד עשר אלף", "11000"),
        ("שני מיליון ומאתיים אלף", "2 מיליון ו-200000"), ("בעשרים ושלושה לחודש", "ב-23 לחודש"),
        ("רחוב הרצל שמונה קומה שלוש דירה שתים עשרה", "רחוב הרצל 8 קומה 3 דירה 12"),
        ("חמש-שש אלף", "5000-6000"), ("בין חמש לשש אלף", "בין 5000 ל-6000"), ("6 אלף חמש מאות", "6 אלף 500"),
        ("three and a half rooms", "3.5 rooms"), ("between two and three rooms", "between 2 and 3 rooms"),
        ("two thousand five hundred shekels", "2500 shekels"), ("٤ غرف", "4 غرف"),
    ],
)  # fmt: skip
def test_numbers_in_words_become_digits(told: str, written: str) -> None:
    assert with_digits(told) == written


@pytest.mark.parametrize(
    "text",
    [
        "אחד מהשכנים אמר", "אחת ולתמיד", "אף אחד לא בא", "יום שני בצהריים", "שני בצהריים", "יום ראשון", "שש לעזור",
        "יושבים שבעה", "קומה אחת מעליי", "מאה אחוז", "one of the neighbours", "שנינו בבית", "רוצה דירה אחת גדולה",
    ],
)  # fmt: skip
def test_words_that_only_look_like_numbers_stay(text: str) -> None:
    assert with_digits(text) == text


@pytest.mark.parametrize(
    "text",
    [
        "מחר בשמונה וחצי", "רבע לשמונה", "עשרים לשמונה", "שמונה ועשרים", "בשתיים עשרה בצהריים", "מחר שמונה",
        "בין חמש לשש", "אני אבוא בחמש", "ביום חמישי בשבע", "two thirty", "ארבע וחצי",
    ],
)  # fmt: skip
def test_hours_stay_for_the_finder_of_times(text: str) -> None:
    assert with_digits(text) == text


@pytest.mark.parametrize("text", ["אני בבאר שבע", "קרית שמונה", "גר בקריית ארבע", "מאה שערים"])
def test_a_number_inside_the_name_of_a_place_stays(text: str) -> None:
    assert with_digits(text) == text


@pytest.mark.parametrize(
    ("told", "phone"),
    [
        ("אפס חמש ארבע, אחת שתיים שלוש ארבע חמש שש שבע", "0541234567"),
        ("אפס חמישים וארבע שלוש שתיים אחת ארבע חמש שש שבע", "0543214567"),
        ("אפס חמישים, שלוש ארבע חמש, שישים ושבע שמונים ותשע", "0503456789"),
        ("אפס חמש שתיים פעמיים שבע שש אפס אפס אחת שתיים", "0527760012"),
        ("zero five four, one two three four five six seven", "0541234567"),
    ],
)
def test_a_phone_told_in_digits_or_pairs_is_written_whole(told: str, phone: str) -> None:
    assert with_digits(f"הטלפון {told} תודה") == f"הטלפון {phone} תודה"


@given(st.text(max_size=60))
def test_any_text_is_read_without_fault(text: str) -> None:
    assert isinstance(with_digits(text), str)
