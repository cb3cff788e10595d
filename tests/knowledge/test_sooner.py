import pytest

from proli.knowledge.sooner import asks_sooner


@pytest.mark.parametrize(
    "text",
    [
        "אין יותר מוקדם?", "אין משהו יותר מוקדם", "אפשר יותר מוקדם?", "אי אפשר יותר מוקדם?",
        "לא יכול להיות מוקדם יותר?",
        "אפשר להקדים?", "אפשר להקדים את הביקור", "תקדימו קצת", "יותר מוקדם?", "יש תור מוקדם יותר?",
        "שיבוא יותר מהר בבקשה", "ומה עם משהו לפני זה?", "רוצה מוקדם יותר", "can he come sooner?",
        "is there anything earlier", "any earlier slot?", "could you come earlier please", "нельзя пораньше?",
        "есть что-то раньше", "في ابكر؟",
    ],
)  # fmt: skip
def test_words_that_ask_for_a_sooner_visit(text: str) -> None:
    assert asks_sooner(text)


@pytest.mark.parametrize(
    "text",
    [
        "אל תבואו יותר מוקדם", "מוקדם יותר היום התקשרתי אליכם", "לא לבוא יותר מוקדם בבקשה", "שלא יגיע מוקדם יותר",
        "i called earlier", "not earlier please", "there was a leak earlier", "הנזילה התחילה לפני כן",
        "היה פה טכנאי לפני כן", "תודה, נתראה מחר", "יותר מאוחר?", "אני יכול רק מאוחר יותר", "המזגן עבד יותר מהר",
    ],
)  # fmt: skip
def test_words_that_do_not(text: str) -> None:
    assert not asks_sooner(text)
