"""Whose each of several delays is, and when the words do not tell it for sure."""

import pytest

from proli.knowledge.several_delays import find_delays

NAMES = (("דנה", "כהן", "בלפור", "בלפור 11"), ("רות", "לוי", "ויצמן", "ויצמן 3"))


@pytest.mark.parametrize(
    "text",
    [
        "אאחר 20 דקות",
        "אאחר לדנה 20 דקות",
        "אאחר לדנה כהן 20 דקות",
        "אאחר 20 דקות לביקור של 12:00",
        "אגיע לדנה ב-16:30 במקום 16",
        "אגיע ב10:30 ולא ב10",
        "אאחר לדנה 20 דקות ולקחתי מפתח 13",
        "אאחר לדנה ולרות",
        "יש פקק, אגיע לדנה ב10:30 ולפחות 10 דקות אחרי",
    ],
)
def test_words_of_one_delay_or_one_name_are_not_several(text: str) -> None:
    assert find_delays(text, NAMES) is None


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("מאחר לדנה כהן 20 דקות ולרות לוי 40 דקות", ["20", "40"]),
        ("אגיע לדנה בעשר וחצי ולרות בשתיים", ["10:30", "2"]),
        ("אאחר שעה לדנה וחצי שעה לרות", ["שעה", "חצי שעה"]),
        ("אגיע לדנה בעוד 20 דקות ולרות בעוד שעה", ["20", "שעה"]),
    ],
)
def test_each_name_has_the_amount_beside_it(text: str, parts: list[str]) -> None:
    told = find_delays(text, NAMES)
    assert told is not None
    assert [who for who, _ in told.each] == [0, 1]
    assert all(amount in words for amount, (_, words) in zip(parts, told.each, strict=True))
    assert parts[1] not in told.each[0][1] or parts[1] in parts[0]


@pytest.mark.parametrize(
    "text",
    [
        "אגיע לדנה ב10:30 אם לא יהיו פקקים ולרות ב13",
        "לדנה 20 דקות, 40 לרות",
        "אגיע לדנה ב10:30 ולמשה ב13",
        "אאחר לדנה 20 דקות ולדנה 40 ולרות 30",
        "אגיע לדנה ב10:30 לרות ב13",
    ],
)
def test_what_is_not_sure_is_of_nobody(text: str) -> None:
    told = find_delays(text, NAMES)
    assert told is not None
    assert told.each == ()
