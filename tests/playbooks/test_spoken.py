"""Whatever is said aloud speaks of nothing that is written or tapped, and fills what the written text fills."""

import pytest

from proli.playbooks.loader import get_playbook, list_playbooks
from proli.playbooks.spoken import spoken_texts
from proli.playbooks.texts import LANGUAGES, all_texts, own_texts, values_in

IN_CALLS = (
    "thanks",
    "booked",
    "waiting",
    "asked_professional",
    "asked_later",
    "handed_over",
    "cancel_ask",
    "off_topic",
)


IN_NO_TEXT = {"persona", "notice", "business", "when", "professional", "address"}
"""What words of a call alone may hold."""


@pytest.mark.parametrize("name", list_playbooks())
def test_what_is_said_aloud_stands_in_both_languages_and_names_only_what_the_written_text_does(name: str) -> None:
    playbook = get_playbook(name)
    spoken = spoken_texts(playbook, {})
    for code, said in spoken.items():
        assert set(said) == set(LANGUAGES), code
        for language in LANGUAGES:
            allowed = values_in(all_texts()[code][language]) if code in all_texts() else IN_NO_TEXT
            assert values_in(said[language]) <= allowed, code


@pytest.mark.parametrize("name", list_playbooks())
def test_aloud_nobody_is_asked_to_write_here(name: str) -> None:
    playbook = get_playbook(name)
    spoken = spoken_texts(playbook, own_texts(playbook, {"booked": {"he": "נקבע, אפשר לכתוב כאן"}}))
    for code in IN_CALLS:
        assert "לכתוב" not in spoken[code]["he"]
        assert "כאן ב" not in spoken[code]["he"]
