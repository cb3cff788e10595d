"""Whether a number of a text is the most or the least of what is meant: one list of words for rooms, money and sizes."""

import enum
import re
from typing import Final

from proli.knowledge.reading.beside import before


class Bound(enum.Enum):
    most = "most"
    below = "below"
    """Less than the number itself."""
    least = "least"
    above = "above"
    """More than the number itself."""


_OF: Final = r"(?: של| of| is| בערכ| כ-?| ה)?[\s:-]*)$"
_BEFORE: Final = (
    (
        Bound.most,
        re.compile(
            r"(?:(?<!\w)(?:ו?עד|ו?ה?מקסימומ|מקס'?|לא יותר מ-?|לכל היותר|לא מעל|לא עובר(?:ימ)? את|גג|תקרה(?: של)?|up to"
            r"|max(?:imum)?|at most|no more than|not more than|not over|до|не более|не больше|максимум|حتى|اقصى|لحد)"
            + _OF
        ),
    ),
    (
        Bound.least,
        re.compile(
            r"(?:(?<!\w)(?:ו?לפחות|ו?מינימומ|החל מ-?|לא פחות מ-?|לא מתחת ל-?|at least|min(?:imum)?|no less than"
            r"|not less than|not under|не менее|минимум|от|على الاقل)" + _OF
        ),
    ),
    (Bound.below, re.compile(r"(?:(?<!\w)(?:פחות מ-?|מתחת ל-?|under|below|less than)" + _OF)),
    (Bound.above, re.compile(r"(?:(?<!\w)(?:יותר מ-?|מעל|more than|over|above)" + _OF)),
)
"""What is denied stands before what it denies: "no less than" holds "less than"."""
_AFTER: Final = (
    (
        Bound.most,
        re.compile(r"\s?(?:,\s?)?(?:גג|מקסימומ|מקס'?|לכל היותר|ומטה|או פחות|tops|max(?:imum)?|at most|or less)(?!\w)"),
    ),
    (
        Bound.least,
        re.compile(
            r"\s?(?:,\s?)?(?:ומעלה|ויותר|או יותר|פלוס(?! \w)|plus(?! \w)|\+(?!\s?[^\W_])|לפחות|מינימומ|and up|or more"
            r"|at least|min(?:imum)?|и больше|и более)(?!\w)"
        ),
    ),
)


def bound_before(text: str, at: int) -> Bound | None:
    """What the words right before the offset make of the number there."""
    ahead = before(text, at)
    return next((bound for bound, words in _BEFORE if words.search(ahead)), None)


def bound_after(text: str, at: int) -> tuple[Bound, int] | None:
    """What the words at the offset make of the number that ends there, and where they end."""
    return next(((bound, found.end()) for bound, words in _AFTER if (found := words.match(text, at))), None)
