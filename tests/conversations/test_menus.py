"""Words that are those of a button we sent are a tap on it, while the button is of use."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest

from proli.conversations.menus import OF_USE, Menu, find_labelled

NOW = datetime(2026, 11, 30, 9, tzinfo=UTC)
UNDO = [{"id": "work", "text": "ביטול, אעבוד"}]
CHOICES = [{"id": "done", "text": "בוצע"}, {"id": "absent", "text": "Customer not home"}]


def menus(*said: Sequence[dict[str, str]], ago: timedelta = timedelta()) -> list[Menu]:
    return [Menu(buttons, NOW - ago) for buttons in said]


@pytest.mark.parametrize("text", ["ביטול, אעבוד", "ביטול אעבוד", " ביטול, אעבוד! "])
def test_case_space_and_signs_aside_the_words_are_the_tap(text: str) -> None:
    assert find_labelled(text, menus(UNDO), at=NOW) == "work"
    assert find_labelled("CUSTOMER NOT HOME.", menus(CHOICES), at=NOW) == "absent"


@pytest.mark.parametrize("text", ["ביטול", "ביטול, אעבוד מחר", "", "!", "x" * 5000])
def test_other_words_are_none(text: str) -> None:
    assert find_labelled(text, menus(UNDO), at=NOW) is None


def test_after_other_news_a_word_alone_is_about_that_and_a_whole_label_counts_for_a_day() -> None:
    assert find_labelled("בוצע", menus([], CHOICES), at=NOW) is None
    assert find_labelled("בוצע", menus(CHOICES), at=NOW) == "done"
    assert find_labelled("ביטול, אעבוד", menus([], UNDO, ago=OF_USE), at=NOW) == "work"
    assert find_labelled("ביטול, אעבוד", menus([], UNDO, ago=OF_USE + timedelta(1)), at=NOW) is None


def test_only_the_buttons_sent_last_count_and_of_two_alike_neither() -> None:
    assert find_labelled("ביטול, אעבוד", menus(CHOICES, UNDO), at=NOW) is None
    twice = [{"id": "1", "text": "10:00 דנה"}, {"id": "2", "text": "10:00 דנה"}]
    assert find_labelled("10:00 דנה", menus(twice), at=NOW) is None
