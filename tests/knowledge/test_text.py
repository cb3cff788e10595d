"""Text arrives in many spellings and is compared in one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from proli.knowledge.keyboards import as_meant
from proli.knowledge.text import directed, fold, isolate, language_of, ltr, normalise, tokens


def test_gershayim_maqaf_and_niqqud_have_one_spelling() -> None:
    assert normalise("ת״א") == normalise("ת”א") == 'ת"א'
    assert normalise("ג׳ולס") == "ג'ולס"
    assert normalise("תל־אביב") == normalise("תל–אביב") == "תל-אביב"
    assert normalise("שָׁלוֹם\u200f  עולם\n") == "שלום עולם"


def test_final_letters_and_case_do_not_matter_for_matching() -> None:
    assert fold("צריכ") == fold("צריך")
    assert fold("Tel AVIV") == "tel aviv"


def test_numbers_keep_their_order_in_isolates() -> None:
    assert ltr("050-1234567") == "\u2066050-1234567\u2069"
    assert isolate("דנה") == "\u2068דנה\u2069"
    assert normalise(ltr("16:30")) == "16:30"


def test_the_language_is_that_of_most_letters() -> None:
    assert language_of("צריך plumber דחוף") == "he"
    assert language_of("I need a plumber in חולון") == "en"
    assert language_of("течёт кран") == "ru"
    assert language_of("بدي سباك") == "ar"
    assert language_of("16:00 👍") is None


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("נזילה בכיור https://waze.com/ul?ll=32.08,34.81&navigate=yes", "he"),
        ("שלום, noa@example.com", "he"),
        ("נזילה,https://waze.com/ul?ll=32.08,34.81&navigate=yes", "he"),
        ("באתר www.moran-plumbing.co.il/contact-us", "he"),
        ("ראיתי בmoran-plumbing-services.com", "he"),
        ("דגם WAN28282XYZABCD תקול", "he"),
        ("течёт https://waze.com/ul?navigate=yes", "ru"),
        ("see https://waze.com/ul", "en"),
        ("https://waze.com/ul?navigate=yes", None),
        ("noa@example.com", None),
        ("Hello.How are you", "en"),
    ],
)
def test_the_letters_of_an_address_are_in_no_language(text: str, language: str | None) -> None:
    assert language_of(text) == language


@given(st.text())
def test_normalising_twice_changes_nothing_and_folding_moves_no_offset(text: str) -> None:
    once = normalise(text)
    assert normalise(once) == once
    assert len(fold(text)) == len(once)
    assert all(0 <= token.start < token.end <= len(once) for token in tokens(text))


def test_hebrew_typed_on_the_latin_layout_is_read_as_meant() -> None:
    assert as_meant("tbh mrhl thbxykyur") == "אני צריך אינסטלטור"
    assert as_meant("shr, 4 jsrho cb,bhv gs 2 nhkhui") == "דירת 4 חדרים בנתניה עד 2 מיליון"


def test_english_typed_on_the_hebrew_layout_is_read_as_meant() -> None:
    assert as_meant("יקךךם") == "hello"


@pytest.mark.parametrize(
    "text",
    [
        "Dana Levi",
        "ok",
        "need a plumber",
        "Herzl 12",
        "lol",
        "ani tzarich instalator",
        "shalom",
        "דירה בחיפה",
        "שם",
        "hvac",
    ],
)
def test_names_english_and_hebrew_in_their_own_letters_stay(text: str) -> None:
    assert as_meant(text) == text


def test_lines_that_hold_only_isolates_begin_with_a_mark_of_the_language() -> None:
    prices = f"המחירון:\n{isolate('ביקור ואבחון')}: {ltr('₪250')}\n{ltr('16:30')}"
    assert directed(prices) == f"המחירון:\n\u200f{isolate('ביקור ואבחון')}: {ltr('₪250')}\n\u200f{ltr('16:30')}"
    assert directed(f"Prices:\n{ltr('₪250')}") == f"Prices:\n\u200e{ltr('₪250')}"
    assert directed(directed(prices)) == directed(prices)


def test_lines_with_letters_of_their_own_and_words_of_people_stay_as_they_are() -> None:
    for words in ("שלום", f"{ltr('16:30')} מתאים?", "₪250\n16:30", "", f"{ltr('16:30')}"):
        assert directed(words) == words
