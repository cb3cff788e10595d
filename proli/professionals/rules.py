"""Opening hours as people write them."""

import re
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Final

from proli.professionals.errors import BadHours

type Hours = dict[str, list[list[int]]]
"""Weekday, "0" for Sunday, to spans in minutes from local midnight."""

type Span = tuple[int, int]
"""From and until, in minutes from local midnight."""

type Spans = Sequence[Sequence[int]]
"""The spans of one day."""

DAYS = ("sun", "mon", "tue", "wed", "thu", "fri", "sat")
RULE = re.compile(r"(?P<first>[a-z]{3})(?:-(?P<last>[a-z]{3}))?\s+(?P<spans>[\d:,\-\s]+)")
SPAN = re.compile(r"(\d{1,2}):(\d{2})-(\d{1,2}):(\d{2})")

FARTHEST: Final = timedelta(days=400)
"""So far ahead a day can be named on which somebody does not work."""
WORKING_WEEK = "sun-thu 08:00-18:00; fri 08:00-13:00"


def parse_hours(words: str) -> Hours:
    """The hours in words such as "sun-thu 08:00-12:00,13:00-18:00; fri 08:00-13:00". Days may go on over the end of the
    week: "thu-sun" is four of them.

    Raises:
        BadHours: they cannot be read, or a span ends before it begins.
    """
    hours: Hours = {}
    for part in filter(None, (part.strip().lower() for part in words.split(";"))):
        rule = RULE.fullmatch(part)
        if rule is None or rule["first"] not in DAYS or (rule["last"] or rule["first"]) not in DAYS:
            raise BadHours(hours=part, example=WORKING_WEEK)
        spans = spans_in(rule["spans"])
        if not spans:
            raise BadHours(hours=part, example=WORKING_WEEK)
        first, last = DAYS.index(rule["first"]), DAYS.index(rule["last"] or rule["first"])
        for day in range(first, last + 1 if first <= last else last + 8):
            hours[str(day % 7)] = spans
    return checked(hours)


def spans_in(words: str) -> list[list[int]]:
    """The spans, one after another with commas; none when anything else stands there."""
    parts = [SPAN.fullmatch(part.strip()) for part in words.split(",")]
    return [spans_of(part.groups()) for part in parts if part] if all(parts) else []


def spans_of(clock: Sequence[str]) -> list[int]:
    start_hour, start_minute, end_hour, end_minute = map(int, clock)
    return [start_hour * 60 + start_minute, end_hour * 60 + end_minute]


def checked(hours: Mapping[str, Sequence[Sequence[int]]]) -> Hours:
    """The same hours, if they can be.

    Raises:
        BadHours: a weekday outside 0 to 6 or a span outside the day.
    """
    for day, spans in hours.items():
        if day not in {"0", "1", "2", "3", "4", "5", "6"}:
            raise BadHours(day=day)
        for start, end in spans:
            if not 0 <= start < end <= 1440:
                raise BadHours(day=day, start=start, end=end)
    return {day: [list(span) for span in spans] for day, spans in hours.items()}


def spans_on(hours: Mapping[str, Spans], exceptions: Mapping[str, Spans], day: date) -> Spans:
    """The hours of a day: those of its date where it has some of its own, or else those of its weekday."""
    return exceptions.get(day.isoformat(), hours.get(str(day.isoweekday() % 7), ()))


def is_day_off(exceptions: Mapping[str, Spans], day: date) -> bool:
    """Whether the date was taken off as a whole; the usual week says nothing."""
    return len(exceptions.get(day.isoformat(), ((),))) == 0


def days_off(exceptions: Mapping[str, Spans], *, since: date) -> list[date]:
    """The dates that were taken off as a whole, in order."""
    dates = sorted(map(date.fromisoformat, exceptions))
    return [day for day in dates if day >= since and is_day_off(exceptions, day)]


def common_spans(spans: Spans, within: Span) -> list[list[int]]:
    """The part of the hours of a day that lies within one span."""
    start, end = within
    parts = [[max(first, start), min(last, end)] for first, last in spans]
    return [part for part in parts if part[0] < part[1]]


def with_spans(spans: Spans, more: Spans) -> list[list[int]]:
    """The hours of a day and more of them, in order; those that meet are one."""
    joined = list[list[int]]()
    for first, last in sorted([list(span) for span in (*spans, *more)]):
        if joined and first <= joined[-1][1]:
            joined[-1][1] = max(joined[-1][1], last)
        else:
            joined.append([first, last])
    return joined


def without_span(spans: Sequence[Sequence[int]], blocked: Span) -> list[list[int]]:
    """What is left of the hours of a day."""
    start, end = blocked
    parts = [part for first, last in spans for part in ([first, min(last, start)], [max(first, end), last])]
    return [part for part in parts if part[0] < part[1]]
