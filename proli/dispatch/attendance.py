"""What becomes of a professional's offers and visits when staff change whether, or on which days, they work."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import select, true

from proli.accounts.actor import BY_SYSTEM
from proli.accounts.queries import get_business
from proli.conversations.reasons import PersonReason
from proli.dispatch.absence import call_about, tell_away, tell_back
from proli.dispatch.actions import withdraw
from proli.dispatch.answering import pass_on
from proli.dispatch.calendar import lock_visit
from proli.dispatch.models import Offer, OfferStatus
from proli.dispatch.queries import find_offer
from proli.leads.actions import attend
from proli.leads.queries import get_lead
from proli.platform.db import BusinessSession
from proli.professionals.queries import get_professional
from proli.scheduling.in_question import Attendance, why_away
from proli.scheduling.models import Booking, BookingStatus, EndReason
from proli.scheduling.on_the_day import let_stand
from proli.scheduling.queries import get_booking


@dataclass(frozen=True, slots=True)
class Touched:
    """What a change touches, by ids: open offers that the professional cannot answer any more, visits that nobody comes
    to now, with what people are called for, and visits that they come to after all.
    """

    offers: Sequence[int]
    away: dict[int, PersonReason]
    back: Sequence[int]


async def list_touched(session: BusinessSession, professional_id: int, was: Attendance, *, now: datetime) -> Touched:
    """By how the professional works now, where they worked as it `was`."""
    professional, zone = await get_professional(session, professional_id), ZoneInfo((await get_business(session)).zone)
    offers = (
        select(Offer.id, Booking.starts_at)
        .join(Booking, Booking.id == Offer.booking_id)
        .where(Offer.professional_id == professional_id, Offer.status == OfferStatus.open)
    )
    visits = select(Booking).where(
        Booking.professional_id == professional_id,
        Booking.status == BookingStatus.confirmed,
        Booking.over_at > now if professional.active else true(),
    )
    away, back = dict[int, PersonReason](), list[int]()
    for booking in await session.scalars(visits.order_by(Booking.id)):
        before = why_away(was, booking.starts_at, zone=zone)
        why = why_away(professional, booking.starts_at, zone=zone)
        if why is not None and why != before:
            away[booking.id] = why
        elif why is None and before is not None and booking.unable_at is None:
            back.append(booking.id)
    asked = await session.execute(offers.order_by(Offer.id))
    return Touched([offer_id for offer_id, at in asked if why_away(professional, at, zone=zone)], away, back)


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


async def put_in_question(session: BusinessSession, booking_id: int, reason: PersonReason, *, now: datetime) -> None:
    """The visit, if it is still one, waits for people to decide."""
    lead, booking = await lock_visit(session, booking_id)
    if booking.status == BookingStatus.confirmed:
        call_about(session, lead, booking, reason=reason, actor=BY_SYSTEM, now=now)


async def take_out_of_question(session: BusinessSession, booking_id: int, *, now: datetime) -> None:
    """People need not see to the visit any more, and whoever was told otherwise will hear."""
    lead, booking = await lock_visit(session, booking_id)
    if booking.status == BookingStatus.confirmed:
        if lead.attention in (PersonReason.professional_off, PersonReason.professional_left):
            await attend(session, lead, actor=BY_SYSTEM, now=now)
        await let_stand(session, booking, by_professional=False)


async def tell_of_touched(session: BusinessSession, professional_id: int, touched: Touched) -> None:
    """Staff will hear of visits in days and hours off, and of those that stand after all; of whoever has left they know
    themselves.
    """
    off = [one for one, why in touched.away.items() if why == PersonReason.professional_off]
    await tell_away(session, professional_id, off)
    await tell_back(session, professional_id, touched.back)
