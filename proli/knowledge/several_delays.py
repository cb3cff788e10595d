"""Several delays in one message, each of somebody else: "אגיע לדנה ב-10:30 ולרות ב-12:45"."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from proli.knowledge.arrival import with_hours
from proli.knowledge.numbers import with_digits
from proli.knowledge.text import fold

_BEFORE: Final = r"(?<![\w:./])ו?(?:(?:ב?עוד|תוכ|בשעה|לקראת|סביב|בסביבות|רק|איזה|בערכ|של|in|by|at|around|about) ){0,2}"
_AMOUNT: Final = re.compile(
    rf"{_BEFORE}(?:"
    r"(?:[בכ]-? ?)?\d{1,2}:\d\d(?!\d)"
    r"|(?:[בכ]-? ?)?\d{1,3}(?![\w:/%]|[.,]\d)(?: ?-?(?:דק\w*'?|minutes?|mins?|שעות|hours?)(?!\w))?"
    r"|(?:[בכ]-?)?(?:חצי שעה|רבע שעה|שלושת רבעי שעה|שעה(?: ורבע| וחצי)?|שעתיימ(?: וחצי)?"
    r"|(?:half )?an hour|half hour)(?!\w)(?! \d)"
    r"|(?P<on_time>בזמנ|כרגיל|כמתוכננ|כמו שקבענו|on time)(?!\w))"
)
_OTHER: Final = re.compile(
    r"(?<!\w)(?:ו(?:ל-? ?(?!קח|פני|פחות|ערכ|א\b|הגיע)|אצל |אל |של )|and (?:to |for |at )?(?=[a-z]))"
    r"(?P<name>[^\W\d_][\w']{1,14})"
)
_TO: Final = r"(?<!\w)(?:ו?(?:אצל|אל|של|עמ|את) |(?:and )?(?:to|for|at|with) )?[ובלשמה]{0,3}-?"
_JOINED: Final = re.compile(r"[,;.\n]|(?<!\w)(?:and|אבל)(?!\w)")
_UNSURE: Final = re.compile(r"(?<!\w)(?:אמ|או|לא|ולא|במקומ|if|or|not|instead)(?!\w)|n't(?!\w)")
_BREAK: Final = re.compile(r"[,;.\n]")
_FEW: Final = 3


@dataclass(frozen=True, slots=True)
class Delays:
    """What the words say of several people who wait."""

    named: frozenset[int]
    """Those of the known ones whom they name."""
    amounts: int
    """How many hours or lengths of time they tell."""
    each: Sequence[tuple[int, str]] = ()
    """Whose, and the words of their own, empty for who is on time; none where that cannot be told for sure."""


@dataclass(frozen=True, slots=True)
class _Mark:
    start: int
    end: int
    whose: frozenset[int] | None = None
    """None for an amount; nobody for a name that is not known."""
    on_time: bool = False


def find_delays(text: str, names: Sequence[Collection[str]]) -> Delays | None:
    """The delays of those whom the words name, by the names of each; None when they name less than two."""
    folded = fold(with_digits(with_hours(fold(text))))
    marks = _marks(folded, names)
    whose = [mark.whose for mark in marks if mark.whose is not None]
    named = frozenset[int]().union(*whose)
    amounts = sum(mark.whose is None for mark in marks)
    if not amounts or len(set(whose)) < 2:
        return None
    return Delays(named, amounts, _pairs(folded, marks) if _UNSURE.search(folded) is None else ())


def _marks(folded: str, names: Sequence[Collection[str]]) -> list[_Mark]:
    """The names and the amounts, in order; the number of a house belongs to the name of its street."""
    owners = dict[str, set[int]]()
    for at, own in enumerate(names):
        for name in own:
            owners.setdefault(fold(name), set()).add(at)
    known = list[_Mark]()
    for name in sorted(filter(None, owners), key=len, reverse=True):
        for found in re.finditer(rf"{_TO}{re.escape(name)}(?!\w)", folded):
            if not _within(found.span(), known):
                known.append(_Mark(*found.span(), frozenset(owners[name])))
    amounts = [
        _Mark(*found.span(), on_time=found["on_time"] is not None)
        for found in _AMOUNT.finditer(folded)
        if not _within(found.span(), known)
    ]
    if len(amounts) > 1:
        known += [
            _Mark(*found.span(), frozenset())
            for found in _OTHER.finditer(folded)
            if not _within(found.span(), [*known, *amounts])
        ]
    return _joined(sorted([*known, *amounts], key=lambda mark: mark.start))


def _within(span: tuple[int, int], marks: Sequence[_Mark]) -> bool:
    return any(mark.start < span[1] and span[0] < mark.end for mark in marks)


def _joined(marks: Sequence[_Mark]) -> list[_Mark]:
    """A first and a last name that stand together are one."""
    joined = list[_Mark]()
    for mark in marks:
        last = joined[-1] if joined else None
        both = last.whose & mark.whose if last and last.whose and mark.whose else None
        if last and both and mark.start - last.end <= 1:
            joined[-1] = _Mark(last.start, mark.end, both)
        else:
            joined.append(mark)
    return joined


def _pairs(folded: str, marks: Sequence[_Mark]) -> Sequence[tuple[int, str]]:
    """Each name with its amount, where all come in one order, belong together, and are set apart from the next."""
    if len(marks) % 2:
        return ()
    pairs = [(marks[at], marks[at + 1]) for at in range(0, len(marks), 2)]
    name_first = marks[0].whose is not None
    names = [one if name_first else other for one, other in pairs]
    amounts = [other if name_first else one for one, other in pairs]
    owners = [next(iter(name.whose)) for name in names if name.whose is not None and len(name.whose) == 1]
    if len(set(owners)) < len(pairs) or any(amount.whose is not None for amount in amounts):
        return ()
    if not all(_together(folded[one.end : other.start]) for one, other in pairs):
        return ()
    if not all(_apart(folded, one[1], other[0]) for one, other in pairwise(pairs)):
        return ()
    first, second = pairs[0]
    lead = folded[: first.start] + (folded[first.end : second.start] if not folded[: first.start].strip() else "")
    said = [folded[one.start : other.end].removeprefix("ו") for one, other in pairs]
    parts = [f"{lead} {words}" if lead.strip() else words for words in said]
    return [(who, "" if much.on_time else part) for who, much, part in zip(owners, amounts, parts, strict=True)]


def _together(between: str) -> bool:
    return _BREAK.search(between) is None and len(between.split()) <= _FEW


def _apart(folded: str, before: _Mark, after: _Mark) -> bool:
    between, begins = folded[before.end : after.start], folded[after.start : after.end]
    return len(between.split()) <= _FEW and (begins.startswith(("ו", "and ")) or _JOINED.search(between) is not None)
