"""Which visits words of being done are about: all, so many, those of a day; and whether the price is of each."""

from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from proli.knowledge.reading.lexicon import read_table
from proli.knowledge.reading.phrases import PhraseBook
from proli.knowledge.text import normalise, tokens

_FILE: Final = "workday.yaml"
ALL: Final = 0
"""However many there are."""


@dataclass(frozen=True, slots=True)
class Finished:
    count: int | None
    """How many visits the words speak of; None where they do not tell."""
    days_ago: int | None
    each: bool
    """The price is that of each."""
    rest: str
    """What is said beside that."""


def read_finished(text: str) -> Finished:
    plain = normalise(text)
    words = tokens(plain)
    hits = _book().find(words)
    said = dict(hit.value for hit in hits)
    rest, at = list[str](), 0
    for hit in hits:
        rest.append(plain[at : words[hit.first].start])
        at = max(at, words[hit.last - 1].end)
    left = " ".join("".join([*rest, plain[at:]]).split())
    return Finished(said.get("all"), said.get("days_ago"), "each" in said, left)


@cache
def _book() -> PhraseBook[tuple[str, int]]:
    book, table = PhraseBook[tuple[str, int]](), dict[str, Any](read_table(_FILE)["finished"])
    for kind, numbers in table.items():
        for number, phrases in numbers.items():
            for phrase in phrases:
                book.add(phrase, (kind, int(number)))
    return book
