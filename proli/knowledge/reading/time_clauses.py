"""What a time in a text is said for: wished, refused, told of the past, or of something else than the visit."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from proli.knowledge.reading.time_clause_patterns import (
    BREAK,
    BUSY_THEN,
    CANCEL,
    EXCEPT,
    EXISTING,
    HAPPENED,
    MOVE_IN,
    MOVER,
    MOVING_HOUSE,
    NO,
    NOT_AFTER,
    NOT_BEFORE,
    OPEN_HOURS,
    OURS_TO_DO,
    PROMISED,
    SURPRISE,
    SWITCH,
    TOLD_TO_CUSTOMER,
    TRANSFER,
    UNABLE,
    UP_TO,
    VIEWING,
    WISH,
)
from proli.knowledge.reading.time_scan import NOTHING, Scan


@dataclass(frozen=True, slots=True)
class Clause:
    """A stretch of the folded text between two breaks."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Said:
    """One time as it stands in the text. `ahead` when it cannot be of the past; `limit` when it is a bound."""

    start: int
    end: int
    ahead: bool
    limit: bool
    is_day: bool


def clauses(left: str) -> list[Clause]:
    """The clauses of a text; `left` may hold blanks of what was understood."""
    edges = [0]
    for found in BREAK.finditer(left):
        edges += [found.start(), found.end()]
    edges.append(len(left))
    spans = zip(edges[::2], edges[1::2], strict=True)
    return [Clause(left[start:end], start, end) for start, end in spans if left[start:end].strip()]


def wished(scan: Scan, times: list[Said], *, asked: bool) -> list[bool]:
    """For each of the times, in order, whether it is part of what is wished for."""
    found: dict[int, bool] = {}
    folded, left = scan.folded, scan.left
    is_mover = bool(MOVER.search(folded)) or (not scan.homes and bool(MOVING_HOUSE.search(folded)))
    for clause in clauses(left):
        first, last = (bisect_left(times, edge, key=lambda time: time.start) for edge in (clause.start, clause.end))
        inside = range(first, last)
        if not inside:
            continue
        text = folded[clause.start : clause.end]
        judge = _Judge(folded, left, text, clause, [times[number] for number in inside], is_mover, asked)
        found |= dict(zip(inside, judge.all(), strict=True))
    judged = [found.get(number, True) for number in range(len(times))]
    return list(_refusals_spread(folded, times, judged))


def is_switch(between: str) -> bool:
    """Whether what stands between two times says that the later one replaces the earlier."""
    return SWITCH.search(between) is not None or NO.search(between.strip(NOTHING)) is not None


def is_surprised(between: str) -> bool:
    """Whether a new sentence opens as one does that takes something back: "אוי", "אה"."""
    return SURPRISE.search(between) is not None


def excludes(folded: str) -> bool:
    """Whether the text takes some times out and leaves all others open."""
    return EXCEPT.search(folded) is not None


def _refusals_spread(folded: str, times: list[Said], judged: list[bool]) -> Iterator[bool]:
    """ "לא מחר בבוקר" refuses both words: a refusal holds as long as nothing but blanks stands between."""
    refused_to = -1
    for time, good in zip(times, judged, strict=True):
        negated = bool(NOT_BEFORE.search(folded[max(0, time.start - 24) : time.start])) and not time.limit
        if negated or (refused_to >= 0 and not folded[refused_to : time.start].strip(" \x00")):
            refused_to = time.end
            yield False
        elif not time.limit and NOT_AFTER.search(folded[time.end : time.end + 24]):
            yield False
        else:
            refused_to = -1
            yield good


@dataclass(frozen=True)
class _Judge:
    """One clause with the times in it."""

    folded: str
    left: str
    text: str
    clause: Clause
    times: list[Said]
    is_mover: bool
    asked: bool

    def all(self) -> list[bool]:
        if TOLD_TO_CUSTOMER.search(self.text):
            return [True] * len(self.times)
        if self._is_of_something_else():
            return [False] * len(self.times)
        if TRANSFER.search(self.text):
            return self._moved()
        if existing := EXISTING.search(self.text):
            start = self.clause.start + (0 if BUSY_THEN.match(existing[0]) else existing.start())
            return [time.start < start and not self._is_past(time) for time in self.times]
        if unable := UNABLE.search(self.text):
            return self._able(self.clause.start + unable.start(), self.clause.start + unable.end())
        return [not self._is_past(time) for time in self.times]

    def _is_of_something_else(self) -> bool:
        text = self.text
        if PROMISED.search(text) or CANCEL.search(text) or OURS_TO_DO.search(text):
            return True
        if OPEN_HOURS.search(text):
            return True
        if MOVE_IN.search(self._blanked()) and not VIEWING.search(text):
            return not self.is_mover
        return False

    def _blanked(self) -> str:
        """The clause with the times blank, so that a pattern can tell where one stands."""
        return self.clause.text

    def _moved(self) -> list[bool]:
        """Of a visit that moves, the time after "to" is wished; without one, all that is not said of the visit."""
        to = [number for number, time in enumerate(self.times) if _is_target(self.folded, time)]
        if to:
            return [number >= to[-1] for number in range(len(self.times))]
        existing = EXISTING.search(self.text)
        return [
            not _is_source(self.folded, time)
            and not (existing and self.clause.start + existing.end() <= time.start and len(self.times) > 1)
            for time in self.times
        ]

    def _able(self, start: int, end: int) -> list[bool]:
        """What is refused: what stands before the refusal, and after it all but a further day; "not until" is none."""
        day_before = any(time.start < start and time.is_day for time in self.times)
        return [self._is_able(time, start, end, day_before=day_before) for time in self.times]

    def _is_able(self, time: Said, start: int, end: int, *, day_before: bool) -> bool:
        from_there = self.folded[end : time.end] if time.start >= end else ""
        if time.limit and (time.start <= start < time.end or UP_TO.search(from_there)):
            return True
        return day_before and time.is_day and time.start > start

    def _is_past(self, time: Said) -> bool:
        """Whether the nearest verb of the clause tells what was."""
        if time.ahead:
            return False
        past = self._distance(self._happened, time)
        return past is not None and past <= (self._distance(self._wishes, time) or 10_000)

    @cached_property
    def _happened(self) -> list[tuple[int, int]]:
        return [found.span() for found in HAPPENED.finditer(self.text)]

    @cached_property
    def _wishes(self) -> list[tuple[int, int]]:
        return [found.span() for found in WISH.finditer(self.text)]

    def _distance(self, cues: list[tuple[int, int]], time: Said) -> int | None:
        """How far the nearest of the words before or after the time stands from it."""
        start, end = time.start - self.clause.start, time.end - self.clause.start
        before = bisect_right(cues, start, key=lambda cue: cue[1])
        after = bisect_left(cues, end, key=lambda cue: cue[0])
        gaps = [start - cue[1] for cue in cues[max(before - 1, 0) : before]]
        return min([*gaps, *(cue[0] - end for cue in cues[after : after + 1])], default=None)


def _is_target(folded: str, time: Said) -> bool:
    before = folded[max(0, time.start - 8) : time.start]
    word = folded[time.start : time.end]
    return bool(
        re.match(r"ל(?!פני|אחר|ילה|פנות)-?", word)
        or re.search(r"(?:(?<!\w)ל-? ?|\bto |\buntil |\bfor |\bна )$", before)
    )


def _is_source(folded: str, time: Said) -> bool:
    before = folded[max(0, time.start - 14) : time.start]
    word = folded[time.start : time.end]
    return bool(
        re.match(r"מ-?(?!חר)", word)
        or re.search(r"(?:של|את|שיש לי|שקבע\w+|שנקבע\w*|\bמ-?|from|on|my|'s|с) ?(?:ה|ב)?$", before)
    )
