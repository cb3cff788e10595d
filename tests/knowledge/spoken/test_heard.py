"""What callers spell is written as the word it is."""

import pytest

from proli.knowledge.spoken.heard import digits_heard, spelled


@pytest.mark.parametrize(
    ("said", "word"),
    [
        ("דלת דגל, נון נח, יוד", "דני"),
        ("ד' כמו דוד, נ' כמו נועה, י'", "דני"),
        ("למד וו יוד", "לוי"),
        ("כ, ה, נ", "כהן"),
        ("כף הא נון סופית", "כהן"),
        ("L as in Lima, E, V as in Victor, I", "Levi"),
        ("D, A, N", "Dan"),
    ],
)
def test_letters_make_the_word(said: str, word: str) -> None:
    assert spelled(said) == word


@pytest.mark.parametrize("said", ["אני גר בחולון", "", "א", "דני כהן", "כן", "יש לי נזילה בכיור"])
def test_what_is_not_spelt_is_no_word(said: str) -> None:
    assert spelled(said) is None


@pytest.mark.parametrize(
    ("said", "digits"),
    [
        ("אפס חמישים וארבע, אחת שתיים שלוש, ארבע חמש שש שבע", "0541234567"),
        ("ארבע מאות ושתיים", "402"),
        ("פעמיים שבע אפס 12", "77012"),
        ("הקוד הוא ארבע אחת אפס תשע", "4109"),
        ("לא יודע", ""),
    ],
)
def test_digits_in_words_and_groups_are_joined(said: str, digits: str) -> None:
    assert digits_heard(said) == digits
