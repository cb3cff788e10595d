"""From a professional's row to the calendar that the rules compute with."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from proli.accounts.models import Business
from proli.knowledge.places import Locality, find_locality
from proli.professionals.models import Professional
from proli.scheduling.observance import closed_for, free_to_tell, policy_of
from proli.scheduling.rules import Calendar, DayException, Interval, SlotPolicy, Span, WeeklyHours


def calendar_of(
    professional: Professional, busy: Sequence[Interval], *, zone: ZoneInfo, closed: Sequence[Interval] = ()
) -> Calendar:
    """Hours, exceptions, live bookings and policy of one professional, and when rest forbids visits."""
    return Calendar(
        zone=zone,
        weekly=WeeklyHours({int(day): spans_of(spans) for day, spans in professional.hours.items()}),
        exceptions=tuple(
            DayException(date.fromisoformat(on_date), spans_of(spans))
            for on_date, spans in professional.exceptions.items()
        ),
        busy=tuple(busy),
        closed=tuple(closed),
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


def closed_to(
    professional: Professional, business: Business, *, within: Interval, place: Locality | None, emergency: bool
) -> tuple[Interval, ...]:
    """When rest forbids the professional visits that begin within the window, at a place or else around the base."""
    policy = policy_of(business.rest, professional.rest)
    # A visit may go on past the window in which it begins.
    wider = Interval(within.start, within.end + timedelta(minutes=professional.visit_minutes))
    return closed_for(policy, wider, place or base_of(professional), emergency=emergency)


def may_be_asked_at(
    professional: Professional, business: Business, *, place: Locality | None, emergency: bool, now: datetime
) -> datetime:
    """The first moment at which the professional may be sent an offer: in no quiet hours and no rest they keep.

    An emergency does not wait for the end of quiet hours, nor of the rest for those who take emergencies then.
    """
    policy = policy_of(business.rest, professional.rest)
    if emergency and policy.emergencies:
        return now
    return free_to_tell(
        now,
        policy=policy,
        place=base_of(professional) or place,
        zone=ZoneInfo(business.zone),
        quiet=(0, 0) if emergency else (professional.quiet_start_minute, professional.quiet_end_minute),
    )


def base_of(professional: Professional) -> Locality | None:
    return find_locality(professional.base_locality) if professional.base_locality else None
