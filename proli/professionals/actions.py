"""Professionals join a business."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy.exc import IntegrityError

from proli.platform.db import BusinessSession
from proli.platform.jobs import emit
from proli.professionals.errors import NoDayOff, PhoneTaken
from proli.professionals.events import AttendanceChanged
from proli.professionals.models import Price, Professional
from proli.professionals.queries import get_professional
from proli.professionals.rules import (
    WORKING_WEEK,
    Hours,
    Span,
    Spans,
    checked,
    is_day_off,
    parse_hours,
    spans_on,
    with_spans,
    without_span,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """What is said of a professional who joins. Places are canonical names of localities."""

    name: str
    phone_e164: str
    trades: Sequence[str]
    localities: Sequence[str] = ()
    base_locality: str | None = None
    radius_km: int | None = None
    hours: Hours = field(default_factory=lambda: parse_hours(WORKING_WEEK))
    rating_sum: int = 0
    rating_count: int = 0
    max_open_jobs: int = 3
    visit_minutes: int = 60
    buffer_minutes: int = 30
    prompt: str = ""
    rest: Mapping[str, Any] | None = None


def make_professional(profile: Profile) -> Professional:
    """The row of somebody who joins, in no session yet.

    Raises:
        BadHours: hours that cannot be.
    """
    return Professional(
        name=profile.name,
        phone_e164=profile.phone_e164,
        active=True,
        trades=list(profile.trades),
        localities=list(profile.localities),
        base_locality=profile.base_locality,
        radius_km=profile.radius_km,
        hours=checked(profile.hours),
        exceptions={},
        rating_sum=profile.rating_sum,
        rating_count=profile.rating_count,
        max_open_jobs=profile.max_open_jobs,
        visit_minutes=profile.visit_minutes,
        buffer_minutes=profile.buffer_minutes,
        prompt=profile.prompt,
        rest=dict(profile.rest) if profile.rest else None,
    )


async def add_professional(session: BusinessSession, profile: Profile) -> Professional:
    """The professional can be offered leads.

    Raises:
        BadHours: hours that cannot be.
        PhoneTaken: another professional of the business has this phone; the transaction stays usable.
    """
    professional = make_professional(profile)
    try:
        async with session.begin_nested():
            session.add(professional)
    except IntegrityError as error:
        raise PhoneTaken(phone=profile.phone_e164) from error
    return professional


def add_price(
    session: BusinessSession,
    *,
    trade: str,
    label: str,
    from_agorot: int,
    to_agorot: int | None = None,
    issue: str | None = None,
    professional_id: int | None = None,
) -> None:
    """The agent may name this price."""
    session.add(
        Price(
            professional_id=professional_id,
            trade=trade,
            issue=issue,
            label=label,
            from_agorot=from_agorot,
            to_agorot=to_agorot,
        )
    )


async def change_professional(session: BusinessSession, professional: Professional, given: Mapping[str, Any]) -> None:
    """The professional is as given; what is open passes on from who does not work then any more."""
    was = professional.active, professional.exceptions
    for name, value in given.items():
        setattr(professional, name, value)
    await session.flush()
    if was != (professional.active, professional.exceptions):
        event = AttendanceChanged(
            business_id=session.require_business(),
            professional_id=professional.id,
            was_active=was[0],
            had_exceptions=was[1],
        )
        await emit(session, event)


async def take_day_off(session: BusinessSession, professional_id: int, day: date) -> Professional:
    """No visit can be booked on that day any more; those that are booked stay."""
    professional = await get_professional(session, professional_id, lock=True)
    professional.exceptions = {**professional.exceptions, day.isoformat(): []}
    return professional


async def block_hours(session: BusinessSession, professional_id: int, day: date, blocked: Span) -> Professional:
    """No visit can be booked in this part of the day any more; those that are booked stay.

    The hours that are left of the day replace its usual ones. A day off stays one.
    """
    professional = await get_professional(session, professional_id, lock=True)
    spans = spans_on(professional.hours, professional.exceptions, day)
    professional.exceptions = {**professional.exceptions, day.isoformat(): without_span(spans, blocked)}
    return professional


async def give_back_hours(session: BusinessSession, professional_id: int, day: date, spans: Spans) -> Professional:
    """Visits can be booked again in these parts of the day, which had been blocked."""
    professional = await get_professional(session, professional_id, lock=True)
    worked = with_spans(spans_on(professional.hours, professional.exceptions, day), spans)
    others = {on: hours for on, hours in professional.exceptions.items() if on != day.isoformat()}
    usual = [list(span) for span in spans_on(professional.hours, {}, day)]
    professional.exceptions = others if worked == usual else {**others, day.isoformat(): worked}
    return professional


async def give_up_day_off(session: BusinessSession, professional_id: int, day: date) -> Professional:
    """The usual hours hold on that day.

    Raises:
        NoDayOff: it was none.
    """
    professional = await get_professional(session, professional_id, lock=True)
    if not is_day_off(professional.exceptions, day):
        raise NoDayOff(day=day)
    professional.exceptions = {on: spans for on, spans in professional.exceptions.items() if on != day.isoformat()}
    return professional
