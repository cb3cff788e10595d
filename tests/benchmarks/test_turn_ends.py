"""The benchmark of the end of a turn counts what it says it counts, and our figures do not fall."""

from typing import Final

import pytest

from benchmarks.turn_ends.ears import Ears
from benchmarks.turn_ends.figures import measure_turn_ends
from benchmarks.turn_ends.ours import rule
from benchmarks.turn_ends.replies import read_replies
from benchmarks.turn_ends.scoring import score, silence, silence_as_careful
from benchmarks.turn_ends.turns import PARTS, Turn, read_turns

TURN: Final = Turn("one", "services", "phone", ("אפס חמש שתיים", "ארבע שמונה שש", "אחת אחת שלוש תשע"), (400, 900))
REACHED: Final = {"unseen": (39, 665), "unseen_2": (12, 730)}
"""Pauses cut off and the mean delay in ms on the parts kept aside; to be raised only with the tables of the README."""


def test_a_turn_is_cut_off_in_each_pause_that_is_longer_than_the_wait() -> None:
    assert [len(score(silence(ms), [TURN]).cut) for ms in (300, 400, 899, 900)] == [2, 1, 1, 0]
    assert score(silence(500), [TURN]).turns_cut == 1.0


def test_the_delay_is_the_wait_after_the_last_word_also_of_a_turn_that_was_cut_off() -> None:
    assert score(silence(500), [TURN, TURN]).delays == (500.0, 500.0)


def test_silence_as_careful_is_the_shortest_that_cuts_off_no_more() -> None:
    ours = score(silence(500), [TURN])
    assert silence_as_careful(ours, [TURN]).delay == 400


def test_ears_write_each_word_late() -> None:
    partials = Ears(lag_ms=300, faulty=False).partials(TURN, 0)
    assert partials[-1].text == "אפס חמש שתיים"
    assert partials[-1].since_ms == 300
    assert [one.since_ms for one in partials] == sorted(one.since_ms for one in partials)


def test_ears_write_what_was_said_before_too() -> None:
    assert Ears(faulty=False).partials(TURN, 1)[-1].text == "אפס חמש שתיים ארבע שמונה שש"


def test_faulty_ears_write_some_phones_in_digits_and_some_in_words() -> None:
    phones = [turn for turn in read_turns("tuning") if turn.asked == "phone"]
    heard = [Ears(faulty=True).partials(turn, len(turn.pauses))[-1].text for turn in phones]
    assert any("052 486 1139" in text for text in heard)
    assert any("אפס חמש" in text for text in heard)


def test_the_rule_waits_for_the_newest_words() -> None:
    late = rule(Ears(lag_ms=300, faulty=False))
    assert late(TURN, 1) > 900
    assert late(TURN, 2) == 350


def test_there_are_three_hundred_turns_with_pauses_of_both_playbooks_and_no_turn_is_in_two_parts() -> None:
    turns = [turn for part in PARTS for turn in read_turns(part)]
    assert sum(bool(turn.pauses) for turn in turns) >= 300
    assert {turn.playbook for turn in turns} == {"services", "real_estate"}
    for part in PARTS:
        told = {turn.pieces for turn in read_turns(part) if turn.pauses}
        others = {turn.pieces for other in PARTS if other != part for turn in read_turns(other)}
        assert not told & others


def test_each_pause_stands_between_two_pieces() -> None:
    turns = [turn for part in PARTS for turn in read_turns(part)] + read_replies("tuning") + read_replies("unseen")
    assert all(len(turn.pieces) == len(turn.pauses) + 1 and all(turn.pieces) for turn in turns)
    assert all(100 <= pause <= 3500 for turn in turns for pause in turn.pauses)


@pytest.mark.parametrize("part", PARTS)
def test_the_rule_answers_sooner_than_silence_that_is_as_careful(part: str) -> None:
    turns = read_turns(part)
    ours = score(rule(Ears()), turns)
    careful = silence_as_careful(ours, turns)
    assert ours.delay < careful.delay
    assert ours.mean_delay < careful.mean_delay


@pytest.mark.parametrize("part", REACHED)
def test_the_parts_kept_aside_are_understood_no_worse_than_was_told(part: str) -> None:
    ours = score(rule(Ears()), read_turns(part))
    cut, mean_ms = REACHED[part]
    assert len(ours.cut) <= cut
    assert ours.mean_delay <= mean_ms


def test_the_line_of_the_bench_sets_the_rule_beside_silence() -> None:
    head, silent, ours = measure_turn_ends()
    assert len(head) == len(silent) == len(ours)
    assert silent[-1] == "1.00"
    assert float(ours[-1]) < 1
