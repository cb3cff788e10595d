"""The words Proli says: complete in both languages, and changeable without breaking."""

import pickle

import pytest

from proli.playbooks.loader import get_playbook, list_playbooks
from proli.playbooks.texts import LANGUAGES, Saying, WordsRefused, all_texts, check_words, own_texts, say, values_in


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


def test_words_know_which_text_they_are_until_something_is_done_to_them() -> None:
    said = say("on_the_way", "he", professional="יוסי", phone=521234567)
    assert (said.code, said.values) == ("on_the_way", {"professional": "יוסי", "phone": "521234567"})
    assert not isinstance(said.upper(), Saying)
    assert said.worded("בדרך").values == said.values
    both = said.followed_by(say("visit_link", "he", link="https://example.com/v"))
    assert (both.code, both.values["link"]) == ("on_the_way", "https://example.com/v")
    assert both.startswith(f"{said}\n")
    again = pickle.loads(pickle.dumps(both))
    assert (again, again.code, again.values) == (both, both.code, both.values)
