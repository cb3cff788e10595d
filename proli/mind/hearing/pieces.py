"""A burst in pieces: what was written together, and when."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Final

from proli.knowledge.keyboards import as_meant
from proli.knowledge.pins import without_links
from proli.knowledge.reading.chat_headers import read_copied
from proli.knowledge.text import without_fillers
from proli.mind.facts import Facts

TOGETHER: Final = timedelta(minutes=2)
"""What is written within this time and on one day is read as one text."""
SKEW: Final = timedelta(minutes=2)
"""How far the provider's clock may stand behind ours when an answer is told from what came before the question."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """Words that were written at one time, as one text."""

    text: str
    at: datetime


def stretches(facts: Facts) -> list[Stretch]:
    """The burst in its order, cut where the clock has moved on between two messages."""
    written = [*pieces(facts)]
    cuts = [0, *(at for at in range(1, len(written)) if not is_together(written, at)), len(written)]
    return [
        Stretch(joined([text for text, _ in written[first:last]]), written[first][1])
        for first, last in pairwise(cuts)
        if written[first:last]
    ]


def is_together(written: list[tuple[str, datetime]], at: int) -> bool:
    before, this = written[at - 1][1], written[at][1]
    return before.date() == this.date() and abs(this - before) <= TOGETHER


def pieces(facts: Facts, said: Iterable[tuple[str, datetime]] | None = None) -> Iterator[tuple[str, datetime]]:
    """What was said and when, a piece a message; what was copied out of a chat is of the time of its header.

    It is what `said` tells, or else the burst.
    """
    burst = ((without_links(one.text), one.sent_at or facts.now) for one in facts.said if one.words)
    for whole, sent_at in burst if said is None else said:
        own = min(sent_at, facts.now).astimezone(facts.zone)
        for text, wall in read_copied(whole):
            copied = wall.replace(tzinfo=facts.zone) if wall else None
            if text.strip():
                yield text, copied if copied is not None and copied <= own else own


def written_at(facts: Facts) -> datetime:
    """When the last message of the burst was written."""
    sent_at = facts.said[-1].sent_at if facts.said else None
    return min(sent_at or facts.now, facts.now).astimezone(facts.zone)


def joined(texts: list[str]) -> str:
    """Messages as one text, a sentence a message."""
    said = [without_fillers(as_meant(one.strip())) for one in texts if one.strip()]
    return "\n".join(words if words[-1] in ".!?,:;" else f"{words}." for words in said[:-1]) + "\n" + "".join(said[-1:])
