"""Everything breaks at once, and nobody is left without an answer, hears anything twice or is promised in vain."""

import os
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from tests.chaos.game import plan, scripts
from tests.chaos.game.playing import Game, play

LONG = bool(os.environ.get("LONG_TESTS"))
SEED = int(os.environ.get("CHAOS_SEED", "7103"))
GAME = Game(SEED, conversations=240, kills=30, restarts=4) if LONG else Game(SEED, 20, kills=6, restarts=2)


async def test_a_town_in_which_everything_breaks_leaves_nobody_behind(tmp_path: Path) -> None:
    """Workers, server and database die, clocks jump, the provider is slow, away, repeats, loses: see `make chaos`."""
    played = await play(GAME, tmp_path)
    assert played.findings.wrong == {}
    assert played.broken == Counter(fault.kind for fault in GAME.faults())
    assert "goes back in line" in played.logs
    assert played.findings.counts["conversations"] >= GAME.conversations
    assert played.findings.counts["visits promised"] > GAME.conversations / 5


def test_what_breaks_is_drawn_from_the_seed_alone() -> None:
    drawn = plan.draw(1, messages=5000, kills=100, restarts=5)
    assert drawn == plan.draw(1, messages=5000, kills=100, restarts=5)
    assert drawn != plan.draw(2, messages=5000, kills=100, restarts=5)
    assert [fault.after for fault in drawn] == sorted(fault.after for fault in drawn)
    kinds = Counter(fault.kind for fault in drawn)
    assert sum(times for kind, times in kinds.items() if kind.startswith("kill")) == 100
    assert all(kinds[kind] for kind in set(plan.KILLS))
    assert [fault.whom for fault in drawn if fault.kind == "stop database"] == 2 * ["fast", "immediate"] + ["fast"]
    assert {fault.minutes > 0 for fault in drawn if fault.kind == "clock jumps"} == {True, False}


def test_what_is_said_is_drawn_from_the_seed_and_no_day_changes_how_much() -> None:
    for number in range(200):
        script = scripts.draw(1, number, today=date(2026, 11, 30))
        assert script == scripts.draw(1, number, today=date(2026, 11, 30))
        assert len(script.said) == len(scripts.draw(1, number, today=date(2027, 4, 21)).said)


@pytest.mark.parametrize("kind", [writes.__name__ for _, writes in scripts.KINDS])
def test_every_kind_of_conversation_has_its_part(kind: str) -> None:
    assert any(scripts.draw(SEED, number, today=date(2026, 11, 30)).kind == kind for number in range(300))
