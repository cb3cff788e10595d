# ruff: noqa: E501
"""What sounds like one thing and means another: every case is named after the trap."""

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from proli.knowledge.address import find_address
from proli.knowledge.property import PropertyNeeds, find_needs
from proli.knowledge.requests import find_request
from proli.knowledge.times import find_time, on_day
from proli.knowledge.trades import find_danger, find_trade
from proli.knowledge.where import read_where, set_right

NOW = datetime(2026, 11, 24, 10, tzinfo=ZoneInfo("Asia/Jerusalem"))
"""A Tuesday."""


def case(trap: str, *values: Any) -> Any:
    return pytest.param(*values, id=trap)


@pytest.mark.parametrize(
    ("text", "city"),
    [
        case("a street named like a town stands in the town", "חנות בגעתון בנהריה", "נהריה"),
        case("horsepower is no town", 'מזגן 2.5 כ"ס.\nרהט שכונה 7', "רהט"),
        case("the first of the month is no town", "צריך הובלה בראשון לחודש הבא", None),
        case("streets have names in no town called streets", "בקיבוץ גינוסר אין שמות רחובות", "גינוסר"),
        case("the owner writes from elsewhere", "הדירה בפלורנטין ויטל 11, אני עצמי גר בנס ציונה", "תל אביב"),
        case("the tenant is where the leak is", "יש לי דייר בעפולה עם נזילה. אני בעצמי בקרית אתא", "עפולה"),
        case("a quarter is not a town misspelt", "טבריה קרית שמואל", "טבריה"),
        case("a town that is also a name opens an address", "שוהם אודם 10", "שוהם"),
        case("an Arabic name is a word in Hebrew only", "من الطيرة", "טירה"),
    ],
)
def test_the_place_of_a_job(text: str, city: str | None) -> None:
    found = read_where(text, asked=None, homes=False).city
    assert (found.name if found else None) == city


@pytest.mark.parametrize(
    ("text", "role", "city"),
    [
        case("a family from one town looks in another", "אנחנו זוג מחולון, מחפשים בקיבוץ בגליל המערבי", None, None),
        case("what a buyer sells is not where they look", 'את הדירה בת"א נשים למכירה רק אחרי שנמצא', "buyer", None),
        case("the quarter of an abbreviated town", 'מחפשים ברמב"ש ג דירה לקנות', None, "בית שמש"),
    ],
)
def test_the_place_of_a_home(text: str, role: str | None, city: str | None) -> None:
    found = read_where(text, asked=None, homes=True, role=role).city
    assert (found.name if found else None) == city


def test_of_a_flat_and_an_office_named_in_a_correction_it_is_the_one_not_known() -> None:
    text = "oh wait sorry - the apartment is in Raanana, my office is in Kfar Saba"
    found = set_right(read_where(text, asked=None, homes=False), text, known="כפר סבא")
    assert found.city is not None
    assert found.city.name == "רעננה"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        case("a broker who found no buyer", "המתווך לא הביא קונה אחד. צריכים למכור דחוף דו משפחתי", "seller"),
        case("tenants who live there", "We need to sell our apartment. Tenants are in it until June", "seller"),
        case("what the agency sells is wanted", "בקשר לבית הפרטי שאתם מוכרים", "buyer"),
        case("an advert without a verb", "יחידת דיור להשכרה, 2900 לחודש, פנויה מיידית", "landlord"),
        case("for sale, told in Arabic", "عندي بيت مستقل بسخنين للبيع. بدي مليونين و٢٠٠ ألف", "seller"),
        case("a meeting is no home", "אני מוכר מגרש. אשמח לפגישה במשרד שלכם", "seller"),
        case("renting it out", "I own a flat in Netanya and want to rent it out", "landlord"),
    ],
)
def test_who_somebody_is_in_a_deal(text: str, told: str) -> None:
    assert find_needs(text, now=NOW.date()).role == told


@pytest.mark.parametrize(
    ("text", "asked", "known", "expected"),
    [
        case("up to, and not the house committee", "5 חדרים ועד 2.7 מיליון", None, None, {"budget_max": 2_700_000}),
        case("what each of the flatmates pays", "תקציב 9000 ביחד, 3000 כל אחד", None, None, {"budget_max": 9000}),
        case("millions told as a child counts", "ארבע מאתיים", "budget", "buyer", {"budget_max": 4_200_000}),
        case("a mortgage that is the answer", "המשכנתא מאשרת עד 2,750,000", "budget", "buyer", {"budget_max": 2_750_000}),
        case("what an appraiser said", "מוכרת דירה, הערכה שקיבלתי 2.35 אבל אני רוצה 2.4", None, None, {"asking_price": 2_400_000}),
        case("Arabic has a dual", "الميزانية بين مليونين ونص ل 3 مليون", None, "buyer", {"budget_min": 2_500_000}),
        case("small rooms are not too small a home", "2 קטנים", "rooms", "landlord", {"rooms_min": 2}),
        case("three, or four if it is cheap", "שלושה חדרים, ארבעה אם המחיר בסדר", "rooms", "tenant", {"rooms_min": 3, "rooms_max": 4}),
        case("the lease ends after the date", "חייבים להיכנס עד 28.2 כי החוזה שלנו נגמר", "move_in", "tenant", {"move_in": "2027-02-28"}),
        case("a day of this month", "ב-28 לחודש", "move_in", "tenant", {"move_in": "2026-11-28"}),
        case("a cat is all one has", "אין לי כלום חוץ ממזרן וחתול", None, "tenant", {"features": ("pets",)}),
        case("an office one wants to speak with", "תנו לי לדבר עם מישהו מהמשרד", None, None, {"property_type": None}),
    ],
)  # fmt: skip
def test_what_is_told_of_a_home(text: str, asked: Any, known: Any, expected: dict[str, Any]) -> None:
    deal = {"buyer": "sale", "seller": "sale", "tenant": "rent", "landlord": "rent"}.get(known or "")
    told = find_needs(text, asked=asked, now=NOW.date(), known=PropertyNeeds(role=known, deal_type=deal))  # type: ignore[arg-type]
    assert {name: getattr(told, name) for name in expected} == expected


def test_a_correction_in_another_message_has_the_scale_of_what_it_corrects() -> None:
    known = PropertyNeeds(role="buyer", deal_type="sale", budget_max=1_400_000)
    assert find_needs("Sorry make that 1.5", now=NOW.date(), known=known).budget_max == 1_500_000


def test_the_budget_of_whoever_turns_out_to_own_it_was_the_price() -> None:
    known = PropertyNeeds(role="tenant", deal_type="rent", budget_max=7500)
    told = known.updated(PropertyNeeds(role="landlord", deal_type="rent"))
    assert (told.asking_price, told.budget_max) == (7500, None)


@pytest.mark.parametrize(
    ("text", "homes", "kind"),
    [
        case("after that it is no longer relevant", "לפני כניסת החג. אחרי זה כבר לא רלוונטי", False, None),
        case("not to cancel", "לא לבטל! צריך אינסטלטור", False, "book"),
        case("degrees are no costs", "ארבעים ושתיים מעלות פה והמזגן לא עובד", False, "book"),
        case("we can is no swindler", "נוכל לבוא בשישי, מחפשים דירה לקנות", True, "search"),
        case("the landlord sells, the tenant looks", "בעל הבית מוכר את הדירה. צריך שכירות 3 חדרים", True, "search"),
        case("an appraiser has been", "שמאי אמר 2 מיליון ואנחנו מוכרים", True, "sell"),
        case("who sells to buy looks", "מוכרים בגבעתיים ומחפשים לקנות בקרית אונו", True, "search"),
        case("a commission is a price", "כמה דמי תיווך אתם לוקחים על דירה להשכרה?", True, "price_question"),
        case("a promise that was not kept", "הסוכן הבטיח לחזור אליי ולא חזר", True, "complaint"),
        case("a birthday card", "תכתוב לי ברכה ליום הולדת", False, "off_topic"),
    ],
)
def test_what_is_asked_for(text: str, homes: bool, kind: str | None) -> None:
    role = find_needs(text, now=NOW.date()).role if homes else None
    found = find_request(text, homes=homes, has_booking=False, role=role)
    assert (found.kind if found else None) == kind


@pytest.mark.parametrize(
    ("text", "start"),
    [
        case("it died tonight", "המקרר מת הלילה, תבואו מחר ב-10", "2026-11-25T10:00"),
        case("half past told in Arabic", "الأربعا الساعة 5 ونص", "2026-11-25T17:30"),
        case("hours told in Russian", "послезавтра с девяти до одиннадцати", "2026-11-26T09:00"),
        case("home at four, free half an hour later", "אני חוזרת מהעבודה ב4 אז מחר משהו כמו 4 וחצי", "2026-11-25T16:30"),
        case("at work until four", "завтра после 5 вечера, я на работе до 4", "2026-11-25T17:00"),
        case("it was, and would be, most convenient", "מחר בבוקר היה הכי נוח", "2026-11-25T07:00"),
        case("who works nights", "אני עובד לילה. אפשר מחר בצהריים", "2026-11-25T12:00"),
        case("no use for writing", "תתקשרו מחר ב-11, לא נוח לי להתכתב", "2026-11-25T11:00"),
    ],
)  # fmt: skip
def test_when(text: str, start: str) -> None:
    wish = find_time(text, now=NOW, asked=True)
    assert wish is not None
    assert wish.start is not None
    assert f"{wish.start:%Y-%m-%dT%H:%M}" == start


def test_the_day_of_a_removal_is_of_the_job_and_not_where_homes_are_dealt_in() -> None:
    text = "עוברים דירה מרמת השרון לכפר יונה ב-15 בדצמבר"
    wish = find_time(text, now=NOW, homes=False)
    assert wish is not None
    assert wish.start is not None
    assert wish.start.date() == date(2026, 12, 15)
    assert find_time(text, now=NOW, homes=True) is None


def test_an_hour_alone_is_of_the_day_that_was_named_and_keeps_its_part() -> None:
    wish = find_time("ב-7", now=NOW, asked=True)
    assert wish is not None
    moved = on_day(date(2026, 11, 26), wish, now=NOW, part="evening")
    assert moved.start == datetime(2026, 11, 26, 19, tzinfo=NOW.tzinfo)
    dated = find_time("מחר ב-7 בערב", now=NOW, asked=True)
    assert dated is not None
    assert on_day(date(2026, 11, 26), dated, now=NOW).start == dated.start


def test_a_corner_is_in_the_first_of_its_streets_and_a_kibbutz_has_houses() -> None:
    corner = find_address("סוקולוב פינת אילת, מספר 23", asked=True)
    assert corner is not None
    assert (corner.street, corner.number) == ("סוקולוב", 23)
    house = find_address("אין שמות רחובות זה קיבוץ, בית 117", asked=True)
    assert house is not None
    assert (house.street, house.number) == (None, 117)


def test_hanging_on_plasterboard_is_not_painting_and_an_emergency_is_not_its_price() -> None:
    hung = find_trade("שמישהו יתלה לי טלוויזיה 65 אינץ על קיר גבס")
    assert hung is not None
    assert hung.trade == "handyman"
    assert find_danger("ריח גז חזק במטבח") is not None
