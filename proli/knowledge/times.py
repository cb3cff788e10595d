"""When somebody would like something to happen, as they wrote it, computed and never guessed."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Final, Literal

from proli.knowledge.reading.time_clocks import Clock, Hours, Offset, find_hours, find_offset
from proli.knowledge.reading.time_days import find_days
from proli.knowledge.reading.time_scan import DaySpan, Scan, open_scan
from proli.knowledge.reading.time_words import PART, PART_HOURS, DayPart, part_of, pattern
from proli.knowledge.text import normalise

WishKind = Literal["exact", "range", "part", "before", "after", "day", "asap", "flexible"]

_MINUTE: Final = timedelta(minutes=1)
_ASAP: Final = pattern(
    r"כמה ש?יותר (?:מהר|מוקדם|בהקדם)|כמה שאפשר יותר מהר|(?:ה?כי|יותר) (?:מוקדם|מהר)(?: ש(?:אפשר|יש|ניתן|תוכלו))?"
    r"|ב?הקדם(?: האפשרי)?|דחופה?|בדחיפות|עכשיו"
    r"|(?:באופן )?מי?ידי?(?:ת)?|מיד|asap|as soon as possible|right (?:now|away)|immediately|urgent(?:ly)?|now"
)
_FLEXIBLE: Final = pattern(
    r"(?:מתי|איך|באיזה שעה) ש(?:נוח|אפשר|תרצו|בא|יתאים|מתאים|יש|תוכלו|יסתדר)(?: ל\w+)?|גמיש(?:ה|ים|ות)?"
    r"|לא משנה (?:לי )?(?:מתי|באיזה)|מתישהו"
    r"|(?:ב?כל|איזה) (?:שעה|יום|זמן|מועד)(?: ש\w+)?|כל ה?(?:יום|זמן|שבוע)|any ?time|whenever|flexible|any day"
)
_PART: Final = pattern(PART)
_WISH: Final = pattern(
    r"(?:ש|ו|ל|ה)?(?:אפשר|אפשרי|נוח|פנוי|פנויה|פנויים|זמין|זמינה|זמינים|מתאים|מתאימה?|יתאים|תגיע\w*|תבוא\w*|יגיע"
    r"|יבוא|נגיע|בוא|בואו|להגיע|הגיע|לבוא|לקבוע|קבוע|לתאם|תאם"
    r"|מעדיפ\w*|עדיף|רצוי|רוצה|רוצים|צריך|צריכה|צריכים|יכול|יכולה|יכולים|תוכל\w*|אוכל|נקבע|בבית|אהיה|נהיה|נשמח"
    r"|אשמח|בבקשה|מועדף|טוב לי|סבבה|ביקור|פגישה|לראות)"
    r"|please|can|come|available|free|book|schedule|prefer|works?|need|meet|visit"
)


@dataclass(frozen=True, slots=True)
class TimeWish:
    """A wish for a time, in now's zone; `source` is what stands in `normalise(text)`.

    exact: `start` only. range, part, day: the half-open span. before: from the beginning of the day or now to the
    bound. after: from the bound to the end of that day. asap: `start` is now. flexible: neither. `ambiguous` when a
    bare hour may be of the morning or of the evening, so that one question is due.
    """

    kind: WishKind
    start: datetime | None
    end: datetime | None
    part: DayPart | None
    source: str
    ambiguous: bool = False


def find_time(text: str, *, now: datetime, asked: bool = False) -> TimeWish | None:
    """The time the text wishes for; None when it names none.

    `now` is aware local time. `asked` says that the question for the time was just put, so that a bare hour counts.
    """
    scan = open_scan(text)
    offset = find_offset(scan)
    if offset is not None:
        return _from_offset(offset, now, _source(text, scan))
    days = _settled(scan, find_days(scan, now.date(), asked=asked))
    parts = [match for match in _PART.finditer(scan.left) if _is_wished(scan, match, days, asked=asked)]
    for match in parts[:1]:
        scan.take(match)
    said = part_of(parts[0][0]) if parts else next((day.part for day in days if day.part), None)
    part = said if said in PART_HOURS and len({part_of(match[0]) for match in parts}) < 2 else None
    hours = find_hours(scan, asked=asked, day=bool(days), part=part is not None)
    if hours is not None:
        return _Wish(text, scan, now).at_hours(hours, days, part)
    if days and _is_day_wished(scan, days[0], asked=asked):
        return _Wish(text, scan, now).on_days(days, part)
    if part and not days:
        return _Wish(text, scan, now).in_part(now.date(), part, movable=True)
    return _loose(text, scan, now, asked=asked)


def window(wish: TimeWish, *, now: datetime) -> tuple[datetime, datetime]:
    """The half-open span in which to look for slots, never before now."""
    if wish.kind == "asap":
        return now, _later(now, timedelta(days=2))
    if wish.kind == "flexible" or wish.start is None:
        return now, _later(now, timedelta(days=14))
    start = max(wish.start, now, key=_instant)
    if wish.kind == "exact" or wish.end is None:
        return start, _later(start, _MINUTE)
    return start, max(wish.end, start, key=_instant)


@dataclass(frozen=True, slots=True)
class _Wish:
    """One text with its scan and its moment, from which wishes are made."""

    text: str
    scan: Scan
    now: datetime

    def at_hours(self, hours: Hours, days: list[DaySpan], part: DayPart | None) -> TimeWish:
        """The wish for these hours on the first day named, or on the next day on which they are still to come."""
        today = self.now.date()
        day = days[0].first if days else today
        clock, ambiguous = _resolve(hours.clock, part)
        start = self._moment(day, clock)
        if _instant(start) <= _instant(self.now) and day == today:
            later = self._moment(day, (clock[0] + 12, clock[1])) if clock[0] < 12 else start
            if days and not hours.clock.fixed and part is None and _instant(later) > _instant(self.now):
                start, ambiguous = later, False
            elif days:
                return self._passed(hours, day)
            else:
                day += timedelta(days=1)
                start = self._moment(day, clock)
        return self._related(hours, day, start, part, ambiguous=ambiguous and not _other_half_is_told(hours, part))

    def on_days(self, days: list[DaySpan], part: DayPart | None) -> TimeWish:
        """The wish for a day, for a span of days, for one part of a day, or for a limit."""
        first, last = days[0].first, days[0].last
        if days[0].after_shabbat:
            return self._make("part", self._moment(first, _shabbat_end(first)), self._midnight(first, 1), "evening")
        if part and first == last:
            return self.in_part(first, part, movable=False)
        if days[0].bound == "before":
            return self._make("before", self.now, self._midnight(last, 1), None)
        if days[0].bound == "after":
            return self._make("after", self._midnight(first, 0), self._midnight(first, 14), None)
        if len(days) > 1 and first == last and days[1].first == days[1].last == first + timedelta(days=1):
            last = days[1].last
        return self._make("day" if first == last else "range", self._midnight(first, 0), self._midnight(last, 1), None)

    def in_part(self, day: date, part: DayPart, *, movable: bool) -> TimeWish:
        """The wish for that part of the day, or of tomorrow when it is over and no day was named."""
        end = self._moment(day, (PART_HOURS[part][1], 0))
        if _instant(end) <= _instant(self.now):
            if not movable:
                return self._make("day", self._midnight(day, 0), self._midnight(day, 1), None)
            day += timedelta(days=1)
        first, last = PART_HOURS[part]
        return self._make("part", self._moment(day, (first, 0)), self._moment(day, (last, 0)), part)

    def _related(self, hours: Hours, day: date, start: datetime, part: DayPart | None, *, ambiguous: bool) -> TimeWish:
        if hours.relation == "before":
            return self._make("before", max(self._midnight(day, 0), self.now, key=_instant), start, None, ambiguous)
        if hours.relation == "after":
            return self._make("after", start, self._midnight(day, 1), None, ambiguous)
        if hours.until is None:
            return self._make("exact", start, None, None, ambiguous)
        until, _ = _resolve(hours.until, part)
        end = self._moment(day, until)
        if _instant(end) <= _instant(start):
            end = self._moment(day, (until[0] + 12, until[1])) if until[0] < 12 else _later(start, timedelta(hours=1))
        if _instant(end) <= _instant(start):
            end = self._midnight(day, 1)
        return self._make("range", start, end, None)

    def _passed(self, hours: Hours, day: date) -> TimeWish:
        """Today was named and the hour is over: what remains of the wish."""
        if hours.relation in ("after", "between"):
            return self._make("after", self.now, self._midnight(day, 1), None)
        return self._make("day", self._midnight(day, 0), self._midnight(day, 1), None)

    def _make(
        self,
        kind: WishKind,
        start: datetime | None,
        end: datetime | None,
        part: DayPart | None,
        ambiguous: bool = False,
    ) -> TimeWish:
        return TimeWish(kind, start, end, part, _source(self.text, self.scan), ambiguous)

    def _moment(self, day: date, clock: tuple[int, int]) -> datetime:
        """That wall time; 24:00 is the next midnight and a time the clocks skip is the one they show instead."""
        hour, minute = clock
        wall = datetime.combine(day + timedelta(days=hour // 24), time(hour % 24, minute), tzinfo=self.now.tzinfo)
        return wall.astimezone(UTC).astimezone(self.now.tzinfo)

    def _midnight(self, day: date, on: int) -> datetime:
        return self._moment(day + timedelta(days=on), (0, 0))


def _resolve(clock: Clock, part: DayPart | None) -> tuple[tuple[int, int], bool]:
    """The hour of the day, and whether it could as well be of the other half."""
    hour = clock.hour
    if clock.fixed:
        return (hour, clock.minute), False
    if part in ("afternoon", "evening") or (part == "noon" and hour < 10) or (part == "night" and 6 <= hour < 12):
        return (hour if hour == 12 and part != "night" else hour + 12, clock.minute), False
    if part == "night" and hour == 12:
        return (24, clock.minute), False
    if part is not None:
        return (hour, clock.minute), False
    if 1 <= hour <= 6:
        return (hour + 12, clock.minute), False
    return (hour, clock.minute), 7 <= hour <= 9 and not clock.spelt


def _other_half_is_told(hours: Hours, part: DayPart | None) -> bool:
    return part is not None or hours.until is not None


def _settled(scan: Scan, days: list[DaySpan]) -> list[DaySpan]:
    """Without the days that the text itself takes back: "מחר, בעצם מחרתיים"."""
    for number in range(len(days) - 1, 0, -1):
        if re.search(r"בעצמ|סליחה|או יותר נכונ|actually", scan.folded[days[number - 1].end : days[number].start]):
            return days[number:]
    return days


def _is_wished(scan: Scan, match: re.Match[str], days: list[DaySpan], *, asked: bool) -> bool:
    """A part of the day counts with a day, after an hour, as an answer, alone, or beside words of wishing."""
    before = scan.left[: match.start()]
    alone = not scan.gap(0, match.start()) and not scan.gap(match.end(), len(scan.left))
    return bool(asked or days or alone or re.search(r"[\d\u05d0-\u05ea]\s$", before) or _WISH.search(scan.folded))


def _is_day_wished(scan: Scan, day: DaySpan, *, asked: bool) -> bool:
    """ "היום" alone is also how people tell what happened."""
    words = scan.folded[day.start : day.end]
    if asked or words not in ("היומ", "הבוקר", "today", "השבוע", "הלילה"):
        return True
    return len(scan.folded.split()) <= 3 or _WISH.search(scan.folded) is not None


def _loose(text: str, scan: Scan, now: datetime, *, asked: bool) -> TimeWish | None:
    for kind, expression in (("asap", _ASAP), ("flexible", _FLEXIBLE)):
        found = expression.search(scan.left)
        if found is not None and not _is_aside(scan, found, asked=asked):
            scan.take(found)
            source = _source(text, scan)
            return TimeWish("asap", now, None, None, source) if kind == "asap" else _flexible(source)
    return None


def _flexible(source: str) -> TimeWish:
    return TimeWish("flexible", None, None, None, source)


def _is_aside(scan: Scan, found: re.Match[str], *, asked: bool) -> bool:
    """ "עכשיו אני רואה" opens a report and "אין מים כל היום" is one."""
    if not re.match(r"עכשיו|now|כל ה", found[0]):
        return False
    more = scan.gap(0, found.start()) + scan.gap(found.end(), len(scan.left))
    return bool(more) and not asked and not _WISH.search(scan.folded)


def _from_offset(offset: Offset, now: datetime, source: str) -> TimeWish:
    target = _later(now, offset.delta)
    if offset.within:
        return TimeWish("before", now, target, None, source)
    return TimeWish("exact", target.replace(second=0, microsecond=0), None, None, source)


def _shabbat_end(day: date) -> tuple[int, int]:
    """A wall time by which Shabbat is over everywhere in the country."""
    return (20, 30) if 4 <= day.month <= 9 else (19, 30) if day.month in (3, 10) else (18, 30)


def _source(text: str, scan: Scan) -> str:
    start, end = scan.span
    return normalise(text)[start:end]


def _later(moment: datetime, delta: timedelta) -> datetime:
    return (moment.astimezone(UTC) + delta).astimezone(moment.tzinfo)


def _instant(moment: datetime) -> datetime:
    return moment.astimezone(UTC)
