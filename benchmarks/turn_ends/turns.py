"""The turns of the files beside this: what was asked, and the pieces that are said with the pauses between them."""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final, cast

from proli.knowledge.turn_ends import Asked

PARTS: Final = ("tuning", "tuning_2", "unseen", "unseen_2")
_FOLDER: Final = Path(__file__).parent / "utterances"
_PAUSE: Final = re.compile(r"\s*\[(\d+)\]\s*")


@dataclass(frozen=True, slots=True)
class Turn:
    """What a caller says until it is our turn; `pauses[n]` is the silence in ms after `pieces[n]`."""

    name: str
    playbook: str
    asked: Asked
    pieces: tuple[str, ...]
    pauses: tuple[int, ...]


def read_turns(part: str) -> list[Turn]:
    """All turns of one part, in the order of the file."""
    playbook, turns = "", list[Turn]()
    for line in (_FOLDER / f"{part}.txt").read_text("utf-8").splitlines():
        if line.startswith("## "):
            playbook = line[3:]
        elif "|" in line and not line.startswith("#"):
            turns.append(_turn(f"{part}-{len(turns) + 1:03}", playbook, line))
    return turns


def _turn(name: str, playbook: str, line: str) -> Turn:
    asked, _, said = line.partition("|")
    pieces = _PAUSE.split(said.strip())
    return Turn(name, playbook, cast("Asked", asked.strip()), tuple(pieces[::2]), tuple(map(int, pieces[1::2])))
