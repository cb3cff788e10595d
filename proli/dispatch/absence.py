"""A professional does not work for days or hours: nothing more is booked then, and what stands is for people."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import select

from proli.accounts.actor import Actor
from proli.accounts.queries import get_business
from proli.conversations.reasons import PersonReason
from proli.dispatch.answering import Answered, answer_offer
from proli.dispatch.events import ProfessionalAway
from proli.dispatch.models import Offer, OfferStatus
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


@dataclass(frozen=True, slots=True)
class DaysOff:
    """What it comes to that a professional takes days off."""

    standing: Sequence[Booking]
    """Visits promised on them, which stay until people decide."""
    declined: Sequence[Answered]
    """Offers of visits on them."""


async def take_days_off(
    session: BusinessSession, professional_id: int, days: Sequence[date], *, actor: Actor, now: datetime
) -> DaysOff:
    """The professional is off on these days, and offers of visits on them are declined. The visits that stand on them
    wait for a person, and staff hear of them.
    """
    zone = ZoneInfo((await get_business(session)).zone)
    standing, offered = list[Booking](), list[int]()
    for day in sorted(set(days)):
        await take_day_off(session, professional_id, day)
        whole = Interval(opens_at(day, 0, zone), opens_at(day + timedelta(days=1), 0, zone))
        standing += await list_standing(session, professional_id, whole, now=now)
        offered += await list_offered(session, professional_id, whole, now=now)
    declined = [
        await answer_offer(
            session, offer_id=offer_id, professional_id=professional_id, actor=actor, accept=False, now=now
        )
        for offer_id in offered
    ]
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
    return DaysOff(standing, declined)


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


async def list_offered(
    session: BusinessSession, professional_id: int, within: Interval, *, now: datetime
) -> Sequence[int]:
    """The offers that the professional may answer, or will be sent, of visits that begin in the window."""
    offers = (
        select(Offer.id)
        .join(Booking, Booking.id == Offer.booking_id)
        .where(
            Offer.professional_id == professional_id,
            Offer.status == OfferStatus.open,
            Offer.expires_at > now,
            Booking.starts_at >= within.start,
            Booking.starts_at < within.end,
        )
        .order_by(Offer.id)
    )
    return (await session.scalars(offers)).all()
