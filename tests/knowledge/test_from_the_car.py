"""What professionals want on the way is read, and a wrong address or a phone that is off is no question for one."""

import pytest

from proli.knowledge.from_the_car import asks_for_details, find_to_tell

NAMES = ["דנה", "בלפור", "בלפור 11", "רות"]


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        ("מה הכתובת של דנה", True),
        ("כתובת?", True),
        ("איפה זה", True),
        ("לאן אני נוסע", True),
        ("איזה קומה", True),
        ("הטלפון של רות", True),
        ("תן לי את הטלפון של הלקוחה", True),
        ("what's the address", True),
        ("customer's phone number please", True),
        ("הכתובת לא נכונה", False),
        ("הטלפון שלה כבוי", False),
        ("הטלפון לא עונה", False),
        ("סיימתי, הכתובת הייתה בלפור 11", False),
    ],
)
def test_asking_for_an_address_or_a_phone_is_read(text: str, asks: bool) -> None:
    assert asks_for_details(text, NAMES) is asks


@pytest.mark.parametrize(
    ("text", "customer", "outside"),
    [
        ("תגיד לדנה שאני בחוץ", False, True),
        ("tell Dana I'm outside", False, True),
        ("תודיעו ללקוחה שאני למטה", True, True),
        ("תגידו לה שהגעתי", True, True),
        ("תגידי לדנה שתכין 450 במזומן", False, False),
        ("תגיד לדנה שאני לא פה", False, False),
    ],
)
def test_what_a_customer_is_to_be_told_is_read(text: str, customer: bool, outside: bool) -> None:
    told = find_to_tell(text)
    assert told is not None
    assert (told.customer, told.outside) == (customer, outside)


@pytest.mark.parametrize("text", ["תגיד מה קורה", "תגידי לי מה הכתובת?", "סיימתי אצל דנה"])
def test_words_for_no_customer_are_not_read(text: str) -> None:
    assert find_to_tell(text) is None
