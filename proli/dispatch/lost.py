"""Offers and holds that their own jobs have left behind."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import exists, func, select

from proli.accounts.actor import BY_SYSTEM
from proli.conversations.reasons import PersonReason
from proli.dispatch.actions import await_another_hour
from proli.dispatch.answering import pass_on
from proli.dispatch.models import Offer, OfferStatus
from proli.leads.actions import call_for_person
from proli.leads.queries import get_lead
from proli.platform.db import BusinessSession
from proli.scheduling.actions import release_hold
from proli.scheduling.models import Booking, BookingStatus, EndReason
from proli.scheduling.queries import find_promised, get_booking
from proli.sweeps.running import MOST


async def find_overdue_offers(
    session: BusinessSession, businesses: Sequence[int], now: datetime
) -> Sequence[tuple[int, int]]:
    """Open offers whose time has passed."""
    overdue = (Offer.status == OfferStatus.open, Offer.expires_at <= now, Offer.business_id.in_(businesses))
    found = select(Offer.business_id, Offer.id).where(*overdue).order_by(func.random()).limit(MOST)
    return [(row.business_id, row.id) for row in await session.execute(found)]


async def find_lost_holds(
    session: BusinessSession, businesses: Sequence[int], now: datetime
) -> Sequence[tuple[int, int]]:
    """Held bookings for which no offer is out, and no customer is asked any more."""
    offered = exists().where(Offer.booking_id == Booking.id, Offer.status == OfferStatus.open)
    asks = Booking.asks_until.is_not(None) & (Booking.asks_until > now)
    lost = (Booking.status == BookingStatus.held, ~offered, ~asks, Booking.business_id.in_(businesses))
    found = select(Booking.business_id, Booking.id).where(*lost).order_by(func.random()).limit(MOST)
    return [(row.business_id, row.id) for row in await session.execute(found)]


async def give_up_hold(session: BusinessSession, booking_id: int, *, now: datetime) -> None:
    """The hour is free again, and the request goes the way it would have gone had the offer been answered with no."""
    lead = await get_lead(session, (await get_booking(session, booking_id)).lead_id, lock=True)
    newest = select(Offer).where(Offer.booking_id == booking_id).order_by(Offer.id.desc()).limit(1)
    offer = await session.scalar(newest)
    booking = await get_booking(session, booking_id, lock=True)
    if booking.status != BookingStatus.held or (offer is not None and offer.status == OfferStatus.open):
        return
    if booking.asks_until is not None:
        if booking.asks_until <= now:
            release_hold(booking, actor=BY_SYSTEM, reason=EndReason.move_unanswered)
        return
    if offer is not None:
        await pass_on(session, lead, offer, booking, reason=EndReason.withdrawn, actor=BY_SYSTEM, now=now)
        return
    release_hold(booking, actor=BY_SYSTEM, reason=EndReason.withdrawn)
    if await find_promised(session, lead.id) is None:
        await await_another_hour(session, lead, actor=BY_SYSTEM, now=now)
    call_for_person(session, lead, PersonReason.offer_withdrawn, actor=BY_SYSTEM, now=now)
