"""Times that are named to say that they will not do: "only not tomorrow", "except Tuesday", "not before ten"."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

from proli.knowledge.reading.time_words import fold_source
from proli.knowledge.text import fold
from proli.knowledge.times import find_time
from proli.knowledge.wishes import TimeWish

HALF_HOUR: Final = 30
DAY_MINUTES: Final = 24 * 60
_WEEKS: Final = 4
"""A weekday that will not do will not do for so many weeks."""
_WHAT: Final = r"(?P<what>[^,.;!?\n]{1,30}?)(?= ?[,.;!?\n]| ?$| (?:ו?לא|אבל|ו?רק|אלא|כי|and not|but|only)(?!\w))"
_BEFORE: Final = re.compile(
    fold_source(
        r"(?<!\w)(?<!(?:אמ|זה) )(?<!(?:למה|הוא|היא) )(?:[שו]?(?:רק |אבל |פשוט )?לא"
        r"(?: (?:מתאימ|נוח|טוב|יכול\w{0,2}|פנוי\w?|מסתדר)(?: לי| לנו)?)?"
        r"|ו?חוצ מ-?|ו?למעט|פרט ל-?|מלבד"
        r"|except(?: for)?|(?:but )?not(?: (?:on|at))?|(?:any\w* |any day )but|кроме|(?:только )?не|غير|الا|ما عدا) ?"
    )
    + _WHAT
)
_AFTER: Final = re.compile(
    fold_source(
        r"(?:^|(?<=[,.;!?\n])) ?(?:אבל |רק )?(?P<what>[^,.;!?\n]{1,25}?) (?:זה )?(?:(?:לא|אי|doesn't|isn't|won't) "
        r"(?:מתאימ|טוב|נוח|אפשר|יכול\w{0,2}|מסתדר|בא בחשבונ|רלוונטי|suit|work|good|possible|do)(?!\w)"
        r"|(?<!או )(?<!or )(?<!или )(?:לא|no|нет)(?= ?(?:[,.;!\n]|$)))"
    )
)
_WEEKDAY: Final = re.compile(
    fold_source(r"ראשון|שני|שלישי|רביעי|חמישי|שישי|שבת|(?:sun|mon|tues|wednes|thurs|fri|satur)day")
)
_TAKES_OUT: Final = re.compile(fold_source(r"ו?(?:חוצ|למעט|פרט|מלבד|except|any|кроме|غير|الا|ما عدا)"))
"""Behind these a number alone is an hour: "except 12"."""
_JOINS: Final = re.compile(r"(?<!\w)(?:ו|או(?!\w)|and(?!\w)|or(?!\w)|nor(?!\w)|и(?!\w)|или(?!\w)|و|أو|او)|[/&]")
_SLACK: Final = 3
"""So many letters may stand between the "not" and the time: "not on ..."."""


@dataclass(frozen=True, slots=True)
class Excluded:
    """`spans` are half-open and aware, `daily` half-open in minutes from midnight: no visit begins in them."""

    spans: tuple[tuple[datetime, datetime], ...] = ()
    daily: tuple[tuple[int, int], ...] = ()

    def __bool__(self) -> bool:
        return bool(self.spans or self.daily)

    def allows(self, start: datetime) -> bool:
        """Whether a visit may begin at this local time."""
        minute = start.hour * 60 + start.minute
        return not any(first <= start < end for first, end in self.spans) and not any(
            first <= minute < end for first, end in self.daily
        )

    def besides(self, other: "Excluded") -> "Excluded":
        """Both together, each once."""
        spans, daily = (*self.spans, *other.spans), (*self.daily, *other.daily)
        return Excluded(tuple(dict.fromkeys(spans)), tuple(dict.fromkeys(daily)))

    def without(self, start: datetime, *, exact: bool) -> "Excluded":
        """What is left once this day is wished for after all, and where `exact` this hour."""
        minute = start.hour * 60 + start.minute
        spans = tuple((first, end) for first, end in self.spans if not _touches(first, end, start.date()))
        daily = tuple((first, end) for first, end in self.daily if not (exact and first <= minute < end))
        return Excluded(spans, daily)

    def as_json(self) -> dict[str, Any]:
        spans = [[first.isoformat(), end.isoformat()] for first, end in self.spans]
        return {"spans": spans, "daily": [[*one] for one in self.daily]}


NOTHING: Final = Excluded()


def excluded_from(stored: Mapping[str, Any] | None) -> Excluded:
    """The reverse of `as_json`."""
    if not stored:
        return NOTHING
    spans = tuple((datetime.fromisoformat(first), datetime.fromisoformat(end)) for first, end in stored["spans"])
    return Excluded(spans, tuple((first, end) for first, end in stored["daily"]))


def find_excluded(text: str, *, now: datetime) -> Excluded:
    """The times that the text will not have; `now` is aware local time."""
    found = NOTHING
    for wish, what in _refused(fold(text), now):
        found = found.besides(_of(wish, what))
    return found


def _refused(folded: str, now: datetime) -> Iterator[tuple[TimeWish, str]]:
    for match in _BEFORE.finditer(folded):
        wish = find_time(match["what"], now=now, asked=True)
        bare = match["what"][:1].isdigit() and ":" not in match["what"] and not _TAKES_OUT.match(match[0])
        if wish is not None and wish.span[0] <= _SLACK and not (bare and not wish.dated):
            yield from ((one, match["what"]) for one in _named_together(wish, match["what"]))
    for match in _AFTER.finditer(folded):
        wish = find_time(match["what"], now=now, asked=True)
        if wish is not None and wish.span[1] >= len(match["what"]) - _SLACK:
            yield from ((one, match["what"]) for one in (wish, *wish.alternatives))


def _named_together(wish: TimeWish, what: str) -> Iterator[TimeWish]:
    """All of "not Tuesday or Wednesday"; of "not Wednesday Thursday" the first, as the second is wanted instead."""
    yield wish
    for one in wish.alternatives:
        if _JOINS.search(what, 0, one.span[0] + 1):
            yield one


def _of(wish: TimeWish, what: str) -> Excluded:
    if wish.start is None:
        return NOTHING
    if not wish.dated:
        return Excluded(daily=(_minutes(wish, wish.start),))
    end = wish.end or wish.start + timedelta(minutes=HALF_HOUR)
    weekly = wish.kind in ("day", "part", "exact") and _WEEKDAY.search(what) is not None
    weeks = range(_WEEKS if weekly else 1)
    return Excluded(spans=tuple((wish.start + timedelta(weeks=on), end + timedelta(weeks=on)) for on in weeks))


def _minutes(wish: TimeWish, start: datetime) -> tuple[int, int]:
    first = start.hour * 60 + start.minute
    if wish.kind == "exact" or wish.end is None:
        return first, first + HALF_HOUR
    last = wish.end.hour * 60 + wish.end.minute or DAY_MINUTES
    return (0, last) if wish.kind == "before" else (first, max(last, first + 1))


def _touches(first: datetime, end: datetime, day: date) -> bool:
    return first.date() <= day <= (end - timedelta(minutes=1)).date()
