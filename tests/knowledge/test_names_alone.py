"""Names that stand beside a place, a phone, or by themselves."""

import pytest

from proli.knowledge.people import find_name, find_phone


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("מדברת שושנה מקרית מוצקין", "שושנה"),
        ("היי זו רותי מרמת גן", "רותי"),
        ("היי, נילי מוועד הבית ברחוב סוקולוב 14", "נילי"),
        ("תתקשרו אליי אחרי החג לטלפון 04-6371234. פנינה", "פנינה"),
        ("תחזרו אליי. 052-6613340 עמית", "עמית"),
    ],
)
def test_a_name_ends_where_the_place_begins(text: str, name: str) -> None:
    assert find_name(text) == name


def test_an_answer_that_goes_on_opens_with_the_name() -> None:
    assert find_name("שמעון. אפשר לדבר איתי רק בבוקר", asked=True) == "שמעון"
    assert find_name("שרה לוי מבאר שבע", asked=True) == "שרה לוי"


@pytest.mark.parametrize("text", ["היי דנה אפשר מחר?", "המים לא חמים כבר יומיים.\nדוד", "נזילה כבר יומיים. אור יהודה"])
def test_who_is_greeted_a_boiler_and_a_town_are_no_name(text: str) -> None:
    assert find_name(text) is None


def test_a_phone_told_digit_by_digit_may_follow_a_prefix() -> None:
    assert find_phone("תתקשרו לאפס חמש שתיים תשע תשע אפס ארבע שלוש אחת שתיים") == "+972529904312"
