"""A professional does not work for days or hours: nothing more is booked then, and what stands is for people."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from proli.accounts.actor import Actor
from proli.accounts.queries import get_business
from proli.conversations.reasons import PersonReason
from proli.dispatch.events import ProfessionalAway
from proli.leads.actions import call_for_person
from proli.leads.queries import get_lead
from proli.platform.db import BusinessSession
from proli.platform.jobs import emit
from proli.professionals.actions import block_hours, take_day_off
from proli.professionals.rules import Span
from proli.scheduling.models import Booking
from proli.scheduling.queries import list_visits
from proli.scheduling.rules import Interval
from proli.scheduling.wall import opens_at

MOST_DAYS: Final = 31


async def take_days_off(
    session: BusinessSession, professional_id: int, days: Sequence[date], *, actor: Actor, now: datetime
) -> list[Booking]:
    """The professional is off on these days. The visits that stand on them wait for a person, and staff hear of them;
    they are returned.
    """
    zone = ZoneInfo((await get_business(session)).zone)
    standing = list[Booking]()
    for day in sorted(set(days)):
        await take_day_off(session, professional_id, day)
        whole = Interval(opens_at(day, 0, zone), opens_at(day + timedelta(days=1), 0, zone))
        standing += await list_standing(session, professional_id, whole, now=now)
    for booking in standing:
        lead = await get_lead(session, booking.lead_id, lock=True)
        call_for_person(session, lead, PersonReason.professional_off, actor=actor, now=now)
    if standing:
        away = ProfessionalAway(
            business_id=session.require_business(),
            professional_id=professional_id,
            booking_ids=tuple(booking.id for booking in standing),
        )
        await emit(session, away)
    return standing


async def be_busy(
    session: BusinessSession, professional_id: int, day: date, blocked: Span, *, now: datetime
) -> list[Booking]:
    """Nothing more is booked in these hours; the visits that stand in them, which stay, are returned."""
    zone = ZoneInfo((await get_business(session)).zone)
    await block_hours(session, professional_id, day, blocked)
    hours = Interval(opens_at(day, blocked[0], zone), opens_at(day, blocked[1], zone))
    return await list_standing(session, professional_id, hours, now=now)


async def list_standing(
    session: BusinessSession, professional_id: int, within: Interval, *, now: datetime
) -> list[Booking]:
    """The promised visits that begin in the window and are not over."""
    found = await list_visits(session, professional_id, start=within.start, end=within.end)
    return [booking for booking in found if booking.ends_at > now]
