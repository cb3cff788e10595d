"""What callers answer aloud: numbers in words, addresses in pieces, a day with its hour beside it."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from proli.knowledge.address import find_address
from proli.knowledge.address_corrections import in_pieces, put_right, settled_on
from proli.knowledge.cancelling import find_stance
from proli.knowledge.intents import find_choice
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
        "شقة 3 غرف", "no one", "the first one", "finished the previous one",
        "300 שח כל אחת", "another street, two towns", "half past one",
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


@pytest.mark.parametrize(
    ("text", "city", "line"),
    [
        ("נזילה, מודיעין עילית, נתיבות המשפט 12", "מודיעין עילית", "נתיבות המשפט 12"),
        ("סתימה בקרית ספר, נתיבות המשפט 7", "מודיעין עילית", "נתיבות המשפט 7"),
        ("נזילה בנתיבות הרצל 3", "נתיבות", "הרצל 3"),
        ("אני מחיפה, נתיבות הרצל 5", "נתיבות", "הרצל 5"), ("נזילה, בת ים, הרצל 9", "בת ים", "הרצל 9"),
    ],
)  # fmt: skip
def test_a_street_that_begins_as_a_town_is_in_the_town_before_it(text: str, city: str, line: str) -> None:
    where, found = read_where(text, asked=None, homes=False), find_address(text)
    assert where.city is not None and where.city.name == city and found is not None and found.line() == line


@pytest.mark.parametrize(
    ("text", "city"),
    [
        ("אני כותב מנתניה בשם אמא שלי, היא גרה בעפולה ואין לה חשמל", "עפולה"), ("מתקשרת מאשדוד, יש לי נזילה", "אשדוד"),
        ("calling from Haifa for my mother, she lives in Acre, the sink is blocked", "עכו"),
    ],
)  # fmt: skip
def test_where_somebody_writes_from_is_the_place_only_when_no_other_is_told(text: str, city: str) -> None:
    found = read_where(text, asked=None, homes=False)
    assert found.city is not None and found.city.name == city


def test_what_is_sold_in_one_town_and_sought_in_another_are_told_apart() -> None:
    found = read_where("מוכרים את הדירה ברחובות ועוברים לחדרה, מחפשים שם לקנות", asked=None, homes=True)
    assert (found.city and found.city.name, found.sell_city and found.sell_city.name) == ("חדרה", "רחובות")


@pytest.mark.parametrize(
    ("text", "role", "asking"),
    [
        ("תעלו שוב את המודעה של הדירה שלי בחולון, עכשיו ב-4,800 במקום 5,000", "landlord", 4800),
        ("תחדשו את הפרסום של הבית שלנו בכפר סבא, 3.1 מיליון במקום 3.3 מיליון", "seller", 3_100_000),
        ("please renew the listing of my apartment in Haifa, 5,200 NIS a month instead of 5,500", "landlord", 5200),
    ],
)  # fmt: skip
def test_who_has_their_own_home_published_offers_it(text: str, role: str, asking: int) -> None:
    needs = find_needs(text, now=NOW.date())
    assert (needs.role, needs.asking_price, needs.budget_max) == (role, asking, None)


@pytest.mark.parametrize(
    ("text", "most"),
    [("שלוש שבע מאות", 3700), ("עד חמש חמש מאות", 5500), ("מקסימום ארבע מאתיים", 4200), ("4 500", 4500)],
)
def test_a_rent_is_told_in_thousands_and_hundreds(text: str, most: int) -> None:
    known = find_needs("מחפשת דירה להשכרה", now=NOW.date())
    assert find_needs(text, asked="budget", now=NOW.date(), known=known).budget_max == most


@pytest.mark.parametrize("text", ["הדירה ברחוב הגפן 3 עוד להשכרה?", "is the flat on Herzl 5 still for sale?"])
def test_whether_a_listing_is_still_there_is_asked_for_a_viewing(text: str) -> None:
    found = find_request(text, homes=True, has_booking=False, role="tenant")
    assert found is not None and found.kind == "viewing"


@pytest.mark.parametrize(
    ("text", "stance"),
    [
        ("כבר מצאנו דירה אחרת, תודה", "gives_up"), ("we already signed on another apartment", "gives_up"),
        ("לבטל את הביקור בבקשה.\nותמחקו את המספר שלי מהמערכת", "gives_up"), ("אל תשלחו לי יותר כלום", None),
        ("הסירו אותי. לא רלוונטי יותר", None), ("תבטלו את ההודעות שלכם", None), ("כבר מצאתי את המפתח", None),
    ],
)  # fmt: skip
def test_a_visit_is_given_up_without_the_word_and_beside_a_wish_for_no_messages(text: str, stance: str | None) -> None:
    assert find_stance(text, standing=True) == stance


@pytest.mark.parametrize(("text", "index"), [("האמצעית טובה לי", 1), ("השנייה נוחה לי יותר", 1), ("the middle one", 1)])
def test_the_one_in_the_middle_is_chosen(text: str, index: int) -> None:
    assert find_choice(text, count=3) == index and find_choice("האמצעית", count=2) is None
