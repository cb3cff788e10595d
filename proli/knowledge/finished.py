"""Which visits words of being done are about: all, so many, those of a day, the one before; whether the price is of
each, and whether somebody sets out for the next.
"""

import re
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from proli.knowledge.intents import find_intents
from proli.knowledge.leaving import find_leaving
from proli.knowledge.not_coming import find_refused
from proli.knowledge.reading.lexicon import read_table
from proli.knowledge.reading.phrases import PhraseBook
from proli.knowledge.text import normalise, tokens
from proli.knowledge.workday import WorkdayKind, minutes_at, read_workday

_FILE: Final = "workday.yaml"
LATE: Final = frozenset[WorkdayKind]({"late", "trouble"})
_DONE: Final = frozenset[WorkdayKind]({"done"})
_PARTS: Final = LATE | frozenset[WorkdayKind]({"done", "unfinished"})
_CLAUSES: Final = re.compile(r"[,.;!\n]+ ?| - ")
_WORDS: Final = re.compile(r" ")
_MOST_CUTS: Final = 60
ALL: Final = 0
"""However many there are."""


@dataclass(frozen=True, slots=True)
class Finished:
    count: int | None
    """How many visits the words speak of; None where they do not tell."""
    days_ago: int | None
    each: bool
    """The price is that of each."""
    before: bool
    """It is the one before, as told from the next or from elsewhere: "אצל הקודם", "שם"."""
    leaves: str | None
    """What is said of setting out for the next; None when nobody does."""
    rest: str
    """What is said beside that."""


def says_done(text: str) -> bool:
    """Whether work is reported as done: all of it, and not only as of later."""
    kinds = read_workday(text).kinds
    return "done" in kinds or ("unfinished" not in kinds and "done" in find_intents(text))


def find_late(text: str) -> tuple[str, str] | None:
    """What is said of being late, and what is said beside it, where the same words report work as done; else None.

    They are cut at the end of a clause where one does, else between two words, as late as the minutes are kept whole,
    and never within a length of time.
    """
    kinds = read_workday(text).kinds
    if "done" not in kinds or not kinds & LATE:
        return None
    plain = normalise(text)
    lengths = minutes_at(plain)
    for ends in (_CLAUSES, _WORDS):
        apart = [one for one in ends.finditer(plain) if not any(at < one.start() < end for at, end in lengths)]
        cuts = [(plain[: one.start()], plain[one.end() :]) for one in apart][-_MOST_CUTS:]
        found = [(two, one) for one, two in cuts if _tells(one, "done") and _tells(two, *LATE)]
        found += [(one, two) for one, two in cuts if _tells(two, "done") and _tells(one, *LATE)]
        whole = [parts for parts in found if read_workday(parts[0]).minutes is not None]
        if found:
            return (whole or found)[-1]
    return None


def _tells(part: str, *kinds: WorkdayKind) -> bool:
    """Whether a part of a report tells this alone."""
    found = read_workday(part).kinds & _PARTS
    return bool(found) and found <= set(kinds)


def read_finished(text: str) -> Finished:
    apart = find_late(text) or find_refused(text, _DONE)
    text = text if apart is None else apart[1]
    leaving = find_leaving(text)
    plain = normalise(text if leaving is None else leaving[1])
    words = tokens(plain)
    hits = _book().find(words)
    said = dict(hit.value for hit in hits)
    rest, at = list[str](), 0
    for hit in hits:
        rest.append(plain[at : words[hit.first].start])
        at = max(at, words[hit.last - 1].end)
    left = " ".join("".join([*rest, plain[at:]]).split())
    leaves = None if leaving is None else leaving[0]
    return Finished(said.get("all"), said.get("days_ago"), "each" in said, "before" in said, leaves, left)


@cache
def _book() -> PhraseBook[tuple[str, int]]:
    book, table = PhraseBook[tuple[str, int]](), dict[str, Any](read_table(_FILE)["finished"])
    for kind, numbers in table.items():
        for number, phrases in numbers.items():
            for phrase in phrases:
                book.add(phrase, (kind, int(number)))
    return book
