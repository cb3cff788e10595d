"""What the product writes is said as people say it on the phone."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from proli.knowledge.numbers import with_digits
from proli.knowledge.people import find_phones
from proli.knowledge.spoken.number_words import in_hebrew
from proli.knowledge.spoken.saying import LONGEST_SENTENCE, as_spoken, sentences, so_far
from proli.playbooks.words import say_phone, say_price


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("\u20669:00\u2069", "תשע בבוקר."),
        ("בשעה \u206616:15\u2069", "בשעה ארבע ורבע אחר הצהריים."),
        ("ב-12:30", "בשתים עשרה וחצי בצהריים."),
        ("16:45", "רבע לחמש אחר הצהריים."),
        ("8:50", "עשרה לתשע בבוקר."),
        ("0:30", "שתים עשרה וחצי בלילה."),
        ("5:20", "חמש ועשרים לפנות בוקר."),
        ("14:00-16:00", "שתיים עד ארבע אחר הצהריים."),
        ("בין 9:00 ל-17:00", "בין תשע בבוקר לחמש אחר הצהריים."),
        ("מחר בשעה 16:00 או 17:30", "מחר בשעה ארבע או חמש וחצי אחר הצהריים."),
        ("8:00 בבוקר", "שמונה בבוקר."),
    ],
)
def test_hours_are_said_by_the_half_of_the_day(written: str, said: str) -> None:
    assert as_spoken(written) == said


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("יום ג׳ \u206624.11\u2069", "יום שלישי, העשרים וארבעה בנובמבר."),
        ("ביום א' בשעה 9:00", "ביום ראשון בשעה תשע בבוקר."),
        ("ימים א'-ה'", "ימים ראשון עד חמישי."),
        ("ב-1.12", "באחד בדצמבר."),
        ("עד ה-3.5", "עד השלושה במאי."),
        ("2026-11-02", "שניים בנובמבר אלפיים עשרים ושש."),
        ("24.11.2026", "עשרים וארבעה בנובמבר אלפיים עשרים ושש."),
        ("דירוג 4.8", "דירוג ארבע נקודה שמונה."),
        ("3.5 חדרים", "שלושה וחצי חדרים."),
    ],
)
def test_dates_are_told_from_decimals(written: str, said: str) -> None:
    assert as_spoken(written) == said


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("\u2066₪250\u2069", "מאתיים וחמישים שקל."),
        ("250 ש״ח", "מאתיים וחמישים שקל."),
        ("5 ₪", "חמישה שקלים."),
        ("₪1", "שקל אחד."),
        ("₪2", "שני שקלים."),
        ("₪3,450", "שלושת אלפים ארבע מאות וחמישים שקל."),
        ("₪49.90", "ארבעים ותשעה שקל ותשעים אגורות."),
        ("בין \u2066₪250\u2069 ל-\u2066₪400\u2069", "בין מאתיים וחמישים לארבע מאות שקל."),
        ("250-400 ₪", "מאתיים וחמישים עד ארבע מאות שקל."),
        ("2.5 מיליון ₪", "שניים וחצי מיליון שקל."),
        ("2,400,000 ש\"ח", "שני מיליון וארבע מאות אלף שקל."),
        ("20% הנחה", "עשרים אחוז הנחה."),
        ("3%", "שלושה אחוזים."),
    ],
)  # fmt: skip
def test_prices_are_said_in_shekels(written: str, said: str) -> None:
    assert as_spoken(written) == said


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("2 דקות", "שתי דקות."),
        ("45 דקות", "ארבעים וחמש דקות."),
        ("2 שעות", "שעתיים."),
        ("1 שעה", "שעה אחת."),
        ("3 ימים", "שלושה ימים."),
        ("3 שבועות", "שלושה שבועות."),
        ("12 חדרים", "שנים עשר חדרים."),
        ("12 קומות", "שתים עשרה קומות."),
        ("8 שנים", "שמונה שנים."),
        ("3-4 ימים", "שלושה עד ארבעה ימים."),
        ("תוך 2-3 שעות", "תוך שתיים עד שלוש שעות."),
        ("85 מ״ר", "שמונים וחמישה מטר."),
        ("12 לקוחות", "שנים עשר לקוחות."),
        ("בשעה 9 מגיעים", "בשעה תשע מגיעים."),
        ("קומה 3 דירות", "קומה שלוש דירות."),
        ("בין 2 ל-4 ימים", "בין שניים לארבעה ימים."),
        ("זמינים 24/7", "זמינים עשרים וארבע שבע."),
    ],
)
def test_what_is_counted_has_the_gender_of_its_noun(written: str, said: str) -> None:
    assert as_spoken(written) == said


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("רח׳ הרצל 12/5, ת״א", "רחוב הרצל שתים עשרה, דירה חמש, תל אביב."),
        ("הרצל 7, קומה 3, דירה 11", "הרצל שבע, קומה שלוש, דירה אחת עשרה."),
        ("שד' רוטשילד 1", "שדרות רוטשילד אחת."),
        ("עו״ד כהן", "עורך דין כהן."),
        ("קוד: 0412", "קוד: אפס ארבע אחת שתיים."),
        ("הזמנה מספר 48213", "הזמנה מספר ארבע שמונה שתיים אחת שלוש."),
        ("85 מ²", "שמונים וחמישה מטר."),
        ("שבת/חג", "שבת או חג."),
        ("• נזילה\n• סתימה\n\nתודה!", "נזילה. סתימה. תודה!"),
        ("*חשוב*: תודה 😀👍🏽", "חשוב: תודה."),
        ("לפרטים: https://proli.example/a?b=1", "לפרטים: קישור."),
        ("(ביום ב׳)", "ביום שני."),
        ("😀", ""),
        ("", ""),
    ],
)
def test_addresses_signs_and_lines_are_said_in_words(written: str, said: str) -> None:
    assert as_spoken(written) == said


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("Tue 24.11 at 16:00", "Tuesday, November twenty-fourth at four in the afternoon."),
        ("9:05 or 17:30", "nine oh five in the morning or five thirty in the afternoon."),
        ("₪250 to ₪1,400", "two hundred and fifty shekels to one thousand four hundred shekels."),
        ("Call 052-765-4321", "Call zero five two, seven six five, four three two one."),
        ("20% off, 3.5 rooms", "twenty percent off, three point five rooms."),
        ("Herzl 12, apt. 5", "Herzl twelve, apartment five."),
        ("4 pm", "four in the afternoon."),
        ("1.12.2026", "December first, two thousand and twenty-six."),
    ],
)
def test_english_is_said_in_words_too(written: str, said: str) -> None:
    assert as_spoken(written, "en") == said


@pytest.mark.parametrize("phone", ["+972527654321", "+97239876543", "+972771234567"])
def test_a_phone_that_we_say_is_heard_as_the_same_phone(phone: str) -> None:
    said = as_spoken(f"המספר הוא {say_phone(phone)}")
    assert [found.number for found in find_phones(said)] == [phone]


@given(st.integers(3, 1000))
def test_a_number_that_we_say_is_read_as_the_same_number(number: int) -> None:
    assert with_digits(f"{in_hebrew(number, 'masculine')} שקלים") == f"{number} שקלים"


@given(st.integers(1, 90_000_000), st.integers(0, 90_000_000))
def test_no_price_of_ours_leaves_a_digit_or_a_sign(low: int, more: int) -> None:
    said = as_spoken(say_price(low, low + more, language="he"))
    assert re.fullmatch(r"[א-ת ]+\.", said), said


@given(st.text("0123456789 .,:/-₪%אבגלמ'\"\n", max_size=60))
def test_nothing_that_is_said_has_a_digit_left(text: str) -> None:
    assert not re.search(r"\d", as_spoken(text))


def test_sentences_end_where_they_end_and_not_in_numbers() -> None:
    text = "שלום. ת.ז. 123 היא כאן? קומה 3. יש 2.5 חדרים! סוף"
    assert sentences(text) == ["שלום.", "ת.ז. 123 היא כאן?", "קומה 3.", "יש 2.5 חדרים!", "סוף"]


def test_a_long_sentence_is_said_in_parts_and_none_of_it_is_lost() -> None:
    text = ", ".join(["נזילה בכיור של המטבח"] * 60) + "."
    parts = sentences(text)
    assert max(map(len, parts)) <= LONGEST_SENTENCE
    assert " ".join(parts) == text


def test_of_a_text_still_being_written_only_whole_sentences_are_given() -> None:
    assert so_far("שלום. מה שלומך? אני") == (["שלום.", "מה שלומך?"], "אני")
    assert so_far("המחיר 2.") == ([], "המחיר 2.")
