"""What callers answer aloud: numbers in words, addresses in pieces, a day with its hour beside it."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from proli.knowledge.address import find_address
from proli.knowledge.address_corrections import in_pieces, put_right, settled_on
from proli.knowledge.numbers import with_digits
from proli.knowledge.property import find_needs
from proli.knowledge.requests import find_request
from proli.knowledge.times import find_time
from proli.knowledge.trades import find_trade
from proli.knowledge.where import read_where

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=ZoneInfo("Asia/Jerusalem"))


@pytest.mark.parametrize(
    ("answer", "line"),
    [
        ("ויצמן ארבע כניסה ב קומה אחת", "ויצמן 4, קומה 1, כניסה ב"), ("הגפן שבע", "הגפן 7"), ("הגפן שש תודה", "הגפן 6"),
        ("זה בן צבי מאה ושש עשרה", "בן צבי 116"), ("אחד העם שלוש דירה שתיים", "אחד העם 3, דירה 2"),
        ("שבזי תשע ראש העין", "שבזי 9"), ("אה סוקולוב עשרים ואחת", "סוקולוב 21"), ("אלנבי, תשעים", "אלנבי 90"),
        ("king george twenty two apartment nine", "king george 22, דירה 9"), ("carmel avenue fifty", "carmel 50"),
        ("on Ahuza street thirty one third floor", "Ahuza 31, קומה 3"), ("Herzl five flat two", "Herzl 5, דירה 2"),
        ("улица Соколов сорок два квартира семь", "Соколов 42, דירה 7"), ("Бялик тридцать", "Бялик 30"),
    ],
)  # fmt: skip
def test_an_address_is_told_in_words(answer: str, line: str) -> None:
    found = find_address(answer, asked=True)
    assert found is not None and found.line() == line


@pytest.mark.parametrize(
    "text",
    [
        "אחרי שש", "באר שבע", "קרית שמונה", "חמש", "אחד העם", "אף אחד", "לא היה אף אחד", "הקוד הוא שבע שמונה תשע",
        "אני אגיע בחמש", "не надо в десять", "примерно 70 кв м", "до 1 миллиона", "up to one point nine million",
        "شقة 3 غرف", "no one", "רחוב שלוש עשרות אלף שקל",
    ],
)  # fmt: skip
def test_numbers_of_other_things_are_no_house(text: str) -> None:
    found = find_address(text, asked=True)
    assert found is None or found.number is None


@pytest.mark.parametrize(
    ("lines", "line"),
    [
        ("סוקולוב\nשישים ואחת\nקומה שתיים", "סוקולוב 61, קומה 2"), ("רחוב הגפן\nשבע\nדירה עשר", "הגפן 7, דירה 10"),
        ("אלנבי\nמאתיים וארבע\nכניסה ג", "אלנבי 204, כניסה ג"), ("Allenby\nninety\nfloor two", "Allenby 90, קומה 2"),
    ],
)  # fmt: skip
def test_an_address_is_told_in_pieces(lines: str, line: str) -> None:
    found = find_address(in_pieces(lines), asked=True)
    assert found is not None and found.line() == line


@pytest.mark.parametrize(("answer", "number"), [("עשרים", 20), ("שמונה", 8), ("מספר שש", 6), ("forty two", 42)])
def test_the_number_of_a_known_street_is_told_alone(answer: str, number: int) -> None:
    found = put_right(answer, known={"street": "הופיין"}, address="הופיין", asked="address", timed=False)
    assert found is not None and found.number == number


@pytest.mark.parametrize(
    "text",
    [
        "אנחנו בקפלן עשר רגע זה המשרד שלי הבית זה הזית שלושים ושלוש דירה שתיים",
        "הרצל שמונים רגע זאת העבודה הכתובת זה הזית שלושים ושלוש דירה שתיים",
        "we're at Herzl ten wait that's my office home is הזית 33 דירה 2",
    ],
)
def test_the_place_of_work_gives_way_to_the_home(text: str) -> None:
    found = settled_on(text)
    assert found is not None and found.line() == "הזית 33, דירה 2"


@pytest.mark.parametrize(
    ("answer", "when"),
    [
        ("רביעי שש", "25.11 18:00"), ("שני ארבע וחצי", "23.11 16:30"), ("חמישי תשע בבוקר", "26.11 09:00"),
        ("ראשון עשר", "29.11 10:00"), ("יום שלישי שתיים", "24.11 14:00"), ("שישי שתים עשרה", "27.11 12:00"),
        ("thursday eleven thirty", "26.11 11:30"), ("מחר שבע עשרה", "23.11 17:00"),
        ("מחר בשש עשרה שלושים", "23.11 16:30"),
    ],
)  # fmt: skip
def test_a_day_has_its_hour_beside_it(answer: str, when: str) -> None:
    wish = find_time(answer, now=NOW, asked=True)
    assert wish is not None and wish.start is not None and f"{wish.start:%d.%m %H:%M}" == when


@pytest.mark.parametrize(
    ("text", "question"),
    [
        ("הגפן שבע עשרה דירה שתיים", "address"), ("הגפן שבע", "address"), ("הילד בן שבע", None),
        ("up to six thousand", "budget"),
        ("до 1 миллиона 200 тысяч", "budget"), ("עד אחת נקודה שמונה מיליון", "budget"), ("הקוד שבע שמונה", None),
    ],
)  # fmt: skip
def test_a_house_or_an_amount_is_no_hour(text: str, question: str | None) -> None:
    assert find_time(text, now=NOW, question=question) is None


@pytest.mark.parametrize(
    ("text", "most"),
    [
        ("budget up to one point nine million", 1_900_000), ("תקציב שתיים נקודה ארבע מיליון", 2_400_000),
        ("לקנות עד אחת נקודה שמונה מיליון", 1_800_000), ("бюджет до 1 миллиона 200 тысяч", 1_200_000),
    ],
)  # fmt: skip
def test_tenths_of_a_million_are_told_in_words(text: str, most: int) -> None:
    assert find_needs(text, now=NOW.date(), asked="budget").budget_max == most


@pytest.mark.parametrize("text", ["ראשון לציון", "number one priority", "דירה אחת גדולה", "улица", "I have one flat"])
def test_words_beside_a_number_word_stay(text: str) -> None:
    assert with_digits(text) == text


@pytest.mark.parametrize(
    "text",
    [
        "ראיתי שלט על המרפסת, מחפשת לקנות 3 חדרים", "saw a sign on your balcony, looking to buy 3 rooms",
        "היה שלט למכירה בחלון, מחפשים לקנות 3 חדרים", "видел объявление на балконе, хочу купить 3 комнаты",
    ],
)  # fmt: skip
def test_where_a_sign_was_seen_is_no_wish(text: str) -> None:
    assert find_needs(text, now=NOW.date()).features == ()


@pytest.mark.parametrize(
    "text",
    [
        "תחברי אותי בבקשה למתווך", "אני לא מדברת עם מחשב", "לא רוצה לדבר עם הקלטה", "אפשר לדבר עם הסוכן",
        "put me through to an agent", "I won't talk to a machine", "соедините меня с менеджером",
    ],
)  # fmt: skip
def test_who_wants_no_machine_wants_a_person(text: str) -> None:
    found = find_request(text, homes=True, has_booking=False)
    assert found is not None and found.kind == "human" and find_trade(text) is None


def test_a_computer_that_is_broken_is_still_a_job() -> None:
    found = find_trade("צריך עזרה עם המחשב, הוא לא נדלק")
    assert found is not None and found.trade == "internet_tv"


@pytest.mark.parametrize(
    ("text", "areas"),
    [("דירה בירושלים ברחביה, סליחה, בקטמון", ("קטמון",)), ("דירה בחיפה באחוזה או בדניה", ("אחוזה", "דניה"))],
)
def test_a_quarter_that_is_put_right_is_left(text: str, areas: tuple[str, ...]) -> None:
    assert read_where(text, asked=None, homes=True).neighbourhoods == areas
