"""Amounts are read in whole shekels, with their bounds, and never for what they are not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from proli.knowledge.money import Deal, find_money

Bounds = tuple[int | None, int | None]


def bounds(text: str, *, deal: Deal | None = None, asked: bool = False, home: bool = False) -> list[Bounds]:
    return [(money.minimum, money.maximum) for money in find_money(text, deal=deal, asked=asked, home=home)]


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("2.4 מיליון", 2_400_000), ("2,350,000", 2_350_000), ("2.350.000 ₪", 2_350_000), ("2.350 מיליון", 2_350_000),
        ("מיליון שמונה מאות", 1_800_000), ("מיליון וחצי", 1_500_000), ("שני מיליון ומאתיים אלף", 2_200_000),
        ("מיליון ומאתיים", 1_200_000), ("שני מיליון שלוש מאות וחמישים אלף", 2_350_000), ("2 מיליון 350", 2_350_000),
        ("שתיים נקודה ארבע מיליון", 2_400_000), ("שלושת רבעי מיליון", 750_000), ("חצי מיליון", 500_000),
        ("2.4M", 2_400_000), ("עד 3 מ'", 3_000_000), ("1800K", 1_800_000), ("6500 לחודש", 6_500),
        ("ששת אלפים שקל", 6_000), ("6 וחצי אלף", 6_500), ("6 אלף וחצי", 6_500), ("6 אלף חמש מאות", 6_500),
        ("one and a half million", 1_500_000), ("до 2 миллионов", 2_000_000), ("бюджет 1,8 млн", 1_800_000),
        ("مليون ونص", 1_500_000),
    ],
)  # fmt: skip
def test_an_amount_is_read_as_it_is_said(text: str, amount: int) -> None:
    assert bounds(text) == [(None, amount)]


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("5-6 אלף", 5_000, 6_000), ("בין 5 ל-6 אלף", 5_000, 6_000), ("חמש שש אלף שקל", 5_000, 6_000),
        ("1.8 עד 2.2 מיליון", 1_800_000, 2_200_000), ("from 5k to 6k", 5_000, 6_000), ("4500-5000 שח", 4_500, 5_000),
        ("לא יותר מ-7000 שקל", None, 7_000), ("לפחות 1.5 מיליון", 1_500_000, None),
        ("לא פחות מ-1.5 מיליון", 1_500_000, None),
        ("not less than 7000 ₪", 7_000, None), ("7000 שקל ויותר", 7_000, None), ("7 אלף גג", None, 7_000),
        ("סביב 7000 ש\"ח", None, 7_000), ("2 מיליון ומעלה", 2_000_000, None),
    ],
)  # fmt: skip
def test_bounds_are_kept(text: str, low: int | None, high: int | None) -> None:
    assert bounds(text) == [(low, high)]


@pytest.mark.parametrize(("text", "currency"), [("$500,000", "USD"), ("300 אלף דולר", "USD"), ("200k euro", "EUR")])
def test_a_named_currency_is_kept(text: str, currency: str) -> None:
    assert [money.currency for money in find_money(text)] == [currency]


@pytest.mark.parametrize(
    ("text", "deal", "amounts"),
    [
        ("2.5", None, (None, 2_500_000)), ("עד 6", None, (None, 6_000)), ("עד 6", "sale", (None, 6_000_000)),
        ("2800", "sale", (None, 2_800_000)), ("2800", "rent", (None, 2_800)), ("5-6", "rent", (5_000, 6_000)),
        ("900", "sale", (None, 900_000)), ("שבע וחצי", "rent", (None, 7_500)),
    ],
)  # fmt: skip
def test_a_bare_answer_is_read_in_the_sense_of_the_deal(text: str, deal: Deal | None, amounts: Bounds) -> None:
    assert bounds(text, deal=deal, asked=True) == [amounts]


@pytest.mark.parametrize(
    ("text", "purpose"),
    [
        ("הון עצמי 600 אלף", "equity"), ("יש לי 600 אלף הון עצמי", "equity"), ("משכנתא של 900 אלף", "mortgage"),
        ("ועד בית 300 שקל", "fees"), ("ארנונה 800 שקל", "fees"), ("מרוויח 15 אלף נטו", "salary"),
        ("משלם היום 5200 שח", "current"), ("ראיתי דירה ב-2.3 מיליון", "listing"), ("פיקדון 10 אלף", "deposit"),
        ("שכר דירה עד 5500 שקל", "budget"), ("מבקשים 2.1 מיליון", "asking"), ("6000 שקל כולל ארנונה", None),
    ],
)  # fmt: skip
def test_what_an_amount_is_for_is_told_apart(text: str, purpose: str | None) -> None:
    assert [money.purpose for money in find_money(text)] == [purpose]


def test_a_corrected_amount_has_the_scale_of_the_former() -> None:
    assert bounds("תקציב 2.4 מיליון, סליחה 2.6")[-1] == (None, 2_600_000)


@pytest.mark.parametrize(
    "text",
    ["054-1234567", "קומה 3 דירה 12", "ב-15/3", "1.2.2027", "עד 2027", "4 חדרים", "80 מטר", "מחר ב-16:00", "אלף תודות"],
)
def test_phones_dates_rooms_and_houses_are_no_money(text: str) -> None:
    assert bounds(text, home=True) == []


@given(st.text(max_size=60), st.booleans())
def test_any_text_is_read_without_fault(text: str, asked: bool) -> None:
    assert all(money.amount >= 0 for money in find_money(text, asked=asked, home=True))
