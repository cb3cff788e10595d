"""From a professional's row to the calendar that the rules compute with."""

from collections.abc import Sequence
from datetime import date
from zoneinfo import ZoneInfo

from proli.professionals.models import Professional
from proli.scheduling.rules import Calendar, DayException, Interval, SlotPolicy, Span, WeeklyHours


def calendar_of(professional: Professional, busy: Sequence[Interval], *, zone: ZoneInfo) -> Calendar:
    """Hours, exceptions, live bookings and policy of one professional."""
    return Calendar(
        zone=zone,
        weekly=WeeklyHours({int(day): spans_of(spans) for day, spans in professional.hours.items()}),
        exceptions=tuple(
            DayException(date.fromisoformat(on_date), spans_of(spans))
            for on_date, spans in professional.exceptions.items()
        ),
        busy=tuple(busy),
        policy=SlotPolicy(
            length_minutes=professional.visit_minutes,
            buffer_after_minutes=professional.buffer_minutes,
            notice_minutes=professional.notice_minutes,
            horizon_days=professional.horizon_days,
            per_day_limit=professional.per_day_limit,
        ),
    )


def spans_of(spans: Sequence[Sequence[int]]) -> tuple[Span, ...]:
    return tuple(Span(start, end) for start, end in spans)
