"""Which days and hours a professional's words of their own day mean; nothing where they leave it open."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from proli.desk.answer_words import times_in
from proli.knowledge.numbers import with_digits
from proli.knowledge.text import fold, normalise
from proli.knowledge.wishes import TimeWish
from proli.knowledge.workday import read_workday
from proli.professionals.rules import FARTHEST, Span

MOST_DAYS: Final = 31
_DAY: Final = timedelta(days=1)
_FROM: Final = re.compile(r"(?<!\w)(?:ו?אחרי|החל|לאחר|after|from)(?!\w)")
_UNTIL: Final = re.compile(r"(?<!\w)(?:ו?עד|until|till|til|by)(?!\w)|(?<!\w)עד-")
_BACK: Final = re.compile(
    r"(?<!\w)(?:אחזור|אשוב|חוזרת?|נחזור|back|return|returning)(?: (?:לעבוד|לעבודה|רק|to work|only))*"
    r" (?:ב|on |מחר|tomorrow|יומ)"
)
_LENGTHS: Final = {
    "שבוע": 7, "שבועיימ": 14, "שבועימ": 14, "יומיימ": 2, "יומימ": 2, "a week": 7, "one week": 7, "two weeks": 14,
    "a couple of days": 2,
}  # fmt: skip
_LENGTH: Final = re.compile(
    rf"(?<!\w)ל?(?:(\d{{1,2}}) ?(?:ימימ|days)|({'|'.join(sorted(_LENGTHS, key=len, reverse=True))}))"
    r"(?!\w)(?! (?:הבאה?|הזה|שעבר|קודמ|אחרי|לפני|ago|from now))"
)
_NUMBERS_JOINED: Final = re.compile(r"\d ?- ?\d")


@dataclass(frozen=True, slots=True)
class Hours:
    """A part of one day."""

    day: date
    span: Span
    over: bool = False
    """Whether the words name no day, and the hour until which they tell is over for today."""


def days_in(text: str, *, now: datetime) -> list[date] | None:
    """The whole days that the words name, in order; empty when they name none, None when they cannot be told.

    `now` is local.
    """
    wishes = times_in(text, now=now)
    if (run := days_of_length(text, wishes, now=now)) is not None:
        return run
    days = set[date]()
    for wish in wishes:
        named = days_of(wish, now=now)
        if named is None:
            return None
        days |= named
    if len(days) == 1 and _NUMBERS_JOINED.search(normalise(text)):
        return None
    return sorted(days)


def days_of_length(text: str, wishes: Sequence[TimeWish], *, now: datetime) -> list[date] | None:
    """The days of "שבוע", "לשלושה ימים ממחר" or until somebody is back, "חוזר ביום ראשון"; None where that is not said.

    They begin today, or on the one day that the words name.
    """
    folded = fold(with_digits(text))
    named = [
        wish.start.date()
        for wish in wishes
        if wish.kind in ("day", "after") and wish.dated and wish.start and wish.start.time() == wish.start.min.time()
    ]
    if len(wishes) != len(named) or len(named) > 1:
        return None
    today = now.date()
    if named and _BACK.search(folded) is not None and (named[0] - today).days in range(1, MOST_DAYS + 1):
        return [today + _DAY * at for at in range((named[0] - today).days)]
    found = [int(found[1] or _LENGTHS[found[2]]) for found in _LENGTH.finditer(folded)]
    if len(found) != 1 or not 0 < found[0] <= MOST_DAYS:
        return None
    first = named[0] if named else today
    return [first + _DAY * at for at in range(found[0])]


def days_of(wish: TimeWish, *, now: datetime) -> set[date] | None:
    if wish.days:
        return within_reach(set(wish.days), now=now)
    if wish.start is None or wish.end is None or wish.kind not in ("day", "range", "flexible", "before"):
        return None
    start = now if wish.kind == "before" else wish.start
    if wish.end.time() != wish.end.min.time() or (wish.kind != "before" and start.time() != start.min.time()):
        return None
    count = (wish.end.date() - start.date()).days
    if not 0 < count <= MOST_DAYS:
        return None
    return within_reach({start.date() + _DAY * at for at in range(count)}, now=now)


def within_reach(days: set[date], *, now: datetime) -> set[date] | None:
    today = now.date()
    return days if all(today <= day <= today + FARTHEST for day in days) else None


def hours_in(text: str, *, now: datetime, busy: bool) -> Hours | None:
    """The part of a day in which the professional does not work: of one who is busy until an hour, of one who is off
    from an hour on. None when the words name none, or several.

    `now` is local.
    """
    wishes = times_in(text, now=now)
    if busy and not any(wish.dated for wish in wishes):
        dated = [wish for wish in times_in(read_workday(text).rest, now=now) if wish.dated]
        wishes = dated or wishes  # "busy until four tomorrow": alone, the hours are read with the day behind them
    if len(wishes) != 1 or (not busy and _NUMBERS_JOINED.search(normalise(text))):
        return None
    (wish,) = wishes
    if wish.kind == "exact" and _UNTIL.search(fold(text)) is None:  # "לא פנוי מחר ב-10" tells no end
        return None
    until_only = busy and _FROM.search(fold(text)) is None
    start, end = bounds(wish, now=now, until=until_only)
    if start is None or end is None or start.date() < now.date():
        return None
    until = 24 * 60 if end.date() > start.date() else minute_of(end)
    span = minute_of(start), until
    if span[0] >= span[1] or end - start > _DAY:
        return None
    return Hours(start.date(), span, over=until_only and not wish.dated and start.date() > now.date())


def bounds(wish: TimeWish, *, now: datetime, until: bool) -> tuple[datetime | None, datetime | None]:
    """From when until when. To people who wish for a visit "busy until 15:00" is a wish for a time after it."""
    match wish.kind:
        case "before" | "range" | "part":
            return wish.start, wish.end
        case "exact" | "after" if until and wish.start is not None:
            opens = wish.start.replace(hour=0, minute=0)
            return max(opens, now), wish.start
        case "after":
            return wish.start, wish.end
        case _:
            return None, None


def minute_of(moment: datetime) -> int:
    return moment.hour * 60 + moment.minute
