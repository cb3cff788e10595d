"""What becomes of a professional's offers and visits when they take no more requests."""

from datetime import datetime

from sqlalchemy import select

from proli.accounts.actor import BY_SYSTEM
from proli.conversations.reasons import PersonReason
from proli.dispatch.actions import withdraw
from proli.dispatch.answering import pass_on
from proli.dispatch.calendar import lock_visit
from proli.dispatch.models import Offer, OfferStatus
from proli.dispatch.queries import find_offer
from proli.leads.actions import call_for_person
from proli.leads.queries import get_lead
from proli.platform.db import BusinessSession
from proli.professionals.queries import get_professional
from proli.scheduling.models import Booking, BookingStatus, EndReason
from proli.scheduling.queries import get_booking


async def list_left(session: BusinessSession, professional_id: int) -> tuple[list[int], list[int]]:
    """The ids of the open offers and of the promised visits of somebody who is active no more; none when they are."""
    if (await get_professional(session, professional_id)).active:
        return [], []
    offers = select(Offer.id).where(Offer.professional_id == professional_id, Offer.status == OfferStatus.open)
    visits = select(Booking.id).where(
        Booking.professional_id == professional_id, Booking.status == BookingStatus.confirmed
    )
    return list(await session.scalars(offers)), list(await session.scalars(visits.order_by(Booking.id)))


async def pass_on_offer(session: BusinessSession, offer_id: int, *, now: datetime) -> None:
    """The offer is answered no more and the next professional is asked; one that was answered meanwhile stays."""
    found = await find_offer(session, offer_id)
    if found is None:
        return
    lead = await get_lead(session, found.lead_id, lock=True)
    offer = await find_offer(session, offer_id, lock=True)
    if offer is None or offer.status != OfferStatus.open:
        return
    booking = await get_booking(session, offer.booking_id, lock=True)
    await withdraw(session, offer)
    await pass_on(session, lead, offer, booking, reason=EndReason.withdrawn, actor=BY_SYSTEM, now=now)


async def show_left_visit(session: BusinessSession, booking_id: int, *, now: datetime) -> None:
    """Staff see that the visit is still with somebody who has left."""
    lead, booking = await lock_visit(session, booking_id)
    if booking.status == BookingStatus.confirmed:
        call_for_person(session, lead, PersonReason.professional_left, actor=BY_SYSTEM, now=now)
