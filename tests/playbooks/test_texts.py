"""The words Proli says: complete in both languages, and changeable without breaking."""

import pytest

from proli.playbooks.loader import get_playbook, list_playbooks
from proli.playbooks.texts import LANGUAGES, WordsRefused, all_texts, check_words, own_texts, say, values_in


@pytest.mark.parametrize("code", sorted(all_texts()))
def test_every_text_is_there_in_every_language_with_the_same_values(code: str) -> None:
    said = all_texts()[code]
    assert set(said) == set(LANGUAGES)
    assert values_in(said["he"]) == values_in(said["en"])


@pytest.mark.parametrize("playbook", list_playbooks())
def test_words_of_a_playbook_stand_in_place_of_common_ones_only_with_their_values(playbook: str) -> None:
    for code, said in get_playbook(playbook).texts.items():
        for language, words in said.items():
            check_words(code, language, words)


def test_a_business_says_it_its_own_way_and_the_rest_as_everybody() -> None:
    own = own_texts(get_playbook("real_estate"), {"hello": {"he": "ברוכים הבאים ל{business}!"}})
    assert say("hello", "he", own, business="מורן") == "ברוכים הבאים למורן!"
    assert say("hello", "en", own, business="Moran").startswith("Hello, this is Leah")
    assert say("thanks", "he", own) == say("thanks", "he")


@pytest.mark.parametrize(
    "words",
    ["שלום {phone}", "שלום {business", "שלום {}", "שלום {business.__class__}", "שלום {business:>9}", " ", "ש" * 1001],
)
def test_words_that_would_break_a_reply_are_refused(words: str) -> None:
    with pytest.raises(WordsRefused):
        check_words("hello", "he", words)


def test_a_text_that_nobody_says_is_refused() -> None:
    with pytest.raises(WordsRefused):
        check_words("hullo", "he", "שלום")
