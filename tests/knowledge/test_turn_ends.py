"""When a caller has finished, and what is said only to mean "go on"."""

from typing import get_args

import pytest

from proli.knowledge.reading.turn_words import waits
from proli.knowledge.turn_ends import Asked, Reason, expected, says_goodbye, takes_floor, wait_after
from proli.playbooks.loader import get_playbook

SHORT, LONG = 350, 1200
"""Milliseconds: after an answer, and where something is sure to come."""


@pytest.mark.parametrize(
    ("asked", "text"),
    [
        ("yes_no", "כן"),
        ("yes_no", "כן בטח"),
        ("yes_no", "אהה"),
        ("yes_no", "יש"),
        ("phone", "אפס חמש שתיים ארבע שמונה שש אחת אחת שלוש תשע"),
        ("phone", "052-4861139"),
        ("phone", "אפס חמש שתיים חמש מאות ושלוש ארבעים ואחת שבעים וחמש"),
        ("phone", "אותו מספר שאני מתקשר ממנו"),
        ("name", "קוראים לי מיכל אברמוב"),
        ("name", "משפחת לוי"),
        ("address", "הרצל חמש עשרה דירה שלוש"),
        ("address", "רחוב הגפן 8 כניסה ב"),
        ("time", "מחר בשעה 16:00"),
        ("time", "מחר בבוקר"),
        ("time", "יום שני בחמש"),
        ("time", "בין שמונה לעשר בבוקר"),
        ("amount", "חמש מאות שקל"),
        ("number", "ארבעה חדרים"),
        ("choice", "השני מתאים לי"),
        ("open", "תודה רבה"),
        ("open", "אתם עובדים גם בשבת"),
        ("open", "מתי"),
    ],
)
def test_a_whole_answer_ends_the_turn_soon(asked: Asked, text: str) -> None:
    assert wait_after(text, asked=asked).ms <= SHORT


@pytest.mark.parametrize(
    ("asked", "text", "reason"),
    [
        ("open", "יש לי נזילה במטבח ו", "trails_off"),
        ("yes_no", "כן אבל", "trails_off"),
        ("yes_no", "לא כי", "trails_off"),
        ("city", "גבעתיים או", "trails_off"),
        ("open", "אני צריכה אממ", "thinking"),
        ("time", "רגע אני פותח יומן", "thinking"),
        ("open", "יש לי בעיה עם איך קוראים לזה", "thinking"),
        ("phone", "אפס חמש שתיים", "digits"),
        ("phone", "052 486", "digits"),
        ("open", "תרשמי אפס חמש ארבע שבע", "digits"),
        ("phone", "המספר של בני", "half"),
        ("name", "קוראים לי", "trails_off"),
        ("time", "יום שני", "date"),
        ("time", "בין שמונה", "date"),
        ("time", "בשש לא", "trails_off"),
        ("address", "רחוב הגפן", "address"),
        ("address", "הרצל 5 קומה", "trails_off"),
        ("amount", "בסביבות", "trails_off"),
        ("amount", "שלושה", "price"),
        ("open", "שלום", "opening"),
        ("open", "", "nothing"),
    ],
)
def test_what_is_left_open_is_waited_for(asked: Asked, text: str, reason: Reason) -> None:
    wait = wait_after(text, asked=asked)
    assert (wait.reason, wait.ms >= LONG) == (reason, True)


def test_an_hour_that_begins_with_a_zero_is_no_phone() -> None:
    assert wait_after("מחר 08:00", asked="time").reason == "answered"


def test_a_limit_after_the_sum_leaves_nothing_open() -> None:
    assert wait_after("5200 לחודש מקסימום", asked="amount").ms < LONG
    assert wait_after("מקסימום", asked="amount").ms >= LONG


def test_a_phone_told_again_after_a_slip_is_not_waited_for_as_long_as_one_that_breaks_off() -> None:
    again = wait_after("054 331 לא סליחה 332 8765", asked="phone")
    assert again.ms < wait_after("054 331 לא סליחה 332", asked="phone").ms


def test_a_word_that_the_ears_may_not_have_written_yet_is_waited_for() -> None:
    assert wait_after("כן", asked="yes_no", lag_ms=500).ms > 500
    assert wait_after("כן", asked="yes_no", lag_ms=0).ms < 500


def test_patience_lengthens_the_wait() -> None:
    assert wait_after("כן", asked="yes_no", patience=2).ms == 2 * wait_after("כן", asked="yes_no").ms


def test_each_reason_has_its_wait_and_each_wait_its_reason() -> None:
    assert set(waits()) == set(get_args(Reason))


@pytest.mark.parametrize("text", ["כן", "אהה", "אוקיי", "מממ", "בסדר", "mm-hm", "כן כן", "אוקיי הבנתי", "מהמ"])
def test_a_backchannel_does_not_take_the_floor(text: str) -> None:
    assert not takes_floor(text)
    assert not takes_floor(text, asked="phone")


@pytest.mark.parametrize("text", ["כן", "אהה", "אוקיי", "מממ", "בסדר", "mm-hm"])
def test_it_answers_a_question_just_asked(text: str) -> None:
    assert takes_floor(text, asked="yes_no")


@pytest.mark.parametrize("text", ["לא", "רגע", "מה", "כן אבל לא היום", "סליחה", "תפסיקי", "אפס חמש שתיים"])
def test_whoever_has_something_to_say_takes_the_floor(text: str) -> None:
    assert takes_floor(text)


def test_silence_takes_no_floor() -> None:
    assert not takes_floor("", asked="yes_no")


@pytest.mark.parametrize("vertical", ["services", "real_estate"])
def test_every_question_of_a_playbook_expects_a_kind_of_answer(vertical: str) -> None:
    open_ones = {name for name in get_playbook(vertical).fields if expected(name) == "open"}
    assert open_ones <= {"trade"}
    assert expected(None) == "open"


@pytest.mark.parametrize("text", ["ביי", "תודה רבה, להתראות", "אוקיי תודה ביי", "יום טוב להתראות", "thanks, bye"])
def test_a_goodbye_is_one_whether_or_not_somebody_was_served(text: str) -> None:
    assert says_goodbye(text, served=False)
    assert says_goodbye(text, served=True)


@pytest.mark.parametrize("text", ["לא, תודה", "זה הכול", "תודה רבה", "לא תודה זהו"])
def test_thanks_end_the_talk_of_somebody_who_was_served(text: str) -> None:
    assert says_goodbye(text, served=True)
    assert not says_goodbye(text, served=False)


@pytest.mark.parametrize("text", ["", "כן", "לא", "תודה, ומה לגבי מחר", "ביי כבר אמרתי לה שתתקשר", "שלום"])
def test_whoever_says_anything_else_stays(text: str) -> None:
    assert not says_goodbye(text, served=True)
