"""Needs of property are read in the writer's sense and never made up."""

from dataclasses import fields
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from proli.knowledge.property import PropertyNeeds, find_needs

NOW = date(2026, 11, 22)


def told(text: str, asked: str | None = None, known: PropertyNeeds | None = None) -> dict[str, Any]:
    needs = find_needs(text, asked=asked, now=NOW, known=known)
    return {f.name: value for f in fields(needs) if (value := getattr(needs, f.name)) not in (None, ())}


def rooms(text: str, asked: str | None = None) -> tuple[float | None, float | None]:
    needs = find_needs(text, asked=asked, now=NOW)
    return needs.rooms_min, needs.rooms_max


def test_a_whole_search_is_read() -> None:
    assert told('מחפשים דירת 4 חדרים לקנייה בנתניה עד 2.4 מיליון, עם ממ"ד') == {
        "role": "buyer", "deal_type": "sale", "property_type": "apartment", "rooms_min": 4, "rooms_max": 4,
        "budget_max": 2_400_000, "currency": "ILS", "features": ("safe_room",), "side": "seeks",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("4 חדרים", 4, 4), ("4ח", 4, 4), ("4 חד'", 4, 4), ("ארבעה חדרים", 4, 4), ("3 וחצי חדרים", 3.5, 3.5),
        ("שלושה חדרים וחצי", 3.5, 3.5), ("3-4 חדרים", 3, 4), ("3 או 4 חדרים", 3, 4), ("3 חדרים או 4", 3, 4),
        ("בין 3 ל-4 חדרים", 3, 4), ("4 חדרים ומעלה", 4, None), ("לפחות 4 חדרים", 4, None), ("עד 3 חדרים", None, 3),
        ("מינימום 4 חדרים ומקסימום 5", 4, 5), ("דירת 4 בנתניה", 4, 4), ("חדר וחצי", 1.5, 1.5), ("3.5 4 חדרים", 3.5, 4),
        ("חדרים: 3", 3, 3), ("2 חדרים + ממד", 2, 2), ("עוברים מ3 חדרים ל4", 4, 4), ("3 חדרי שינה וסלון", 4, 4),
        ("3 bedroom flat", 4, 4), ("4-5 rooms", 4, 5), ("трёхкомнатная", 3, 3),
        ("غرفتين", 2, 2), ("4 חדרים אבל אפשר גם 3.5", 3.5, 4),
        ("לא יותר מ-4 חדרים", None, 4), ("מקס' 4 חדרים", None, 4),
        ("פחות מ-4 חדרים", None, 3.5), ("under 4 rooms", None, 3.5), ("no more than 4 rooms", None, 4),
        ("יותר מ-4 חדרים", 4.5, None), ("לא פחות מ-4 חדרים", 4, None), ("4 חדרים או פחות", None, 4),
        ("over 3 rooms", 3.5, None),
        ("תקרה של 4 חדרים", None, 4), ("not less than 3 rooms", 3, None), ("גג 4 חדרים", None, 4),
    ],
)  # fmt: skip
def test_rooms_are_read_in_halves_with_their_bounds(text: str, low: float | None, high: float | None) -> None:
    assert rooms(text) == (low, high)


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [("4", 4, 4), ("ארבע", 4, 4), ("שלוש וחצי", 3.5, 3.5), ("3-4", 3, 4), ("4+", 4, None), ("לפחות 3", 3, None)],
)
def test_a_bare_number_is_rooms_only_when_they_were_asked_for(text: str, low: float, high: float | None) -> None:
    assert rooms(text, "rooms") == (low, high)
    assert rooms(text) == (None, None)


@pytest.mark.parametrize("text", ["4 חדרים, בעצם 5", "4 חדרים. סליחה 5 חדרים", "לא 4 חדרים, 5 חדרים"])
def test_the_last_number_of_rooms_holds(text: str) -> None:
    assert rooms(text) == (5, 5)


@pytest.mark.parametrize("text", ["גרים היום ב3 חדרים", "2 חדרי רחצה", "3 ילדים", "קומה 4"])
def test_rooms_of_today_and_other_counts_are_no_wish(text: str) -> None:
    assert rooms(text) == (None, None)


@pytest.mark.parametrize(
    ("text", "role", "deal"),
    [
        ("מחפש דירה לקנות", "buyer", "sale"), ("מחפשת שכירות", "tenant", "rent"),
        ("יש לכם דירות להשכרה?", "tenant", "rent"),
        ("רוצה למכור את הדירה", "seller", "sale"), ("כמה שווה הדירה שלי?", "seller", "sale"),
        ("מחפש קונה לדירה שלי", "seller", "sale"), ("מחפשים שוכר לדירה שלנו", "landlord", "rent"),
        ("יש לי דירה להשכרה", "landlord", "rent"), ("רוצה להשכיר את הדירה שלי", "landlord", "rent"),
        ("מחפש להשכיר דירה עד 5500", "tenant", "rent"), ("4 חדרים עד 2.4 מיליון", "buyer", "sale"),
        ("3 חדרים עד 5000", "tenant", "rent"), ("דירה להשכרה לא לקנייה", "tenant", "rent"),
        ("לקנות או לשכור, לא החלטנו", None, None), ("לקנות או להשכיר?", None, None),
        ("בעל הדירה מוכר אז מחפשים שכירות", "tenant", "rent"), ("תעזרו לי למצוא שוכרים לדירה", "landlord", "rent"),
        ("כמה שכר דירה אפשר לבקש על הדירה?", "landlord", "rent"), ("רוצה להשכיר דירה ב-3800 לחודש", "landlord", "rent"),
        ("רוצה להשכיר דירה עד 6000", "tenant", "rent"), ("I want to rent out my flat", "landlord", "rent"),
        ("we want to sell our house", "seller", "sale"), ("сниму квартиру", "tenant", "rent"),
        ("хочу продать квартиру", "seller", "sale"), ("شقة للايجار", "tenant", "rent"), ("מחפש דירה", None, None),
    ],
)  # fmt: skip
def test_the_role_and_the_deal_are_told_by_who_does_what(text: str, role: str | None, deal: str | None) -> None:
    needs = find_needs(text, now=NOW)
    assert (needs.role, needs.deal_type) == (role, deal)


@pytest.mark.parametrize(
    ("text", "asked", "role", "deal"),
    [
        ("שכירות", "deal_type", "tenant", "rent"), ("לקנות", "deal_type", "buyer", "sale"),
        ("מוכר", "role", "seller", "sale"), ("שוכר", "role", "tenant", "rent"),
    ],
)  # fmt: skip
def test_a_bare_answer_names_the_deal_or_the_role(text: str, asked: str, role: str, deal: str) -> None:
    needs = find_needs(text, asked=asked, now=NOW)
    assert (needs.role, needs.deal_type) == (role, deal)


def test_a_deal_named_later_makes_a_role_of_who_looks() -> None:
    known = find_needs("מחפש דירה", now=NOW)
    assert known.updated(find_needs("מכירה", asked="deal_type", now=NOW, known=known)).role == "buyer"


def test_who_sells_and_buys_needs_what_they_buy() -> None:
    needs = find_needs("מוכרים 3 חדרים בבת ים ב2.1 מיליון ומחפשים 5 חדרים עד 3.2 מיליון", now=NOW)
    assert (needs.rooms_min, needs.rooms_max, needs.budget_max, needs.asking_price) == (5, 5, 3_200_000, 2_100_000)
    assert rooms("אני מוכר 3 חדרים וקונה 4") == (4, 4)


def test_the_price_of_who_only_offers_is_asked_and_no_budget() -> None:
    needs = find_needs("יש לי דירה להשכרה 3 חדרים 4500 שח", now=NOW)
    assert (needs.asking_price, needs.budget_max) == (4500, None)


@pytest.mark.parametrize(
    "text",
    ["יש לנו 900 אלף הון עצמי", "הדירה שראיתי ב-5200 עדיין פנויה?", "דירה ברחוב הרצל 2500", "ועד בית 300 שח"],
)
def test_an_amount_that_is_not_theirs_to_spend_is_no_budget(text: str) -> None:
    needs = find_needs(text, now=NOW)
    assert (needs.budget_min, needs.budget_max, needs.asking_price, needs.currency) == (None, None, None, None)


def test_a_bare_budget_is_read_by_the_deal_that_is_known() -> None:
    rent, sale = PropertyNeeds(deal_type="rent"), PropertyNeeds(deal_type="sale")
    assert find_needs("עד 6", asked="budget", now=NOW, known=rent).budget_max == 6_000
    assert find_needs("2.5", asked="budget", now=NOW, known=sale).budget_max == 2_500_000


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("דירת גן", "garden_apartment"), ("פנטהאוז בתל אביב", "penthouse"), ("קוטג' או דירה", "cottage"),
        ("דו משפחתי", "semi_detached"), ("מחפשים בית עם גינה", "private_house"), ("יחידת דיור", "housing_unit"),
        ("משרד להשכרה", "office"), ("מחפש מחסן להשכרה", "storage"), ("דירה עם מחסן", "apartment"),
        ("לא סטודיו, דירה", "apartment"), ("שכר דירה עד 5000", None), ("אני בעל דירה", None), ("ועד בית 300", None),
        ("ליד בית ספר", None), ("4 חדרים", None),
    ],
)  # fmt: skip
def test_the_kind_of_property_is_the_one_wished(text: str, kind: str | None) -> None:
    assert find_needs(text, now=NOW).property_type == kind


@pytest.mark.parametrize(
    ("text", "features"),
    [
        ('עם ממ"ד וחניה', ("safe_room", "parking")), ("בלי מרפסת זה בסדר", ()),
        ("לא צריך חניה ומחסן, כן מעלית", ("elevator",)),
        ("חניה לא חובה אבל ממד חייב", ("safe_room",)), ("עם מרפסת לא חייב ממד", ("balcony",)),
        ("לא מוכנים בלי ממד", ("safe_room",)), ("יש לנו כלב", ("pets",)), ("הדירה בוויצמן, יש חניה?", ()),
        ("מעלית? לא חובה. ממד כן", ("safe_room",)), ("no pets, elevator not necessary", ()),
        ("ממד, אין חובה לחניה", ("safe_room",)),
    ],
)  # fmt: skip
def test_what_is_not_needed_is_no_wish(text: str, features: tuple[str, ...]) -> None:
    assert find_needs(text, now=NOW).features == features


@pytest.mark.parametrize(
    ("text", "asked", "move"),
    [
        ("כניסה מיידית", None, "immediate"), ("שכירות מפברואר", None, "2027-02"), ("כניסה ב1.1", None, "2027-01-01"),
        ("החוזה נגמר בסוף מרץ", None, "2027-03"),
        ("כניסה בעוד חודשיים", None, "2027-01"), ("מיידי", "move_in", "immediate"),
        ("פברואר", "move_in", "2027-02"), ("1.2", "move_in", "2027-02-01"), ("בראשון לינואר", "move_in", "2027-01-01"),
        ("move in January 1st", None, "2027-01-01"), ("גמיש", "move_in", None), ("אפשר לראות ב-5 בפברואר?", None, None),
        ("פברואר", None, None), ("עד 2.5 מיליון", None, None),
    ],
)  # fmt: skip
def test_moving_in_is_told_apart_from_visiting(text: str, asked: str | None, move: str | None) -> None:
    assert find_needs(text, asked=asked, now=NOW).move_in == move


@pytest.mark.parametrize(
    ("text", "size"),
    [("80 מטר", 80), ('130 מ"ר', 130), ("מגרש חצי דונם", 500), ("מרפסת 12 מטר", None), ("100 מטר מהים", None)],
)
def test_the_size_is_that_of_the_home(text: str, size: int | None) -> None:
    assert find_needs(text, now=NOW).size_sqm == size


def test_newer_needs_replace_bounds_together_and_withdraw_wishes() -> None:
    known = find_needs("4 חדרים עם חניה ומעלית", now=NOW)
    newer = known.updated(find_needs("לפחות 5 חדרים, לא צריך חניה", now=NOW))
    assert (newer.rooms_min, newer.rooms_max, newer.features) == (5, None, ("elevator",))


@given(st.text(max_size=80), st.sampled_from([None, "rooms", "budget", "deal_type", "role", "move_in", "size"]))
def test_any_text_is_read_without_fault(text: str, asked: str | None) -> None:
    needs = find_needs(text, asked=asked, now=NOW)
    assert needs.rooms_min is None or needs.rooms_min * 2 % 1 == 0


@pytest.mark.parametrize(
    "text",
    [
        "הפגישה תהיה אצלכם במשרד?",
        "יש לכם חנייה ליד המשרד?",
        "אפשר לבוא אליכם למשרד?",
        "is there parking near your office?",
        "can we meet at your office?",
        "встреча у вас в офисе?",
        "في موقف عندكم بالمكتب؟",
    ],
)
def test_the_office_of_the_business_is_no_property_wanted(text: str) -> None:
    found = find_needs(text, now=date(2026, 11, 29))
    assert (found.property_type, found.features) == (None, ())


@pytest.mark.parametrize(
    ("text", "kind"),
    [("מחפש משרד להשכרה", "office"), ("יש לכם משרד להשכרה?", "office"), ("i want to rent the office", "office")],
)
def test_an_office_that_is_sought_is_one(text: str, kind: str) -> None:
    assert find_needs(text, now=date(2026, 11, 29)).property_type == kind
