"""Phones, names and prices are read as written and never made up."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from proli.knowledge.errors import BadPhone
from proli.knowledge.people import find_name, find_phone, find_phones, find_prices, parse_phone


@pytest.mark.parametrize(
    ("text", "phone"),
    [
        ("050-1234567", "+972501234567"), ("הטלפון שלי 0541234567 תודה", "+972541234567"),
        ("03-1234567", "+97231234567"),
        ("+972 58 123 4567", "+972581234567"), ("972501234567@c.us", "+972501234567"),
        ("+1 650 253 0000", "+16502530000"),
        ("\u2066054-7654321\u2069", "+972547654321"), ("אפס חמש אפס אחת שתיים שלוש ארבע חמש שש שבע", "+972501234567"),
    ],
)  # fmt: skip
def test_a_phone_is_found_in_every_way_it_is_written(text: str, phone: str) -> None:
    assert find_phone(text) == phone


@pytest.mark.parametrize(
    "text", ["תקציב 2500000", "123456789", "מחר 16:00", "120363041234567890@g.us", "97250123456@lid"]
)
def test_a_number_that_is_no_phone_is_not_found(text: str) -> None:
    assert find_phone(text) is None


def test_prefixes_a_strict_validator_refuses_are_phones() -> None:
    assert [parse_phone(f"{prefix}-1234567") for prefix in ("050", "054", "058")] == [
        "+972501234567", "+972541234567", "+972581234567",
    ]  # fmt: skip


@pytest.mark.parametrize("text", ["", "abc", "123", "0501", "1234@lid", "120363@g.us", "05012345678"])
def test_what_cannot_be_dialled_is_refused(text: str) -> None:
    with pytest.raises(BadPhone):
        parse_phone(text)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("קוראים לי דנה", "דנה"), ("אני דנה", "דנה"), ("שמי דנה לוי", "דנה לוי"),
        ("my name is John Smith", "John Smith"),
        ("קוראים לי יוסי כהן מחיפה", "יוסי כהן"), ("שמי עומר ואני צריך טכנאי", "עומר"), ("שמי דנה צריכה חשמלאי", "דנה"),
    ],
)  # fmt: skip
def test_a_name_is_what_follows_an_introduction_and_no_more(text: str, name: str) -> None:
    assert find_name(text) == name


@pytest.mark.parametrize(
    "text",
    [
        "אני צריך אינסטלטור",
        "אני מחולון",
        "אני בבית",
        "I'm looking for a plumber",
        "מדברת שלומי? אפשר לחזור אליי",
        "דנה",
    ],
)
def test_what_a_person_needs_or_asks_is_not_their_name(text: str) -> None:
    assert find_name(text) is None


@pytest.mark.parametrize(
    ("text", "name"),
    [("דנה", "דנה"), ("דנה לוי", "דנה לוי"), ("עומר", "עומר"), ("דני ממשרד התיווך", "דני"), ("Dana", "Dana")],
)
def test_asked_a_bare_answer_is_the_name_even_when_it_is_also_a_town(text: str, name: str) -> None:
    assert find_name(text, asked=True) == name


@pytest.mark.parametrize("text", ["כן", "לא", "חולון", "מחר", "16:00", "אינסטלטור", "תודה", "לא רוצה להגיד"])
def test_asked_an_answer_to_something_else_is_no_name(text: str) -> None:
    assert find_name(text, asked=True) is None


def test_a_first_name_right_before_a_phone_is_the_name() -> None:
    assert find_name("אפשר מחר? דנה לוי 054-1234567") == "דנה לוי"
    assert find_name("המזגן מקולקל, 054-1234567") is None


def test_prices_are_read_in_agorot() -> None:
    assert find_prices('250 ש"ח') == find_prices("₪250") == find_prices("250 שקל") == find_prices("NIS 250") == [25000]
    assert find_prices("1,200 ₪ או 99.90 ש״ח") == [120000, 9990]
    assert find_prices("2.4 מיליון שקל") == [240000000]


def test_a_number_without_a_sign_is_no_price() -> None:
    assert find_prices("קומה 250, מחר ב-10") == []


@given(st.text(max_size=80), st.booleans())
def test_any_text_is_read_without_fault(text: str, asked: bool) -> None:
    assert all(price >= 0 for price in find_prices(text))
    name = find_name(text, asked=asked)
    assert name is None or name.strip() == name != ""
    phone = find_phone(text)
    assert phone is None or parse_phone(phone) == phone


@pytest.mark.parametrize(
    ("text", "phone"),
    [
        ("הרצל 12 0541234567", "+972541234567"), ("קומה 3 דירה 12 054-7654321", "+972547654321"),
        ("054.123.4567", "+972541234567"), ("00972541234567", "+972541234567"),
        ("אפס חמישים ארבע אחת שתיים שלוש ארבע חמש שש שבע", "+972541234567"),
    ],
)  # fmt: skip
def test_a_house_number_before_a_phone_is_no_part_of_it(text: str, phone: str) -> None:
    assert find_phone(text) == phone


def test_a_phone_of_somebody_else_is_marked_and_gives_way_to_their_own() -> None:
    text = "תתקשרו לבעלי 054-1234567, שלי 052-7654321"
    assert [phone.of_other for phone in find_phones(text)] == [True, False]
    assert find_phone(text) == "+972527654321"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("זה יוסי מהשבוע שעבר", "יוסי"), ("היי, ליאת מדברת", "ליאת"), ("תודה, אבי כהן", "אבי כהן"), ("פה משה", "משה"),
        ("השם דוד לוי", "דוד לוי"), ("это Марина", "Марина"), ("أنا أحمد", "أحمد"), ("This is Mike", "Mike"),
    ],
)  # fmt: skip
def test_a_name_is_found_in_every_way_people_give_it(text: str, name: str) -> None:
    assert find_name(text) == name


@pytest.mark.parametrize(
    "text",
    ["אני קונה", "אני שוכר", "This is Urgent", "it's Tuesday", "I'm Israeli", "היי לאה, אני מחפש דירה", "это срочно"],
)
def test_a_role_a_state_or_somebody_addressed_is_no_name(text: str) -> None:
    assert find_name(text) is None


@pytest.mark.parametrize("text", ["שכירות", "דחוף", "tomorrow", "צריך", "דירה"])
def test_asked_for_a_name_a_word_of_business_is_none(text: str) -> None:
    assert find_name(text, asked=True) is None


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("קוראים לי משה ויש לי נזילה", "משה"),
        ("שמי דנה וצריך לתקן", "דנה"),
        ("קוראים לי אבי ורוצה חשמלאי", "אבי"),
        ("קוראים לי דנה והכיור סתום", "דנה"),
        ("קוראים לי יוסי ונזילה בכיור", "יוסי"),
        ("my name is Moshe and I have a leak", "Moshe"),
        ("שמי משה וקנין", "משה וקנין"),
        ("שמי דוד ויצמן", "דוד ויצמן"),
    ],
)
def test_what_is_joined_on_to_a_name_is_not_of_it(text: str, name: str) -> None:
    assert find_name(text) == name
