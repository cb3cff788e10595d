"""Two mentions of days, or of hours, that are one: a span, one day told twice, a day of a week that was named."""

import re
from dataclasses import replace
from datetime import timedelta
from typing import Final

from proli.knowledge.reading.time_clause_patterns import OR
from proli.knowledge.reading.time_clocks import Hours
from proli.knowledge.reading.time_days import nearest
from proli.knowledge.reading.time_scan import DaySpan, Scan
from proli.knowledge.reading.time_weekdays import week_start
from proli.knowledge.reading.time_words import fold_source

_WEEK: Final = timedelta(days=7)


THROUGH: Final = re.compile(fold_source(r"^\s*(?:ו?עד|-|ל-?|to|till|until|through|до|по)?\s*(?:ה-?)?$"))


_COUNTS_WEEKS: Final = re.compile(r"ל?ב?עוד (?:\S+ )?שבוע|שבוע\S* מהיומ|in \S+ weeks?$|через \S* ?недел")


_THROUGH_WORD: Final = re.compile(fold_source(r"עד |ל(?!פני)"))


def merge_days(scan: Scan, first: DaySpan, second: DaySpan, between: str) -> DaySpan | None:
    start, end = min(first.start, second.start), max(first.end, second.end)
    words = scan.folded[second.start : second.end]
    joined = between.strip() and THROUGH.match(between)
    leads_on = not between.strip() and _THROUGH_WORD.match(words)
    if (joined or leads_on) and second.last < first.first and not OR.search(between):
        second = replace(second, first=second.first + _WEEK, last=second.last + _WEEK)
    if first.last < second.last and (joined or leads_on) and not OR.search(between):
        return replace(first, last=second.last, bound=None, start=start, end=end)
    if first.part == "after_shabbat" and not OR.search(between) and second.first >= first.first:
        return replace(second, start=start, end=end)
    if first.bound == "after" and second.first == second.last and not second.bound and not re.search(r"\d", words):
        weeks = max(0, -(-(first.first - second.first).days // 7))
        day = second.first + weeks * _WEEK
        return replace(second, first=day, last=day, start=start, end=end)
    if first.first <= second.first and second.last <= first.last:
        return replace(second, start=start, end=end, bound=second.bound or first.bound)
    if second.first <= first.first and first.last <= second.last:
        return replace(first, start=start, end=end)
    single = second.first == second.last
    goes_on = OR.match(scan.folded[second.end : second.end + 8].lstrip(" ,")) or OR.search(between)
    if not goes_on and (opposed := _opposed(first, second, between)) is not None:
        return replace(opposed, start=start, end=end)
    if single and first.first == first.last and _COUNTS_WEEKS.match(scan.folded[first.start : first.end]):
        day = week_start(first.first) + timedelta(days=(second.first.weekday() + 1) % 7)
        return replace(second, first=day, last=day, start=start, end=end)
    if first.last - first.first >= timedelta(days=4) and single and first.first <= second.first + _WEEK <= first.last:
        return replace(second, first=second.first + _WEEK, last=second.last + _WEEK, start=start, end=end)
    return None


def _opposed(first: DaySpan, second: DaySpan, between: str) -> DaySpan | None:
    """ "Monday 6.12" where the sixth is a Sunday: one day with both readings, of which somebody has to choose."""
    kinds = {first.told, second.told}
    if _BESIDE.fullmatch(between) is None or len(kinds) < 2 or "span" in kinds:
        return None
    if first.first != first.last or second.first != second.last or first.bound or second.bound:
        return None
    fixed, other = (second, first) if first.told == "weekday" else (first, second)
    named = other.first
    if other.told == "weekday":
        named = nearest(other.first.weekday(), fixed.first)
        if named == fixed.first:
            return replace(fixed, part=fixed.part or other.part)
    if named == fixed.first:
        return None
    return replace(fixed, others=tuple(sorted((named, fixed.first))))


_BESIDE: Final = re.compile(r"[ ,(\x00]*(?:-|זה|שזה|שהוא|that is|it's)?[ ,(]*")


def merge_hours(first: Hours, second: Hours) -> Hours | None:
    """ "אחרי 4, לא יאוחר מ-6" is a span."""
    start, end = min(first.start, second.start), max(first.end, second.end)
    relations = (first.relation, second.relation)
    if relations == ("after", "before"):
        return Hours("between", first.clock, second.clock, start, end)
    if relations == ("before", "after"):
        return Hours("between", second.clock, first.clock, start, end)
    return first if first.clock == second.clock and first.relation == second.relation else None
