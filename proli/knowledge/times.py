"""When somebody would like something to happen, as they wrote it, computed and never guessed."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Final

from proli.knowledge.reading.time_clocks import AFTER_WORK, Clock, Hours, Offset
from proli.knowledge.reading.time_drafts import Draft, find_drafts, find_named_drafts
from proli.knowledge.reading.time_loose import find_loose, is_rough
from proli.knowledge.reading.time_questions import drop_answers, speaks_of_visit
from proli.knowledge.reading.time_recurring import find_recurring
from proli.knowledge.reading.time_scan import Bound, DaySpan, Scan, open_scan
from proli.knowledge.reading.time_words import PART_HOURS, DayPart
from proli.knowledge.text import normalise
from proli.knowledge.wishes import DAY, TimeWish, WishKind, instant, later_by

__all__ = [
    "DayPart",
    "find_named_time",
    "find_recurring",
    "find_time",
    "on_day",
    "speaks_of_visit",
]


_SOON: Final = timedelta(days=1)
"""A limit no further than this says how much it hurries."""
_PART_WORDS: Final[dict[DayPart, str]] = {
    "morning": "בבוקר", "noon": "בצהריים", "afternoon": "אחר הצהריים", "evening": "בערב", "night": "בלילה",
}  # fmt: skip
_LIMIT_HOURS: Final = {"morning": 10, "noon": 12, "afternoon": 16, "evening": 20, "night": 24, "after_shabbat": 24}


def find_time(
    text: str, *, now: datetime, asked: bool = False, question: str | None = None, homes: bool = True
) -> TimeWish | None:
    """The time the text wishes for; None when it names none.

    `now` is aware local time. `asked` says that the question for the time was just put, so that a bare hour counts;
    `question` is the field that was asked for, so that a date of moving in or a price is not taken for a wish;
    where the business deals in no `homes`, a date beside a home is that of the job.
    """
    scan = open_scan(text, homes=homes)
    drop_answers(scan, "time" if asked else question)
    drafts = find_drafts(scan, now.date(), asked=asked)
    if not drafts:
        return _loose(text, scan, asked=asked)
    return _joined(text, now, drafts, rough=is_rough(scan))


def find_named_time(text: str, *, now: datetime) -> TimeWish | None:
    """The time the text names, also of a visit that stands; for what we say ourselves."""
    drafts = find_named_drafts(open_scan(text), now.date())
    return _joined(text, now, drafts) if drafts else None


def _joined(text: str, now: datetime, drafts: list[Draft], *, rough: bool = False) -> TimeWish:
    """The first wish with the others as its alternatives."""
    first, *others = _distinct([_Maker(text, now, draft, rough).wish() for draft in drafts])
    start = min(wish.span[0] for wish in (first, *others))
    end = max(wish.span[1] for wish in (first, *others))
    return replace(
        first,
        alternatives=tuple(others),
        recurring=find_recurring(text),
        span=(start, end),
        source=normalise(text)[start:end],
    )


def on_day(day: date, wish: TimeWish, *, now: datetime, part: DayPart | None = None) -> TimeWish:
    """A wish that names no day, read as one of this day and part; as it is when it names one or the day is over."""
    if wish.dated or wish.start is None or day < now.date() or (wish.start.date() == day and not part):
        return wish
    words = _PART_WORDS.get(part, "") if part and wish.kind == "exact" and _may_be_of(part, wish.start) else ""
    found = find_time(f"{day.day}.{day.month} {wish.source} {words}", now=now, asked=True)
    fits = found is not None and found.start is not None and found.start.date() == day and found.kind == wish.kind
    return replace(found, source=wish.source, span=wish.span) if found and fits else wish


def _may_be_of(part: DayPart, start: datetime) -> bool:
    """Whether an hour that was told alone is one of that part of the day: five is none of the morning."""
    return part != "morning" or start.hour % 12 == 0 or start.hour % 12 >= PART_HOURS["morning"][0]


def _distinct(wishes: list[TimeWish]) -> list[TimeWish]:
    """Each wish once."""
    seen: dict[tuple[object, ...], TimeWish] = {}
    for wish in wishes:
        seen.setdefault((wish.kind, wish.start, wish.end, wish.part), wish)
    return list(seen.values())


def _loose(text: str, scan: Scan, *, asked: bool) -> TimeWish | None:
    found = find_loose(scan, asked=asked)
    if found is None:
        return None
    source = normalise(text)[found.start : found.end]
    return TimeWish(found.kind, None, None, None, source, recurring=find_recurring(text), span=(found.start, found.end))


@dataclass(frozen=True, slots=True)
class _Maker:
    """One draft with its text and its moment, from which a wish is made."""

    text: str
    now: datetime
    draft: Draft
    rough: bool = False
    """The text leaves open which of several days it is."""

    def wish(self) -> TimeWish:
        days = self.draft.day.others if self.draft.day else ()
        return replace(self._wish(), days=days) if days else self._wish()

    def _wish(self) -> TimeWish:
        draft = self.draft
        if draft.offset is not None:
            return self._at_offset(draft.offset)
        said = draft.part.part if draft.part else draft.day.part if draft.day else None
        if draft.hours is not None and not (said and draft.part and draft.hours.clock == AFTER_WORK):
            return replace(self._at_hours(draft.hours, draft.day, said), dated=draft.day is not None)
        if draft.day is not None:
            return self._on_day(draft.day, said)
        assert said is not None
        return replace(self._in_part(self.now.date(), said, movable=True), dated=False)

    def _at_offset(self, offset: Offset) -> TimeWish:
        target = later_by(self.now, offset.delta).replace(second=0, microsecond=0)
        if offset.within and offset.delta <= _SOON:
            return self._make("asap", None, target, None)
        if offset.within:
            return self._make("before", self.now, target, None, bound="before")
        return self._make("exact", target, None, None)

    def _at_hours(self, hours: Hours, days: DaySpan | None, part: DayPart | None) -> TimeWish:
        """The wish for these hours on the day named, or on the next day on which they are still to come."""
        today = self.now.date()
        day = days.first if days else today
        clock, ambiguous = _resolve(hours.clock, part, early=hours.early)
        ambiguous = ambiguous and _is_open(hours, part)
        start = self._moment(day, clock)
        if instant(start) <= instant(self.now) and day == today:
            if days and hours.until is not None and (end := self._until(hours.until, day, start, part)) > self.now:
                return self._make("range", self.now, end, None)
            later = self._moment(day, (clock[0] + 12, clock[1])) if clock[0] < 12 else start
            if days and not hours.clock.fixed and part is None and instant(later) > instant(self.now):
                start, ambiguous = later, False
            elif days:
                return self._passed(hours, day)
            else:
                day += DAY
                start = self._moment(day, clock)
        relation = "before" if days and days.bound == "before" and hours.relation == "at" else hours.relation
        return self._related(relation, hours, day, start, part, ambiguous=ambiguous)

    def _related(
        self, relation: str, hours: Hours, day: date, start: datetime, part: DayPart | None, *, ambiguous: bool
    ) -> TimeWish:
        if relation == "before":
            opens = max(self._midnight(day, 0), self.now, key=instant)
            return self._make("before", opens, start, None, bound="before", ambiguous=ambiguous)
        if relation == "after":
            return self._make("after", start, self._midnight(start.date(), 1), None, bound="after", ambiguous=ambiguous)
        if hours.until is None:
            return self._make("exact", start, None, None, ambiguous=ambiguous)
        return self._make("range", start, self._until(hours.until, day, start, part), None, ambiguous=ambiguous)

    def _until(self, clock: Clock, day: date, start: datetime, part: DayPart | None) -> datetime:
        """The end of a span of hours, which is later than its start."""
        until, _ = _resolve(clock, part)
        end = self._moment(day, until)
        if instant(end) <= instant(start):
            end = self._moment(day, (until[0] + 12, until[1])) if until[0] < 12 else later_by(start, timedelta(hours=1))
        return end if instant(end) > instant(start) else self._midnight(day, 1)

    def _on_day(self, days: DaySpan, part: DayPart | None) -> TimeWish:
        """The wish for a day, for a span of days, for one part of a day, or for a limit."""
        first, last = days.first, days.last
        if days.part == "after_shabbat":
            return self._make(
                "part", self._moment(first, _shabbat_end(first)), self._midnight(first, 1), "after_shabbat"
            )
        if part and days.bound == "before":
            limit = self._moment(last, (_LIMIT_HOURS[part], 0))
            start = max(self._midnight(last, 0), self.now, key=instant)
            return self._make("before", start, max(limit, start, key=instant), None, bound="before")
        if part and first == last:
            return self._in_part(first, part, movable=False)
        if days.bound == "before":
            opens = max(self._midnight(last, 0), self.now, key=instant)
            return self._make("before", opens, None if days.eve else self._midnight(last, 1), None, bound="before")
        if days.bound == "after":
            return self._make("after", self._midnight(first, 0), self._midnight(first, 14), None, bound="after")
        kind: WishKind = "day" if first == last else "flexible" if self.rough and not part else "range"
        return self._make(kind, self._midnight(first, 0), self._midnight(last, 1), part)

    def _in_part(self, day: date, part: DayPart, *, movable: bool) -> TimeWish:
        """The wish for that part of the day, or of tomorrow when it is over and no day was named."""
        first, last = PART_HOURS[part]
        if instant(self._moment(day, (last, 0))) <= instant(self.now):
            if not movable:
                return self._make("day", self._midnight(day, 0), self._midnight(day, 1), None)
            day += DAY
        return self._make("part", self._moment(day, (first, 0)), self._moment(day, (last, 0)), part)

    def _passed(self, hours: Hours, day: date) -> TimeWish:
        """Today was named and the hour is over: what remains of the wish."""
        if hours.relation in ("after", "between"):
            return self._make("after", self.now, self._midnight(day, 1), None, bound="after")
        return self._make("day", self._midnight(day, 0), self._midnight(day, 1), None)

    def _make(
        self,
        kind: WishKind,
        start: datetime | None,
        end: datetime | None,
        part: DayPart | None,
        *,
        bound: Bound | None = None,
        ambiguous: bool = False,
    ) -> TimeWish:
        first, last = self.draft.span
        source = normalise(self.text)[first:last]
        return TimeWish(kind, start, end, part, source, ambiguous, bound, span=(first, last))

    def _moment(self, day: date, clock: tuple[int, int]) -> datetime:
        """That wall time; 24:00 is the next midnight and a time the clocks skip is the one they show instead."""
        hour, minute = clock
        wall = datetime.combine(day + timedelta(days=hour // 24), time(hour % 24, minute), tzinfo=self.now.tzinfo)
        return wall.astimezone(UTC).astimezone(self.now.tzinfo)

    def _midnight(self, day: date, on: int) -> datetime:
        return self._moment(day + timedelta(days=on), (0, 0))


def _resolve(clock: Clock, part: DayPart | None, *, early: bool = False) -> tuple[tuple[int, int], bool]:
    """The hour of the day, and whether it could as well be of the other half."""
    hour = clock.hour
    if clock.fixed or early:
        return (hour, clock.minute), False
    late = part in ("afternoon", "evening", "after_shabbat")
    if late or (part == "noon" and hour < 10) or (part == "night" and 6 <= hour < 12):
        return (hour if hour == 12 and part != "night" else hour + 12, clock.minute), False
    if part == "night" and hour == 12:
        return (24, clock.minute), False
    if part is not None:
        return (hour, clock.minute), False
    if 1 <= hour <= 6:
        return (hour + 12, clock.minute), False
    return (hour, clock.minute), 7 <= hour <= 9 and not clock.spelt


def _is_open(hours: Hours, part: DayPart | None) -> bool:
    """Whether neither a part of the day nor the other end of a span tells the half of the day."""
    if part is not None:
        return False
    return hours.until is None or (not hours.until.fixed and 8 <= hours.until.hour <= 9 and not hours.until.spelt)


def _shabbat_end(day: date) -> tuple[int, int]:
    """A wall time by which Shabbat is over everywhere in the country."""
    return (20, 30) if 4 <= day.month <= 9 else (19, 30) if day.month in (3, 10) else (18, 30)
