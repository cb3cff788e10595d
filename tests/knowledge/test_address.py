"""Streets, floors and apartments are read; counts, hours and phones are not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from proli.knowledge.address import Address, find_address


def address(
    street: str | None,
    number: int | str | None = None,
    *,
    floor: int | None = None,
    apartment: int | str | None = None,
    entrance: str | None = None,
) -> Address:
    return Address(street, number, floor, apartment, entrance)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("רחוב ביאליק 30 קומה 2 דירה 5", address("ביאליק", 30, floor=2, apartment=5)),
        ("רח' אבן גבירול 100 דירה 12, תל אביב", address("אבן גבירול", 100, apartment=12)),
        ("אני בבת ים ברחוב בלפור 7", address("בלפור", 7)),
        ("שדרות רוטשילד 22 תל אביב", address("שדרות רוטשילד", 22)),
        ("דרך השלום 12 תל אביב דירה 4", address("דרך השלום", 12, apartment=4)),
        ("יקנעם רחוב הצבעונים", address("הצבעונים")),
        ("30 Bialik Street, Ramat Gan", address("Bialik", 30)),
    ],
)
def test_a_marked_street_is_an_address(text: str, expected: Address) -> None:
    assert find_address(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("אני גר בביאליק 30 רמת גן", address("ביאליק", 30)),
        ("צריך אינסטלטור ביאליק 30 רמת גן", address("ביאליק", 30)),
        ("המלך ג'ורג 15 ירושלים", address("המלך ג'ורג", 15)),
        ("בלפור 7, בת ים, קומה שלישית", address("בלפור", 7, floor=3)),
        ("נתניה, הרצל 5 בשעה 10", address("הרצל", 5)),
        ("Tel aviv, Dizengoff 99", address("Dizengoff", 99)),
    ],
)
def test_a_street_and_number_beside_a_city_is_an_address(text: str, expected: Address) -> None:
    assert find_address(text) == expected


def test_a_bare_street_and_number_is_an_address_only_as_an_answer() -> None:
    assert find_address("ביאליק 30") is None
    assert find_address("ביאליק 30", asked=True) == address("ביאליק", 30)
    assert find_address("בן יהודה 30/4", asked=True) == address("בן יהודה", 30, apartment=4)
    assert find_address("סוקולוב 12 ב, רמת גן", asked=True) == address("סוקולוב", "12ב")
    assert find_address("הרצל 12ב כניסה א דירה 7", asked=True) == address("הרצל", "12ב", apartment=7, entrance="א")


@pytest.mark.parametrize("text", ["רחוב הרצליה 5 חיפה", "קריית ביאליק, הרצל 5", "הרצל 5 אשקלון"])
def test_the_city_is_not_swallowed_into_the_street(text: str) -> None:
    found = find_address(text)
    assert found is not None
    assert found.street in ("הרצליה", "הרצל")


@pytest.mark.parametrize(
    "text",
    [
        "דירת 4 חדרים בתל אביב", "דירה 3 חדרים קומה 2 בחולון", "צריך 2 מזגנים בחולון", "תקציב 6 בתל אביב",
        "יש לי 3 ילדים בבית בחולון", "מזגן 2 כוח סוס בחיפה", "בעוד 20 דקות בחיפה", "כביש 4 חולון",
    ],
)  # fmt: skip
def test_a_count_is_no_house_number(text: str) -> None:
    assert find_address(text) is None


@pytest.mark.parametrize("text", ["מחר ב-16:30", "050-1234567", "לא יודע", "מחר 4", "כן", '250 ש"ח'])
def test_even_asked_hours_phones_and_refusals_are_no_address(text: str) -> None:
    assert find_address(text, asked=True) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("הרצל 5 ק 3 ד 12", address("הרצל", 5, floor=3, apartment=12)),
        ("הרצל 5 ק3 ד12", address("הרצל", 5, floor=3, apartment=12)),
        ("הרצל 5 כניסה א קומה ג", address("הרצל", 5, floor=3, entrance="א")),
        ("הרצל 5 דירה 1 קרקע", address("הרצל", 5, floor=0, apartment=1)),
        ("ביאליק שתים עשרה קומה שלישית", address("ביאליק", 12, floor=3)),
    ],
)
def test_shortened_and_spoken_floors_and_apartments_are_numbers(text: str, expected: Address) -> None:
    assert find_address(text, asked=True) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("12 Herzl st apt 5 floor 2", address("Herzl", 12, floor=2, apartment=5)),
        ("Modiin, Buchman, 15 Emek Dotan", address("Emek Dotan", 15)),
        ("ул. Галиль 40 кв 3", address("Галиль", 40, apartment=3)),
        ("улица Кинерет 7, квартира 12, четвёртый этаж", address("Кинерет", 7, floor=4, apartment=12)),
        ("شارع الجليل 12 شقة 3 طابق 2", address("الجليل", 12, floor=2, apartment=3)),
    ],
)
def test_addresses_in_other_languages_are_read(text: str, expected: Address) -> None:
    assert find_address(text, asked=True) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("מורד הגיא 55 דירה 3. סליחה 53 לא 55", address("מורד הגיא", 53, apartment=3)),
        ("הרצל 12, לא 12 אלא 14", address("הרצל", 14)),
        ("הנרקיסים 3, לא דירה 4, דירה 14", address("הנרקיסים", 3, apartment=14)),
        ("העצמאות 24. קומה 2. טעות שלי קומה 3", address("העצמאות", 24, floor=3)),
    ],
)
def test_a_corrected_number_replaces_the_first(text: str, expected: Address) -> None:
    assert find_address(text, asked=True) == expected


@pytest.mark.parametrize("text", ["תגיד שזה בחינם", "שלחתי לך מיקום", "למה אתה צריך", "כבר אמרתי", "אין לי כתובת"])
def test_talk_in_place_of_an_address_is_no_street(text: str) -> None:
    assert find_address(text, asked=True) is None


def test_a_price_in_another_sentence_than_the_city_is_no_house_number() -> None:
    assert find_address("למה טכנאי לוקח 350 להגיע?? אני בקרית ים") is None


def test_a_screen_in_inches_is_no_address_beside_a_real_one() -> None:
    found = find_address("לתלות טלויזיה 65 אינץ. נתניה עיר ימים בני ברמן 4 קומה 11")
    assert found == address("בני ברמן", 4, floor=11)


def test_a_city_s_name_with_a_number_answers_the_question_for_the_street() -> None:
    assert find_address("ירושלים 45", asked=True) == address("ירושלים", 45)


def test_the_line_is_what_people_read() -> None:
    assert address("ביאליק", 30, floor=2).line() == "ביאליק 30, קומה 2"
    assert address("הרצל", 5, floor=0, apartment=1).line() == "הרצל 5, קומת קרקע, דירה 1"
    assert address(None, floor=3).line() == "קומה 3"


LETTERS = st.text("אבגדהוזחטיכלמנסעפצקרשתם\"' -,./0123456789abc", max_size=60)


@given(st.one_of(st.text(max_size=60), LETTERS), st.booleans())
def test_any_text_gives_an_address_or_none(text: str, asked: bool) -> None:
    found = find_address(text, asked=asked)
    assert found is None or any(
        part is not None for part in (found.street, found.floor, found.apartment, found.entrance)
    )


@pytest.mark.parametrize("hour", ["ב-12", "ב־12", "ב - 12:30", "ב 12", "א-14"])
def test_a_letter_before_an_hour_is_a_preposition_and_no_house_letter(hour: str) -> None:
    for text in (f"סוקולוב 12 {hour}", f"רחוב סוקולוב 12 {hour}"):
        assert find_address(text, asked=True) == address("סוקולוב", 12)
