"""Answers of the open conversations of `evals/`, written by others: typed, with pauses put where they have commas."""

import json
import math
import random
import re
from pathlib import Path
from typing import Any, Final

from benchmarks.turn_ends.turns import Turn
from proli.knowledge.turn_ends import expected

_FOLDER: Final = Path(__file__).parents[2] / "evals" / "open"
_CLAUSES: Final = re.compile(r"\s*(?:[,.;!?\n]+|\s-\s)\s*(?!\d)")
_HEBREW: Final = re.compile(r"[א-ת]")
_AT_COMMA, _IN_PHRASE = (400, 0.6), (620, 0.55)
"""Median in ms and spread of a pause after a clause, and of one that falls inside of it."""
_HESITATES: Final = 0.3
"""The share of clauses of three words and more that somebody stops in."""


def read_replies(part: str) -> list[Turn]:
    """Every other Hebrew answer to a question: the one half to tune on, the other kept aside."""
    turns = [turn for number, case in enumerate(_cases()) for turn in _answers(case, number)]
    return turns[::2] if part == "tuning" else turns[1::2]


def _cases() -> list[dict[str, Any]]:
    lines = [line for path in sorted(_FOLDER.glob("*.jsonl")) for line in path.read_text("utf-8").splitlines()]
    return [case for line in lines if (case := json.loads(line))["lang"] == "he" and "turns" in case]


def _answers(case: dict[str, Any], number: int) -> list[Turn]:
    return [
        _turn(f"reply-{number}-{at}", case["vertical"], turn["in_reply_to"], turn["text"])
        for at, turn in enumerate(case["turns"])
        if turn.get("in_reply_to") and _HEBREW.search(turn.get("text") or "")
    ]


def _turn(name: str, playbook: str, question: str, text: str) -> Turn:
    chance = random.Random(name)
    pieces, pauses = list[str](), list[int]()
    for clause in filter(None, _CLAUSES.split(text)):
        words = clause.split()
        if len(words) > 2 and chance.random() < _HESITATES:
            at = chance.randrange(1, len(words))
            pieces += [" ".join(words[:at]), " ".join(words[at:])]
            pauses += [_length(_IN_PHRASE, chance), _length(_AT_COMMA, chance)]
        else:
            pieces.append(clause)
            pauses.append(_length(_AT_COMMA, chance))
    return Turn(name, playbook, expected(question), tuple(pieces), tuple(pauses[:-1]))


def _length(of: tuple[int, float], chance: random.Random) -> int:
    return round(min(max(of[0] * math.exp(chance.gauss(0, of[1])), 120), 3500) / 10) * 10
