"""What a customer says for whoever comes to their visit: how to get in, who is there, what to bring or to know."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

from proli.knowledge.reading.cues import cues_of
from proli.knowledge.reading.given_up import with_roles
from proli.knowledge.text import fold, normalise

LONGEST: Final = 200
"""Letters of one note; of longer words the clauses that are for whoever comes."""
_CUES: Final = "for_visit.yaml"
_CLAUSES: Final = re.compile(r"(?<=[.;!?؟\n])|(?<=[,،])(?!\d)")
_CARELESS: Final = str.maketrans("", "", "'’`")


@dataclass(frozen=True, slots=True)
class ForVisit:
    """Words for whoever comes."""

    words: str
    """As they were said, at most `LONGEST` letters."""
    alone: bool
    """Whether the message says nothing that somebody else must read."""


def read_for_visit(text: str, *, people: Collection[str] = (), of_place: bool = False) -> ForVisit | None:
    """What of a message is for whoever comes; None where nothing is. `people` are the names of those who do.

    `of_place`: only how it is there and how to get in, where the rest says something else, such as another hour.
    """
    said = normalise(text).strip()
    clauses = [one.strip() for one in _CLAUSES.split(said) if one and one.strip()]
    meant = [one for one in clauses if _is_for_visit(one, people, of_place=of_place)]
    if not meant:
        return None
    office = any(_is_for_office(one) for one in clauses if one not in meant or "?" in one)
    office = office or any(_has("for_office", one) and not _tells(one, people) for one in meant)
    whole = len(said) <= LONGEST and not of_place
    words = said if whole else " ".join(meant)
    return ForVisit(words[:LONGEST].strip(" ,،;"), alone=not office and (whole or len(words) <= LONGEST))


def _is_for_visit(clause: str, people: Collection[str], *, of_place: bool) -> bool:
    if not of_place and _tells(clause, people):
        return True
    return "?" not in clause and not _has("not_said", clause) and _has("of_place", clause)


def _is_for_office(clause: str) -> bool:
    return "?" in clause or "؟" in clause or _has("for_office", clause)


def _tells(clause: str, people: Collection[str]) -> bool:
    return _has("tells", with_roles(clause, people))


def _has(name: str, clause: str) -> bool:
    return cues_of(_CUES)[name].search(fold(clause).translate(_CARELESS)) is not None
