"""When the caller has finished, and how much of a saying they have heard: by times alone."""

import pytest

from proli.voice.live.ears import Heard
from proli.voice.live.floor import NOISE_S, Floor
from proli.voice.live.mouth import LOST_S, Piece, Saying, ends_at, heard_of


def said(*pieces: Piece) -> Saying:
    return Saying(" ".join(piece.text for piece in pieces), list(pieces))


def piece(text: str, *, began_at: float, seconds: float = 2.0, heard_at: float | None = None) -> Piece:
    return Piece(text, "m", began_at, seconds, whole=True, heard_at=heard_at)


@pytest.mark.parametrize(("at", "heard"), [(10.0, ""), (10.9, "אחת"), (11.1, "אחת שתיים"), (11.9, "אחת שתיים שלוש")])
def test_of_a_sentence_as_many_words_were_heard_as_fit_into_the_time(at: float, heard: str) -> None:
    assert heard_of(said(piece("אחת שתיים שלוש ארבע", began_at=10.0)), at=at) == heard


def test_a_mark_says_that_a_sentence_was_heard_and_the_next_begins_behind_it() -> None:
    first, second = piece("אחת שתיים.", began_at=10.0, heard_at=12.5), piece("שלוש ארבע.", began_at=10.1)
    assert heard_of(said(first, second), at=13.6) == "אחת שתיים. שלוש"


def test_what_comes_behind_a_sentence_without_a_mark_was_not_heard() -> None:
    first, second = piece("אחת שתיים.", began_at=10.0), piece("שלוש.", began_at=10.1)
    assert heard_of(said(first, second), at=11.5) == "אחת"


def test_a_lost_mark_costs_at_most_the_length_of_its_sound() -> None:
    lost = piece("אחת שתיים.", began_at=10.0)
    assert heard_of(said(lost), at=12.1) == "אחת"
    assert heard_of(said(lost), at=12.0 + LOST_S + 0.1) == "אחת שתיים."
    assert ends_at([lost]) == 12.0


def test_a_turn_ends_a_while_after_the_voice() -> None:
    floor = Floor(lag_ms=0)
    floor.voice(True, at=1.0)
    floor.hear(Heard("כן", True), at=1.2)
    assert floor.ends_at("yes_no") == 1.2 + NOISE_S
    floor.voice(False, at=1.3)
    assert floor.ends_at("yes_no") == pytest.approx(1.6)
    floor.hear(Heard("רגע", False), at=1.5)
    assert floor.ends_at("yes_no") == pytest.approx(1.3 + 2.0)


def test_of_ears_that_are_still_writing_the_next_word_is_waited_for() -> None:
    floor = Floor(lag_ms=400)
    floor.voice(True, at=1.0)
    floor.voice(False, at=2.0)
    floor.hear(Heard("כן", False), at=2.1)
    assert floor.ends_at("yes_no") == pytest.approx(2.5)
    floor.hear(Heard("כן", True), at=2.2)
    assert floor.ends_at("yes_no") == pytest.approx(2.3)


def test_keys_in_a_row_are_one_number() -> None:
    floor = Floor(lag_ms=0)
    for at, digit in enumerate("052"):
        floor.press(digit, at=at)
    floor.hear(Heard("סולמית", True), at=4)
    assert floor.take(at=5).text == "052 סולמית"
    assert floor.text == ""


def test_a_voice_without_words_is_noticed_and_a_click_is_not() -> None:
    floor = Floor(lag_ms=0)
    floor.voice(True, at=1.0)
    floor.voice(False, at=1.2)
    assert floor.unheard_since is None
    floor.voice(True, at=2.0)
    floor.voice(False, at=2.5)
    assert floor.unheard_since == 2.5
    floor.hear(Heard("שלום", False), at=2.6)
    assert floor.unheard_since is None
