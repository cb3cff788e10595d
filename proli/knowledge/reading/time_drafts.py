"""From single mentions to wishes: which words belong together, which replace others, which are a second choice."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby, pairwise
from typing import Final

from proli.knowledge.reading.beside import REACH
from proli.knowledge.reading.time_clause_patterns import EXISTING, OR, TRANSFER, WISH
from proli.knowledge.reading.time_clauses import Clause, Said, clauses, is_surprised, is_switch, wished
from proli.knowledge.reading.time_clocks import Hours, Offset, find_hours, find_named_hours, find_offsets
from proli.knowledge.reading.time_days import find_days
from proli.knowledge.reading.time_merging import THROUGH, merge_days, merge_hours
from proli.knowledge.reading.time_scan import DaySpan, Scan
from proli.knowledge.reading.time_unread import find_unread
from proli.knowledge.reading.time_words import PART_PATTERNS, DayPart, fold_source

_FILLERS: Final = frozenset(
    fold_source(
        "רק אולי אז אבל כן עדיף גם או אפילו כבר זה מצוין מעולה מושלם נהדר מתאים בסדר "
        "היי שלום תודה בבקשה טוב סבבה אוקיי אוקי יותר נראה לי מצידי נגיד "
        "ok yes maybe only "
        "please hi thanks да можно только на نعم بس"
    ).split()
)


@dataclass(frozen=True, slots=True)
class PartSpan:
    """A part of the day as it stands in the text."""

    part: DayPart
    start: int
    end: int


Mention = DaySpan | Hours | Offset | PartSpan


@dataclass(frozen=True, slots=True)
class Draft:
    """Words of one wish: at most one day or span of days, one hour or limit, one part of the day."""

    day: DaySpan | None = None
    hours: Hours | None = None
    part: PartSpan | None = None
    offset: Offset | None = None
    inherited: bool = False
    """The hour or the part was said of a day that this one has replaced, so that a newer one takes its place."""

    @property
    def span(self) -> tuple[int, int]:
        """From the first to the last word of it."""
        words = [one for one in (self.day, self.hours, self.part, self.offset) if one]
        return min(one.start for one in words), max(one.end for one in words)

    def has(self, mention: Mention) -> bool:
        """Whether the place of such a mention is taken."""
        return self._at(mention) is not None

    def holding(self, mention: Mention) -> "Draft":
        """The draft with this mention in its place."""
        match mention:
            case DaySpan():
                return replace(self, day=mention)
            case Hours():
                return replace(self, hours=mention)
            case PartSpan():
                return replace(self, part=mention)
            case Offset():
                return replace(self, offset=mention)

    def _at(self, mention: Mention) -> Mention | None:
        match mention:
            case DaySpan():
                return self.day
            case Hours():
                return self.hours
            case PartSpan():
                return self.part
            case Offset():
                return self.offset


def find_named_drafts(scan: Scan, today: date) -> list[Draft]:
    """The times that a text names, whatever it says of them."""
    return _compose(scan, _read(scan, today, asked=False))


def find_drafts(scan: Scan, today: date, *, asked: bool) -> list[Draft]:
    """The wishes of a text in the order of preference."""
    mentions = _read(scan, today, asked=asked)
    times = [_said(mention) for mention in mentions]
    good = wished(scan, times, asked=asked)
    kept = [mention for mention, wish in zip(mentions, good, strict=True) if wish]
    kept = _without_taken_back(scan, mentions, kept)
    if not asked:
        kept = _meant(scan, kept)
    kept = [*_day_of_refused_hours(mentions, kept), *kept]
    moved = TRANSFER.search(scan.folded) or EXISTING.search(scan.folded)
    if kept and moved and not any(isinstance(one, DaySpan | Offset) for one in kept):
        kept = [*[one for one in mentions if isinstance(one, DaySpan) and one not in kept][-1:], *kept]
    return [draft for draft in _compose(scan, kept) if not _is_half_read(scan, draft)]


def _is_half_read(scan: Scan, draft: Draft) -> bool:
    """Whether words that seem to be of its day were not understood, so that an hour alone is not of today."""
    day = draft.day
    if not scan.unread or draft.offset is not None:
        return False
    if day is None:
        return True
    return any(_adjoins(scan, (day.start, day.end), unread) for unread in scan.unread)


def _adjoins(scan: Scan, day: tuple[int, int], unread: tuple[int, int]) -> bool:
    """Whether nothing but blanks stands between the two."""
    first, second = sorted((day, unread))
    return second[0] - first[1] < REACH and not scan.gap(first[1], second[0])


def _without_taken_back(scan: Scan, mentions: list[Mention], kept: list[Mention]) -> list[Mention]:
    """Without a day that is named again to be refused, when another follows: "מחר. לא רגע מחר אני בעבודה. מחרתיים"."""
    days = [one for one in mentions if isinstance(one, DaySpan)]
    others = [one for one in mentions if not isinstance(one, DaySpan)]
    left = set(kept)
    gone: set[tuple[date, date]] = set()
    following: set[date] = set()
    for first, again in reversed([*pairwise(days)]):
        follows = bool(following - {again.first})
        following |= {again.first} if again in left else set()
        if not follows or (first.first, first.last) != (again.first, again.last) or first not in left:
            continue
        between = scan.folded[first.end : again.start]
        refused = again not in left and not _has_own_hours(scan, again, others)
        if refused or is_switch(between) or is_surprised(between):
            gone.add((again.first, again.last))
    return [one for one in kept if not (isinstance(one, DaySpan) and (one.first, one.last) in gone)]


def _has_own_hours(scan: Scan, day: DaySpan, others: Sequence[Mention]) -> bool:
    """Whether an hour or a part of the day stands right after the day."""
    at = bisect_left(others, day.end, key=lambda one: one.start)
    return at < len(others) and not scan.gap(day.end, others[at].start)


def _day_of_refused_hours(mentions: list[Mention], kept: list[Mention]) -> list[Mention]:
    """ "מחר בבוקר אני בעבודה, אפשר אחרי חמש": what is refused of tomorrow is its morning only."""
    if not kept or any(isinstance(one, DaySpan | Offset) for one in kept):
        return []
    pairs = pairwise(mentions)
    refused = [
        day
        for day, other in pairs
        if isinstance(day, DaySpan) and day.ahead and not isinstance(other, DaySpan | Offset)
    ]
    return [day for day in refused[-1:] if mentions[mentions.index(day) + 1] not in kept]


def _read(scan: Scan, today: date, *, asked: bool) -> list[Mention]:
    mentions: list[Mention] = [*find_offsets(scan), *find_named_hours(scan)]
    days = find_days(scan, today, asked=asked)
    parts = _read_parts(scan)
    for start, end in find_unread(scan):
        scan.leave(start, end)
    hours = find_hours(scan, asked=asked, sure=bool(days or parts))
    return sorted([*mentions, *days, *parts, *hours], key=lambda mention: mention.start)


def _read_parts(scan: Scan) -> list[PartSpan]:
    found: list[PartSpan] = []
    for part, expression in PART_PATTERNS:
        for match in expression.finditer(scan.left):
            found.append(PartSpan(part, *match.span()))
            scan.take(*match.span())
    return found


def _said(mention: Mention) -> Said:
    limit = (isinstance(mention, Hours) and mention.relation in ("after", "before")) or (
        isinstance(mention, DaySpan) and mention.bound is not None
    )
    ahead = isinstance(mention, Offset) or (isinstance(mention, DaySpan) and mention.ahead)
    return Said(mention.start, mention.end, ahead, limit, isinstance(mention, DaySpan))


def _meant(scan: Scan, kept: list[Mention]) -> list[Mention]:
    """ "היום" and "בבוקר" also tell what is: they need a word of wishing, a day, or a place of their own."""
    parted = clauses(scan.left)
    places = [_clause_at(parted, mention.start) for mention in kept]
    meant: list[Mention] = []
    for clause, group in groupby(zip(places, kept, strict=True), key=lambda pair: pair[0]):
        together = [mention for _, mention in group]
        meant += together if clause is None else _meant_in(scan, clause, together)
    return meant


def _clause_at(parted: list[Clause], start: int) -> Clause | None:
    at = bisect_right(parted, start, key=lambda clause: clause.start) - 1
    return parted[at] if at >= 0 and start < parted[at].end else None


def _meant_in(scan: Scan, clause: Clause, together: list[Mention]) -> list[Mention]:
    """Of the times in one clause those that are meant."""
    firm = sum(map(_is_firm, together))
    kinds = {type(mention) for mention in together}
    others = sum(word not in _FILLERS for word in scan.gap(clause.start, clause.end).split())
    wishes = WISH.search(scan.folded[clause.start : clause.end]) is not None

    def is_meant(mention: Mention) -> bool:
        if not _is_weak(scan, mention) or firm > _is_firm(mention) or (others <= 3 and len(kinds) > 1):
            return True
        return wishes or others <= (0 if isinstance(mention, PartSpan) else 1)

    return [mention for mention in together if is_meant(mention)]


def _is_weak(scan: Scan, mention: Mention) -> bool:
    if isinstance(mention, DaySpan):
        return mention.weak or (mention.bound == "after" and scan.folded[mention.start] == "מ")
    return isinstance(mention, PartSpan)


def _is_firm(mention: Mention) -> bool:
    return isinstance(mention, Hours) or (isinstance(mention, DaySpan) and not mention.weak)


def _compose(scan: Scan, mentions: list[Mention]) -> list[Draft]:
    drafts: list[Draft] = []
    end = 0
    for mention in mentions:
        between = scan.folded[end : mention.start]
        end = max(end, mention.end)
        if not drafts:
            drafts.append(Draft().holding(mention))
            continue
        last = drafts[-1]
        if is_switch(between) or (isinstance(mention, DaySpan) and is_surprised(between) and not OR.search(between)):
            drafts = [_switched(last, mention)]
        elif last.inherited and isinstance(mention, Hours | PartSpan):
            drafts[-1] = Draft(day=last.day).holding(mention)
        elif last.has(mention):
            merged = _merged(scan, last, mention, between)
            drafts[-1:] = [merged] if merged else [last, _second(last, mention)]
        elif isinstance(mention, Offset) or last.offset or (OR.search(between) and not isinstance(mention, DaySpan)):
            drafts.append(_second(last, mention))
        else:
            drafts[-1] = last.holding(mention)
    return _backfilled(scan, drafts)


def _switched(last: Draft, mention: Mention) -> Draft:
    """What replaces the draft: the new words, and of the old ones those they do not speak of."""
    if isinstance(mention, Offset):
        return Draft(offset=mention)
    if isinstance(mention, Hours | PartSpan):
        return Draft(day=last.day).holding(mention)
    return replace(last, offset=None, inherited=bool(last.hours or last.part)).holding(mention)


def _second(last: Draft, mention: Mention) -> Draft:
    """A further choice: another hour or part is of the same day."""
    return Draft().holding(mention) if isinstance(mention, DaySpan | Offset) else Draft(day=last.day).holding(mention)


def _backfilled(scan: Scan, drafts: list[Draft]) -> list[Draft]:
    """ "מחר או מחרתיים בבוקר": what is said once after two days is said of both."""
    for number in range(len(drafts) - 1, 0, -1):
        first, second = drafts[number - 1], drafts[number]
        bare = (
            first.day is not None and not first.hours and not first.part and not first.day.part and not first.day.bound
        )
        if bare and second.day is not None and (second.hours or second.part) and second.day is not first.day:
            end, start = first.span[1], second.span[0]
            if not re.search(r"[.!?\n]", scan.folded[end:start]):
                drafts[number - 1] = replace(first, hours=second.hours, part=second.part)
    return drafts


def _merged(scan: Scan, last: Draft, mention: Mention, between: str) -> Draft | None:
    """The draft when the mention says more of what is there already; None when it is another choice."""
    if isinstance(mention, DaySpan) and last.day is not None:
        day = merge_days(scan, last.day, mention, between)
        return replace(last, day=day) if day else None
    if isinstance(mention, Hours) and last.hours is not None:
        hours = merge_hours(last.hours, mention)
        return replace(last, hours=hours) if hours else None
    if isinstance(mention, PartSpan) and last.part is not None:
        if mention.part == last.part.part:
            return last
        if THROUGH.match(between) and between.strip() and not last.hours:
            return replace(last, part=None) if last.day else None
    return None
